/** Whatever happens between the house and its store: collectors keep on disk, the server stays up, the glass ages, and afterwards everything is there once and in order. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { floor, HOUR } from '../../kpi/range.ts'
import { connect } from '../../server/store/connect.ts'
import { eventually } from '../support/eventually.ts'
import { type Fault, type Faults, startFaults } from '../support/faults.ts'
import { type House, openHouse } from '../support/house.ts'
import type { Watching } from '../support/screen.ts'
import { besideTruth, observationsOf, SPAN } from '../support/truth.ts'

const MINUTE = 60_000
const MIDNIGHT = Date.parse('2026-11-20T00:00:00+07:00')
const BEGIN = MIDNIGHT + 9 * 60 * MINUTE + 41 * MINUTE
const SENT = 'interchange/sent'
let faults: Faults
let house: House
let screen: Watching

beforeAll(async () => {
  house = await openHouse(
    BEGIN,
    { documents: '1h', only: ['interchange', 'interchange-state', 'one-stop'] },
    undefined,
    async (url) => {
      faults = await startFaults(url)
      return faults.url
    },
  )
  screen = await house.watch('interchange')
  await whole()
})
afterAll(async () => {
  await house.stop()
  await faults.stop()
})

afterEach(() => faults.set('none'))

const waiting = () => readdirSync(join(house.data, 'outbox')).filter((name) => name.endsWith('.ndjson')).length
/** Until the queue is empty and the glass shows what has just been said. */
const whole = () =>
  eventually(async () => {
    await house.advance(1000)
    const said = screen.reading(SENT)
    const state = [waiting(), screen.news.at(-1)?.health.store, said?.freshness, said?.coverage?.missing.length]
    expect(state).toEqual([0, 'ok', 'fresh', 0])
    expect(said?.asOf).not.toBeNull()
  })
const total = () => Number(screen.reading(SENT)?.value)

/** The first whole span of the history that is fetched. */
const FIRST = Math.ceil((BEGIN - 60 * MINUTE) / SPAN) * SPAN
/** Where the hour before this one begins. */
const wholeHourBefore = (at: number) => Math.max(FIRST, floor(at, 'hour') - HOUR)
const country = () => ({ url: house.url, country: house.country.url, store: house.engine.url })

/** Every span of the truth of a stretch once and with its value, as said and as folded to its own span and to whole hours. */
async function everythingIsThere(from: number, until: number): Promise<void> {
  const span = { from, to: Math.floor(until / SPAN) * SPAN }
  for (const indicator of [SENT, 'interchange/received', 'interchange/accepted']) {
    const beside = await besideTruth(country(), indicator, span, 'minute', 'hour')
    expect([indicator, beside]).toEqual([indicator, { ...beside, missing: 0, twice: 0, wrong: [] }])
    expect(beside.spans).toBeGreaterThan(500)
  }
  // And the glass says what all spans of the day come to.
  await eventually(async () => {
    await house.advance(1000)
    const day = await observationsOf(house.url, SENT, MIDNIGHT, house.clock.now)
    expect(total()).toBe(day.reduce((all, one) => all + Number(one.value), 0))
  })
}

/** What a fault lets through: `all` while it lasts, `none`, or `later`, by itself. */
const THROUGH: Readonly<Record<Exclude<Fault, 'none' | 'hold'>, 'all' | 'none' | 'later'>> = {
  ...{ refuse: 'none', hang: 'none', cut: 'none', reset: 'none', slow: 'all', restart: 'later' },
}

test.each(Object.entries(THROUGH))('%s', async (name, through) => {
  const fault = name as Fault
  const seen = faults.inserts.length
  const before = total()
  const begun = wholeHourBefore(house.clock.now)
  await faults.set(fault)
  // Three spans end while it lasts. What asks the store may wait as long as the fault lasts; nothing else does.
  const steps: Promise<void>[] = []
  for (let i = 0; i < 3; i++) {
    house.clock.now += 5 * MINUTE
    steps.push(house.advance(1000, true))
    if (through === 'none') await eventually(() => expect(waiting()).toBeGreaterThan(0))
  }
  const until = house.clock.now
  for (const path of ['/healthz', '/api/catalogue']) {
    const answer = await fetch(new URL(path, house.url))
    await answer.text()
    expect([path, answer.status]).toEqual([path, 200])
  }
  // Of a store that never answers a step by hand waits for the end: what the glass says meanwhile, live/away has.
  if (through === 'none' && fault !== 'hang') {
    await Promise.all(steps)
    expect(waiting()).toBeGreaterThan(0)
    const news = await eventually(async () => {
      await house.advance(1000, true)
      const last = screen.news.at(-1)
      expect(last?.pulse.at).toBeGreaterThan(house.clock.now - 1500)
      return last
    })
    expect(news?.health.store).toBe('away')
    expect(total()).toBe(before)
    expect(screen.reading(SENT)?.freshness).not.toBe('fresh')
  }
  // What is slow only makes the picture late, and one that restarts is waited for without anybody's help.
  if (through === 'none') await faults.set('none')
  await Promise.all(steps)
  if (through === 'none') await house.advance(2 * MINUTE)
  await whole()
  expect(total()).toBeGreaterThan(before)
  await faults.set('none')
  await eventually(async () => {
    await house.advance(1000)
    await everythingIsThere(begun, until)
  })
  // What was stored although nobody heard of it: it is looked for before it is sent again, and is there once.
  if (fault === 'cut') expect(faults.inserts.slice(seen).some((one) => one.fault === 'cut')).toBe(true)
})

test('hold: what was held on its way, and is passed on when everybody has looked beyond its stamp, is on the glass', async () => {
  const seen = faults.inserts.length
  const before = total()
  const begun = wholeHourBefore(house.clock.now)
  await faults.set('hold', SENT)
  // The last spans of an hour are held: what comes later says nothing of it, so nobody folds it again by chance.
  house.clock.now += 60 * MINUTE - (house.clock.now % (60 * MINUTE))
  for (let i = 0; i < 2; i++) {
    await house.advance(5 * MINUTE, true)
    await eventually(() => expect(waiting()).toBeGreaterThan(0))
  }
  await eventually(() => expect(faults.inserts.slice(seen).some((one) => one.fault === 'hold')).toBe(true))
  const until = house.clock.now
  // Nobody hears of it: the queue finds it there.
  await faults.release()
  await faults.set('none')
  await house.advance(2 * MINUTE)
  await whole()
  expect(total()).toBeGreaterThan(before)
  await eventually(async () => {
    await house.advance(1000)
    await everythingIsThere(begun, until)
  })
})

test('after all of it everything since the beginning of the history is there once', () =>
  everythingIsThere(FIRST, house.clock.now - 2 * SPAN))

test('what waited was stored in the order in which it was received', async () => {
  const rows = await fetch(
    new URL(
      `/api/observations?indicator=${SENT}&from=${BEGIN - 60 * MINUTE}&to=${house.clock.now}&limit=5000`,
      house.url,
    ),
  )
  const { observations } = (await rows.json()) as { observations: { received: number; stored: number }[] }
  const byStored = [...observations].sort((a, b) => a.stored - b.stored || a.received - b.received)
  const received = byStored.map((one) => one.received)
  expect(received).toEqual([...received].sort((a, b) => a - b))
})

test('whatever was sent again was the same rows under the same token', () => {
  const tries = new Map<string, Set<string>>()
  for (const { table, token, rows } of faults.inserts.filter(({ table }) => table === 'observation')) {
    const name = `${table} ${token}`
    tries.set(name, (tries.get(name) ?? new Set()).add(rows))
  }
  expect(tries.size).toBeGreaterThan(10)
  expect([...tries].filter(([, rows]) => rows.size > 1)).toEqual([])
})

/** Rows in a table of their own whose first insert loses its answer: how often they are there, and the tries that were seen. */
async function afterALostAnswer(table: string, how: { readonly window: number; readonly looks: boolean }) {
  const store = connect({ url: faults.url, now: () => house.clock.now })
  const beside = connect({ url: house.engine.url, now: () => house.clock.now })
  const countBy = (by: typeof store) => async () =>
    Number((await by.rows<{ n: number }>('ask', `SELECT count() AS n FROM ${table}`))[0]?.n)
  const [count, there] = [countBy(store), countBy(beside)]
  await store.run('write', `CREATE TABLE ${table} AS observation`)
  await store.run('write', `ALTER TABLE ${table} MODIFY SETTING non_replicated_deduplication_window = ${how.window}`)
  const seen = faults.inserts.length
  const tries = () => faults.inserts.slice(seen).filter((one) => one.table === table)
  await faults.set('cut')
  const rows = [{ id: 'x', indicator: SENT, batch: 'x', stored: house.clock.now }]
  const insert = () => store.insert(table, rows, 'x', how.looks ? { there: async () => (await count()) > 0 } : {})
  // On a machine that stands still longer than anybody has patience, the queue would send it again.
  const stored = insert().catch(insert)
  // There before anybody looks: of an insert that is under way only the token knows.
  await eventually(async () => expect(await there()).toBeGreaterThan(0))
  await faults.set('none')
  await stored
  const times = await there()
  for (const each of [store, beside]) await each.close()
  return { times, tries: tries() }
}

test('an answer that is lost: the same bytes come again under the same token, or are looked for first, and count once; the control without either counts them twice', async () => {
  const byToken = await afterALostAnswer('by_token', { window: 100, looks: false })
  expect(byToken.times).toBe(1)
  expect(byToken.tries.length).toBeGreaterThan(1)
  expect(new Set(byToken.tries.map(({ token, body }) => `${token} ${body}`)).size).toBe(1)
  const byLook = await afterALostAnswer('by_look', { window: 0, looks: true })
  expect(byLook.times).toBe(1)
  const bare = await afterALostAnswer('by_neither', { window: 0, looks: false })
  expect(bare.times).toBeGreaterThan(1)
})

test('the control: what is missing, and what is there twice, is seen', async () => {
  const store = connect({ url: house.engine.url, now: () => house.clock.now })
  const span = { from: FIRST, to: FIRST + SPAN }
  const never = await besideTruth(country(), SENT, { from: FIRST - 12 * SPAN, to: FIRST - 10 * SPAN }, 'minute')
  expect(never.missing).toBe(never.spans)
  expect(never.wrong).toHaveLength(2)
  expect(await besideTruth(country(), SENT, span, 'minute')).toMatchObject({ missing: 0, twice: 0, wrong: [] })
  // Sent again in other company, by somebody who is in no doubt.
  await store.run(
    'write',
    `INSERT INTO observation SELECT * FROM observation WHERE indicator = {indicator: String} AND "from" = fromUnixTimestamp64Milli({from: Int64}, 'UTC') LIMIT 2`,
    { indicator: SENT, from: FIRST },
  )
  expect((await besideTruth(country(), SENT, span, 'minute')).twice).toBe(2)
  await store.close()
})
