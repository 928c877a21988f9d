import { afterAll, beforeAll, expect, test } from 'vitest'
import type { News } from '../../../kpi/wire.ts'
import { connect, type Store } from '../../../server/store/connect.ts'
import { startBeat } from '../../support/beat.ts'
import { eventually } from '../../support/eventually.ts'
import { startFaults } from '../../support/faults.ts'
import { MINUTE, startStore, type TestStore } from '../../support/store.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const SENT = 'interchange/sent'
let house: TestStore
beforeAll(async () => {
  house = await startStore(NINE + 10 * MINUTE)
})
afterAll(() => house.stop())

/** The pulse on this store, and what it has put on the glass. */
async function beat(store: Store) {
  const { news, stop } = await startBeat(house, store)
  const glass = () =>
    new Map(news.flatMap(({ readings }) => readings).map((one) => [`${one.slice}${JSON.stringify(one.key)}`, one]))
  const total = () =>
    [...glass().values()].find(({ slice, key }) => slice.includes(SENT) && Object.keys(key).length === 0)
  /** What it says at a moment so much later. */
  const saidIn = async (ms: number) => {
    house.clock.now += ms
    const { now } = house.clock
    return eventually(() => {
      const last = news.at(-1)
      expect(last?.pulse.at).toBeGreaterThanOrEqual(now)
      return last as News
    })
  }
  return { news, total, saidIn, stop }
}

test('a store that takes questions and never answers: the pulse speaks on, values stand and age, and the header says so', async () => {
  const faults = await startFaults(house.engine.url)
  const store = connect({ url: faults.url, now: () => house.clock.now })
  const { total, saidIn, stop } = await beat(store)
  await house.say({ indicator: SENT, unit: 'hue', from: NINE + 5 * MINUTE, value: '1' })
  await eventually(async () => {
    await saidIn(1000)
    expect(total()).toMatchObject({ value: '1', freshness: 'fresh' })
  })
  await faults.set('hang')
  await house.say({ indicator: SENT, unit: 'hue', from: NINE + 10 * MINUTE, value: '2' })
  for (let i = 0; i < 6; i++) await saidIn(10 * MINUTE)
  expect(total()).toMatchObject({ value: '1', freshness: 'stale' })
  // A question is given up after twelve seconds.
  await eventually(async () => expect((await saidIn(1000)).health.store).toBe('away'))
  expect(total()).toMatchObject({ value: '1', freshness: 'stale' })
  await faults.set('none')
  await eventually(async () => {
    expect((await saidIn(1000)).health.store).toBe('ok')
    expect(total()?.value).toBe('3')
  })
  await stop()
  await store.close()
  await faults.stop()
})
