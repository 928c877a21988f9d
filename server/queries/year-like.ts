/** The same period a year before, like for like: by its distance from Tết near Tết, else by working days or by weekdays. Pure. */
import { type Calendar, factsOf, uncovered } from '../../kpi/calendar.ts'
import { type Day, dayBegins, dayOf } from '../../kpi/calendar-days.ts'
import { undecided } from '../../kpi/calendar-kind.ts'
import { AROUND_TET } from '../../kpi/calendar-tet.ts'
import { workingDays } from '../../kpi/calendar-working.ts'
import { formatDay } from '../../kpi/format.ts'
import type { Period } from '../../kpi/period.ts'
import { comparablePeriod } from '../../kpi/period-compare.ts'
import { DAY, type Span } from '../../kpi/range.ts'
import type { Language, Text } from '../../kpi/text.ts'

/** Ranges up to here are told by Tết when they are near it, milliseconds. */
const LONGEST = 62 * DAY
/** Fifty-two weeks: the same weekdays. */
const YEAR = 364

export interface YearLike {
  readonly now: Span
  readonly earlier: Span
  readonly said: Text
  readonly provisional: boolean
  /** Whether both sides are cut to what is over already. */
  readonly settled: boolean
}

/** What a range is compared with a year before, or the sentence why nothing is. `of`: the period the range is; `at`: now, UTC ms. */
export function yearLike(
  calendar: Calendar,
  asked: Span,
  of: Period | null,
  at: number,
): YearLike | { readonly wrong: Text } {
  const [first, end] = [dayOf(asked.from), dayOf(asked.to - 1) + 1]
  const tet = asked.to - asked.from > LONGEST ? null : tetShift(calendar, first, end)
  if (tet === null && of && of.kind !== 'day' && of.kind !== 'week') {
    const found = comparablePeriod(calendar, of, at, 'year')
    if ('wrong' in found) return found
    const { now, earlier, said } = found.value
    return { now, earlier, said, provisional: found.provisional, settled: true }
  }
  const shift = tet ?? YEAR
  const [then, thenEnd] = [first - shift, end - shift]
  const outside = [then, thenEnd - 1, first, end - 1].find((day) => !factsOf(calendar, day))
  if (outside !== undefined) return uncovered(calendar, outside)
  const counts = [workingDays(calendar, first, end), workingDays(calendar, then, thenEnd)]
  const [here, there] = counts
  if (!here || !there) return uncovered(calendar, then)
  if ('wrong' in here) return here
  if ('wrong' in there) return there
  const by: Text =
    tet === null
      ? { vi: 'cùng thứ trong tuần', en: 'the same weekdays' }
      : { vi: 'cùng số ngày cách Tết', en: 'as many days from Tết' }
  const range = (from: Day, to: Day, language: Language) => {
    const [a, b] = [formatDay(dayBegins(from), language), formatDay(dayBegins(to - 1), language)]
    return a === b ? a : `${a} – ${b}`
  }
  const days = Array.from({ length: end - first }, (_, i) => [first + i, then + i]).flat()
  return {
    now: asked,
    earlier: { from: asked.from - shift * DAY, to: asked.to - shift * DAY },
    said: {
      vi: `${range(first, end, 'vi')} (${here.value} ngày làm việc) so với ${range(then, thenEnd, 'vi')} (${there.value} ngày làm việc), ${by.vi}`,
      en: `${range(first, end, 'en')} (${here.value} working days) compared with ${range(then, thenEnd, 'en')} (${there.value} working days), ${by.en}`,
    },
    provisional: undecided(calendar, days).length > 0,
    settled: false,
  }
}

/** By how many days Tết of the year before was earlier, where a range comes within thirty days of Tết; null elsewhere. */
function tetShift(calendar: Calendar, first: Day, end: Day): number | null {
  const near = [...calendar.tet].find(([, day]) => day + AROUND_TET >= first && day - AROUND_TET < end)
  const before = near && calendar.tet.get(near[0] - 1)
  return near && before !== undefined ? near[1] - before : null
}
