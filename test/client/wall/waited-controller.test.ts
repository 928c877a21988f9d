/** How long a wall has waited for its first picture: each second anew, and no longer than it waits. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WaitedController } from '../../../client/wall/waited-controller.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('it counts from the first drawing without a picture, asks for a new one each second, and ends with the picture', () => {
  let [drawn, waits] = [0, true]
  const host = {
    ...{ addController: () => {}, removeController: () => {}, updateComplete: Promise.resolve(true) },
    requestUpdate: () => void drawn++,
  }
  const one = new WaitedController(host, () => waits)
  vi.advanceTimersByTime(5000)
  expect([one.waited, drawn]).toEqual([0, 0])
  one.hostUpdated()
  vi.advanceTimersByTime(1500)
  one.hostUpdated()
  vi.advanceTimersByTime(1500)
  expect([one.waited, drawn]).toEqual([3000, 3])
  waits = false
  one.hostUpdated()
  vi.advanceTimersByTime(5000)
  expect([one.waited, drawn]).toEqual([0, 3])
  waits = true
  one.hostUpdated()
  one.hostDisconnected()
  vi.advanceTimersByTime(5000)
  expect(drawn).toBe(3)
})
