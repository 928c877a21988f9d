/** What the declarations of all kinds of source have in common. */
import { z } from 'zod'
import { Id } from './id.ts'
import { DurationText } from './indicator.ts'
import { ObservationMapping } from './source-mapping.ts'
import { Text } from './text.ts'

export const base = {
  title: Text,
  /** Anything touched by a simulated source carries the mark on every screen; production refuses it. */
  simulated: z.boolean().default(false),
  /** The source that stands for the system this one asks: what falls silent together is one incident, under its name. */
  system: Id.optional(),
  /** When to ask: a cron expression, seconds first, in Asia/Ho_Chi_Minh. */
  every: z.string().min(1).default('*/30 * * * * *'),
  /**
   * Within how long after `every` it is asked, each source at a moment of its own; unsaid: 20 s where `every` names one second of a
   * minute, so that a thousand sources are not asked in the same second, and at once otherwise.
   */
  jitter: DurationText.or(z.literal('0s')).optional(),
  /** `forever`: what it says is kept however old it grows, with all its folds. */
  retain: z.literal('forever').optional(),
  /** Fields of its rows that hold personal data: no mapping may read them, and no problem shows them. */
  personal: z.array(z.string().min(1)).default([]),
  /** Fields that hold several things: cut `at` a sign, the parts are fields of their own. */
  split: z
    .array(z.strictObject({ field: z.string().min(1), at: z.string().min(1), into: z.array(z.string().min(1)).min(2) }))
    .default([]),
  /**
   * Rows that state nothing, such as totals and notes under a table: passed over where a field holds one of these texts, case and spaces
   * aside. A * stands for any text, an empty text for an empty field.
   */
  skip: z.array(z.strictObject({ field: z.string().min(1), is: z.array(z.string()).min(1) })).default([]),
  /** Sums of indicators of one row that must agree, no more than `within` apart; a row that breaks one is held. */
  identities: z
    .array(z.strictObject({ of: z.array(Id).min(1), to: z.array(Id).min(1), within: z.number().min(0).default(0) }))
    .default([]),
  observations: z.array(ObservationMapping).min(1),
}
