/** `GET /api/series`: an indicator over time, gaps as gaps. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { sourcesOf } from '../../kpi/catalogue.ts'
import { decimal, quickQuotient } from '../../kpi/decimal.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { type Members, members } from '../../kpi/observation.ts'
import { type Answers, MAX_POINTS, MAX_SPLIT_POINTS, type Point, type QueryOf } from '../../kpi/query.ts'
import { duration, floor, GRAIN_MS, grainOf } from '../../kpi/range.ts'
import type { Mark } from '../../kpi/reading.ts'
import { judging, NO_RATIO, STALE_AFTER } from '../../kpi/status.ts'
import { heirs } from '../../kpi/succession.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { type Columns, columnsOf, resultOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { filter, keeps, type Scope } from '../store/filter.ts'
import { foldedRows } from '../store/known.ts'
import { carriedMember, endsOf } from '../store/reform.ts'
import { carriedUnits, unitsOf } from './carried.ts'
import { type LineAsk, type LineRow, readLines } from './lines.ts'
import { readRaw } from './lines-raw.ts'
import { areFewAndMost } from './most.ts'
import { owing } from './owing.ts'
import { aboveAt, belowAt, type Line, linesFrom } from './points.ts'

/** `reach`: for how long (milliseconds) what stands is carried on, in place of three rhythms: a range that ends there says as much. */
export type LineQuery = QueryOf<'series'> & { readonly reach?: number }

export async function series(
  store: Store,
  catalogue: Catalogue,
  query: LineQuery,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['series']> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  if (indicator.score) throw new Refusal(422, NO_LINE, 'indicator')
  const grain = query.grain ?? grainOf(query)
  const beat = indicator.rhythm === undefined ? 0 : (duration(indicator.rhythm) ?? 0)
  // A span longer than the grain is never cut: the points then come on the source's own beat.
  const step = Math.max(GRAIN_MS[grain], beat)
  const from = floor(query.from, step)
  const to = query.to
  if ((to - from) / step > MAX_POINTS) throw tooMany(MAX_POINTS)
  const columns = columnsOf(indicator, catalogue.indicators)
  const { stands } = columns
  const units = unitsOf(catalogue, indicator, query.units)
  const last = Math.min(pulse.at, to - 1)
  const start = Math.max(0, from - (stands ? STALE_AFTER * beat : 0))
  const scope: Scope = { from: Math.min(start, last), to: (units === 'today' ? pulse.at : last) + 1, units }
  const kept = filter(catalogue, query.where, scope)
  const covering = indicator.dimensions[0] ?? ''
  const ends = endsOf(stands ? catalogue.dimensions.get(covering) : undefined, start, last)
  const split = query.by === undefined ? undefined : catalogue.dimensions.get(query.by)
  const carry = units === 'today' ? pulse.at : null
  const part = carriedMember(split, '{by: String}', carry)
  const known = { asOf: query.asOf }
  const table = foldedRows(catalogue, { grain, indicators: [indicator], from: start, to, known, kept })
  const wanted = `${table.sql} ${table.key ? 'PREWHERE' : 'WHERE'} indicator = {indicator: String} AND "from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC')`
  const ask = { ...{ from, step, stands }, ratio: indicator.kind === 'ratio' }
  const range = { indicator: indicator.id, start, end: to }
  // Series that no further dimension divides are the parts.
  const parts = !(stands || columns.across === 'only' || indicator.dimensions.length < 2)
  const everyone =
    !parts &&
    table.key &&
    areFewAndMost(catalogue, indicator, { where: query.where, span: { from: start, to }, units }, step, pulse.at)
  const rows = everyone
    ? await readRaw(
        store,
        {
          ...{ ...ask, grain, rows: wanted, params: range, indicator: indicator.id },
          keeps: keeps(catalogue, query.where, scope),
        },
        signal,
      )
    : await linesOf(store, signal, {
        ...ask,
        rows: `${wanted} ${table.key ? 'WHERE' : 'AND'} (spans > 0 OR held > 0) AND ${kept.sql}`,
        params: { ...table.params, ...kept.params, ...(split ? part.params : {}), ...range, by: query.by ?? '' },
        part: parts ? (split ? part.sql : "''") : null,
      })
  const heir = split && carry !== null ? heirs(split, carry) : null
  const count = Math.ceil((to - from) / step)
  const lines = linesFrom(rows, {
    ...{ from, step, count, authority: sourcesOf(catalogue, indicator), simulated: simulatedOf(catalogue) },
    carry: stands
      ? {
          reach: Math.max(1, Math.ceil((query.reach ?? STALE_AFTER * beat) / step)),
          endOf: (members) => ends.get(members[covering] ?? '') ?? Number.POSITIVE_INFINITY,
        }
      : null,
    partOf:
      query.by === undefined
        ? null
        : (members) => {
            const member = members[query.by ?? ''] ?? ''
            return heir?.get(member)?.member.id ?? member
          },
  })
  const told = [...lines.parts.values(), lines.total]
  if (told.reduce((all, own) => all + own.size, 0) > MAX_SPLIT_POINTS) throw tooMany(MAX_SPLIT_POINTS)
  const owes = owing(catalogue, indicator, query.where, { from, to, step, now: pulse.at, beat, units })
  const lineOf = (line: Line, key: Members): readonly Point[] => {
    const make = pointer(indicator, columns, members({ ...query.where, ...key }), line)
    const points: Point[] = []
    const owed = owes(key)
    const end = Math.min(to, pulse.at)
    for (let at = from, place = 0; at < end; at += step, place++)
      points.push(make(place, at, at + step, owed[place] ?? null))
    return points
  }
  const coarser = rows.reduce((all, row) => all + row.coarser, 0)
  return {
    ...{ pulse, indicator: indicator.id, grain, coarser },
    ...carriedUnits(catalogue, indicator, { units, span: { from, to }, where: query.where }, pulse.at),
    points: lineOf(lines.total, {}),
    ...(query.by === undefined
      ? {}
      : {
          split: [...lines.parts]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([id, own]) => {
              const key = members({ [query.by as string]: id })
              return { key, points: lineOf(own, key) }
            }),
        }),
  }
}

/** The lines asked for; where several sources speak for a part, who speaks for whom is only known series by series. */
async function linesOf(store: Store, signal: AbortSignal | undefined, ask: LineAsk): Promise<readonly LineRow[]> {
  const rows = await readLines(store, ask, signal)
  const sources = new Set(rows.map(({ source }) => source))
  return ask.part === null || sources.size < 2 ? rows : readLines(store, { ...ask, part: null }, signal)
}

function simulatedOf(catalogue: Catalogue): ReadonlySet<string> {
  return new Set([...catalogue.sources.values()].filter((source) => source.simulated).map((source) => source.id))
}

/** Makes the points of a line, by place. */
function pointer(indicator: Indicator, columns: Columns, where: Members, line: Line) {
  const ratio = indicator.kind === 'ratio'
  const percent = indicator.unit === 'percent'
  const statusOf = judging(indicator, where)
  const spansOf = counted()
  return (place: number, from: number, to: number, expected: number | null): Point => {
    const series = line.series[place] ?? 0
    const numerator = series > 0 ? aboveAt(line, place) : null
    const denominator = series > 0 ? belowAt(line, place) : null
    const parts = ratio ? { numerator, denominator } : NO_RATIO
    const whole = columns.across === 'sum' || series === 1
    const quick =
      ratio && whole && series > 0 && (line.great.size === 0 || !line.great.has(place))
        ? quickQuotient(line.above[place] ?? 0, line.below[place] ?? 0, percent)
        : null
    const value = quick !== null ? decimal(quick) : whole ? resultOf(indicator, numerator, denominator) : null
    const present = line.spans[place] ?? 0
    const marks =
      (line.held[place] ? HELD : 0) |
      (line.corrected[place] ? CORRECTED : 0) |
      (line.simulated[place] ? SIMULATED : 0) |
      (series > 0 && expected !== null && present < expected ? PARTIAL : 0)
    return {
      from,
      to,
      value,
      numerator: parts.numerator,
      denominator: parts.denominator,
      status: statusOf(value, parts, from, quick === null ? undefined : quick / 1_000_000),
      marks: MARKS[marks] as readonly Mark[],
      spans: expected === null ? null : spansOf(present, expected),
    }
  }
}

/** How many spans there are of how many, each pair made once in a row: most points of a line have the same. */
function counted(): (present: number, expected: number) => { readonly present: number; readonly expected: number } {
  let last = { present: -1, expected: -1 }
  return (present, expected) => {
    if (last.present !== present || last.expected !== expected) last = { present, expected }
    return last
  }
}

const [HELD, CORRECTED, SIMULATED, PARTIAL] = [1, 2, 4, 8]
/** Every set of marks a point may carry, made once. */
const MARKS: readonly (readonly Mark[])[] = Array.from({ length: 16 }, (_, bits) =>
  (['held', 'corrected', 'simulated', 'partial'] as const).filter((_, i) => bits & (1 << i)),
)

function tooMany(most: number): Refusal {
  return new Refusal(
    422,
    {
      vi: `Câu hỏi có hơn ${most} điểm; hãy thu hẹp khoảng thời gian (from, to) hoặc chọn bước thô hơn (grain=hour, grain=day).`,
      en: `The question has more than ${most} points; narrow the range (from, to) or choose a coarser grain (grain=hour, grain=day).`,
    },
    'grain',
  )
}

const NO_LINE = {
  vi: 'Điểm không có chuỗi theo thời gian ở đây; hỏi chuỗi của từng tỷ lệ thành phần, hoặc hỏi /api/score với from và to.',
  en: 'A score has no series here; ask for the series of its ratios, or ask /api/score with from and to.',
}
