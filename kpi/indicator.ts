/** An indicator: what is measured and how it is judged. The file's path under dashboards/indicators is its id. */
import { z } from 'zod'
import { Deadline } from './deadline.ts'
import { Id } from './id.ts'
import { duration, WINDOWS } from './range.ts'
import { ScoreFile } from './score-file.ts'
import { Text } from './text.ts'

export const KINDS = ['flow', 'running', 'level', 'distinct', 'ratio', 'score', 'reported'] as const
/**
 * flow: how many in its period (sums) · running: total so far since its start · level: state at a moment ·
 * distinct: how many different things · ratio: Σ of / Σ to, never a mean of percentages ·
 * score: from declared parts · reported: a percentage someone stated without parts (never aggregated).
 */
export type Kind = (typeof KINDS)[number]

export const DurationText = z.string().refine((text) => duration(text) !== null, {
  error: 'a duration such as 30s, 5m, 1h or 1d',
})
export const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a date such as 2025-07-01' })
export { Id }

/** A target or a plan belongs to the indicator, with dates and basis; it is never an observation and never drawn as a result. */
export const Target = z.strictObject({
  value: z.number(),
  from: DateText.optional(),
  to: DateText.optional(),
  /** For whom, when not for everyone. */
  where: z.record(z.string(), z.string()).optional(),
  label: Text.optional(),
  basis: z.string().min(1),
  quote: z.string().optional(),
})
export type Target = Readonly<z.infer<typeof Target>>

export const Plan = z.strictObject({
  what: Text,
  planned: z.string().min(1),
  actual: z.string().optional(),
  basis: z.string().min(1),
  quote: z.string().optional(),
})

/**
 * A jump: more than `times` the median of the same hour of like weekdays in the last `weeks` weeks, or less than that part of it.
 * Where value and median are both below `least` nothing is said.
 */
export const Jump = z.strictObject({
  times: z.number().gt(1).max(1000),
  weeks: z.int().min(3).max(12).default(4),
  least: z.number().min(0).default(0),
})

export const Indicator = z
  .strictObject({
    title: Text,
    kind: z.enum(KINDS).optional(),
    ratio: z.strictObject({ of: Id, to: Id }).optional(),
    /** Kind `score`: how its points come about. */
    score: ScoreFile.optional(),
    /** `percent`, or the name of what is counted. */
    unit: z.union([z.literal('percent'), Text]),
    /** Whether values are amounts of money, time or the like, and not numbers of cases: chance says nothing of how far they would move. */
    amount: z.boolean().optional(),
    decimals: z.int().min(0).max(6).default(0),
    window: z.enum(WINDOWS).default('today'),
    better: z.enum(['higher', 'lower', 'neither']).default('neither'),
    targets: z.array(Target).default([]),
    plans: z.array(Plan).default([]),
    /** How long what it counts may take, from its start on: screens say when what begins now falls due. */
    deadline: Deadline.optional(),
    limits: z.strictObject({ warning: z.number(), critical: z.number() }).optional(),
    /** How often a new span is expected; without it the indicator never grows late. */
    rhythm: DurationText.optional(),
    /** Values outside are held for a person, not counted. */
    plausible: z
      .strictObject({ min: z.number().optional(), max: z.number().optional(), jump: Jump.optional() })
      .default({ min: 0 }),
    dimensions: z.array(Id).default(['unit']),
    /** The group of units that should report, a member id of dimension `unit`. */
    expected: Id.optional(),
    /** Further dimensions of whose every member each of those expected should speak; of others nobody knows what is owed. */
    every: z.array(Id).optional(),
    /** Sources by authority: the first that stands speaks. Empty: all that state it, by id. */
    sources: z.array(Id).default([]),
    definition: Text.optional(),
    /** Rises with every change of formula, unit, better direction or dimensions, once they are locked. */
    version: z.int().min(1).default(1),
    /** The first day this version holds. */
    since: DateText.optional(),
  })
  .refine((indicator) => (indicator.ratio === undefined) !== (indicator.kind === undefined), {
    path: ['kind'],
    error: 'give either kind (flow, running, level, distinct, score, reported) or ratio { of, to }, not both',
  })

export type IndicatorFile = z.infer<typeof Indicator>

/** An indicator with its id and its kind settled. */
export interface Indicator extends Readonly<Omit<IndicatorFile, 'kind'>> {
  readonly id: string
  readonly kind: Kind
}
