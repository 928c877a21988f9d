/** A rule: what of an indicator or a source is worth waking somebody, for how long it must hold, and what to do then. The file's path under dashboards/rules is its id. */
import { z } from 'zod'
import { PanelSlice } from './board.ts'
import { DurationText, Id } from './indicator.ts'
import { Text } from './text.ts'

export const SEVERITIES = ['warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const ONE_CONDITION =
  'exactly one of above, below, status, target, band, age, coverage, held, identity, differ, silent'
export const SLICE_OR_SILENT = 'give slice, or when: { silent: true } for the sources themselves'

/** Long or none at all. */
const Stretch = DurationText.or(z.literal('0s')).default('0s')

export const Band = z.strictObject({
  side: z.enum(['below', 'above', 'both']).default('both'),
  /** How many earlier weeks the same weekday and hour are taken from. */
  weeks: z.int().min(3).max(26).default(8),
  /** How many typical deviations the band is wide on each side of the median. */
  width: z.number().positive().default(4),
  /** At least so many percent of the median on each side: what hardly ever varies is not alarming for a trifle. */
  least: z.number().min(0).max(100).default(20),
})
export type BandRule = Readonly<z.infer<typeof Band>>

export const Condition = z
  .strictObject({
    above: z.number().optional(),
    below: z.number().optional(),
    /** Of the indicator's own limits and target: this or worse. */
    status: z.enum(SEVERITIES).optional(),
    /** Short of the target in force by more than so much. */
    target: z.strictObject({ short: z.number().min(0).default(0) }).optional(),
    /** The last whole hour outside what this weekday and hour usually bring. */
    band: Band.optional(),
    /** Missing, or its source time so old. */
    age: z.enum(['late', 'stale']).optional(),
    /** Percent of those who should report that did, on time. */
    coverage: z.strictObject({ below: z.number().positive().max(100) }).optional(),
    /** A newer value is held for a person. */
    held: z.literal(true).optional(),
    /** An indicator that is 0 where an identity holds is something else. */
    identity: z.literal('broken').optional(),
    /** Two sources differ on the same thing by more than so many percent. */
    differ: z.strictObject({ above: z.number().min(0).default(0) }).optional(),
    /** A source that does not answer. */
    silent: z.literal(true).optional(),
  })
  .refine((when) => Object.values(when).filter((one) => one !== undefined).length === 1, { error: ONE_CONDITION })
export type Condition = Readonly<z.infer<typeof Condition>>

export const RuleFile = z
  .strictObject({
    title: Text,
    severity: z.enum(SEVERITIES).default('warning'),
    /** What is watched; with `by`, every point of it. */
    slice: PanelSlice.optional(),
    when: Condition,
    /** How long the condition must hold before it is an incident. */
    for: Stretch,
    /** How far past its limit, to the good side, the value must be before the condition counts as over; in the value's own unit. */
    margin: z.number().min(0).default(0),
    /** How long the condition must be over before the incident closes. */
    clearFor: Stretch,
    /** Not judged while the denominator (of a count: the value) is smaller: few cases say little. */
    least: z.number().min(0).default(0),
    /** An incident for each point; without it all points of the rule are one incident that names them. */
    each: z.boolean().default(false),
    /** What whoever is told should do: an alarm nobody can act on is none. */
    action: Text,
    /** Roles that are told. */
    roles: z.array(Id).default([]),
    /** Who is told when nobody has taken it in hand in time. */
    escalate: z.strictObject({ after: DurationText, roles: z.array(Id).min(1) }).optional(),
    /** Off: declared and tried by replay, not watched. */
    on: z.boolean().default(true),
  })
  .refine(({ slice, when }) => (slice === undefined) === (when.silent === true), {
    path: ['slice'],
    error: SLICE_OR_SILENT,
  })
export type RuleFile = z.infer<typeof RuleFile>
export type Rule = Readonly<RuleFile> & { readonly id: string }
