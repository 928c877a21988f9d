/** Equal questions at the same time: one run, every asker its answer; given up only when nobody waits. */
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
