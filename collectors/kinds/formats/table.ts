/** Rows of cells → rows with names, by a header of one or more rows; how a table of a CSV file or a sheet is read. */
import { Placed, Unreadable } from '../kind.ts'
import { carrier } from './carried.ts'
import { letters } from './place.ts'

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
  /** What stands once above the table, by the name a row gets it under: the name of its cell. */
  readonly carry?: Readonly<Record<string, string>>
}

const nameOf = (cell: unknown): string =>
  cell === undefined || cell === null ? '' : String(cell).normalize('NFC').replace(/\s+/gu, ' ').trim()

const isEmpty = (cells: readonly unknown[]) =>
  cells.every((cell) => cell === undefined || cell === null || String(cell).trim() === '')

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

/** The rows of a table by name, as they come. Empty rows are passed over; what stands above the header is not read. */
export async function* namedRows(
  rows: AsyncIterable<readonly Cells[]>,
  { header, columns, even, carry }: Header,
): AsyncGenerator<readonly Placed[]> {
  const wanted = header === undefined ? [] : [header].flat()
  const last = Math.max(0, ...wanted)
  let names = columns ?? null
  const head: (readonly unknown[])[] = []
  const above = carrier(carry)
  let carried: Readonly<Record<string, unknown>> | null = null
  /** A row of the table; null for one of the header, and for one that says nothing. */
  function read(whole: Cells): Placed | null {
    const { at, cells, wrong } = whole
    if (carried === null) above.pass(whole)
    if (at <= last) {
      if (wanted.includes(at)) head.push(cells)
      return null
    }
    if (wrong) return new Placed(at, cells, wrong)
    if (isEmpty(cells)) return null
    if (names === null) {
      names = namesOf(wanted.length === 0 ? [cells] : head)
      if (wanted.length === 0) return null
    }
    if (names.length === 0) return null
    const more = cells.length > names.length && !isEmpty(cells.slice(names.length))
    if ((even && cells.length < names.length) || more)
      return new Placed(at, cells, wrongWidth(cells.length, names.length))
    carried ??= above.all()
    const row: Record<string, unknown> = {}
    for (let i = 0; i < names.length; i++) row[names[i] as string] = cells[i] ?? ''
    for (const name in carried) row[name] = carried[name]
    return new Placed(at, row)
  }
  for await (const piece of rows) {
    const named: Placed[] = []
    for (const cells of piece) {
      const row = read(cells)
      if (row) named.push(row)
    }
    yield named
    if (names?.length === 0) break
  }
  if ((names ?? []).length === 0 && head.length === 0)
    throw new Unreadable({
      vi: wanted.length > 0 ? `không có dòng tiêu đề ${wanted.join(', ')}` : 'tệp trống, không có cả tiêu đề',
      en: wanted.length > 0 ? `there is no header row ${wanted.join(', ')}` : 'it is empty, without even a header',
    })
}
