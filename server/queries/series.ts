/** `GET /api/series`: an indicator over time, gaps as gaps. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { sourcesOf } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { type Members, members } from '../../kpi/observation.ts'
import { type Answers, MAX_POINTS, MAX_SPLIT_POINTS, type Point, type QueryOf } from '../../kpi/query.ts'
import { duration, floor, GRAIN_MS, grainOf, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Mark } from '../../kpi/reading.ts'
import { STALE_AFTER, status } from '../../kpi/status.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { type Columns, columnsOf, resultOf, seriesSql } from '../store/columns.ts'
import type { Params, Store } from '../store/connect.ts'
import { filter } from '../store/filter.ts'
import { foldedRows } from '../store/known.ts'
import { carriedMember, endOf } from '../store/reform.ts'
import { carriedUnits, unitsOf } from './carried.ts'
import { owing } from './owing.ts'

/** A line's rows as the store tells them: its moment, sums, whether it is one series alone, and what went in. */
type Told = readonly [
  at: number,
  numerator: string,
  denominator: string,
  series: number,
  spans: number,
  held: number,
  corrected: number,
  simulated: 0 | 1,
]

interface Line {
  /** 1 for a member's own line, 0 for the total. */
  readonly split: 0 | 1
  readonly part: string
  readonly told: readonly Told[]
}

export async function series(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'series'>,
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
  const kept = filter(catalogue, query.where, {
    ...{ from: Math.min(start, last), to: (units === 'today' ? pulse.at : last) + 1, units },
  })
  const ends = endOf(stands ? catalogue.dimensions.get(indicator.dimensions[0] ?? '') : undefined, start, last)
  const split = query.by === undefined ? undefined : catalogue.dimensions.get(query.by)
  const carry = units === 'today' ? pulse.at : null
  const part = carriedMember(split, '{by: String}', carry)
  const { asOf } = query
  const table = foldedRows(catalogue, { grain, indicators: [indicator], from: start, to, known: { asOf }, kept })
  const params = {
    ...table.params,
    ...kept.params,
    ...ends.params,
    ...(split ? part.params : {}),
    by: query.by ?? '',
    indicator: indicator.id,
    start,
    first: from,
    end: to,
    step,
    reach: Math.max(1, Math.ceil((STALE_AFTER * beat) / step)),
    authority: sourcesOf(catalogue, indicator),
  }
  const inside = `indicator = {indicator: String} AND "from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC') AND spans > 0 AND ${kept.sql}`
  const fits = `toUnixTimestamp64Milli("to") - toUnixTimestamp64Milli("from") <= {step: Int64}`
  const [lines, coarser] = await Promise.all([
    store.rows<Line>(
      'ask',
      statement(columns, table.sql, inside, fits, ends.sql, split ? part.sql : null),
      { ...params, simulated: simulatedOf(catalogue) },
      signal,
    ),
    coarserThan(
      store,
      asOf === undefined ? grain : table.sql,
      table.sql,
      `${inside} AND NOT (${fits})`,
      params,
      signal,
    ),
  ])
  if (lines.reduce((all, { told }) => all + told.length, 0) > MAX_SPLIT_POINTS) throw tooMany(MAX_SPLIT_POINTS)
  const owes = owing(catalogue, indicator, query.where, { now: pulse.at, beat, units })
  const lineOf = (told: readonly Told[], key: Members): readonly Point[] => {
    const where = members({ ...query.where, ...key })
    const found = new Map(told.map((row) => [row[0], row]))
    const points: Point[] = []
    const owed = owes(key)
    for (let at = from; at < Math.min(to, pulse.at); at += step)
      points.push(point(indicator, columns, where, found.get(at), at, step, owed(at, Math.min(at + step, pulse.at))))
    return points
  }
  const own = lines.filter((line) => line.split === 1).sort((a, b) => (a.part < b.part ? -1 : 1))
  return {
    ...{ pulse, indicator: indicator.id, grain, coarser },
    ...carriedUnits(catalogue, indicator, { units, span: { from, to }, where: query.where }, pulse.at),
    points: lineOf(lines.find((line) => line.split === 0)?.told ?? [], {}),
    ...(query.by === undefined
      ? {}
      : {
          split: own.map(({ part, told }) => {
            const key = members({ [query.by as string]: part })
            return { key, points: lineOf(told, key) }
          }),
        }),
  }
}

function simulatedOf(catalogue: Catalogue): readonly string[] {
  return [...catalogue.sources.values()].filter((source) => source.simulated).map((source) => source.id)
}

/** How many statements are longer than a point: not known at this grain. Most questions have none, which is cheap to find out. */
async function coarserThan(
  store: Store,
  any: string,
  table: string,
  which: string,
  params: Params,
  signal?: AbortSignal,
) {
  const some = await store.rows('ask', `SELECT 1 AS one FROM ${any} WHERE ${which} LIMIT 1`, params, signal)
  if (some.length === 0) return 0
  const [found] = await store.rows<{ coarser: number }>(
    'ask',
    `SELECT count() AS coarser FROM ${table} WHERE ${which}`,
    params,
    signal,
  )
  return found?.coarser ?? 0
}

/** Per bucket and series the kind's own value, by authority; then across series. What stands is carried to the next statement, for at most three rhythms. */
function statement(
  columns: Columns,
  table: string,
  inside: string,
  fits: string,
  ends: string,
  part: string | null,
): string {
  const { value, base } = seriesSql(columns)
  const bucket = `intDiv(toUnixTimestamp64Milli(folded."from") + ${ZONE_OFFSET}, {step: Int64}) * {step: Int64} - ${ZONE_OFFSET}`
  const perSeries = `
    SELECT any(source) AS speaker, any(members) AS members, cityHash64(members) AS who, ${bucket} AS begun, ${value} AS n, ${base} AS d,
      sum(folded.spans) AS present, sum(folded.held) AS waiting, sum(folded.corrected) AS changed
    FROM (SELECT * FROM ${table} WHERE ${inside} AND ${fits}) AS folded
    GROUP BY series, who, begun
    ORDER BY indexOf({authority: Array(String)}, speaker) = 0, indexOf({authority: Array(String)}, speaker), speaker
    LIMIT 1 BY who, begun`
  const carried = columns.stands
    ? `SELECT * EXCEPT (begun, following, ends), arrayJoin(arrayMap(i -> begun + i * {step: Int64}, range(toUInt64(greatest(0, least({reach: Int64}, intDiv(least(following, ends + {step: Int64} - 1) - begun, {step: Int64}))))))) AS begun
       FROM (SELECT *, ${ends} AS ends, leadInFrame(begun, 1, toInt64(9000000000000)) OVER (PARTITION BY who ORDER BY begun ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS following FROM (${perSeries}))`
    : perSeries
  const [split, sets] =
    part === null
      ? ["0 AS split, '' AS part", 'begun']
      : ['1 - grouping(part) AS split, part', 'GROUPING SETS ((begun), (part, begun))']
  return `
    SELECT split, part, groupArray((at, numerator, denominator, series, spans, held, corrected, simulated)) AS told
    FROM (
      SELECT ${split}, begun AS at, sum(n) AS numerator, sum(d) AS denominator, count() AS series,
        sum(present) AS spans, sum(waiting) AS held, sum(changed) AS corrected, max(made) AS simulated
      FROM (
        SELECT begun, n, d, present, waiting, changed, has({simulated: Array(String)}, speaker) AS made${part === null ? '' : `, ${part} AS part`}
        FROM (${carried}) WHERE begun >= {first: Int64}
      ) GROUP BY ${sets}
    ) GROUP BY split, part
    SETTINGS force_grouping_standard_compatibility = 1`
}

function point(
  indicator: Indicator,
  columns: Columns,
  where: Members,
  told: Told | undefined,
  at: number,
  step: number,
  expected: number | null,
): Point {
  const [, numerator = null, denominator = null, series = 0, present = 0, held = 0, corrected = 0, simulated = 0] =
    told ?? []
  const ratio = indicator.kind === 'ratio'
  const base = ratio ? denominator : null
  const value = columns.across === 'sum' || series === 1 ? resultOf(indicator, numerator, denominator) : null
  const marks: Mark[] = []
  if (held > 0) marks.push('held')
  if (corrected > 0) marks.push('corrected')
  if (simulated > 0) marks.push('simulated')
  if (told && expected !== null && present < expected) marks.push('partial')
  return {
    from: at,
    to: at + step,
    value,
    numerator: ratio ? numerator : null,
    denominator: base,
    status: status(indicator, value, base, where, at),
    marks,
    spans: expected === null ? null : { present, expected },
  }
}

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
