/** From source to glass: a true number, pushed; silence, return, correction; two servers, one store; moved by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromSnapshot, type Picture, withNews } from '../../client/link/picture.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey, sliceKey } from '../../kpi/slice.ts'
import { eventually } from '../support/eventually.ts'
import { type House, openHouse } from '../support/house.ts'
import type { Watching } from '../support/screen.ts'
import { observationsOf, truthOf } from '../support/truth.ts'

const MINUTE = 60_000
const MIDNIGHT = Date.parse('2026-11-20T00:00:00+07:00')
const HOURS = 7
const BEGIN = MIDNIGHT + HOURS * 60 * MINUTE + 41 * MINUTE
const SENT = 'interchange/sent'

let house: House
let screen: Watching
beforeAll(async () => {
  house = await openHouse(BEGIN, {
    documents: `${HOURS + 1}h`,
    others: '2h',
    only: ['interchange', 'interchange-state', 'one-stop', 'feedback'],
  })
  screen = await house.watch('interchange')
  await settle()
})
afterAll(() => house.stop())

/** Lets everything due happen and the pulse speak of it. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await house.advance(1000)
  await heard()
}

/** Until the screen has heard what the server said last. */
async function heard(): Promise<void> {
  await eventually(() =>
    expect((screen.news.at(-1) ?? screen.snapshot).pulse.at).toBeGreaterThan(house.clock.now - 1500),
  )
}

async function truthToday(
  indicator: string,
): Promise<{ readonly total: number; readonly units: ReadonlyMap<string, number> }> {
  const rows = (await truthOf(house.country.url, MIDNIGHT, house.clock.now, 'day')).get(indicator)
  const units = new Map([...(rows ?? [])].map(([key, value]) => [key.split(' ')[0] ?? '', value]))
  return { units, total: [...units.values()].reduce((sum, value) => sum + value, 0) }
}

async function expectTruth(): Promise<void> {
  const truth = await truthToday(SENT)
  expect(truth.total).toBeGreaterThan(0)
  expect(Number(screen.reading(SENT)?.value)).toBe(truth.total)
  const parts = screen.byUnit(SENT)
  expect(new Map([...parts].map(([unit, reading]) => [unit, Number(reading.value)]))).toEqual(truth.units)
}

describe('a screen that watches', () => {
  test('begins with a whole snapshot and then sees the truth of the day, nation and 51 units', async () => {
    expect(screen.snapshot.readings.length).toBeGreaterThan(35)
    await expectTruth()
    expect(screen.reading(SENT)).toMatchObject({
      freshness: 'fresh',
      coverage: { expected: 51, reported: 51, missing: [] },
    })
    expect(screen.reading(SENT)?.marks).toEqual(['simulated'])
  })

  test('hears of the next span, and in every message the units add up to the nation', async () => {
    const before = screen.news.length
    for (let i = 0; i < 2; i++) await house.advance(3 * MINUTE)
    await settle()
    await expectTruth()
    const totals = screen.news.slice(before).flatMap((news) => {
      const of = (by: readonly string[]) => {
        const slice = sliceKey({ indicator: SENT, window: 'today', by, where: {} })
        return news.readings.filter((reading) => reading.slice === slice)
      }
      const sum = (readings: readonly Reading[]) =>
        readings.reduce((total, reading) => total + Number(reading.value), 0)
      return of([]).length > 0 && of(['unit']).length === 51 ? [[sum(of([])), sum(of(['unit']))]] : []
    })
    expect(totals.length).toBeGreaterThan(0)
    for (const [nation, parts] of totals) expect(nation).toBe(parts)
  })

  test('hears at least once a second, with a pulse that only grows', async () => {
    const before = screen.news.length
    for (let i = 0; i < 3; i++) await house.advance(1000)
    await heard()
    const pulses = screen.news.slice(before).map((news) => news.pulse.at)
    expect(pulses.length).toBeGreaterThanOrEqual(3)
    expect([...pulses].sort((a, b) => a - b)).toEqual(pulses)
  })

  test('is told of a board that does not exist', async () => {
    await expect(house.watch('nowhere')).rejects.toThrow('Không có bảng “nowhere”')
  })
  test('a board nobody watched for a while is true again for the first who looks', async () => {
    const first = await house.watch('country')
    expect(first.reading('feedback/in-work')?.freshness).toBe('fresh')
    first.close()
    for (let i = 0; i < 2; i++) await house.advance(16 * MINUTE)
    for (let i = 0; i < 2; i++) await house.advance(10_000)
    const second = await house.watch('country')
    for (const indicator of [SENT, 'filings/received', 'feedback/in-work']) {
      const [said] = (await house.get<Answers['readings']>(`/api/readings?indicator=${indicator}`)).readings
      expect(second.reading(indicator)).toMatchObject({ value: said?.value, asOf: said?.asOf, freshness: 'fresh' })
    }
    second.close()
  })
})

describe('the API', () => {
  test('series, breakdown and observations say the same as the glass and the truth', async () => {
    const range = `from=${MIDNIGHT}&to=${MIDNIGHT + 24 * 60 * MINUTE}`
    const truth = await truthToday(SENT)
    const day = await house.get<Answers['series']>(`/api/series?indicator=${SENT}&${range}&grain=day`)
    expect(day.points.map((point) => Number(point.value))).toEqual([truth.total])
    const parts = await house.get<Answers['breakdown']>(`/api/breakdown?indicator=${SENT}&${range}&by=unit`)
    expect(Number(parts.total?.value)).toBe(truth.total)
    expect(new Map(parts.readings.map((reading) => [reading.key.unit, Number(reading.value)]))).toEqual(truth.units)
    const spans = (await truthOf(house.country.url, MIDNIGHT, house.clock.now, '5m')).get(SENT)
    const said = await observationsOf(house.url, SENT, MIDNIGHT, house.clock.now)
    expect(new Map(said.map((one) => [`${one.members.unit} ${one.from}`, Number(one.value)]))).toEqual(spans)
    expect(said.length).toBe(spans?.size)
    const hour = (await truthOf(house.country.url, MIDNIGHT, house.clock.now, 'hour')).get(SENT)
    const hanoi = await house.get<Answers['series']>(
      `/api/series?indicator=${SENT}&${range}&grain=hour&where=unit:ha-noi`,
    )
    for (const point of hanoi.points) expect(Number(point.value)).toBe(hour?.get(`ha-noi ${point.from}`) ?? 0)
  })
})

describe('silence and return', () => {
  test('a source that falls silent grows late, then stale, while its values stand; on return everything fills in', async () => {
    await house.fault({ kind: 'down' })
    const last = screen.reading(SENT)
    const grown: string[] = []
    for (let i = 0; i < 9; i++) {
      await house.advance(2 * MINUTE)
      await heard()
      const now = screen.reading(SENT)
      if (now && grown.at(-1) !== now.freshness) grown.push(now.freshness)
      expect(now?.value).toBe(last?.value)
    }
    expect(grown).toEqual(['fresh', 'late', 'stale'])
    expect(screen.reading(SENT)).toMatchObject({ coverage: { reported: 0, standing: 51 } })
    expect(screen.news.at(-1)?.health.sources.find((source) => source.id === 'demo/interchange')?.up).toBe(false)
    await house.fault(null)
    for (let i = 0; i < 2; i++) await house.advance(MINUTE)
    await settle()
    await expectTruth()
    expect(screen.reading(SENT)).toMatchObject({ freshness: 'fresh', coverage: { reported: 51, standing: 0 } })
    expect(screen.reading(SENT)?.marks).toEqual(['simulated'])
  })

  test('one silent unit is named, and the nation says it is partial', async () => {
    await house.fault({ kind: 'silence', h_code: '000.00.00.H57' })
    for (let i = 0; i < 4; i++) await house.advance(5 * MINUTE)
    await heard()
    expect(screen.reading(SENT)?.coverage).toMatchObject({ reported: 50, standing: 1, late: ['hue'] })
    expect(screen.reading(SENT)?.marks).toContain('partial')
    expect(screen.byUnit(SENT).get('hue')).toMatchObject({ freshness: 'stale' })
    await house.fault(null)
    for (let i = 0; i < 2; i++) await house.advance(MINUTE)
    await settle()
    await expectTruth()
  })

  test('a correction of the source reaches the glass as a further version', async () => {
    const from = Math.floor((house.clock.now - 20 * MINUTE) / (5 * MINUTE)) * 5 * MINUTE
    await house.fault({ kind: 'correction', h_code: '000.00.00.H26', from, delta: 40, of: 'sent' })
    for (let i = 0; i < 2; i++) await house.advance(MINUTE)
    await settle()
    await expectTruth()
    expect(screen.byUnit(SENT).get('ha-noi')?.marks).toContain('corrected')
    const versions = (await observationsOf(house.url, SENT, from, from + 1)).filter(
      (one) => one.members.unit === 'ha-noi',
    )
    expect(versions).toHaveLength(2)
    expect(Number(versions[0]?.value) - Number(versions[1]?.value)).toBe(40)
    const told = screen.news.flatMap(({ corrections = [] }) => corrections)
    const day = sliceKey({ indicator: SENT, window: 'today', by: ['unit'], where: {} })
    const own = told.filter(({ slice, key, why }) => slice === day && key.unit === 'ha-noi' && why[0] === 'corrected')
    expect(own).toMatchObject([{ why: ['corrected'], statements: 1, since: versions[0]?.stored }])
    expect(Number(own[0]?.after.value) - Number(own[0]?.before.value)).toBe(40)
    const range = `from=${from}&to=${house.clock.now}`
    const listed = await house.get<Answers['corrections']>(`/api/corrections?${range}&indicator=${SENT}&limit=1000`)
    expect(listed.corrections).toEqual(expect.arrayContaining(own))
  })
})

describe('what was shown', () => {
  const ofBoard = new Set<string>()
  /** Every reading as text, by slice and point, as a screen holds them. */
  const texts = (picture: Picture) =>
    new Map(
      [...picture.slices].flatMap(([slice, points]) =>
        // The health of the system travels with the news of every board and is no part of any.
        [...(ofBoard.has(slice) ? points : [])].map(
          ([key, reading]) => [`${slice} ${key}`, JSON.stringify(reading)] as const,
        ),
      ),
    )

  test('is read back bit for bit at any pulse, whatever was corrected since', async () => {
    for (const { slice } of screen.snapshot.readings) ofBoard.add(slice)
    let picture = fromSnapshot(null, screen.snapshot)
    const heard = screen.news.map((news) => {
      picture = withNews(picture, news) ?? picture
      return { at: news.pulse.at, texts: texts(picture) }
    })
    const step = Math.ceil(heard.length / 7)
    const asked = heard.filter((_, i) => i % step === 0 || i === heard.length - 1)
    expect(new Set(asked.map((one) => JSON.stringify([...one.texts].sort()))).size).toBeGreaterThan(5)
    for (const { at, texts: sent } of asked) {
      // A store that is slow writes down a pulse after it was told.
      await eventually(async () => {
        const { readings, last } = await house.get<Answers['shown']>(`/api/shown?board=interchange&at=${at}`)
        const said = readings.map((one) => [`${one.slice} ${pointKey(one.key)}`, JSON.stringify(one)] as const)
        expect(new Map(said), `at ${at}`).toEqual(sent)
        expect(last).toBeLessThanOrEqual(at)
      })
    }
  })

  test('when nobody watched is refused with a sentence', async () => {
    for (const path of [`board=interchange&at=${BEGIN - 60 * MINUTE}`, `board=settlement&at=${house.clock.now}`])
      await expect(house.get(`/api/shown?${path}`)).rejects.toThrow('Không màn hình nào chiếu bảng')
  })
})

describe('a second server on the same store', () => {
  test('shows the same readings', async () => {
    const other = await house.another()
    const second = await house.watch('interchange', other.url ?? '')
    for (let i = 0; i < 2; i++) await house.advance(4 * MINUTE)
    await settle()
    await expectTruth()
    await eventually(() => {
      expect(second.reading(SENT)).toEqual(screen.reading(SENT))
      expect([...second.byUnit(SENT)]).toEqual([...screen.byUnit(SENT)])
    })
    expect(second.snapshot.pulse.store).toBe(screen.snapshot.pulse.store)
  })
})

describe('while the store is away', () => {
  test('the picture stands and ages, and the question is refused with a sentence', async () => {
    const value = screen.reading(SENT)?.value
    await house.engine.kill()
    await house.advance(16 * MINUTE, true)
    await house.advance(1000, true)
    await heard()
    expect(screen.news.at(-1)?.health.store).toBe('away')
    expect(screen.reading(SENT)).toMatchObject({ value, freshness: 'stale' })
    await expect(house.get(`/api/readings?indicator=${SENT}`)).rejects.toThrow('Kho dữ liệu đang không trả lời')
    expect((await fetch(new URL('/readyz', house.url))).status).toBe(503)
    expect((await fetch(new URL('/healthz', house.url))).status).toBe(200)
  })
})
