/** Which screens are offered a new build, and when. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startRenewals } from '../../../server/live/renewals.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function begin(screens: number, build: string | null = 'new') {
  const offers: string[] = []
  const renewals = startRenewals(build, (screen, offered) => offers.push(`${screen} ${offered}`))
  for (let i = 0; i < screens; i++) renewals.joined(`s${i}`, 'old')
  return { offers, renewals }
}

test('who runs the build that is handed out is offered nothing, nor is anybody where none is known', () => {
  const { offers, renewals } = begin(0)
  renewals.joined('a', 'new')
  expect(offers).toEqual([])
  expect(begin(3, null).offers).toEqual([])
})

test('one after the other: the next when the one before has gone over', () => {
  const { offers, renewals } = begin(3)
  expect(offers).toEqual(['s0 new'])
  // Said again after a board was changed: no second offer.
  renewals.joined('s0', 'old')
  renewals.left('s0')
  expect(offers).toEqual(['s0 new', 's1 new'])
  renewals.left('s2')
  renewals.left('s1')
  expect(offers).toHaveLength(2)
})

test('who does not go over is not waited for, and is asked again later', () => {
  const { offers } = begin(2)
  vi.advanceTimersByTime(45_000)
  expect(offers).toEqual(['s0 new', 's1 new'])
  vi.advanceTimersByTime(599_000)
  expect(offers).toHaveLength(2)
  vi.advanceTimersByTime(1000)
  expect(offers).toEqual(['s0 new', 's1 new', 's0 new'])
})

test('of many a twentieth at a time', () => {
  const { offers, renewals } = begin(200)
  expect(offers).toHaveLength(10)
  vi.advanceTimersByTime(45_000)
  expect(offers).toHaveLength(20)
  renewals.stop()
})
