/** The declared calendar of the public sector: its dates, its marks, and the simulated country works on the same days. */
import { expect, test } from 'vitest'
import { isOff, isTet, isWorked } from '../../collectors/country/days.ts'
import { factsOf, isWorkingDay } from '../../kpi/calendar.ts'
import { dateText, weekday } from '../../kpi/calendar-days.ts'
import { on, PUBLIC, value } from '../support/calendar.ts'

const all = Array.from({ length: PUBLIC.last - PUBLIC.first + 1 }, (_, i) => PUBLIC.first + i)
const weekdaysOff = (year: string) =>
  all.filter((day) => dateText(day).startsWith(year) && weekday(day) % 6 !== 0 && !value(isWorkingDay(PUBLIC, day)))

test.each([
  ['2025', '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02'],
  ['2026', '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24'],
  ['2027', '01-01 02-05 02-08 02-09 02-10 02-11 04-16 04-30 05-03 09-02 09-03 11-24'],
])('weekdays off in %s', (year, dates) =>
  expect(
    weekdaysOff(year)
      .map((day) => dateText(day).slice(5))
      .join(' '),
  ).toBe(dates),
)

test('what nobody has seen decided is tentative, and says on what it rests', () => {
  const tentative = [...PUBLIC.days].filter(([, { official }]) => !official)
  expect(tentative.every(([, { basis }]) => basis === 'unverified')).toBe(true)
  const before2027 = tentative.map(([day]) => dateText(day)).filter((date) => date < '2027')
  expect(before2027).toEqual(['2025-04-26', '2026-01-02', '2026-01-10', '2026-08-22'])
  expect([...PUBLIC.days].filter(([day]) => dateText(day) >= '2027').every(([, { official }]) => !official)).toBe(true)
  expect(factsOf(PUBLIC, on('2026-11-24'))?.declared).toMatchObject({ official: true, basis: 'NQ 28/2026/QH16' })
})

test('the simulated country works, rests and keeps Tết on the same days', () => {
  const differ = all.filter((day) => {
    const facts = factsOf(PUBLIC, day)
    const off = facts?.declared?.worked === false
    return facts?.worked !== isWorked(day) || off !== isOff(day) || (facts?.declared?.tet ?? false) !== isTet(day)
  })
  expect(differ.map(dateText)).toEqual([])
})
