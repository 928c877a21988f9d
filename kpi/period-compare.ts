/** Like for like of periods: as many working days of the period before, or of the same period a year before, and never with Tết on one side only. */
import { type Answer, type Calendar, factsOf, uncovered } from './calendar.ts'
import { type Day, dayBegins, dayOf } from './calendar-days.ts'
import { workingDays } from './calendar-working.ts'
import { type Period, previousPeriod, yearBefore } from './period.ts'
import { periodLabel } from './period-label.ts'
import type { Span } from './range.ts'
import type { Language, Text } from './text.ts'

export interface ComparablePeriod {
  /** What of the period is compared: all of it, or its working days so far. */
  readonly now: Span
  readonly earlier: Span
  /** Working days in both; equal unless both periods are whole. */
  readonly worked: readonly [now: number, earlier: number]
  readonly said: Text
}

const both = (say: (of: Language) => string): Text => ({ vi: say('vi'), en: say('en') })

/** The day after the `count`-th working day of a span; null where it has fewer. */
function after(calendar: Calendar, span: Span, count: number): Day | null {
  let left = count
  for (let day = dayOf(span.from); dayBegins(day) < span.to; day++)
    if (factsOf(calendar, day)?.worked && --left === 0) return day + 1
  return count === 0 ? dayOf(span.from) : null
}

/**
 * What a period may fairly be compared with at a moment: the whole period before (or of the year before) once it is over, else
 * as many working days of it as are over by now. `now` in UTC milliseconds.
 */
export function comparablePeriod(
  calendar: Calendar,
  of: Period,
  now: number,
  back: 'previous' | 'year' = 'previous',
): Answer<ComparablePeriod> {
  const before = back === 'previous' ? previousPeriod(of) : yearBefore(of)
  const label = periodLabel(of)
  if (!before)
    return {
      wrong: {
        vi: `không có kỳ nào để so sánh: năm trước không có ${label.vi}`,
        en: `nothing to compare with: the year before has no ${label.en}`,
      },
    }
  const outside = [of.to - 1, before.from].map(dayOf).find((day) => !factsOf(calendar, day))
  if (outside !== undefined) return uncovered(calendar, outside)
  const called = periodLabel(before)
  const tets = [of, before].map(
    (one) => [...calendar.tet.values()].filter((day) => one.from <= dayBegins(day) && dayBegins(day) < one.to).length,
  )
  if (tets[0] !== tets[1]) {
    const holds = (one: Text, other: Text) => ({
      vi: `không so sánh công bằng được: Tết nằm trong ${one.vi}, không nằm trong ${other.vi}`,
      en: `no fair comparison: Tết is in ${one.en} and not in ${other.en}`,
    })
    return { wrong: (tets[0] ?? 0) > (tets[1] ?? 0) ? holds(label, called) : holds(called, label) }
  }
  const until = Math.min(of.to, dayBegins(dayOf(now)))
  const [done, whole] = [
    workingDays(calendar, dayOf(of.from), dayOf(Math.max(until, of.from))),
    workingDays(calendar, dayOf(before.from), dayOf(before.to)),
  ]
  if ('wrong' in done) return done
  if ('wrong' in whole) return whole
  const provisional = done.provisional || whole.provisional
  const days = (count: number, one: Text, language: Language) =>
    language === 'vi'
      ? `${one.vi} (${count} ngày làm việc)`
      : `${one.en} (${count} working ${count === 1 ? 'day' : 'days'})`
  if (until >= of.to) {
    const said = both((language) => {
      const word = language === 'vi' ? 'so với' : 'compared with'
      return `${days(done.value, label, language)} ${word} ${days(whole.value, called, language)}`
    })
    const spans = { now: { from: of.from, to: of.to }, earlier: { from: before.from, to: before.to } }
    return { value: { ...spans, worked: [done.value, whole.value], said }, provisional }
  }
  const end = after(calendar, before, done.value)
  if (done.value === 0 || end === null)
    return {
      wrong: {
        vi: `chưa so sánh công bằng được: ${days(done.value, label, 'vi')} đến nay, ${days(whole.value, called, 'vi')}`,
        en: `no fair comparison yet: ${days(done.value, label, 'en')} so far, ${days(whole.value, called, 'en')}`,
      },
    }
  const said = {
    vi: `${done.value} ngày làm việc đầu của ${label.vi} so với ${done.value} ngày làm việc đầu của ${called.vi}`,
    en: `the first ${done.value} working days of ${label.en} compared with the first ${done.value} of ${called.en}`,
  }
  const last = after(calendar, of, done.value) ?? dayOf(until)
  const spans = { now: { from: of.from, to: dayBegins(last) }, earlier: { from: before.from, to: dayBegins(end) } }
  return { value: { ...spans, worked: [done.value, done.value], said }, provisional }
}
