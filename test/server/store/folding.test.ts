/** Folds side by side: one that fails while another succeeds is done again, however long ago its batch was stored. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Observation } from '../../../kpi/observation.ts'
import { DAY } from '../../../kpi/range.ts'
import { everyVersion } from '../../../kpi/version.ts'
import { define } from '../../../server/store/definitions.ts'
import { OVERLAP, startFolding } from '../../../server/store/folding.ts'
import { append } from '../../../server/store/observations.ts'
import { startNoting } from '../../../server/store/told.ts'
import { type Noted, note } from '../../../server/store/touched.ts'
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

/** A batch of two observations of a unit. */
const of = (id: string, unit: string): { readonly id: string; readonly observations: readonly Observation[] } => ({
  id,
  observations: [1, 2].map((n) => ({
    ...{ id: `${id}.${n}`, indicator: 'interchange/sent', source: 'demo/interchange', members: { unit } },
    ...{ from: NINE + n * 300_000, to: NINE + (n + 1) * 300_000, value: String(n), qualifier: 'exact' },
    ...{ state: 'taken', reason: '', received: NINE, run: id, stated: '', citation: '' },
  })),
})

test('batches stored together stay known one by one: what is there is not stored again, in whatever company it comes back', async () => {
  const [a, b, c] = [of('a-0', 'hue'), of('b-0', 'ca-mau'), of('c-0', 'lao-cai')]
  const stored = async () => {
    const rows = await house.store.rows<{ batch: string; n: number }>(
      'ask',
      "SELECT batch, count() AS n FROM observation WHERE batch IN ('a-0', 'b-0', 'c-0') GROUP BY batch ORDER BY batch",
    )
    return rows.map(({ batch, n }) => `${batch} ${n}`)
  }
  await append(house.store, a, b)
  expect(await stored()).toEqual(['a-0 2', 'b-0 2'])
  // The same again, in doubt and not, in other company, and after the answer to an insert was lost.
  await append(house.store, a, b)
  const doubtful = [a, b, c].map((batch) => ({ ...batch, again: true }))
  await append(house.store, ...doubtful)
  await append(house.store, ...doubtful)
  let lost = true
  const insert: typeof house.store.insert = async (table, rows, token, how) => {
    await house.store.insert(table, rows, token, how)
    if (lost && table === 'observation') {
      lost = false
      throw new Error('the answer was lost')
    }
  }
  const [d, e] = [of('d-0', 'hue'), of('e-0', 'ca-mau')]
  await expect(append({ ...house.store, insert }, d, e)).rejects.toThrow('lost')
  await append(house.store, { ...e, again: true }, { ...d, again: true })
  expect(await stored()).toEqual(['a-0 2', 'b-0 2', 'c-0 2'])
  const [{ n } = { n: 0 }] = await house.store.rows<{ n: number }>(
    'ask',
    "SELECT count() AS n FROM observation WHERE batch IN ('d-0', 'e-0')",
  )
  expect(n).toBe(4)
})

test('on a cluster a batch is there when every id of it is: its one part twice is not the whole', async () => {
  const store = { ...house.store, dialect: { ...house.store.dialect, onCluster: 'ON CLUSTER many' } }
  const batch = of('g-0', 'hue')
  // What one shard was sent twice while the other was away.
  const part = batch.observations.slice(0, 1).map((one) => ({ ...one, batch: batch.id, stored: house.clock.now }))
  for (const token of ['first', 'second']) await house.store.insert('observation', part, token)
  const ids = async () => {
    const [row] = await house.store.rows<{ ids: number; rows: number }>(
      'ask',
      "SELECT uniqExact(id) AS ids, count() AS rows FROM observation WHERE batch = 'g-0'",
    )
    return row
  }
  await append(store, { ...batch, again: true })
  expect(await ids()).toEqual({ ids: 2, rows: 4 })
  await append(store, { ...batch, again: true })
  expect(await ids()).toEqual({ ids: 2, rows: 4 })
})

test('what is told is folded without a search, as a search would have found it; what nobody tells is found', async () => {
  const asked: string[] = []
  const rows: typeof house.store.rows = (purpose, sql, params) => {
    asked.push(sql)
    return house.store.rows(purpose, sql, params)
  }
  const folding = await startFolding({ ...house.store, rows }, house.catalogue)
  while ((await folding.next()) !== null);
  const of = (id: string, indicator: string, members: Readonly<Record<string, string>>, n: number): Observation => ({
    ...{ id, indicator, source: 'demo/interchange', members, from: NINE + n * 300_000, to: NINE + (n + 1) * 300_000 },
    ...{
      value: '3',
      qualifier: 'exact',
      state: 'taken',
      reason: '',
      received: NINE,
      run: id,
      stated: '',
      citation: '',
    },
  })
  // Both parts of a ratio, members in an order of their own, one series in two batches.
  const said = [
    of('t1', 'filings/settled', { unit: 'hue', channel: 'online' }, 1),
    of('t2', 'filings/settled-on-time', { unit: 'hue', channel: 'online' }, 1),
    of('t3', 'filings/settled', { unit: 'ca-mau' }, 1),
  ]
  const told = await append(
    house.store,
    { id: 'told-1', observations: said },
    { id: 'told-2', observations: [of('t4', 'filings/settled', { unit: 'ca-mau' }, 2)] },
  )
  const definitions = (await define(house.store, everyVersion(house.catalogue))).definitions
  const touched = {
    batches: ['told-1', 'told-2'],
    stored: NINE,
    indicators: ['filings/settled', 'filings/settled-on-time'],
  }
  const sorted = (noted: readonly Noted[]) =>
    noted
      .map(({ spans, ratios, ...one }) => ({ ...one, spans: [...spans].sort(), ratios: [...ratios].sort() }))
      .sort((a, b) => (a.series < b.series ? -1 : 1))
  const searched = await note(house.store, { ...touched, from: 0, to: NINE + DAY }, definitions.ratios)
  expect(searched).toHaveLength(3)
  expect(searched.flatMap(({ ratios }) => ratios).length).toBeGreaterThan(2)
  expect(sorted(await startNoting(house.store)(told, definitions.ratios))).toEqual(sorted(searched))

  asked.length = 0
  folding.hear(told)
  expect(await folding.next()).toMatchObject({ batches: ['told-2', 'told-1'], more: false })
  expect(asked.filter((sql) => /SELECT batch|has\({batches/.test(sql))).toEqual([])
  // All of it was told, so the number of rows alone says that nothing else was stored; then somebody stores and says nothing.
  expect(await folding.next()).toBeNull()
  expect(asked.filter((sql) => sql.includes('SELECT batch'))).toEqual([])
  await append(house.store, { id: 'untold', observations: [of('t5', 'filings/settled', { unit: 'hue' }, 2)] })
  expect((await folding.next())?.batches).toEqual(['untold'])
  expect(await folding.next()).toBeNull()
  // Told late, twice, or of what is folded: nothing more happens.
  folding.hear(told)
  expect(await folding.next()).toBeNull()
  // However much is told, what nobody tells is not forgotten.
  house.clock.now += 6000
  await append(house.store, { id: 'untold-2', observations: [of('t6', 'filings/settled', { unit: 'hue' }, 3)] })
  folding.hear(
    await append(house.store, { id: 'told-3', observations: [of('t7', 'filings/settled', { unit: 'hue' }, 4)] }),
  )
  expect((await folding.next())?.batches.toSorted()).toEqual(['told-3', 'untold-2'])
  expect(await folding.next()).toBeNull()
})

test('a clock that was set back hides nothing: what is stored then is found, by who runs on and by who starts meanwhile', async () => {
  const folding = await startFolding(house.store, house.catalogue)
  while ((await folding.next()) !== null);
  const was = house.clock.now
  const say = (from: number) => house.say({ indicator: 'interchange/sent', unit: 'hue', from, value: '7' })
  // As the watermark that was written down before.
  await house.store.insert('watermark', [{ name: 'fold', at: was }], 'watermark-before')
  house.clock.now = was - 10 * OVERLAP
  await say(NINE + 60 * 60_000)
  expect((await folding.next())?.indicators.has('interchange/sent')).toBe(true)
  expect(await folding.next()).toBeNull()
  await say(NINE + 65 * 60_000)
  // Longer than a look goes back by itself.
  house.clock.now += 2 * OVERLAP
  const another = await startFolding(house.store, house.catalogue)
  while ((await another.next()) !== null);
  const [hour] = await house.store.rows<{ value: string }>(
    'ask',
    `SELECT toString(value) AS value FROM hour FINAL WHERE indicator = 'interchange/sent' AND members['unit'] = 'hue'
       AND "from" = fromUnixTimestamp64Milli({from: Int64}, 'UTC')`,
    { from: NINE + 60 * 60_000 },
  )
  expect(hour?.value).toBe('14')
  expect(await another.next()).toBeNull()
  house.clock.now = was + 2 * OVERLAP
})

test('a ratio that is declared again after a while knows what was said meanwhile', async () => {
  const ratio = 'filings/on-time-settled'
  const numerator = async () => {
    const rows = await house.store.rows<{ value: string }>(
      'ask',
      `SELECT toString(sum(value)) AS value FROM day FINAL WHERE indicator = {ratio: String} AND members['unit'] = 'dong-thap-2025'`,
      { ratio },
    )
    return rows[0]?.value
  }
  const fold = async (catalogue: typeof house.catalogue) => {
    const folding = await startFolding(house.store, catalogue)
    while ((await folding.next()) !== null);
  }
  const say = (minutes: number) =>
    house.say(
      ...['filings/settled', 'filings/settled-on-time'].map((indicator) => {
        return { indicator, unit: 'dong-thap-2025', from: NINE + minutes * 60_000, value: '4' }
      }),
    )
  await say(0)
  await fold(house.catalogue)
  expect(await numerator()).toBe('4')
  const indicators = new Map([...house.catalogue.indicators].filter(([id]) => id !== ratio))
  const without = { ...house.catalogue, indicators }
  await fold(without)
  await say(5)
  await fold(without)
  // So much later that nobody looks back so far by itself.
  house.clock.now += 3 * OVERLAP
  await fold(without)
  await fold(house.catalogue)
  expect(await numerator()).toBe('8')
  // Nothing is folded again by who finds everything as it was.
  const known = await define(house.store, everyVersion(house.catalogue))
  expect(known.changed).toEqual([])
})
