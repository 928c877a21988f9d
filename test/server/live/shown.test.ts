/** The record of what the glass said: nothing of it is taken for a repeat; while the store is away it waits on disk, and outlives its process. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { disk } from '../../../collectors/disk.ts'
import { openShelf } from '../../../collectors/shelf.ts'
import { startShown } from '../../../server/live/shown.ts'
import type { Store } from '../../../server/store/connect.ts'

const PULSE = { at: 1000, store: 's' }
const said: string[] = []
const log = { info: () => {}, warn: () => {}, error: (text: string) => void said.push(text) }
const folder = mkdtempSync(join(tmpdir(), 'toan-canh-shown-'))
const shelf = openShelf(disk, join(folder, 'shown'))
const onDisk = () => readdirSync(join(folder, 'shown'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const row = (key: string) => [{ slice: 'a', key, reading: '{}' }]

test('two servers that speak at the same moment are two, and so are two boards of one', async () => {
  const tokens: string[] = []
  const store = {
    insert: async (_table: string, _rows: readonly object[], token: string) => void tokens.push(token),
  } as unknown as Store
  const [one, other] = [startShown(store, null, log), startShown(store, null, log)]
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
  const shown = startShown(store, shelf, log)
  const all = ['1', '2', '3', '4']
  await Promise.all(all.map((key) => shown.keep(PULSE, row(key))))
  expect(written).toEqual([['1'], all])
  away = false
  // Nothing is lost by tries that failed, and nothing is written twice.
  await shown.keep(PULSE, row('5'))
  expect(written.at(-1)).toEqual([...all, '5'])
  await shown.keep(PULSE, [])
  expect(written).toHaveLength(3)
  expect(onDisk()).toEqual([])
})

test('what was shown while the store was away, or did not answer in time, outlives the process and is handed over by the next, once', async () => {
  let state: 'hangs' | 'away' | 'fine' = 'hangs'
  const taken: string[] = []
  const store = {
    insert: async (_table: string, rows: readonly { key: string }[]) => {
      if (state === 'hangs') await new Promise(() => {})
      if (state === 'away') throw new Error('away')
      taken.push(...rows.map(({ key }) => key))
    },
  } as unknown as Store
  await startShown(store, shelf, log).keep(PULSE, row('1'))
  // By the time the glass says it, it is on disk; the process is killed then.
  expect(onDisk()).toHaveLength(1)
  state = 'away'
  const next = startShown(store, shelf, log)
  await next.keep({ ...PULSE, at: 2000 }, row('2'))
  expect(onDisk()).toHaveLength(2)
  state = 'fine'
  const last = startShown(store, shelf, log)
  await last.keep({ ...PULSE, at: 3000 }, row('3'))
  expect(taken).toEqual(['1', '2', '3'])
  expect(onDisk()).toEqual([])
  expect([said, last.lost()]).toEqual([[], 0])
})

test('what can be kept nowhere is said and counted', async () => {
  const store = { insert: () => Promise.reject(new Error('away')) } as unknown as Store
  const broken = { ...shelf, write: () => Promise.reject(new Error('no room')) }
  const shown = startShown(store, broken, log)
  const many = Array.from({ length: 30_000 }, (_, i) => ({ slice: 'a', key: String(i), reading: '{}' }))
  await shown.keep(PULSE, many)
  expect(shown.lost()).toBe(0)
  await shown.keep({ ...PULSE, at: 2000 }, many)
  expect(shown.lost()).toBe(30_000)
  expect(said).toEqual([
    'shown: what the glass says can be written neither to the store nor to the disk',
    'shown: too much waits for the store; what was shown from 1970-01-01T00:00:01.000Z on is not in its record',
  ])
})
