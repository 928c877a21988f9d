/** The folded rows as known at a moment: the folds where nothing of a bucket was stored since, and the rest computed anew from what was stored by then. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { GRAIN_MS, type Grain, ZONE_OFFSET } from '../../kpi/range.ts'
import { columnsOf } from './columns.ts'
import type { Filter } from './filter.ts'
import { COMPLETE } from './late.ts'
import { SPEAKING, TURN } from './levels.ts'

/** What counts of all that is stored; nothing said: everything. One of the two. */
export interface Knowledge {
  /** What had been stored by this moment, UTC milliseconds. */
  readonly asOf?: number | undefined
  /** Everything but these versions. */
  readonly without?: readonly string[] | undefined
}

export interface FoldedAsk {
  readonly grain: Grain
  readonly indicators: readonly Indicator[]
  /** Rows that begin here are wanted, UTC milliseconds; `to` excluded. */
  readonly from: number
  readonly to: number
  readonly known: Knowledge
  /** Which members are wanted; more may come. */
  readonly kept: Filter
}

/** SQL to stand behind FROM. */
export interface FoldedRows extends Filter {
  /** Whether it is the table itself: what is asked of its key may then stand behind PREWHERE, so that nothing else is read of other rows. */
  readonly key: boolean
}

/** The rows of a level, or in their place what they would be had only what is `known` been stored. */
export function foldedRows(catalogue: Pick<Catalogue, 'indicators'>, ask: FoldedAsk): FoldedRows {
  const { asOf, without } = ask.known
  return asOf === undefined && without === undefined
    ? { sql: `${ask.grain} FINAL`, params: {}, key: true }
    : { ...asKnown(catalogue, ask), key: false }
}

const COLUMNS = `indicator, source, members, series, "from", "to", value, base, at, qualifier, spans, held, corrected`
const ZERO = 'toDecimal128(0, 6)'
const EPOCH = `toDateTime64(0, 3, 'UTC')`
const moment = (name: string) => `fromUnixTimestamp64Milli({${name}: Int64}, 'UTC')`

/** SQL: the bucket of `grain` that holds a span, or the span itself when it fits none. */
function bucket(grain: Grain, from: string, to: string): { readonly from: string; readonly to: string } {
  const size = GRAIN_MS[grain]
  const start = `fromUnixTimestamp64Milli(toInt64(intDiv(toUnixTimestamp64Milli(${from}) + ${ZONE_OFFSET}, ${size}) * ${size} - ${ZONE_OFFSET}), 'UTC')`
  const fits = `${to} <= ${start} + toIntervalMillisecond(${size})`
  return { from: `if(${fits}, ${start}, ${from})`, to: `if(${fits}, ${start} + toIntervalMillisecond(${size}), ${to})` }
}

/** SQL: what is asked of a statement's indicator: itself (0), a ratio it is the upper (1) or the lower part of (2). */
const ROLES = `arrayConcat(
  if(has({knownCounts: Array(String)}, toString(indicator)), [(toString(indicator), toUInt8(0))], []),
  arrayMap((r, o) -> (r, toUInt8(1)), arrayFilter((r, o) -> o = toString(indicator), {knownRatios: Array(String)}, {knownOfs: Array(String)}), arrayFilter(o -> o = toString(indicator), {knownOfs: Array(String)})),
  arrayMap((r, t) -> (r, toUInt8(2)), arrayFilter((r, t) -> t = toString(indicator), {knownRatios: Array(String)}, {knownTos: Array(String)}), arrayFilter(t -> t = toString(indicator), {knownTos: Array(String)})))`
/** The same where no ratio is asked for: to plan a statement costs more than to run it. */
const ITSELF = `[(toString(indicator), toUInt8(0))]`

/** SQL: the parts of the ratios a statement's indicator belongs to, itself among them. */
const PARTS = `arrayDistinct(arrayConcat([toString(indicator)], arrayFlatten(arrayMap((o, t) -> if(o = toString(indicator) OR t = toString(indicator), [o, t], []), {knownOfs: Array(String)}, {knownTos: Array(String)}))))`

function asKnown(catalogue: Pick<Catalogue, 'indicators'>, ask: FoldedAsk): Filter {
  const { grain, indicators, kept, known } = ask
  const ratios = indicators.flatMap(({ id, ratio }) => (ratio ? [{ id, ...ratio }] : []))
  const plain = ratios.length === 0
  const roles = plain ? ITSELF : ROLES
  const counts = indicators.filter(({ ratio }) => !ratio).map(({ id }) => id)
  const adding = indicators.filter((one) => !columnsOf(one, catalogue.indicators).stands).map(({ id }) => id)
  const inside = `has({knownParts: Array(String)}, indicator) AND "from" >= ${moment('knownFrom')} AND "from" < ${moment('knownTo')} AND ${kept.sql}`
  // What came since the fold was last known to be complete may not have been folded yet: that is computed anew too.
  const left = known.without
    ? 'has({knownWithout: Array(String)}, id)'
    : `stored > least(${moment('knownAt')}, ${COMPLETE})`
  const there = known.without ? 'NOT has({knownWithout: Array(String)}, id)' : `stored <= ${moment('knownAt')}`
  const stated = `SELECT DISTINCT indicator, source, members, series, "from", "to" FROM observation WHERE ${inside} AND ${left}`
  const { from, to } = bucket(grain, '"from"', '"to"')
  const touched = `SELECT DISTINCT cityHash64(role.1, source, members), ${from}, ${to} FROM (${stated}) ARRAY JOIN ${roles} AS role`
  const series = plain
    ? `SELECT DISTINCT indicator, series FROM (${stated})`
    : `SELECT DISTINCT part, cityHash64(part, source, members) FROM (${stated}) ARRAY JOIN ${PARTS} AS part`
  const standing = `
    SELECT any(indicator) AS indicator, any(source) AS source, any(members) AS members, "from", "to",
      argMaxIf((value, state, qualifier), ${TURN}, ${SPEAKING}) AS speaks, speaks.1 AS said, speaks.3 AS worded,
      countIf(${SPEAKING}) > 0 AND speaks.2 = 'taken' AS stands,
      argMax(state, ${TURN}) = 'held' AS waits, minIf(value, state = 'taken') != maxIf(value, state = 'taken') AS changed
    FROM observation
    WHERE (indicator, series) IN (${series}) AND ${inside} AND ${there}
    GROUP BY series, "from", "to"`
  const keys = `
    SELECT role.1 AS id, source, members, "from", "to", anyIf(said, stands AND role.2 < 2) AS n, anyIf(said, stands AND role.2 = 2) AS d,
      if(max(role.2) = 0, max(stands) = 1, countIf(stands AND role.2 = 1) > 0 AND countIf(stands AND role.2 = 2) > 0) AS stood,
      maxIf(worded, stands) AS wording, max(waits) AS waiting, max(changed) AS revised
    FROM (${standing}) ARRAY JOIN ${roles} AS role
    GROUP BY id, source, members, "from", "to"`
  const anew = `
    SELECT id AS indicator, source, members, cityHash64(id, source, members) AS series, bucket_from AS "from", bucket_to AS "to",
      if(has({knownAdding: Array(String)}, id), sumIf(n, stood), last.1) AS value,
      if(has({knownCounts: Array(String)}, id), ${ZERO}, if(has({knownAdding: Array(String)}, id), sumIf(d, stood), last.2)) AS base,
      if(countIf(stood) > 0, maxIf("to", stood), ${EPOCH}) AS at, last.3 AS qualifier,
      countIf(stood) AS spans, countIf(waiting) AS held, countIf(revised) AS corrected, argMaxIf((n, d, wording), ("to", "from"), stood) AS last
    FROM (SELECT *, ${from} AS bucket_from, ${to} AS bucket_to FROM (${keys}))
    WHERE (cityHash64(id, source, members), bucket_from, bucket_to) IN (${touched})
    GROUP BY id, source, members, bucket_from, bucket_to`
  const saved = `
    SELECT ${COLUMNS} FROM ${grain} FINAL
    WHERE has({knownAsked: Array(String)}, indicator) AND "from" >= ${moment('knownFrom')} AND "from" < ${moment('knownTo')} AND ${kept.sql}
      AND (series, "from", "to") NOT IN (${touched})`
  return {
    sql: `(${saved} UNION ALL SELECT ${COLUMNS} FROM (${anew}))`,
    params: {
      ...kept.params,
      knownAsked: indicators.map(({ id }) => id),
      knownCounts: counts,
      knownAdding: adding,
      knownRatios: ratios.map(({ id }) => id),
      knownOfs: ratios.map(({ of }) => of),
      knownTos: ratios.map(({ to }) => to),
      knownParts: [...new Set([...counts, ...ratios.flatMap(({ of, to }) => [of, to])])],
      knownFrom: ask.from,
      // A statement inside the last bucket may begin after the end that was asked for.
      knownTo: ask.to + GRAIN_MS[grain],
      ...(known.without ? { knownWithout: known.without } : { knownAt: known.asOf }),
    },
  }
}
