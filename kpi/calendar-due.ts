/** Due dates: a limit in working hours, days, working days or months, by the Civil Code's rules on limits (2015, articles 147 and 148). */
import { type Answer, type Calendar, factsOf, uncovered } from './calendar.ts'
import { addMonths, type Day, dayBegins, dayOf, isWeekend } from './calendar-days.ts'
import { addWorkingTime } from './calendar-hours.ts'
import type { Limit } from './calendar-limit.ts'
import { walkWorkingDays } from './calendar-working.ts'
import { HOUR } from './range.ts'

export interface Due {
  readonly day: Day
  /** The last moment in time, UTC milliseconds: what is done at or before it is on time. A limit of days ends at 24:00. */
  readonly at: number
  /** The day off the limit would have ended on, where it moved to the next working day. */
  readonly moved: Day | null
  /** Days off passed over that their weekday would have made working days. */
  readonly skipped: readonly Day[]
}

function last(day: Day, limit: Limit): Day {
  if (limit.unit === 'days') return day + limit.amount
  if (limit.unit === 'weeks') return day + 7 * limit.amount
  return addMonths(day, limit.amount * (limit.unit === 'years' ? 12 : 1))
}

/** Longer limits are typing errors. */
const LONGEST = 10_000

/**
 * When a limit that starts at a moment ends. Hours run from that moment in working hours; in all other units the day of the
 * start is not counted, a month ends on the corresponding day or else on its last, and an end on a day off moves to the end
 * of the next working day. Amounts are whole numbers, except of hours.
 */
export function dueBy(calendar: Calendar, start: number, limit: Limit): Answer<Due> {
  const from = dayOf(start)
  const { amount, unit } = limit
  if (!(amount > 0 && amount <= LONGEST) || (unit !== 'working-hours' && !Number.isInteger(amount)))
    return {
      wrong: {
        vi: `thời hạn ${amount} ${unit} không dùng được: cần số nguyên từ 1 đến ${LONGEST} (giờ làm việc có thể lẻ)`,
        en: `a limit of ${amount} ${unit} cannot be used: give a whole number from 1 to ${LONGEST} (working hours may be parts)`,
      },
    }
  if (unit === 'working-hours') {
    const end = addWorkingTime(calendar, start, amount * HOUR)
    if ('wrong' in end) return end
    const day = dayOf(end.value - 1)
    return { ...end, value: { day, at: end.value, moved: null, skipped: offBetween(calendar, from, day) } }
  }
  const ending = unit === 'working-days' ? null : last(from, limit)
  if (ending !== null && !factsOf(calendar, ending)) return uncovered(calendar, ending)
  const moves = ending !== null && factsOf(calendar, ending)?.worked === false
  const walk = walkWorkingDays(calendar, ending ?? from, ending === null ? amount : moves ? 1 : 0)
  if ('wrong' in walk) return walk
  const { day, skipped } = walk.value
  const provisional = walk.value.provisional || (ending !== null && calendar.days.get(ending)?.official === false)
  return { value: { day, at: dayBegins(day + 1), moved: moves ? ending : null, skipped }, provisional }
}

function offBetween(calendar: Calendar, from: Day, to: Day): readonly Day[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(
    (day) => !isWeekend(day) && factsOf(calendar, day)?.worked === false,
  )
}
