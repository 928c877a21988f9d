/** Who stands where, how long the bars are, and which rows fit. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrange, extremes, rank } from '../../../client/draw/ranking.ts'
import { absent } from '../../../client/views/shown.ts'
import type { Reading } from '../../../kpi/reading.ts'

const slice = { indicator: 'filings/on-time', window: 'today', by: ['unit'], where: {} } as const
const reading = (unit: string, value: string | null, kind = 'percent'): Reading => ({
  ...absent(slice),
  key: { unit },
  unit: kind,
  value,
  status: value === null ? 'no-data' : 'good',
})
const names = (list: readonly { readonly reading: Reading }[]) => list.map(({ reading: { key } }) => key.unit)

describe('rank', () => {
  const all = [reading('a', '90'), reading('b', null), reading('c', '50'), reading('d', '90'), reading('e', '100')]

  test('puts the worst first, and those without a value last and without a bar', () => {
    const { bars } = rank(all, 'higher', null)
    expect(names(bars)).toEqual(['c', 'a', 'd', 'e', 'b'])
    expect(bars.at(-1)).toMatchObject({ rank: '', length: null })
  })

  test('puts the largest first where nothing is better', () => {
    expect(names(rank(all, 'neither', null).bars)).toEqual(['e', 'a', 'd', 'c', 'b'])
    expect(names(rank(all, 'lower', null).bars)).toEqual(['e', 'a', 'd', 'c', 'b'])
  })

  test('gives equal values the same rank', () => {
    expect(rank(all, 'higher', null).bars.map((bar) => bar.rank)).toEqual(['1', '2=', '2=', '4', ''])
  })

  test('leaves ranks open where few cases cannot tell shares apart, gives none to fewer than thirty, and says both', () => {
    const of = (unit: string, good: number, cases: number) => ({
      ...reading(unit, ((100 * good) / cases).toFixed(6)),
      ...{ numerator: String(good), denominator: String(cases) },
    })
    const few = rank([of('a', 50, 80), of('b', 60, 80), of('c', 4900, 5000), of('d', 3, 3)], 'higher', null)
    expect(few.bars.map((bar) => bar.rank)).toEqual(['1–2', '1–2', '3', '–'])
    expect(few).toMatchObject({ open: true, few: true })
    const many = rank([of('a', 4000, 5000), of('b', 4900, 5000)], 'higher', null)
    expect(many.bars.map((bar) => bar.rank)).toEqual(['1', '2'])
    expect(many).toMatchObject({ open: false, few: false })
  })

  test('draws percentages from 0 to 100 and counts from 0 to the most', () => {
    expect(rank([reading('a', '50')], 'higher', 95)).toMatchObject({ bars: [{ length: 0.5 }], target: 0.95 })
    const counts = [reading('a', '40', 'x'), reading('b', '10', 'x'), reading('c', '0', 'x')]
    expect(rank(counts, 'neither', null).bars.map((bar) => bar.length)).toEqual([1, 0.25, 0])
  })

  test('has no bars for nothing at all, and none longer than the scale', () => {
    expect(rank([], 'higher', 95)).toEqual({ bars: [], target: null, open: false, few: false })
    expect(rank([reading('a', '0', 'x')], 'neither', null).bars[0]?.length).toBe(0)
  })
})

describe('arrange', () => {
  test('shows 34 units in two columns of 17 where 17 rows fit', () => {
    expect(arrange(34, 17, 2)).toEqual({ columns: 2, rows: 17, first: 34, last: 0, between: 0 })
    expect(arrange(34, 40, 2)).toMatchObject({ columns: 1, rows: 34 })
  })

  test('folds the middle where they do not fit', () => {
    expect(arrange(34, 12, 1)).toEqual({ columns: 1, rows: 12, first: 8, last: 3, between: 23 })
  })

  test('never draws more than fits, and leaves no one out', () => {
    const size = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 4 }), (count, rows, columns) => {
        const set = arrange(count, rows, columns)
        const drawn = set.first + set.last + (set.between > 0 ? 1 : 0)
        expect(set.first + set.last + set.between).toBe(count)
        expect(drawn).toBeLessThanOrEqual(Math.max(1, set.rows * set.columns) + (rows * columns === 1 ? 1 : 0))
        expect(set.rows).toBeLessThanOrEqual(rows)
        expect(set.columns).toBeLessThanOrEqual(columns)
      }),
    )
  })
})

describe('extremes', () => {
  test('are the worst eight and the best four, or fewer in the same shares', () => {
    expect(extremes(34, 30)).toEqual({ columns: 1, rows: 13, first: 8, last: 4, between: 22 })
    expect(extremes(34, 10)).toMatchObject({ first: 6, last: 3, between: 25 })
    expect(extremes(13, 30)).toMatchObject({ first: 13, last: 0, between: 0 })
  })

  test('never draw more rows than there are, and count everyone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 40 }), (count, rows) => {
        const set = extremes(count, rows)
        expect(set.first + set.last + set.between).toBe(count)
        expect(set.first + set.last + (set.between > 0 ? 1 : 0)).toBeLessThanOrEqual(Math.max(3, rows))
      }),
    )
  })
})
