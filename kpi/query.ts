/** What may be asked: the questions of the API, their parameters and limits, checked before anything reaches the store. */
import { z } from 'zod'
import { PUBLIC_SECTOR } from './calendar.ts'
import type { CalendarAnswer } from './calendar-answer.ts'
import { COMPARED_WITH, type ComparedWith } from './compared.ts'
import type { Contribution } from './contribution.ts'
import type { Correction } from './correction.ts'
import type { Entry, Incident } from './incident.ts'
import { Id } from './indicator.ts'
import type { Members, StoredObservation } from './observation.ts'
import { DAY, GRAINS, type Grain, WINDOWS } from './range.ts'
import type { Mark, Reading, Status } from './reading.ts'
import { EMPTY, type Empty, NATION, type Nation, type ScoreCell } from './score.ts'
import type { Band, ScoreFile } from './score-file.ts'
import type { Raise } from './score-raise.ts'
import { UNITS } from './succession.ts'
import type { Text } from './text.ts'
import type { Break } from './version.ts'
import type { GlassNote, Pulse } from './wire.ts'

export const QUERIES = [
  'readings',
  'series',
  'breakdown',
  'observations',
  'held',
  'score',
  'corrections',
  'compare',
  'contributions',
  'reconciliation',
  'shown',
  'incidents',
  'notes',
  'calendar',
] as const
export type QueryName = (typeof QUERIES)[number]
export type { ComparedWith }

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
type Ends = { readonly from?: number | undefined; readonly to?: number | undefined }
/** One end of a range needs the other. */
const bothEnds = (one: keyof Ends, other: keyof Ends) =>
  [(query: Ends) => query[one] === undefined || query[other] !== undefined, { path: [other] as PropertyKey[] }] as const
const range = { from: Moment, to: Moment }
const common = { indicator: Id, where: Where }
/** `then` (when not given): the units of the time; `today`: those of today, with everything of the units they followed. */
const units = z.enum(UNITS).optional()

/** The moment of knowledge: the answer is what it would have been then, whatever was stored later. */
const asOf = Moment.optional()

export const Query = {
  readings: z.strictObject({ ...common, window: z.enum(WINDOWS).optional(), by: By, asOf }),
  /** `by`: a line for each member of a dimension beside the total they add up to. */
  series: z.strictObject({
    ...common,
    ...range,
    units,
    grain: z.enum(GRAINS).optional(),
    by: z.string().min(1).optional(),
    asOf,
  }),
  breakdown: z.strictObject({ ...common, ...range, units, by: z.string().min(1).default('unit'), asOf }),
  compare: z.strictObject({
    ...common,
    ...range,
    with: z.enum(COMPARED_WITH).default('like'),
    units,
    by: z.string().min(1).default('unit'),
    asOf,
  }),
  /** Why a figure changed, or misses its target: what each member of `by` brings to the difference. */
  contributions: z.strictObject({
    ...common,
    ...range,
    with: z.enum(COMPARED_WITH).default('like'),
    units,
    by: z.string().min(1).default('unit'),
    asOf,
  }),
  observations: z.strictObject({
    ...common,
    ...range,
    limit: z.coerce.number().int().min(1).max(MAX_POINTS).default(500),
    /** The `next` of the page before. */
    after: z.string().optional(),
    asOf,
  }),
  /** What waits for a person, about spans that begin in a range; of one indicator or of all. */
  held: z
    .strictObject({
      indicator: Id.optional(),
      ...range,
      limit: z.coerce.number().int().min(1).max(MAX_POINTS).default(200),
      asOf,
    })
    .transform((query) => ({ ...query, where: {} })),
  /** What had been shown and was corrected between two moments; of one indicator or of all. */
  corrections: z.strictObject({
    indicator: Id.optional(),
    /** Only of figures of these members. */
    where: Where,
    ...range,
    limit: z.coerce.number().int().min(1).max(MAX_POINTS).default(200),
  }),
  /** What several sources say differently of the same thing and span; of one indicator or of all. */
  reconciliation: z.strictObject({
    indicator: Id.optional(),
    where: Where,
    ...range,
    limit: z.coerce.number().int().min(1).max(MAX_POINTS).default(200),
    asOf,
  }),
  /** What a board showed at a moment. */
  shown: z.strictObject({ board: Id, at: Moment }).transform((query) => ({ ...query, where: {} })),
  /** What was open at some time of a range (without one: of the last week), or one incident by its id with its whole history. */
  incidents: z
    .strictObject({
      id: z.string().min(3).max(300).optional(),
      state: z.enum(['open', 'closed', 'all']).default('all'),
      from: Moment.optional(),
      to: Moment.optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    })
    .transform((query) => ({ ...query, where: {} })),
  /** What people noted of values in a range (without one: of the last week). */
  notes: z.strictObject({
    indicator: Id.optional(),
    where: Where,
    from: Moment.optional(),
    to: Moment.optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  /** What a calendar says of the day of `at` (now where not given), of a limit that starts then, and of a range. */
  calendar: z
    .strictObject({
      calendar: Id.default(PUBLIC_SECTOR),
      at: Moment.optional(),
      within: z.string().trim().min(1).max(60).optional(),
      ...{ from: Moment.optional(), to: Moment.optional() },
    })
    .refine(...bothEnds('from', 'to'))
    .refine(...bothEnds('to', 'from'))
    .transform((query) => ({ ...query, where: {} })),
  /** Without `unit`: all that are scored, together; without `indicator`: the score of that unit. Over a window, or from `from` to `to`. */
  score: z
    .strictObject({
      indicator: Id.optional(),
      unit: Id.optional(),
      window: z.enum(WINDOWS).optional(),
      from: Moment.optional(),
      to: Moment.optional(),
      empty: z.enum(EMPTY).default('out'),
      nation: z.enum(NATION).default('sums'),
      asOf,
    })
    .refine(...bothEnds('from', 'to'))
    .refine(...bothEnds('to', 'from'))
    .transform(({ unit, ...rest }) => ({ ...rest, where: unit === undefined ? {} : { unit } })),
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

/** One thing and span of which several sources do not say the same. */
export interface Differing {
  readonly indicator: string
  readonly members: Members
  readonly from: number
  readonly to: number
  /** The source whose value counts: the first by authority. */
  readonly speaks: string
  /** What each says, by authority, since when (UTC milliseconds), and how much more it is than what counts; equal ones among them. */
  readonly statements: readonly {
    readonly source: string
    readonly value: string
    readonly citation: string
    readonly since: number
    readonly difference: string
  }[]
  /** Since when they differ, as far as they do now. */
  readonly since: number
}

/** How much more one side of a comparison is; decimal text, exact; null where a side has none. */
export interface Change {
  /** Of a percent in points. */
  readonly value: string | null
  readonly numerator: string | null
  readonly denominator: string | null
  /** Percent of the other side; null for percents and where the other side is nought. */
  readonly relative: string | null
}

/** Two sides of a comparison; `null` where a side has no such member. */
export interface Compared {
  readonly key: Members
  readonly now: Reading | null
  readonly earlier: Reading | null
  /** With `with=target`: what was to be reached. */
  readonly target: { readonly value: string; readonly basis: string } | null
  readonly change: Change
}

/** A cell of a score: its points, what they were computed from, and how it is known. */
export interface CellAnswer extends ScoreCell {
  readonly title: Text
  /** The ratio or the reported indicator it comes from. */
  readonly indicator: string
  readonly rule: ScoreFile['columns'][number]['parts'][number]['rule'] | null
  readonly note: Text | null
  /** How many of the units scored here stated this part. */
  readonly units: { readonly stated: number; readonly expected: number }
}

/** A score with all its cells. `points` count from `outOf`: the maxima of the cells that are known. */
export interface ScoreAnswer {
  readonly pulse: Pulse
  readonly indicator: string
  /** What `readings` says of the same score; by another convention, what it would say. */
  readonly reading: Reading
  readonly points: string | null
  readonly outOf: string
  readonly maximum: string
  /** `unverified` where the columns and maxima have not been seen in the official text; null where nothing is said of it. */
  readonly basis: string | null
  /** The declared grades, what they lean on, and the one this score has: null while a part is unknown. */
  readonly grades: { readonly basis: string; readonly bands: readonly Band[]; readonly reached: string | null } | null
  /** How 0/0 was counted, and how units were put together (null for one unit), in words. */
  readonly conventions: {
    readonly empty: Empty
    readonly nation: Nation | null
    readonly said: readonly Text[]
  }
  readonly rounding: ScoreFile['rounding']
  readonly columns: readonly {
    readonly column: string
    readonly title: Text
    readonly maximum: string
    readonly points: string | null
    readonly outOf: string
    readonly rounded: 'part' | 'column' | 'total'
    readonly cells: readonly CellAnswer[]
  }[]
  /** What would raise it most, first; empty for a mean of scores, which no single case moves by a known amount. */
  readonly raise: readonly Raise[]
}

/**
 * What a person decides about a held version. `release`: it counts. `refuse`: it does not; what stood before is said again,
 * or the key falls silent when nothing stood.
 */
export const Decision = z.strictObject({
  /** The held version, as `held` names it. */
  id: z.string().min(1).max(200),
  indicator: Id,
  from: z.int(),
  decision: z.enum(['release', 'refuse']),
  reason: z.string().trim().min(3).max(500),
})
export type Decision = z.infer<typeof Decision>

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
    /** Where the definition changed within the range: points before are by the old one. */
    readonly breaks?: readonly Break[]
    /** With `units=today`: the former units that count for others. */
    readonly carried?: readonly CarriedUnit[]
  }
  /** One reading per member, worst first where the indicator has a better direction, else largest first; and the total they add up to. */
  breakdown: {
    readonly pulse: Pulse
    readonly readings: readonly Reading[]
    readonly total: Reading | null
    /** Where the definition changed within the range: the figures are of the days since the last change, as their `from` says. */
    readonly breaks?: readonly Break[]
    /** With `units=today`: the former units that count for others. */
    readonly carried?: readonly CarriedUnit[]
  }
  /** Both sides with their parts. `now` and `earlier` are the spans that were compared, which may be less than was asked. */
  compare: {
    readonly pulse: Pulse
    readonly indicator: string
    readonly with: ComparedWith
    readonly said: Text
    /** Whether it leans on a day off that nobody has decided yet. */
    readonly provisional: boolean
    readonly now: { readonly from: number; readonly to: number }
    readonly earlier: { readonly from: number; readonly to: number } | null
    readonly rows: readonly Compared[]
    readonly total: Compared | null
    readonly carried?: readonly CarriedUnit[]
  }
  /** What each part brings to the change of the whole, most first; their amounts add up to `total.change.value` exactly. */
  contributions: Omit<Answers['compare'], 'rows'> & {
    readonly rows: readonly (Compared & Contribution)[]
    /** Who spoke on one side only: a change that leans on them may be no change of the country. */
    readonly uneven: { readonly onlyNow: readonly string[]; readonly onlyEarlier: readonly string[] }
  }
  /** Every version, in key order and then newest first; `next` is null on the last page. */
  observations: {
    readonly pulse: Pulse
    readonly observations: readonly StoredObservation[]
    readonly next: string | null
  }
  /** Held versions nobody has decided on, newest first; `standing` is the last taken value, which speaks meanwhile; null when there is none. */
  held: { readonly pulse: Pulse; readonly held: readonly (StoredObservation & { readonly standing: string | null })[] }
  score: ScoreAnswer
  /** `last`: the pulse at which something of the picture last changed, UTC milliseconds. */
  shown: {
    readonly pulse: Pulse
    readonly board: string
    readonly at: number
    readonly last: number
    readonly readings: readonly Reading[]
  }
  /** The newest spans first. */
  reconciliation: { readonly pulse: Pulse; readonly differing: readonly Differing[] }
  /** The last opened first; `history` of the one that was asked for by its id, in order. */
  incidents: {
    readonly pulse: Pulse
    readonly incidents: readonly Incident[]
    readonly history?: readonly Entry[]
  }
  /** Newest first. */
  notes: { readonly pulse: Pulse; readonly notes: readonly GlassNote[] }
  calendar: CalendarAnswer & { readonly pulse: Pulse }
  /** Newest first. */
  corrections: { readonly pulse: Pulse; readonly corrections: readonly Correction[] }
}
