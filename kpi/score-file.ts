/** What an operator writes of a score: columns of parts, each with its maximum and the rule that turns a ratio into points. */
import { z } from 'zod'
import { Id } from './id.ts'
import { Text } from './text.ts'

export const SIX_PLACES = 'a number with at most six decimals'
const exact = (number: number) => /^\d+(?:\.\d{1,6})?$/.test(String(number))
const positive = z.number().positive().refine(exact, { error: SIX_PLACES })
const share = z.number().positive().max(100).refine(exact, { error: SIX_PLACES })
const fromZero = z.number().min(0).refine(exact, { error: SIX_PLACES })

/** `full`: the share, in percent, from which all points are given; below it the points are proportional. */
const Share = z.strictObject({ kind: z.literal('share'), full: share.default(100) })
/** The share of what went wrong: the rest of 100 % is what earns points. */
const Inverse = z.strictObject({ kind: z.literal('inverse'), full: share.default(100) })
/** The points of the highest step the share reaches; below the lowest none. */
const Steps = z.strictObject({
  kind: z.literal('steps'),
  steps: z.array(z.strictObject({ from: fromZero, points: fromZero })).min(1),
})
/** One bad case makes all cases of the unit bad: all points or none. */
const Whole = z.strictObject({ kind: z.literal('whole') })

export const ScorePart = z.strictObject({
  id: Id,
  title: Text,
  maximum: positive,
  /** The ratio the rule looks at; its two sums are folded in pairs. */
  ratio: Id.optional(),
  rule: z.discriminatedUnion('kind', [Share, Inverse, Steps, Whole]).default({ kind: 'share', full: 100 }),
  /** Instead of a ratio: an indicator that states the points themselves, where the formula is not known. */
  reported: Id.optional(),
  /** What the published convention gives where nothing occurred (0/0). */
  empty: z.enum(['full', 'zero']).default('full'),
  note: Text.optional(),
})
export type ScorePart = Readonly<z.infer<typeof ScorePart>>

export const ROUNDED = ['part', 'column', 'total'] as const

export const ScoreColumn = z.strictObject({
  id: Id,
  title: Text,
  maximum: positive,
  /** Where this column rounds, when not where the score does. */
  rounded: z.enum(['part', 'column']).optional(),
  parts: z.array(ScorePart).min(1),
})

/** A grade from so many points of the whole maximum up to the next one. */
const Band = z.strictObject({ id: Id, title: Text, from: fromZero })
export type Band = Readonly<z.infer<typeof Band>>

/** Rounding is half away from nought, of each part before it is added, or of each column, or of the total alone. */
export const ScoreFile = z.strictObject({
  maximum: positive,
  rounding: z
    .strictObject({ each: z.enum(ROUNDED), places: z.int().min(0).max(6) })
    .default({ each: 'part', places: 2 }),
  columns: z.array(ScoreColumn).min(1),
  /** `unverified` where nobody has seen the official text of these columns and maxima. */
  basis: z.string().min(1).optional(),
  grades: z.strictObject({ basis: z.string().min(1), bands: z.array(Band).min(1) }).optional(),
})
export type ScoreFile = Readonly<z.infer<typeof ScoreFile>>
