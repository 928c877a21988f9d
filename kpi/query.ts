/** What may be asked: the questions of the API, their parameters and limits, checked before anything reaches the store. */
import { z } from 'zod'
import { PUBLIC_SECTOR } from './calendar.ts'
import { ASKED_WITH, type ComparedWith } from './compared.ts'
import { Id } from './indicator.ts'
import { readMoment } from './moment.ts'
import { DAY, GRAINS, type Grain, WINDOWS } from './range.ts'
import { EMPTY, NATION } from './score.ts'
import { UNITS } from './succession.ts'

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
  'anomalies',
  'forecast',
  'ranking',
  'glass',
  'peers',
] as const
export type QueryName = (typeof QUERIES)[number]
export type * from './answer.ts'
export type { ComparedWith }

/** The most points, rows or bars one answer holds. */
export const MAX_POINTS = 5000
/** The most points of a series split by a dimension, all its lines together. */
export const MAX_SPLIT_POINTS = 20_000
/** The longest range one question may cover at each grain, milliseconds. */
export const MAX_RANGE: Readonly<Record<Grain, number>> = { minute: 3 * DAY, hour: 93 * DAY, day: 3700 * DAY }

/** How many weeks back like weekdays are looked for, which is the most of them a line is compared with. */
export const MOST_LIKE = 12

/** A moment: ISO 8601, a date (local midnight), or UTC milliseconds. */
const Moment = z.string().transform((text, context) => {
  const at = readMoment(text)
  if (at !== null) return at
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
    // Of a dimension named twice only the last would count, and nobody would be told.
    const dimensions = new Set(pairs.map(([dimension]) => dimension))
    if (dimensions.size === pairs.length && pairs.every((pair) => pair.length === 2 && pair[0] && pair[1]))
      return Object.fromEntries(pairs) as Record<string, string>
    context.addIssue({
      code: 'custom',
      message: 'dimension:member pairs such as unit:ha-noi,channel:online, each dimension once',
    })
    return z.NEVER
  })

/** `unit,channel`, each dimension once: asked twice it would be a slice of its own that says the same. */
const By = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter(Boolean))
  .refine((dimensions) => new Set(dimensions).size === dimensions.length)
/** The most indicators one question names beside the first. */
export const MAX_ALSO = 60
/** `interchange/received,filings/received`; left out: none. */
const Also = z
  .string()
  .transform((text) => [...new Set(text.split(',').filter(Boolean))])
  .pipe(z.array(Id).max(MAX_ALSO))
  .optional()
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
  /** `also`: further indicators, each in its own window unless one is named, read together with the first. */
  readings: z.strictObject({ ...common, window: z.enum(WINDOWS).optional(), by: By, asOf, also: Also }),
  /** `by`: a line for each member of a dimension beside the total they add up to; `usual`: what so many like weekdays before brought. */
  series: z.strictObject({
    ...common,
    ...range,
    units,
    grain: z.enum(GRAINS).optional(),
    by: z.string().min(1).optional(),
    usual: z.coerce.number().int().min(3).max(MOST_LIKE).optional(),
    asOf,
  }),
  /** `per`: a declared population by which counts are made comparable; `least`: the least denominator that is ranked; `against`: a second indicator of the same members. */
  breakdown: z.strictObject({
    ...common,
    ...range,
    units,
    by: z.string().min(1).default('unit'),
    asOf,
    per: Id.optional(),
    least: z.coerce.number().int().min(0).max(1_000_000).optional(),
    against: Id.optional(),
  }),
  compare: z.strictObject({
    ...common,
    ...range,
    with: z.enum(ASKED_WITH).default('usual'),
    units,
    by: z.string().min(1).default('unit'),
    asOf,
  }),
  /** Why a figure changed, misses its target, or is unlike the country's or that of units of like size: what each member of `by` brings to the difference. */
  contributions: z.strictObject({
    ...common,
    ...range,
    with: z.enum(ASKED_WITH).default('usual'),
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
    /** `figure`: only of the very figure that `where` names, whose own span lies within the range, whenever it was corrected. */
    of: z.enum(['all', 'figure']).optional(),
    /** Only what was corrected by then. */
    asOf,
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
  /** The days in a range of each member of `by` (and of all together) that are unlike its own days of the eight weeks before. */
  anomalies: z.strictObject({
    ...common,
    ...range,
    units,
    by: z.string().min(1).default('unit'),
    asOf,
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  /** What a period that runs will come to at this pace, and whether its target is met. */
  forecast: z.strictObject({ ...common, ...range, units, asOf }),
  /** Where each member stood in each part of a range, by days, weeks or months. */
  ranking: z.strictObject({
    ...common,
    ...range,
    units,
    by: z.string().min(1).default('unit'),
    asOf,
    step: z.enum(['day', 'week', 'month']).optional(),
    per: Id.optional(),
    least: z.coerce.number().int().min(0).max(1_000_000).optional(),
  }),
  /** What screens said of an indicator (and only of these members) while a range ran. */
  glass: z.strictObject({
    ...common,
    ...range,
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  /** A unit (`where=unit:…`) beside the country, its region, and `count` others of like size. */
  peers: z.strictObject({
    ...common,
    ...range,
    units,
    asOf,
    count: z.coerce.number().int().min(1).max(20).default(6),
  }),
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
