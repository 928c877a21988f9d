/** A new version of a definition, taken while data stand: history is answered by the definition of its time, and the break is named. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import { DAY, HOUR } from '../../../kpi/range.ts'
import { findDeclarations } from '../../../server/catalogue/files.ts'
import { joinDeclarations } from '../../../server/catalogue/load.ts'
import { ASK } from '../../../server/queries/index.ts'
import { DASHBOARDS } from '../../support/root.ts'
import { startStore, type TestStore } from '../../support/store.ts'

const NOW = Date.parse('2026-11-22T23:10:00+07:00')
const TODAY = Date.parse('2026-11-22T00:00:00+07:00')
const SHARE = 'filings/online-share'
const where = {}

/** The project with version 2 of the online share: accepted ones, and not those received, over all. */
function changed(): Catalogue {
  const all = findDeclarations(DASHBOARDS)
  const found = all.found.map((one) =>
    one.folder === 'indicators' && one.id === SHARE
      ? {
          ...one,
          text: `${one.text.replace(/^ratio: .*$/m, 'ratio: { of: filings/accepted, to: filings/received-all }')}\nversion: 2\nsince: 2026-11-22\n`,
        }
      : one,
  )
  const { catalogue, problems } = joinDeclarations(
    { ...all, found },
    { variable: () => 'http://127.0.0.1:1', mode: 'demo' },
  )
  expect(problems).toEqual([])
  return catalogue
}

let house: TestStore
let catalogue: Catalogue
const pulse = () => ({ at: house.clock.now, store: house.storeId })

beforeAll(async () => {
  house = await startStore(NOW)
  const moment = (day: number) => TODAY + day * DAY + 9 * HOUR
  const say = (day: number, indicator: string, value: number) => ({
    ...{ indicator, unit: 'ha-noi', source: 'demo/portal-acceptance', from: moment(day), minutes: 15 },
    value: String(value),
  })
  await house.say(
    ...[-1, 0].flatMap((day) => [
      say(day, 'filings/received-online', 60),
      say(day, 'filings/accepted', 45),
      say(day, 'filings/received-all', 100),
    ]),
  )
  await house.fold()
  catalogue = changed()
  await house.folding.redefine(catalogue)
})
afterAll(() => house.stop())

const line = (from: number, to: number, more = {}) =>
  ASK.series(house.store, catalogue, { indicator: SHARE, from, to, where, grain: 'day', ...more }, pulse())

test('a line goes by the definition of each day, and says where it changed', async () => {
  const answer = await line(TODAY - DAY, TODAY + DAY, { by: 'unit' })
  expect(answer.points.map(({ value, numerator }) => [value, numerator])).toEqual([
    ['60', '60'],
    ['45', '45'],
  ])
  expect(answer.indicator).toBe(SHARE)
  expect(answer.breaks).toEqual([
    {
      at: TODAY,
      version: 2,
      was: {
        formula: 'filings/received-online / filings/received-all',
        unit: 'percent',
        better: 'higher',
        dimensions: 'unit',
      },
    },
  ])
  expect(answer.split?.map(({ key, points }) => [key, points.map(({ value }) => value)])).toEqual([
    [{ unit: 'ha-noi' }, ['60', '45']],
  ])
})

test('wholly before or after the change there is one definition and no break', async () => {
  const before = await line(TODAY - DAY, TODAY)
  expect([before.points.map(({ value }) => value), before.breaks]).toEqual([['60'], []])
  const after = await line(TODAY, TODAY + DAY)
  expect([after.points.map(({ value }) => value), after.breaks]).toEqual([['45'], undefined])
})

test('a breakdown is of the definition of its last moment, under the name that was asked', async () => {
  const ask = (from: number, to: number) =>
    ASK.breakdown(house.store, catalogue, { indicator: SHARE, from, to, where, by: 'unit' }, pulse())
  const before = await ask(TODAY - DAY, TODAY)
  expect(before.readings.find(({ key }) => key.unit === 'ha-noi')).toMatchObject({ value: '60', numerator: '60' })
  expect(before.total?.slice).toContain(`"${SHARE}"`)
  const after = await ask(TODAY, TODAY + DAY)
  expect(after.readings.find(({ key }) => key.unit === 'ha-noi')).toMatchObject({ value: '45' })
})

test('a window or range that reaches back across the change is of the days since, says so, and is as it was then when asked as of then', async () => {
  const week = await ASK.readings(house.store, catalogue, { indicator: SHARE, where, window: '7d', by: [] }, pulse())
  expect(week.readings).toMatchObject([{ value: '45', numerator: '45', denominator: '100', from: TODAY }])
  const yesterday = { indicator: SHARE, where, window: 'yesterday' as const, by: ['unit'] }
  const before = await ASK.readings(house.store, catalogue, yesterday, pulse())
  expect(before.readings.find(({ key }) => key.unit === 'ha-noi')).toMatchObject({ value: '60', unit: 'percent' })
  const range = { indicator: SHARE, from: TODAY - DAY, to: TODAY + DAY, where, by: 'unit' }
  const across = await ASK.breakdown(house.store, catalogue, range, pulse())
  expect([across.total?.value, across.total?.from, across.breaks?.map(({ at }) => at)]).toEqual(['45', TODAY, [TODAY]])
  // What was asked on the day before is answered by the definition of that day.
  const then = { at: TODAY - 1, store: house.storeId }
  const window = { indicator: SHARE, where, window: 'today' as const, by: [], asOf: TODAY - 1 }
  expect((await ASK.readings(house.store, catalogue, window, then)).readings).toMatchObject([
    { numerator: null, from: TODAY - DAY, to: TODAY },
  ])
})

test('what means two things is not compared, and the refusal says since when', async () => {
  const ask = (from: number, to: number, how: 'previous' | 'target') =>
    ASK.compare(house.store, catalogue, { indicator: SHARE, from, to, where, by: 'unit', with: how }, pulse())
  await expect(ask(TODAY, TODAY + DAY, 'previous')).rejects.toMatchObject({
    status: 422,
    text: {
      vi: expect.stringContaining('đổi từ 22/11/2026 (phiên bản 2)'),
      en: expect.stringContaining('22 Nov 2026'),
    },
  })
  expect((await ask(TODAY - DAY, TODAY, 'previous')).total?.now).toMatchObject({ value: '60' })
  expect(await ask(TODAY - DAY, TODAY + DAY, 'target')).toMatchObject({
    now: { from: TODAY },
    total: { now: { value: '45' } },
  })
})

test('late data of the old days are folded by the old definition', async () => {
  house.clock.now += 1000
  await house.say({
    ...{ indicator: 'filings/received-online', unit: 'ha-noi', source: 'demo/portal-acceptance' },
    ...{ from: TODAY - DAY + 9 * HOUR, minutes: 15, value: '70' },
  })
  await house.fold()
  expect((await line(TODAY - DAY, TODAY + DAY)).points.map(({ value }) => value)).toEqual(['70', '45'])
})
