/** Counting by working days: forward, back, between two days, and within the month. */
import { type Answer, type Calendar, factsOf, uncovered } from './calendar.ts'
import { civil, type Day, dayNumber, isWeekend } from './calendar-days.ts'
import type { Text } from './text.ts'

/** The days walked over, one by one, and what was met on the way; stops where the calendar does. */
export interface Walk {
  readonly day: Day
  readonly provisional: boolean
  /** Days off that would have been worked by their weekday, in order. */
  readonly skipped: readonly Day[]
}

/** Goes `count` working days forward (or back, where negative) from a day, which is not counted itself; 0 stays. */
export function walkWorkingDays(
  calendar: Calendar,
  from: Day,
  count: number,
): { readonly value: Walk } | { readonly wrong: Text } {
  if (!factsOf(calendar, from)) return uncovered(calendar, from)
  const step = count < 0 ? -1 : 1
  const skipped: Day[] = []
  let [at, left, provisional] = [from, Math.abs(count), false]
  while (left > 0) {
    at += step
    const facts = factsOf(calendar, at)
    if (!facts) return uncovered(calendar, at)
    if (facts.worked) left--
    else if (!isWeekend(at)) skipped.push(at)
    provisional ||= facts.declared?.official === false
  }
  return { value: { day: at, provisional, skipped } }
}

/** The working day `count` working days after (before, where negative) a day, which is not counted itself. */
export function addWorkingDays(calendar: Calendar, from: Day, count: number): Answer<Day> {
  const walk = walkWorkingDays(calendar, from, count)
  return 'wrong' in walk ? walk : { value: walk.value.day, provisional: walk.value.provisional }
}

export const nextWorkingDay = (calendar: Calendar, from: Day): Answer<Day> => addWorkingDays(calendar, from, 1)
export const previousWorkingDay = (calendar: Calendar, from: Day): Answer<Day> => addWorkingDays(calendar, from, -1)

/** How many days of [from, to) are worked. */
export function workingDays(calendar: Calendar, from: Day, to: Day): Answer<number> {
  let [value, provisional] = [0, false]
  for (let at = from; at < to; at++) {
    const facts = factsOf(calendar, at)
    if (!facts) return uncovered(calendar, at)
    if (facts.worked) value++
    provisional ||= facts.declared?.official === false
  }
  return { value, provisional }
}

/** The how-manieth working day of its month a day is, from 1; null for a day off. */
export function workNumber(calendar: Calendar, of: Day): Answer<number | null> {
  const facts = factsOf(calendar, of)
  if (!facts) return uncovered(calendar, of)
  const count = workingDays(calendar, of - civil(of).day + 1, of + 1)
  return 'wrong' in count || facts.worked ? count : { ...count, value: null }
}

/** The working day with a number within a month; null where the month has fewer. */
export function nthWorkingDay(calendar: Calendar, year: number, month: number, number: number): Answer<Day | null> {
  const [first, end] = [dayNumber(year, month, 1), dayNumber(year, month + 1, 1)]
  let [left, provisional] = [number, false]
  for (let at = first; at < end; at++) {
    const facts = factsOf(calendar, at)
    if (!facts) return uncovered(calendar, at)
    provisional ||= facts.declared?.official === false
    if (facts.worked && --left === 0) return { value: at, provisional }
  }
  return { value: null, provisional }
}
