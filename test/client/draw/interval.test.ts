/** Wilson's interval by its published values, and ranks that noise cannot make. */
import { expect, test } from 'vitest'
import { groups, wilson } from '../../../client/draw/interval.ts'

const rounded = (good: number, cases: number) => {
  const { low, high } = wilson(good, cases)
  return [low.toFixed(2), high.toFixed(2)]
}

test('is the score interval: Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3', () => {
  expect(rounded(81, 263)).toEqual(['25.53', '36.62'])
  expect(rounded(15, 148)).toEqual(['6.24', '16.05'])
  expect(rounded(0, 20)).toEqual(['0.00', '16.11'])
  expect(rounded(1, 29)).toEqual(['0.61', '17.18'])
})

test('is never of no width, and never leaves 0 to 100', () => {
  for (const [good, cases] of [
    [0, 1],
    [1, 1],
    [2, 2],
    [5000, 5000],
  ] as const) {
    const { low, high } = wilson(good, cases)
    expect(high - low).toBeGreaterThan(0)
    expect(low).toBeGreaterThanOrEqual(0)
    expect(high).toBeLessThanOrEqual(100)
  }
})

test('neighbours that overlap all of a group join it; a small unit ties no two large ones that differ', () => {
  const at = (low: number, high: number) => ({ low, high })
  expect(groups([at(1, 3), at(2, 4), at(5, 6)])).toEqual([0, 0, 2])
  expect(groups([at(0, 100), at(77, 79), at(89, 91)])).toEqual([0, 0, 2])
  expect(groups([at(5, 5), at(5, 5), at(6, 6)])).toEqual([0, 0, 2])
  expect(groups([])).toEqual([])
})

/** A repeatable sequence of numbers in 0–1 (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** How often one of 34 units with the same true rate stands alone as the worst, in so many tries. */
function alone(tries: number, rank: (shares: readonly (readonly [number, number])[]) => readonly number[]): number {
  const next = random(7)
  let found = 0
  for (let i = 0; i < tries; i++) {
    const shares = Array.from({ length: 34 }, () => {
      const cases = 20 + Math.floor(next() * 380)
      let good = 0
      for (let j = 0; j < cases; j++) if (next() < 0.9) good++
      return [good, cases] as const
    }).sort(([a, b], [c, d]) => a / b - c / d)
    if (rank(shares)[1] !== 0) found++
  }
  return found / tries
}

test('with equal true rates nobody is called the worst by noise, in at most one of twenty pictures', () => {
  expect(alone(300, (shares) => groups(shares.map(([good, cases]) => wilson(good, cases))))).toBeLessThanOrEqual(0.05)
  // The control: ranks by value alone name a worst nearly every time.
  const plain = alone(300, (shares) =>
    groups(shares.map(([good, cases]) => ({ low: good / cases, high: good / cases }))),
  )
  expect(plain).toBeGreaterThan(0.9)
})
