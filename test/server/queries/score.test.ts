/** Scores on a real engine: readings and the question give the same figures, cells say how they are known, and the traps of the 766 index hold. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../../kpi/query.ts'
import type { Slice } from '../../../kpi/slice.ts'
import { access } from '../../../server/access.ts'
import { startPicture } from '../../../server/live/picture.ts'
import { createWeb } from '../../../server/web.ts'
import { type Draft, startStore, type TestStore } from '../../support/store.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const MIDNIGHT = Date.parse('2026-11-22T00:00:00+07:00')
const INDEX = 'index-766'

let house: TestStore
let url = ''
let stop: () => Promise<void>
beforeAll(async () => {
  house = await startStore(NOW)
  const server = createServer(
    createWeb({
      access: access({ host: '127.0.0.1', publicUrl: null, keys: [] }),
      store: house.store,
      catalogue: () => house.catalogue,
      pulse: () => ({ at: house.clock.now, store: house.storeId }),
      ready: async () => true,
      pages: tmpdir(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
    }),
  )
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  stop = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await house.stop()
  }
})
afterAll(() => stop())

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(url + path)
  expect(answer.status, path).toBe(200)
  return (await answer.json()) as T
}
const score = (more = '') => ask<Answers['score']>(`/api/score?indicator=${INDEX}${more}`)
const readings = async (more = '') =>
  (await ask<Answers['readings']>(`/api/readings?indicator=${INDEX}${more}`)).readings
async function refused(path: string) {
  const answer = await fetch(url + path)
  return { status: answer.status, ...((await answer.json()) as { title: string; field: string }) }
}

/** Both sums of one ratio for a unit, as its source states them up to a quarter past nine. */
const pair = (
  unit: string,
  [of, to]: readonly [string, string],
  good: number | string,
  all: number | string,
): Draft[] =>
  [
    [of, good],
    [to, all],
  ].map(([indicator, value]) => ({
    ...{ indicator: String(indicator), unit, source: 'demo/portal', value: String(value) },
    ...{ from: MIDNIGHT, minutes: 555 },
  }))
const ON_TIME = ['filings/good-766', 'filings/all-766'] as const
const DECIDED = ['index-766/procedures-decided-on-time', 'index-766/procedures-decided'] as const
const PETITIONS = ['index-766/petitions-on-time', 'index-766/petitions'] as const
const RECEIVING = ['index-766/filings-unsatisfied', 'index-766/filings-received'] as const

test('before anything is stated there is no score, which is not 0', async () => {
  const [nation] = await readings()
  expect(nation).toMatchObject({ value: null, status: 'no-data', coverage: { expected: 34, reported: 0 } })
  expect(nation?.coverage.missing).toHaveLength(34)
  expect(await score()).toMatchObject({ points: null, outOf: '0', maximum: '100', raise: [] })
})

describe('with parts of two provinces', () => {
  beforeAll(async () => {
    await house.say(
      ...pair('ha-noi', ON_TIME, 800, 1000),
      ...pair('hue', ON_TIME, 10, 10),
      ...pair('ha-noi', DECIDED, 12, 12),
      ...pair('hue', DECIDED, 9, 10),
      ...pair('ha-noi', PETITIONS, 45, 50),
      ...pair('hue', PETITIONS, 0, 0),
      ...pair('ha-noi', RECEIVING, 55, 100),
      ...pair('bo-y-te', ON_TIME, 1, 1000),
      {
        ...{ indicator: 'index-766/online-service', unit: 'ha-noi', source: 'demo/portal', value: '8.97' },
        ...{ from: MIDNIGHT, minutes: 555 },
      },
    )
    await house.fold()
  })

  test('a province: points of every part, computed or reported, out of what is known', async () => {
    const answer = await score('&unit=ha-noi')
    const cells = new Map(answer.columns.flatMap(({ cells }) => cells).map((cell) => [cell.part, cell]))
    expect(cells.get('2.1')).toMatchObject({ points: '16', numerator: '800', denominator: '1000', known: 'computed' })
    expect(cells.get('1.1')).toMatchObject({ points: '6', known: 'computed', indicator: 'index-766/decided-on-time' })
    expect(cells.get('5.2')).toMatchObject({ points: '5.4' })
    expect(cells.get('5.4')).toMatchObject({ points: '3', numerator: '55', denominator: '100' })
    expect(cells.get('3.online')).toMatchObject({ points: '8.97', known: 'reported', numerator: null, rule: null })
    expect(cells.get('4.1')).toMatchObject({ points: null, known: 'no-data' })
    // 16 + 6 + 5.4 + 3 + 8.97 of 20 + 6 + 6 + 6 + 12
    expect(answer).toMatchObject({ points: '39.37', outOf: '50', maximum: '100' })
    expect(answer.rounding).toEqual({ each: 'part', places: 2 })
    expect(answer.reading).toMatchObject({ status: 'not-judged', marks: ['partial', 'simulated', 'reported'] })
  })

  test('readings say the same, by unit and for one unit', async () => {
    const all = await readings('&by=unit')
    expect(all).toHaveLength(34)
    const hanoi = all.find(({ key }) => key.unit === 'ha-noi')
    expect(hanoi).toMatchObject({ value: '39.37', numerator: '39.37', denominator: '50', coverage: { reported: 1 } })
    const [alone] = await readings('&where=unit:ha-noi')
    expect(alone).toMatchObject({ value: '39.37', key: {} })
    expect(alone).toEqual((await score('&unit=ha-noi')).reading)
    expect(
      all.some(({ key }) => key.unit === 'bo-y-te'),
      'a ministry has other columns',
    ).toBe(false)
    expect(all.filter(({ status }) => status === 'no-data')).toHaveLength(32)
  })

  test('trap 2: the nation is from sums of parts, not a mean of scores; ministries are not in it', async () => {
    const nation = await score()
    const cell = (part: string) => nation.columns.flatMap(({ cells }) => cells).find((one) => one.part === part)
    // 20 × 810/1010
    expect(cell('2.1')).toMatchObject({ points: '16.04', numerator: '810', denominator: '1010' })
    expect(cell('2.1')?.units).toEqual({ stated: 2, expected: 34 })
    // Huế's one late decision spoils its ten: 12 good of 22.
    expect(cell('1.1')).toMatchObject({ points: '3.27', numerator: '12', denominator: '22' })
    expect(nation.conventions).toMatchObject({ empty: 'out', nation: 'sums' })
    expect((await readings())[0]).toEqual(nation.reading)
    expect(nation.reading.marks).toContain('partial')
    expect(nation.reading.coverage).toMatchObject({ expected: 34, reported: 2 })
    const all = nation.columns.flatMap(({ cells }) => cells).flatMap(({ points }) => (points ? [Number(points)] : []))
    expect(all.reduce((sum, each) => sum + each, 0)).toBeCloseTo(Number(nation.points), 6)
  })

  test('the published way, the mean of provinces, is there under its own name', async () => {
    const mean = await score('&nation=mean')
    const cell = (part: string) => mean.columns.flatMap(({ cells }) => cells).find((one) => one.part === part)
    expect(cell('2.1')).toMatchObject({ points: '18', numerator: null })
    expect(cell('3.online')).toMatchObject({ points: '8.97', known: 'reported' })
    expect(mean.conventions.said.map(({ vi }) => vi).join(' ')).toMatch(/Trung bình cộng/)
    expect(mean.raise).toEqual([])
    // (39.37 + 20) / 2
    expect(mean.points).toBe('29.69')
  })

  test('trap 3: 0/0 is nothing occurred; the full points of the portal only under its convention', async () => {
    const cell = (answer: Answers['score']) =>
      answer.columns.flatMap(({ cells }) => cells).find(({ part }) => part === '5.2')
    const own = await score('&unit=hue')
    expect(cell(own)).toMatchObject({ points: null, known: 'nothing-occurred', denominator: '0' })
    expect(own).toMatchObject({ points: '20', outOf: '26' })
    const portal = await score('&unit=hue&empty=portal')
    expect(cell(portal)).toMatchObject({ points: '6', known: 'by-convention' })
    expect(portal).toMatchObject({ points: '26', outOf: '32', conventions: { empty: 'portal' } })
  })

  test('trap 15: the 766 rate with pending-in-time is what the score takes, not the settled-only rate', async () => {
    const progress = (await score('&unit=ha-noi')).columns.find(({ column }) => column === 'progress')
    expect(progress?.cells.map(({ indicator }) => indicator)).toEqual(['filings/on-time-766'])
  })

  test('a region is the score of its sums', async () => {
    const unit = house.catalogue.dimensions.get('unit')
    const region = unit?.members.get('hue')?.parents.find((id) => unit.members.get(id)?.kind === 'region') ?? ''
    const answer = await score(`&unit=${region}`)
    expect(answer).toMatchObject({ points: '20', outOf: '26', conventions: { nation: 'sums' } })
    expect((await score('&unit=viet-nam')).points).toBe((await score()).points)
  })

  test('what would raise it most keeps its word in the store', async () => {
    const before = await score('&unit=ha-noi')
    const time = before.raise.find(({ part }) => part === '2.1')
    // 0.02 points a filing.
    expect(time).toEqual({ part: '2.1', missing: '4', cases: 5, gain: '0.1' })
    expect(before.raise.map(({ missing }) => Number(missing))).toEqual(
      before.raise.map(({ missing }) => Number(missing)).sort((a, b) => b - a),
    )
    house.clock.now += 1000
    await house.say(...pair('ha-noi', ON_TIME, 805, 1000))
    await house.fold()
    const after = await score('&unit=ha-noi')
    expect(Number(after.points) - Number(before.points)).toBeCloseTo(Number(time?.gain), 9)
    expect(after.reading.marks).toContain('corrected')
  })

  test('over a range: a breakdown, and the question with from and to', async () => {
    const range = '&from=2026-11-22&to=2026-11-23'
    const { readings: parts, total } = await ask<Answers['breakdown']>(`/api/breakdown?indicator=${INDEX}${range}`)
    expect(parts.find(({ key }) => key.unit === 'ha-noi')).toMatchObject({ value: '39.47' })
    expect(total?.value).toBe((await score(range)).points)
    expect((await score('&from=2026-11-20&to=2026-11-21')).points).toBeNull()
  })

  test('a live slice is read again when a part was touched, and says the same', async () => {
    const board = house.catalogue.boards.get('index-766')
    expect(board).toBeDefined()
    const picture = startPicture(house.store, house.catalogue)
    const boards = new Set(['index-766'])
    const slice: Slice = { indicator: INDEX, window: '30d', by: [], where: {} }
    await picture.refresh(boards, new Set(), house.clock.now)
    const [before] = picture.slice(slice, house.clock.now)
    expect(before).toEqual((await readings())[0])
    house.clock.now += 1000
    await house.say(...pair('hue', ON_TIME, 5, 10))
    const touched = (await house.folding.next())?.indicators ?? new Set()
    await picture.refresh(boards, touched, house.clock.now)
    const [after] = picture.slice(slice, house.clock.now)
    expect(after?.value).not.toBe(before?.value)
    expect(after).toEqual((await readings())[0])

    // While nobody looks, a part is touched once more: the next who looks sees the newest, not what was read before.
    house.clock.now += 1000
    await house.say(...pair('hue', ON_TIME, 9, 10))
    const unwatched = (await house.folding.next())?.indicators ?? new Set()
    await picture.refresh(new Set(), unwatched, house.clock.now)
    await picture.refresh(boards, new Set(), house.clock.now)
    const [later] = picture.slice(slice, house.clock.now)
    expect(later?.value).not.toBe(after?.value)
    expect(later).toEqual((await readings())[0])
  })
})

test('a ministry is scored by the columns declared for ministries, a unit alone names its score', async () => {
  const ministry = await ask<Answers['score']>('/api/score?unit=bo-y-te')
  expect(ministry).toMatchObject({ indicator: 'index-766-ministries', basis: 'unverified', maximum: '100' })
  expect(ministry.columns.map(({ maximum }) => maximum)).toEqual(['18', '20', '22', '22', '18'])
  expect(ministry.points, 'one of a thousand filings in time').toBe('0.02')
  for (const unit of ['hue', 'viet-nam'])
    expect((await ask<Answers['score']>(`/api/score?unit=${unit}`)).indicator).toBe(INDEX)
  const refusal = await refused(`/api/score?indicator=${INDEX}&unit=bo-y-te`)
  expect(refusal.title).toContain('index-766-ministries')
})

test('grades are declared, and none is given while a part is unknown', async () => {
  const { grades } = await score('&unit=ha-noi')
  expect(grades).toMatchObject({ basis: 'unverified', reached: null })
  expect(grades?.bands.map(({ from, title }) => [from, title.vi])).toEqual([
    [90, 'Xuất sắc'],
    [80, 'Tốt'],
    [70, 'Khá'],
    [50, 'Trung bình'],
    [0, 'Yếu'],
  ])
})

describe('questions that cannot be answered say why', () => {
  test.each([
    [`/api/score?indicator=filings/on-time-766`, 422, 'indicator'],
    [`/api/score?indicator=${INDEX}&unit=bo-y-te`, 422, 'unit'],
    [`/api/score?indicator=${INDEX}&unit=ha-noy`, 404, 'where'],
    [`/api/score`, 400, 'indicator'],
    [`/api/score?indicator=${INDEX}&nation=average`, 400, 'nation'],
    [`/api/score?indicator=${INDEX}&from=2026-11-22`, 400, 'to'],
    [`/api/score?indicator=${INDEX}&unitt=hue`, 400, 'unitt'],
    [`/api/readings?indicator=${INDEX}&by=channel`, 400, 'by'],
    [`/api/series?indicator=${INDEX}&from=2026-11-22&to=2026-11-23`, 422, 'indicator'],
  ])('%s', async (path, status, field) => {
    const answer = await refused(path)
    expect(answer).toMatchObject({ status, field })
    expect(answer.title).toMatch(/\p{L}/u)
  })
})
