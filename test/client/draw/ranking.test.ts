/** Who stands where, and how long the bars are. */
import { describe, expect, test } from 'vitest'
import { rank } from '../../../client/draw/ranking.ts'
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
