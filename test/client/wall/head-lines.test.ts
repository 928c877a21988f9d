/** How many lines the facts of a header take. */
import { expect, test } from 'vitest'
import { factsRoom, linesOf, nameFit } from '../../../client/wall/head-lines.ts'

test('facts stand one after another until a line is full', () => {
  expect(linesOf([], 30)).toBe(0)
  expect(linesOf([20, 20], 30)).toBe(1)
  expect(linesOf([34, 34], 30)).toBe(2)
  expect(linesOf([30, 20, 10, 10], 30)).toBe(2)
})

test('a fact wider than the room takes as many lines as it needs, and the next goes on behind it', () => {
  expect(linesOf([100], 30)).toBe(2)
  expect(linesOf([100, 10], 30)).toBe(2)
  expect(linesOf([100, 40], 30)).toBe(3)
  expect(linesOf([10], 0)).toBeGreaterThan(1)
})

test('what stands beside the facts takes their room', () => {
  const room = factsRoom({ width: 78, name: 17, simulated: false })
  expect(room - factsRoom({ width: 78, name: 17, simulated: true })).toBeCloseTo(13.4)
  expect(room - factsRoom({ width: 78, name: 27, simulated: false })).toBeCloseTo(8.4)
})

test('a name that takes more than its part of the line is set smaller, then cut; the facts keep their room', () => {
  expect([40, 60, 90].map((letters) => nameFit(letters, 96))).toEqual(['whole', 'small', 'cut'])
  const room = (name: number) => factsRoom({ width: 96, name, simulated: false })
  expect(room(60)).toBe(room(300))
  expect(room(300)).toBeGreaterThan(35)
})
