/** What a page of anyone tells an element in plain properties, made into what a panel is given: catalogue, panel, picture and history. */
import type { Panel, View } from '../../kpi/board.ts'
import type { Member } from '../../kpi/dimension.ts'
import { decimalText } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import { type Grain, HOUR, MINUTE, type Span, windowSpan } from '../../kpi/range.ts'
import type { Coverage, Reading } from '../../kpi/reading.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import { freshness, judging } from '../../kpi/status.ts'
import type { Text } from '../../kpi/text.ts'
import type { Health } from '../../kpi/wire.ts'
import type { Known } from '../known.ts'
import type { Picture } from '../link/picture.ts'
import { OUTLINES, PLACE_CODES } from '../places.ts'
import { absent } from '../views/shown.ts'

/** UTC milliseconds, ISO 8601 with a zone, or a Date. */
export type Moment = number | string | Date
/** Decimal text is exact; a number is as exact as numbers are. */
export type Value = string | number | null

/** What is measured and how it is judged; the words of `dashboards/indicators`, of which only the title is needed. */
export type PlainIndicator = Partial<Omit<Indicator, 'title' | 'unit' | 'targets'>> & {
  readonly title: string | Text
  /** `percent`, or what is counted. */
  readonly unit?: string | Text
  readonly target?: number
  readonly targets?: Indicator['targets']
}

/** A figure: its value and, if there are any, its parts, its time, whom it speaks of; whatever else a reading of the API says is taken, too. */
export type PlainReading = Partial<Omit<Reading, 'value' | 'numerator' | 'denominator' | 'asOf' | 'coverage'>> & {
  readonly value: Value
  readonly numerator?: Value
  readonly denominator?: Value
  readonly asOf?: Moment | null
  readonly coverage?: Partial<Coverage>
}

/** A point of a line, or with a key of the line of one member. */
export type PlainPoint = Partial<Omit<Point, 'from' | 'to' | 'value'>> & {
  readonly from: Moment
  readonly to?: Moment
  readonly value: Value
  readonly key?: Reading['key']
}

/** Whom figures speak of; `code`: where it stands on the map, two digits of Quyết định 19/2025/QĐ-TTg. */
export interface PlainMember {
  readonly id: string
  readonly name: string | Text
  readonly code?: string
}

export interface Told {
  readonly view: View
  readonly indicator: PlainIndicator | null
  readonly readings: readonly PlainReading[]
  readonly points: readonly PlainPoint[]
  readonly members: readonly PlainMember[]
  /** What a panel of a board may declare besides: form, show, text … */
  readonly panel: Partial<Panel>
  readonly health: Health | null
  readonly glass: Picture['glass']
  /** UTC milliseconds. */
  readonly now: number
  /** Another number: the points are others than before. */
  readonly version: number
}

export interface Given {
  readonly panel: Panel
  readonly catalogue: Known
  readonly picture: Picture
  readonly series: (slice: Slice, span: Span) => Answers['series']
}

const SELF = 'told'
const EMPTY: Health = { store: 'ok', sources: [], problems: 0 }
const textOf = (text: string | Text): Text => (typeof text === 'string' ? { vi: text, en: text } : text)
const at = (moment: Moment): number => (typeof moment === 'number' ? moment : new Date(moment).getTime())
const decimal = (value: Value | undefined): string | null =>
  value === undefined || value === null ? null : typeof value === 'number' ? decimalText(value) : value

/** Everything a panel is given, of what a page said. */
export function given(told: Told): Given {
  const by = [...told.readings, ...told.points].flatMap(({ key }) => Object.keys(key ?? {})).at(0)
  const indicator = indicatorOf(told, by)
  const slice: Slice = { indicator: SELF, window: indicator.window, by: by === undefined ? [] : [by], where: {} }
  const readings = told.readings.map((one) => readingOf(one, slice, indicator, told.now))
  const dimension = by ?? 'unit'
  const panel: Panel = {
    ...{ view: told.view, width: 12, ...told.panel },
    ...(told.indicator ? sliceOf(told.view, { indicator: SELF, by: [...slice.by], where: {} }) : {}),
  }
  return {
    panel,
    catalogue: {
      indicators: new Map([[SELF, indicator]]),
      dimensions: new Map([
        [dimension, { id: dimension, title: textOf(dimension), members: membersOf(told, dimension) }],
      ]) as Known['dimensions'],
      ...{ sources: new Map(), boards: new Map(), calendars: new Map() },
    },
    picture: {
      board: '',
      pulse: { at: told.now, store: SELF },
      health: told.health ?? EMPTY,
      awaySince: null,
      slices: new Map([[sliceKey(slice), new Map(readings.map((one) => [pointKey(one.key), one]))]]),
      revised: new Map([[SELF, told.version]]),
      corrections: new Map(),
      glass: told.glass ?? null,
    },
    series: (_, span) => seriesOf(told, indicator, span),
  }
}

/** Some views take several slices, here one of them. */
const sliceOf = (view: View, slice: NonNullable<Panel['slice']>): Pick<Panel, 'slice' | 'slices'> =>
  view === 'table' || view === 'statements' ? { slices: [slice] } : { slice }

function indicatorOf({ indicator, points }: Told, by: string | undefined): Indicator {
  const { title = '', unit = '', target, targets = [], ...rest } = indicator ?? {}
  return {
    ...{ kind: 'level', decimals: 0, window: 'today', better: 'neither', plans: [], plausible: {}, sources: [] },
    ...{ dimensions: [by ?? 'unit'], version: 1 },
    // What has a history is expected to go on.
    ...(points.length > 0 ? { rhythm: '1h' } : {}),
    ...rest,
    ...{ id: SELF, title: textOf(title), unit: unit === 'percent' ? unit : textOf(unit) },
    targets: target === undefined ? targets : [{ value: target, basis: '' }],
  }
}

/** Those the page names, or else the units of the map by their codes. */
function membersOf({ members }: Told, dimension: string): ReadonlyMap<string, Member> {
  const named: readonly PlainMember[] =
    members.length > 0 || dimension !== 'unit'
      ? members
      : OUTLINES.map(({ id, name }) => ({ id, code: id, name: name ?? id }))
  return new Map(
    named.map(({ id, name, code }) => [
      id,
      {
        ...{ id, name: textOf(name), parents: [], successors: [] },
        codes: code === undefined ? [] : [{ system: PLACE_CODES, code }],
      },
    ]),
  )
}

function readingOf(told: PlainReading, slice: Slice, indicator: Indicator, now: number): Reading {
  const plain = absent(slice)
  const span = windowSpan(slice.window, now)
  const [value, numerator, denominator] = [told.value, told.numerator, told.denominator].map(decimal)
  const key = told.key ?? {}
  const asOf = told.asOf === undefined || told.asOf === null ? null : at(told.asOf)
  const one = Object.keys(key).length > 0
  const status = judging(indicator, key)(
    value ?? null,
    { numerator: numerator ?? null, denominator: denominator ?? null },
    now,
  )
  return {
    ...plain,
    ...{ from: span.from, to: span.to, status, freshness: freshness(asOf, indicator.rhythm, now) },
    ...told,
    ...{
      unit: indicator.unit === 'percent' ? 'percent' : SELF,
      slice: plain.slice,
      key,
      value: value ?? null,
      numerator: numerator ?? null,
      denominator: denominator ?? null,
    },
    asOf,
    coverage: {
      ...plain.coverage,
      ...(one ? { expected: 1, reported: value == null && status === 'no-data' ? 0 : 1 } : {}),
      ...told.coverage,
    },
  }
}

function seriesOf({ points, now }: Told, { id }: Indicator, span: Span): Answers['series'] {
  const sorted = points.map((point) => ({ ...point, from: at(point.from) })).sort((a, b) => a.from - b.from)
  const apart = sorted.slice(1).map(({ from }, i) => from - (sorted[i]?.from ?? from))
  // Where no end is said a point reaches as far as the nearest two are apart.
  const step = Math.min(...apart.filter((one) => one > 0))
  const each = Number.isFinite(step) ? step : HOUR
  const own = sorted
    .map((point) => ({ ...point, to: point.to === undefined ? point.from + each : at(point.to) }))
    .filter(({ from, to }) => from < span.to && to > span.from)
  const [first] = own
  const size = first ? first.to - first.from : HOUR
  const grain: Grain = size <= MINUTE ? 'minute' : size <= HOUR ? 'hour' : 'day'
  const lines = new Map<string, { readonly key: Reading['key']; readonly points: Point[] }>()
  for (const { key = {}, value, ...point } of own) {
    const line = lines.get(pointKey(key)) ?? { key, points: [] }
    lines.set(pointKey(key), line)
    const text = decimal(value)
    const status = text === null ? ('no-data' as const) : ('not-judged' as const)
    line.points.push({
      ...{ numerator: null, denominator: null, status, marks: [], spans: null },
      ...point,
      value: text,
    })
  }
  const whole = lines.get(pointKey({}))?.points ?? [...lines.values()][0]?.points ?? []
  const split = [...lines.values()].filter(({ key }) => Object.keys(key).length > 0)
  const said = { pulse: { at: now, store: SELF }, indicator: id, grain, points: whole, coarser: 0 }
  return split.length > 0 ? { ...said, split } : said
}
