/** A push source: a system that sends its rows by itself, to POST /api/observations, under a key of its own. */
import { z } from 'zod'
import { DurationText } from './indicator.ts'
import { base } from './source-base.ts'

/** What one push and one minute may hold. */
const Limits = z.strictObject({
  rows: z.int().min(1).max(100_000).default(10_000),
  megabytes: z.int().min(1).max(50).default(5),
  /** Pushes a minute. */
  rate: z.int().min(1).max(6000).default(60),
})

/** Nobody asks it, so it has neither `every` nor `jitter`. */
const { every: _, jitter: __, ...said } = base

export const PushSource = z.strictObject({
  ...said,
  kind: z.literal('push'),
  /** The secret it sends as a bearer token: `${NAME}`, from the environment. */
  key: z.string().min(1),
  /** How often a push is expected: after two of them without one the source is down. */
  rhythm: DurationText.default('1h'),
  /** For how long what was said is remembered, so that the same rows sent once more say nothing new. */
  revisit: DurationText.default('1h'),
  limits: Limits.default({ rows: 10_000, megabytes: 5, rate: 60 }),
})
export type PushSource = z.infer<typeof PushSource>
