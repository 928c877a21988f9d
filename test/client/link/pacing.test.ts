/** What waits for its moment is never shown after what is newer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startPacing } from '../../../client/link/pacing.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const paced = () => {
  const shown: number[] = []
  return { shown, pacing: startPacing<number>((one) => void shown.push(one)) }
}

test('each is shown at its own moment, and what follows quickly puts nobody off', () => {
  const { shown, pacing } = paced()
  pacing.offer(1, 0)
  pacing.offer(2, 300)
  expect([shown, pacing.waiting]).toEqual([[1], 2])
  vi.advanceTimersByTime(100)
  pacing.offer(3, 300)
  expect(pacing.waiting).toBe(3)
  vi.advanceTimersByTime(199)
  expect(shown).toEqual([1])
  vi.advanceTimersByTime(1)
  expect([shown, pacing.waiting]).toEqual([[1, 2], 3])
  vi.advanceTimersByTime(99)
  expect(shown).toEqual([1, 2])
  vi.advanceTimersByTime(1)
  expect([shown, pacing.waiting]).toEqual([[1, 2, 3], null])
  // Ten a second, each to be shown after three tenths: none is late.
  for (let i = 4; i < 14; i++) {
    pacing.offer(i, 300)
    vi.advanceTimersByTime(100)
  }
  expect(shown.at(-1)).toBe(11)
})

test('one whose moment comes late, after a newer one was shown at once, is not shown any more', () => {
  const { shown, pacing } = paced()
  pacing.offer(1, 300)
  // The timer of a busy page is late: the newer message is read before it.
  pacing.offer(2, 0)
  vi.advanceTimersByTime(10_000)
  expect([shown, pacing.waiting]).toEqual([[2], null])
})

test('while it is held the newest waits, whatever its moment, and is shown once on release', () => {
  const { shown, pacing } = paced()
  pacing.offer(1, 300)
  pacing.hold()
  vi.advanceTimersByTime(10_000)
  pacing.offer(2, 0)
  pacing.offer(3, 300)
  vi.advanceTimersByTime(10_000)
  expect([shown, pacing.waiting]).toEqual([[], 3])
  pacing.release()
  vi.advanceTimersByTime(10_000)
  expect([shown, pacing.waiting]).toEqual([[3], null])
})

test('stopped, nothing comes after it, and it begins anew as if nothing had been held', () => {
  const { shown, pacing } = paced()
  pacing.offer(1, 300)
  pacing.hold()
  pacing.stop()
  vi.advanceTimersByTime(10_000)
  pacing.release()
  expect([shown, pacing.waiting]).toEqual([[], null])
  pacing.offer(2, 0)
  expect(shown).toEqual([2])
})
