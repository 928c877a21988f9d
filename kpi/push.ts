/** A push: what a system sends to POST /api/observations, what it is answered, and what each source is limited to. */
import { z } from 'zod'
import type { Members } from './observation.ts'
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
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** A row, or one statement of it, that could not be taken: what is wrong, and what to do. Rows count from 1. */
export interface RefusedRow {
  readonly row: number
  readonly field: string
  readonly messages: Text
  readonly remedy: Text
}

/** A statement that was kept and waits for a person. */
export interface HeldRow {
  readonly row: number
  readonly indicator: string
  readonly members: Members
  readonly reason: string
}

/** What became of a push. `accepted` rows had no problem; held ones are among them. */
export interface PushAnswer {
  readonly source: string
  readonly rows: number
  readonly accepted: number
  readonly refused: number
  /** Statements the rows made: counted, kept for a person, taken back. */
  readonly observations: { readonly taken: number; readonly held: number; readonly withdrawn: number }
  /** At most the first MOST_TOLD of each; `refused` and `held` above count all. */
  readonly problems: readonly RefusedRow[]
  readonly held: readonly HeldRow[]
}

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
  /** Resolves once everything of the push that may pass outlives a power cut. Never rejects for what a caller or a disk did. */
  take(push: Push): Promise<PushAnswer | NotTaken>
}
