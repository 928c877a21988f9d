/** Where a wall's picture stands, computed for weeks: everywhere alike, one point at a time, never beyond the margin. */
import { expect, test } from 'vitest'
import { isTurned, orbitAt, REACH, STANDS } from '../../../client/wall/care.ts'

const MONDAY = Date.parse('2026-11-23T00:00:00+07:00')
const WEEK = 7 * 86_400_000
const steps = Array.from({ length: WEEK / STANDS }, (_, i) => orbitAt(MONDAY + i * STANDS))

test('over a week every place within reach is stood in about as often, and none beyond', () => {
  const times = new Map<string, number>()
  for (const { x, y } of steps) times.set(`${x} ${y}`, (times.get(`${x} ${y}`) ?? 0) + 1)
  expect(times.size).toBe((2 * REACH + 1) ** 2)
  expect(Math.max(...steps.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))))).toBe(REACH)
  expect(Math.max(...times.values()) - Math.min(...times.values())).toBeLessThanOrEqual(2)
})

test('it never goes further than one point at a time, midnight and the end of its round included', () => {
  for (const [i, { x, y }] of steps.entries()) {
    const before = steps[i - 1]
    if (before) expect(Math.abs(x - before.x) + Math.abs(y - before.y)).toBeLessThanOrEqual(1)
  }
})

test('it is turned at three in the morning, every other day', () => {
  const at = (text: string) => isTurned(Date.parse(`${text}+07:00`))
  expect(at('2026-11-22T09:41:00')).toBe(false)
  expect(at('2026-11-23T02:59:59')).toBe(false)
  expect(at('2026-11-23T03:00:00')).toBe(true)
  expect(at('2026-11-23T23:00:00')).toBe(true)
  expect(at('2026-11-24T03:00:00')).toBe(false)
})
