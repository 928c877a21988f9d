/** A person asks running collectors for a stretch of the past: fetched once more, repeated and cut short without harm; and what a full queue does to who is asked. */
import { afterEach, expect, test } from 'vitest'
import { type Country, startCountry } from '../../collectors/country/start.ts'
import { newCursor } from '../../collectors/cursor.ts'
import { disk } from '../../collectors/disk.ts'
import { kindOf } from '../../collectors/kinds/index.ts'
import { openProblemLog } from '../../collectors/problem-log.ts'
import { openProblems } from '../../collectors/problems.ts'
import { cursorOf, lacking, leaveRequest, requestOf } from '../../collectors/requests.ts'
import type { CollectorsOptions } from '../../collectors/start.ts'
import { trySource } from '../../collectors/try.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import type { AskedSource } from '../../kpi/source.ts'
import { source, type Tools } from '../../server/care/source.ts'
import { eventually } from '../support/eventually.ts'
import { catalogueOf, clockOf, collectorsOf, folderOf, httpSource, indicator, logOf, standing, storeOf } from './rig.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

async function rig(options: Partial<CollectorsOptions> = {}, vitals: readonly string[] = []) {
  const clock = clockOf('2026-11-23T10:02:00+07:00')
  const country: Country = await startCountry({ port: 0, seed: 5, now: clock.now, state: null })
  undo.push(() => country.stop())
  const made = folderOf()
  undo.push(made.remove)
  const [store, log] = [storeOf(), logOf()]
  const declared = catalogueOf(httpSource(country.url, { backfill: '30m', chunk: '30m' }))
  const more = vitals.map((id) => [id, indicator(id, { kind: 'level' })] as const)
  const catalogue = { ...declared, indicators: new Map([...declared.indicators, ...more]) }
  const start = () => {
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
  return { clock, store, log, catalogue, start, country, folder: made.path }
}
const ID = 'demo/interchange'

test('a stretch before the backfill is fetched while the collectors run, again when asked again, and each statement stands once', async () => {
  const { clock, store, start, folder } = await rig()
  const collectors = start()
  await collectors.tick()
  await collectors.idle()
  const span = { from: clock.at - 2 * MINUTE - 2 * HOUR, to: clock.at - 2 * MINUTE - HOUR }
  const before = standing(store.observations()).size
  for (let round = 0; round < 2; round++) {
    await leaveRequest(disk, folder, ID, { ...span, begun: false })
    clock.move(1000)
    await collectors.tick()
    expect(await requestOf(disk, folder, ID)).toMatchObject({ begun: true })
    await collectors.idle()
    expect(lacking(span, await cursorOf(disk, folder, ID))).toBe(0)
    await collectors.tick()
    expect(await requestOf(disk, folder, ID)).toBeNull()
  }
  expect(standing(store.observations()).size).toBeGreaterThanOrEqual(before + 12 * 51 * 2)
})

test('cut short after it was begun, it is carried on at the next start', async () => {
  const { clock, start, folder } = await rig()
  const first = start()
  await first.tick()
  await first.idle()
  const span = { from: clock.at - 2 * MINUTE - 2 * HOUR, to: clock.at - 2 * MINUTE - HOUR }
  await leaveRequest(disk, folder, ID, { ...span, begun: false })
  const [ticked] = [first.tick(), await first.stop()]
  await ticked
  const second = start()
  clock.move(5000)
  await second.tick()
  await second.idle()
  await second.tick()
  expect([lacking(span, await cursorOf(disk, folder, ID)), await requestOf(disk, folder, ID)]).toEqual([0, null])
})

test('a queue that holds all it may stops the asking, says so once, and asks again when the store has some of it', async () => {
  const { clock, store, log, start } = await rig({ mostBytes: 5000 })
  store.away = true
  const collectors = start()
  await collectors.tick()
  await eventually(async () => {
    clock.move(5000)
    await collectors.tick()
    expect(log.lines.filter((line) => line.includes('OUTBOX_MEGABYTES'))).toHaveLength(1)
  })
  store.away = false
  await collectors.idle()
  clock.move(5000)
  await collectors.tick()
  await collectors.idle()
  expect(log.lines.at(-1)).toContain('answers again')
  expect(standing(store.observations()).size).toBeGreaterThanOrEqual(6 * 51 * 2)
})

test('figures of runs and of the queue are told when they change, once a minute at most', async () => {
  const told = [
    ...['system/rows', 'system/rows-held', 'system/duration', 'system/outbox-batches', 'system/source-silence'],
    ...['system/answer-bytes', 'system/last-success', 'system/rhythms-missed'],
  ]
  const { clock, store, start, country } = await rig({}, told)
  const collectors = start()
  for (let seconds = 0; seconds < 300; seconds += 10) {
    await collectors.tick()
    await collectors.idle()
    clock.move(10_000)
  }
  const said = store.batches
    .flatMap(({ observations }) => observations)
    .filter(({ source }) => source === 'system/collectors')
  const of = (id: string) => said.filter((one) => one.indicator === id)
  expect(of('system/source-up').length).toBeGreaterThan(20)
  expect(of('system/source-silence').map(({ value }) => value)).toEqual(['0'])
  expect(of('system/rows').length).toBeLessThan(6)
  expect(of('system/outbox-batches')[0]?.members).toEqual({ queue: 'collect' })
  expect(of('system/rhythms-missed').map(({ value }) => value)).toEqual(['0'])
  expect(Number(of('system/answer-bytes')[0]?.value)).toBeGreaterThan(1000)
  expect(Number(of('system/last-success').at(-1)?.value)).toBeGreaterThan(clock.at / 1000 - 100)
  expect(of('system/last-success').length).toBeLessThan(7)
  // A source that fails is behind by so many of its rhythms, and says so as a figure.
  await country.stop()
  for (let seconds = 0; seconds < 200; seconds += 5) {
    await collectors.tick()
    clock.move(5000)
  }
  await collectors.idle()
  const missed = store.batches
    .flatMap(({ observations }) => observations)
    .filter(({ indicator }) => indicator === 'system/rhythms-missed')
    .map(({ value }) => Number(value))
  expect(missed.at(-1)).toBeGreaterThan(10)
})

const PROBLEM = {
  ...{ place: 'source row 7', row: 7, field: 'sent', value: 'x' },
  ...{ message: { vi: 'không phải là số', en: 'is not a number' }, remedy: { vi: 'viết số', en: 'write a number' } },
}

test('npm run source: what one says now is shown in both languages and nothing of it is stored', async () => {
  const { clock, catalogue, store, folder } = await rig()
  const lines: string[] = []
  const tools = (language: 'vi' | 'en') =>
    ({
      ...{ settings: { language }, catalogue, now: clock.now, wait: async () => {}, try: trySource },
      tell: (text: { vi: string; en: string }) => void lines.push(text[language]),
      ...{
        cursor: async () => ({ received: 0, begin: null, done: [] }),
        timed: (one: AskedSource) => kindOf(one).begin(one, newCursor(0), 0) !== null,
        request: async () => null,
        leave: async () => {},
        lacking,
        problems: async ({ id }: { id: string }) => (await openProblemLog([folder]).page(id, { limit: 50 })).problems,
      },
    }) as unknown as Tools
  expect(await source(['try', ID], tools('en'))).toBe(0)
  expect(lines.join('\n')).toMatch(
    /rows in \d+ ms[\s\S]*observations taken[\s\S]*unit:nghe-an[\s\S]*0 problems[\s\S]*Nothing was stored/,
  )
  await source(['list'], tools('vi'))
  expect(lines.join('\n')).toMatch(/tin mới nhất[\s\S]*demo\/interchange/)
  await openProblems(disk, folder, ID).keep([{ problem: PROBLEM, row: { sent: 'x' } }], clock.at)
  await source(['problems', ID], tools('vi'))
  expect(lines.slice(-4)).toEqual([
    '2026-11-23 10:02:00  source row 7, sent = x: không phải là số',
    '    → viết số',
    '    {"sent":"x"}',
    `1 lỗi gần nhất của ${ID}; mỗi dòng lỗi chỉ ghi một lần.`,
  ])
  await expect(source(['try', 'demo/nothing'], tools('vi'))).rejects.toThrow('There is no source demo/nothing')
  await expect(source(['backfill', ID, '--from', 'yesterday', '--to', '2026-11-22'], tools('vi'))).rejects.toThrow(
    'is not a moment',
  )
  const now = { ...(catalogue.sources.get(ID) as AskedSource), url: 'http://127.0.0.1:1/now' } as AskedSource
  const unasked = { ...tools('vi'), catalogue: { ...catalogue, sources: new Map([[ID, now]]), calendars: new Map() } }
  await expect(source(['backfill', ID, '--from', '2026-11-21', '--to', '2026-11-22'], unasked)).rejects.toThrow(
    'is not asked by time',
  )
  expect(store.batches).toEqual([])
  expect((catalogue.sources.get(ID) as AskedSource).kind).toBe('http')
})
