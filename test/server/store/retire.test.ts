/** Retention on a real engine with the clock moved by hand: nothing goes unmarked, nothing kept is touched, what is sealed stays what it was. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import { DAY, HOUR, type Window } from '../../../kpi/range.ts'
import { backUp } from '../../../server/care/backup.ts'
import { examine } from '../../../server/care/doctor.ts'
import { openBackup, restore } from '../../../server/care/restore.ts'
import { held } from '../../../server/queries/held.ts'
import { ASK } from '../../../server/queries/index.ts'
import { checkKept } from '../../../server/queries/kept.ts'
import { connect } from '../../../server/store/connect.ts'
import { decide } from '../../../server/store/decide.ts'
import { sweep } from '../../../server/store/retire.ts'
import { whole } from '../../support/care.ts'
import { lendEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'
import { type Draft, MINUTE, projectCatalogue, startStore, type TestStore } from '../../support/store.ts'

const NINE = Date.parse('2025-01-10T09:00:00+07:00')
const SENT = 'interchange/sent'
const FOREVER = 'demo/portal'
/** Declared once, perhaps for ever: nobody knows any more. */
const GONE = 'demo/gone'
const RETENTION = { raw: 400 * DAY, minute: 90 * DAY, hour: 1095 * DAY }
let house: TestStore
let catalogue: Catalogue
type Rows = Readonly<Record<string, readonly Record<string, unknown>[]>>
const all = async () => (await whole(house.store)) as Rows

beforeAll(async () => {
  const project = projectCatalogue()
  const sources = new Map(
    [...project.sources].map(([id, source]) => [
      id,
      id === FOREVER ? { ...source, retain: 'forever' as const } : source,
    ]),
  )
  if (!sources.has(FOREVER)) throw new Error(FOREVER)
  catalogue = { ...project, sources }
  house = await startStore(NINE + HOUR, catalogue)
  const both = (more: Omit<Draft, 'indicator'>): Draft[] => [
    { ...more, indicator: SENT },
    { ...more, indicator: SENT, source: FOREVER },
  ]
  await house.say(
    ...both({ unit: 'hue', from: NINE, value: '1' }),
    ...both({ unit: 'hue', from: NINE + 10 * MINUTE, value: '2' }),
    ...both({ unit: 'hue', from: NINE - 2 * HOUR, value: '4' }),
    { indicator: 'interchange/accepted', unit: 'hue', from: NINE, value: '1' },
    { indicator: SENT, unit: 'hue', from: NINE, value: '3', source: GONE },
  )
  await house.fold()
})
afterAll(() => house.stop())

/** Sweeps until what is due is gone: once to mark it, an hour later to remove it. */
async function swept(): Promise<readonly string[]> {
  const said: string[] = []
  const once = async () => {
    for (const { level, done } of await sweep(house.store, catalogue, RETENTION, [])) said.push(`${level} ${done}`)
  }
  await once()
  await once()
  house.clock.now += 2 * HOUR
  await house.fold()
  await once()
  return said
}
const ofSource = (rows: readonly Record<string, unknown>[] | undefined, source: string) =>
  (rows ?? []).filter((row) => row.source === source)
const staying = (rows: readonly Record<string, unknown>[] | undefined) =>
  (rows ?? []).filter(({ source }) => source === FOREVER || source === GONE)
const day = async () => {
  const rows = ofSource((await all()).day, 'demo/interchange').filter(({ indicator }) => indicator === SENT)
  return rows.map(({ value, spans, held: waits, corrected }) => ({ value, spans, waits, corrected }))
}

/** A reading asked for at a moment. */
const reading = (query: { readonly window: Window; readonly asOf?: number }, at: number) =>
  ASK.readings(house.store, catalogue, { indicator: SENT, where: {}, by: [], ...query }, { at, store: house.storeId })

test('nothing goes before its time', async () => {
  house.clock.now = NINE + 89 * DAY
  expect(await swept()).toEqual([])
})

test('minutes go after ninety days, marked an hour before; what comes late is still folded from all there is', async () => {
  const before = await all()
  house.clock.now = Date.parse('2025-05-10T00:00:00+07:00')
  expect(await swept()).toEqual(['minute marked', 'minute removed'])
  await eventually(async () => expect(ofSource((await all()).minute, 'demo/interchange')).toEqual([]))
  const after = await all()
  expect(after.minute).toEqual(staying(before.minute))
  expect(ofSource(after.minute, GONE)).toHaveLength(1)
  for (const kept of ['observations', 'hour', 'day']) expect(after[kept]).toEqual(before[kept])
  const minutes = { indicator: SENT, from: NINE, to: NINE + HOUR, grain: 'minute' }
  await expect(checkKept(house.store, 'series', minutes)).rejects.toThrow(
    '2025-01-10 is past its retention; use grain=hour / grain=day',
  )
  await checkKept(house.store, 'series', { ...minutes, grain: 'hour' })
  await checkKept(house.store, 'observations', minutes)
  // A window of minutes as it was then; days are there for ever.
  await expect(reading({ window: '24h' }, NINE + DAY)).rejects.toThrow('use window=today')
  await reading({ window: '7d' }, NINE + DAY)

  await house.say({ indicator: SENT, unit: 'hue', from: NINE, value: '5' })
  await house.fold()
  expect(await day()).toEqual([{ value: '11', spans: 3, waits: 0, corrected: 1 }])
})

test('observations go by whole months after four hundred days; then the day is sealed', async () => {
  house.clock.now = Date.parse('2026-08-01T00:00:00+07:00')
  const before = await all()
  expect(await swept()).toEqual(['raw marked', 'minute removed', 'raw removed', 'raw removed'])
  await eventually(async () => expect((await all()).observations).toEqual(staying(before.observations)))
  const after = await all()
  for (const kept of ['hour', 'day']) expect(after[kept]).toEqual(before[kept])
  const asked = { indicator: SENT, from: NINE, to: NINE + HOUR }
  await expect(checkKept(house.store, 'observations', asked)).rejects.toThrow('2025-01-10')
  const byDay = { ...asked, grain: 'day' }
  await expect(checkKept(house.store, 'series', { ...byDay, asOf: NINE + DAY })).rejects.toThrow('later asOf')
  await checkKept(house.store, 'series', { ...byDay, asOf: house.clock.now })
  await expect(reading({ window: '7d', asOf: NINE + DAY }, NINE + DAY)).rejects.toThrow('later asOf')
  const part = { from: NINE, to: NINE + 30 * MINUTE, where: {}, by: 'unit', indicator: SENT }
  const breakdown = () => ASK.breakdown(house.store, catalogue, part, { at: house.clock.now, store: house.storeId })
  await expect(breakdown()).rejects.toThrow('past its retention')

  // One observation went into it; one that comes late would weigh as much.
  const late = { indicator: 'interchange/accepted', unit: 'hue', from: NINE, value: '70' }
  await house.say(late, { indicator: SENT, unit: 'hue', from: NINE, value: '9' })
  await house.say({ indicator: SENT, unit: 'hue', from: NINE, value: '9', source: FOREVER })
  await house.fold()
  const sealed = async () => (await all()).day?.filter(({ members }) => !('sealed' in (members as object)))
  const changed = ofSource(before.day, 'demo/interchange')
  expect(ofSource(await sealed(), 'demo/interchange')).toEqual(changed)
  expect(ofSource(await sealed(), FOREVER)).toMatchObject([{ value: '15', spans: 3, corrected: 1 }])
  const pulse = { at: house.clock.now, store: house.storeId }
  const query = { from: NINE, to: NINE + HOUR, where: {}, limit: 10 }
  const waiting = (await held(house.store, catalogue, query, pulse)).held
  expect(waiting.map(({ value, members }) => [value, members])).toEqual([
    ['70', { sealed: 'raw', unit: 'hue' }],
    ['9', { sealed: 'raw', unit: 'hue' }],
  ])
  expect(waiting[0]?.reason).toMatch(/^đã khóa: .* \| sealed: /)
  const word = { id: waiting[0]?.id ?? '', indicator: late.indicator, from: NINE, reason: 'muộn' }
  expect(await decide(house.store, catalogue, { ...word, decision: 'release' }, 'a')).toEqual({ not: 'sealed' })
  expect(await decide(house.store, catalogue, { ...word, decision: 'refuse' }, 'a')).toHaveProperty('said')

  // Another definition folds everything anew, but what is sealed.
  const kinds = new Map([...catalogue.indicators].map(([id, one]) => [id, { ...one }]))
  const accepted = kinds.get('interchange/accepted')
  const sent = kinds.get(SENT)
  if (accepted && sent) for (const one of [accepted, sent]) Object.assign(one, { kind: 'level' })
  await house.folding.redefine({ indicators: kinds })
  expect(ofSource(await sealed(), 'demo/interchange')).toEqual(changed)
  expect(ofSource(await sealed(), FOREVER)).toMatchObject([{ value: '2' }])
  await house.folding.redefine(catalogue)
  expect(ofSource(await sealed(), FOREVER)).toMatchObject([{ value: '15' }])
})

test('the doctor, a backup and its restore know what is sealed', async () => {
  await house.fold()
  const look = { store: house.store, catalogue, undeclared: [], all: true, repair: false, alone: true, tell: () => {} }
  expect((await examine(look)).filter(({ check }) => check === 'folds')).toEqual([])
  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-retire-'))
  const engine = await lendEngine()
  const store = connect({ url: engine.url, now: () => house.clock.now })
  try {
    const before = await all()
    await backUp({ store: house.store, folder, alone: true, wait: async () => {}, tell: () => {} })
    await restore({ store, backup: await openBackup(folder), catalogue, tell: () => {} })
    const after = (await whole(store)) as Rows
    // What is held apart counts nowhere; since when its definition is, is not kept.
    const counted = (rows: Rows) =>
      Object.fromEntries(
        Object.entries(rows).map(([name, all]) => [
          name,
          name === 'observations' ? all : all.filter(({ members }) => !('sealed' in ((members as object) ?? {}))),
        ]),
      )
    expect(counted(after)).toEqual(counted(before))
  } finally {
    await store.close()
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('hours go after three years, days stay', async () => {
  const before = await all()
  expect(ofSource(before.hour, 'demo/interchange').some((row) => `${row.stored}` < '2025-04')).toBe(true)
  house.clock.now = NINE + 1200 * DAY
  expect(await swept()).toContain('hour removed')
  await eventually(async () => {
    const hours = ofSource((await all()).hour, 'demo/interchange')
    expect(hours.filter((row) => `${row.stored}` < '2025-04')).toEqual([])
  })
  expect((await all()).day).toEqual(before.day)
  // Nobody is sent from minutes to hours that are gone too.
  const minutes = { indicator: SENT, from: NINE, to: NINE + HOUR, grain: 'minute' }
  await expect(checkKept(house.store, 'series', minutes)).rejects.toThrow(
    '2025-01-10 is past its retention; use grain=day',
  )
  expect(ofSource((await all()).hour, FOREVER)).toEqual(ofSource(before.hour, FOREVER))
})
