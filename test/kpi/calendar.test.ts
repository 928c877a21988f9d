/** Working days of the public sector: holidays, swaps, make-up Saturdays, numbers within the month, and where the calendar ends. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorkingDay } from '../../kpi/calendar.ts'
import { dateText, weekday } from '../../kpi/calendar-days.ts'
import {
  addWorkingDays,
  nextWorkingDay,
  previousWorkingDay,
  workingDays,
  workNumber,
} from '../../kpi/calendar-working.ts'
import { on, PUBLIC, value } from '../support/calendar.ts'

const worked = (text: string) => value(isWorkingDay(PUBLIC, on(text)))

describe('trap 17: 24-11-2026 treated as a working day; make-up Saturdays ignored', () => {
  test('Ngày Văn hóa Việt Nam is a day off from 2026, and not before', () =>
    expect(['2025-11-24', '2026-11-24', '2027-11-24'].map(worked)).toEqual([true, false, false]))
  test('make-up Saturdays are worked, the Saturdays around them are not', () => {
    expect(['2025-04-26', '2026-01-10', '2026-08-22'].map(worked)).toEqual([true, true, true])
    expect(['2025-04-19', '2026-01-17', '2026-08-29'].map(worked)).toEqual([false, false, false])
  })
  test('swapped days are off', () =>
    expect(['2025-05-02', '2026-01-02', '2026-08-31', '2026-04-27'].map(worked)).toEqual(Array(4).fill(false)))
})

test.each(['2025', '2026', '2027'])('%s has its weekdays less the days off, and its make-up days', (year) => {
  const [from, to] = [on(`${year}-01-01`), on(`${year}-12-31`) + 1]
  const weekdays = Array.from({ length: to - from }, (_, i) => from + i).filter((day) => weekday(day) % 6 !== 0).length
  const declared = [...PUBLIC.days].filter(([day]) => day >= from && day < to)
  const off = declared.filter(([day, { worked }]) => !worked && weekday(day) % 6 !== 0).length
  const made = declared.filter(([, { worked }]) => worked).length
  expect(value(workingDays(PUBLIC, from, to))).toBe(weekdays - off + made)
})

test('the number of a working day within its month skips holidays and counts make-up Saturdays', () => {
  const number = (text: string) => value(workNumber(PUBLIC, on(text)))
  expect(number('2026-11-23')).toBe(16)
  expect(number('2026-11-24')).toBeNull()
  expect(number('2026-11-25')).toBe(17)
  expect(number('2026-01-05')).toBe(1)
  expect(number('2026-01-10')).toBe(6)
  expect(number('2026-02-23')).toBe(11)
})

test('next, previous and adding agree with each other', () => {
  expect(value(nextWorkingDay(PUBLIC, on('2026-02-13')))).toBe(on('2026-02-23'))
  expect(value(previousWorkingDay(PUBLIC, on('2026-02-23')))).toBe(on('2026-02-13'))
  expect(value(nextWorkingDay(PUBLIC, on('2026-11-23')))).toBe(on('2026-11-25'))
  fc.assert(
    fc.property(fc.integer({ min: on('2025-03-01'), max: on('2027-06-01') }), fc.nat(60), (from, count) => {
      const later = value(addWorkingDays(PUBLIC, from, count))
      if (typeof later === 'string') throw new Error(later)
      expect(value(workingDays(PUBLIC, from + 1, later + 1))).toBe(count)
      const start = value(isWorkingDay(PUBLIC, from)) || count === 0
      if (start) expect(value(addWorkingDays(PUBLIC, later, -count))).toBe(from)
    }),
  )
})

test('what leans on an undecided day says so', () => {
  expect(isWorkingDay(PUBLIC, on('2026-01-10'))).toEqual({ value: true, provisional: true })
  expect(isWorkingDay(PUBLIC, on('2026-11-24'))).toEqual({ value: false, provisional: false })
  expect(addWorkingDays(PUBLIC, on('2027-09-01'), 1)).toEqual({ value: on('2027-09-06'), provisional: true })
})

test('a year the calendar does not cover is said, never guessed', () => {
  for (const [text, vi, en] of [
    ['2024-12-31', '31/12/2024', '31 Dec 2024'],
    ['2028-01-01', '01/01/2028', '1 Jan 2028'],
  ] as const) {
    const answer = isWorkingDay(PUBLIC, on(text))
    expect('wrong' in answer && answer.wrong).toEqual({
      vi: `Lịch làm việc khu vực công chỉ có từ năm 2025 đến năm 2027, chưa có ngày ${vi}; hãy bổ sung năm đó vào tệp lịch public-sector`,
      en: `The public-sector calendar covers 2025 to 2027 only and knows nothing of ${en}; add that year to the calendar file public-sector`,
    })
  }
  expect(value(addWorkingDays(PUBLIC, on('2027-12-30'), 2))).toContain('knows nothing of 1 Jan 2028')
  expect(value(workingDays(PUBLIC, on('2024-12-30'), on('2025-01-03')))).toContain('30 Dec 2024')
  expect(value(workNumber(PUBLIC, on('2028-02-01')))).toContain('add that year')
  expect(dateText(PUBLIC.last)).toBe('2027-12-31')
})
