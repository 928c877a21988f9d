/** Reads bytes by the table of formats, as a source's declaration would. */

import { streamOf } from '../../../../collectors/kinds/formats/index.ts'
import { inputOf, survey } from '../../../../collectors/kinds/formats/input.ts'
import { Placed, Unreadable } from '../../../../collectors/kinds/kind.ts'
import { FilesSource } from '../../../../kpi/source-files.ts'
import { mappings } from '../../rig.ts'

export interface Read {
  readonly rows: readonly Placed[]
  /** Values of the rows that could be read. */
  readonly values: readonly Record<string, unknown>[]
  readonly wrong: readonly string[]
  readonly note: string
  /** The sentence, in English, where nothing can be read. */
  readonly refused: string
}

/** What a format makes of bytes; anything but rows or a sentence is thrown. */
export async function readAs(
  format: string,
  bytes: Uint8Array | string,
  more: Record<string, unknown> = {},
): Promise<Read> {
  const title = { vi: 't', en: 't' }
  const source = FilesSource.parse({ title, kind: 'files', path: 'x', format, observations: mappings, ...more })
  const input = inputOf(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  const rows: Placed[] = []
  let [note, refused] = ['', '']
  try {
    const pieces = streamOf(source, await survey(input))
    note = pieces.note?.en ?? ''
    for await (const piece of pieces.rows(input))
      for (const row of piece) rows.push(row instanceof Placed ? row : new Placed(rows.length + 1, row))
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause
    refused = cause.wrong.en
  }
  const good = rows.filter(({ wrong }) => !wrong)
  return {
    rows,
    values: good.map(({ value }) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>),
    wrong: rows.flatMap(({ wrong }) => wrong?.en ?? []),
    note,
    refused,
  }
}

/** Windows-1258 as its code page has it: vowels with hats and horns are one byte, tones are bytes of their own after them. */
const BYTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1258').decode(new Uint8Array([byte])), byte]),
)
export function windows1258(text: string): Buffer {
  const bytes: number[] = []
  for (const letter of text.normalize('NFC')) {
    const own = BYTES.get(letter)
    if (own !== undefined) {
      bytes.push(own)
      continue
    }
    const [tone = ''] = /[\u0300\u0301\u0303\u0309\u0323]/u.exec(letter.normalize('NFD')) ?? []
    const base = letter.normalize('NFD').replace(tone, '').normalize('NFC')
    bytes.push(...[base, tone].map((one) => BYTES.get(one) ?? Number.NaN))
  }
  return Buffer.from(bytes)
}
