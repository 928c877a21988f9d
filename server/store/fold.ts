/**
 * The fold: minute → hour → day, recomputed for touched buckets only, as often as one likes.
 *
 *   observation ──standing──▶ minute ──▶ hour ──▶ day
 *        (every version)        (each level from the one below, only touched buckets)
 *
 * A row of a level is one bucket of its grain, or, verbatim, a span that fits no bucket of that grain.
 * Its version counts the observation versions that went in, under the generation of the indicator's definition:
 * observations are only ever added, so the more complete answer always wins, whoever wrote it last.
 */
import { randomUUID } from 'node:crypto'
import { GRAIN_MS, GRAINS, type Grain, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Params, Store } from './connect.ts'
import type { Definitions } from './definitions.ts'

/** Which observations' buckets to recompute: those of these batches, or all of these indicators. */
export type Touched =
  | {
      readonly batches: readonly string[]
      /** When the first of the batches was stored. */
      readonly stored: number
      /** Every indicator the batches speak of. */
      readonly indicators: readonly string[]
      /** The first and the last `from` among what is meant, UTC milliseconds. */
      readonly from: number
      readonly to: number
    }
  | { readonly indicators: readonly string[]; readonly from: number; readonly to: number }

const SEEN_BITS = 40

/** SQL: the bucket of `grain` that holds a span, or the span itself when it fits none. */
function bucket(grain: Grain, from: string, to: string): { readonly from: string; readonly to: string } {
  const size = GRAIN_MS[grain]
  const start = `fromUnixTimestamp64Milli(toInt64(intDiv(toUnixTimestamp64Milli(${from}) + ${ZONE_OFFSET}, ${size}) * ${size} - ${ZONE_OFFSET}), 'UTC')`
  const fits = `${to} <= ${start} + toIntervalMillisecond(${size})`
  return { from: `if(${fits}, ${start}, ${from})`, to: `if(${fits}, ${start} + toIntervalMillisecond(${size}), ${to})` }
}

/** SQL: the ratios that a series' indicator is a part of, each with its own series and those of both parts. */
const RATIOS = `arrayMap((r, o, t) -> (r, cityHash64(r, source, members), o, cityHash64(o, source, members), t, cityHash64(t, source, members)),
  arrayFilter((r, o, t) -> o = indicator OR t = indicator, {ratios: Array(String)}, {ofs: Array(String)}, {tos: Array(String)}),
  arrayFilter((o, t) -> o = indicator OR t = indicator, {ofs: Array(String)}, {tos: Array(String)}),
  arrayFilter((t, o) -> o = indicator OR t = indicator, {tos: Array(String)}, {ofs: Array(String)}))`

/**
 * Writes down, once for all statements of a fold, which series were touched in which spans, their ratios with both parts
 * included: the big table is searched a single time, and from here on a key is numbers, which are cheap to compare.
 */
function noteTouched(touched: Touched): string {
  const filter =
    'batches' in touched
      ? `AND has({batches: Array(String)}, batch) AND stored >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')`
      : ''
  return `
    INSERT INTO touch (fold, indicator, series, above, above_series, below, below_series, source, members, spans)
    SELECT {fold: String}, key.1, key.2, key.3, key.4, key.5, key.6, source, members, spans
    FROM (
      SELECT series, any(indicator) AS indicator, any(source) AS source, any(members) AS members, groupUniqArray(("from", "to")) AS spans
      FROM observation
      WHERE has({indicators: Array(String)}, indicator) ${filter}
        AND "from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({high: Int64}, 'UTC')
      GROUP BY series
    ) ARRAY JOIN arrayConcat([(indicator, series, '', toUInt64(0), '', toUInt64(0))], ${RATIOS}) AS key`
}

const OF_FOLD = 'FROM touch WHERE fold = {fold: String}'

/**
 * SQL: the buckets touched, of whichever series: a few too many are computed again where batches differ in their spans,
 * which changes nothing, and the set is hundreds of times smaller than one of series and buckets.
 */
function touchedBuckets(grain: Grain): string {
  const { from, to } = bucket(grain, 'span.1', 'span.2')
  return `SELECT DISTINCT ${from}, ${to} FROM (SELECT DISTINCT arraySort(spans) AS sorted ${OF_FOLD}) ARRAY JOIN sorted AS span`
}

const TOUCHED_SERIES = `SELECT indicator, series ${OF_FOLD}`
const TOUCHED_PARTS = `
  SELECT above, above_series ${OF_FOLD} AND above_series != 0 UNION DISTINCT SELECT below, below_series ${OF_FOLD} AND below_series != 0`
/** SQL: what is known of each touched series; a ratio is noted once for every part of it that was touched. */
const NAMES = `(SELECT series, any(indicator) AS indicator, any(source) AS source, any(members) AS members ${OF_FOLD} GROUP BY series) AS names`

/** SQL: what stands for each key, over the series named by `series`; a held version leaves the last taken one standing. */
function standing(series: string): string {
  return `
    SELECT series, "from", "to", speaks.1 AS said, countIf(state != 'held') > 0 AND speaks.2 = 'taken' AS stands, speaks.3 AS worded,
      argMaxIf((value, state, qualifier), (received, id), state != 'held') AS speaks,
      argMax(state, (received, id)) = 'held' AS waits,
      uniqExactIf(value, state = 'taken') > 1 AS changed,
      max(stored) AS newest, count() AS seen
    FROM observation
    WHERE (indicator, series) IN (${series})
      AND "from" >= fromUnixTimestamp64Milli({first: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({last: Int64}, 'UTC')
    GROUP BY series, "from", "to"`
}

/** SQL: whether an indicator is a ratio of what stands, whose last pair counts. */
const STANDING_RATIO = 'has({standing: Array(String)}, indicator)'
const COLUMNS = `series, "from", "to", value, base, at, qualifier, spans, held, corrected, stored, version, indicator, source, members`
const GENERATION = `bitShiftLeft(toUInt64(transform(indicator, {generated: Array(String)}, {generations: Array(UInt32)}, toUInt32(0))), ${SEEN_BITS})`
const ZERO = 'toDecimal128(0, 6)'
const EPOCH = `toDateTime64(0, 3, 'UTC')`

/** Raw → minute for everything but ratios. */
function minuteOfCounts(): string {
  const { from, to } = bucket('minute', '"from"', '"to"')
  return `
    INSERT INTO minute (${COLUMNS})
    SELECT series, bucket_from, bucket_to, if(has({flows: Array(String)}, indicator), summed, last), ${ZERO}, at, worded, spans, held, corrected, stored,
      ${GENERATION} + seen, indicator, source, members
    FROM (
      SELECT series, bucket_from, bucket_to, sumIf(said, stands) AS summed, argMaxIf((said, worded), ("to", "from"), stands) AS newest_said, newest_said.1 AS last, newest_said.2 AS worded,
        if(countIf(stands) > 0, maxIf("to", stands), ${EPOCH}) AS at,
        countIf(stands) AS spans, countIf(waits) AS held, countIf(changed) AS corrected, max(newest) AS stored, sum(seen) AS seen
      FROM (SELECT *, ${from} AS bucket_from, ${to} AS bucket_to FROM (${standing(TOUCHED_SERIES)}))
      WHERE (bucket_from, bucket_to) IN (${touchedBuckets('minute')})
      GROUP BY series, bucket_from, bucket_to
    ) AS buckets INNER JOIN ${NAMES} USING series`
}

/** Raw → minute for ratios: both parts of the same source, members and span, or neither; of what stands the last pair. */
function minuteOfRatios(): string {
  const { from, to } = bucket('minute', '"from"', '"to"')
  return `
    INSERT INTO minute (${COLUMNS})
    SELECT series, bucket_from, bucket_to, if(${STANDING_RATIO}, last_pair.1, sum_above), if(${STANDING_RATIO}, last_pair.2, sum_below), at, last_pair.3,
      spans, held, corrected, stored, ${GENERATION} + seen, indicator, source, members
    FROM (
      SELECT ratio AS series, bucket_from, bucket_to, argMaxIf((above, below, wording), ("to", "from"), paired) AS last_pair,
        sumIf(above, paired) AS sum_above, sumIf(below, paired) AS sum_below, if(countIf(paired) > 0, maxIf("to", paired), ${EPOCH}) AS at,
        countIf(paired) AS spans, countIf(waiting) AS held, countIf(revised) AS corrected, max(latest) AS stored, sum(versions) AS seen
      FROM (
        SELECT ratio, "from", "to", ${from} AS bucket_from, ${to} AS bucket_to,
          anyIf(said, upper AND stands) AS above, anyIf(said, NOT upper AND stands) AS below,
          countIf(upper AND stands) > 0 AND countIf(NOT upper AND stands) > 0 AS paired,
          maxIf(worded, stands) AS wording, max(waits) AS waiting, max(changed) AS revised, max(newest) AS latest, sum(seen) AS versions
        FROM (${standing(TOUCHED_PARTS)}) AS parts
        INNER JOIN (
          SELECT DISTINCT above_series AS series, touch.series AS ratio, true AS upper ${OF_FOLD} AND above_series != 0
          UNION DISTINCT SELECT below_series AS series, touch.series AS ratio, false AS upper ${OF_FOLD} AND below_series != 0
        ) AS roles USING series
        GROUP BY ratio, "from", "to"
      )
      WHERE (bucket_from, bucket_to) IN (${touchedBuckets('minute')})
      GROUP BY ratio, bucket_from, bucket_to
    ) AS buckets INNER JOIN ${NAMES} USING series`
}

/** A level from the one below it. Emptied buckets go up too: they say so with no spans. */
function levelUp(below: Grain, grain: Grain): string {
  const { from, to } = bucket(grain, '"from"', '"to"')
  const counted = `has({flows: Array(String)}, indicator) OR has({ratios: Array(String)}, indicator) AND NOT ${STANDING_RATIO}`
  return `
    INSERT INTO ${grain} (${COLUMNS})
    SELECT series, bucket_from, bucket_to, if(${counted}, summed, last.1), if(${STANDING_RATIO}, last.2, summed_base), at, last.3,
      spans, held, corrected, stored, ${GENERATION} + seen, indicator, source, members
    FROM (
      SELECT series, bucket_from, bucket_to, argMaxIf((lower.value, lower.base, lower.qualifier), (lower.at, lower."from"), lower.spans > 0) AS last,
        sumIf(lower.value, lower.spans > 0) AS summed, sumIf(lower.base, lower.spans > 0) AS summed_base,
        max(lower.at) AS at, sum(lower.spans) AS spans, sum(lower.held) AS held, sum(lower.corrected) AS corrected, max(lower.stored) AS stored,
        sum(bitAnd(lower.version, bitShiftLeft(toUInt64(1), ${SEEN_BITS}) - 1)) AS seen
      FROM (
        SELECT series, "from", value, base, qualifier, at, spans, held, corrected, stored, version, ${from} AS bucket_from, ${to} AS bucket_to FROM ${below} FINAL
        WHERE (indicator, series) IN (${TOUCHED_SERIES})
          AND "from" >= fromUnixTimestamp64Milli({first: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({last: Int64}, 'UTC')
      ) AS lower
      WHERE (bucket_from, bucket_to) IN (${touchedBuckets(grain)})
      GROUP BY series, bucket_from, bucket_to
    ) AS buckets INNER JOIN ${NAMES} USING series`
}

interface Statement {
  readonly sql: string
  readonly params: Params
}

/**
 * The statements of one fold in steps: each step after the one before it, those of one step side by side. Repeating any of
 * them, or all, changes nothing. `fold` is a name of its own for each.
 */
export function foldSteps(touched: Touched, definitions: Definitions, fold: string): readonly (readonly Statement[])[] {
  // Only what this fold can meet: statements are planned anew each time, and long lists cost more than the rows.
  const met = definitions.ratios.filter(
    ({ of, to }) => touched.indicators.includes(of) || touched.indicators.includes(to),
  )
  const ids = new Set([...touched.indicators, ...met.flatMap(({ id, of, to }) => [id, of, to])])
  const generations = [...definitions.generations].filter(([id]) => ids.has(id))
  const ratios = {
    ratios: met.map((ratio) => ratio.id),
    ofs: met.map((ratio) => ratio.of),
    tos: met.map((ratio) => ratio.to),
  }
  const params = (grain: Grain): Params => {
    const around = grain === 'minute' ? GRAIN_MS.minute : GRAIN_MS.day
    return {
      ...ratios,
      fold,
      first: touched.from - around,
      last: touched.to + around + 1,
      flows: definitions.flows.filter((id) => ids.has(id)),
      standing: met.filter((ratio) => ratio.stands).map((ratio) => ratio.id),
      generated: generations.map(([id]) => id),
      generations: generations.map(([, generation]) => generation),
    }
  }
  const which = 'batches' in touched ? { batches: touched.batches, since: touched.stored } : {}
  const note = {
    ...which,
    ...ratios,
    fold,
    indicators: touched.indicators,
    low: touched.from,
    high: touched.to,
  }
  const [, ...upper] = GRAINS
  const minutes = [minuteOfCounts(), ...(met.length > 0 ? [minuteOfRatios()] : [])]
  return [
    [{ sql: noteTouched(touched), params: note }],
    minutes.map((sql) => ({ sql, params: params('minute') })),
    ...upper.map((grain, i) => [{ sql: levelUp(GRAINS[i] ?? 'minute', grain), params: params(grain) }]),
  ]
}

/** Recomputes every bucket that holds a touched observation, raw → minute → hour → day. */
export async function fold(store: Store, touched: Touched, definitions: Definitions): Promise<void> {
  for (const step of foldSteps(touched, definitions, randomUUID()))
    await Promise.all(step.map(({ sql, params }) => store.run('fold', sql, params)))
}
