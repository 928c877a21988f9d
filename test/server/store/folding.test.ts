/** Folds side by side: one that fails while another succeeds is done again, however long ago its batch was stored. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OVERLAP, startFolding } from '../../../server/store/folding.ts'
import { startStore, type TestStore } from '../../support/store.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
let house: TestStore
beforeAll(async () => {
  house = await startStore(NINE + 600_000)
})
afterAll(() => house.stop())

test('a batch whose fold failed is found again after a fold beside it went well', async () => {
  /** What the first statement of each fold waits for, in the order in which folds begin. */
  const gates: { open: () => void; fail: () => void }[] = []
  let began = () => {}
  const rows: typeof house.store.rows = async (purpose, sql, params) => {
    if (purpose === 'fold' && params && 'batches' in params)
      await new Promise<void>((open, reject) => {
        gates.push({ open, fail: () => reject(new Error('the store is away')) })
        began()
      })
    return house.store.rows(purpose, sql, params)
  }
  const store = { ...house.store, rows }
  const begun = () => new Promise<void>((resolve) => (began = resolve))
  const folding = await startFolding(store, house.catalogue)
  await house.say({ indicator: 'interchange/sent', unit: 'hue', from: NINE, value: '1' })
  house.clock.now += 2 * OVERLAP

  const firstBegan = begun()
  const first = folding.next()
  await firstBegan
  await house.say({ indicator: 'interchange/received', unit: 'hue', from: NINE, value: '2' })
  const secondBegan = begun()
  const second = folding.next()
  await secondBegan
  expect(folding.busy()).toBe(true)
  gates[0]?.fail()
  await expect(first).rejects.toThrow('the store is away')
  gates[1]?.open()
  expect((await second)?.indicators.has('interchange/received')).toBe(true)

  const againBegan = begun()
  const again = folding.next()
  await againBegan
  gates[2]?.open()
  expect((await again)?.indicators.has('interchange/sent')).toBe(true)
  expect(folding.busy()).toBe(false)
  expect(await folding.next()).toBeNull()
})
