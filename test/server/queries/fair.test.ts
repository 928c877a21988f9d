/** Fair comparison over a real store: ranks with intervals, rates by population, days unlike their own, forecasts, ranks over time, a year like for like. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../../kpi/query.ts'
import { DAY, HOUR } from '../../../kpi/range.ts'
import { type Draft, startStore, type TestStore } from '../../support/store.ts'
import { startWeb, type TestWeb } from '../../support/web.ts'

/** A Thursday. */
const TODAY = Date.parse('2026-11-19T00:00:00+07:00')
const RATE = 'filings/on-time-settled'
let house: TestStore
let web: TestWeb

/** 170 days: Hà Nội settles many, Huế fewer, Cà Mau few; on the 10th Huế does four times its work. */
function history(): readonly Draft[] {
  const sizes = { 'ha-noi': 400, hue: 120, 'ca-mau-2025': 12 }
  return Object.entries(sizes).flatMap(([unit, size]) =>
    Array.from({ length: 170 }, (_, back): readonly Draft[] => {
      const from = TODAY - (back + 1) * DAY + 9 * HOUR
      const weekday = new Date(from + 7 * HOUR).getUTCDay()
      const usual = Math.round(size * (weekday === 0 || weekday === 6 ? 0.2 : 1) * (1 + 0.04 * Math.sin(back * 1.7)))
      const settled = back === 8 && unit === 'hue' ? usual * 4 : usual
      const late = Math.round(settled * (unit === 'hue' ? 0.1 : 0.03))
      const said = { unit, from, source: 'demo/one-stop' }
      return [
        { ...said, indicator: 'filings/settled', value: String(settled) },
        { ...said, indicator: 'filings/settled-on-time', value: String(settled - late) },
      ]
    }).flat(),
  )
}

beforeAll(async () => {
  house = await startStore(TODAY + 8 * HOUR)
  await house.say(...history())
  await house.fold()
  web = await startWeb(house)
})
afterAll(async () => {
  await web?.stop()
  await house?.stop()
})

const month = 'from=2026-11-01&to=2026-12-01'
const rowOf = (ranks: Answers['breakdown']['ranks'], unit: string) => ranks.rows.find(({ key }) => key.unit === unit)

describe('ranks', () => {
  test('of a ratio: large units apart, a small one may stand anywhere, the silent nowhere; in the order of the readings', async () => {
    const { ranks, readings } = await web.ask<Answers['breakdown']>(`/api/breakdown?indicator=${RATE}&${month}`)
    expect(ranks).toMatchObject({ method: 'wilson', first: 'highest', least: 30, together: 0.95, per: null })
    expect(ranks.rows.map(({ key }) => key)).toEqual(readings.map(({ key }) => key))
    expect(rowOf(ranks, 'ha-noi')).toMatchObject({ best: 1, worst: 2, among: 3 })
    expect(rowOf(ranks, 'hue')?.worst).toBe(3)
    const [hanoi, camau] = [rowOf(ranks, 'ha-noi'), rowOf(ranks, 'ca-mau-2025')]
    expect(Number(camau?.high) - Number(camau?.low)).toBeGreaterThan(Number(hanoi?.high) - Number(hanoi?.low))
    expect(rowOf(ranks, 'son-la')).toMatchObject({ best: null, unranked: 'none', value: null })
    const strict = await web.ask<Answers['breakdown']>(`/api/breakdown?indicator=${RATE}&${month}&least=1000`)
    expect(rowOf(strict.ranks, 'ca-mau-2025')).toMatchObject({ best: null, unranked: 'few' })
  })
  test('of a count by population: the reading stays, the rate and its list are said', async () => {
    const path = `/api/breakdown?indicator=filings/settled&${month}&per=inhabitants`
    const { ranks, readings } = await web.ask<Answers['breakdown']>(path)
    expect(ranks).toMatchObject({
      method: 'byar',
      per: { population: 'inhabitants', per: 10_000, basis: 'unverified' },
    })
    const hue = readings.find(({ key }) => key.unit === 'hue')
    const own = rowOf(ranks, 'hue')
    const people = house.catalogue.populations?.get('inhabitants')?.values.hue ?? 0
    expect(own?.population).toBe(people)
    expect(Number(own?.value)).toBeCloseTo((Number(hue?.value) * 10_000) / people, 4)
    expect(Number(own?.low)).toBeLessThan(Number(own?.value))
    const csv = await (await fetch(`${web.url}${path}&format=csv`)).text()
    expect(csv.split('\r\n')[0]).toContain('rank_best,rank_worst,ranked_among,ranked_value,low,high')
    expect(csv).toContain(String(own?.value))
  })
  test('what means nothing by population, and lists nobody declared, are refused', async () => {
    const refused = async (query: string) => {
      const { status, field } = await web.refused(`/api/breakdown?${month}&${query}`)
      return [status, field]
    }
    expect(await refused(`indicator=${RATE}&per=inhabitants`)).toEqual([422, 'per'])
    // A mean is no count, though its unit is no percent.
    expect(await refused('indicator=filings/mean-time&per=inhabitants')).toEqual([422, 'per'])
    expect(await refused('indicator=filings/settled&per=nobody')).toEqual([404, 'per'])
  })
  test('over time: every week by itself, the same figures as a question about that week', async () => {
    const answer = await web.ask<Answers['ranking']>(
      `/api/ranking?indicator=${RATE}&from=2026-10-05&to=2026-11-16&by=unit`,
    )
    expect(answer).toMatchObject({ step: 'week' })
    expect(answer.periods).toHaveLength(6)
    const [first] = answer.periods
    const same = await web.ask<Answers['breakdown']>(
      `/api/breakdown?indicator=${RATE}&from=${first?.from}&to=${first?.to}&by=unit`,
    )
    expect(first?.ranks).toEqual(same.ranks)
    // As known by now: put together by the store, not read as it lies.
    const known = await web.ask<Answers['ranking']>(
      `/api/ranking?indicator=${RATE}&from=2026-10-05&to=2026-11-16&by=unit&asOf=${house.clock.now}`,
    )
    expect(known.periods).toEqual(answer.periods)
    expect(first?.label.vi).toContain('tuần')
    const many = await web.refused(`/api/ranking?indicator=${RATE}&from=2026-06-01&to=2026-11-16&step=day`)
    expect(many).toMatchObject({ status: 422, field: 'step' })
  })
})

test('a day four times its own is found, of who it was; how many are found by chance is said', async () => {
  const answer = await web.ask<Answers['anomalies']>(
    '/api/anomalies?indicator=filings/settled&from=2026-11-01&to=2026-12-01',
  )
  expect(answer.to).toBe(TODAY)
  expect(answer.judged).toBeGreaterThan(60)
  expect(answer.expectedFalse).toBeCloseTo((answer.judged * answer.falseAlarms) / 1000, 1)
  const [first] = answer.rows
  expect(first).toMatchObject({ key: { unit: 'hue' }, from: TODAY - 9 * DAY, kind: 'worked' })
  expect(Number(first?.value)).toBeGreaterThan(Number(first?.high))
  expect(answer.rows.every(({ key }) => key.unit === 'hue' || key.unit === undefined)).toBe(true)
  const share = await web.ask<Answers['anomalies']>(`/api/anomalies?indicator=${RATE}&from=2026-11-01&to=2026-12-01`)
  expect(share.rows).toEqual([])
  expect(await web.refused('/api/anomalies?indicator=index-766&from=2026-11-01&to=2026-12-01')).toMatchObject({
    status: 422,
  })
})

test('ranks over time and unusual days as files: the same figures, a row each', async () => {
  const rows = async (path: string) => {
    const [head = '', ...lines] = (await (await fetch(`${web.url}${path}&format=csv`)).text()).trimEnd().split('\r\n')
    return { head: head.split(','), lines: lines.map((line) => line.split(',')) }
  }
  const path = `/api/ranking?indicator=${RATE}&from=2026-10-05&to=2026-10-19&step=week`
  const ranking = await web.ask<Answers['ranking']>(path)
  const file = await rows(path)
  expect(file.lines).toHaveLength(ranking.periods.reduce((all, { readings }) => all + readings.length, 0))
  const at = (name: string) => file.head.indexOf(name)
  const own = file.lines.filter((line) => line[at('unit')] === 'hue')
  expect(own.map((line) => [line[at('value')], line[at('rank_worst')]])).toEqual(
    ranking.periods.map(({ ranks }) => [rowOf(ranks, 'hue')?.value, String(rowOf(ranks, 'hue')?.worst)]),
  )
  const odd = await rows('/api/anomalies?indicator=filings/settled&from=2026-11-01&to=2026-12-01')
  expect(odd.lines[0]?.[odd.head.indexOf('unit')]).toBe('hue')
  expect(odd.head).toEqual(expect.arrayContaining(['expected', 'low', 'high', 'score', 'like_days']))
})

describe('a forecast', () => {
  const ask = (query: string) => web.ask<Answers['forecast']>(`/api/forecast?${query}`)
  test('of a count: what is counted, the rest at its pace; tried on the past; as known on a day that has passed', async () => {
    const answer = await ask(`indicator=filings/settled&${month}`)
    const { forecast, days } = answer
    expect(days).toEqual({ done: 18, missing: 0, coming: 12 })
    const counted = await web.ask<Answers['breakdown']>(
      '/api/breakdown?indicator=filings/settled&from=2026-11-01&to=2026-11-19',
    )
    expect(forecast?.soFar).toBe(counted.total?.value)
    expect(Number(forecast?.low)).toBeLessThanOrEqual(Number(forecast?.value))
    expect(Number(forecast?.high)).toBeGreaterThanOrEqual(Number(forecast?.value))
    expect(Number(forecast?.low)).toBeGreaterThan(Number(forecast?.soFar))
    // 170 days, 28 for the pace: ten stretches of twelve days, two weeks apart.
    expect(forecast?.tries).toBe(10)
    expect(forecast?.held).toBeLessThanOrEqual(forecast?.tries ?? 0)
    expect(answer.verdict).toBeNull()
  })
  test('of a ratio: whether its target is met, by how much, and what the rest must come to', async () => {
    const answer = await ask(`indicator=${RATE}&${month}&where=unit:hue`)
    expect(answer.target?.value).toBe('95')
    expect(answer.verdict).toMatchObject({ verdict: 'missed', met: false })
    expect(Number(answer.verdict?.by)).toBeLessThan(-3)
    expect(Number(answer.needed)).toBeGreaterThan(100)
    const good = await ask(`indicator=${RATE}&${month}&where=unit:ha-noi`)
    expect(good.verdict).toMatchObject({ verdict: 'met', met: true })
  })
  test('only of a period that runs', async () => {
    expect(await web.refused(`/api/forecast?indicator=${RATE}&from=2026-10-01&to=2026-11-01`)).toMatchObject({
      ...{ status: 422, field: 'to' },
    })
    expect((await ask(`indicator=interchange/sent&${month}`)).forecast).toBeNull()
  })
  test('of every ratio there is, and one of each kind: so far is what the breakdown says, and what stands without moving stays', async () => {
    const declared = [...house.catalogue.indicators.values()]
    const told = new Set(['filings/settled', 'filings/settled-on-time'])
    const base = declared.filter(({ id, kind }) => ['flow', 'level', 'running'].includes(kind) && !told.has(id))
    await house.say(
      ...base.flatMap(({ id }, i) =>
        Array.from({ length: 45 }, (_, back): Draft => {
          const from = TODAY - (back + 1) * DAY + 9 * HOUR
          return { indicator: id, unit: 'hue', from, value: String(100 + i), source: 'demo/one-stop' }
        }),
      ),
    )
    await house.fold()
    const [from, unit] = ['from=2026-11-10', 'where=unit:hue']
    const wrong: string[] = []
    const others = ['flow', 'level', 'running'].flatMap((kind) => base.find((one) => one.kind === kind) ?? [])
    const ratios = declared.filter(
      ({ id, ratio, dimensions }) => ratio && dimensions[0] === 'unit' && !id.startsWith('published-2020'),
    )
    expect(ratios.length).toBeGreaterThan(40)
    for (const { id, kind, ratio } of [...others, ...ratios]) {
      const [{ forecast }, { total }] = await Promise.all([
        ask(`indicator=${id}&${from}&to=2026-11-22&${unit}`),
        web.ask<Answers['breakdown']>(`/api/breakdown?indicator=${id}&${from}&to=2026-11-19&${unit}`),
      ])
      if ((forecast?.soFar ?? null) !== (total?.value ?? null))
        wrong.push(`${id}: ${forecast?.soFar}, not ${total?.value}`)
      const stands =
        kind === 'level' ||
        kind === 'running' ||
        (ratio && declared.find((one) => one.id === ratio.of)?.kind !== 'flow')
      if (stands && total?.value != null && !(Math.abs(Number(forecast?.value) - Number(total.value)) <= 0.01))
        wrong.push(`${id}: at the end ${forecast?.value}`)
      const { value, low, high } = forecast ?? {}
      if (low != null && !(Number(low) <= Number(value) && Number(value) <= Number(high)))
        wrong.push(`${id}: ${value} outside`)
    }
    expect(wrong).toEqual([])
  })
  test('of a ratio of what stands it is what stood last, not what the days add up to', async () => {
    await house.say(
      ...Array.from({ length: 60 }, (_, back): readonly Draft[] => {
        const said = { unit: 'ha-noi', from: TODAY - (back + 1) * DAY + 9 * HOUR, source: 'demo/one-stop' }
        return [
          { ...said, indicator: 'tasks/open', value: '100' },
          { ...said, indicator: 'tasks/overdue', value: String(10 + 5 * (back % 3)) },
        ]
      }).flat(),
    )
    await house.fold()
    const { forecast } = await ask('indicator=tasks/overdue-share&from=2026-11-10&to=2026-11-22&where=unit:ha-noi')
    expect(forecast?.soFar).toBe('10')
    expect(Math.abs(Number(forecast?.value) - 10)).toBeLessThan(1)
  })
})

describe('a unit beside others', () => {
  test('the country and those of like size, recomputed from their parts, the nearest first', async () => {
    const ask = (indicator: string) =>
      web.ask<Answers['peers']>(`/api/peers?indicator=${indicator}&${month}&where=unit:hue`)
    const answer = await ask(RATE)
    const { total, readings } = await web.ask<Answers['breakdown']>(`/api/breakdown?indicator=${RATE}&${month}`)
    expect(answer.nation).toMatchObject({
      value: total?.value,
      numerator: total?.numerator,
      denominator: total?.denominator,
      units: 3,
    })
    expect(answer.own?.value).toBe(readings.find(({ key }) => key.unit === 'hue')?.value)
    expect(answer.size).toEqual({
      by: 'population',
      value: String(house.catalogue.populations?.get('inhabitants')?.values.hue),
    })
    // Cà Mau has nearly twice as many inhabitants as Huế, Hà Nội six times.
    expect(answer.peers.map(({ reading }) => reading.key.unit)).toEqual(['ca-mau-2025', 'ha-noi'])
    const others = readings.filter(({ key, value }) => value !== null && key.unit !== 'hue')
    expect(answer.alike?.denominator).toBe(String(others.reduce((all, one) => all + Number(one.denominator), 0)))
    const counts = await ask('filings/settled')
    expect(Number(counts.nation.each)).toBeCloseTo(Number(counts.nation.value) / 3, 5)
    expect(await web.refused(`/api/peers?indicator=${RATE}&${month}`)).toMatchObject({ status: 400, field: 'where' })
  })
})

test('a year before like for like: the same weekdays, as many days from Tết, and said so', async () => {
  const ask = (range: string) =>
    web.ask<Answers['compare']>(`/api/compare?indicator=filings/settled&${range}&with=year-like`)
  const week = await ask('from=2026-11-09&to=2026-11-16')
  expect(week.earlier).toEqual({ from: week.now.from - 364 * DAY, to: week.now.to - 364 * DAY })
  expect(week.said.vi).toContain('cùng thứ trong tuần')
  // Mùng 1: 17-02-2026 and 29-01-2025.
  const tet = await ask('from=2026-02-09&to=2026-02-28')
  expect(tet.earlier).toEqual({ from: tet.now.from - 384 * DAY, to: tet.now.to - 384 * DAY })
  expect(tet.said.vi).toMatch(/ngày làm việc\) so với .*cùng số ngày cách Tết/)
  const quarter = await ask('from=2026-07-01&to=2026-10-01')
  expect(quarter.said.vi).toMatch(/quý III\/2026 \(\d+ ngày làm việc\) so với quý III\/2025/)
})
