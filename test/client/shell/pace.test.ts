/** How often a panel asks again: at once where values seldom move, four times a minute where they never rest, and nothing is forgotten. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { askTogether, ownMoment, PACE, SPREAD, startPace } from '../../../client/shell/pace.ts'

const NOW = 1_800_000_000_000

test('what moves with every pulse is asked about once in a turn; what was put off has its turn', () => {
  const pace = startPace<number>()
  const asked = new Set<number>()
  for (let second = 0; second < 60; second++) asked.add(pace.take('', 'hour', `${second}`, NOW + second * 1000, second))
  expect([...asked]).toEqual([0, 15, 30, 45])
  expect(pace.isDue(NOW + 59_000)).toBe(false)
  expect(pace.isDue(NOW + 60_000)).toBe(true)
  expect(pace.take('', 'hour', '59', NOW + 60_000, 59)).toBe(59)
  expect(pace.isDue(NOW + 90_000)).toBe(false)
})

test('what moves seldom is asked about at once, and so is a new hour, window or revision', () => {
  const pace = startPace<string>()
  expect(pace.take('', 'hour', 'a', NOW, 'a')).toBe('a')
  expect(pace.take('', 'hour', 'b', NOW + PACE, 'b')).toBe('b')
  expect(pace.take('', 'hour', 'c', NOW + PACE + 1, 'c')).toBe('b')
  expect(pace.take('', 'revised', 'c', NOW + PACE + 2, 'c')).toBe('c')
})

test('two subjects have their turns at different times, one subject at the same on every screen', () => {
  const turns = (subject: string) => {
    const pace = startPace<number>()
    const asked = new Set<number>()
    for (let second = 0; second < 60; second++)
      asked.add(pace.take(subject, 'hour', `${second}`, NOW + second * 1000, second))
    return [...asked].slice(1)
  }
  expect(turns('documents/sent')).toEqual(turns('documents/sent'))
  expect(turns('documents/sent')).not.toEqual(turns('documents/received'))
  expect(turns('documents/sent').length).toBe(4)
})

describe('in a turn that all screens have', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  test('each page asks at a moment of its own, before the next pulse', async () => {
    const moments: number[] = []
    for (const share of [0.1, 0.5, 0.9]) {
      vi.spyOn(Math, 'random').mockReturnValue(share)
      askTogether(false)
      const began = Date.now()
      const moment = ownMoment(new AbortController().signal).then(() => moments.push(Date.now() - began))
      await vi.advanceTimersByTimeAsync(1000)
      await moment
    }
    expect(moments).toEqual([0.1 * SPREAD, 0.5 * SPREAD, 0.9 * SPREAD])
    expect(SPREAD).toBeLessThan(1000)
  })

  test('screens of one picture ask at once', async () => {
    askTogether(true)
    const began = Date.now()
    const moment = ownMoment(new AbortController().signal)
    await vi.advanceTimersByTimeAsync(1)
    await moment
    expect(Date.now() - began).toBeLessThanOrEqual(1)
  })

  test('who no longer wants to know asks nothing', async () => {
    const asker = new AbortController()
    const moment = ownMoment(asker.signal)
    asker.abort(new Error('gone'))
    await expect(moment).rejects.toThrow('gone')
    expect(vi.getTimerCount()).toBe(0)
  })
})
