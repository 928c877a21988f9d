/** Patience with a source: its own time counts in full, that of a busy process does not, and it ends. */
import { expect, test } from 'vitest'
import { toWait } from '../../../../collectors/kinds/http/waiting.ts'

test.each([
  ['a process at leisure', { idle: 9990, active: 10 }, false],
  ['a process that works a tenth of the time', { idle: 9000, active: 1000 }, false],
  ['a process that worked half the time', { idle: 5000, active: 5000 }, true],
  ['a process that did nothing but work', { idle: 0, active: 10_000 }, true],
  ['the same, twenty seconds later', { idle: 0, active: 30_000 }, false],
])('of ten seconds, %s', (_, spent, more) => {
  expect(toWait(10_000, spent) > 0).toBe(more)
})

test('what is still to wait is what the source has not had yet', () => {
  expect(toWait(10_000, { idle: 4000, active: 6000 })).toBe(5000)
  expect(toWait(10_000, { idle: 2000, active: 27_000 })).toBe(1000)
})
