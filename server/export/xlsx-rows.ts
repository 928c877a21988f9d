/** A spreadsheet of very many rows, packed while its rows come: nothing of it is kept. */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Language } from '../../kpi/text.ts'
import type { Table } from './table.ts'
import { aroundRows, partsOf, SHEETS } from './xlsx-parts.ts'

/** What a sheet holds below the line that names its columns. */
export const MOST_ROWS = 1_048_575

/** The bytes of a workbook: `rows` are the rows of its first sheet as they stand in the file, its second says what they mean. Whoever reads may leave. */
export function sheetOf(
  rows: AsyncIterable<Uint8Array>,
  table: Pick<Table, 'columns' | 'title' | 'about'>,
  language: Language,
): Readable {
  const [before, behind] = aroundRows(table.columns, language)
  async function* sheet() {
    yield Buffer.from(before)
    yield* rows
    yield Buffer.from(behind)
  }
  const zip = new ZipFile()
  for (const [path, text] of Object.entries(partsOf(table, language))) zip.addBuffer(Buffer.from(text), path)
  const body = Readable.from(sheet(), { objectMode: false })
  // Least effort: the rows are much alike, and whoever waits has time for nothing more.
  zip.addReadStream(body, SHEETS[0], { compressionLevel: 1 })
  zip.end()
  const out = zip.outputStream as Readable
  zip.on('error', (error) => out.destroy(error as Error))
  body.on('error', (error) => out.destroy(error))
  return out.once('close', () => body.destroy())
}
