/** When a source is due: a pure rule of its expression, the last look and now. */

import { createTask } from 'node-cron'
import { expect, test } from 'vitest'
import { due, lateness, quick, secondsOf } from '../../collectors/due.ts'

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

test('seconds are told at a glance, or not at all', () => {
  const seconds = (first: string) =>
    [...(secondsOf(`${first} * * * * *`) ?? ['?'])].sort((a, b) => Number(a) - Number(b))
  expect(seconds('0')).toEqual([0])
  expect(seconds('*/20')).toEqual([0, 20, 40])
  expect(seconds('5/25')).toEqual([5, 30, 55])
  expect(seconds('1-3,30')).toEqual([1, 2, 3, 30])
  expect(seconds('10-20/5')).toEqual([10, 15, 20])
  expect(seconds('*')).toHaveLength(60)
  for (const odd of ['x', '*/0', '', '1,,2']) expect(seconds(odd)).toEqual(['?'])
  expect(secondsOf('* * * * *')).toBeNull()
})

test('a quick rule says what the slow one says, and asks it once a second at most', () => {
  for (const expression of [
    '0 * * * * *',
    '*/7 */3 9-17 * * 1-5',
    '5-55/25 0 0 1 * *',
    '0,30 59 23 31 12 *',
    '* * * * * 0',
  ]) {
    const task = createTask(expression, () => {}, { timezone: 'Asia/Ho_Chi_Minh' })
    let asked = 0
    const rule = quick((at) => {
      asked += 1
      return task.match(at)
    }, expression)
    for (const start of ['2026-11-22T16:58:30Z', '2026-12-31T16:59:00Z', '2026-11-30T16:59:30Z'])
      for (let at = Date.parse(start); at < Date.parse(start) + 90_000; at += 1000) {
        expect(rule(new Date(at)), `${expression} ${at}`).toBe(task.match(new Date(at)))
        expect(rule(new Date(at))).toBe(task.match(new Date(at)))
      }
    expect(asked).toBeLessThanOrEqual(270)
  }
})

test('a thousand sources of one minute are spread, each always at its own moment; others are asked at once', () => {
  const all = Array.from({ length: 1000 }, (_, i) => lateness(`many/${i}`, '0 * * * * *', null))
  const seconds = Array.from({ length: 20 }, (_, second) => all.filter((ms) => Math.floor(ms / 1000) === second).length)
  expect(seconds.every((count) => count > 25 && count < 80)).toBe(true)
  expect(lateness('many/7', '0 * * * * *', null)).toBe(all[7])
  expect([lateness('a', '*/30 * * * * *', null), lateness('a', '0 * * * * *', 0)]).toEqual([0, 0])
  expect(lateness('a', '*/5 * * * * *', 4000)).toBeLessThan(4000)
})
