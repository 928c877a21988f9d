/** Due dates: the cases of the domain one by one, the rules of the Civil Code, working hours, and the sentence of a due date. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Calendar } from '../../kpi/calendar.ts'
import { dateText } from '../../kpi/calendar-days.ts'
import { type Due, dueBy } from '../../kpi/calendar-due.ts'
import { addWorkingTime, workingTime } from '../../kpi/calendar-hours.ts'
import type { Limit, LimitUnit } from '../../kpi/calendar-limit.ts'
import { sayDue } from '../../kpi/calendar-say.ts'
import { HOUR } from '../../kpi/range.ts'
import { at, changed, on, PUBLIC, value, without } from '../support/calendar.ts'

function due(start: string, amount: number, unit: LimitUnit, calendar: Calendar = PUBLIC): Due {
  const answer = dueBy(calendar, at(start), { amount, unit })
  if ('wrong' in answer) throw new Error(answer.wrong.en)
  return answer.value
}
const day = (...given: Parameters<typeof due>) => dateText(due(...given).day)

describe('due in working days: the day of the start is not counted', () => {
  test.each([
    ['2026-11-23', 1, '2026-11-25', 'Mon 23-11-2026 + 1 is Wed 25-11, not 24'],
    ['2026-11-23', 3, '2026-11-27', 'Mon 23-11-2026 + 3 is Fri 27-11, not 26'],
    ['2026-02-13', 1, '2026-02-23', 'Fri 13-02-2026 + 1 is after Tết'],
    ['2026-04-24', 5, '2026-05-06', 'Fri 24-04-2026 + 5 skips 27/4, 30/4 and 1/5'],
    ['2026-01-09', 1, '2026-01-10', 'Fri 09-01-2026 + 1 is the make-up Saturday'],
    ['2026-08-28', 2, '2026-09-04', 'Fri 28-08-2026 + 2 skips 31/8, 1/9 and 2/9'],
    ['2025-06-02', 15, '2025-06-23', 'Mon 02-06-2025 + 15 (a letter of the people)'],
  ])('%s + %i working days → %s: %s', (start, amount, end) => expect(day(start, amount, 'working-days')).toBe(end))

  test('Fri 09-01-2026 + 1 is Mon 12-01 where the make-up Saturday is not in the calendar', () =>
    expect(day('2026-01-09', 1, 'working-days', without('2026', '2026-01-10'))).toBe('2026-01-12'))

  test('trap 17: a calendar without 24-11 flags on 25-11 what is in time', () => {
    const done = at('2026-11-25T10:00')
    expect(done <= due('2026-11-23T09:00', 1, 'working-days').at).toBe(true)
    expect(done <= due('2026-11-23T09:00', 1, 'working-days', without('2026', '2026-11-24')).at).toBe(false)
  })
})

describe('due in working hours', () => {
  const early = changed({ hours: ['07:30-11:30', '13:30-17:30'] })
  test('submitted Sun 22-11-2026, 8 hours: the end of Mon 23-11', () => {
    const end = due('2026-11-22T09:00', 8, 'working-hours')
    expect([dateText(end.day), end.at]).toEqual(['2026-11-23', at('2026-11-23T17:00')])
    expect(due('2026-11-22T09:00', 8, 'working-hours', early).at).toBe(at('2026-11-23T17:30'))
  })
  test('submitted Mon 23-11-2026 15:00, office 07:30–11:30 and 13:30–17:30, 8 hours: Wed 25-11 15:00', () =>
    expect(due('2026-11-23T15:00', 8, 'working-hours', early).at).toBe(at('2026-11-25T15:00')))
  test('within a day, over noon, and before opening', () => {
    expect(due('2026-11-23T10:00', 3, 'working-hours').at).toBe(at('2026-11-23T14:00'))
    expect(due('2026-11-23T05:00', 4, 'working-hours').at).toBe(at('2026-11-23T12:00'))
    expect(due('2026-11-23T12:30', 0.5, 'working-hours').at).toBe(at('2026-11-23T13:30'))
  })
})

describe('Civil Code 2015, articles 147 and 148', () => {
  test.each([
    ['147: the day of the start is not counted', '2026-11-02', 3, 'days', '2026-11-05'],
    ['148: a week ends on the same weekday', '2026-11-02', 2, 'weeks', '2026-11-16'],
    ['148: a month ends on the corresponding day', '2026-09-15', 1, 'months', '2026-10-15'],
    ['148: without a corresponding day, on the last of the month', '2025-12-31', 6, 'months', '2026-06-30'],
    ['148: a year ends on the corresponding day and month', '2025-11-10', 1, 'years', '2026-11-10'],
    ['148: an end on a Saturday moves to Monday', '2026-11-02', 5, 'days', '2026-11-09'],
    ['148: an end on a holiday moves to the next working day', '2026-10-24', 1, 'months', '2026-11-25'],
    ['148: an end in Tết moves behind it', '2026-01-18', 1, 'months', '2026-02-23'],
    ['an end on a make-up Saturday stays', '2026-08-12', 10, 'days', '2026-08-22'],
  ] as const)('%s: %s + %i %s → %s', (_, start, amount, unit, end) => expect(day(start, amount, unit)).toBe(end))
  test('a limit ends at 24:00 of its last day, and remembers the day off it moved from', () => {
    const end = due('2026-10-24T16:45', 1, 'months')
    expect([end.at, end.moved]).toEqual([at('2026-11-26'), on('2026-11-24')])
    expect(due('2026-11-02', 3, 'days').moved).toBeNull()
  })
})

test('the sentence names the days off that made it later', () => {
  expect(sayDue(PUBLIC, due('2026-11-23', 1, 'working-days'))).toEqual({
    vi: 'hạn đến hết thứ Tư 25/11/2026 (nghỉ 24/11/2026: Ngày Văn hóa Việt Nam)',
    en: 'due by the end of Wednesday 25 Nov 2026 (days off: 24 Nov 2026: Viet Nam Culture Day)',
  })
  expect(sayDue(PUBLIC, due('2026-11-02', 5, 'days')).vi).toBe(
    'hạn đến hết thứ Hai 09/11/2026 (nghỉ thứ Bảy 07/11/2026)',
  )
  const leaning = dueBy(PUBLIC, at('2026-01-09'), { amount: 1, unit: 'working-days' })
  if ('wrong' in leaning) throw new Error(leaning.wrong.en)
  expect(sayDue(PUBLIC, leaning.value, leaning.provisional)).toEqual({
    vi: 'hạn đến hết thứ Bảy 10/01/2026, theo lịch tạm',
    en: 'due by the end of Saturday 10 Jan 2026, by a tentative calendar',
  })
  expect(sayDue(PUBLIC, due('2026-11-23T10:00', 3, 'working-hours')).vi).toBe('hạn 14:00 thứ Hai 23/11/2026')
})

test.each([0, -1, 1.5, Number.NaN, 1e9])('a limit of %d days is refused', (amount) =>
  expect(value(dueBy(PUBLIC, at('2026-11-23'), { amount, unit: 'days' }))).toContain('cannot be used'),
)

test('a limit that ends outside the calendar is said; one over an undecided day is provisional', () => {
  expect(value(dueBy(PUBLIC, at('2027-12-20'), { amount: 1, unit: 'months' }))).toContain(
    'knows nothing of 20 Jan 2028',
  )
  expect(value(dueBy(PUBLIC, at('2027-12-30T16:00'), { amount: 80, unit: 'working-hours' }))).toContain('1 Jan 2028')
  const over = (limit: Limit) => dueBy(PUBLIC, at('2027-09-01'), limit)
  expect(over({ amount: 1, unit: 'working-days' })).toMatchObject({ provisional: true })
  expect(over({ amount: 8, unit: 'working-hours' })).toMatchObject({ provisional: false })
})

describe('working time between two moments', () => {
  test('the night, noon, the weekend and the holiday do not count', () => {
    expect(value(workingTime(PUBLIC, at('2026-11-20T16:00'), at('2026-11-25T09:00')))).toBe(10 * HOUR)
    expect(value(workingTime(PUBLIC, at('2026-11-24T08:00'), at('2026-11-24T17:00')))).toBe(0)
    expect(value(workingTime(PUBLIC, at('2026-11-25T09:00'), at('2026-11-20T16:00')))).toBe(-10 * HOUR)
  })
  test('adding and measuring are each other’s inverse, and time adds up', () => {
    const moment = fc.integer({ min: at('2025-01-02'), max: at('2027-06-01') })
    fc.assert(
      fc.property(moment, fc.nat(200 * HOUR), fc.nat(200 * HOUR), (from, a, b) => {
        const mid = value(addWorkingTime(PUBLIC, from, a)) as number
        const end = value(addWorkingTime(PUBLIC, mid, b)) as number
        expect(value(workingTime(PUBLIC, from, mid))).toBe(a)
        expect(value(workingTime(PUBLIC, from, end))).toBe(a + b)
      }),
    )
  })
})
