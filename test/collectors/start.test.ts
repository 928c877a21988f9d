/** The whole path against the demonstration country: live first, history behind, corrections, silence, a store that is away. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Country, startCountry } from '../../collectors/country/start.ts'
import { disk } from '../../collectors/disk.ts'
import type { Collectors, CollectorsOptions } from '../../collectors/start.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { eventually } from '../support/eventually.ts'
import { startWorld, type World } from '../support/world.ts'
import { catalogueOf, clockOf, collectorsOf, folderOf, httpSource, logOf, mappings, standing, storeOf } from './rig.ts'

const START = '2026-11-23T10:02:00+07:00'
const NGHE_AN = '000.00.00.H41'
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

async function rig(more: Record<string, unknown> = {}, options: Partial<CollectorsOptions> = {}) {
  const clock = clockOf(START)
  const country: Country = await startCountry({ port: 0, seed: 5, now: clock.now, state: null })
  undo.push(() => country.stop())
  const made = folderOf()
  undo.push(made.remove)
  const [store, log] = [storeOf(), logOf()]
  const catalogue = catalogueOf(httpSource(country.url, more))
  const start = (): Collectors => {
    const collectors = collectorsOf({
      catalogue,
      folder: made.path,
      deliver: store.deliver,
      now: clock.now,
      log,
      ...options,
    })
    undo.push(() => collectors.stop())
    return collectors
  }
  const fault = (body: unknown) =>
    fetch(`${country.url}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const heal = () => fetch(`${country.url}/faults`, { method: 'DELETE' })
  /** Sum of an indicator of Nghệ An as it stands, and as the country says it is. */
  async function sums(from: number) {
    const answer = await fetch(
      `${country.url}/truth?from=${new Date(from).toISOString()}&to=${new Date(clock.at).toISOString()}`,
    )
    const said = (await answer.json()) as { truth: Record<string, { unit: string; value: number }[]> }
    const truth = said.truth['interchange/received']?.filter((row) => row.unit === NGHE_AN) ?? []
    const ours = [...standing(store.observations()).values()].filter(
      (one) => one.indicator === 'interchange/received' && one.members.unit === 'nghe-an' && one.state === 'taken',
    )
    return {
      ours: [ours.length, ours.reduce((sum, one) => sum + Number(one.value), 0)],
      truth: [truth.length, truth.reduce((sum, row) => sum + row.value, 0)],
    }
  }
  const begin = clock.at - 2 * MINUTE - 3 * HOUR
  return { clock, country, folder: made.path, store, log, start, fault, heal, sums, begin }
}

const vitals = (store: ReturnType<typeof storeOf>, indicator: string) =>
  store.batches.flatMap((batch) => batch.observations).filter((one) => one.indicator === indicator)

describe('asking', () => {
  test('the live edge first, then history newest first, until what stands is the truth', async () => {
    const { start, store, sums, begin } = await rig()
    const collectors = start()
    await collectors.tick()
    await collectors.idle()
    const windows = store.batches
      .flatMap((batch) => (batch.observations[0]?.source === 'demo/interchange' ? [batch.observations[0]] : []))
      .map((one) => one.from)
    expect(windows.length).toBeGreaterThan(2)
    expect(windows.slice(1)).toEqual(windows.slice(1).sort((a, b) => b - a))
    const { ours, truth } = await sums(begin)
    expect(ours).toEqual(truth)
    expect(truth[0]).toBe(36)
    expect(collectors.progress().sources[0]).toMatchObject({ up: true, done: 36, wanted: 36 })
    expect(store.observations().filter((one) => one.state === 'held').length).toBeGreaterThan(0)
  })

  test('nothing is said twice: asking again delivers only what is new', async () => {
    const { start, store, clock } = await rig()
    const collectors = start()
    await collectors.tick()
    await collectors.idle()
    const before = store.observations().length
    clock.move(5000)
    await collectors.tick()
    await collectors.idle()
    expect(store.observations()).toHaveLength(before)
    clock.move(5 * MINUTE)
    await collectors.tick()
    await collectors.idle()
    expect(store.observations()).toHaveLength(before + 51 * 2)
    expect(standing(store.observations()).size).toBe(before + 51 * 2)
  })

  test('a source is asked only when it is due', async () => {
    const { start, clock, fault, log } = await rig()
    const collectors = start()
    await collectors.tick()
    await collectors.idle()
    await fault({ kind: 'down' })
    clock.move(1000)
    await collectors.tick()
    expect(log.lines).toEqual([])
    clock.move(4000)
    await collectors.tick()
    expect(log.lines).toHaveLength(1)
  })

  test('after a pause, and after a restart, the gap is asked and nothing else', async () => {
    const { start, store, clock, sums, begin } = await rig()
    const first = start()
    await first.tick()
    await first.idle()
    await first.stop()
    const before = store.observations().length
    clock.move(7 * HOUR)
    const second = start()
    await second.tick()
    await second.idle()
    const { ours, truth } = await sums(begin)
    expect(ours).toEqual(truth)
    expect(store.observations()).toHaveLength(before + 7 * 12 * 51 * 2)
  })
})

describe('by itself', () => {
  test('it ticks every second without being asked, and stops', async () => {
    const { start, store, country } = await rig({ backfill: '30m' }, { schedule: true })
    const collectors = start()
    await eventually(() => expect(store.observations()).toHaveLength(6 * 51 * 2))
    await collectors.stop()
    await country.stop()
  })
})

describe('the clock', () => {
  test('set back an hour, a correction still comes after what it corrects', async () => {
    const { start, store, clock, fault, sums, begin } = await rig({ backfill: '3h', revisit: '3h' })
    const collectors = start()
    await collectors.tick()
    await collectors.idle()
    await fault({ kind: 'correction', h_code: NGHE_AN, from: new Date(begin).toISOString(), delta: 4 })
    clock.move(-HOUR)
    await collectors.tick()
    await collectors.idle()
    clock.move(HOUR)
    const before = store.observations().length
    const { ours, truth } = await sums(begin)
    expect(ours).toEqual(truth)
    await collectors.tick()
    await collectors.idle()
    expect(store.observations()).toHaveLength(before)
  })
})

describe('changes', () => {
  test('a correction inside the horizon is one new version of one statement, and back again is another', async () => {
    const { start, store, clock, fault, country, sums, begin } = await rig()
    const collectors = start()
    await collectors.tick()
    await collectors.idle()
    const before = store.observations().length
    const from = new Date(clock.at - 2 * MINUTE - 10 * MINUTE).toISOString()
    // The clock of the collectors does not move between the versions; they are ordered all the same.
    const again = async () => {
      const next = start()
      await next.tick()
      await next.idle()
      await next.stop()
    }
    await collectors.stop()
    await fault({ kind: 'correction', h_code: NGHE_AN, from, delta: 3 })
    await again()
    expect(store.observations()).toHaveLength(before + 1)
    expect((await sums(begin)).ours).toEqual((await sums(begin)).truth)
    await fetch(`${country.url}/faults?kind=correction`, { method: 'DELETE' })
    await again()
    expect(store.observations()).toHaveLength(before + 2)
    expect((await sums(begin)).ours).toEqual((await sums(begin)).truth)
    expect(new Set(store.observations().map((one) => one.id)).size).toBe(before + 2)
  })

  test('a unit that was silent or late is caught up within the horizon', async () => {
    const { start, clock, fault, heal, sums, begin } = await rig({ backfill: '30m' })
    await fault({ kind: 'silence', h_code: NGHE_AN })
    const collectors = start()
    await collectors.tick()
    await heal()
    await fault({ kind: 'late', h_code: NGHE_AN, spans: 3 })
    clock.move(5000)
    await collectors.tick()
    await collectors.idle()
    await heal()
    clock.move(5000)
    await collectors.tick()
    await collectors.idle()
    const { ours, truth } = await sums(begin + 2.5 * HOUR)
    expect(ours).toEqual(truth)
  })

  test('duplicates count once; zeros are corrected afterwards', async () => {
    const { start, clock, fault, sums, begin, store } = await rig({ backfill: '30m' })
    await fault({ kind: 'duplicate', times: 1 })
    const collectors = start()
    await collectors.tick()
    await collectors.idle()
    expect(store.observations()).toHaveLength(6 * 51 * 2)
    clock.move(5 * MINUTE)
    await fault({ kind: 'zero', times: 1 })
    await collectors.tick()
    clock.move(5000)
    await collectors.tick()
    await collectors.idle()
    const { ours, truth } = await sums(begin + 2.5 * HOUR)
    expect(ours).toEqual(truth)
  })
})

describe('failing sources', () => {
  test.each([['down'], ['status500'], ['cut']])(
    '%s: logged once, nothing acknowledged, caught up on recovery',
    async (kind) => {
      const { start, store, clock, log, fault, heal, sums, begin } = await rig()
      await fault({ kind })
      const collectors = start()
      for (let run = 0; run < 3; run++) {
        await collectors.tick()
        clock.move(5000)
      }
      expect(store.observations()).toEqual([])
      expect(log.lines.map((line) => line.split(' ')[0])).toEqual(['warn'])
      expect(collectors.progress().sources[0]).toMatchObject({ up: false, seen: null })
      await heal()
      await collectors.tick()
      await collectors.idle()
      expect(log.lines.map((line) => line.split(' ')[0])).toEqual(['warn', 'info'])
      const { ours, truth } = await sums(begin)
      expect(ours).toEqual(truth)
      expect(vitals(store, 'system/source-up').map((one) => one.value)).toEqual(['0', '0', '1'])
    },
  )

  test('a source that hangs is given up after its timeout, and does not hold up another', async () => {
    const { start, fault, log } = await rig({ timeout: '1s' })
    await fault({ kind: 'hang', times: 1 })
    const collectors = start()
    await collectors.tick()
    expect(log.lines[0]).toContain('within 1s')
  })

  test('rows of the wrong type are kept verbatim as problems and counted, not lost', async () => {
    const { start, fault, folder, clock } = await rig({ backfill: '30m' })
    await fault({ kind: 'wrongType', times: 2 })
    const collectors = start()
    await collectors.tick()
    clock.move(5000)
    await collectors.tick()
    await collectors.idle()
    const lines = readFileSync(join(folder, 'problems', 'demo+interchange.ndjson'), 'utf8')
      .trim()
      .split('\n')
    expect(lines).toHaveLength(6 * 51 * 2)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ field: 'sent', row: { sent: 'abc' } })
  })
})

describe('the store away', () => {
  test('the outbox holds and history pauses; nothing is lost when it returns', async () => {
    const { start, store, clock, sums, begin } = await rig({ chunk: '5m' })
    store.away = true
    const collectors = start()
    await collectors.tick()
    await eventually(() => expect(collectors.progress().waiting).toBeGreaterThanOrEqual(16))
    clock.move(5 * MINUTE)
    await collectors.tick()
    const held = collectors.progress()
    expect(held.waiting).toBeLessThan(30)
    expect(held.sources[0]?.done).toBeLessThan(held.sources[0]?.wanted ?? 0)
    expect(store.batches).toEqual([])
    store.away = false
    await collectors.idle()
    const { ours, truth } = await sums(begin)
    expect(ours).toEqual(truth)
  })

  test('a full disk is said once, acknowledges nothing, and is overcome', async () => {
    let full = true
    const enospc = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
    const tight = {
      ...disk,
      writeSynced: (path: string, text: string) =>
        full && path.includes('outbox') ? enospc() : disk.writeSynced(path, text),
    }
    const { start, store, clock, log, sums, begin } = await rig({}, { disk: tight })
    const collectors = start()
    for (let run = 0; run < 3; run++) {
      await collectors.tick()
      clock.move(5000)
    }
    expect(store.observations()).toEqual([])
    expect(log.lines).toHaveLength(1)
    expect(log.lines[0]).toContain('the disk is full')
    full = false
    await collectors.tick()
    await collectors.idle()
    const { ours, truth } = await sums(begin)
    expect(ours).toEqual(truth)
  })
})

describe('a damaged folder', () => {
  const damage = (file: string) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, -30))

  test('a batch torn on disk is moved aside, and what it carried is asked again', async () => {
    const { start, store, folder, sums, begin, log } = await rig()
    store.away = true
    const first = start()
    await first.tick()
    await eventually(() => expect(first.progress().sources[0]?.done).toBe(36))
    await first.stop()
    const outbox = join(folder, 'outbox')
    for (const name of readdirSync(outbox)) damage(join(outbox, name))
    store.away = false
    const second = start()
    await second.tick()
    await second.idle()
    const { ours, truth } = await sums(begin)
    expect(ours).toEqual(truth)
    expect(log.lines.some((line) => line.includes('refused/'))).toBe(true)
  })

  test('a cursor torn on disk is begun again: everything is asked again, nothing is lost', async () => {
    const { start, folder, sums, begin } = await rig()
    const first = start()
    await first.tick()
    await first.idle()
    await first.stop()
    damage(join(folder, 'cursors', 'demo+interchange.json'))
    const second = start()
    await second.tick()
    await second.idle()
    const { ours, truth } = await sums(begin)
    expect(ours).toEqual(truth)
  })

  test('a folder that cannot be used is said once and tried again', async () => {
    let locked = true
    const stuck = {
      ...disk,
      makeFolder: (path: string) => (locked ? Promise.reject(new Error('EACCES')) : disk.makeFolder(path)),
    }
    const { start, store, log } = await rig({}, { disk: stuck })
    const collectors = start()
    await collectors.tick()
    await collectors.tick()
    expect(log.lines).toHaveLength(1)
    expect(collectors.progress()).toEqual({ sources: [], waiting: 0 })
    locked = false
    await collectors.tick()
    await collectors.idle()
    expect(store.observations().length).toBeGreaterThan(0)
  })
})

describe('what a stranger may declare', () => {
  const worlds: World[] = []
  afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.stop()))))

  async function stranger(rows: () => unknown, more: Record<string, unknown>) {
    const world = await startWorld(() => ({ body: JSON.stringify(rows()) }))
    worlds.push(world)
    const made = folderOf()
    undo.push(made.remove)
    const [clock, store, log] = [clockOf(START), storeOf(), logOf()]
    const source = httpSource(world.url, { url: `${world.url}/now`, rows: '', ...more })
    const collectors = collectorsOf({
      catalogue: catalogueOf(source),
      folder: made.path,
      deliver: store.deliver,
      now: clock.now,
      log,
    })
    undo.push(() => collectors.stop())
    return { world, clock, store, log, collectors }
  }

  test('a url without {from} is asked each time; only what is new is delivered, and a row that returns is not', async () => {
    let rows = [{ h_code: NGHE_AN, period: '20261123095000', sent: 1, received: 2 }]
    const { clock, store, collectors } = await stranger(() => rows, {})
    const step = async () => {
      await collectors.tick()
      await collectors.idle()
      clock.move(5000)
    }
    await step()
    await step()
    expect(store.observations()).toHaveLength(2)
    rows = [...rows, { h_code: NGHE_AN, period: '20261123095500', sent: 3, received: 4 }]
    await step()
    expect(store.observations()).toHaveLength(4)
    expect(vitals(store, 'system/windows-done').at(-1)?.value).toBe('1')
  })

  test('an expression that is no cron is said, and stops only its own source', async () => {
    const { log, collectors, world } = await stranger(() => [], { every: 'mỗi phút' })
    await collectors.tick()
    expect(log.lines[0]).toContain('not a cron expression')
    expect(world.asked).toEqual([])
  })

  test('what differs only by Unicode form or lone surrogates is well-formed when it arrives', async () => {
    const row = { h_code: NGHE_AN, period: '20261123095000', sent: 1, received: 2, quote: 'Nghe\u0323\u0302 \udc00' }
    const { store, collectors } = await stranger(() => [row], {
      observations: [{ ...mappings[0], citation: { field: 'quote' } }],
    })
    await collectors.tick()
    await collectors.idle()
    expect(store.observations()[0]?.citation).toBe('Nghệ \ufffd')
  })
})

describe('vitals', () => {
  test('one set per ten seconds and source, and one at every change', async () => {
    const { start, store, clock, fault } = await rig({ backfill: '30m' })
    const collectors = start()
    for (let second = 0; second <= 30; second++) {
      if (second === 21) await fault({ kind: 'down' })
      await collectors.tick()
      clock.move(1000)
    }
    await collectors.idle()
    const up = vitals(store, 'system/source-up').map((one) => [(one.from - Date.parse(START)) / 1000, one.value])
    expect(up).toEqual([
      [0, '1'],
      [10, '1'],
      [20, '1'],
      [25, '0'],
    ])
    expect(vitals(store, 'system/windows-wanted')[0]).toMatchObject({
      source: 'system/collectors',
      members: { source: 'demo/interchange' },
      value: '6',
    })
    // What was fetched is said when it changed, done and wanted together; never the same twice.
    const [done, wanted] = ['system/windows-done', 'system/windows-wanted'].map((id) => vitals(store, id))
    expect(done?.map((one) => one.from)).toEqual(wanted?.map((one) => one.from))
    const pairs = done?.map((one, i) => `${one.value}/${wanted?.[i]?.value}`) ?? []
    expect(pairs.at(-1)).toBe('6/6')
    expect(new Set(pairs).size).toBe(pairs.length)
  })
})
