/** CSV and TSV, read in pieces: delimiter found or declared, quotes, comments; a row that is malformed is named and does not stop the others. */
import { type CsvError, parse } from 'csv-parse'
import { Unreadable } from '../kind.ts'
import type { Cells } from './table.ts'

/** Characters of one row, above which a quote was surely never closed. */
const MOST_ROW = 1024 * 1024

export interface Delimited {
  readonly delimiter?: string | undefined
  /** Lines that begin with it are passed over. */
  readonly comment?: string | undefined
  /** The rows of the header, from 1: their line is looked at for the delimiter; unsaid: the first that says something. */
  readonly header?: number | readonly number[] | undefined
}

const DELIMITERS = [',', ';', '\t', '|'] as const

/** The delimiter of the first line: a comma, or a semicolon, a tab or a bar when the line has those and no comma; quoted text aside. */
export function delimiterOf(line: string): string {
  const plain = line.replace(/"(?:[^"]|"")*"/g, '')
  return DELIMITERS.find((one) => plain.includes(one)) ?? ','
}

/** What Excel takes for the delimiter of a file whose first line it is. */
const SEP = /^sep=([,;\t|])\r?\n/i

/** The line that is looked at for the delimiter, and the text up to it and somewhat further. */
async function firstLine(text: AsyncIterator<string>, { comment, header }: Delimited) {
  const wanted = Math.max(0, ...[header ?? 0].flat())
  let held = ''
  for (;;) {
    const lines = held.split(/\r\n|\n|\r/)
    const line = lines.find(
      (one, i) => i < lines.length - 1 && i >= wanted - 1 && one.trim() !== '' && !(comment && one.startsWith(comment)),
    )
    if (line !== undefined || held.length > MOST_ROW) return { line: line ?? held, held }
    const next = await text.next()
    if (next.done) return { line: lines.find((one) => one.trim() !== '') ?? '', held }
    held += next.value
  }
}

const SWALLOWS: ReadonlySet<string> = new Set(['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'])

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

/** The rows of cells of a text, some thousands at a time. */
export async function* delimited(text: AsyncIterable<string>, declared: Delimited): AsyncGenerator<readonly Cells[]> {
  const pieces = text[Symbol.asyncIterator]()
  const { line, held } = await firstLine(pieces, declared)
  const sep = SEP.exec(held)?.[1]
  let rows: Cells[] = []
  let broken: CsvError | null = null
  const parser = parse({
    ...{ trim: true, skip_empty_lines: true, relax_column_count: true, max_record_size: MOST_ROW },
    ...{ delimiter: declared.delimiter ?? sep ?? delimiterOf(line), skip_records_with_error: true },
    ...(declared.comment && { comment: declared.comment, comment_no_infix: true }),
    on_skip(error: CsvError | undefined, raw: string | undefined) {
      // Such a row has swallowed those after it.
      if (error && SWALLOWS.has(error.code)) broken = error
      const at = Number((error as { lines?: number } | undefined)?.lines ?? parser.info.lines)
      const wrong = {
        vi: `dòng không đọc được: ${messageOf(error)}`,
        en: `the row cannot be read: ${messageOf(error)}`,
      }
      rows.push({ at, cells: [raw ?? ''], wrong })
      return undefined
    },
  })
  // The parser is worked by hand: as a stream it would hand over rows one by one, which costs more than reading them.
  parser.push = (record: string[] | null) => {
    const at = parser.info.lines
    if (record !== null && !(sep && at === 1)) rows.push({ at, cells: record })
    return true
  }
  /** What the parser makes of a piece, or of the end. */
  function read(piece: string | null): readonly Cells[] {
    let failed: unknown
    const done = (cause?: Error | null) => {
      failed = cause
    }
    if (piece === null) parser._flush(done)
    else parser._transform(Buffer.from(piece), 'utf8', done)
    if (failed) throw failed
    const taken = rows
    rows = []
    return taken
  }
  try {
    yield read(held)
    for (let next = await pieces.next(); !next.done && !broken; next = await pieces.next()) yield read(next.value)
    if (!broken) yield read(null)
    if (broken) throw broken
  } catch (cause) {
    if (cause instanceof Unreadable) throw cause
    throw new Unreadable(
      { vi: `CSV không đọc được: ${messageOf(cause)}`, en: `the CSV cannot be read: ${messageOf(cause)}` },
      cause,
    )
  } finally {
    parser.destroy()
  }
}
