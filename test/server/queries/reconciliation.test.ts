/** Two sources of one thing: said alike it is one value with both as its sources; said differently the first by authority counts and both are listed. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import type { Indicator } from '../../../kpi/indicator.ts'
import type { Answers } from '../../../kpi/query.ts'
import { type Draft, MINUTE, projectCatalogue, startStore, type TestStore } from '../../support/store.ts'
import { startWeb, type TestWeb } from '../../support/web.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const SENT = 'interchange/sent'
const [FIRST, SECOND] = ['demo/interchange', 'demo/portal'] as const
let house: TestStore
let web: TestWeb

/** The project's own declarations, with an order of authority. */
function ordered(): Catalogue {
  const catalogue = projectCatalogue()
  const sent = { ...(catalogue.indicators.get(SENT) as Indicator), sources: [FIRST, SECOND] }
  return { ...catalogue, indicators: new Map([...catalogue.indicators, [SENT, sent]]) }
}

beforeAll(async () => {
  house = await startStore(NINE + 10 * MINUTE, ordered())
  web = await startWeb(house)
})
afterAll(async () => {
  await web.stop()
  await house.stop()
})

async function say(source: string, unit: string, value: string, more: Partial<Draft> = {}): Promise<number> {
  house.clock.now += 1000
  await house.say({ indicator: SENT, source, unit, value, from: NINE, citation: `“${value}” ${source}`, ...more })
  await house.fold()
  return house.clock.now
}
const listed = async (more = '') =>
  (await web.ask<Answers['reconciliation']>(`/api/reconciliation?from=2026-11-22&to=2026-11-23${more}`)).differing
const readings = async (more = '') =>
  (await web.ask<Answers['readings']>(`/api/readings?indicator=${SENT}${more}`)).readings

test('said alike it is one value, and there is nothing to reconcile', async () => {
  await say(SECOND, 'hue', '40')
  expect((await readings())[0]).toMatchObject({ value: '40' })
  await say(FIRST, 'hue', '40.0')
  expect((await readings())[0]).toMatchObject({ value: '40' })
  expect(await listed()).toEqual([])
})

let since = 0
test('said differently the first by authority counts; both are listed with the difference and since when', async () => {
  await say(FIRST, 'ha-noi', '100')
  since = await say(SECOND, 'ha-noi', '97.5')
  await say(SECOND, 'ha-noi', '97.5')
  expect(await listed()).toMatchObject([
    {
      ...{ indicator: SENT, members: { unit: 'ha-noi' }, from: NINE, speaks: FIRST, since },
      statements: [
        { source: FIRST, value: '100', difference: '0', since: since - 1000, citation: `“100” ${FIRST}` },
        { source: SECOND, value: '97.5', difference: '-2.5', since },
      ],
    },
  ])
  const says = (value: string) => ({ differing: [{ source: SECOND, value, buckets: 1 }] })
  const units = await readings('&by=unit')
  expect(units.find(({ key }) => key.unit === 'ha-noi')).toMatchObject({ value: '100', ...says('97.5') })
  expect(units.find(({ key }) => key.unit === 'hue')).not.toHaveProperty('differing')
  const [total] = await readings()
  expect(total).toMatchObject({ value: '140', ...says('137.5') })
  expect(total?.marks).toContain('differing')
  expect(await listed('&where=unit:hue')).toEqual([])
  expect(await listed('&indicator=filings/settled')).toEqual([])
})

test('what is held or withdrawn does not speak; what was known before is what was known', async () => {
  await say(FIRST, 'hue', '99999', { state: 'held', reason: 'too-large' })
  expect((await listed()).map(({ members }) => members.unit)).toEqual(['ha-noi'])
  await say(SECOND, 'ha-noi', '97.5', { state: 'withdrawn' })
  expect(await listed()).toEqual([])
  expect((await readings())[0]?.marks).not.toContain('differing')
  expect((await readings(`&asOf=${since}`))[0]).toMatchObject({ differing: [{ source: SECOND, value: '137.5' }] })
  const then = await listed(`&asOf=${since}`)
  expect(then.map(({ members }) => members.unit)).toEqual(['ha-noi'])
  expect(await listed(`&asOf=${since - 1}`)).toEqual([])
})

test('other spans are no difference; who speaks silent lets the next speak', async () => {
  await say(SECOND, 'ca-mau-2025', '7', { from: NINE - 30 * MINUTE, minutes: 30 })
  await say(FIRST, 'ca-mau-2025', '1', { from: NINE - 5 * MINUTE })
  expect(await listed()).toEqual([])
  // A rate differs by its parts: 1/2 by who speaks, 1/4 by the other.
  for (const [source, below] of [
    [FIRST, '2'],
    [SECOND, '4'],
  ] as const)
    for (const [indicator, value] of [
      ['interchange/accepted', '1'],
      ['interchange/received', below],
    ] as const)
      await say(source, 'ha-noi', value, { indicator })
  const parts = await listed('&indicator=interchange/accepted-share')
  expect(parts.map(({ indicator, statements }) => [indicator, statements.map(({ value }) => value).sort()])).toEqual([
    ['interchange/received', ['2', '4']],
  ])
  const rate = await web.ask<Answers['readings']>('/api/readings?indicator=interchange/accepted-share&window=today')
  const first = rate.readings[0]?.sources[0] === FIRST
  expect(rate.readings[0]).toMatchObject({
    ...{ value: first ? '50' : '25', differing: [{ value: first ? '25' : '50', buckets: 1 }] },
  })
})
