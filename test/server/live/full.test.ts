/** A store whose disk is full says so on the glass, and that it has room again. */
import { ClickHouseError } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { News } from '../../../kpi/wire.ts'
import { startLive } from '../../../server/live/pulse.ts'
import type { Store } from '../../../server/store/connect.ts'
import { eventually } from '../../support/eventually.ts'
import { MINUTE, startStore, type TestStore } from '../../support/store.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
let house: TestStore
beforeAll(async () => {
  house = await startStore(NINE + 10 * MINUTE)
})
afterAll(() => house.stop())

test('the glass says that nothing is taken in while values stand, and stops saying so by itself', async () => {
  let full = false
  const noRoom = { message: 'The disk of the data folder is full', code: '243', type: 'NOT_ENOUGH_SPACE' }
  const store: Store = {
    ...house.store,
    insert: (...args) => (full ? Promise.reject(new ClickHouseError(noRoom)) : house.store.insert(...args)),
  }
  const news: News[] = []
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const { folding, catalogue, storeId } = house
  const watched = () => new Set(['interchange'])
  const live = startLive({ store, storeId, folding, catalogue, log, watched, publish: (one) => news.push(one) })
  const heard = async () => {
    house.clock.now += 1000
    await live.work()
    await live.speak()
    return news.at(-1)?.health.store
  }
  await house.say({ indicator: 'interchange/sent', unit: 'hue', from: NINE, value: '1' })
  expect(await heard()).toBe('ok')
  full = true
  await house.say({ indicator: 'interchange/sent', unit: 'hue', from: NINE + 5 * MINUTE, value: '2' })
  expect(await heard()).toBe('full')
  expect(await heard()).toBe('full')
  full = false
  await eventually(async () => expect(await heard()).toBe('ok'))
  const shown = await house.store.rows<{ n: number }>(
    'ask',
    `SELECT count() AS n FROM shown WHERE JSONExtractString(reading, 'value') = '3'`,
  )
  expect(shown[0]?.n).toBeGreaterThan(0)
})
