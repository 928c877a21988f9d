/** The formats a source's bytes may have, and what is declared of how they are read; http and files read by the same table. */
import { z } from 'zod'

/** A new format is a name here and a row in collectors/kinds/formats/index.ts. */
export const FORMATS = ['json', 'jsonl', 'csv'] as const
export type Format = (typeof FORMATS)[number]

/** What a declaration says of how bytes become rows; each format reads what concerns it. */
export const reading = {
  /** Path of the list of rows in a JSON answer, dots between names; empty when the answer is the list. */
  rows: z.string().default(''),
}
export interface Reading {
  readonly format: Format
  readonly rows: string
}
