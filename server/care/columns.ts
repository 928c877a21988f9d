/** Rows of text as a table of the terminal: columns as wide as their widest entry. */

/** Vietnamese letters may be written with combining marks, which take no room. */
const width = (text: string): number => [...text.normalize('NFC').replace(/\p{M}/gu, '')].length

/** One line a row; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows) for (const [i, text] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width(text))
  return rows.map((row) =>
    row
      .map((text, i) => text + ' '.repeat(i === row.length - 1 ? 0 : (widths[i] ?? 0) - width(text)))
      .join('  ')
      .trimEnd(),
  )
}
