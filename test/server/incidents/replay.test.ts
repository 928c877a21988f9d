/** Replay on a real engine: the past read at once says at every moment what a question says, and a rule tried on it opens what it would have opened. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import { DAY, HOUR, MINUTE } from '../../../kpi/range.ts'
import { type Rule, RuleFile } from '../../../kpi/rule.ts'
import type { Slice } from '../../../kpi/slice.ts'
import { NoReplay, type Replayed, replay } from '../../../server/incidents/replay.ts'
import { heldBefore } from '../../../server/incidents/resume.ts'
import { watchedRules } from '../../../server/incidents/rounds.ts'
import { usualOf } from '../../../server/queries/expected.ts'
import { factsOf } from '../../../server/queries/facts.ts'
import { judge } from '../../../server/queries/judge.ts'
import { startPast, TooMuchPast } from '../../../server/queries/past.ts'
import { type Draft, startStore, type TestStore } from '../../support/store.ts'

/** A Monday. */
const MIDNIGHT = Date.parse('2026-11-23T00:00:00+07:00')
const NOW = MIDNIGHT + 16 * HOUR
let house: TestStore
const rule = (file: object): Rule => ({
  ...RuleFile.parse({ title: { vi: 'x', en: 'x' }, action: { vi: 'x', en: 'x' }, ...file }),
  id: 'r',
})
const SENT: Slice = { indicator: 'interchange/sent', window: 'today', by: ['unit'], where: {} }
const RATE = 'filings/on-time-settled'

beforeAll(async () => {
  house = await startStore(NOW)
  const said: Draft[] = []
  // Nine Mondays: a hundred documents an hour in each of two units, but on the last from 10 to 12 hardly any in Huế.
  for (let week = 0; week < 9; week++)
    for (let hour = 8; hour < 16; hour++)
      for (const unit of ['hue', 'ha-noi']) {
        const from = MIDNIGHT - week * 7 * DAY + hour * HOUR
        const fell = week === 0 && unit === 'hue' && (hour === 10 || hour === 11)
        said.push({ indicator: 'interchange/sent', unit, from, minutes: 5, value: fell ? '2' : '100' })
      }
  // Settled in time: 9 of 10, from 10 to 13 only 6 of 10 in Huế.
  for (let quarter = 8 * 4; quarter < 16 * 4; quarter++)
    for (const unit of ['hue', 'ha-noi']) {
      const from = MIDNIGHT + quarter * 15 * MINUTE
      const bad = unit === 'hue' && quarter >= 40 && quarter < 52
      const source = 'demo/one-stop'
      said.push({ indicator: 'filings/settled', unit, from, minutes: 15, value: '10', source })
      said.push({ indicator: 'filings/settled-on-time', unit, from, minutes: 15, value: bad ? '6' : '9', source })
    }
  // From 10:00 on a second source counts a tenth more in Huế than the first, which speaks.
  for (const [source, value] of [
    ['demo/one-stop', '100'],
    ['demo/portal', '110'],
  ] as const)
    said.push({ indicator: 'filings/received', unit: 'hue', from: MIDNIGHT + 10 * HOUR, minutes: 15, value, source })
  // Ninety days, on every thirtieth of which three tasks are overdue.
  for (let day = 0; day < 90; day++) {
    const moment = { from: MIDNIGHT - day * DAY, minutes: 0, source: 'demo/government-reporting' }
    said.push({ indicator: 'tasks/overdue', unit: 'hue', value: day % 30 === 0 ? '3' : '0', ...moment })
  }
  await house.say(...said)
  await house.fold()
})
afterAll(() => house?.stop())

test('the past read at once is at every moment what a question asked then would have answered', async () => {
  const { store, catalogue } = house
  const span = { from: MIDNIGHT + 8 * HOUR, to: NOW }
  const past = startPast(store, catalogue, SENT, span, 'hour')
  for (const hour of [9, 11, 12, 16]) {
    const at = MIDNIGHT + hour * HOUR
    await past.reach(at)
    const over = { span: { from: MIDNIGHT, to: at }, grain: 'hour' as const }
    const [asked] = await factsOf(store, catalogue, [SENT], { now: at, purpose: 'care', over })
    const seen = judge(catalogue, SENT, past.at(at), at)
    const said = judge(catalogue, SENT, asked as NonNullable<typeof asked>, at)
    const figures = (all: typeof seen) =>
      all.filter(({ value }) => value !== null).map(({ key, value, asOf }) => [key.unit, value, asOf])
    expect(figures(seen)).toEqual(figures(said))
    expect(figures(seen).length).toBe(2)
  }
})

test('the newest of what happened is that of its last day, in the past read at once too', async () => {
  const { store, catalogue } = house
  const newest: Slice = { ...SENT, window: 'latest' }
  const past = startPast(store, catalogue, newest, { from: MIDNIGHT + 8 * HOUR, to: NOW }, 'hour')
  await past.reach(NOW)
  const [asked] = await factsOf(store, catalogue, [newest], { now: NOW, purpose: 'care' })
  const figures = (facts: NonNullable<typeof asked>) =>
    judge(catalogue, newest, facts, NOW)
      .filter(({ value }) => value !== null)
      .map(({ key, value, asOf }) => [key.unit, value, asOf])
  const last = NOW - HOUR + 5 * MINUTE
  expect(figures(past.at(NOW))).toEqual([
    ['ha-noi', '800', last],
    ['hue', '604', last],
  ])
  expect(figures(asked as NonNullable<typeof asked>)).toEqual(figures(past.at(NOW)))
})

test('a rule tried on the past opens when its condition has lasted, names who it is, and closes past its margin', async () => {
  const low = rule({
    slice: { indicator: RATE, window: '60m', by: ['unit'] },
    when: { below: 80 },
    for: '15m',
    margin: 5,
    clearFor: '15m',
  })
  const ask = { from: MIDNIGHT + 8 * HOUR, to: NOW, known: 'now' as const, now: NOW }
  const found = await replay(house.store, house.catalogue, low, ask)
  expect(found.incidents.map(({ state, points }) => [state, points.map(({ key }) => key.unit)])).toEqual([
    ['closed', ['hue']],
  ])
  const [one] = found.incidents
  const clock = (at: number) => (at - MIDNIGHT) / HOUR
  // After half an hour of six in ten the hour stands at 75; a quarter of an hour later it is an incident.
  expect([clock(one?.began ?? 0), clock(one?.opened ?? 0)]).toEqual([10.5, 10.75])
  // 85 is reached when three quarters are good again and passed with the fourth.
  expect(clock(one?.closed ?? 0)).toBeGreaterThan(13.5)
  const again = await replay(house.store, house.catalogue, low, ask)
  expect(again.entries).toEqual(found.entries)
})

test('a national fall below what this weekday and hour usually bring names the one province behind it', async () => {
  const fall = rule({
    slice: { indicator: 'interchange/sent' },
    when: { band: { side: 'below', weeks: 8, width: 4, least: 20 } },
  })
  const { store, catalogue } = house
  const found = await replay(store, catalogue, fall, { from: MIDNIGHT + 9 * HOUR, to: NOW, known: 'now', now: NOW })
  expect(found.incidents.map(({ state, opened }) => [state, (opened - MIDNIGHT) / HOUR])).toEqual([
    ['closed', 11 + 1 / 6],
  ])
  expect(found.incidents[0]?.contributions?.named).toEqual([{ id: 'hue', amount: '98', share: '100' }])
  const slice: Slice = { indicator: 'interchange/sent', window: 'today', by: [], where: {} }
  const live = await usualOf(store, catalogue, slice, fall.when.band as NonNullable<typeof fall.when.band>, {
    now: MIDNIGHT + 11.5 * HOUR,
    purpose: 'care',
  })
  expect([...live.points.values()]).toEqual([
    { from: MIDNIGHT + 10 * HOUR, value: '102', median: 200, low: 160, high: 240, weeks: 8 },
  ])
})

test('a server that starts knows since when a condition has held, and does not wait anew', async () => {
  const slice = { indicator: RATE, window: '60m', by: ['unit'] }
  const low = rule({ slice, when: { below: 80 }, for: '1h' })
  const { store, catalogue } = house
  const rules = watchedRules({ ...catalogue, rules: new Map([['r', low]]) })
  // Settled since 10:00 with six in ten: the hour stands below 80 since 10:30, and it is 11:00.
  house.clock.now = MIDNIGHT + 11 * HOUR
  const held = await heldBefore(store, catalogue, rules, { info: () => {}, warn: () => {}, error: () => {} })
  expect(held).toEqual([{ rule: 'r', key: 'unit=hue', began: MIDNIGHT + 10.5 * HOUR }])
  house.clock.now = NOW
})

test('by what was known then nothing was: all of it was stored today; what cannot be tried says so', async () => {
  const low = rule({ slice: { indicator: RATE, window: '60m', by: ['unit'] }, when: { below: 80 } })
  const { store, catalogue } = house
  const found = await replay(store, catalogue, low, {
    from: NOW - 20 * MINUTE,
    to: NOW - 5 * MINUTE,
    known: 'then',
    now: NOW,
  })
  expect(found.incidents).toEqual([])
  const band = rule({ slice: { indicator: 'interchange/sent' }, when: { band: {} } })
  await expect(
    replay(store, catalogue as Catalogue, band, { from: NOW - HOUR, to: NOW, known: 'then', now: NOW }),
  ).rejects.toThrow(NoReplay)
})

test('sources that differed on the past are found there, from when both had spoken of a span', async () => {
  const differ = rule({
    slice: { indicator: 'filings/received', window: 'today', by: ['unit'] },
    when: { differ: { above: 2 } },
  })
  const ask = { from: MIDNIGHT, to: MIDNIGHT + 16 * HOUR, known: 'now' as const, now: NOW }
  const found = await replay(house.store, house.catalogue, differ, ask)
  expect(
    found.incidents.map(({ state, opened, points }) => [
      ...[state, (opened - MIDNIGHT) / HOUR],
      points.map(({ key, measured }) => [key.unit, measured]),
    ]),
  ).toEqual([['open', 10.25, [['hue', '9.090909']]]])
})

const YEAR = { from: NOW - 365 * DAY, to: NOW, known: 'now' as const, now: NOW }
const OVERDUE = rule({ slice: { indicator: 'tasks/overdue', where: { unit: 'hue' } }, when: { above: 0 } })
let whole: Replayed

test('a year is replayed from when the store knows anything, twice the same, with little of it in mind', async () => {
  const { store, catalogue } = house
  const seen: number[] = []
  const found = await replay(store, catalogue, OVERDUE, { ...YEAR, progress: ({ percent }) => seen.push(percent) })
  expect(found).toMatchObject({ whole: true, step: HOUR, since: MIDNIGHT - 89 * DAY, until: NOW })
  expect(found.steps).toBe((NOW - (found.since ?? 0)) / HOUR + 1)
  expect(found.incidents.map(({ state }) => state)).toEqual([...Array.from({ length: 2 }, () => 'closed'), 'open'])
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
  expect(seen.length).toBeGreaterThan(5)
  const again = await replay(store, catalogue, OVERDUE, YEAR)
  expect(again.entries).toEqual(found.entries)
  whole = found
  const month: Slice = { ...SENT, window: '30d' }
  const past = startPast(store, catalogue, month, { from: MIDNIGHT - 56 * DAY, to: NOW }, 'hour')
  await past.reach(MIDNIGHT - 50 * DAY)
  expect(past.held()).toBeGreaterThan(0)
  await past.reach(NOW)
  expect(past.held()).toBeGreaterThan(0)
  expect(past.held()).toBeLessThan(9 * 8 * 2)
  const tight = startPast(store, catalogue, month, { from: MIDNIGHT - 56 * DAY, to: NOW }, 'hour', 0, 10)
  await expect(tight.reach(NOW)).rejects.toThrow(TooMuchPast)
})

test('interrupted it answers what it found until then, which is the beginning of the whole', async () => {
  const { store, catalogue } = house
  const enough = new AbortController()
  const progress = ({ percent }: { readonly percent: number }) => percent >= 40 && enough.abort()
  const some = await replay(store, catalogue, OVERDUE, { ...YEAR, progress, signal: enough.signal })
  expect(some.whole).toBe(false)
  expect(some.entries.length).toBeGreaterThan(0)
  expect(some.entries.length).toBeLessThan(whole.entries.length)
  const until = (entries: typeof whole.entries) =>
    entries.filter(({ at }) => at <= some.until).map(({ id, at }) => [id, at])
  expect(until(some.entries)).toEqual(until(whole.entries))
  expect(until(some.entries).length).toBe(some.entries.length)
})

test('where the store knows nothing there is nothing to look at', async () => {
  const { store, catalogue } = house
  const none = rule({ slice: { indicator: 'feedback/received', by: ['unit'] }, when: { age: 'stale' } })
  expect(await replay(store, catalogue, none, YEAR)).toMatchObject({
    steps: 0,
    since: null,
    whole: true,
    incidents: [],
  })
})
