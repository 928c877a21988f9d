/** Hours that come again: weekdays or kinds of day, and the hours in them, over midnight too. */
import { z } from 'zod'
import { Id } from './id.ts'
import { WEEKDAYS } from './recurs.ts'

export const NightHoursText = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: 'hours such as 22:00-05:00, over midnight too',
})

export const Recurring = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
  /** `off`: days off of the calendar; `work`: its working days. */
  kind: z.enum(['off', 'work']).optional(),
  calendar: Id.default('public-sector'),
  hours: NightHoursText.default('00:00-24:00'),
})
export type Recurring = Readonly<z.infer<typeof Recurring>>
