/** What a value means: against limits and target, and how fresh it is. */
import { describe, expect, test } from 'vitest'
import { Indicator, type IndicatorFile } from '../../kpi/indicator.ts'
import { freshness, isForEach, NO_RATIO, status, targetAt, targetsOver } from '../../kpi/status.ts'

const indicator = (more: Partial<IndicatorFile>): Indicator => {
  const file = Indicator.parse({
    title: { vi: 'x', en: 'x' },
    ratio: { of: 'a', to: 'b' },
    unit: 'percent',
    better: 'higher',
    ...more,
  })
  return { ...file, id: 'x', kind: file.kind ?? 'ratio' }
}
const on = (date: string) => Date.parse(`${date}T05:00:00Z`)

const of = (numerator: string, denominator: string) => ({ numerator, denominator })

describe('status', () => {
  const judged = indicator({
    limits: { warning: 90, critical: 80 },
    targets: [{ value: 95, from: '2025-07-01', basis: 'QĐ 1565/QĐ-TTg' }],
  })
  test.each([
    ['97', 'good'],
    ['95', 'good'],
    ['94.9', 'warning'],
    ['89', 'warning'],
    ['79.999999', 'critical'],
  ])('%s is %s', (value, expected) =>
    expect(status(judged, value, of('1', '100'), {}, on('2026-01-01'))).toBe(expected),
  )
  test.each([
    ['nothing-occurred', of('0', '0')],
    ['nothing-occurred', of('0.000000', '0')],
    ['zero-denominator', of('3', '0')],
    ['zero-denominator', of('-0.5', '0.000000')],
    ['no-data', NO_RATIO],
    ['no-data', { numerator: '3', denominator: null }],
  ])('%s is said of no value made of %o: 0/0 is not n/0, neither is what nobody reported, none is 0', (said, parts) =>
    expect(status(judged, null, parts, {}, on('2026-01-01'))).toBe(said),
  )
  test('without limits and target nothing is judged; nor is a reported figure', () => {
    expect(status(indicator({}), '1', of('1', '100'), {}, 0)).toBe('not-judged')
    const reported = { ...judged, kind: 'reported' as const }
    expect(status(reported, '1', NO_RATIO, {}, on('2026-01-01'))).toBe('not-judged')
  })
  test('a target holds from its date', () =>
    expect(status(indicator({ targets: judged.targets }), '50', of('1', '2'), {}, on('2025-06-30'))).toBe('not-judged'))
  test('lower is better', () => {
    const overdue = indicator({ better: 'lower', limits: { warning: 5, critical: 10 } })
    expect(['4', '6', '11'].map((value) => status(overdue, value, of(value, '100'), {}, 0))).toEqual([
      'good',
      'warning',
      'critical',
    ])
  })
})

test('two targets with the same number stay apart by whom they are for', () => {
  const two = indicator({
    targets: [
      { value: 30, where: { unit: 'hue' }, basis: 'A' },
      { value: 30, basis: 'B' },
    ],
  })
  expect(targetAt(two, { unit: 'hue' }, 0)?.basis).toBe('A')
  expect(targetAt(two, { unit: 'ca-mau' }, 0)?.basis).toBe('B')
})

test('targets over a range are those that hold at each of its moments: one at a time, each over its own days', () => {
  const many = indicator({
    targets: [
      { value: 98, where: { unit: 'hue' }, from: '2026-03-01', to: '2026-03-31', basis: 'Huế' },
      { value: 90, to: '2025-12-31', basis: 'cũ' },
      { value: 95, from: '2026-01-01', basis: 'mới' },
    ],
  })
  const begins = (date: string) => Date.parse(`${date}T00:00:00+07:00`)
  const span = { from: begins('2025-12-01'), to: begins('2026-06-01') }
  const said = (where: Record<string, string>) =>
    targetsOver(many, where, span).map(({ from, to, target }) => [from, to, target.value])
  const [year, spring, summer] = ['2026-01-01', '2026-03-01', '2026-04-01'].map(begins)
  expect(said({ unit: 'ca-mau' })).toEqual([
    [span.from, year, 90],
    [year, span.to, 95],
  ])
  // Where its own target speaks, the general one does not.
  expect(said({ unit: 'hue' })).toEqual([
    [span.from, year, 90],
    [year, spring, 95],
    [spring, summer, 98],
    [summer, span.to, 95],
  ])
  expect(targetsOver(many, {}, { from: begins('2026-02-01'), to: begins('2026-02-01') + 1 })).toHaveLength(1)
  expect(targetsOver(indicator({ targets: [{ value: 1, from: '2030-01-01', basis: 'x' }] }), {}, span)).toEqual([])
})

test('a target of what adds up is for its window: a point is measured by it only where it is as long', () => {
  expect(isForEach({ kind: 'ratio', window: 'today' }, 'hour')).toBe(true)
  expect(isForEach({ kind: 'level', window: '30d' }, 'day')).toBe(true)
  expect(isForEach({ kind: 'flow', window: 'today' }, 'day')).toBe(true)
  expect(isForEach({ kind: 'flow', window: 'today' }, 'hour')).toBe(false)
  expect(isForEach({ kind: 'flow', window: '30d' }, 'day')).toBe(false)
})

describe('freshness with a rhythm of five minutes', () => {
  const minute = 60_000
  test.each([
    [9, 'fresh'],
    [10, 'fresh'],
    [11, 'late'],
    [15, 'late'],
    [16, 'stale'],
  ])('%i minutes old is %s', (age, expected) => expect(freshness(0, '5m', age * minute)).toBe(expected))
  test('without a rhythm nothing grows late', () => expect(freshness(0, undefined, 1e12)).toBe('fresh'))
})
