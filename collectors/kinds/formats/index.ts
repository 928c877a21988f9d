/** The table of formats: a new one is a name in kpi/source-format.ts, a file here and a row below. */
import type { Format } from '../../../kpi/source-format.ts'
import { Placed, Unreadable } from '../kind.ts'
import type { Carried, Declared, Read, Rows } from './format.ts'
import { bytesOf, inputOf, type Survey, survey } from './input.ts'
import { json } from './json.ts'
import { csv, jsonl, type Pieces, type ReadPieces, xlsx } from './pieces.ts'
import { sdmxCsv } from './sdmx-csv.ts'
import { sdmxJson } from './sdmx-json.ts'
import { sdmxMl } from './sdmx-ml.ts'
import { xml } from './xml.ts'

/** Formats that are read as a whole, and those that are read in pieces. */
const FORMATS = {
  json: { whole: json },
  xml: { whole: xml },
  jsonl: { pieces: jsonl },
  csv: { pieces: csv },
  xlsx: { pieces: xlsx },
  'sdmx-json': { whole: sdmxJson },
  'sdmx-csv': { pieces: sdmxCsv },
  'sdmx-ml': { pieces: sdmxMl },
} satisfies Record<Format, { readonly whole: Read } | { readonly pieces: ReadPieces }>

/** Bytes of a format that is read as a whole: some ten times as many are held while it is. */
const MOST_WHOLE = 16 * 1024 * 1024

/** All rows of bytes; one that cannot be read is the whole answer's fault, for it may have been cut off. */
async function gathered(bytes: Uint8Array, reading: Declared, read: ReadPieces): Promise<Rows> {
  const input = inputOf(bytes)
  const name = reading.format.toUpperCase()
  const rows: unknown[] = []
  try {
    for await (const piece of read(reading, await survey(input)).rows(input))
      for (const row of piece) {
        const { at, value, wrong } = row instanceof Placed ? row : new Placed(rows.length + 1, row)
        if (wrong)
          return {
            wrong: {
              vi: `${name} không đọc được, dòng ${at}: ${wrong.vi}`,
              en: `the ${name} cannot be read, row ${at}: ${wrong.en}`,
            },
          }
        rows.push(value)
      }
  } catch (cause) {
    if (cause instanceof Unreadable) return { wrong: cause.wrong, cause: cause.cause }
    throw cause
  }
  return { rows }
}

/** Reads bytes as declared. What is malformed comes back as a sentence, never as an error. */
export async function readRows(bytes: Uint8Array, reading: Declared, carried: Carried = {}): Promise<Rows> {
  const format = FORMATS[reading.format]
  return 'whole' in format ? format.whole(bytes, reading, carried) : gathered(bytes, reading, format.pieces)
}

/** How the rows of a surveyed input are read; a format that is read as a whole must be small. */
export function streamOf(reading: Declared, surveyed: Survey): Pieces {
  const format = FORMATS[reading.format]
  if ('pieces' in format) return format.pieces(reading, surveyed)
  return {
    async *rows(input) {
      if (input.size > MOST_WHOLE)
        throw new Unreadable({
          vi: 'lớn hơn 16 MB; dạng này phải đọc cả tệp một lúc, hãy dùng jsonl hoặc csv',
          en: 'it is larger than 16 MB; this format is read as a whole, use jsonl or csv',
        })
      const read = await format.whole(await bytesOf(input), reading, {})
      if ('wrong' in read) throw new Unreadable(read.wrong, read.cause)
      yield read.rows
    },
  }
}
