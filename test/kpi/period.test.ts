/** Periods: report months beside calendar ones, what is before and after, and how they are called. */
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { dateText, dayOf } from '../../kpi/calendar-days.ts'
import {
  nextPeriod,
  PERIOD_KINDS,
  type Period,
  type PeriodKind,
  period,
  periodOf,
  previousPeriod,
  TILING_KINDS,
  yearBefore,
} from '../../kpi/period.ts'
import { periodLabel } from '../../kpi/period-label.ts'
import { at } from '../support/calendar.ts'

const zone = 'Asia/Ho_Chi_Minh'
const ends = (of: Period | null) => of && `${dateText(dayOf(of.from))}…${dateText(dayOf(of.to - 1))}`
const moments = fc.integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2300, 0, 1) })

describe('trap 16: report month (15th–14th) compared with calendar month', () => {
  test('the same moment lies in two different months', () => {
    const of = (kind: PeriodKind, text: string) => ends(periodOf(kind, at(text)))
    expect(of('month', '2026-11-22')).toBe('2026-11-01…2026-11-30')
    expect(of('report-month', '2026-11-22')).toBe('2026-11-15…2026-12-14')
    expect(of('report-month', '2026-11-14T23:59')).toBe('2026-10-15…2026-11-14')
    expect(of('report-month', '2026-12-15')).toBe('2026-12-15…2027-01-14')
  })
  test('their names never look alike', () => {
    expect(periodLabel(periodOf('month', at('2026-11-01')))).toEqual({ vi: 'tháng 11/2026', en: 'November 2026' })
    expect(periodLabel(periodOf('report-month', at('2026-11-01')))).toEqual({
      vi: 'kỳ báo cáo tháng 11/2026 (15/10/2026–14/11/2026)',
      en: 'report period November 2026 (15 Oct 2026–14 Nov 2026)',
    })
  })
})

test.each([
  ['report-month', 2020, 1, '2019-12-15…2020-01-14'],
  ['report-month', 2020, 3, '2020-02-15…2020-03-14'],
  ['report-quarter', 2020, 1, '2019-12-15…2020-03-14'],
  ['report-quarter', 2020, 3, '2020-06-15…2020-09-14'],
  ['report-half', 2020, 1, '2019-12-15…2020-06-14'],
  ['report-half', 2020, 2, '2020-06-15…2020-12-14'],
  ['report-nine-months', 2020, 1, '2019-12-15…2020-09-14'],
  ['report-year', 2020, 1, '2019-12-15…2020-12-14'],
  ['quarter', 2020, 3, '2020-07-01…2020-09-30'],
  ['half', 2020, 2, '2020-07-01…2020-12-31'],
  ['nine-months', 2020, 1, '2020-01-01…2020-09-30'],
  ['week', 2026, 53, '2026-12-28…2027-01-03'],
] as const)('Nghị định 09/2019 and the calendar: %s %i/%i is %s', (kind, year, number, span) =>
  expect(ends(period(kind, year, number))).toBe(span),
)

test('calendar periods are those of a calendar library', () => {
  fc.assert(
    fc.property(moments, (moment) => {
      const local = DateTime.fromMillis(moment, { zone })
      for (const kind of ['day', 'week', 'month', 'quarter', 'year'] as const) {
        const { from, to, year, number } = periodOf(kind, moment)
        expect([from, to - 1]).toEqual([local.startOf(kind).toMillis(), local.endOf(kind).toMillis()])
        const week = kind === 'week'
        expect(year).toBe(week ? local.weekYear : local.year)
        if (kind !== 'year')
          expect(number).toBe(
            { day: local.ordinal, week: local.weekNumber, month: local.month, quarter: local.quarter }[kind],
          )
      }
    }),
  )
})

test('a report period is the calendar one, its days seen seventeen to fourteen days later', () => {
  fc.assert(
    fc.property(moments, (moment) => {
      const report = periodOf('report-month', moment)
      const middle = periodOf('month', report.to - 1)
      expect([report.year, report.number]).toEqual([middle.year, middle.number])
    }),
  )
})

test('periods lie end to end, hold their moment, and go back and forth', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...TILING_KINDS), (moment, kind) => {
      const one = periodOf(kind, moment)
      expect(one.from <= moment && moment < one.to).toBe(true)
      expect(period(kind, one.year, one.number)).toEqual(one)
      expect(previousPeriod(one).to).toBe(one.from)
      expect(nextPeriod(one).from).toBe(one.to)
      expect(nextPeriod(previousPeriod(one))).toEqual(one)
    }),
  )
})

test('nine months leave the rest of the year out', () => {
  expect(periodOf('nine-months', at('2026-10-01'))).toBeNull()
  expect(periodOf('report-nine-months', at('2026-09-15'))).toBeNull()
  const nine = period('nine-months', 2026, 1)
  expect(nine && [ends(previousPeriod(nine)), ends(nextPeriod(nine))]).toEqual([
    '2025-01-01…2025-09-30',
    '2027-01-01…2027-09-30',
  ])
})

test('what a year does not have is none', () => {
  expect([period('month', 2026, 13), period('quarter', 2026, 0), period('week', 2025, 53)]).toEqual([null, null, null])
  expect([period('day', 2025, 366), period('day', 2024, 366)?.number, period('half', 2026, 1.5)]).toEqual([
    null,
    366,
    null,
  ])
  expect(yearBefore(period('week', 2026, 53) as Period)).toBeNull()
  expect(ends(yearBefore(period('report-month', 2026, 1) as Period))).toBe('2024-12-15…2025-01-14')
})

test('every kind has a name in both languages', () => {
  const labels = PERIOD_KINDS.flatMap((kind) => periodLabel(period(kind, 2020, 1) as Period).vi)
  expect(labels).toEqual([
    '01/01/2020',
    'tuần 1/2020 (30/12/2019–05/01/2020)',
    'tháng 1/2020',
    'quý I/2020',
    '6 tháng đầu năm 2020',
    'năm 2020',
    'kỳ báo cáo tháng 1/2020 (15/12/2019–14/01/2020)',
    'kỳ báo cáo quý I/2020 (15/12/2019–14/03/2020)',
    'kỳ báo cáo 6 tháng đầu năm 2020 (15/12/2019–14/06/2020)',
    'kỳ báo cáo năm 2020 (15/12/2019–14/12/2020)',
    '9 tháng đầu năm 2020',
    'kỳ báo cáo 9 tháng đầu năm 2020 (15/12/2019–14/09/2020)',
  ])
  expect(PERIOD_KINDS.slice(0, 6).map((kind) => periodLabel(period(kind, 2020, 1) as Period).en)).toEqual([
    '1 Jan 2020',
    'week 1 of 2020 (30 Dec 2019–5 Jan 2020)',
    'January 2020',
    'Q1 2020',
    'first half of 2020',
    'year 2020',
  ])
})
