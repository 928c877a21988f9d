/** What may be asked: the questions of the API, their parameters and limits, checked before anything reaches the store. */
import { z } from 'zod'
import { Id } from './indicator.ts'
import type { Members, StoredObservation } from './observation.ts'
import { DAY, GRAINS, type Grain, WINDOWS } from './range.ts'
import type { Mark, Reading, Status } from './reading.ts'
import { UNITS } from './succession.ts'
import type { Pulse } from './wire.ts'

export const QUERIES = ['readings', 'series', 'breakdown', 'observations'] as const
export type QueryName = (typeof QUERIES)[number]

/** The most points, rows or bars one answer holds. */
export const MAX_POINTS = 5000
/** The most points of a series split by a dimension, all its lines together. */
export const MAX_SPLIT_POINTS = 20_000
/** The longest range one question may cover at each grain, milliseconds. */
export const MAX_RANGE: Readonly<Record<Grain, number>> = { minute: 3 * DAY, hour: 93 * DAY, day: 3700 * DAY }

/** A moment: ISO 8601 with zone, a date (local midnight), or UTC milliseconds. */
const Moment = z.string().transform((text, context) => {
  const at = /^\d{11,14}$/.test(text)
    ? Number(text)
    : Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00+07:00` : text)
  if (Number.isFinite(at)) return at
  context.addIssue({
    code: 'custom',
    message: 'a moment such as 2026-11-22, 2026-11-22T09:00:00+07:00 or UTC milliseconds',
  })
  return z.NEVER
})

/** `unit:ha-noi,channel:online` → { unit: 'ha-noi', channel: 'online' } */
const Where = z
  .string()
  .default('')
  .transform((text, context) => {
    const pairs = text
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split(':'))
    if (pairs.every((pair) => pair.length === 2 && pair[0] && pair[1]))
      return Object.fromEntries(pairs) as Record<string, string>
    context.addIssue({ code: 'custom', message: 'dimension:member pairs such as unit:ha-noi,channel:online' })
    return z.NEVER
  })

const By = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter(Boolean))
const range = { from: Moment, to: Moment }
const common = { indicator: Id, where: Where }
/** `then` (when not given): the units of the time; `today`: those of today, with everything of the units they followed. */
const units = z.enum(UNITS).optional()

export const Query = {
  readings: z.strictObject({ ...common, window: z.enum(WINDOWS).optional(), by: By }),
  /** `by`: a line for each member of a dimension beside the total they add up to. */
  series: z.strictObject({
    ...common,
    ...range,
    units,
    grain: z.enum(GRAINS).optional(),
    by: z.string().min(1).optional(),
  }),
  breakdown: z.strictObject({ ...common, ...range, units, by: z.string().min(1).default('unit') }),
  observations: z.strictObject({
    ...common,
    ...range,
    limit: z.coerce.number().int().min(1).max(MAX_POINTS).default(500),
    /** The `next` of the page before. */
    after: z.string().optional(),
  }),
} as const satisfies Record<QueryName, z.ZodType>

export type QueryOf<Q extends QueryName> = z.infer<(typeof Query)[Q]>

/** One point of a series. `value` null: nothing was reported for the span (`no-data`) or nothing occurred (0/0). */
export interface Point {
  readonly from: number
  readonly to: number
  readonly value: string | null
  readonly numerator: string | null
  readonly denominator: string | null
  readonly status: Status
  readonly marks: readonly Mark[]
  /** Spans of the source present in this point, and how many there should be by now; null without a rhythm. */
  readonly spans: { readonly present: number; readonly expected: number } | null
}

/** A former unit whose figures count for another; `partly`: some of its work went elsewhere, so the sum is only nearly right. */
export interface CarriedUnit {
  readonly former: string
  readonly into: string
  readonly partly: boolean
}

/** What each question answers. Every answer names the pulse (data version) it was read at. */
export interface Answers {
  readings: { readonly pulse: Pulse; readonly readings: readonly Reading[] }
  /** Points in time order, gaps included as points without value. `coarser` counts statements whose span does not fit the grain: not known at this grain. */
  series: {
    readonly pulse: Pulse
    readonly indicator: string
    readonly grain: Grain
    readonly points: readonly Point[]
    /** With `by`: a line for each member that said something, by id. */
    readonly split?: readonly { readonly key: Members; readonly points: readonly Point[] }[]
    readonly coarser: number
    /** With `units=today`: the former units that count for others. */
    readonly carried?: readonly CarriedUnit[]
  }
  /** One reading per member, worst first where the indicator has a better direction, else largest first; and the total they add up to. */
  breakdown: {
    readonly pulse: Pulse
    readonly readings: readonly Reading[]
    readonly total: Reading | null
    /** With `units=today`: the former units that count for others. */
    readonly carried?: readonly CarriedUnit[]
  }
  /** Every version, in key order and then newest first; `next` is null on the last page. */
  observations: {
    readonly pulse: Pulse
    readonly observations: readonly StoredObservation[]
    readonly next: string | null
  }
}
