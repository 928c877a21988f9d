/** Which rows fit, and in how many columns. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrange, columnsFor, extremes, rowsWithin } from '../../../client/draw/arrange.ts'

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

describe('rows of different heights', () => {
  test('only names that are drawn cost height', () => {
    const tall = [1, 1, 1, ...Array.from({ length: 40 }, () => 2), 1]
    expect(rowsWithin(tall, 5, 1, (rows) => arrange(tall.length, rows, 1))).toBe(5)
    expect(rowsWithin([1, 2, 1], 4, 1, (rows) => arrange(3, rows, 1))).toBe(3)
    expect(rowsWithin([1, 2, 1], 0.5, 1, (rows) => arrange(3, rows, 1))).toBe(1)
  })

  test('what is drawn fits, unless it is a single row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
        fc.integer({ max: 60 }),
        (tall, height) => {
          const placed = (rows: number) => arrange(tall.length, rows, 1)
          const rows = rowsWithin(tall, height, 1, placed)
          const { first, last, between } = placed(rows)
          const drawn = [...tall.slice(0, first), ...tall.slice(tall.length - last)].reduce((sum, one) => sum + one, 0)
          expect(rows === 1 || drawn + (between > 0 ? 1 : 0) <= height).toBe(true)
        },
      ),
    )
  })
})

test('columns are as few as show most, or all with air', () => {
  const rows = (columns: number) => (columns === 1 ? 23 : 11)
  expect(columnsFor(51, 2, rows, () => false)).toBe(1)
  expect(columnsFor(51, 3, rows, () => false)).toBe(3)
  expect(columnsFor(20, 2, rows, () => false)).toBe(1)
  expect(columnsFor(20, 2, rows, () => true)).toBe(2)
})
