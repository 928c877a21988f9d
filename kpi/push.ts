/** A push: what a system sends to POST /api/observations, what it is answered, and what each source is limited to. */
import { z } from 'zod'
import type { Text } from './text.ts'

/** The body: rows in the source's own words, mapped by its declaration. */
export const PushBody = z.strictObject({
  rows: z.array(z.record(z.string(), z.unknown())).min(1),
})

/** A caller's name for one push: sent again with it, the same push counts once. 1 to 200 visible ASCII characters. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,200}$/)

export interface Push {
  readonly source: string
  /** The Idempotency-Key. */
  readonly key: string
  /** SHA-256 of the body, hexadecimal. */
  readonly digest: string
  /** Bytes of the body. */
  readonly bytes?: number
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

const TextOfBoth = z.object({ vi: z.string(), en: z.string() })
const count = z.int().min(0)

/** What became of a push. `accepted` rows had no problem; held statements are among theirs. Rows count from 1. */
export const PushAnswer = z.object({
  source: z.string(),
  rows: count,
  accepted: count,
  refused: count,
  /** Statements the rows made: counted, kept for a person, taken back. */
  observations: z.object({ taken: count, held: count, withdrawn: count }),
  /** What could not be taken, and what to do about it: the first MOST_TOLD; `refused` counts all rows. */
  problems: z.array(z.object({ row: count, field: z.string(), messages: TextOfBoth, remedy: TextOfBoth })),
  /** What was kept and waits for a person: the first MOST_TOLD. */
  held: z.array(
    z.object({
      row: count,
      indicator: z.string(),
      members: z.record(z.string(), z.string()),
      reason: z.string(),
      messages: TextOfBoth,
    }),
  ),
})
export type PushAnswer = Readonly<z.infer<typeof PushAnswer>>

/** The most problems and the most held statements one answer lists. */
export const MOST_TOLD = 1000

/** Why a push was not taken now; nothing of it was kept. */
export type NotTaken =
  | { readonly not: 'other-body' | 'under-way' | 'unknown' }
  /** Too often: again after so many milliseconds. */
  | { readonly not: 'too-often'; readonly after: number }
  /** More rows than the source may send at once. */
  | { readonly not: 'too-many'; readonly most: number }
  /** The queue on disk holds all it may, or the disk does not take it. */
  | { readonly not: 'no-room'; readonly text: Text }

/** Where pushes go: one process's own queue on disk. */
export interface Intake {
  /** Reads the text of a body: every digit of a number is kept, and what is nested too deep is none. Throws an Error that says why it is no JSON. */
  parse(text: string): unknown
  /** Resolves once everything of the push that may pass outlives a power cut. Never rejects for what a caller or a disk did. */
  take(push: Push): Promise<PushAnswer | NotTaken>
}
