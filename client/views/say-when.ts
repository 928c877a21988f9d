/** How moments, days, periods and ages are said: nobody may take one day for another. */
import { formatAge, formatDay, formatTime } from '../../kpi/format.ts'
import { period } from '../../kpi/period.ts'
import { periodLabel } from '../../kpi/period-label.ts'
import { DAY, dayStart, floor } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language } from '../../kpi/text.ts'
import { words } from '../words/index.ts'

/** A moment as briefly as it stays clear at `now`: the time today, else with its date. */
export function sayMoment(at: number, now: number, language: Language): string {
  return floor(at, 'day') === floor(now, 'day') ? formatTime(at) : `${formatDay(at, language)} ${formatTime(at)}`
}

/** A date of a declaration as people write it: 13/03/2020, tháng 3/2020, quý III/2020; 13 Mar 2020, March 2020, Q3 2020; other words as they are. */
export function sayDate(text: string, language: Language): string {
  const called = (kind: 'month' | 'quarter', year: string, number: string) => {
    const found = period(kind, Number(year), Number(number))
    return found ? periodLabel(found)[language] : null
  }
  return text
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => formatDay(dayStart(date), language))
    .replace(/\b(\d{4})-Q(\d)(?!\d)/g, (said, year, number) => called('quarter', year, number) ?? said)
    .replace(/\b(\d{4})-(\d{2})(?![\d-])/g, (said, year, number) => called('month', year, number) ?? said)
}

/** The span a published figure speaks of: a date, or from one to another. */
export function sayPeriod(reading: Reading, language: Language): string {
  const say = words(language)
  const last = reading.to > reading.from && floor(reading.to, 'day') === reading.to ? reading.to - DAY : reading.to
  const day = (at: number) => formatDay(at, language)
  if (reading.from <= 0) return reading.asOf === null ? '' : say.asOf(day(reading.asOf))
  if (day(reading.from) === day(last)) return say.asOf(day(last))
  return say.during(day(reading.from), day(last))
}

/** "09:40 · 1′", source time and age. */
export function sayAge(reading: Reading, now: number, language: Language): string {
  if (reading.asOf === null) return words(language).noSourceTime
  return `${sayMoment(reading.asOf, now, language)} · ${formatAge(now - reading.asOf, language)}`
}
