/** All systems, from source to API: every indicator and every unit says what the country says is true; nothing occurred and not reported are neither of them 0. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { boardSlices, sourcesOf } from '../../kpi/catalogue.ts'
import { groupMembers } from '../../kpi/dimension.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import { scoreOnTheGlass } from '../browser/score.ts'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { projectCatalogue } from '../support/declared.ts'
import { type House, openHouse } from '../support/house.ts'
import { type ScoreTruth, type Split, scoreTruth, type TruthRow, truthRows } from '../support/truth.ts'
import { silenceAndReturn } from './silence.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** A Monday, the day before 24 November. */
const MIDNIGHT = Date.parse('2026-11-23T00:00:00+07:00')
/** How much of the day has gone by; the clock stands some minutes after a quarter-hour, as a real one does. */
const HOURS = 7
const BEGIN = MIDNIGHT + (HOURS * 60 + 4) * MINUTE

const catalogue = projectCatalogue()
const unit = catalogue.dimensions.get('unit')
const everyone = unit ? groupMembers(unit, 'units-51', BEGIN).map((member) => member.id) : []
const provinces = new Set(unit ? groupMembers(unit, 'provinces-34', BEGIN).map((member) => member.id) : [])
const all = [...catalogue.indicators.values()]
/** What the demonstration country feeds: `/truth` must know it. */
const families = all.filter(
  (one) => one.kind !== 'score' && sourcesOf(catalogue, one).some((id) => id.startsWith('demo/')),
)
const others = all.filter((one) => one.kind === 'score' || /^(?:system|published-2020)\//.test(one.id))

/** A board of everything: all indicators, by unit and for the nation, are then read in one pass. */
function everything(folder: string): void {
  const rows = families.map(({ id }) => ({
    panels: [
      { view: 'number', width: 3, slice: { indicator: id } },
      { view: 'ranking', width: 9, slice: { indicator: id, by: ['unit'] } },
    ],
  }))
  const board = { title: { vi: 'Tất cả', en: 'Everything' }, layout: 'page', rows }
  writeFileSync(join(folder, 'boards/everything.yaml'), JSON.stringify(board))
}

let house: House
let open: OpenBrowser
/** Every reading of the board of everything, by indicator. */
let spoken: ReadonlyMap<string, readonly Reading[]>
/** The truth at the beginning: by day in the stretch each indicator's own window shows, and by hour of today. */
let days: ReadonlyMap<string, readonly TruthRow[]>
let hours: ReadonlyMap<string, readonly TruthRow[]>
beforeAll(async () => {
  ;[house, open] = await Promise.all([openHouse(BEGIN, `${HOURS + 1}h`, everything), openBrowser()])
  await settle()
  const of = (...windows: readonly Indicator['window'][]) =>
    families.filter((one) => windows.includes(one.window)).map(({ id }) => id)
  const today = { from: MIDNIGHT, to: house.clock.now }
  // What is said once a day is shown as of the newest whole day.
  const yesterday = { from: MIDNIGHT - DAY, to: MIDNIGHT }
  const truth = (ids: readonly string[], span: typeof today, grain: 'hour' | 'day') =>
    truthRows(house.country.url, ids, span, grain)
  days = new Map([
    ...(await truth(of('today'), today, 'day')),
    ...(await truth(of('latest', 'yesterday'), yesterday, 'day')),
  ])
  hours = await truth(of('today'), today, 'hour')
  const screen = await house.watch('everything')
  const told = new Map<string, Reading[]>()
  for (const reading of screen.snapshot.readings) {
    const [indicator] = JSON.parse(reading.slice) as [string]
    told.set(indicator, [...(told.get(indicator) ?? []), reading])
  }
  spoken = told
  screen.close()
})
afterAll(async () => {
  await open?.close()
  await house?.stop()
})

async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await house.advance(10_000)
}

const readings = async (indicator: string, more = '') =>
  (await house.get<Answers['readings']>(`/api/readings?indicator=${indicator}${more}`)).readings

/** What a reading says in the words of the truth. */
function said({ value, numerator, denominator }: Reading, ratio: boolean) {
  if (!ratio) return { value }
  return { value, numerator: Number(numerator), denominator: Number(denominator) }
}

/** A truth as the system would write it: a percentage or a mean with six decimals, cut. */
function meant({ value, numerator, denominator }: TruthRow, indicator: Indicator) {
  if (numerator === undefined || denominator === undefined) return { value: String(value) }
  return { value: quotient(numerator, denominator, indicator.unit === 'percent' ? 100n : 1n), numerator, denominator }
}

function quotient(numerator: number, denominator: number, times: bigint): string | null {
  if (denominator === 0) return null
  const micro = ((BigInt(numerator) * times * 1_000_000n) / BigInt(denominator)).toString().padStart(7, '0')
  return `${micro.slice(0, -6)}.${micro.slice(-6)}`.replace(/\.?0+$/, '')
}

const toldOf = (indicator: string): readonly Reading[] => spoken.get(indicator) ?? []

const byUnit = (list: readonly Reading[]) => new Map(list.map((one) => [one.key.unit, one]))

function added(one: TruthRow, other: TruthRow): TruthRow {
  const both = { ...other, value: (one.value ?? 0) + (other.value ?? 0) }
  if (one.numerator === undefined || one.denominator === undefined) return both
  const [numerator, denominator] = [one.numerator + (other.numerator ?? 0), one.denominator + (other.denominator ?? 0)]
  return { ...both, numerator, denominator }
}

/** The truth of units: channels, statuses and the like are added up. */
function truthByUnit(indicator: Indicator): ReadonlyMap<string, TruthRow> {
  const sums = new Map<string, TruthRow>()
  for (const row of days.get(indicator.id) ?? []) {
    const before = sums.get(row.unit)
    sums.set(row.unit, before ? added(before, row) : row)
  }
  return sums
}

test('every indicator belongs to a family, to the published figures or to the system', () => {
  expect(families.length + others.length).toBe(catalogue.indicators.size)
  expect(families.length).toBeGreaterThan(140)
  expect(everyone).toHaveLength(51)
})

test('every one of them is on a board that ships with the project', () => {
  const shown = new Set(
    [...catalogue.boards.values()].flatMap((board) => boardSlices(catalogue, board)).map((one) => one.indicator),
  )
  expect(families.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([])
})

describe.each(families.map((indicator) => [indicator.id, indicator] as const))('%s', (id, indicator) => {
  test('says of every unit what is true, with both parts, and is simulated', () => {
    const [list, truth] = [byUnit(toldOf(id).filter(({ key }) => key.unit)), truthByUnit(indicator)]
    expect([...list.keys()].sort()).toEqual([...everyone].sort())
    const [spoken, true_] = [
      Object.fromEntries([...list].map(([who, reading]) => [who, said(reading, indicator.ratio !== undefined)])),
      Object.fromEntries([...truth].map(([who, row]) => [who, meant(row, indicator)])),
    ]
    expect(spoken).toEqual(true_)
    for (const reading of list.values()) {
      expect(reading.marks).toEqual(indicator.kind === 'reported' ? ['simulated', 'reported'] : ['simulated'])
      expect(reading.freshness).toBe('fresh')
      const empty = indicator.ratio !== undefined && Number(reading.denominator) === 0
      expect(reading.status === 'nothing-occurred', `${reading.key.unit}`).toBe(empty)
    }
  })

  test('its nation is the sum of its units, or says nothing where they cannot be added up', () => {
    const [total] = toldOf(id).filter(({ key }) => !key.unit)
    const truth = [...truthByUnit(indicator).values()]
    const sum = (of: (row: TruthRow) => number) => truth.reduce((all, row) => all + of(row), 0)
    expect(total?.coverage).toMatchObject({ expected: 51, reported: 51, missing: [] })
    const parts = indicator.ratio ? [indicator.ratio.of, indicator.ratio.to] : [id]
    // What is reported or counts different things is of its own unit and never added up.
    if (parts.some((part) => ['distinct', 'reported'].includes(catalogue.indicators.get(part)?.kind ?? ''))) {
      expect(total).toMatchObject({ value: null, numerator: null, denominator: null })
      return
    }
    if (!indicator.ratio) {
      expect(Number(total?.value)).toBe(sum((row) => row.value ?? 0))
      return
    }
    expect(Number(total?.numerator)).toBe(sum((row) => row.numerator ?? 0))
    expect(Number(total?.denominator)).toBe(sum((row) => row.denominator ?? 0))
  })

  if (indicator.kind !== 'distinct' && indicator.window === 'today')
    test('its line is true hour by hour', async () => {
      const line = await house.get<Answers['series']>(
        `/api/series?indicator=${id}&from=${MIDNIGHT}&to=${house.clock.now}&grain=hour&where=unit:ha-noi`,
      )
      const truth = new Map<number, TruthRow>()
      for (const row of (hours.get(id) ?? []).filter((one) => one.unit === 'ha-noi')) {
        const before = truth.get(row.from)
        truth.set(row.from, before ? added(before, row) : row)
      }
      const wholeHours = line.points.filter((point) => point.to <= house.clock.now)
      expect(wholeHours.length).toBe(HOURS)
      expect(wholeHours.map(({ value }) => value)).toEqual(
        wholeHours.map(({ from }) => meant(truth.get(from) as TruthRow, indicator).value),
      )
    })
})

describe('the 766 index', () => {
  const span = { from: MIDNIGHT - 2 * DAY, to: MIDNIGHT }
  let truth: ReadonlyMap<string, ScoreTruth>
  beforeAll(async () => {
    truth = new Map((await scoreTruth(house.country.url, span)).map((row) => [row.unit, row]))
  })

  test.each(everyone)('%s: points, columns and both sums of every part are those the country knows', async (id) => {
    const true_ = truth.get(id) as ScoreTruth
    const said = await house.get<Answers['score']>(`/api/score?unit=${id}&from=${span.from}&to=${span.to}`)
    expect(said.indicator).toBe(provinces.has(id) ? 'index-766' : 'index-766-ministries')
    expect([Number(said.points), Number(said.outOf)]).toEqual([true_.points, true_.outOf])
    expect(Object.fromEntries(said.columns.map(({ column, points }) => [column, Number(points)]))).toEqual(
      true_.columns,
    )
    const cells = said.columns.flatMap(({ cells }) => cells)
    expect(cells.filter(({ known }) => known === 'reported').map(({ part }) => part)).toEqual(['3.online'])
    const computed = cells.filter(({ part }) => part !== '3.online')
    expect(
      Object.fromEntries(computed.map((cell) => [cell.part, [Number(cell.numerator), Number(cell.denominator)]])),
    ).toEqual(true_.parts)
    for (const { part, known, denominator } of computed)
      expect([part, known]).toEqual([part, denominator === '0' ? 'nothing-occurred' : 'computed'])
    expect(said.grades?.reached).toBe(gradeBy(said.grades?.bands ?? [], (100 * true_.points) / true_.outOf))
    expect(said.reading).toMatchObject({ grade: said.grades?.reached, marks: ['simulated', 'reported'] })
  })

  test('a list of provinces says the same as one province asked alone, grade included', async () => {
    const list = byUnit(await readings('index-766', '&by=unit'))
    expect(list.size).toBe(34)
    const alone = await house.get<Answers['score']>('/api/score?unit=hue')
    expect(list.get('hue')).toMatchObject({ value: alone.points, grade: alone.grades?.reached })
  })

  test('the mean of provinces, as published, is the mean of their true points', async () => {
    const over = `from=${span.from}&to=${span.to}&nation=mean`
    const mean = await house.get<Answers['score']>(`/api/score?indicator=index-766&${over}`)
    const all = [...truth].filter(([id]) => provinces.has(id)).map(([, row]) => row.points)
    expect(all).toHaveLength(34)
    expect(Number(mean.points)).toBeCloseTo(all.reduce((sum, one) => sum + one, 0) / 34, 1)
  })

  const gradeBy = (bands: readonly { readonly id: string; readonly from: number }[], points: number) =>
    bands.filter(({ from }) => from <= points).sort((a, b) => b.from - a.from)[0]?.id
})

describe('split by another dimension', () => {
  const RECEIVED = 'filings/received'
  const splits = families.filter(({ dimensions }) => dimensions.length > 1)
  const known = (id: string): readonly string[] => [...(catalogue.dimensions.get(id)?.members.keys() ?? [])]

  test('there are some', () => {
    expect(splits.map(({ id }) => id)).toContain(RECEIVED)
  })

  test.each(splits.map((indicator) => [indicator.id, indicator] as const))(
    '%s: every unit and member is true, members are those declared, and an empty channel is the counter',
    async (id, indicator) => {
      const split = indicator.dimensions[1] as Split
      const list = await readings(id, `&by=unit,${split}`)
      const rows = (days.get(id) ?? []).map((row) => [`${row.unit} ${row[split]}`, meant(row, indicator)] as const)
      const said_ = list.map(
        ({ key, ...one }) =>
          [`${key.unit} ${key[split]}`, said({ key, ...one }, indicator.ratio !== undefined)] as const,
      )
      expect(new Map(said_)).toEqual(new Map(rows))
      expect(known(split)).toEqual(expect.arrayContaining([...new Set(list.map(({ key }) => key[split]))]))
      expect(list.every((one) => one.marks.join() === 'simulated' && one.coverage.expected === 1)).toBe(true)
    },
  )

  test('the nation splits into three channels, and one channel alone is asked with where', async () => {
    const [total] = await readings(RECEIVED)
    const parts = await readings(RECEIVED, '&by=channel')
    expect(parts.map(({ key }) => key.channel).sort()).toEqual(['direct', 'online', 'post'])
    expect(parts.reduce((sum, { value }) => sum + Number(value), 0)).toBe(Number(total?.value))
    const [online] = await readings(RECEIVED, '&where=channel:online')
    expect(online?.value).toBe(parts.find(({ key }) => key.channel === 'online')?.value)
    expect(online?.coverage.spans?.present).toBe(online?.coverage.spans?.expected)
    expect(Number((await readings('filings/received-online'))[0]?.value)).toBe(Number(online?.value))
  })
})

// The same house serves who looks at the glass: to fetch half a day of every source costs more than all that is read of it.
describe('the score on the glass', () => scoreOnTheGlass(() => ({ house, open })))
describe('silence and return', () => silenceAndReturn(() => ({ house, open })))

describe('what is not a number', () => {
  test('0/0 is nothing occurred, for the unit and for nobody else', async () => {
    await house.fault({ kind: 'zero', h_code: 'H57', service: 'feedback' })
    await house.fault({ kind: 'zero', h_code: 'H57', service: 'one-stop' })
    // A source is asked again for two hours, so the unit's newest hours are zero; the hour's window is nothing else.
    await house.advance(15 * MINUTE)
    await house.advance(10_000)
    for (const id of ['feedback/satisfaction', 'filings/on-time-settled']) {
      const list = byUnit(await readings(id, '&by=unit&window=60m'))
      expect([id, list.get('hue')]).toMatchObject([id, { value: null, status: 'nothing-occurred', denominator: '0' }])
      expect([...list.values()].filter((one) => one.key.unit !== 'hue' && one.value !== null).length).toBeGreaterThan(
        20,
      )
    }
    const hue = byUnit(await readings('filings/settled', '&by=unit&window=60m')).get('hue')
    expect(hue).toMatchObject({ value: '0', status: 'not-judged' })
    await house.fault(null)
  })

  test('books that do not balance show by how much and where, and the other identities hold', async () => {
    await house.fault({ kind: 'misstated', h_code: 'H24', field: 'dang_giai_quyet', delta: 7, service: 'one-stop' })
    await house.advance(15 * MINUTE)
    await house.advance(30_000)
    const list = byUnit(await readings('filings/balance-gap', '&by=unit'))
    const wrong = [...list.values()].filter(({ value }) => value !== '0')
    expect(wrong.map(({ key, status }) => [key.unit, status])).toEqual([['hai-phong-2025', 'warning']])
    // Seven in each hour that was asked again.
    expect([Number(wrong[0]?.value) % 7, Number(wrong[0]?.value) >= 7]).toEqual([0, true])
    const [parts] = await readings('filings/settled-parts-gap')
    expect(parts).toMatchObject({ value: '0', status: 'good' })
    await house.fault(null)
  })

  test('a unit that says nothing has no data, which is not 0, and is named', async () => {
    await house.fault({ kind: 'silence', h_code: '000.00.00.H41' })
    await house.advance(80 * MINUTE)
    await house.advance(10_000)
    for (const id of ['interchange/sent', 'filings/received', 'filings/on-time-settled', 'feedback/received']) {
      const silent = byUnit(await readings(id, '&by=unit&window=60m')).get('nghe-an')
      expect([id, silent]).toMatchObject([id, { value: null, status: 'no-data', numerator: null, denominator: null }])
      const [total] = await readings(id, '&window=60m')
      expect([id, total?.coverage.missing]).toEqual([id, ['nghe-an']])
      expect(total?.marks).toContain('partial')
    }
    await house.fault(null)
  })
})
