/** Folds side by side: one that fails while another succeeds is done again, however long ago its batch was stored. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Observation } from '../../../kpi/observation.ts'
import { DAY } from '../../../kpi/range.ts'
import { everyVersion } from '../../../kpi/version.ts'
import { ASK } from '../../../server/queries/index.ts'
import { connect } from '../../../server/store/connect.ts'
import { define } from '../../../server/store/definitions.ts'
import { OVERLAP, startFolding } from '../../../server/store/folding.ts'
import { append } from '../../../server/store/observations.ts'
import { startNoting } from '../../../server/store/told.ts'
import { type Noted, note } from '../../../server/store/touched.ts'
import { type Faults, startFaults } from '../../support/faults.ts'
import { startStore, type TestStore } from '../../support/store.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
let house: TestStore
let faults: Faults
beforeAll(async () => {
  house = await startStore(NINE + 600_000)
  faults = await startFaults(house.engine.url)
})
afterAll(async () => {
  await faults.stop()
  await house.stop()
})

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
      .map(({ spans, ratios, heard: _, ...one }) => ({ ...one, spans: [...spans].sort(), ratios: [...ratios].sort() }))
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
  expect(known.due).toEqual([])
})

test('a changed definition whose whole fold was cut short is folded whole by who starts next, or tries again', async () => {
  const said = async (grain: 'minute' | 'hour' | 'day') => {
    const rows = await house.store.rows<{ value: string }>(
      'ask',
      `SELECT toString(sum(value)) AS value FROM ${grain} FINAL WHERE indicator = 'tasks/due' AND members['unit'] = 'hue'`,
    )
    return rows[0]?.value
  }
  const sent = house.catalogue.indicators.get('interchange/sent')
  if (!sent) throw new Error('interchange/sent')
  const declared = (kind: 'flow' | 'level') => ({
    ...house.catalogue,
    indicators: new Map([...house.catalogue.indicators, ['tasks/due', { ...sent, id: 'tasks/due', kind }] as const]),
  })
  await startFolding(house.store, declared('flow'))
  const folding = await startFolding(house.store, declared('flow'))
  for (const [minutes, value] of [
    [0, '3'],
    [30, '4'],
  ] as const)
    await house.say({ indicator: 'tasks/due', unit: 'hue', from: NINE + minutes * 60_000, value })
  while ((await folding.next()) !== null);
  expect(await Promise.all([said('minute'), said('hour'), said('day')])).toEqual(['7', '7', '7'])

  // The store is lost after the minutes: of what stands, hours and days say the sum still.
  let cut = true
  const run: typeof house.store.run = (purpose, sql, params) =>
    cut && /INSERT INTO (hour|day)/.test(sql)
      ? Promise.reject(new Error('the store is away'))
      : house.store.run(purpose, sql, params)
  const lossy = { ...house.store, run }
  await expect(startFolding(lossy, declared('level'))).rejects.toThrow('the store is away')
  expect(await said('day')).toBe('7')
  // Another server meanwhile knows that it is not done, and is cut short too.
  await expect(startFolding(lossy, declared('level'))).rejects.toThrow('the store is away')
  cut = false
  await startFolding(lossy, declared('level'))
  expect(await Promise.all([said('hour'), said('day')])).toEqual(['4', '4'])
  // Who finds everything done folds nothing again; so does who finds what a program without marks has written.
  const due = async () => (await define(house.store, everyVersion(declared('level')))).due
  expect(await due()).toEqual([])
  await house.store.insert('definition', [{ indicator: 'old/one', hash: 'x', generation: 1, stored: 1 }], 'old')
  const [old] = await house.store.rows<{ folded: number }>(
    'ask',
    `SELECT folded FROM definition WHERE indicator = 'old/one'`,
  )
  expect(old).toEqual({ folded: 1 })
})

test('a batch that becomes visible long after its stamp is folded, whoever folds: what is acknowledged is never passed over', async () => {
  const far = connect({ url: faults.url, now: () => house.clock.now })
  const unit = 'can-tho-2025'
  const asked = { indicator: 'interchange/sent', window: 'today' as const, by: [], where: { unit } }
  const reading = async (asOf?: number) => {
    const pulse = { at: house.clock.now, store: house.storeId }
    const { readings } = await ASK.readings(house.store, house.catalogue, { ...asked, asOf }, pulse)
    return readings[0]?.value
  }
  const folders = [await startFolding(house.store, house.catalogue), await startFolding(house.store, house.catalogue)]
  /** Long enough for everybody to have passed what was stamped before. */
  const pass = async () => {
    for (let i = 0; i < 2; i++) {
      house.clock.now += 2 * OVERLAP
      for (const folding of folders) while ((await folding.next()) !== null);
    }
  }
  try {
    // Held on the way and passed on late: by then everybody has looked beyond its stamp. Who sent it finds it there.
    await faults.set('hold')
    const first = of('held-0', unit)
    await expect(append(far, first)).rejects.toThrow()
    await faults.set('none')
    await pass()
    await faults.release()
    for (const folding of folders) expect(await folding.next()).toBeNull()
    await append(far, { ...first, again: true })
    expect(await reading(house.clock.now)).toBe('3')
    house.clock.now += 2000
    for (const folding of folders) expect((await folding.next())?.batches).toEqual(['held-0'])
    expect(await reading()).toBe('3')
    // Once, and not at every look.
    house.clock.now += 2000
    for (const folding of folders) expect(await folding.next()).toBeNull()

    // Passed on between the look for it and the insert under the same token, which is then dropped: there is the old stamp.
    await faults.set('hold')
    const second = of('held-1', unit)
    await expect(append(far, second)).rejects.toThrow()
    await faults.set('none')
    await pass()
    const insert: typeof far.insert = async (table, rows, token, how) => {
      if (table === 'observation') await faults.release()
      await far.insert(table, rows, token, how)
    }
    await append({ ...far, insert }, { ...second, again: true })
    house.clock.now += 2000
    for (const folding of folders) expect((await folding.next())?.batches).toEqual(['held-1'])
    // A later version of the same spans: what stands is what was received last.
    expect(await reading()).toBe('3')
    // An insert that took long, and was acknowledged: who looks after it has passed its stamp.
    const slow: typeof far.insert = async (table, rows, token, how) => {
      if (table === 'observation') await pass()
      await far.insert(table, rows, token, how)
    }
    await append({ ...far, insert: slow }, of('slow-0', 'ca-mau'))
    house.clock.now += 2000
    for (const folding of folders) expect((await folding.next())?.batches).toEqual(['slow-0'])
  } finally {
    await far.close()
  }
})

/** A server that folds; between `close` and `open` its folds wait when they know what to write. */
async function server() {
  let gate = Promise.resolve()
  let open = () => {}
  let waits = () => {}
  const insert: typeof house.store.insert = async (...write) => {
    waits()
    await gate
    return house.store.insert(...write)
  }
  const folding = await startFolding({ ...house.store, insert }, house.catalogue)
  const settle = async () => {
    while ((await folding.next()) !== null);
  }
  await settle()
  return {
    ...{ next: folding.next, hear: folding.hear, settle },
    open: () => open(),
    /** Resolves when a fold waits. */
    close(): Promise<void> {
      gate = new Promise((opened) => {
        open = opened
      })
      return new Promise((waiting) => {
        waits = waiting
      })
    },
  }
}

test('of two folds in different hours of a day, in one process or in two, the day has both', async () => {
  const sent = (unit: string, hour: number) => {
    const [one] = of(`${unit}-${hour}`, unit).observations as readonly [Observation]
    const from = NINE + hour * 3_600_000
    const observation = { ...one, indicator: 'interchange/accepted', from, to: from + 300_000, value: '1' }
    return append(house.store, { id: `${unit}-${hour}`, observations: [observation] })
  }
  const days = () =>
    house.store.rows(
      'ask',
      `SELECT members['unit'] AS unit, value, toInt32(spans) AS spans FROM day FINAL WHERE indicator = 'interchange/accepted' ORDER BY unit`,
    )
  const [left, right] = [await server(), await server()]
  // One process: the second fold begins when the first has read and not written, so that neither finds the other in the store.
  const waits = left.close()
  await sent('lao-cai', 1)
  const first = left.next()
  await waits
  await sent('lao-cai', 2)
  const second = left.next()
  left.open()
  await Promise.all([first, second])
  expect(await left.next()).toBeNull()
  expect(await days()).toEqual([{ unit: 'lao-cai', value: '2', spans: 2 }])
  // Two, each told of one: both have read before either writes, and fold what the other folded once they look.
  await right.settle()
  const both = [left.close(), right.close()]
  await sent('ca-mau', 3)
  const mine = left.next()
  await both[0]
  right.hear(await sent('ca-mau', 4))
  const yours = right.next()
  await both[1]
  left.open()
  right.open()
  await Promise.all([mine, yours])
  await left.settle()
  await right.settle()
  expect(await days()).toEqual([
    { unit: 'ca-mau', value: '2', spans: 2 },
    { unit: 'lao-cai', value: '2', spans: 2 },
  ])
})

/** The same of some days before. */
const before = (id: string, days: number) => ({
  id,
  observations: of(id, 'hue').observations.map((one) => {
    return { ...one, from: one.from - days * DAY, to: one.to - days * DAY }
  }),
})

test('what lies days apart is folded one after the other, the newest first, told or found: nothing of what lies between is read', async () => {
  const read: number[] = []
  const run: typeof house.store.run = (purpose, sql, params) => {
    if (params && 'first' in params) read.push(Number(params.last) - Number(params.first))
    return house.store.run(purpose, sql, params)
  }
  // Nothing is little: statements say what they read.
  const folding = await startFolding({ ...house.store, run }, house.catalogue, { series: 0, spans: 0, days: 0 })
  while ((await folding.next()) !== null);
  for (const way of ['told', 'found']) {
    const batches = [before(`${way}-far`, 40), before(`${way}-near`, 0), before(`${way}-near-too`, 0)]
    const told = await append(house.store, ...batches)
    if (way === 'told') folding.hear(told)
    const first = await folding.next()
    expect(first?.batches.toSorted()).toEqual([`${way}-near`, `${way}-near-too`])
    expect(first?.more).toBe(true)
    expect(await folding.next()).toMatchObject({ batches: [`${way}-far`], more: false })
    expect(await folding.next()).toBeNull()
    house.clock.now += 6000
  }
  expect(read.length).toBeGreaterThan(0)
  expect(Math.max(...read)).toBeLessThanOrEqual(2 * DAY)
  const days = await house.store.rows<{ spans: number }>(
    'ask',
    `SELECT sum(spans) AS spans FROM day FINAL WHERE "from" < fromUnixTimestamp64Milli({before: Int64}, 'UTC')`,
    { before: NINE - 30 * DAY },
  )
  expect(days[0]?.spans).toBe(2)
})

test('however much that is new keeps coming, what has waited longest has its turn, and what is folded counts as done', async () => {
  const folding = await startFolding(house.store, house.catalogue)
  while ((await folding.next()) !== null);
  const done = async () => {
    const [row] = await house.store.rows<{ at: number }>(
      'ask',
      `SELECT toUnixTimestamp64Milli(max(at)) AS at FROM watermark WHERE name = 'fold'`,
    )
    return row?.at ?? 0
  }
  const begun = house.clock.now
  const order: string[] = []
  for (let round = 1; round <= 6; round++) {
    house.clock.now += 11_000
    await append(house.store, before(`flow-near-${round}`, 0), before(`flow-far-${round}`, 50 + round))
    const touch = await folding.next()
    // Never is nothing left.
    expect(touch?.more).toBe(true)
    order.push(...(touch?.batches ?? []))
  }
  expect(order.slice(0, 3)).toEqual(['flow-near-1', 'flow-far-1', 'flow-near-3'])
  expect(order).toContain('flow-far-2')
  expect(await done()).toBeGreaterThanOrEqual(begun + 11_000)
  while ((await folding.next()) !== null);
  const { points } = await ASK.series(
    house.store,
    house.catalogue,
    { indicator: 'interchange/sent', from: NINE - 60 * DAY, to: NINE - 49 * DAY, where: {}, grain: 'day' },
    { at: house.clock.now, store: 'test' },
  )
  expect(points.filter(({ value }) => value !== null)).toHaveLength(6)
})
