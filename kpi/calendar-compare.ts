/** Like for like: the earlier day a day may fairly be compared with, in a sentence; or the sentence why there is none. */
import { type Answer, type Calendar, uncovered } from './calendar.ts'
import { civil, type Day, dayNumber } from './calendar-days.ts'
import { both, type Comparable, date, KINDS, kindOf, named, reason, unfair, unsure } from './calendar-kind.ts'
import { nthWorkingDay, workNumber } from './calendar-working.ts'
import { MONTHS, weekdayName } from './format.ts'
import type { Language } from './text.ts'

/** How many weeks back a comparison may reach: further away the season is another. */
export const WEEKS = 8
/** The same weekdays of the nearest of the last eight weeks in which every day of first…last has its like; the days of a stretch keep their order. */
export function sameWeekday(calendar: Calendar, first: Day, last = first): Answer<Comparable> {
  const days = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const passed: Day[] = []
  for (let weeks = Math.ceil(days.length / 7); weeks <= WEEKS; weeks++) {
    const then = days.map((day) => day - 7 * weeks)
    const outside = [...days, ...then].find((day) => kindOf(calendar, day) === null)
    if (outside !== undefined) return uncovered(calendar, outside)
    const unlike = then.filter((day, i) => kindOf(calendar, day) !== kindOf(calendar, days[i] as Day))
    if (unlike.length === 0) {
      const said = both((of) => {
        const ends =
          then.length === 1
            ? named(first - 7 * weeks, of)
            : `${named(then[0] as Day, of)}–${date(then.at(-1) as Day, of)}`
        const over = passed.map((day) => `${date(day, of)} (${reason(calendar, day, of)})`).join(', ')
        const [compared, without] = of === 'vi' ? ['so với', 'bỏ qua'] : ['compared with', 'passing over']
        return over === '' ? `${compared} ${ends}` : `${compared} ${ends}, ${without} ${over}`
      })
      return { value: { day: first - 7 * weeks, said }, provisional: unsure(calendar, [...days, ...then, ...passed]) }
    }
    passed.push(...unlike)
  }
  const odd = days.find((day) => kindOf(calendar, day) !== 'worked') ?? first
  const kind = KINDS[kindOf(calendar, odd) ?? 'worked']
  return unfair((of) =>
    of === 'vi'
      ? `không có ngày để so sánh công bằng: ${named(odd, of)} là ${kind.vi} (${reason(calendar, odd, of)}), trong ${WEEKS} tuần trước không có ${weekdayName(odd, of)} nào như vậy`
      : `no fair comparison: ${named(odd, of)} is ${kind.en} (${reason(calendar, odd, of)}), and no ${weekdayName(odd, of)} of the ${WEEKS} weeks before was`,
  )
}

/** The working day of the month before that has the same number within its month. */
export function sameWorkNumber(calendar: Calendar, day: Day): Answer<Comparable> {
  const number = workNumber(calendar, day)
  if ('wrong' in number) return number
  const { value } = number
  if (value === null)
    return unfair((of) =>
      of === 'vi'
        ? `không có ngày để so sánh công bằng: ${named(day, of)} là ngày nghỉ (${reason(calendar, day, of)})`
        : `no fair comparison: ${named(day, of)} is a day off (${reason(calendar, day, of)})`,
    )
  const { year, month } = civil(day)
  const before = civil(dayNumber(year, month, 1) - 1)
  const then = nthWorkingDay(calendar, before.year, before.month, value)
  if ('wrong' in then) return then
  const monthName = (at: { year: number; month: number }, of: Language) =>
    of === 'vi' ? `tháng ${at.month}/${at.year}` : `${MONTHS[at.month - 1]} ${at.year}`
  const earlier = then.value
  if (earlier === null)
    return unfair((of) =>
      of === 'vi'
        ? `không có ngày để so sánh công bằng: ${monthName(before, of)} không có ngày làm việc thứ ${value}`
        : `no fair comparison: ${monthName(before, of)} has no working day number ${value}`,
    )
  const said = both((of) => {
    const nth = of === 'vi' ? `ngày làm việc thứ ${value} của` : `working day ${value} of`
    const against = of === 'vi' ? 'so với' : 'compared with'
    return `${nth} ${monthName({ year, month }, of)} ${against} ${nth} ${monthName(before, of)} (${date(earlier, of)})`
  })
  return { value: { day: earlier, said }, provisional: number.provisional || then.provisional }
}
