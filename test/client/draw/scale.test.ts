/** Steps of magnitude: round, no finer than what is shown, over all that occurs, below zero too. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stepOf, steps } from '../../../client/draw/scale.ts'

const MOST = 5
const decimals = fc.constantFrom(0, 1, 2, 6)
/** Values as they are shown with so many decimals: a few, many, below zero, as large as the store holds. */
const shown = decimals.chain((places) =>
  fc.record({
    places: fc.constant(places),
    values: fc.array(
      fc
        .oneof(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ max: 1e15 }))
        .map((n) => Number((n / 10 ** places).toFixed(places))),
      { minLength: 1, maxLength: 40 },
    ),
  }),
)

describe('steps of magnitude', () => {
  test('are few, told apart at the decimals shown, and each value is in the one class it belongs to', () => {
    fc.assert(
      fc.property(shown, ({ values, places }) => {
        const bounds = steps(values, MOST, places)
        expect(bounds.length).toBeLessThanOrEqual(MOST)
        expect(new Set(bounds.map((bound) => bound.toFixed(places))).size).toBe(bounds.length)
        expect([...bounds].sort((a, b) => a - b)).toEqual(bounds)
        for (const value of values) {
          const step = stepOf(value, bounds)
          expect(value).toBeGreaterThanOrEqual(bounds[step] ?? Number.NaN)
          expect(value).toBeLessThan(bounds[step + 1] ?? Number.POSITIVE_INFINITY)
        }
        // The smallest and the largest look the same only where they are.
        const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
        if (low < high) expect(stepOf(low, bounds)).toBeLessThan(stepOf(high, bounds))
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    [[0, 0], 0, [0]],
    [[0, 1], 0, [0, 1]],
    [[0, 1, 3, 4], 0, [0, 1, 2, 3, 4]],
    [[0, 5], 0, [0, 1, 2, 3, 4]],
    [[0, 0.3], 1, [0, 0.1, 0.2, 0.3]],
    [[420, 6180], 0, [0, 2000, 4000, 6000]],
    [[-7, 12], 0, [-10, -5, 0, 5, 10]],
    [[-3, -1], 0, [-3, -2, -1, 0]],
    [[-0.004, 0.2], 0, [0]],
  ])('%j with %i decimals: %j', (values, places, bounds) => expect(steps(values, MOST, places)).toEqual(bounds))
})
