/** What is usual at a place of a line rests on like weekdays only, and says nothing of what is too rare. */
import { expect, test } from 'vitest'
import type { Point } from '../../../kpi/query.ts'
import { DAY, HOUR } from '../../../kpi/range.ts'
import { usualPoints } from '../../../server/queries/usual-line.ts'
import { at, PUBLIC } from '../../support/calendar.ts'

const catalogue = { calendars: new Map([['public-sector', PUBLIC]]) }
const point = (from: number, value: string | null): Point => ({
  ...{ from, to: from + HOUR, value, numerator: null, denominator: null, marks: [], spans: null },
  status: value === null ? 'no-data' : 'not-judged',
})
// Wednesday 30 September 2026, nine o'clock; the Wednesday of 2 September is National Day.
const NINE = at('2026-09-30T09:00')
const weeks = (...values: readonly (string | null)[]) =>
  values.map((value, i) => point(NINE - (i + 1) * 7 * DAY, value))
const usual = (before: readonly Point[], more: { readonly days?: number; readonly most?: number } = {}) =>
  usualPoints(catalogue, before, { first: NINE, to: NINE + HOUR, step: HOUR, days: 8, most: Infinity, ...more })

test('a holiday among the weekdays is passed over, and so is a day without a figure', () => {
  const [one] = usual(weeks('10', '12', '11', '0', null, '13'))
  expect(one).toMatchObject({ from: NINE, to: NINE + HOUR, median: 11.5, days: 4 })
})

test('as many like days as were asked for, the nearest first', () => {
  expect(usual(weeks('10', '10', '10', '0', '90', '90', '90'), { days: 3 })).toMatchObject([{ median: 10, days: 3 }])
})

test('two days are no habit', () => {
  expect(usual(weeks('10', '12'))).toEqual([])
  expect(usual([])).toEqual([])
})

test('never below nothing, no share above the whole, and not thinner than what can be seen', () => {
  expect(usual(weeks('1', '40', '80', '0', '120'))[0]?.low).toBe(0)
  expect(usual(weeks('80', '95', '99', '0', '100'), { most: 100 })[0]?.high).toBe(100)
  expect(usual(weeks('100', '100', '100'))).toMatchObject([{ low: 95, high: 105 }])
})
