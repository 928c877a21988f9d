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

/** SQL: the ratios an indicator is a part of. */
const RATIOS_OF = `arrayFilter((r, o, t) -> o = indicator OR t = indicator, {ratios: Array(String)}, {ofs: Array(String)}, {tos: Array(String)})`

/** Writes down, once for all statements of a fold, which keys were touched: the big table is searched a single time. */
function noteTouched(touched: Touched): string {
  const filter =
    'batches' in touched
      ? `AND has({batches: Array(String)}, batch) AND stored >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')`
      : ''
  return `
    INSERT INTO touched (fold, indicator, source, members, "from", "to")
    SELECT DISTINCT {fold: String}, indicator, source, members, "from", "to" FROM observation
    WHERE has({indicators: Array(String)}, indicator) ${filter}
      AND "from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({high: Int64}, 'UTC')`
}

/** SQL: (indicator, series, bucket) of everything touched, ratios included. */
function touchedBuckets(grain: Grain): string {
  const { from, to } = bucket(grain, '"from"', '"to"')
  return `
    SELECT DISTINCT each AS indicator, cityHash64(each, source, members) AS series, bucket_from, bucket_to
    FROM (
      SELECT DISTINCT indicator, source, members, ${from} AS bucket_from, ${to} AS bucket_to FROM touched WHERE fold = {fold: String}
    ) ARRAY JOIN arrayConcat([indicator], ${RATIOS_OF}) AS each`
}

/** SQL: what stands for each key, over the series named by `series`; a held version leaves the last taken one standing. */
function standing(series: string): string {
  return `
    SELECT indicator, source, members, series, "from", "to",
      argMaxIf(value, (received, id), state != 'held') AS said,
      countIf(state != 'held') > 0 AND argMaxIf(state, (received, id), state != 'held') = 'taken' AS stands,
      argMaxIf(observation.qualifier, (received, id), state != 'held') AS worded,
      argMax(state, (received, id)) = 'held' AS waits,
      uniqExactIf(value, state = 'taken') > 1 AS changed,
      max(stored) AS newest, count() AS seen
    FROM observation
    WHERE (indicator, series) IN (${series})
      AND "from" >= fromUnixTimestamp64Milli({first: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({last: Int64}, 'UTC')
    GROUP BY indicator, source, members, series, "from", "to"`
}

const COLUMNS = `indicator, source, members, series, "from", "to", value, base, at, qualifier, spans, held, corrected, stored, version`
const GENERATION = `bitShiftLeft(toUInt64(transform(indicator, {generated: Array(String)}, {generations: Array(UInt32)}, toUInt32(0))), ${SEEN_BITS})`
const ZERO = 'toDecimal128(0, 6)'
const EPOCH = `toDateTime64(0, 3, 'UTC')`

/** Raw → minute for everything but ratios. */
function minuteOfCounts(): string {
  const { from, to } = bucket('minute', '"from"', '"to"')
  return `
    INSERT INTO minute (${COLUMNS})
    WITH fresh AS (${touchedBuckets('minute')})
    SELECT indicator, source, members, series, bucket_from, bucket_to,
      if(has({flows: Array(String)}, indicator), sumIf(said, stands), argMaxIf(said, ("to", "from"), stands)), ${ZERO},
      if(countIf(stands) > 0, maxIf("to", stands), ${EPOCH}), argMaxIf(worded, ("to", "from"), stands),
      countIf(stands), countIf(waits), countIf(changed), max(newest), ${GENERATION} + sum(seen)
    FROM (SELECT *, ${from} AS bucket_from, ${to} AS bucket_to FROM (${standing('SELECT indicator, series FROM fresh')}))
    WHERE (indicator, series, bucket_from, bucket_to) IN (SELECT indicator, series, bucket_from, bucket_to FROM fresh)
    GROUP BY indicator, source, members, series, bucket_from, bucket_to`
}

/** SQL: whether an indicator is a ratio of what stands, whose last pair counts. */
const standingRatio = (indicator: string) => `has({standing: Array(String)}, ${indicator})`

/** Raw → minute for ratios: both parts of the same source, members and span, or neither; of what stands the last pair. */
function minuteOfRatios(): string {
  const { from, to } = bucket('minute', '"from"', '"to"')
  const parts = `SELECT part, cityHash64(part, source, members) FROM (
      SELECT DISTINCT source, members, indicator FROM touched WHERE fold = {fold: String}
    ) ARRAY JOIN arrayConcat(arrayFilter((o, t) -> o = indicator OR t = indicator, {ofs: Array(String)}, {tos: Array(String)}), arrayFilter((t, o) -> o = indicator OR t = indicator, {tos: Array(String)}, {ofs: Array(String)})) AS part`
  return `
    INSERT INTO minute (${COLUMNS})
    WITH fresh AS (${touchedBuckets('minute')})
    SELECT ratio AS indicator, source, members, ratio_series, bucket_from, bucket_to,
      if(${standingRatio('ratio')}, argMaxIf(above, ("to", "from"), paired), sumIf(above, paired)),
      if(${standingRatio('ratio')}, argMaxIf(below, ("to", "from"), paired), sumIf(below, paired)),
      if(countIf(paired) > 0, maxIf("to", paired), ${EPOCH}), argMaxIf(wording, ("to", "from"), paired),
      countIf(paired), countIf(waiting), countIf(revised), max(latest), ${GENERATION} + sum(versions)
    FROM (
      SELECT ratio, source, members, cityHash64(ratio, source, members) AS ratio_series, "from", "to", ${from} AS bucket_from, ${to} AS bucket_to,
        anyIf(said, indicator = part_of AND stands) AS above, anyIf(said, indicator = part_to AND stands) AS below,
        countIf(indicator = part_of AND stands) > 0 AND countIf(indicator = part_to AND stands) > 0 AS paired,
        maxIf(worded, stands) AS wording,
        max(waits) AS waiting, max(changed) AS revised, max(newest) AS latest, sum(seen) AS versions
      FROM (${standing(parts)})
      ARRAY JOIN {ratios: Array(String)} AS ratio, {ofs: Array(String)} AS part_of, {tos: Array(String)} AS part_to
      WHERE indicator = part_of OR indicator = part_to
      GROUP BY ratio, source, members, "from", "to"
    )
    WHERE (ratio, ratio_series, bucket_from, bucket_to) IN (SELECT indicator, series, bucket_from, bucket_to FROM fresh)
    GROUP BY ratio, source, members, ratio_series, bucket_from, bucket_to`
}

/** A level from the one below it. Emptied buckets go up too: they say so with no spans. */
function levelUp(below: Grain, grain: Grain): string {
  const { from, to } = bucket(grain, '"from"', '"to"')
  const stands = standingRatio('indicator')
  const counted = `has({flows: Array(String)}, indicator) OR has({ratios: Array(String)}, indicator) AND NOT ${stands}`
  return `
    INSERT INTO ${grain} (${COLUMNS})
    WITH fresh AS (${touchedBuckets(grain)})
    SELECT indicator, source, members, series, bucket_from, bucket_to,
      if(${counted}, sumIf(lower.value, lower.spans > 0), argMaxIf(lower.value, (lower.at, lower."from"), lower.spans > 0)),
      if(${stands}, argMaxIf(lower.base, (lower.at, lower."from"), lower.spans > 0), sumIf(lower.base, lower.spans > 0)),
      max(lower.at), argMaxIf(lower.qualifier, (lower.at, lower."from"), lower.spans > 0),
      sum(lower.spans), sum(lower.held), sum(lower.corrected), max(lower.stored), ${GENERATION} + sum(bitAnd(lower.version, bitShiftLeft(toUInt64(1), ${SEEN_BITS}) - 1))
    FROM (
      SELECT *, ${from} AS bucket_from, ${to} AS bucket_to FROM ${below} FINAL
      WHERE (indicator, series) IN (SELECT indicator, series FROM fresh)
        AND "from" >= fromUnixTimestamp64Milli({first: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({last: Int64}, 'UTC')
    ) AS lower
    WHERE (indicator, series, bucket_from, bucket_to) IN (SELECT indicator, series, bucket_from, bucket_to FROM fresh)
    GROUP BY indicator, source, members, series, bucket_from, bucket_to`
}

/** The statements of one fold, in order; repeating any of them, or all, changes nothing. `fold` is a name of its own for each. */
export function foldStatements(
  touched: Touched,
  definitions: Definitions,
  fold: string,
): readonly { readonly sql: string; readonly params: Params }[] {
  const params = (grain: Grain): Params => {
    const around = grain === 'minute' ? GRAIN_MS.minute : GRAIN_MS.day
    return {
      fold,
      first: touched.from - around,
      last: touched.to + around + 1,
      flows: definitions.flows,
      ratios: definitions.ratios.map((ratio) => ratio.id),
      ofs: definitions.ratios.map((ratio) => ratio.of),
      tos: definitions.ratios.map((ratio) => ratio.to),
      standing: definitions.ratios.filter((ratio) => ratio.stands).map((ratio) => ratio.id),
      generated: [...definitions.generations.keys()],
      generations: [...definitions.generations.values()],
    }
  }
  const which = 'batches' in touched ? { batches: touched.batches, since: touched.stored } : {}
  const note = {
    ...which,
    fold,
    indicators: touched.indicators,
    low: touched.from,
    high: touched.to,
  }
  const hasRatios = definitions.ratios.some(
    ({ of, to }) => touched.indicators.includes(of) || touched.indicators.includes(to),
  )
  const [, ...upper] = GRAINS
  return [
    { sql: noteTouched(touched), params: note },
    { sql: minuteOfCounts(), params: params('minute') },
    ...(hasRatios ? [{ sql: minuteOfRatios(), params: params('minute') }] : []),
    ...upper.map((grain, i) => ({ sql: levelUp(GRAINS[i] ?? 'minute', grain), params: params(grain) })),
  ]
}

/** Recomputes every bucket that holds a touched observation, raw → minute → hour → day. */
export async function fold(store: Store, touched: Touched, definitions: Definitions): Promise<void> {
  for (const { sql, params } of foldStatements(touched, definitions, randomUUID())) await store.run('fold', sql, params)
}
