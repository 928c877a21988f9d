/** A figure that was shown and changes is told of: what, from how much to how much, why and since when; news is no correction. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Correction } from '../../../kpi/correction.ts'
import type { Answers } from '../../../kpi/query.ts'
import { DAY, HOUR } from '../../../kpi/range.ts'
import { type Slice, sliceKey } from '../../../kpi/slice.ts'
import type { News } from '../../../kpi/wire.ts'
import { type Live, startLive } from '../../../server/live/pulse.ts'
import { startFolding } from '../../../server/store/folding.ts'
import { type Draft, MINUTE, startStore, type TestStore } from '../../support/store.ts'
import { startWeb, type TestWeb } from '../../support/web.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const SENT = 'interchange/sent'
const BOARD = 'interchange'
const quiet = { info: () => {}, warn: () => {}, error: () => {} }
let house: TestStore
let web: TestWeb
let live: Live
const news: News[] = []
const watched = new Set<string>()

async function begin(): Promise<Live> {
  const { store, storeId, catalogue } = house
  const folding = await startFolding(store, catalogue)
  const publish = (one: News) => void news.push(one)
  return startLive({ store, storeId, folding, catalogue, watched: () => watched, publish, log: quiet })
}
beforeAll(async () => {
  house = await startStore(NINE + 10 * MINUTE)
  web = await startWeb(house)
  live = await begin()
})
afterAll(async () => {
  await web.stop()
  await house.stop()
})

const sent = (unit: string, value: string, more: Partial<Draft> = {}): Draft => ({
  ...{ indicator: SENT, unit, value, from: NINE },
  ...more,
})
/** Says something, lets the pulse go round, and answers the corrections told on the board by the total or one unit. */
async function hear(...drafts: readonly Draft[]): Promise<readonly Correction[]> {
  house.clock.now += 1000
  if (drafts.length > 0) await house.say(...drafts)
  const before = news.length
  while (await live.work());
  while (await live.check());
  house.clock.now += 1000
  await live.speak()
  return news.slice(before).flatMap((one) => one.corrections ?? [])
}
const ofSlice = (list: readonly Correction[], by: readonly string[] = []) => {
  const slice: Slice = { indicator: SENT, window: 'today', by, where: {} }
  return list.filter((one) => one.slice === sliceKey(slice))
}
const listed = async (from = NINE, to = house.clock.now + 1) =>
  (await web.ask<Answers['corrections']>(`/api/corrections?from=${from}&to=${to}&indicator=${SENT}`)).corrections

test('what nobody had seen is no correction', async () => {
  await hear(sent('ha-noi', '1000'))
  await hear(sent('ha-noi', '100'), sent('hue', '40'))
  expect(await listed()).toEqual([])
})

test('corrected by its source: only the correction is told, though news came with it; parts and total alike', async () => {
  watched.add(BOARD)
  await live.snapshot(BOARD)
  const told = await hear(sent('ha-noi', '90'), sent('hue', '30', { from: NINE + 5 * MINUTE }))
  const figures = (value: string) => ({ value, numerator: null, denominator: null })
  expect(ofSlice(told)).toMatchObject([
    {
      ...{ key: {}, from: NINE - 9 * HOUR, to: NINE + 15 * HOUR, before: figures('170'), after: figures('160') },
      ...{ why: ['corrected'], statements: 1, since: house.clock.now - 1000 },
    },
  ])
  const parts = ofSlice(told, ['unit'])
  expect(parts.map(({ key }) => key)).toEqual([{ unit: 'ha-noi' }])
  expect(parts[0]).toMatchObject({ before: figures('100'), after: figures('90') })
  expect(ofSlice(await listed())).toEqual(ofSlice(told))
})

test('the same said again, a new span, a held value and history that is fetched are no corrections', async () => {
  const again = await hear(sent('ha-noi', '90'), sent('hue', '7', { from: NINE + 10 * MINUTE }))
  const held = await hear(sent('hue', '99999', { state: 'held', reason: 'too-large' }))
  const history = await hear(
    ...[5, 4, 3, 2].map((hours) => sent('lao-cai-2025', '1', { from: NINE - hours * HOUR, unit: 'lao-cai-2025' })),
  )
  const older = await hear(sent('lao-cai-2025', '1', { from: NINE - 7 * HOUR }))
  expect([...again, ...held, ...history, ...older]).toEqual([])
})

test('released, withdrawn and late are told apart', async () => {
  const { held } = await web.ask<Answers['held']>('/api/held?from=2026-11-22&to=2026-11-23')
  house.clock.now += 1000
  const decision = { id: held[0]?.id, indicator: SENT, from: NINE, decision: 'release', reason: 'đã gọi' }
  expect(await web.post('/api/decisions', decision)).toBe(201)
  const released = ofSlice(await hear(), ['unit'])
  expect(released).toMatchObject([{ why: ['released'], before: { value: '77' }, after: { value: '100036' } }])
  const withdrawn = ofSlice(await hear(sent('hue', '0', { state: 'withdrawn' })), ['unit'])
  expect(withdrawn).toMatchObject([{ why: ['withdrawn'], before: { value: '100036' }, after: { value: '37' } }])
  const late = ofSlice(await hear(sent('hue', '5', { from: NINE - HOUR }), sent('ha-noi', '2', { from: NINE - HOUR })))
  expect(late).toEqual([])
  await hear(sent('hue', '5', { from: NINE - 3 * HOUR }))
  house.clock.now += HOUR
  const gap = ofSlice(await hear(sent('hue', '6', { from: NINE - 2 * HOUR })), ['unit'])
  expect(gap).toMatchObject([{ key: { unit: 'hue' }, why: ['late'], before: { value: '47' }, after: { value: '53' } }])
})

test('who begins to watch hears the newest of each figure, from another server too', async () => {
  const mine = await live.snapshot(BOARD)
  expect(ofSlice(mine.corrections ?? [], ['unit']).map(({ key, why }) => [key.unit, why])).toEqual([
    ['hue', ['late']],
    ['ha-noi', ['corrected']],
  ])
  const other = await begin()
  expect((await other.snapshot(BOARD)).corrections).toEqual(mine.corrections)
})

test('the day before, corrected after midnight, is told of that day', async () => {
  const before = (await listed()).length
  const midnight = NINE + 15 * HOUR
  house.clock.now = midnight + HOUR
  await hear()
  const told = ofSlice(await hear(sent('ha-noi', '80')))
  expect(told).toMatchObject([{ from: midnight - DAY, to: midnight, why: ['corrected'] }])
  const all = await listed()
  expect(all.length).toBeGreaterThan(before)
  expect(all.map(({ since }) => since)).toEqual(all.map(({ since }) => since).sort((a, b) => b - a))
})

test('a delivery is told once: who meets it after others, or again after a restart, tells it as it was told', async () => {
  const other = await begin()
  await other.snapshot(BOARD)
  while (await other.work());
  while (await other.check());
  const lately = house.clock.now
  const first = await hear(sent('ha-noi', '70'))
  const second = await hear(sent('hue', '20', { from: NINE + 5 * MINUTE }))
  const fell = (all: readonly Correction[], by: readonly string[] = []) =>
    ofSlice(all, by).map(({ before, after }) => Number(before.value) - Number(after.value))
  expect(fell([...first, ...second])).toEqual([10, 10])
  const toldBy = async (server: Live) => {
    while (await server.work());
    while (await server.check());
    const before = news.length
    house.clock.now += 1000
    await server.speak()
    return news.slice(before).flatMap((one) => one.corrections ?? [])
  }
  const byId = (all: readonly Correction[]) => all.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  // The other meets both at once, and with them something of its own.
  await house.say(sent('ha-noi', '65'))
  const beside = await toldBy(other)
  expect(fell(beside)).toEqual([10, 10, 5])
  const third = await hear()
  expect(byId([...first, ...second, ...third])).toEqual(byId(beside))
  const restarted = await begin()
  await restarted.snapshot(BOARD)
  expect(await toldBy(restarted)).toEqual([])
  expect(fell(await listed(lately))).toEqual([5, 10, 10])
  const query = `from=${lately}&to=${house.clock.now + 1}&indicator=${SENT}`
  const of = async (unit: string) =>
    (await web.ask<Answers['corrections']>(`/api/corrections?${query}&where=unit:${unit}`)).corrections
  expect(fell(await of('ha-noi'), ['unit'])).toEqual([5, 10])
  expect(await of('lao-cai-2025')).toEqual([])
})
