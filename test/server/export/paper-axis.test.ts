/** Axes on paper: round ticks that hold every value. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisOf } from '../../../server/export/paper-axis.ts'

test('ticks are round, and say how many places they need', () => {
  expect(axisOf([3, 47], true)).toEqual({ low: 0, high: 60, ticks: [0, 20, 40, 60], places: 0 })
  expect(axisOf([94.1, 95.9], false)).toMatchObject({ low: 94, high: 96, places: 1 })
  expect(axisOf([], true).ticks.length).toBeGreaterThan(1)
  expect(axisOf([5, 5], false).ticks.length).toBeGreaterThan(1)
})

test('whatever the values are, the axis holds them with a handful of ticks', () => {
  // Six places behind the point, as the store keeps them.
  const value = fc.integer({ min: -1e9, max: 1e9 }).map((millionths) => millionths / 1e6)
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), fc.boolean(), (values, fromZero) => {
      const { low, high, ticks } = axisOf(values, fromZero)
      const room = 1e-9
      for (const one of values) expect(one >= low - room && one <= high + room).toBe(true)
      expect(ticks.length).toBeGreaterThanOrEqual(2)
      expect(ticks.length).toBeLessThanOrEqual(7)
    }),
  )
})
