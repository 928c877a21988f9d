/** How often a panel asks again: at once where values seldom move, four times a minute where they never rest, and nothing is forgotten. */
import { expect, test } from 'vitest'
import { PACE, startPace } from '../../../client/shell/pace.ts'

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
