/** The formats that are read in pieces, so that a file of any size passes. */
import type { Text } from '../../../kpi/text.ts'
import { delimited } from './delimited.ts'
import { encodingOf, textOf } from './encoding.ts'
import type { Declared } from './format.ts'
import type { Input, Survey } from './input.ts'
import { jsonLines } from './lines.ts'
import { namedRows } from './table.ts'
import { sheetRows } from './xlsx.ts'

export interface Pieces {
  /** The rows of the input that was surveyed, as they come; it is opened anew for each reading. An `Unreadable` ends them. */
  readonly rows: (input: Input) => AsyncIterable<readonly unknown[]>
  /** What was assumed. */
  readonly note?: Text
}

/** What is declared and what a first pass told → how the rows are read; an `Unreadable` where they cannot be. */
export type ReadPieces = (reading: Declared, survey: Survey) => Pieces

export const csv: ReadPieces = (reading, survey) => {
  const { encoding, ...note } = encodingOf(survey, reading.encoding)
  return {
    rows: (input) => namedRows(delimited(textOf(input, encoding), reading), { ...reading, even: true }),
    ...note,
  }
}

export const jsonl: ReadPieces = (reading, survey) => {
  const { encoding, ...note } = encodingOf(survey, reading.encoding)
  return { rows: (input) => jsonLines(textOf(input, encoding)), ...note }
}

export const xlsx: ReadPieces = (reading) => ({
  rows: (input) => namedRows(sheetRows(input, reading), { ...reading, even: false }),
})
