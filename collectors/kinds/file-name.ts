/** The name of a file as a field of its rows: many a report says its day nowhere else. */
import { basename } from 'node:path'
import type { SourceOf } from '../../kpi/source.ts'
import { Placed } from './kind.ts'

type Files = SourceOf<'files'>

/** What stands for the name of the file among what is carried. */
const FILE = '$file'
/** What else is carried, which the format reads. */
export const withoutName = (source: Files): Files => ({
  ...source,
  carry: Object.fromEntries(Object.entries(source.carry).filter(([, from]) => from !== FILE)),
})

/** Rows with the name of their file, where that is declared. */
export async function* withName(source: Files, group: string, pieces: AsyncIterable<readonly unknown[]>) {
  const names = Object.entries(source.carry).flatMap(([name, from]) => (from === FILE ? [name] : []))
  const own = Object.fromEntries(names.map((name) => [name, basename(group).normalize('NFC')]))
  const put = (row: unknown): unknown => {
    if (row instanceof Placed) return row.wrong ? row : new Placed(row.at, put(row.value))
    return typeof row === 'object' && row !== null ? { ...row, ...own } : row
  }
  for await (const piece of pieces) yield names.length === 0 ? piece : piece.map(put)
}
