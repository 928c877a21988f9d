/** What a value means: against limits and target, and how fresh it is. */
import { describe, expect, test } from 'vitest'
import { Indicator, type IndicatorFile } from '../../kpi/indicator.ts'
import { freshness, status, targetAt } from '../../kpi/status.ts'

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
  ])('%s is %s', (value, expected) => expect(status(judged, value, '100', {}, on('2026-01-01'))).toBe(expected))
  test('0/0 is nothing occurred, not reported is no data; neither is 0', () => {
    expect(status(judged, null, '0', {}, on('2026-01-01'))).toBe('nothing-occurred')
    expect(status(judged, null, null, {}, on('2026-01-01'))).toBe('no-data')
  })
  test('without limits and target nothing is judged; nor is a reported figure', () => {
    expect(status(indicator({}), '1', '100', {}, 0)).toBe('not-judged')
    const reported = { ...judged, kind: 'reported' as const }
    expect(status(reported, '1', null, {}, on('2026-01-01'))).toBe('not-judged')
  })
  test('a target holds from its date', () =>
    expect(status(indicator({ targets: judged.targets }), '50', '100', {}, on('2025-06-30'))).toBe('not-judged'))
  test('lower is better', () => {
    const overdue = indicator({ better: 'lower', limits: { warning: 5, critical: 10 } })
    expect(['4', '6', '11'].map((value) => status(overdue, value, '100', {}, 0))).toEqual([
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
