/** What a target's buckets come to from those of its parts; what is not known from them is left to be asked span by span. */
import { describe, expect, test } from 'vitest'
import { joined, type PartLevel } from '../../../server/store/joined.ts'
import type { Target } from '../../../server/store/touched.ts'

const PART: PartLevel = {
  ...{ part: 'a', size: 60_000, from: 0, to: 60_000, total: '10', last: '4', qualifier: 'exact', at: 60_000, spans: 2 },
  ...{ held: 0, corrected: 0, stored: 70_000, seen: 2, most: 1, late: 10_000, sign: '7' },
}
const below = (over: Partial<PartLevel> = {}): PartLevel => ({ ...PART, part: 'b', total: '20', last: '5', ...over })
const target = (...parts: string[]): Target => ({
  ...{ series: '1', indicator: 'x', source: 's', keys: [], values: [], parts },
})
const of = (parts: readonly PartLevel[], ...own: string[]) => joined(parts, [target(...own)], [1])

describe('what a target comes to from its parts', () => {
  test('a series itself: the sum of a flow, the last of what stands', () => {
    expect(of([PART], 'a').levels).toMatchObject([{ place: 1, value: '10', base: '0', spans: 2, seen: 2 }])
    expect(joined([PART], [target('a')], [0]).levels).toMatchObject([{ value: '4', base: '0' }])
  })
  test('a ratio of two that stand for the same spans, the vaguer wording of both', () => {
    const { levels, apart } = of([PART, below({ stored: 90_000, qualifier: 'about', held: 1 })], 'a', 'b')
    expect([...apart]).toEqual([])
    expect(levels).toMatchObject([
      { value: '10', base: '20', spans: 2, seen: 4, stored: 90_000, qualifier: 'about', held: 1, corrected: 0 },
    ])
  })
  test.each([
    ['says nothing there', [PART]],
    ['was withdrawn throughout', [PART, below({ spans: 0, at: 0, sign: '0' })]],
  ])('a part whose other part %s is no pair', (_, parts) => {
    expect(of(parts, 'a', 'b').levels).toMatchObject([{ value: '0', base: '0', spans: 0, at: 0 }])
  })
  test.each([
    ['other spans, as many', { sign: '8' }],
    ['fewer spans', { spans: 1 }],
  ])('a part that stands for %s: asked span by span', (_, over) => {
    expect(of([PART, below(over)], 'a', 'b')).toEqual({ levels: [], apart: new Set([1]) })
  })
  test.each(['held', 'corrected'] as const)('both parts %s, nobody knows whether in the same spans', (name) => {
    const both = [{ ...PART, [name]: 1 }, below({ [name]: 1 })]
    expect(of(both, 'a', 'b').apart).toEqual(new Set([1]))
  })
  test('a target of which one bucket is not known is asked whole', () => {
    const next = { from: 60_000, to: 120_000 }
    const parts = [PART, below(), { ...PART, ...next }, below({ ...next, sign: '8' })]
    expect(of(parts, 'a', 'b')).toEqual({ levels: [], apart: new Set([1]) })
  })
})
