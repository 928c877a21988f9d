/** Whether hours that come again are now. Free of the schema library, for screens too. */
import { type Calendar, factsOf } from './calendar.ts'
import { dayOf, weekday } from './calendar-days.ts'
import { DAY, HOUR, MINUTE, ZONE_OFFSET } from './range.ts'
import type { Recurring } from './recurring.ts'

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

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
