/** A deadline an indicator or a member of a dimension stands for: a limit from some start, with its rule of law. */
import { z } from 'zod'
import { LIMIT_UNITS } from './calendar-limit.ts'

export const WHOLE = 'a whole number of days, weeks, months or years; only working hours may be parts'

export const Deadline = z
  .strictObject({
    amount: z.number().positive().max(10_000),
    unit: z.enum(LIMIT_UNITS),
    basis: z.string().min(1).optional(),
  })
  .refine(({ amount, unit }) => unit === 'working-hours' || Number.isInteger(amount), {
    path: ['amount'],
    error: WHOLE,
  })
export type Deadline = Readonly<z.infer<typeof Deadline>>
