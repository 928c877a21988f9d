/** Series, breakdown and observations: the same folded rows answer them all. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Indicator } from '../../../kpi/indicator.ts'
import { ASK } from '../../../server/queries/index.ts'
import { Refusal } from '../../../server/refusal.ts'
import { MINUTE, startStore, type TestStore } from '../../support/store.ts'

const HOUR = 60 * MINUTE
const NOW = Date.parse('2026-11-22T09:40:00+07:00')
const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const SENT = 'interchange/sent'
const REJECTED = 'interchange/rejected'
const where = {}

let house: TestStore
const pulse = () => ({ at: house.clock.now, store: house.storeId })

beforeAll(async () => {
  house = await startStore(NOW)
  const spans = [0, 1, 2, 4, 5].map((i) => NINE + i * 5 * MINUTE)
  await house.say(
    ...spans.flatMap((from) =>
      ['ha-noi', 'hue'].map((unit, i) => ({ indicator: SENT, unit, from, value: String(10 + i) })),
    ),
  )
  await house.say({ indicator: SENT, unit: 'hue', from: NINE - 6 * HOUR, minutes: 180, value: '100' })
  await house.fold()
})
afterAll(() => house.stop())

describe('series', () => {
  test('a gap is a gap, on the beat of the source', async () => {
    const answer = await ASK.series(
      house.store,
      house.catalogue,
      { indicator: SENT, from: NINE, to: NINE + HOUR, where, grain: 'minute' },
      pulse(),
    )
    expect(answer.points.map((point) => point.value)).toEqual(['21', '21', '21', null, '21', '21', null, null])
    expect(answer.points[3]).toMatchObject({ status: 'no-data', spans: { present: 0, expected: 51 } })
  })
  test('a span coarser than the grain is not known at this grain, never a spike', async () => {
    const span = { from: NINE - 9 * HOUR, to: NINE + HOUR }
    const hourly = await ASK.series(
      house.store,
      house.catalogue,
      { indicator: SENT, ...span, where, grain: 'hour' },
      pulse(),
    )
    expect(hourly.coarser).toBe(1)
    expect(hourly.points.map((point) => point.value).filter((value) => value !== null)).toEqual(['105'])
    const daily = await ASK.series(
      house.store,
      house.catalogue,
      { indicator: SENT, from: NINE - 9 * HOUR, to: NINE + 15 * HOUR, where, grain: 'day' },
      pulse(),
    )
    expect(daily).toMatchObject({ coarser: 0, points: [{ value: '205' }] })
  })
  test('split by unit: a line for each that spoke, adding up to the total at every point, each owing its own spans', async () => {
    const answer = await ASK.series(
      house.store,
      house.catalogue,
      { indicator: SENT, from: NINE, to: NINE + HOUR, where, grain: 'minute', by: 'unit' },
      pulse(),
    )
    expect(answer.split?.map(({ key }) => key)).toEqual([{ unit: 'ha-noi' }, { unit: 'hue' }])
    expect(answer.split?.map(({ points }) => points.map(({ value }) => value))).toEqual([
      ['10', '10', '10', null, '10', '10', null, null],
      ['11', '11', '11', null, '11', '11', null, null],
    ])
    expect(answer.points.map((point) => point.value)).toEqual(['21', '21', '21', null, '21', '21', null, null])
    expect(answer.points[0]?.spans).toEqual({ present: 2, expected: 51 })
    for (const { points } of answer.split ?? []) expect(points[0]?.spans).toEqual({ present: 1, expected: 1 })
  })
  test('a line is the same whichever way it is read; a series nobody can name is an error, never left out', async () => {
    const asked: string[] = []
    const bytes: typeof house.store.bytes = (purpose, sql, ...given) => {
      asked.push(sql)
      return house.store.bytes(purpose, sql, ...given)
    }
    const query = { indicator: SENT, from: NINE - 9 * HOUR, to: NINE + HOUR, where, grain: 'hour', by: 'unit' } as const
    const ask = (more: object) => ASK.series({ ...house.store, bytes }, house.catalogue, { ...query, ...more }, pulse())
    expect(await ask({})).toEqual(await ask({ asOf: house.clock.now }))
    expect(asked.map((sql) => /FORMAT (\w+)$/.exec(sql)?.[1])).toEqual(['Native', 'RowBinary'])
    const rows: typeof house.store.rows = (purpose, sql, ...given) =>
      sql.includes('DISTINCT toString(series)') ? Promise.resolve([]) : house.store.rows(purpose, sql, ...given)
    const nameless = ASK.series({ ...house.store, rows }, house.catalogue, query, pulse())
    await expect(nameless).rejects.toThrow('not who that is')
  })
  test('what waits for a person is marked at its point, whichever way the line is read, also where nothing else was said', async () => {
    const [day, received] = [NINE - 72 * HOUR, 'filings/received']
    const ask = (indicator: string, more: object = {}) =>
      ASK.series(
        house.store,
        house.catalogue,
        { indicator, from: day, to: day + HOUR, where, grain: 'minute', by: 'unit', ...more },
        pulse(),
      )
    const marked = ({ points }: Pick<Awaited<ReturnType<typeof ask>>, 'points'>) =>
      points.flatMap(({ value, marks }, i) => (marks.includes('held') ? [[i, value]] : []))
    const waits = { state: 'held', reason: 'above-maximum', value: '5000000' } as const
    const filed = (channel: string, beats: number) => ({
      ...{ indicator: received, source: 'demo/portal', members: { unit: 'hue', channel } },
      ...{ from: day + beats * 15 * MINUTE, to: day + (beats + 1) * 15 * MINUTE },
    })
    await house.say(
      { indicator: SENT, unit: 'hue', from: day, value: '5' },
      { indicator: SENT, unit: 'hue', from: day + 10 * MINUTE, ...waits },
      ...[
        { ...filed('online', 0), value: '6' },
        { ...filed('post', 0), ...waits },
        { ...filed('online', 1), ...waits },
      ],
    )
    house.clock.now += 1000
    await house.say({ indicator: SENT, unit: 'hue', from: day, ...waits })
    await house.fold()
    for (const more of [{}, { asOf: house.clock.now }]) {
      const documents = await ask(SENT, more)
      expect(marked(documents)).toEqual([
        [0, '5'],
        [2, null],
      ])
      expect(documents.points[2]).toMatchObject({ status: 'no-data', spans: { present: 0 } })
      expect(documents.split?.map(marked)).toEqual([marked(documents)])
      const filings = await ask(received, more)
      expect(marked(filings)).toEqual([
        [0, '6'],
        [1, null],
      ])
      expect(filings.split?.map(({ key }) => key)).toEqual([{ unit: 'hue' }])
    }
    expect(marked(await ask(SENT, { where: { unit: 'ha-noi' } }))).toEqual([])
  })
  test('where two sources speak, one speaks for each member and point, also of an indicator divided further', async () => {
    const received = 'filings/received'
    const day = NINE - 48 * HOUR
    const said = (source: string, channel: string, from: number, value: string) => ({
      ...{ indicator: received, source, members: { unit: 'hue', channel }, from, to: from + 15 * MINUTE, value },
    })
    await house.say(said('demo/one-stop', 'online', day, '5'), said('demo/one-stop', 'direct', day, '7'))
    await house.fold()
    const ask = async () =>
      ASK.series(
        house.store,
        house.catalogue,
        { indicator: received, from: day, to: day + HOUR, where: { unit: 'hue' }, grain: 'minute', by: 'unit' },
        pulse(),
      )
    expect((await ask()).points.map(({ value }) => value)).toEqual(['12', null, null, null])
    await house.say(
      ...[said('demo/portal', 'online', day, '6'), said('demo/portal', 'post', day, '1')],
      said('demo/portal', 'direct', day + 15 * MINUTE, '9'),
    )
    await house.fold()
    const answer = await ask()
    // Declared for it, the portal speaks for “online”; nobody but the other spoke for “direct” at first.
    expect(answer.points.map(({ value }) => value)).toEqual(['14', '9', null, null])
    expect(answer.split?.[0]?.points.map(({ value }) => value)).toEqual(answer.points.map(({ value }) => value))
    // Two of three channels are a quarter's all where nobody has said that each is owed.
    const unsaid = new Map(house.catalogue.indicators)
    const { every: _, ...other } = unsaid.get(received) as Indicator
    unsaid.set(received, other)
    const open = await ASK.series(
      house.store,
      { ...house.catalogue, indicators: unsaid },
      { indicator: received, from: day, to: day + HOUR, where: { unit: 'hue' }, grain: 'minute', by: 'channel' },
      pulse(),
    )
    expect(answer.points[1]).toMatchObject({ spans: { present: 1, expected: 3 }, marks: ['simulated', 'partial'] })
    expect(open.points[1]).toMatchObject({ spans: null, marks: ['simulated'] })
    expect(open.split?.[0]?.points[1]?.spans).toEqual({ present: 1, expected: 1 })
  })
  test('beside what like weekdays before brought: their median and spread, none where too few are known', async () => {
    const ask = (more: { from?: number; grain?: 'minute' | 'hour' } = {}) =>
      ASK.series(
        house.store,
        house.catalogue,
        { indicator: REJECTED, from: NINE, to: NINE + 2 * HOUR, where, grain: 'hour', usual: 8, ...more },
        pulse(),
      )
    // Five Sundays before this one; a Saturday says nothing of a Sunday.
    const [WEEK, values] = [7 * 24 * HOUR, ['40', '44', '48', '52', '60']]
    await house.say(
      ...values.map((value, i) => ({ indicator: REJECTED, unit: 'hue', from: NINE - (i + 1) * WEEK, value })),
      { indicator: REJECTED, unit: 'hue', from: NINE - 24 * HOUR, value: '7' },
    )
    await house.fold()
    const { usual, points } = await ask()
    expect(points.map(({ value }) => value)).toEqual([null])
    // The median deviation from 48 is 4; twice 1.4826 times that is 11.8608.
    const band = { low: 36.1392, median: 48, high: 59.8608, days: 5 }
    expect(usual).toEqual([{ from: NINE, to: NINE + HOUR, ...band }])
    expect((await ask({ from: NINE + HOUR })).usual).toEqual([])
    await expect(ask({ grain: 'minute' })).rejects.toMatchObject({ status: 422, field: 'grain' })
  })

  test('one unit', async () => {
    const answer = await ASK.series(
      house.store,
      house.catalogue,
      { indicator: SENT, from: NINE, to: NINE + 10 * MINUTE, where: { unit: 'hue' } },
      pulse(),
    )
    expect(answer.points.map((point) => [point.value, point.spans?.expected])).toEqual([
      ['11', 1],
      ['11', 1],
    ])
  })
  test('too many points are refused with what to narrow', async () => {
    const long = { indicator: SENT, from: NINE - 30 * 24 * HOUR, to: NINE, where, grain: 'minute' as const }
    await expect(ASK.series(house.store, house.catalogue, long, pulse())).rejects.toThrow(Refusal)
  })
  test('a level stands until its next statement, for at most three rhythms', async () => {
    const level = 'system/windows-done'
    const declared = house.catalogue.indicators.get(level)
    expect(declared?.kind).toBe('level')
    if (!declared) return
    const indicators = new Map([...house.catalogue.indicators, [level, { ...declared, rhythm: '5m' }]])
    const at = (minutes: number) => ({
      indicator: level,
      source: 'system/collectors',
      members: { source: 'demo/interchange' },
      from: NINE + minutes * MINUTE,
      to: NINE + minutes * MINUTE,
    })
    await house.say({ ...at(0), value: '3' }, { ...at(10), value: '7' })
    await house.fold()
    const answer = await ASK.series(
      house.store,
      { ...house.catalogue, indicators },
      { indicator: level, from: NINE, to: NINE + 40 * MINUTE, where, grain: 'minute' },
      pulse(),
    )
    expect(answer.points.map((point) => point.value)).toEqual(['3', '3', '7', '7', '7', null, null, null])
  })
})

describe('breakdown', () => {
  test('readings add up to the total and name those without data last', async () => {
    const answer = await ASK.breakdown(
      house.store,
      house.catalogue,
      { indicator: SENT, from: NINE, to: NINE + HOUR, by: 'unit', where },
      pulse(),
    )
    expect(answer.total).toMatchObject({ value: '105' })
    expect(answer.readings).toHaveLength(51)
    expect(answer.readings.slice(0, 3).map((reading) => [reading.key.unit, reading.value])).toEqual([
      ['hue', '55'],
      ['ha-noi', '50'],
      [expect.any(String), null],
    ])
  })
})

describe('observations', () => {
  test('every version, page by page, none twice', async () => {
    house.clock.now += 1000
    await house.say({ indicator: SENT, unit: 'hue', from: NINE, value: '99', citation: 'corrected by telephone' })
    const all: string[] = []
    let after: string | undefined
    do {
      const page = await ASK.observations(
        house.store,
        house.catalogue,
        { indicator: SENT, from: NINE, to: NINE + HOUR, where, limit: 3, ...(after ? { after } : {}) },
        pulse(),
      )
      all.push(...page.observations.map((observation) => observation.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(all).toHaveLength(11)
    expect(new Set(all).size).toBe(11)
    const [newest, first] = (
      await ASK.observations(
        house.store,
        house.catalogue,
        { indicator: SENT, from: NINE, to: NINE + MINUTE, where: { unit: 'hue' }, limit: 10 },
        pulse(),
      )
    ).observations
    expect(newest).toMatchObject({
      value: '99',
      received: house.clock.now,
      stored: house.clock.now,
      citation: 'corrected by telephone',
    })
    expect(first).toMatchObject({ value: '11', received: NOW })
  })
  test('a cursor this system did not give is refused', async () => {
    const ask = ASK.observations(
      house.store,
      house.catalogue,
      { indicator: SENT, from: NINE, to: NINE + HOUR, where, limit: 3, after: 'x' },
      pulse(),
    )
    await expect(ask).rejects.toMatchObject({ field: 'after', status: 400 })
  })
})

// It moves the clock, so it is last.
test('what is nought on all days but one, and was corrected once, is so on its own day', async () => {
  const day = (back: number) => NINE - (back + 1) * 24 * HOUR
  const said = Array.from({ length: 120 }, (_, back) => ({
    indicator: 'interchange/received',
    unit: 'hue',
    from: day(back),
  }))
  await house.say(...said.map((one) => ({ ...one, value: '0' })))
  house.clock.now += 1000
  await house.say({ indicator: 'interchange/received', unit: 'hue', from: day(50), value: '7' })
  await house.fold()
  const span = { from: day(119) - 9 * HOUR, to: day(-1) - 9 * HOUR }
  const { points } = await ASK.series(
    house.store,
    house.catalogue,
    { indicator: 'interchange/received', ...span, where, grain: 'day' },
    pulse(),
  )
  const place = 119 - 50
  expect(points.flatMap(({ value }, i) => (value === '0' ? [] : [[i, value]]))).toEqual([[place, '7']])
  expect(points.flatMap(({ marks }, i) => (marks.includes('corrected') ? [i] : []))).toEqual([place])
})
