/** Whatever happens between the house and its store: collectors keep on disk, the server stays up, the glass ages, and afterwards everything is there once and in order. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type Fault, type Faults, startFaults } from '../support/faults.ts'
import { type House, openHouse } from '../support/house.ts'
import type { Watching } from '../support/screen.ts'
import { observationsOf, truthOf } from '../support/truth.ts'

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

/** The day's total of the truth from what the collectors have fetched, and every span of it once. */
async function everythingIsThere(): Promise<void> {
  const truth = (await truthOf(house.country.url, BEGIN - 60 * MINUTE, house.clock.now, '5m')).get(SENT) ?? new Map()
  const said = await observationsOf(house.url, SENT, BEGIN - 60 * MINUTE, house.clock.now)
  const values = new Map(said.map((one) => [`${one.members.unit} ${one.from}`, Number(one.value)]))
  expect(values.size).toBe(said.length)
  expect(values.size).toBeGreaterThan(500)
  for (const [key, value] of values) expect([key, value]).toEqual([key, truth.get(key)])
  // And all of it is folded: the glass says what all spans of the day come to.
  const day = await observationsOf(house.url, SENT, MIDNIGHT, house.clock.now)
  const sum = day.reduce((all, one) => all + Number(one.value), 0)
  await eventually(async () => {
    await house.advance(1000)
    expect(total()).toBe(sum)
  })
}

test.each<Fault>(['refuse', 'hang', 'cut', 'reset', 'slow'])('%s', async (fault) => {
  const seen = faults.inserts.length
  const before = total()
  await faults.set(fault)
  // Three spans end while it lasts. What asks the store may wait as long as the fault lasts; nothing else does.
  const steps: Promise<void>[] = []
  for (let i = 0; i < 3; i++) {
    house.clock.now += 5 * MINUTE
    steps.push(house.advance(1000, true))
    if (fault !== 'slow') await eventually(() => expect(waiting()).toBeGreaterThan(0))
  }
  expect((await fetch(new URL('/healthz', house.url))).status).toBe(200)
  expect((await fetch(new URL('/api/catalogue', house.url))).status).toBe(200)
  if (fault !== 'slow' && fault !== 'hang') {
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
  await faults.set('none')
  await Promise.all(steps)
  await house.advance(2 * MINUTE)
  await whole()
  expect(total()).toBeGreaterThan(before)
  await everythingIsThere()
  // What was stored although nobody heard of it: it is looked for before it is sent again, and is there once.
  if (fault === 'cut') expect(faults.inserts.slice(seen).some((one) => one.fault === 'cut')).toBe(true)
})

test('hold: what was held on its way, and is passed on when everybody has looked beyond its stamp, is on the glass', async () => {
  const seen = faults.inserts.length
  const before = total()
  await faults.set('hold', SENT)
  // The last spans of an hour are held: what comes later says nothing of it, so nobody folds it again by chance.
  house.clock.now += 60 * MINUTE - (house.clock.now % (60 * MINUTE))
  for (let i = 0; i < 2; i++) {
    await house.advance(5 * MINUTE, true)
    await eventually(() => expect(waiting()).toBeGreaterThan(0))
  }
  await eventually(() => expect(faults.inserts.slice(seen).some((one) => one.fault === 'hold')).toBe(true))
  // Nobody hears of it: the queue finds it there.
  await faults.release()
  await faults.set('none')
  await house.advance(2 * MINUTE)
  await whole()
  expect(total()).toBeGreaterThan(before)
  await everythingIsThere()
})

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
