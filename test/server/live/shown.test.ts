/** The record of what the glass said: nothing of it is taken for a repeat, and a store that is long away costs no more than what waits for it. */
import { expect, test } from 'vitest'
import { startShown } from '../../../server/live/shown.ts'
import type { Store } from '../../../server/store/connect.ts'

const PULSE = { at: 1000, store: 's' }
const row = (key: string) => [{ slice: 'a', key, reading: '{}' }]

test('two servers that speak at the same moment are two, and so are two boards of one', async () => {
  const tokens: string[] = []
  const store = {
    insert: async (_table: string, _rows: readonly object[], token: string) => void tokens.push(token),
  } as unknown as Store
  const [one, other] = [startShown(store), startShown(store)]
  await one.keep(PULSE, row('x'))
  await one.keep(PULSE, row('y'))
  await other.keep(PULSE, row('z'))
  expect(new Set(tokens).size).toBe(3)
})

test('what comes while rows are being written follows them in one try, however much it is', async () => {
  const written: string[][] = []
  let away = true
  const store = {
    insert: async (_table: string, rows: readonly { key: string }[]) => {
      written.push(rows.map(({ key }) => key))
      if (away) throw new Error('away')
    },
  } as unknown as Store
  const shown = startShown(store)
  const all = ['1', '2', '3', '4']
  await Promise.all(all.map((key) => shown.keep(PULSE, row(key))))
  expect(written).toEqual([['1'], all])
  away = false
  // Nothing is lost by tries that failed, and nothing is written twice.
  await shown.keep(PULSE, row('5'))
  expect(written.at(-1)).toEqual([...all, '5'])
  await shown.keep(PULSE, [])
  expect(written).toHaveLength(3)
})
