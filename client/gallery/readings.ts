/** Invented readings for the gallery, and the picture and history made of them. Examples, never data. */
import { panelSlice } from '../../kpi/catalogue.ts'
import type { Correction } from '../../kpi/correction.ts'
import type { Answers, Point, UsualPoint } from '../../kpi/query.ts'
import { floor, GRAIN_MS, type Grain, grainOf, HOUR, MINUTE, type Span } from '../../kpi/range.ts'
import type { Mark, Reading, Status } from '../../kpi/reading.ts'
import { pointKey, type Slice } from '../../kpi/slice.ts'
import type { Parts } from '../../kpi/status.ts'
import type { Health } from '../../kpi/wire.ts'
import type { Known } from '../known.ts'
import type { Picture } from '../link/picture.ts'
import { absent } from '../views/shown.ts'
import { COUNTRY, UNIT_IDS } from './country.ts'

/** 22/11/2026 09:41:27 in Việt Nam: the moment of every example. */
export const NOW = Date.parse('2026-11-22T09:41:27+07:00')

export const HEALTH: Health = {
  store: 'ok',
  problems: 0,
  screens: 3,
  sources: [
    {
      ...{
        id: 'exchange',
        up: true,
        vouched: true,
        seen: NOW - 3000,
        backfill: { done: 43, wanted: 60 },
        simulated: true,
      },
      run: { rows: 1836, refused: 3, held: 1, took: 412, bytes: 184_320 },
      trouble: {
        kept: 12,
        newest: {
          ...{ at: NOW - 90_000, place: 'source row 7', field: 'da_giai_quyet', value: '12 hồ sơ' },
          message: { vi: 'không phải là số', en: 'is not a number' },
        },
      },
    },
    { id: 'portal', up: true, vouched: true, seen: NOW - 4000, backfill: null, simulated: false },
  ],
}

/** The slice an indicator has in a panel that only names it. */
export function slice(indicator: string, by: string[] = []): Slice {
  return panelSlice(COUNTRY as unknown as Parameters<typeof panelSlice>[0], { indicator, by, where: {} })
}

/** A good, fresh, whole reading of `of`, changed by `change`. */
export function reading(of: Slice, change: Partial<Reading> = {}): Reading {
  const start = floor(NOW, 'day')
  const empty = absent(of)
  return {
    ...empty,
    unit: COUNTRY.indicators.get(of.indicator)?.unit === 'percent' ? 'percent' : of.indicator,
    from: start,
    to: start + 24 * HOUR,
    value: '48216',
    status: 'not-judged',
    asOf: NOW - MINUTE,
    sources: ['exchange'],
    coverage: { ...empty.coverage, expected: 34, reported: 34 },
    ...change,
  }
}

/** A picture of `readings` at the moment of the gallery. */
export function picture(
  readings: readonly Reading[],
  health: Health = HEALTH,
  corrections: readonly Correction[] = [],
  glass: Picture['glass'] = null,
): Picture {
  const slices = new Map<string, Map<string, Reading>>()
  for (const one of readings) {
    const points = slices.get(one.slice) ?? new Map<string, Reading>()
    slices.set(one.slice, points.set(pointKey(one.key), one))
  }
  return {
    board: 'country',
    pulse: { at: NOW, store: 'example' },
    health,
    awaySince: health.store === 'away' ? NOW - 40_000 : null,
    slices,
    revised: new Map(),
    corrections: byPoint(corrections),
    glass: glass ?? null,
  }
}

function byPoint(corrections: readonly Correction[]): Picture['corrections'] {
  const all = new Map<string, Map<string, Correction>>()
  for (const one of corrections)
    all.set(one.slice, (all.get(one.slice) ?? new Map<string, Correction>()).set(pointKey(one.key), one))
  return all
}

/** A correction of a reading from an earlier value, a quarter of an hour ago. */
export function correction(of: Reading, before: string, why: Correction['why']): Correction {
  const { slice, key, from, to, value, numerator, denominator } = of
  return {
    ...{
      id: `${slice} ${pointKey(key)}`,
      slice,
      key,
      from,
      to,
      why,
      statements: 1,
      deliveries: ['a'],
      since: NOW - 15 * MINUTE,
    },
    before: { value: before, numerator, denominator },
    after: { value, numerator, denominator },
  }
}

/** A repeatable wobble around 1, so that pictures of the gallery can be compared. */
const wobble = (i: number) => 1 + 0.22 * Math.sin(i * 1.7) + 0.12 * Math.sin(i * 4.1 + 1)

export type Shape = 'day' | 'gap' | 'one' | 'empty' | 'huge' | 'changed' | 'revised' | 'held' | 'negative' | 'few'

/** What some points of a history are marked with. */
const SHAPED = { revised: ['corrected'], held: ['held'] } as const

const LEVELS: readonly string[] = ['level', 'ratio', 'distinct']

/** An invented history of `of` over `span`; gaps and single points on demand. */
export function series(
  of: Slice,
  span: Span,
  shape: Shape = 'day',
  asked?: Grain,
  catalogue: Known = COUNTRY,
  usual?: number,
): Answers['series'] {
  const grain = asked ?? grainOf(span)
  const size = GRAIN_MS[grain]
  const percent = catalogue.indicators.get(of.indicator)?.unit === 'percent'
  const level = LEVELS.includes(catalogue.indicators.get(of.indicator)?.kind ?? '')
  const count = Math.round((span.to - span.from) / size)
  const height = shape === 'huge' ? 123_456_789_012 : of.indicator === 'tiny' ? 0.000123 : 4200
  const band: UsualPoint[] = []
  const points = Array.from({ length: count }, (_, i): Point => {
    const from = span.from + i * size
    const hour = ((from + 7 * HOUR) / HOUR) % 24
    const work = hour >= 7 && hour < 18 ? 1 : 0.12
    const share = from + size > NOW ? 0.6 : 1
    // What stands at a moment does not fall to nothing at night.
    const ordinary = percent ? 90 : level ? height * (1 + 0.004 * i) : height * work
    const counted = shape === 'negative' ? 60 * (i % 9) - 240 : i % 3
    const value = percent
      ? 88 + 6 * (wobble(i) - 1) * 2
      : shape === 'negative' || shape === 'few'
        ? counted
        : ordinary * (level ? 1 + 0.1 * (wobble(i) - 1) : wobble(i) * share)
    band.push({
      ...{ from, to: from + size, days: usual ?? 0, median: ordinary },
      ...{ low: ordinary * (percent ? 0.94 : 0.78), high: ordinary * (percent ? 1.05 : 1.16) },
    })
    const missing =
      shape === 'empty' ||
      from > NOW ||
      (shape === 'gap' && ((i > 5 && i < 9) || i === 14 || i === 16)) ||
      (shape === 'one' && i !== 7) ||
      (shape === 'held' && i === 4)
    const text = value.toFixed(percent ? 1 : of.indicator === 'tiny' ? 6 : 0)
    const told = i === 3 || i === 4
    const marks = told && (shape === 'revised' || shape === 'held') ? (SHAPED[shape] as readonly Mark[]) : []
    const empty = { numerator: null, denominator: null, marks, spans: null }
    return { ...empty, from, to: from + size, value: missing ? null : text, status: missing ? 'no-data' : 'not-judged' }
  })
  const was = { formula: 'documents/sent / documents/received', unit: 'percent', better: 'higher', dimensions: 'unit' }
  const breaks = shape === 'changed' ? [{ at: floor(span.from, 'day') + 5 * HOUR, version: 2, was }] : undefined
  const said = { pulse: { at: NOW, store: 'example' }, indicator: of.indicator, grain, points, coarser: 0 }
  const known = usual !== undefined && shape !== 'empty' && shape !== 'one'
  return { ...said, ...(known && { usual: band }), ...(breaks && { breaks }) }
}

/** The same history with a line for each member the slice is split by: units as far above and below each other as wide apart in size. */
export function splitSeries(
  of: Slice,
  span: Span,
  shape: Shape = 'day',
  asked?: Grain,
  catalogue: Known = COUNTRY,
  usual?: number,
): Answers['series'] {
  const whole = series(of, span, shape, asked, catalogue, usual)
  const by = of.by[0]
  if (by === undefined) return whole
  const indicator = catalogue.indicators.get(of.indicator)
  const percent = indicator?.unit === 'percent'
  const members =
    by === 'unit' && catalogue === COUNTRY ? UNIT_IDS : [...(catalogue.dimensions.get(by)?.members.keys() ?? [])]
  const split = members.map((id, i) => ({
    key: { [by]: id },
    points: whole.points.map((point, j): Point => {
      if (point.value === null) return point
      if (id === 'lai-chau' || (id === 'hue' && j % 9 === 4)) return { ...point, value: null, status: 'no-data' }
      const counted = shape === 'negative' || shape === 'few'
      if (counted) return { ...point, value: String(Number(point.value) + (i % 2)), status: 'not-judged' }
      const size = Number(point.value) * (percent ? 1 : wobble(i * 5 + j * 3) / (i + 1.5))
      const value = percent ? Math.min(100, size + 9 * wobble(i * 3 + j) - 3 - (id === 'gia-lai' ? 11 : 0)) : size
      const status = !percent ? 'not-judged' : value < 80 ? 'critical' : value < 95 ? 'warning' : 'good'
      return { ...point, value: value.toFixed(percent ? 1 : (indicator?.decimals ?? 0)), status }
    }),
  }))
  return { ...whole, split }
}

/** The value of a slice a week ago, up to the same time: a little less, or nothing where nothing was kept. */
export function weekAgo(of: Slice, span: Span): Reading | null {
  if (of.indicator === 'tiny' || of.indicator === 'long') return null
  const percent = COUNTRY.indicators.get(of.indicator)?.unit === 'percent'
  const value = percent ? '91.000312' : '46774'
  return reading(of, { from: span.from, to: span.to, asOf: span.to, value })
}

/** Documents of all units, the largest the cities. */
export function unitCounts(of: Slice, without: readonly string[] = ['lai-chau']): readonly Reading[] {
  return UNIT_IDS.map((unit, i) => {
    if (without.includes(unit))
      return { ...absent(of), key: { unit }, coverage: { ...absent(of).coverage, missing: [unit] } }
    const value = unit === 'ho-chi-minh' ? 6180 : unit === 'ha-noi' ? 5240 : 420 + ((i * 733) % 2600)
    return reading(of, {
      key: { unit },
      value: String(value),
      coverage: { ...reading(of).coverage, expected: 1, reported: 1 },
    })
  })
}

/** On-time percentages of all units, some critical, one without data. */
export function unitReadings(of: Slice, without: readonly string[] = ['lai-chau']): readonly Reading[] {
  return UNIT_IDS.map((unit, i) => {
    if (without.includes(unit))
      return { ...absent(of), key: { unit }, coverage: { ...absent(of).coverage, missing: [unit] } }
    const denominator = 300 + ((i * 977) % 5200)
    const share = unit === 'gia-lai' ? 0.781 : unit === 'lam-dong' ? 0.798 : 0.955 + 0.04 * Math.sin(i * 2.3)
    const numerator = Math.round(denominator * Math.min(1, share))
    const value = (numerator / denominator) * 100
    return reading(of, {
      key: { unit },
      value: value.toFixed(6),
      numerator: String(numerator),
      denominator: String(denominator),
      status: value < 80 ? 'critical' : value < 95 ? 'warning' : 'good',
      ...(unit === 'son-la' ? { freshness: 'late' as const, asOf: NOW - 14 * MINUTE } : {}),
    })
  })
}

/** What a ratio without a quotient is made of. */
export const UNDIVIDED: Readonly<Partial<Record<Status, Parts>>> = {
  'nothing-occurred': { numerator: '0', denominator: '0' },
  'zero-denominator': { numerator: '3', denominator: '0' },
}
