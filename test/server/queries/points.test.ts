/** Lines of points: who speaks where several sources do, what stands carried on, sums exact beyond what a double holds. */
import { expect, test } from 'vitest'
import { LARGEST, micro } from '../../../kpi/decimal.ts'
import type { LineRow } from '../../../server/queries/lines.ts'
import { aboveAt, linesFrom, type PointsOptions } from '../../../server/queries/points.ts'

const isGreat = (size: bigint) => size > BigInt(LARGEST) || size < -BigInt(LARGEST)
const row = (source: string, unit: string, places: readonly number[], values: readonly string[]): LineRow => ({
  ...{ source, members: { unit }, places, below: [], held: [], corrected: [], coarser: 0 },
  above: values.map(micro).map((size) => (isGreat(size) ? 0 : Number(size))),
  great: new Map(values.map(micro).flatMap((size, i) => (isGreat(size) ? [[i, [size, 0n] as const]] : []))),
  ...{
    since: places.map((place) => place * 10),
    at: places.map((place) => place * 10 + 10),
    spans: places.map(() => 1),
  },
})
const OPTIONS: PointsOptions = {
  ...{ from: 0, step: 10, count: 4, carry: null, authority: ['first', 'second'], simulated: new Set(['second']) },
  partOf: ({ unit = '' }) => unit,
}
const told = (rows: readonly LineRow[], options: Partial<PointsOptions> = {}) => {
  const { total } = linesFrom(rows, { ...OPTIONS, ...options })
  return [...total.series].map((series, place) => (series > 0 ? aboveAt(total, place) : null))
}

test('of several sources the first by authority speaks at each point, and only it', () => {
  const rows = [row('second', 'hue', [0, 1], ['5', '6']), row('first', 'hue', [1, 2], ['7', '8'])]
  expect(told(rows)).toEqual(['5', '7', '8', null])
  expect([...linesFrom(rows, OPTIONS).total.simulated]).toEqual([1, 0, 0, 0])
})

test('parts add up to the total; what lies outside is left out', () => {
  const { total, parts } = linesFrom(
    [row('first', 'hue', [-1, 0, 1, 9], ['1', '2', '3', '4']), row('first', 'son-la', [1], ['0.5'])],
    OPTIONS,
  )
  expect(aboveAt(total, 1)).toBe('3.5')
  expect([parts.get('hue')?.size, parts.get('son-la')?.size, total.size]).toEqual([2, 1, 2])
})

test('a series that speaks twice within a point: flows add up, of what stands the last counts', () => {
  const twice = { ...row('first', 'hue', [1, 1], ['2', '3']), since: [10, 15], at: [15, 20] }
  expect(told([twice])).toEqual([null, '5', null, null])
  expect(told([twice], { carry: { reach: 1, endOf: () => Number.POSITIVE_INFINITY } })).toEqual([null, '3', null, null])
})

test('what stands is carried on as far as it reaches, until something newer or the end of its member', () => {
  const rows = [row('first', 'hue', [0, 2], ['2', '3'])]
  const carry = (reach: number, end = Number.POSITIVE_INFINITY) => told(rows, { carry: { reach, endOf: () => end } })
  expect(carry(3)).toEqual(['2', '2', '3', '3'])
  expect(carry(1)).toEqual(['2', null, '3', null])
  expect(carry(3, 20)).toEqual(['2', '2', null, null])
})

test('what waits for a person is told where it waits, and is no figure; whoever speaks comes before it', () => {
  const silent = (source: string, unit: string, places: readonly number[]) => ({
    ...row(
      source,
      unit,
      places,
      places.map(() => '0'),
    ),
    ...{ spans: places.map(() => 0), held: places.map(() => 1) },
  })
  const waits = (rows: readonly LineRow[], options: Partial<PointsOptions> = {}) => [
    ...linesFrom(rows, { ...OPTIONS, ...options }).total.held,
  ]
  const rows = [row('first', 'hue', [0], ['5']), silent('first', 'son-la', [0, 1])]
  expect([told(rows), waits(rows)]).toEqual([
    ['5', null, null, null],
    [1, 1, 0, 0],
  ])
  expect(linesFrom(rows, OPTIONS).parts.get('son-la')?.size).toBe(2)
  // The second speaks where all that the first said waits.
  const other = [silent('first', 'hue', [0, 1]), row('second', 'hue', [1], ['7'])]
  expect([told(other), waits(other)]).toEqual([
    [null, '7', null, null],
    [1, 0, 0, 0],
  ])
  // Of the same point both what waits and what was said, in either order.
  for (const both of [
    [silent('first', 'hue', [1]), row('first', 'hue', [1], ['3'])],
    [row('first', 'hue', [1], ['3']), silent('first', 'hue', [1])],
  ])
    expect([told(both), waits(both)]).toEqual([
      [null, '3', null, null],
      [0, 1, 0, 0],
    ])
  // What stands goes on beside it, and both end with what is said next.
  const stands = [row('first', 'hue', [0, 3], ['2', '3']), silent('first', 'hue', [1])]
  const carry = { reach: 3, endOf: () => Number.POSITIVE_INFINITY }
  expect([told(stands, { carry }), waits(stands, { carry })]).toEqual([
    ['2', '2', '2', '3'],
    [0, 1, 1, 0],
  ])
})

test('sums are exact beyond what a double holds, and below zero', () => {
  const great = '9007199254740993.000001'
  const rows = [row('first', 'hue', [0, 1], [great, '-3.25']), row('first', 'son-la', [0, 1], [great, '1'])]
  expect(told(rows)).toEqual(['18014398509481986.000002', '-2.25', null, null])
})
