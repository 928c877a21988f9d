/** The table of formats: a new one is a name in kpi/source-format.ts, a file here and a row below. */
import type { Format, Reading } from '../../../kpi/source-format.ts'
import { csv } from './csv.ts'
import type { Carried, Read, Rows } from './format.ts'
import { json } from './json.ts'
import { jsonl } from './jsonl.ts'

const READ = { json, jsonl, csv } satisfies Record<Format, Read>

/** Reads bytes as declared. What is malformed comes back as a sentence, never as an error. */
export async function readRows(bytes: Uint8Array, reading: Reading, carried: Carried = {}): Promise<Rows> {
  return READ[reading.format](bytes, reading, carried)
}
