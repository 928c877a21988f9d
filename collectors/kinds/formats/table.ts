/** Rows of cells → rows with names, by a header of one or more rows; how a table of a CSV file or a sheet is read. */
import { Placed, Unreadable } from '../kind.ts'

/** A row of cells as the file has it; `wrong` where it could not be read. */
export interface Cells {
  /** The line or the row of the sheet, from 1. */
  readonly at: number
  readonly cells: readonly unknown[]
  readonly wrong?: Placed['wrong']
}

export interface Header {
  /** The rows of the header, from 1; undefined: the first that is not empty. */
  readonly header?: number | readonly number[] | undefined
  /** Names in place of a header's. */
  readonly columns?: readonly string[] | undefined
  /** Whether a row must have a cell for every column, as in a CSV file; a sheet leaves empty ones out. */
  readonly even: boolean
}

const nameOf = (cell: unknown): string =>
  cell === undefined || cell === null ? '' : String(cell).normalize('NFC').replace(/\s+/gu, ' ').trim()

const isEmpty = (cells: readonly unknown[]) => cells.every((cell) => nameOf(cell) === '')

/** The letters of a column of a sheet, from 0: A, B … Z, AA. */
export const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)

/** Names of a header of one or more rows: what stands below one another is joined by " / ", the same word only once. */
function namesOf(rows: readonly (readonly unknown[])[]): readonly string[] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const names = Array.from({ length: width }, (_, column) => {
    const words = rows.map((row) => nameOf(row[column])).filter((word) => word !== '')
    return words.filter((word, i) => word !== words[i - 1]).join(' / ')
  })
  while (names.at(-1) === '') names.pop()
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i)
  if (twice !== undefined) {
    const where = names.flatMap((name, i) => (name === twice ? [letters(i)] : [])).join(', ')
    throw new Unreadable({
      vi: `hai cột cùng tên “${twice}” (${where}); hãy khai header nhiều dòng, hoặc khai columns`,
      en: `two columns have the name “${twice}” (${where}); declare a header of several rows, or columns`,
    })
  }
  // A column without a name can still be read by its letter.
  return names.map((name, i) => name || letters(i))
}

const wrongWidth = (has: number, wanted: number) => ({
  vi: `dòng có ${has} ô, tiêu đề có ${wanted}; kiểm tra dấu phân cách và dấu ngoặc kép`,
  en: `the row has ${has} cells, the header ${wanted}; check the delimiter and the quotes`,
})

/** The rows of a table by name. Empty rows are passed over; what stands above the header is not read. */
export async function* namedRows(
  rows: AsyncIterable<Cells>,
  { header, columns, even }: Header,
): AsyncGenerator<Placed> {
  const wanted = header === undefined ? [] : [header].flat()
  const last = Math.max(0, ...wanted)
  let names = columns ?? null
  const head: (readonly unknown[])[] = []
  for await (const { at, cells, wrong } of rows) {
    if (at <= last) {
      if (wanted.includes(at)) head.push(cells)
      continue
    }
    if (wrong) {
      yield new Placed(at, cells, wrong)
      continue
    }
    if (isEmpty(cells)) continue
    if (names === null) {
      if (wanted.length === 0) {
        names = namesOf([cells])
        continue
      }
      names = namesOf(head)
    }
    if (names.length === 0) break
    const left = cells.slice(names.length)
    if ((even && cells.length < names.length) || !isEmpty(left)) {
      yield new Placed(at, cells, wrongWidth(cells.length, names.length))
      continue
    }
    const row: Record<string, unknown> = {}
    for (let i = 0; i < names.length; i++) row[names[i] as string] = cells[i] ?? ''
    yield new Placed(at, row)
  }
  if ((names ?? []).length === 0 && head.length === 0)
    throw new Unreadable({
      vi: wanted.length > 0 ? `không có dòng tiêu đề ${wanted.join(', ')}` : 'tệp trống, không có cả tiêu đề',
      en: wanted.length > 0 ? `there is no header row ${wanted.join(', ')}` : 'it is empty, without even a header',
    })
}
