/** The log: one line each, with the chain of causes. */
import { expect, test } from 'vitest'
import { createLog } from '../../server/log.ts'

function logged(say: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = []
  say(
    createLog(
      'outbox',
      () => Date.UTC(2026, 10, 22, 2, 41, 27, 123),
      (line) => lines.push(line),
    ),
  )
  return lines
}

test('one line with stamp, level and room', () => {
  expect(logged((log) => log.info('đã nhận\n  34 tỉnh'))).toEqual([
    '2026-11-22T02:41:27.123Z info outbox: đã nhận · 34 tỉnh',
  ])
})

test('the chain of causes, without stacks', () => {
  const cause = new Error('cannot store', { cause: new TypeError('fetch failed', { cause: 'ECONNREFUSED' }) })
  expect(logged((log) => log.error('a batch waits', cause))).toEqual([
    '2026-11-22T02:41:27.123Z error outbox: a batch waits: cannot store ← fetch failed ← ECONNREFUSED',
  ])
})

test('a fault of our own says where, still on one line', () => {
  const [line = ''] = logged((log) => log.warn('odd', new TypeError('x is not a function')))
  expect(line).toContain('log.test.ts')
  expect(line).not.toContain('\n')
})
