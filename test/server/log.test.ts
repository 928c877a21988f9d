/** The log: one line each, with the chain of causes. */
import { expect, test } from 'vitest'
import { createLog } from '../../server/log.ts'
import { languageOf } from '../../server/settings.ts'

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

test('what is said in two languages is written in that of the process, Vietnamese unless it is told otherwise', () => {
  const said = { vi: 'kho lại trả lời', en: 'the store answers again' }
  const lines: string[] = []
  for (const env of [{}, { LANGUAGE: 'vi' }, { LANGUAGE: 'vi_VN:vi' }, { LANGUAGE: 'en' }])
    createLog('serve', Date.now, (line) => lines.push(line), languageOf(env)).info(said)
  expect(lines.map((line) => line.slice('2026-11-22T02:41:27.123Z '.length))).toEqual([
    ...Array(3).fill('info serve: kho lại trả lời'),
    'info serve: the store answers again',
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
