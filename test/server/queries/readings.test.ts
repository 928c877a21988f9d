/** Readings: one point with everything needed to believe it, judged at a time moved by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decimal, micro } from '../../../kpi/decimal.ts'
import type { Reading } from '../../../kpi/reading.ts'
import { type Slice, sliceKey } from '../../../kpi/slice.ts'
import { judge } from '../../../server/queries/judge.ts'
import { judgeRead, readings, readSlices } from '../../../server/queries/readings.ts'
import { MINUTE, startStore, type TestStore } from '../../support/store.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const MIDNIGHT = Date.parse('2026-11-22T00:00:00+07:00')
const SENT = 'interchange/sent'

let house: TestStore
beforeAll(async () => {
  house = await startStore(NOW)
})
afterAll(() => house.stop())

async function read(
  indicator: string,
  query: { by?: string[]; where?: Record<string, string>; window?: Slice['window'] } = {},
): Promise<readonly Reading[]> {
  const answer = await readings(
    house.store,
    house.catalogue,
    { indicator, by: query.by ?? [], where: query.where ?? {}, ...(query.window ? { window: query.window } : {}) },
    { at: house.clock.now, store: house.storeId },
  )
  return answer.readings
}

describe('before anything is stated', () => {
  test('there is no data, which is not 0, and everybody is missing by name', async () => {
    const [total] = await read(SENT)
    expect(total).toMatchObject({ value: null, status: 'no-data', asOf: null, coverage: { expected: 51, reported: 0 } })
    expect(total?.coverage.missing).toHaveLength(51)
  })
})

describe('with spans of two units today', () => {
  beforeAll(async () => {
    await house.say(
      { indicator: SENT, unit: 'ha-noi', from: NOW - 11 * MINUTE, value: '10.5' },
      { indicator: SENT, unit: 'hue', from: NOW - 11 * MINUTE, value: '4' },
      { indicator: SENT, unit: 'ha-noi', from: MIDNIGHT - 5 * MINUTE, value: '1000' },
      { indicator: 'interchange/received', unit: 'ha-noi', from: NOW - 11 * MINUTE, value: '8' },
      { indicator: 'interchange/accepted', unit: 'ha-noi', from: NOW - 11 * MINUTE, value: '6' },
      { indicator: 'interchange/received', unit: 'hue', from: NOW - 11 * MINUTE, value: '0' },
      { indicator: 'interchange/accepted', unit: 'hue', from: NOW - 11 * MINUTE, value: '0' },
      { indicator: 'interchange/received', unit: 'ca-mau-2025', from: NOW - 11 * MINUTE, value: '100' },
    )
    await house.fold()
  })

  test('several indicators asked together say what each says alone, whatever its window', async () => {
    const [indicator, also] = [SENT, ['interchange/accepted-share', 'index-766', 'published-2020/feedback/overdue']]
    const together = await readings(
      house.store,
      house.catalogue,
      { indicator, also: [...also, indicator], by: ['unit'], where: {} },
      { at: house.clock.now, store: house.storeId },
    )
    const alone = await Promise.all([indicator, ...also].map((id) => read(id, { by: ['unit'] })))
    expect(together.readings).toEqual(alone.flat())
  })

  test('slices of several windows and kinds read together say what each says read alone', async () => {
    const windows = ['today', 'yesterday', '60m', '24h', '7d', '30d', 'latest'] as const
    const ids = [
      SENT,
      'interchange/received',
      'interchange/accepted-share',
      'interchange/units-connected',
      'tasks/overdue',
    ]
    const slices = windows.flatMap((window) =>
      ids.flatMap((indicator) => [[], ['unit']].map((by): Slice => ({ indicator, window, by, where: {} }))),
    )
    const some: Slice = { indicator: SENT, window: '7d', by: [], where: { unit: 'provinces-34' } }
    const asked: string[] = []
    const rows: typeof house.store.rows = (purpose, sql, params) => {
      asked.push(sql)
      return house.store.rows(purpose, sql, params)
    }
    const read = async (all: readonly Slice[]) => {
      const found = await readSlices({ ...house.store, rows }, house.catalogue, all, house.clock.now, 'pulse')
      return found.map((one) => [sliceKey(one.slice), judgeRead(house.catalogue, one, house.clock.now)] as const)
    }
    const together = new Map(await read([...slices, some]))
    const few = asked.length
    asked.length = 0
    for (const slice of [...slices, some])
      expect(await read([slice])).toEqual([[sliceKey(slice), together.get(sliceKey(slice))]])
    expect(together.get(sliceKey({ ...some, where: {}, window: 'yesterday' }))?.[0]?.value).toBe('1000')
    // One statement a level and way of counting, whatever the windows; alone each slice takes one of its own.
    expect(few).toBeLessThan(12)
    expect(asked.length).toBeGreaterThan(60)
  })

  test('the newest of what happened is that of its last day, which owes nothing, and no sum of all days', async () => {
    const [total] = await read(SENT, { window: 'latest' })
    expect(total).toMatchObject({ value: '14.5', from: MIDNIGHT, to: MIDNIGHT + 1440 * MINUTE })
    expect(total?.coverage.spans).toBeNull()
    const parts = await read(SENT, { window: 'latest', by: ['unit'] })
    expect(parts.filter(({ value }) => value !== null).map(({ key, value }) => [key.unit, value])).toEqual([
      ['ha-noi', '10.5'],
      ['hue', '4'],
    ])
  })

  test('the nation is the exact sum of its parts, of today only', async () => {
    const [total] = await read(SENT)
    expect(total).toMatchObject({ value: '14.5', asOf: NOW - 6 * MINUTE, freshness: 'fresh', from: MIDNIGHT })
    const parts = await read(SENT, { by: ['unit'] })
    expect(parts).toHaveLength(51)
    expect(parts.filter((part) => part.value !== null).map((part) => [part.key.unit, part.value])).toEqual([
      ['ha-noi', '10.5'],
      ['hue', '4'],
    ])
  })

  test('coverage names who is missing; simulated data says so', async () => {
    const [total] = await read(SENT)
    expect(total?.coverage).toMatchObject({ expected: 51, reported: 2, standing: 0 })
    expect(total?.marks).toEqual(['partial', 'simulated'])
    expect(total?.sources).toEqual(['demo/interchange'])
  })

  test('a ratio is Σ/Σ over units that state both parts, with its parts (trap 2)', async () => {
    const [share] = await read('interchange/accepted-share')
    expect(share).toMatchObject({ value: '75', numerator: '6', denominator: '8', unit: 'percent' })
  })

  test('0/0 is nothing occurred; not reported is no data (traps 3 and 4)', async () => {
    const shares = new Map(
      (await read('interchange/accepted-share', { by: ['unit'] })).map((reading) => [reading.key.unit, reading]),
    )
    expect(shares.get('hue')).toMatchObject({ value: null, status: 'nothing-occurred', denominator: '0' })
    expect(shares.get('ca-mau-2025')).toMatchObject({ value: null, status: 'no-data', denominator: null })
  })

  test('a region is the sum of its provinces', async () => {
    const [region] =
      house.catalogue.dimensions
        .get('unit')
        ?.members.get('hue')
        ?.parents.filter((id) => house.catalogue.dimensions.get('unit')?.members.get(id)?.kind === 'region') ?? []
    expect(region).toBeDefined()
    const [reading] = await read(SENT, { where: { unit: region ?? '' } })
    expect(reading).toMatchObject({ value: '4' })
    expect(reading?.coverage.expected).toBeLessThan(51)
  })

  test('as time passes a value grows late, then stale, and keeps standing', async () => {
    const slice: Slice = { indicator: SENT, window: 'today', by: [], where: {} }
    const [found] = await readSlices(house.store, house.catalogue, [slice], NOW, 'pulse')
    const at = (minutes: number) =>
      judge(house.catalogue, slice, found?.facts ?? (undefined as never), NOW + minutes * MINUTE)[0]
    expect(at(0)).toMatchObject({ value: '14.5', freshness: 'fresh', coverage: { reported: 2, standing: 0 } })
    expect(at(5)).toMatchObject({ value: '14.5', freshness: 'late', coverage: { reported: 0, standing: 2 } })
    expect(at(10)).toMatchObject({ value: '14.5', freshness: 'stale' })
  })

  test('a correction is a further version, counted once and marked', async () => {
    house.clock.now += 1000
    await house.say({ indicator: SENT, unit: 'hue', from: NOW - 11 * MINUTE, value: '5' })
    await house.fold()
    expect((await read(SENT))[0]).toMatchObject({ value: '15.5' })
    expect((await read(SENT))[0]?.marks).toContain('corrected')
  })

  test('a held value leaves the last taken one standing and says so', async () => {
    house.clock.now += 1000
    await house.say({
      indicator: SENT,
      unit: 'hue',
      from: NOW - 11 * MINUTE,
      value: '5000000',
      state: 'held',
      reason: 'above-maximum',
    })
    await house.fold()
    const [hue] = await read(SENT, { where: { unit: 'hue' } })
    expect(hue).toMatchObject({ value: '5' })
    expect(hue?.marks).toContain('held')
  })

  test('a withdrawal empties the unit again', async () => {
    house.clock.now += 1000
    await house.say({ indicator: SENT, unit: 'hue', from: NOW - 11 * MINUTE, value: '5', state: 'withdrawn' })
    await house.fold()
    expect((await read(SENT, { where: { unit: 'hue' } }))[0]).toMatchObject({ value: null, status: 'no-data' })
    expect((await read(SENT))[0]).toMatchObject({ value: '10.5' })
  })

  test('what waits where nothing else was said is told beside the figure that lacks it', async () => {
    expect((await read(SENT))[0]?.marks).not.toContain('held')
    house.clock.now += 1000
    await house.say({
      indicator: SENT,
      unit: 'hue',
      from: NOW - 12 * MINUTE,
      value: '5000000',
      state: 'held',
      reason: 'x',
    })
    await house.fold()
    const [hue] = await read(SENT, { where: { unit: 'hue' } })
    expect(hue).toMatchObject({ value: null, status: 'no-data', coverage: { reported: 0, missing: ['hue'] } })
    expect(hue?.marks).toContain('held')
    const [all] = await read(SENT)
    expect(all).toMatchObject({ value: '10.5' })
    expect(all?.marks).toContain('held')
    const split = await read(SENT, { by: ['unit'] })
    expect(split.filter(({ marks }) => marks.includes('held')).map(({ key }) => key.unit)).toEqual(['hue'])
  })
})

describe('two sources', () => {
  test('the first by authority speaks; equal statements are one value with two citations (trap 8)', async () => {
    const [a, b] = [...house.catalogue.sources.keys()].filter((id) => id.startsWith('published-2020/')).sort()
    const at = Date.parse('2020-02-07T00:00:00+07:00')
    const id =
      [...house.catalogue.indicators.values()].find((one) => one.kind === 'running' && one.window === 'latest')?.id ??
      ''
    for (const source of [a, b]) {
      await house.say({
        indicator: id,
        source: source ?? '',
        unit: 'viet-nam',
        from: at,
        to: at,
        value: '95',
        citation: `“95” ${source}`,
      })
    }
    await house.fold()
    const [reading] = await read(id, { window: 'latest' })
    expect(reading).toMatchObject({ value: '95' })
    expect(reading?.citations.map((citation) => citation.source)).toEqual([a, b])
  })
})

test('few buckets are read as they lie once it is known how many there are: the same answer, exact where a double is not', async () => {
  const [workflow, from] = ['tasks/overdue', NOW - 26 * 60 * MINUTE]
  const [before] = await read(SENT, { window: '30d' })
  await house.say(
    { indicator: SENT, unit: 'son-la', from: NOW - 9 * MINUTE, value: '9007199254740993.25' },
    { indicator: SENT, unit: 'son-la', from: NOW - 10 * 1440 * MINUTE, value: '0.000001' },
    { indicator: SENT, unit: 'hue', from: NOW - 1441 * MINUTE, value: '7', qualifier: 'about' },
    { indicator: SENT, unit: 'ca-mau-2025', from: NOW - 11 * MINUTE, value: '3', state: 'held', reason: 'too-large' },
    { indicator: workflow, unit: 'hue', from, value: '12' },
  )
  await house.fold()
  const slicesOf = (where: Slice['where']) =>
    ['today', 'yesterday', '7d', '30d'].flatMap((window) =>
      [SENT, 'interchange/accepted-share', workflow].flatMap((indicator) =>
        [[], ['unit']].map((by) => ({ indicator, window, by, where }) as Slice),
      ),
    )
  const slices = slicesOf({})
  const asked: string[] = []
  const bytes: typeof house.store.bytes = (purpose, sql, ...given) => {
    asked.push(sql)
    return house.store.bytes(purpose, sql, ...given)
  }
  const store = { ...house.store, bytes }
  const ask = (some = slices) => readSlices(store, house.catalogue, some, house.clock.now, 'pulse')
  const put = await ask()
  const few = await ask(slicesOf({ unit: 'hue' }))
  expect(asked).toEqual([])
  expect(await ask()).toEqual(put)
  expect(await ask(slicesOf({ unit: 'hue' }))).toEqual(few)
  expect(asked.map((sql) => /FORMAT (\w+)$/.exec(sql)?.[1])).toEqual(['Native', 'Native'])
  const month = put.find(({ slice }) => slice.indicator === SENT && slice.window === '30d' && slice.by.length === 0)
  const more = micro('9007199254740993.25') + micro('0.000001') + micro('7')
  const value = decimal(micro(before?.value ?? '') + more)
  expect(month?.facts.total).toMatchObject({ value, qualifier: 'about' })
  expect(month?.facts.total?.held).toBeGreaterThan(0)
  const rows: typeof house.store.rows = (purpose, sql, ...given) =>
    sql.includes('DISTINCT toString(series)') ? Promise.resolve([]) : house.store.rows(purpose, sql, ...given)
  const forgetful = { ...house.store, rows }
  const nameless = () => readSlices(forgetful, house.catalogue, slices, house.clock.now, 'pulse')
  expect(await nameless()).toEqual(put)
  await expect(nameless()).rejects.toThrow('not who that is')
})
