/** Backup and restore on real engines: while writing goes on, cut short, damaged, into what is not empty, and by the command line. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MAX_ALSO } from '../../../kpi/query.ts'
import { backUp } from '../../../server/care/backup.ts'
import { reach } from '../../../server/care/reach.ts'
import { openBackup, restore } from '../../../server/care/restore.ts'
import { ASK } from '../../../server/queries/index.ts'
import type { Settings } from '../../../server/settings.ts'
import { connect, type Store } from '../../../server/store/connect.ts'
import { migrate } from '../../../server/store/migrate.ts'
import { openStore } from '../../../server/store/open.ts'
import { HalfRestored } from '../../../server/store/state.ts'
import { care, whole } from '../../support/care.ts'
import { remembering } from '../../support/declared.ts'
import { type Engine, lendEngine, startEngine } from '../../support/engine.ts'
import { livingAt } from '../../support/living.ts'
import { scratch } from '../../support/scratch.ts'
import { startStore, type TestStore } from '../../support/store.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const DAY = 86_400_000
const tell = () => {}
let house: TestStore
let folder: string
let before: Awaited<ReturnType<typeof whole>>
let readings: unknown
const engines: Engine[] = []
const stores: Store[] = []

/** A data folder that remembers what the declarations said. */
const known = (name: string) => remembering(join(folder, name))

async function empty(): Promise<Store> {
  const engine = await lendEngine()
  const store = connect({ url: engine.url, now: () => house.clock.now })
  engines.push(engine)
  stores.push(store)
  return store
}
async function read(store: Store): Promise<unknown> {
  const pulse = { at: NOW, store: 'any' }
  const common = { indicator: 'interchange/sent', where: {} }
  const span = { from: NINE - 70 * DAY, to: NINE + DAY }
  const { catalogue } = house
  const ids = [...catalogue.indicators.keys()]
  const answers: unknown[] = [
    await ASK.readings(store, catalogue, { ...common, window: 'today', by: ['unit'] }, pulse),
    await ASK.held(store, catalogue, { ...span, where: {}, limit: 200 }, pulse),
    await ASK.reconciliation(store, catalogue, { ...span, where: {}, limit: 200 }, pulse),
  ]
  // Every indicator as of now, whole and by unit; and as it was known before the last corrections, where there is anything to know.
  for (let i = 0; i < ids.length; i += MAX_ALSO + 1) {
    const [indicator = '', ...also] = ids.slice(i, i + MAX_ALSO + 1)
    for (const by of [[], ['unit']])
      answers.push(await ASK.readings(store, catalogue, { indicator, also, by, where: {} }, pulse))
  }
  const asOf = NOW - DAY + 500
  const [indicator = '', ...also] = ids.filter((id) => id.startsWith('interchange/')).slice(0, MAX_ALSO + 1)
  answers.push(
    await ASK.readings(store, catalogue, { indicator, also, by: [], where: {}, asOf }, { at: asOf, store: 'any' }),
  )
  for (const asOf of [undefined, NOW - DAY + 500])
    for (const indicator of ['interchange/sent', 'interchange/accepted', 'interchange/accepted-share'])
      answers.push(
        await ASK.series(store, catalogue, { ...common, ...span, indicator, grain: 'day', asOf }, pulse),
        await ASK.observations(store, catalogue, { ...common, ...span, indicator, limit: 500, asOf }, pulse),
      )
  return answers
}

beforeAll(async () => {
  folder = mkdtempSync(join(scratch(), 'toan-canh-backup-'))
  house = await startStore(NOW - 70 * DAY)
  const { clock } = house
  const sent = (unit: string, from: number, value: string, more: object = {}) =>
    house.say({ indicator: 'interchange/sent', unit, from, value, ...more })
  for (const back of [70, 35, 1, 0]) {
    clock.now = NOW - back * DAY
    for (const unit of ['hue', 'ha-noi']) {
      await sent(unit, NINE - back * DAY, `${back + 1}.5`, { citation: 'Quyết định “1565/QĐ-TTg”' })
      await house.say({ indicator: 'interchange/accepted', unit, from: NINE - back * DAY, value: '1' })
    }
  }
  // A clock that was three hours ahead, and was set right.
  clock.now += 10_800_000
  await sent('ha-noi', NINE - 70 * DAY + 900_000, '5')
  clock.now += 1000 - 10_800_000
  await sent('hue', NINE - 35 * DAY, '7')
  await sent('ha-noi', NINE, '99999', { state: 'held', reason: 'too-large' })
  await sent('ha-noi', NINE - DAY, '0', { state: 'withdrawn' })
  await house.fold()
  await house.store.insert('shown', [{ slice: 's', key: 'k', pulse: NOW, reading: '{"value":"1"}' }], 'shown-1')
  // A row of every other table of the record.
  const also = { at: NOW, stored: NOW, said: '{"vi":"“x”"}' }
  await house.store.insert('journal', [{ ...also, cause: 'c', number: 1, id: 'i', kind: 'opened', author: 'a' }], 'j')
  await house.store.insert('saved', [{ ...also, owner: 'truc-ban', id: 'v' }], 'v')
  await house.store.insert('correction', [{ since: NOW - 1, id: 'x', indicator: 'interchange/sent', said: '{}' }], 'c')
  const day = NINE - 900 * DAY
  await house.store.insert('retired', [{ level: 'minute', source: 's', indicator: 'a/b', day, at: NOW - 1 }], 'r')
  before = await whole(house.store)
  for (const [table, rows] of Object.entries(before)) expect(rows.length, table).toBeGreaterThan(0)
  readings = await read(house.store)
  // While the backup waits, an old value is corrected, new ones come, and both are folded.
  const wait = async (ms: number) => {
    clock.now += ms
    await sent('hue', NINE - 70 * DAY, '1000')
    await sent('hue', NINE + 1_800_000, '2000')
    await house.fold()
  }
  await backUp({ store: house.store, folder: join(folder, 'a'), alone: false, wait, tell })
})
afterAll(async () => {
  for (const store of stores) await store.close()
  for (const engine of engines) await engine.stop()
  await house.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a backup of a store that is being written to is the store of its moment, folds and readings included', async () => {
  expect(await whole(house.store)).not.toEqual(before)
  const store = await empty()
  let laid = 0
  const failing: Store = {
    ...store,
    async insertNative(...args) {
      if (++laid === 3) throw new Error('the store is away')
      await store.insertNative(...args)
    },
  }
  const from = { backup: await openBackup(join(folder, 'a')), catalogue: house.catalogue, tell }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const start = async () => (await openStore({ url: engines.at(-1)?.url ?? '', now: () => NOW }, log)).store.close()
  const copy = { store, folder: join(folder, 'half'), alone: true, wait: async () => {}, tell }
  // Cut short while its tables are made: what is there by half is no new store.
  for (const made of [1, 3]) {
    let ran = 0
    const making: Store = {
      ...store,
      async run(...args) {
        if (++ran > made) throw new Error('the store is away')
        await store.run(...args)
      },
    }
    await expect(restore({ store: making, ...from })).rejects.toThrow('the store is away')
    await expect(backUp(copy)).rejects.toThrow(HalfRestored)
  }
  await expect(start()).rejects.toThrow(HalfRestored)
  await expect(restore({ store: failing, ...from })).rejects.toThrow('the store is away')
  // Half of the record is no record: nothing starts on it, nothing copies it, until a restore has ended.
  await expect(start()).rejects.toThrow(HalfRestored)
  await expect(backUp(copy)).rejects.toThrow(HalfRestored)
  const after = await restore({ store, ...from })
  expect(after.files.filter(({ table }) => table === 'observation').map(({ month }) => month)).toEqual([
    '2026-11',
    '2026-09',
    '2026-10',
    '2026-11',
    '2026-11',
  ])
  expect(await whole(store)).toEqual(before)
  expect(await read(store)).toEqual(readings)
  await start()
  await restore({ store, ...from })
  await start()
  expect(await whole(store)).toEqual(before)
})

test('what a store holds besides is not mixed with a backup', async () => {
  const rows = await whole(house.store)
  const from = { backup: await openBackup(join(folder, 'a')), catalogue: house.catalogue, tell }
  await expect(restore({ store: house.store, ...from })).rejects.toThrow('2 are not of this backup')
  expect(await whole(house.store)).toEqual(rows)
  const again = backUp({ store: house.store, folder: join(folder, 'a'), alone: true, wait: async () => {}, tell })
  await expect(again).rejects.toThrow('is not empty')
  // Whatever it holds: acts of people are the record as well.
  const acts = await empty()
  await migrate(acts)
  const act = { cause: 'c', number: 9, id: 'own', kind: 'opened', author: 'a', at: NOW, stored: NOW, said: '{}' }
  await acts.insert('journal', [act], 'own')
  await expect(restore({ store: acts, ...from })).rejects.toThrow('1 are not of this backup')
  expect((await whole(acts)).journal).toHaveLength(1)
})

test('by the command line: from an engine to a server and back, beside a running one, a damaged file, a wrong word', async () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => join(folder, name)) as [string, string, string, string]
  const data = known('data')
  expect(await care(['restore', '--from', a], { DATA: data })).toMatchObject({ code: 0, err: '' })
  const saved = await care(['backup', '--to', b], { DATA: data })
  expect(saved).toMatchObject({ code: 0, err: '' })
  expect(saved.out).toContain('Backed up 20 observations')
  // To a server by its address, from what came out of the embedded store.
  const server = await lendEngine()
  engines.push(server)
  expect(await care(['restore', '--from', b], { CLICKHOUSE: server.url, DATA: known('server') })).toMatchObject({
    code: 0,
    err: '',
  })
  // The backup of a server, which may be written to by others, waits for inserts that may be under way; its minute is two seconds.
  const saving = care(['backup', '--to', d], { CLICKHOUSE: server.url, ...livingAt(Date.now(), 30) })
  const engine = await startEngine(data)
  expect(statSync(join(data, 'engine.url')).mode & 0o777).toBe(0o600)
  const store = connect({ url: engine.url, now: () => NOW })
  expect(await whole(store)).toEqual(before)
  const onto = await care(['restore', '--from', b], { DATA: data, LANGUAGE: 'vi' })
  expect(onto).toMatchObject({ code: 78, out: '' })
  expect(onto.err).toContain('Hệ thống đang chạy')
  const there = connect({ url: server.url, now: () => NOW })
  expect(await whole(there)).toEqual(before)
  await Promise.all([store.close(), there.close()])
  // One that is too slow to leave in order kills itself, and leaves its word.
  if ((await engine.stop(true)) === 0) expect(existsSync(join(data, 'engine.url'))).toBe(false)
  expect((await care(['backup', c], { DATA: data })).err).toContain('Usage: npm run backup -- --to <folder>')

  // And back, from the server's address into an embedded store.
  const back = known('back')
  expect(await saving).toMatchObject({ code: 0, err: '' })
  expect(await care(['restore', '--from', d], { DATA: back })).toMatchObject({ code: 0, err: '' })
  const again = await startEngine(back)
  engines.push(again)
  const embedded = connect({ url: again.url, now: () => NOW })
  expect(await whole(embedded)).toEqual(before)
  await embedded.close()

  // Nothing is written of what is damaged or not complete; nothing is copied of what is not there.
  const month = join(b, 'observation/2026-10')
  const [victim = ''] = readdirSync(month)
  appendFileSync(join(month, victim), 'x')
  await expect(openBackup(b)).rejects.toThrow(join(month, victim))
  rmSync(join(month, victim))
  mkdirSync(join(month, victim))
  await expect(openBackup(b)).rejects.toThrow(join(month, victim))
  rmSync(join(b, 'manifest.json'))
  // Nor is a store made for it.
  const nothing = await care(['restore', '--from', b], { DATA: join(folder, 'untouched') })
  expect(nothing.code).toBe(78)
  expect(nothing.err).toContain(`The folder ${b} holds no complete backup`)
  expect(existsSync(join(folder, 'untouched', 'store'))).toBe(false)
  // A store that does not answer is told by its address, without its key.
  const away = await care(['backup', '--to', c], { CLICKHOUSE: 'http://default:hidden-from-all@127.0.0.1:1/x' })
  expect(away.code).toBe(1)
  expect(away.err).toContain('whether the store (CLICKHOUSE=http://127.0.0.1:1/x) answers')
  expect(away.err).not.toContain('hidden-from-all')
  const nowhere = { clickhouse: undefined, data: join(folder, 'nowhere') } as Settings
  await expect(reach(nowhere, () => NOW, false)).rejects.toThrow('There is no store')
})

test('a copy of folds is what the store held, while they are folded anew too; a part of them is refused', async () => {
  const { clock } = house
  const options = { alone: true, wait: async () => {}, tell }
  const half: Store = {
    ...house.store,
    native: (sql, params) =>
      house.store.native(sql.replace('FROM day FINAL WHERE', 'FROM day FINAL WHERE 0 AND'), params),
  }
  await expect(backUp({ ...options, store: half, folder: join(folder, 'part') })).rejects.toThrow(
    'is not what the store holds',
  )
  writeFileSync(join(folder, 'file'), '')
  for (const place of ['file', 'file/below'])
    await expect(backUp({ ...options, store: house.store, folder: join(folder, place) })).rejects.toThrow(
      `cannot be written into ${join(folder, place)} (E`,
    )
  // As it is after an earlier version, or where its tables were being made when everything was killed.
  await house.store.run('write', 'RENAME TABLE journal TO journal_later')
  await expect(backUp({ ...options, store: house.store, folder: join(folder, 'older') })).rejects.toThrow(
    'the shape of an earlier version',
  )
  await house.store.run('write', 'RENAME TABLE journal_later TO journal')
  // The first file goes to a device that is always full; once there is room the same folder will do.
  const crowded = join(folder, 'crowded')
  const copied = join(folder, 'part', 'observation')
  const isFirst = (month: string) => existsSync(join(copied, month, '000001.native.gz'))
  const first = join(crowded, 'observation', readdirSync(copied).find(isFirst) ?? '')
  mkdirSync(first, { recursive: true })
  symlinkSync('/dev/full', join(first, '000001.native.gz.new'))
  await expect(backUp({ ...options, store: house.store, folder: crowded })).rejects.toThrow(
    `of the folder ${crowded} is full`,
  )
  rmSync(join(first, '000001.native.gz.new'))
  // Or the last one: what was begun of the list of files is in nobody's way.
  const list = join(crowded, 'manifest.json.new')
  symlinkSync('/dev/full', list)
  await expect(backUp({ ...options, store: house.store, folder: crowded })).rejects.toThrow(
    `of the folder ${crowded} is full`,
  )
  rmSync(list)
  writeFileSync(list, 'half a list')
  await backUp({ ...options, store: house.store, folder: crowded })
  let [read, changed] = [0, false]
  const changing: Store = {
    ...house.store,
    async native(sql, params) {
      const bytes = await buffer(await house.store.native(sql, params))
      const { low, high } = params as { readonly low: number; readonly high: number }
      if (sql.includes('FROM day')) read++
      // Behind its back, while the portion that holds it is written.
      if (sql.includes('FROM day') && low <= NINE && NINE < high && !changed) {
        changed = true
        clock.now += 1000
        await house.say({ indicator: 'interchange/sent', unit: 'hue', from: NINE, value: '9' })
        await house.fold()
      }
      return Readable.from([bytes])
    },
  }
  const manifest = await backUp({ ...options, store: changing, folder: join(folder, 'changing') })
  expect(read).toBe(manifest.files.filter(({ table }) => table === 'day').length + 1)
})
