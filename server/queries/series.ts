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
import { type Columns, columnsOf, quotient } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { filter } from '../store/filter.ts'
import { carriedMember, endOf } from '../store/reform.ts'
import { carriedUnits, unitsOf } from './carried.ts'
import { owing } from './owing.ts'

interface Row {
  /** 1 for a member's own row, 0 for the total. */
  readonly split: 0 | 1
  readonly part: string
  readonly at: number
  readonly value: string | null
  readonly numerator: string
  readonly denominator: string
  readonly spans: number
  readonly held: number
  readonly corrected: number
  readonly sources: readonly string[]
}

export async function series(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'series'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['series']> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
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
  const params = {
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
  const [rows, coarse] = await Promise.all([
    store.rows<Row>(
      'ask',
      statement(indicator, columns, grain, inside, fits, ends.sql, split ? part.sql : null),
      params,
      signal,
    ),
    store.rows<{ coarser: number }>(
      'ask',
      `SELECT count() AS coarser FROM ${grain} FINAL WHERE ${inside} AND NOT (${fits})`,
      params,
      signal,
    ),
  ])
  if (rows.length > MAX_SPLIT_POINTS) throw tooMany(MAX_SPLIT_POINTS)
  const owes = owing(catalogue, indicator, query.where, { now: pulse.at, beat, units })
  const lineOf = (said: readonly Row[], key: Members): readonly Point[] => {
    const where = members({ ...query.where, ...key })
    const found = new Map(said.map((row) => [row.at, row]))
    const points: Point[] = []
    const owed = owes(key)
    for (let at = from; at < Math.min(to, pulse.at); at += step)
      points.push(point(catalogue, indicator, where, found.get(at), at, step, owed(at, Math.min(at + step, pulse.at))))
    return points
  }
  const lines = new Map<string, Row[]>()
  for (const row of rows) {
    if (!row.split) continue
    const line = lines.get(row.part)
    if (line) line.push(row)
    else lines.set(row.part, [row])
  }
  return {
    ...{ pulse, indicator: indicator.id, grain, coarser: coarse[0]?.coarser ?? 0 },
    ...carriedUnits(catalogue, indicator, { units, span: { from, to }, where: query.where }, pulse.at),
    points: lineOf(
      rows.filter((row) => !row.split),
      {},
    ),
    ...(query.by === undefined
      ? {}
      : {
          split: [...lines.keys()].sort().map((id) => {
            const key = members({ [query.by as string]: id })
            return { key, points: lineOf(lines.get(id) ?? [], key) }
          }),
        }),
  }
}

/** Per bucket and series the kind's own value, by authority; then across series. What stands is carried to the next statement, for at most three rhythms. */
function statement(
  indicator: Indicator,
  columns: Columns,
  grain: string,
  inside: string,
  fits: string,
  ends: string,
  part: string | null,
): string {
  const bucket = `intDiv(toUnixTimestamp64Milli(folded."from") + ${ZONE_OFFSET}, {step: Int64}) * {step: Int64} - ${ZONE_OFFSET}`
  const perSeries = `
    SELECT source, members${part === null ? '' : `, ${part} AS part`}, ${bucket} AS begun, ${columns.value} AS n, ${columns.base} AS d,
      sum(folded.spans) AS present, sum(folded.held) AS waiting, sum(folded.corrected) AS changed
    FROM (SELECT * FROM ${grain} FINAL WHERE ${inside} AND ${fits}) AS folded
    GROUP BY source, members, begun
    ORDER BY indexOf({authority: Array(String)}, source) = 0, indexOf({authority: Array(String)}, source), source
    LIMIT 1 BY members, begun`
  const carried = columns.stands
    ? `SELECT * EXCEPT (begun, following, ends), arrayJoin(arrayMap(i -> begun + i * {step: Int64}, range(toUInt64(greatest(0, least({reach: Int64}, intDiv(least(following, ends + {step: Int64} - 1) - begun, {step: Int64}))))))) AS begun
       FROM (SELECT *, ${ends} AS ends, leadInFrame(begun, 1, toInt64(9000000000000)) OVER (PARTITION BY members ORDER BY begun ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS following FROM (${perSeries}))`
    : perSeries
  const sum =
    indicator.kind === 'ratio' ? quotient('sum(n)', 'sum(d)', indicator.unit === 'percent') : 'toString(sum(n))'
  const value = columns.across === 'sum' ? sum : `if(count() = 1, ${sum}, NULL)`
  return `
    SELECT ${part === null ? "0 AS split, '' AS part" : '1 - grouping(part) AS split, part'}, begun AS at, ${value} AS value, toString(sum(n)) AS numerator, toString(sum(d)) AS denominator,
      sum(present) AS spans, sum(waiting) AS held, sum(changed) AS corrected, groupUniqArray(source) AS sources
    FROM (${carried}) WHERE begun >= {first: Int64} GROUP BY ${part === null ? 'begun' : 'GROUPING SETS ((begun), (part, begun))'} ORDER BY begun
    SETTINGS force_grouping_standard_compatibility = 1`
}

function point(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Readonly<Record<string, string>>,
  row: Row | undefined,
  at: number,
  step: number,
  expected: number | null,
): Point {
  const ratio = indicator.kind === 'ratio'
  const denominator = ratio && row ? row.denominator : null
  const value = row?.value ?? null
  const marks: Mark[] = []
  if (row && row.held > 0) marks.push('held')
  if (row && row.corrected > 0) marks.push('corrected')
  if (row?.sources.some((source) => catalogue.sources.get(source)?.simulated)) marks.push('simulated')
  const present = row?.spans ?? 0
  if (row && expected !== null && present < expected) marks.push('partial')
  return {
    from: at,
    to: at + step,
    value,
    numerator: ratio && row ? row.numerator : null,
    denominator,
    status: status(indicator, value, denominator, members(where), at),
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
