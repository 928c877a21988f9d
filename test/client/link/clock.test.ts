/** The clock is the stream's: it stops when the stream stops. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Clock, startClock } from '../../../client/link/clock.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function started() {
  const seen: Clock[] = []
  const driver = startClock((clock) => seen.push(clock))
  return { seen, driver }
}

test('says what the newest message says, and never advances by itself', () => {
  const { seen, driver } = started()
  driver.heard({ at: 1000, store: 's' })
  vi.advanceTimersByTime(1500)
  expect(seen).toEqual([{ at: 1000, stalled: false }])
  driver.heard({ at: 2000, store: 's' })
  expect(driver.clock).toEqual({ at: 2000, stalled: false })
  driver.stop()
})

test('is stalled within two seconds of silence, and moves again with the next message', () => {
  const { driver } = started()
  driver.heard({ at: 1000, store: 's' })
  vi.advanceTimersByTime(2000)
  expect(driver.clock).toEqual({ at: 1000, stalled: true })
  driver.heard({ at: 9000, store: 's' })
  expect(driver.clock).toEqual({ at: 9000, stalled: false })
  driver.stop()
})

test('is stalled at once when the connection is known to be gone', () => {
  const { seen, driver } = started()
  driver.heard({ at: 1000, store: 's' })
  driver.lost()
  driver.lost()
  expect(seen.at(-1)).toEqual({ at: 1000, stalled: true })
  expect(seen).toHaveLength(2)
})

test('does not go back for what comes late; another store, and one whose clock was set back, bring their own time', () => {
  const { driver } = started()
  driver.heard({ at: 50_000, store: 's' })
  driver.heard({ at: 49_000, store: 's' })
  expect(driver.clock.at).toBe(50_000)
  driver.heard({ at: 49_000, store: 'other' })
  expect(driver.clock.at).toBe(49_000)
  driver.heard({ at: 20_000, store: 'other' })
  expect(driver.clock.at).toBe(20_000)
  driver.stop()
})
