/** Questions across 2025-07-01: units of the time or those of today, and a nation that never counts a unit and its successor twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Units } from '../../../kpi/succession.ts'
import { ASK } from '../../../server/queries/index.ts'
import { MINUTE, projectCatalogue, startStore, type TestStore } from '../../support/store.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Local midnight that begins the first of July 2025. */
const REFORM = Date.parse('2025-07-01T00:00:00+07:00')
const NOW = REFORM + 2 * DAY
const SENT = 'interchange/sent'
const LEVEL = 'interchange/in-work'
const DISTINCT = 'filings/services-used'
const SHARE = 'interchange/accepted-share'
const where = {}

let house: TestStore
const pulse = () => ({ at: house.clock.now, store: house.storeId })

beforeAll(async () => {
  house = await startStore(NOW, projectCatalogue())
  const before = REFORM - 12 * HOUR
  const after = REFORM + 12 * HOUR
  await house.say(
    { indicator: SENT, unit: 'gia-lai', from: before, value: '10' },
    { indicator: SENT, unit: 'binh-dinh', from: before, value: '32' },
    { indicator: SENT, unit: 'ha-noi', from: before, value: '100' },
    { indicator: SENT, unit: 'gia-lai-2025', from: after, value: '50' },
    { indicator: SENT, unit: 'ha-noi', from: after, value: '200' },
    // 1 of 10 and 90 of 90: the mean of percentages would be 55.
    { indicator: 'interchange/received', unit: 'gia-lai', from: before, value: '10' },
    { indicator: 'interchange/accepted', unit: 'gia-lai', from: before, value: '1' },
    { indicator: 'interchange/received', unit: 'binh-dinh', from: before, value: '90' },
    { indicator: 'interchange/accepted', unit: 'binh-dinh', from: before, value: '90' },
    { indicator: DISTINCT, unit: 'gia-lai', from: REFORM - DAY, minutes: 24 * 60, value: '5' },
    { indicator: DISTINCT, unit: 'binh-dinh', from: REFORM - DAY, minutes: 24 * 60, value: '6' },
    { indicator: LEVEL, unit: 'gia-lai', from: REFORM - 5 * MINUTE, minutes: 0, value: '7' },
    { indicator: LEVEL, unit: 'binh-dinh', from: REFORM - 5 * MINUTE, minutes: 0, value: '5' },
    { indicator: LEVEL, unit: 'gia-lai-2025', from: REFORM + HOUR, minutes: 0, value: '12' },
  )
  await house.fold()
})
afterAll(() => house.stop())

const week = { from: REFORM - 2 * DAY, to: NOW }
async function split(indicator: string, units?: Units, span = week, narrowed: Record<string, string> = where) {
  const answer = await ASK.breakdown(
    house.store,
    house.catalogue,
    { indicator, ...span, where: narrowed, by: 'unit', units },
    pulse(),
  )
  const said = answer.readings.filter(({ value }) => value !== null)
  return { values: Object.fromEntries(said.map(({ key, value }) => [key.unit, value])), total: answer.total, answer }
}

describe('a flow', () => {
  test('of the units of the time lists former and new ones apart', async () => {
    const { values, total } = await split(SENT)
    expect(values).toEqual({ 'gia-lai': '10', 'binh-dinh': '32', 'gia-lai-2025': '50', 'ha-noi': '300' })
    expect(total?.value).toBe('392')
  })
  test('of today’s units carries what former ones did, and adds up to the same', async () => {
    const { values, total } = await split(SENT, 'today')
    expect(values).toEqual({ 'gia-lai-2025': '92', 'ha-noi': '300' })
    expect(total?.value).toBe('392')
  })
  test('of one unit of today, as a line over the reform', async () => {
    const ask = async (units?: Units) =>
      (
        await ASK.series(
          house.store,
          house.catalogue,
          { indicator: SENT, ...week, where: { unit: 'gia-lai-2025' }, grain: 'day', units },
          pulse(),
        )
      ).points.map(({ value }) => value)
    expect(await ask()).toEqual([null, null, '50', null])
    expect(await ask('today')).toEqual([null, '42', '50', null])
  })
  test('of today’s units before they were is ranked among the units of today, provinces and cities together', async () => {
    const span = { from: REFORM - 2 * DAY, to: REFORM }
    const { answer } = await split(SENT, 'today', span)
    const [one, other] = ['ha-noi', 'gia-lai-2025'].map((id) => answer.ranks.rows.find(({ key }) => key.unit === id))
    expect(one).toMatchObject({ best: 1, worst: 1, among: 2, peers: 'provinces-34' })
    expect(other).toMatchObject({ best: 2, worst: 2, among: 2, peers: 'provinces-34' })
    const asked = { indicator: SENT, ...span, where: { unit: 'gia-lai-2025' }, units: 'today', count: 6 } as const
    const { peers } = await ASK.peers(house.store, house.catalogue, asked, pulse())
    expect(peers.map(({ reading }) => reading.key.unit)).toEqual(['ha-noi'])
  })
  test('of the nation is whole on both sides', async () => {
    const answer = await ASK.series(
      house.store,
      house.catalogue,
      { indicator: SENT, ...week, where: { unit: 'viet-nam' }, grain: 'day' },
      pulse(),
    )
    expect(answer.points.map(({ value }) => value)).toEqual([null, '142', '250', null])
  })
})

test('trap 2: a ratio carried over a merger is Σ numerator / Σ denominator, not a mean of percentages', async () => {
  const before = { from: REFORM - DAY, to: REFORM }
  expect((await split(SHARE, 'then', before)).values).toEqual({ 'gia-lai': '10', 'binh-dinh': '100' })
  const { answer, values } = await split(SHARE, 'today', before)
  expect(values).toEqual({ 'gia-lai-2025': '91' })
  expect(answer.readings.find(({ key }) => key.unit === 'gia-lai-2025')).toMatchObject({
    numerator: '91',
    denominator: '100',
  })
})

test('what may not be added up stays with the unit it was said of', async () => {
  const { values } = await split(DISTINCT, 'today', { from: REFORM - DAY, to: REFORM })
  expect(values).toEqual({ 'gia-lai': '5', 'binh-dinh': '6' })
  const narrowed = await split(DISTINCT, 'today', { from: REFORM - DAY, to: REFORM }, { unit: 'gia-lai-2025' })
  expect(narrowed).toMatchObject({ values: {}, total: { value: null } })
})

test('an answer for today’s units says whom it carried, and whose sum is only nearly right', async () => {
  const ask = (units: Units, unit: string, from: number) =>
    ASK.breakdown(
      house.store,
      house.catalogue,
      { indicator: SENT, from, to: NOW, where: { unit }, by: 'unit', units },
      pulse(),
    )
  expect((await ask('then', 'gia-lai-2025', REFORM - DAY)).carried).toBeUndefined()
  expect((await ask('today', 'gia-lai-2025', REFORM)).carried).toEqual([])
  expect((await ask('today', 'gia-lai-2025', REFORM - DAY)).carried).toEqual([
    { former: 'gia-lai', into: 'gia-lai-2025', partly: false },
    { former: 'binh-dinh', into: 'gia-lai-2025', partly: false },
  ])
  expect((await ask('today', 'bo-khoa-hoc-va-cong-nghe-2025', REFORM - 200 * DAY)).carried).toContainEqual({
    ...{ former: 'bo-thong-tin-va-truyen-thong', into: 'bo-khoa-hoc-va-cong-nghe-2025', partly: true },
  })
})

describe('a level never counts a former unit and its successor', () => {
  test('at the end of a stretch only those still there stand', async () => {
    expect((await split(LEVEL)).values).toEqual({ 'gia-lai-2025': '12' })
    expect((await split(LEVEL)).total?.value).toBe('12')
    const before = { from: REFORM - DAY, to: REFORM }
    expect((await split(LEVEL, 'then', before)).total?.value).toBe('12')
    expect((await split(LEVEL, 'today', before)).values).toEqual({ 'gia-lai-2025': '12' })
  })
  test('as a line, the former stands no longer than it lives', async () => {
    const answer = await ASK.series(
      house.store,
      house.catalogue,
      { indicator: LEVEL, from: REFORM - HOUR, to: REFORM + 2 * HOUR, where, grain: 'hour' },
      pulse(),
    )
    expect(answer.points.map(({ value }) => value)).toEqual(['12', null, '12'])
  })
  test('the newest statements of all: who was followed by someone that spoke is silent', async () => {
    const answer = await ASK.readings(
      house.store,
      house.catalogue,
      { indicator: LEVEL, where, by: ['unit'], window: 'latest' },
      pulse(),
    )
    const values = answer.readings.filter(({ value }) => value !== null).map(({ key, value }) => [key.unit, value])
    expect(values).toEqual([['gia-lai-2025', '12']])
  })
})

test('trap 6: who should have reported is the list of the day, 22-based and 63-based denominators end with their lists', async () => {
  const on = async (date: string) => {
    const from = Date.parse(`${date}T00:00:00+07:00`)
    const { answer } = await split(SENT, 'then', { from, to: from + DAY })
    return answer.total?.coverage.expected
  }
  expect(await on('2025-02-28')).toBe(85)
  expect(await on('2025-03-01')).toBe(80)
  expect(await on('2025-06-30')).toBe(80)
  expect(await on('2025-07-01')).toBe(51)
})
