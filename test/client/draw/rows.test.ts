/** Rows and cards of different heights: as many as there is room for, none on another, none before what comes first. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitting, packed } from '../../../client/draw/rows.ts'

test('rows fit as long as their heights do', () => {
  expect([fitting([3, 3, 3], 8), fitting([3, 3, 3], 9), fitting([9], 3), fitting([9], 3, 0)]).toEqual([2, 3, 1, 0])
})

describe('cards', () => {
  test('stand inside the room, on no other, in order, and the next has no room in any column', () => {
    const heights = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 40 })
    fc.assert(
      fc.property(heights, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 60 }), (tall, columns, height) => {
        const places = packed(tall, columns, height, 1)
        for (const [i, a] of places.entries()) {
          expect(a.top + a.height).toBeLessThanOrEqual(height)
          for (const b of places.slice(i + 1)) {
            expect(b.top).toBeGreaterThanOrEqual(a.top)
            if (a.column === b.column) expect(b.top).toBeGreaterThan(a.top + a.height)
          }
        }
        const next = tall[places.length]
        if (next === undefined) return
        const ends = Array.from({ length: columns }, (_, column) =>
          Math.max(0, ...places.filter((one) => one.column === column).map(({ top, height }) => top + height + 1)),
        )
        expect(Math.min(...ends) + next).toBeGreaterThan(height)
      }),
    )
  })

  test('fill what a higher neighbour leaves', () => {
    const places = packed([3, 9, 3, 3], 2, 20, 1)
    expect(places.map(({ column, top }) => [column, top])).toEqual([
      [0, 0],
      [1, 0],
      [0, 4],
      [0, 8],
    ])
  })
})
