/** What a person keeps of their work at the desk: an address with a name, in a collection of theirs. */
import { z } from 'zod'

/** The most a person keeps. */
export const MOST_SAVED = 500

/** Saves a view, changes it (the same id), or takes it away (`remove`). */
export const Save = z.strictObject({
  /** Left out: a new one. */
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  title: z.string().trim().min(1).max(120),
  /** The page, as the browser has it. */
  address: z
    .string()
    .max(2000)
    .regex(/^\/explore\?/),
  collection: z.string().trim().max(80).default(''),
  remove: z.boolean().default(false),
})
export type Save = z.infer<typeof Save>

export interface Saved {
  readonly id: string
  readonly title: string
  readonly address: string
  readonly collection: string
  /** When it was saved, UTC milliseconds. */
  readonly at: number
}

/** What GET /api/saved answers: `owner` is null where no named key was sent, and then nothing is kept. */
export interface SavedAnswer {
  readonly owner: string | null
  readonly saved: readonly Saved[]
}
