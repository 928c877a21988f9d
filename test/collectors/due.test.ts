/** When a source is due: a pure rule of its expression, the last look and now. */
import { expect, test } from 'vitest'
import { due } from '../../collectors/due.ts'

const every = (seconds: number) => (at: Date) => at.getUTCSeconds() % seconds === 0
const AT = Date.parse('2026-11-22T09:00:00Z')

test('at once when never looked at, then once per matching second', () => {
  expect(due(every(5), null, AT + 1300)).toBe(true)
  expect(due(every(5), AT, AT + 4999)).toBe(false)
  expect(due(every(5), AT, AT + 5000)).toBe(true)
  expect(due(every(5), AT + 5000, AT + 5900)).toBe(false)
  expect(due(every(5), AT + 5900, AT + 9999)).toBe(false)
})

test('a match that passed between two looks is not missed', () => {
  expect(due(every(30), AT + 29_100, AT + 31_700)).toBe(true)
  expect(due(() => false, AT, AT + 3_600_000)).toBe(false)
  expect(due(() => false, AT, AT + 3_600_001)).toBe(true)
})

test('a clock set back does not silence a source', () => {
  expect(due(() => false, AT, AT - 1)).toBe(true)
})
