/** What lies on a line besides it: days off with their names, points that were corrected. */
import { expect, test } from 'vitest'
import { dayNamed, daysOffIn, revisedOf } from '../../../client/desk/trend-marks.ts'
import { PUBLIC_SECTOR } from '../../../kpi/calendar.ts'
import type { Correction } from '../../../kpi/correction.ts'
import type { Point } from '../../../kpi/query.ts'
import { DAY, HOUR } from '../../../kpi/range.ts'
import { projectCatalogue } from '../../support/declared.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00+07:00`)
const calendar = projectCatalogue().calendars.get(PUBLIC_SECTOR)

test('Tết is one stretch by its name, however long the range is, and cut nowhere but at its own ends', () => {
  const whole = daysOffIn(calendar, { from: day('2026-01-01'), to: day('2026-12-31') })
  const tet = whole.filter(({ name }) => /tết nguyên đán/i.test(name.vi))
  expect(tet).toHaveLength(1)
  expect(((tet[0]?.to ?? 0) - (tet[0]?.from ?? 0)) / DAY).toBeGreaterThanOrEqual(5)
  // Two years and more: what was drawn of one is drawn of all.
  const long = daysOffIn(calendar, { from: day('2020-01-01'), to: day('2027-01-01') })
  expect(long.length).toBeGreaterThan(whole.length)
  for (const one of whole) expect(long).toContainEqual(one)
  expect(long.map(({ from }) => from)).toEqual(long.map(({ from }) => from).sort((a, b) => a - b))
  expect(daysOffIn(undefined, { from: 0, to: DAY })).toEqual([])
})

test('a point of a day off says so, whatever its grain; a longer one says nothing of one day', () => {
  const from = day('2026-09-02')
  expect(dayNamed(calendar, { from, to: from + DAY }, 'vi')).toMatch(/^nghỉ: .*Quốc khánh/)
  expect(dayNamed(calendar, { from: from + 9 * HOUR, to: from + 10 * HOUR }, 'en')).toMatch(/National Day/)
  expect(dayNamed(calendar, { from, to: from + 7 * DAY }, 'vi')).toBe('')
  expect(dayNamed(calendar, { from: day('2026-11-25'), to: day('2026-11-26') }, 'vi')).toBe('')
})

test('marked is what was corrected: by its own mark, or where a shown figure of its span changed', () => {
  const point = (from: number, marks: Point['marks'] = [], value: string | null = '1') =>
    ({ from, to: from + DAY, value, marks }) as Point
  const points = [point(0), point(DAY, ['corrected']), point(2 * DAY), point(3 * DAY, ['corrected'], null)]
  const shown = { from: 2 * DAY, to: 3 * DAY } as Correction
  const long = { from: 0, to: 4 * DAY } as Correction
  expect(revisedOf(points, []).map(({ from }) => from)).toEqual([DAY])
  expect(revisedOf(points, [shown, long]).map(({ from }) => from)).toEqual([DAY, 2 * DAY])
})
