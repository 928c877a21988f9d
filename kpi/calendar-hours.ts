/** Working hours: a working day has eight, at the hours the calendar declares; the clock stands still between them. */
import { type Answer, type Calendar, factsOf, uncovered } from './calendar.ts'
import { type Day, dayBegins, dayOf } from './calendar-days.ts'
import type { Span } from './range.ts'

/** The worked stretches of a day, UTC milliseconds; none on a day off, null outside the calendar. */
function stretches(calendar: Calendar, day: Day): readonly Span[] | null {
  const facts = factsOf(calendar, day)
  if (!facts?.worked) return facts && []
  const midnight = dayBegins(day)
  return calendar.hours.map(({ from, to }) => ({ from: midnight + from, to: midnight + to }))
}

const tentative = (calendar: Calendar, day: Day) => calendar.days.get(day)?.official === false

/** The moment by which `length` milliseconds of working time have passed since `at`; for 0 the first moment of work. */
export function addWorkingTime(calendar: Calendar, at: number, length: number): Answer<number> {
  let [left, provisional] = [length, false]
  for (let day = dayOf(at); ; day++) {
    const worked = stretches(calendar, day)
    if (!worked) return uncovered(calendar, day)
    provisional ||= tentative(calendar, day)
    for (const { from, to } of worked) {
      const begin = Math.max(from, at)
      if (begin >= to) continue
      if (left <= to - begin) return { value: begin + left, provisional }
      left -= to - begin
    }
  }
}

/** Milliseconds of working time between two moments; negative where the second is earlier. */
export function workingTime(calendar: Calendar, from: number, to: number): Answer<number> {
  if (to < from) {
    const back = workingTime(calendar, to, from)
    return 'wrong' in back ? back : { ...back, value: -back.value }
  }
  let [value, provisional] = [0, false]
  for (let day = dayOf(from); dayBegins(day) <= to; day++) {
    const worked = stretches(calendar, day)
    if (!worked) return uncovered(calendar, day)
    provisional ||= tentative(calendar, day)
    for (const one of worked) value += Math.max(0, Math.min(one.to, to) - Math.max(one.from, from))
  }
  return { value, provisional }
}
