/** Parts stand on each other and add up; what is not there is a gap, what goes on is marked. */
import { expect, test } from 'vitest'
import { drawStack } from '../../../client/draw/stack.ts'
import type { Point } from '../../../kpi/query.ts'
import { DAY, HOUR } from '../../../kpi/range.ts'

const START = Date.parse('2026-11-22T00:00:00+07:00')
const ROOM = {
  width: 240,
  height: 110,
  margin: { top: 0, right: 0, bottom: 10, left: 0 },
  tickWidth: 60,
  tickHeight: 25,
}
const point = (hour: number, value: string | null): Point => ({
  ...{ from: START + hour * HOUR, to: START + (hour + 1) * HOUR, value, numerator: null, denominator: null },
  ...{ status: value === null ? 'no-data' : 'not-judged', marks: [], spans: null },
})
const draw = (lines: Parameters<typeof drawStack>[0], now: number) =>
  drawStack(lines, ROOM, { span: { from: START, to: START + DAY }, now })

test('each part begins where the one below it ends, and the first at zero', () => {
  const lines = [
    { id: 'a', points: [point(0, '10'), point(1, '0')] },
    { id: 'b', points: [point(0, '30'), point(1, '5')] },
  ]
  const { segments, bottom } = draw(lines, START + 3 * HOUR)
  const [a, b, later] = segments
  expect(segments.map(({ id }) => id)).toEqual(['a', 'b', 'b'])
  expect((a?.y ?? 0) + (a?.height ?? 0)).toBeCloseTo(bottom)
  expect((b?.y ?? 0) + (b?.height ?? 0)).toBeCloseTo(a?.y ?? 0)
  expect((b?.height ?? 0) / (a?.height ?? 1)).toBeCloseTo(3)
  expect((later?.y ?? 0) + (later?.height ?? 0)).toBeCloseTo(bottom)
})

test('a span nobody spoke of is a gap once it is over; one still counted is marked; a later one is nothing yet', () => {
  const lines = [{ id: 'a', points: [point(0, null), point(1, '4'), point(2, null), point(5, null)] }]
  const { segments, gaps } = draw(lines, START + 1.5 * HOUR)
  expect(gaps).toEqual([{ x: 0, width: 10 }])
  expect(segments).toMatchObject([{ id: 'a', growing: true }])
  expect(draw([], START).segments).toEqual([])
})
