/** Like for like around Tết: days are told by how far they are from mùng 1, not by the date or the weekday. */
import { type Answer, type Calendar, uncovered } from './calendar.ts'
import { type Day, dayNumber } from './calendar-days.ts'
import { both, type Comparable, date, kindOf, reason, unfair, unsure } from './calendar-kind.ts'
import type { Language } from './text.ts'

/** How many days around mùng 1 are told by it. */
export const AROUND_TET = 30

/** The day as far from mùng 1 Tết of the year before; only within thirty days of Tết. */
export function sameTetDay(calendar: Calendar, day: Day): Answer<Comparable> {
  if (kindOf(calendar, day) === null) return uncovered(calendar, day)
  const near = [...calendar.tet].sort(([, a], [, b]) => Math.abs(day - a) - Math.abs(day - b))[0]
  const [year, tet] = near ?? [0, Number.POSITIVE_INFINITY]
  const offset = day - tet
  if (Math.abs(offset) > AROUND_TET)
    return unfair((of) =>
      of === 'vi'
        ? `${date(day, of)} cách Tết hơn ${AROUND_TET} ngày: hãy so sánh theo thứ trong tuần`
        : `${date(day, of)} is more than ${AROUND_TET} days from Tết: compare by weekday`,
    )
  const before = calendar.tet.get(year - 1)
  const then = before === undefined ? dayNumber(year - 1, 1, 1) : before + offset
  const kinds = [kindOf(calendar, day), kindOf(calendar, then)] as const
  if (before === undefined || kinds[1] === null) return uncovered(calendar, then)
  const lunar = (of: Language, at: number) =>
    of === 'vi'
      ? `${offset < 0 ? `${-offset} ngày trước mùng 1` : `mùng ${offset + 1}`} Tết ${at}`
      : `${offset < 0 ? `${-offset} days before` : `day ${offset + 1} of`} Tết ${at}`
  const pair = (of: Language, word: string) =>
    `${lunar(of, year)} (${date(day, of)}) ${word} ${lunar(of, year - 1)} (${date(then, of)})`
  if (kinds[0] !== kinds[1])
    return unfair((of) =>
      of === 'vi'
        ? `không so sánh công bằng được ${pair(of, 'với')}: ${reason(calendar, day, of)} và ${reason(calendar, then, of)}`
        : `no fair comparison of ${pair(of, 'with')}: ${reason(calendar, day, of)} and ${reason(calendar, then, of)}`,
    )
  const said = both((of) => pair(of, of === 'vi' ? 'so với' : 'compared with'))
  return { value: { day: then, said }, provisional: unsure(calendar, [day, then, tet, before]) }
}
