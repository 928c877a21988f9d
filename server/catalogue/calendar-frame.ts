/** The frame of a calendar: eight hours a day, one after the other, and years without a gap. */
import { hoursOf, WORKING_DAY } from '../../kpi/calendar.ts'
import type { CalendarFile } from '../../kpi/calendar-file.ts'
import type { Problem } from '../../kpi/problem.ts'
import { type Declared, problemAt, problemAtName } from './check.ts'

type File = Declared<CalendarFile>

/** What is wrong with the hours of the day. */
export function hours(file: File): readonly Problem[] {
  const spans = file.value.hours.map(hoursOf)
  const found = spans.flatMap(({ from, to }, i) => {
    const before = spans[i - 1]
    if (to > from && (before === undefined || before.to <= from)) return []
    return [
      problemAt(file, ['hours', i], {
        vi: 'các khoảng giờ phải theo thứ tự trong ngày, không chồng lên nhau',
        en: 'hours must follow each other through the day and not overlap',
      }),
    ]
  })
  const total = spans.reduce((sum, { from, to }) => sum + to - from, 0)
  if (found.length > 0 || total === WORKING_DAY) return found
  const minutes = total / 60_000
  const sum = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  return [
    problemAt(file, ['hours'], {
      vi: `một ngày làm việc có 8 giờ, các khoảng này cộng lại là ${sum} giờ`,
      en: `a working day has 8 hours, these add up to ${sum}`,
    }),
  ]
}

/** Years that are missing. */
export function gaps(file: File, declared: Readonly<Record<string, unknown>>): readonly Problem[] {
  const years = Object.keys(declared).sort()
  if (years.length === 0)
    return [
      problemAt(file, ['years'], {
        vi: 'lịch chưa có năm nào, cần ít nhất một năm',
        en: 'the calendar has no year, it needs at least one',
      }),
    ]
  return years.flatMap((year, i) => {
    const before = years[i - 1]
    if (before === undefined || Number(year) === Number(before) + 1) return []
    const missing =
      Number(before) + 1 === Number(year) - 1 ? String(Number(before) + 1) : `${Number(before) + 1}–${Number(year) - 1}`
    return [
      problemAtName(file, ['years', year], {
        vi: `thiếu năm ${missing} giữa ${before} và ${year}: các năm phải liền nhau`,
        en: `${missing} is missing between ${before} and ${year}: years must follow each other`,
      }),
    ]
  })
}
