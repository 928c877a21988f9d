/** The record of what the glass said: nothing of it is taken for a repeat; while the store is away it waits on disk, and outlives its process. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { disk } from '../../../collectors/disk.ts'
import { openShelf } from '../../../collectors/shelf.ts'
import type { Text } from '../../../kpi/text.ts'
import { startShown } from '../../../server/live/shown.ts'
import type { Store } from '../../../server/store/connect.ts'
import { english } from '../../support/english.ts'

const PULSE = { at: 1000, store: 's' }
const said: string[] = []
const log = { info: () => {}, warn: () => {}, error: (text: Text | string) => void said.push(english(text)) }
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

class Refusal extends Error {}
const answered = (error: unknown) => error instanceof Refusal
const away = () => Promise.reject(new Error('away'))

/** A shelf of its own, a log of its own, and a store that does as it is told. */
function stand(name: string) {
  const [at, said, taken]: [string, string[], string[]] = [join(folder, name), [], []]
  const told = { ...log, error: (text: Text | string) => void said.push(english(text)) }
  const does = { insert: async (_keys: readonly string[]): Promise<void> => {} }
  const store = {
    async insert(_table: string, rows: readonly { key: string }[]) {
      const keys = rows.map(({ key }) => key)
      await does.insert(keys)
      taken.push(...keys)
    },
  } as unknown as Store
  const files = (of = '') => readdirSync(join(at, of)).filter((file) => file.endsWith('.ndjson'))
  return { at, said, told, taken, does, store, files, shelf: openShelf(disk, at) }
}
const pulse = (at: number) => ({ ...PULSE, at })

test('too many rows in memory take no file with them', async () => {
  const { does, store, shelf, told, files } = stand('both')
  does.insert = away
  let ill = false
  const disk = { ...shelf, write: (...of: [string, string]) => (ill ? away() : shelf.write(...of)) }
  const shown = startShown(store, disk, told)
  await shown.keep(pulse(1000), row('on disk'))
  ill = true
  const many = Array.from({ length: 30_000 }, (_, i) => ({ slice: 'a', key: String(i), reading: '{}' }))
  await shown.keep(pulse(2000), many)
  await shown.keep(pulse(3000), many)
  expect([shown.lost(), files().length]).toEqual([30_000, 1])
})

test('too many bytes on disk take no rows in memory with them', async () => {
  const { does, store, shelf, told, taken } = stand('bytes')
  does.insert = away
  let ill = true
  const gone: string[] = []
  const disk = {
    ...shelf,
    list: async () => ['000000000002000-a.ndjson', '000000000003000-b.ndjson'].map((name) => ({ name, bytes: 300e6 })),
    write: (...of: [string, string]) => (ill ? away() : shelf.write(...of)),
    remove: async (name: string) => void gone.push(name),
  }
  const shown = startShown(store, disk, told)
  await shown.keep(pulse(1000), row('in memory'))
  ill = false
  expect(shown.lost()).toBe(500)
  expect(gone).toEqual(['000000000002000-a.ndjson'])
  does.insert = async () => {}
  await shown.keep(pulse(4000), row('new'))
  expect(taken).toEqual(['in memory', 'new'])
})

test('a file that cannot be read just now is read again and keeps nothing else waiting', async () => {
  const { does, store, shelf, told, taken, said, files } = stand('read')
  does.insert = away
  const first = startShown(store, shelf, told)
  await first.keep(pulse(1000), row('1'))
  await first.keep(pulse(2000), row('2'))
  does.insert = async () => {}
  let ill = true
  const [bad] = files()
  const read = (name: string) => {
    if (ill && name === bad) throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
    return shelf.read(name)
  }
  const next = startShown(store, { ...shelf, read: async (name) => read(name) }, told)
  await next.keep(pulse(3000), row('3'))
  await next.keep(pulse(4000), row('4'))
  expect([taken, files(), next.lost()]).toEqual([['2', '3', '4'], [bad], 0])
  expect(said).toEqual([`shown: the disk does not give ${bad} now; it is tried again`])
  ill = false
  await next.keep(pulse(5000), row('5'))
  expect([taken.sort(), files(), next.lost()]).toEqual([['1', '2', '3', '4', '5'], [], 0])
})

test('a damaged file is moved aside and counted once, also where the store is away and the disk at first moves nothing', async () => {
  const { at, does, store, shelf, told, taken, said, files } = stand('torn')
  await shelf.write('000000000001000-a.ndjson', '{"key":"1"}\n')
  writeFileSync(join(at, '000000000002000-b.ndjson'), '{"key":"2"}\n{"ke')
  does.insert = away
  let ill = true
  const setAside = (name: string) => (ill ? away() : shelf.setAside(name))
  const shown = startShown(store, { ...shelf, setAside }, told)
  await shown.keep(pulse(3000), row('3'))
  await shown.keep(pulse(4000), row('4'))
  expect(shown.lost()).toBe(0)
  ill = false
  await shown.keep(pulse(5000), row('5'))
  await shown.keep(pulse(6000), row('6'))
  expect([shown.lost(), files('refused')]).toEqual([500, ['000000000002000-b.ndjson']])
  does.insert = async () => {}
  await shown.keep(pulse(7000), row('7'))
  expect([taken, files(), shown.lost()]).toEqual([['1', '3', '4', '5', '6', '7'], [], 500])
  expect(said.at(-1)).toBe(
    'shown: 000000000002000-b.ndjson is damaged; what was shown at 1970-01-01T00:00:02.000Z is not in its record; 000000000002000-b.ndjson was moved to refused/',
  )
})

test('what the store refuses while it takes others is set aside, and the others are stored', async () => {
  const { does, store, shelf, told, taken, said, files } = stand('refused')
  does.insert = away
  const first = startShown(store, shelf, told)
  for (const key of ['bad', '1', '2', '3', 'worse', '4']) await first.keep(pulse(1000 + taken.length), row(key))
  does.insert = async (keys) => {
    if (keys.some((key) => key === 'bad' || key === 'worse')) throw new Refusal()
  }
  const next = startShown(store, shelf, told, answered)
  for (const key of ['5', '6', '7']) await next.keep(pulse(9000), row(key))
  expect(taken.sort()).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  expect([files(), files('refused').length, next.lost()]).toEqual([[], 2, 1000])
  expect(said.filter((text) => text.includes('takes others and refuses this'))).toHaveLength(2)
})

test('a store that refuses everything for a while speaks of itself: nothing is set aside, and it is not asked about each', async () => {
  const { does, store, shelf, told, taken, said, files } = stand('locked')
  let tries = 0
  const shown = startShown(store, shelf, told, answered)
  await shown.keep(pulse(1000), row('0'))
  does.insert = async () => {
    tries++
    throw new Refusal()
  }
  const keys = Array.from({ length: 12 }, (_, i) => `later ${i}`)
  for (const key of keys) await shown.keep(pulse(2000), row(key))
  expect(files()).toHaveLength(12)
  expect(tries).toBeLessThan(40)
  does.insert = async () => {}
  await shown.keep(pulse(3000), row('last'))
  expect(taken.sort()).toEqual(['0', 'last', ...keys].sort())
  expect([files(), shown.lost()]).toEqual([[], 0])
  expect(said).toEqual(['shown: the store refuses what the glass says; it waits, and the others are tried'])
})

test('an error that is no answer is waited out, however often it comes', async () => {
  const { does, store, shelf, told, taken, said } = stand('away')
  does.insert = away
  const shown = startShown(store, shelf, told, answered)
  for (const key of ['1', '2', '3']) await shown.keep(pulse(1000), row(key))
  does.insert = async () => {}
  await shown.keep(pulse(2000), row('4'))
  expect([taken.sort(), said, shown.lost()]).toEqual([['1', '2', '3', '4'], [], 0])
})

test('what a disk did not take while it was ill is put there when it is well again, also while the store holds it', async () => {
  const { does, store, shelf, told, taken, files } = stand('again')
  does.insert = () => new Promise(() => {})
  let ill = true
  const write = (...of: [string, string]) => (ill ? away() : shelf.write(...of))
  const shown = startShown(store, { ...shelf, write }, told)
  await Promise.all([shown.keep(pulse(1000), row('1')), shown.keep(pulse(2000), row('2'))])
  ill = false
  await shown.keep(pulse(3000), row('3'))
  await vi.waitFor(() => expect(files()).toHaveLength(3))
  does.insert = async () => {}
  await startShown(store, shelf, told).keep(pulse(4000), row('4'))
  expect([taken, files()]).toEqual([['1', '2', '3', '4'], []])
})

test('a folder that cannot be looked into at the start is looked into again, and what this process put there is handed over once', async () => {
  const { does, store, shelf, told, taken, said, files } = stand('blind')
  does.insert = away
  await startShown(store, shelf, told).keep(pulse(1000), row('1'))
  let ill = true
  const list = () => (ill ? away() : shelf.list())
  const next = startShown(store, { ...shelf, list }, told)
  await next.keep(pulse(2000), row('2'))
  await next.keep(pulse(3000), row('3'))
  does.insert = async () => {}
  ill = false
  await next.keep(pulse(4000), row('4'))
  await next.keep(pulse(5000), row('5'))
  expect([taken.sort(), files(), next.lost()]).toEqual([['1', '2', '3', '4', '5'], [], 0])
  expect(said).toEqual(['shown: what waits for the store on disk cannot be read now; it is tried again'])
})
