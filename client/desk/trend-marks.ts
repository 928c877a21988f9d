/** What lies on a line over time besides it: which days were off, where figures were corrected. Pure. */
import type { Calendar } from '../../kpi/calendar.ts'
import { dayBegins, dayOf } from '../../kpi/calendar-days.ts'
import type { Correction } from '../../kpi/correction.ts'
import type { Point } from '../../kpi/query.ts'
import { DAY, type Span } from '../../kpi/range.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { deskWords } from '../words/desk.ts'

interface DaysOff extends Span {
  readonly name: Text
}

/** The declared days off of a range, in order; neighbours of one name are one stretch. */
export function daysOffIn(calendar: Calendar | undefined, { from, to }: Span): readonly DaysOff[] {
  const found: DaysOff[] = []
  const off = [...(calendar?.days ?? [])].filter(([, { worked }]) => !worked).sort(([a], [b]) => a - b)
  for (const [day, { name }] of off) {
    const [begins, ends] = [dayBegins(day), dayBegins(day + 1)]
    if (ends <= from || begins >= to) continue
    const before = found.at(-1)
    if (before?.to === begins && before.name.vi === name.vi) found[found.length - 1] = { ...before, to: ends }
    else found.push({ from: begins, to: ends, name })
  }
  return found
}

/** What the calendar says of the day of a point no longer than a day: its name as a day off, or as one worked for another; empty where nothing. */
export function dayNamed(calendar: Calendar | undefined, { from, to }: Span, language: Language): string {
  const declared = to - from <= DAY ? calendar?.days.get(dayOf(from)) : undefined
  if (!declared) return ''
  return declared.worked ? declared.name[language] : deskWords(language).dayOff(declared.name[language])
}

/** The points that were corrected after they had been stated, or of which a shown figure of that very span, or of a shorter one within it, changed. */
export function revisedOf(points: readonly Point[], corrections: readonly Correction[]): readonly Point[] {
  return points.filter(
    ({ value, marks, from, to }) =>
      (value !== null && marks.includes('corrected')) || corrections.some((one) => one.from >= from && one.to <= to),
  )
}
