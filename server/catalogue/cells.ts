/** Text of a table → its cells, each with its line and column. */
import type { Place } from './yaml.ts'

export interface Cell {
  readonly text: string
  readonly place: Place
}

/** Cells of a table with commas (or, as a spreadsheet in Viet Nam saves it, semicolons) and quotes; null for a quote left open. */
export function cells(text: string, comma: string): readonly (readonly Cell[])[] | null {
  const rows: Cell[][] = [[]]
  let line = 1
  let start = 0
  for (let i = 0; i <= text.length; ) {
    const place = { line, column: i - start + 1 }
    let value = ''
    if (text[i] === '"') {
      for (i++; text[i] !== '"' || text[i + 1] === '"'; i++) {
        if (i >= text.length) return null
        if (text[i] === '"') i++
        if (text[i] === '\n') {
          line++
          start = i + 1
        }
        value += text[i]
      }
      i++
    }
    const end = i
    while (i < text.length && text[i] !== comma && text[i] !== '\n') i++
    value += text.slice(end, i)
    rows.at(-1)?.push({ text: value.trim(), place })
    if (text[i] === '\n') {
      rows.push([])
      line++
      start = i + 1
    }
    i++
  }
  return rows.filter((row) => row.some((cell) => cell.text !== ''))
}
