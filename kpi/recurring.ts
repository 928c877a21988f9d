/** Hours that come again: weekdays or kinds of day, and the hours in them, over midnight too. */
import { z } from 'zod'
import { type Calendar, factsOf } from './calendar.ts'
import { dayOf, weekday } from './calendar-days.ts'
import { Id } from './id.ts'
import { DAY, HOUR, MINUTE, ZONE_OFFSET } from './range.ts'

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

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

const clock = (text: string) => {
  const [hour = 0, minute = 0] = text.split(':').map(Number)
  return hour * HOUR + minute * MINUTE
}

/** Whether `at` lies in these hours. Hours over midnight belong to the day they begin on; outside the years of the calendar no day is of a kind. */
export function recurs(every: Recurring, at: number, calendars: ReadonlyMap<string, Calendar>): boolean {
  const [begins, ends] = every.hours.split('-').map(clock) as [number, number]
  const day = dayOf(at)
  const time = at + ZONE_OFFSET - day * DAY
  const began = (one: number): boolean => {
    if (every.days && !every.days.includes(WEEKDAYS[weekday(one)] ?? 'sun')) return false
    if (!every.kind) return true
    const calendar = calendars.get(every.calendar)
    const facts = calendar ? factsOf(calendar, one) : null
    return facts ? facts.worked === (every.kind === 'work') : false
  }
  if (begins < ends) return time >= begins && time < ends && began(day)
  return (time >= begins && began(day)) || (time < ends && began(day - 1))
}
