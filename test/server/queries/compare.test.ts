/** Comparisons: both sides with their parts, differences exact, and only what may fairly be compared. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { members } from '../../../kpi/observation.ts'
import type { Answers } from '../../../kpi/query.ts'
import { DAY, HOUR } from '../../../kpi/range.ts'
import { type Draft, MINUTE, startStore, type TestStore } from '../../support/store.ts'
import { startWeb, type TestWeb } from '../../support/web.ts'

/** A Wednesday. */
const NOW = Date.parse('2026-11-18T09:41:00+07:00')
const TODAY = Date.parse('2026-11-18T00:00:00+07:00')
const SENT = 'interchange/sent'
const [FIRST, SECOND] = ['refuse', 'process']
let house: TestStore
let web: TestWeb

const said = (indicator: string, unit: string, from: number, value: string): Draft => ({
  ...{ indicator, unit, from, value },
  source: indicator === SENT ? 'demo/interchange' : 'demo/filings',
})
beforeAll(async () => {
  house = await startStore(NOW)
  web = await startWeb(house)
  const nine = 9 * HOUR
  await house.say(
    said(SENT, 'ha-noi', TODAY + nine, '100.5'),
    said(SENT, 'hue', TODAY + nine, '40'),
    said(SENT, 'ha-noi', TODAY - DAY + nine, '80'),
    said(SENT, 'ha-noi', TODAY - 7 * DAY + nine, '60.25'),
    said(SENT, 'ca-mau-2025', TODAY - 7 * DAY + nine, '1'),
    // After what today has come to: no part of a fair comparison.
    said(SENT, 'ha-noi', TODAY - 7 * DAY + nine + HOUR, '1000'),
    said(SENT, 'ha-noi', Date.parse('2025-11-18T09:00:00+07:00'), '50'),
    said(SENT, 'ha-noi', Date.parse('2026-10-05T09:00:00+07:00'), '7'),
    said('filings/settled', 'hue', TODAY + nine, '10'),
    { ...said('filings/received', 'hue', TODAY + nine, '10'), members: { unit: 'hue', channel: 'online' } },
    said('filings/settled-on-time', 'hue', TODAY + nine, '9'),
    said('filings/settled', 'hue', TODAY - DAY + nine, '8'),
    said('filings/settled-on-time', 'hue', TODAY - DAY + nine, '6'),
  )
  await house.fold()
})
afterAll(async () => {
  await web.stop()
  await house.stop()
})

const ask = (query: string) => web.ask<Answers['compare']>(`/api/compare?${query}`)
const today = 'from=2026-11-18&to=2026-11-19'
const rowOf = (answer: Answers['compare'], unit: string) => answer.rows.find(({ key }) => key.unit === unit)

describe('a day that is running', () => {
  test('is compared with the like day up to the same source time, exactly', async () => {
    const answer = await ask(`indicator=${SENT}&${today}&with=like`)
    expect(answer.total).toMatchObject({
      ...{ now: { value: '140.5' }, earlier: { value: '61.25' } },
      change: { value: '79.25', numerator: null, denominator: null, relative: '129.387755' },
    })
    expect(answer.earlier).toEqual({ from: TODAY - 7 * DAY, to: TODAY - 7 * DAY + 9 * HOUR + 5 * MINUTE })
    expect(answer.said.vi).toContain('11/11/2026')
    expect(rowOf(answer, 'ha-noi')?.change).toMatchObject({ value: '40.25' })
    expect(rowOf(answer, 'hue')).toMatchObject({ now: { value: '40' }, change: { value: null } })
    expect(rowOf(answer, 'ca-mau-2025')).toMatchObject({ now: { value: null }, earlier: { value: '1' } })
  })
  test('with the day before, and the same date a year before', async () => {
    const before = await ask(`indicator=${SENT}&${today}&with=previous&where=unit:ha-noi`)
    expect(before.total?.change).toMatchObject({ value: '20.5', relative: '25.625' })
    const year = await ask(`indicator=${SENT}&${today}&with=year&where=unit:ha-noi`)
    expect(year.total).toMatchObject({ earlier: { value: '50' }, change: { value: '50.5', relative: '101' } })
    expect(year.earlier?.from).toBe(Date.parse('2025-11-18T00:00:00+07:00'))
  })
})

test('a ratio carries numerators and denominators of both sides; its difference is in points', async () => {
  const answer = await ask(`indicator=filings/on-time-settled&${today}&with=previous&where=unit:hue`)
  expect(answer.total).toMatchObject({
    now: { value: '90', numerator: '9', denominator: '10' },
    earlier: { value: '75', numerator: '6', denominator: '8' },
    change: { value: '15', numerator: '3', denominator: '2', relative: null },
  })
})

describe('with the same range elsewhere', () => {
  const day = 'from=2026-11-17&to=2026-11-18'
  test('a unit beside the country: of counts the mean of a unit, of ratios the quotient of the sums', async () => {
    const sent = await ask(`indicator=${SENT}&${today}&with=nation&where=unit:hue`)
    // 100.5 and 40, of two who spoke.
    expect(sent.total).toMatchObject({
      beside: { units: 2, value: '140.5', each: '70.25' },
      change: { value: '-30.25' },
    })
    const all = await ask(`indicator=${SENT}&${today}&with=nation`)
    expect(all.total?.beside).toBeNull()
    expect(rowOf(all, 'ha-noi')).toMatchObject({ beside: { each: '70.25' }, change: { value: '30.25' } })
    const rate = await ask(`indicator=filings/on-time-settled&${day}&with=nation&where=unit:hue`)
    expect(rate.total).toMatchObject({
      ...{ now: { value: '75' }, beside: { value: '75', numerator: '6', denominator: '8', each: null } },
      change: { value: '0', numerator: '0', denominator: '0' },
    })
  })
  test('beside units of like size, each with its own; split otherwise, part by part', async () => {
    const each = await ask(`indicator=${SENT}&${today}&with=peers`)
    // Of two who spoke each has one other.
    expect(each.said.vi).toBe('so với 1 đơn vị cùng loại, cỡ gần nhất')
    expect(rowOf(each, 'hue')).toMatchObject({ beside: { units: 1, each: '100.5' }, change: { value: '-60.5' } })
    const filings = `indicator=filings/received&${today}&by=channel&where=unit:hue`
    const parts = await ask(`${filings}&with=nation`)
    expect(parts.rows.length).toBeGreaterThan(0)
    for (const { now, beside } of parts.rows) expect(beside?.value).toBe(now?.value)
    // A country is not compared with itself, nor a region's count with the mean of a unit.
    const country = await ask(`indicator=filings/received&${today}&by=channel&with=nation`)
    for (const { beside } of country.rows) expect(beside).toBeNull()
    // Nobody else spoke of it.
    for (const { beside } of (await ask(`${filings}&with=peers`)).rows) expect(beside).toBeNull()
  })
  test('where it means nothing it is refused with what to do', async () => {
    const refused = async (query: string) => {
      const { status, field } = await web.refused(query)
      return [status, field]
    }
    expect(await refused(`/api/compare?indicator=index-766&${today}&with=nation`)).toEqual([422, 'with'])
    expect(await refused(`/api/compare?indicator=filings/received&${today}&by=channel&with=peers`)).toEqual([
      422,
      'where',
    ])
  })
})

test('with the target that holds, where one is declared', async () => {
  const answer = await ask(`indicator=filings/on-time-settled&${today}&with=target&where=unit:hue`)
  const { target, change, earlier } = answer.total as NonNullable<typeof answer.total>
  expect(earlier).toBeNull()
  expect(target?.basis).toBeTruthy()
  expect(Number(change.value)).toBe(90 - Number(target?.value))
  const none = await ask(`indicator=${SENT}&${today}&with=target`)
  expect(none.total).toMatchObject({ target: null, change: { value: null } })
})

test('a month that is running is compared by the days that are over, with the month before or by working days', async () => {
  const month = 'from=2026-11-01&to=2026-12-01'
  const previous = await ask(`indicator=${SENT}&${month}&with=previous`)
  expect(previous).toMatchObject({ now: { to: TODAY }, earlier: { from: Date.parse('2026-10-01T00:00:00+07:00') } })
  expect(previous.total).toMatchObject({ earlier: { value: '7' }, change: { value: '1134.25' } })
  expect(previous.said.vi).toMatch(/17 ngày đầu/)
  const like = await ask(`indicator=${SENT}&${month}&with=like`)
  expect(like.said.vi).toMatch(/ngày làm việc đầu của tháng 11/)
})

test('where nothing is like it the stretch before is told, and said to be', async () => {
  // Seven days from a Sunday in which National Day is.
  const odd = await ask(`indicator=${SENT}&from=2026-08-30&to=2026-09-06`)
  expect(odd).toMatchObject({ with: 'previous' })
  expect(odd.said.vi).toMatch(/\(\d ngày làm việc\) so với 23\/08\/2026 – 29\/08\/2026 \(\d ngày làm việc\)/)
  expect(await ask(`indicator=${SENT}&${today}`)).toMatchObject({ with: 'like' })
})

test('what may not fairly be compared is refused with why', async () => {
  const odd = await web.refused(`/api/compare?indicator=${SENT}&from=2026-10-02&to=2026-10-20&with=like`)
  expect(odd).toMatchObject({ status: 422, field: 'with' })
  expect(odd.title).toMatch(/^Không so sánh được: .*7 ngày/)
  const outside = await web.refused(`/api/compare?indicator=${SENT}&from=2019-03-01&to=2019-03-02&with=like`)
  expect(outside.status).toBe(422)
  const wrong = await web.refused(`/api/compare?indicator=${SENT}&${today}&with=yesterday`)
  expect(wrong).toMatchObject({ status: 400, field: 'with' })
})

describe('why it changed', () => {
  const why = (query: string) => web.ask<Answers['contributions']>(`/api/contributions?${query}`)
  const sum = (rows: Answers['contributions']['rows']) => rows.reduce((all, { amount }) => all + Number(amount), 0)
  test('of a count: what each unit brings, most first, adding up to the change; who spoke on one side only is named', async () => {
    const answer = await why(`indicator=${SENT}&${today}&with=like`)
    expect(answer.rows.map(({ key, amount }) => [key.unit, amount])).toEqual([
      ['ha-noi', '40.25'],
      ['hue', '40'],
      ['ca-mau-2025', '-1'],
    ])
    expect(sum(answer.rows)).toBe(Number(answer.total?.change.value))
    expect(answer.uneven).toEqual({ onlyNow: ['hue'], onlyEarlier: ['ca-mau-2025'] })
  })
  test('of a ratio: rate and weight apart; against the target: who keeps the whole from it', async () => {
    const ratio = await why(`indicator=filings/on-time-settled&${today}&with=previous`)
    expect(ratio.rows).toMatchObject([{ key: { unit: 'hue' }, amount: '15', rate: '15', mix: '0' }])
    const aim = await why(`indicator=filings/on-time-settled&${today}&with=target`)
    expect(aim.rows).toMatchObject([{ key: { unit: 'hue' }, amount: '-5', rate: null }])
    expect(aim.total).toMatchObject({ change: { value: '-5' }, target: { value: '95' } })
  })
  test('a unit unlike others: its parts beside theirs add up to the distance, of counts as the mean of a unit', async () => {
    const day = TODAY - 3 * DAY
    const of = (indicator: string, unit: string, other: Record<string, string>, value: number): Draft => ({
      ...{
        indicator,
        members: members({ unit, ...other }),
        from: day + 9 * HOUR,
        value: String(value),
        source: 'demo/filings',
      },
    })
    const step = (unit: string, at: string, steps: number, timely: number) => [
      of('feedback/steps', unit, { 'feedback-step': at }, steps),
      of('feedback/steps-in-time', unit, { 'feedback-step': at }, timely),
    ]
    await house.say(
      of('filings/received', 'hue', { channel: 'direct' }, 10),
      of('filings/received', 'hue', { channel: 'online' }, 3),
      of('filings/received', 'ha-noi', { channel: 'direct' }, 20),
      of('filings/received', 'ha-noi', { channel: 'post' }, 4),
      of('filings/received', 'ca-mau-2025', { channel: 'direct' }, 1),
      ...[...step('hue', FIRST, 10, 9), ...step('hue', SECOND, 30, 15)],
      ...[...step('ha-noi', FIRST, 40, 38), ...step('ha-noi', SECOND, 20, 19)],
    )
    await house.fold()
    const range = `from=${day}&to=${day + DAY}&where=unit:hue`
    const count = await why(`indicator=filings/received&${range}&by=channel&with=nation`)
    // 13 and the mean of three: 38 / 3.
    expect(count.total).toMatchObject({ now: { value: '13' }, beside: { units: 3, value: '38', each: '12.666666' } })
    expect(count.rows.map(({ key, amount, beside }) => [key.channel, amount, beside?.each])).toEqual([
      ['online', '2', '1'],
      ['post', '-1.333333', '1.333333'],
      ['direct', '-0.333333', '10.333333'],
    ])
    expect(sum(count.rows)).toBeCloseTo(Number(count.total?.change.value), 9)
    expect(count.uneven).toEqual({ onlyNow: [], onlyEarlier: [] })
    const ratio = await why(`indicator=feedback/steps-in-time-share&${range}&by=feedback-step&with=nation`)
    expect(ratio.total).toMatchObject({ now: { value: '60' }, beside: { value: '81' }, change: { value: '-21' } })
    const micros = (text: string | null) => Math.round(Number(text) * 1e6)
    for (const { amount, rate, mix } of ratio.rows) expect(micros(amount)).toBe(micros(rate) + micros(mix))
    expect(ratio.rows.reduce((all, { amount }) => all + micros(amount), 0)).toBe(-21e6)
    const peers = await why(`indicator=feedback/steps-in-time-share&${range}&by=feedback-step&with=peers`)
    expect(peers.total).toMatchObject({ beside: { units: 1, value: '95' }, change: { value: '-35' } })
    expect(peers.rows.reduce((all, { amount }) => all + micros(amount), 0)).toBe(-35e6)
  })
  test('of what stands, grows or is a ratio of both: what stood at each end; what has nothing below is its own', async () => {
    const [day, before] = [TODAY - 19 * DAY, TODAY - 20 * DAY]
    const at = (indicator: string, from: number, [hue, hanoi]: readonly [string, string]) => [
      said(indicator, 'hue', from + 9 * HOUR, hue),
      said(indicator, 'ha-noi', from + 9 * HOUR, hanoi),
    ]
    await house.say(
      ...[...at('tasks/open', before, ['40', '100']), ...at('tasks/overdue', before, ['4', '20'])],
      ...[...at('tasks/open', day, ['0', '120']), ...at('tasks/overdue', day, ['2', '18'])],
      ...[...at('index-766/petitions', before, ['100', '200']), ...at('index-766/petitions', day, ['130', '210'])],
    )
    await house.fold()
    const range = `from=${day}&to=${day + DAY}&with=previous`
    const amounts = async (indicator: string) =>
      Object.fromEntries(
        (await why(`indicator=${indicator}&${range}`)).rows.map(({ key, amount }) => [key.unit, amount]),
      )
    expect(await amounts('tasks/open')).toEqual({ hue: '-40', 'ha-noi': '20' })
    expect(await amounts('index-766/petitions')).toEqual({ hue: '30', 'ha-noi': '10' })
    // 24 / 140, then 20 / 120. Huế has two overdue of none open: 2 / 120 of its own, and its weight is gone.
    const share = await why(`indicator=tasks/overdue-share&${range}`)
    const [hue, hanoi] = ['hue', 'ha-noi'].map((unit) => share.rows.find(({ key }) => key.unit === unit))
    const near = (text: string | null | undefined, value: number) =>
      expect(Math.abs(Number(text) - value)).toBeLessThan(3e-6)
    const middle = (24 / 140 + 20 / 120) / 2
    near(hue?.rate, (100 * 2) / 120)
    near(hue?.mix, 100 * (0 - 40 / 140) * (0.1 - middle))
    near(hanoi?.rate, 100 * (0.15 - 0.2) * ((100 / 140 + 1) / 2))
    near(hanoi?.mix, 100 * (1 - 100 / 140) * (0.175 - middle))
    expect(sum(share.rows)).toBeCloseTo(Number(share.total?.change.value), 9)
  })
  test('what was missing, late or corrected on each side stands beside it', async () => {
    const day = TODAY - 25 * DAY
    const of = (from: number, unit: string, value: string) => said('filings/settled', unit, from, value)
    await house.say(
      ...[of(day - DAY + 23 * HOUR + 55 * MINUTE, 'hue', '5'), of(day - DAY + 9 * HOUR, 'ha-noi', '7')],
      of(day + 23 * HOUR + 55 * MINUTE, 'hue', '6'),
    )
    house.clock.now += 1000
    await house.say(of(day + 23 * HOUR + 55 * MINUTE, 'hue', '8'))
    await house.say({ ...of(day + 9 * HOUR, 'ha-noi', '9000'), state: 'held', reason: 'above-maximum 5000' })
    await house.fold()
    const { lacking, total } = await why(`indicator=filings/settled&from=${day}&to=${day + DAY}&with=previous`)
    expect(lacking.now).toMatchObject({ late: [], corrected: ['hue'], held: ['ha-noi'] })
    expect(lacking.now?.missing).toEqual(total?.now?.coverage.missing)
    expect(lacking.now?.missing).toContain('ha-noi')
    expect(lacking.earlier).toMatchObject({ late: ['ha-noi'], corrected: [], held: [] })
    expect(lacking.earlier?.missing).not.toContain('ha-noi')
  })
  test('of nobody’s parts, or of no unit, nothing is told about others but why', async () => {
    const refused = async (query: string) => {
      const { status, title, field } = await web.refused(`/api/contributions?${query}`)
      return [status, field, title]
    }
    const unit = `indicator=filings/received&${today}&where=unit:hue`
    expect(await refused(`${unit}&with=nation`)).toEqual([422, 'by', expect.stringContaining('by=channel')])
    expect(await refused(`indicator=${SENT}&${today}&where=unit:hue&with=nation`)).toEqual([
      ...[422, 'by', expect.stringContaining('chỉ chia theo đơn vị')],
    ])
    expect(await refused(`indicator=filings/received&${today}&by=channel&with=peers`)).toEqual([
      ...[422, 'where', expect.stringContaining('chọn một đơn vị')],
    ])
  })
  test('what does not add up is refused with what to ask instead', async () => {
    const refused = async (query: string) => {
      const { status, title, field } = await web.refused(`/api/contributions?${query}`)
      return [status, field, title]
    }
    expect(await refused(`indicator=index-766&${today}`)).toEqual([
      422,
      'indicator',
      expect.stringContaining('/api/compare'),
    ])
    expect(await refused(`indicator=${SENT}&${today}&by=channel`)).toEqual([400, 'by', expect.stringContaining('unit')])
    expect(await refused(`indicator=${SENT}&${today}&with=target`)).toEqual([
      422,
      'with',
      expect.stringContaining('previous'),
    ])
  })
})
