/** Equal questions at the same time: one run, every asker its answer; given up only when nobody waits. */
import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { startOnce } from '../../server/once.ts'

/** A run that ends when told to; counts how often it began. */
function slow() {
  const signals: AbortSignal[] = []
  const ends: ((answer: string) => void)[] = []
  const run = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      signals.push(signal)
      ends.push(resolve)
      signal.addEventListener('abort', () => reject(new Error('given up')))
    })
  return { signals, ends, run }
}
const here = () => new AbortController()

test('ten askers of one question: it runs once, all have the answer; the next one runs anew', async () => {
  const once = startOnce()
  const { signals, ends, run } = slow()
  const answers = Array.from({ length: 10 }, () => once('a', here().signal, run))
  const other = once('b', here().signal, run)
  expect(signals).toHaveLength(2)
  ends[0]?.('one')
  ends[1]?.('two')
  expect(await Promise.all(answers)).toEqual(Array(10).fill('one'))
  expect(await other).toBe('two')
  const again = once('a', here().signal, run)
  expect(signals).toHaveLength(3)
  ends[2]?.('three')
  expect(await again).toBe('three')
})

test('one who leaves takes nothing from the others; when the last leaves the run is given up and the next begins anew', async () => {
  const once = startOnce()
  const { signals, ends, run } = slow()
  const [first, second] = [here(), here()]
  const left = once('a', first.signal, run)
  const stays = once('a', second.signal, run)
  first.abort()
  expect(signals[0]?.aborted).toBe(false)
  second.abort()
  expect(signals[0]?.aborted).toBe(true)
  const later = once('a', here().signal, run)
  expect(signals).toHaveLength(2)
  ends[1]?.('fresh')
  expect(await later).toBe('fresh')
  await expect(left).rejects.toThrow('given up')
  await expect(stays).rejects.toThrow('given up')
})

test('a run that fails fails for everyone who waits, and is forgotten', async () => {
  const once = startOnce()
  const failing = () => Promise.reject(new Error('no'))
  const both = [once('a', here().signal, failing), once('a', here().signal, failing)]
  for (const each of both) await expect(each).rejects.toThrow('no')
  expect(await once('a', here().signal, async () => 'yes')).toBe('yes')
})

test('a thousand screens that ask one after the other in a pulse are one question; the next pulse asks anew', async () => {
  const once = startOnce()
  let runs = 0
  const run = async () => ++runs
  for (let i = 0; i < 1000; i++) expect(await once('a', here().signal, run, 'pulse 1')).toBe(1)
  expect(await once('b', here().signal, run, 'pulse 1')).toBe(2)
  expect(await once('a', here().signal, run, 'pulse 2')).toBe(3)
  // Without a version nothing is kept.
  expect(await once('a', here().signal, run)).toBe(4)
})

test('what began before a pulse is no answer to who asks after it; a failure is not kept', async () => {
  const once = startOnce()
  const { ends, run } = slow()
  const before = once('a', here().signal, run, 'pulse 1')
  const after = once('a', here().signal, run, 'pulse 2')
  ends[0]?.('old')
  ends[1]?.('new')
  expect([await before, await after]).toEqual(['old', 'new'])
  expect(await once('a', here().signal, run, 'pulse 2')).toBe('new')
  await expect(once('c', here().signal, async () => Promise.reject(new Error('away')), 'pulse 2')).rejects.toThrow(
    'away',
  )
  expect(await once('c', here().signal, async () => 'there', 'pulse 2')).toBe('there')
})

test('who asks a thousand times is heard of no more once answered', async () => {
  const [once, asker] = [startOnce(), here()]
  for (let i = 0; i < 1000; i++) await once('a', asker.signal, async () => i)
  expect(getEventListeners(asker.signal, 'abort')).toHaveLength(0)
})
