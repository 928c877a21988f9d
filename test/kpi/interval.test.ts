/** Intervals against published values, and against what chance really does. */
import { expect, test } from 'vitest'
import { byar, jointWidth, normalQuantile, wilson } from '../../kpi/interval.ts'

test('quantiles as tables have them', () => {
  for (const [p, z] of [
    [0.5, 0],
    [0.975, 1.959963985],
    [0.995, 2.575829304],
    [0.01, -2.326347874],
    [0.0001, -3.719016485],
  ] as const)
    expect(normalQuantile(p)).toBeCloseTo(z, 7)
  expect(jointWidth(0.95, 1)).toBeCloseTo(1.959963985, 6)
  expect(jointWidth(0.95, 34)).toBeGreaterThan(3)
  expect(() => normalQuantile(1)).toThrow(RangeError)
})

test('shares as Newcombe (1998), Stat. Med. 17, 857–872, table I, gives them', () => {
  for (const [of, to, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const found = wilson(of, to, 1.959963985)
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  }
  expect(wilson(20, 20, 1.96).high).toBeCloseTo(1, 12)
})

test('counts near the exact Poisson limits', () => {
  for (const [count, low, high] of [
    [0, 0, 3.689],
    [10, 4.795, 18.39],
    [100, 81.36, 121.63],
  ] as const) {
    const found = byar(count, 1.959963985)
    expect(found.low).toBeCloseTo(low, 0)
    expect(Math.abs(found.high - high)).toBeLessThan(0.05 + high / 500)
  }
})
