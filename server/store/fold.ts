/**
 * The fold: observations → minute → hour, day, recomputed for touched buckets only, as often as one likes.
 *
 *   observation ──note: which series, which spans──▶ minute ──▶ hour
 *        (every version)                               └──────▶ day
 *
 * A row of a level is one bucket of its grain, or, verbatim, a span that fits no bucket of that grain.
 * Its version counts the observation versions that went in, under the generation of the indicator's definition:
 * observations are only ever added, so the more complete answer always wins, whoever wrote it last.
 */
import { floor, GRAIN_MS, type Grain, ZONE_OFFSET } from '../../kpi/range.ts'
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
/** The most series of one statement where everything of them is read, which must fit into memory, and where a few batches were touched. */
const MOST = { all: 500, some: 2000 }
/** The most text by which a statement names its series, characters: it travels in the address, and a server takes a mebibyte of it, encoded. */
const LONGEST = 200_000

/** A series touched, as noted: numbers as text, because they do not fit into a double. */
interface Noted {
  readonly series: string
  readonly indicator: string
  readonly source: string
  readonly keys: readonly string[]
  readonly values: readonly string[]
  /** Its spans `from, to`; empty where every bucket is meant. */
  readonly spans: readonly (readonly [number, number])[]
  /** Places among the ratios it is a part of, each with its series and those of both parts. */
  readonly ratios: readonly (readonly [place: number, series: string, above: string, below: string])[]
}

/** What is computed anew: a touched series, or a ratio of which a part was touched. */
interface Target {
  readonly series: string
  readonly indicator: string
  readonly source: string
  readonly keys: readonly string[]
  readonly values: readonly string[]
  /** The series it is computed from: itself, or the two parts of a ratio. */
  readonly parts: readonly string[]
}

/** SQL: each touched series once, with its spans and the ratios it is a part of. The big table is searched a single time. */
function noteSql(touched: Touched): string {
  const filter =
    'batches' in touched
      ? `AND has({batches: Array(String)}, batch) AND stored >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')`
      : ''
  const spans =
    'batches' in touched
      ? 'groupUniqArray((toUnixTimestamp64Milli("from"), toUnixTimestamp64Milli("to")))'
      : 'CAST([] AS Array(Tuple(Int64, Int64)))'
  const hash = (ids: string) => `toString(cityHash64({${ids}: Array(String)}[i], source, members))`
  return `
    SELECT toString(series) AS series, indicator, source, mapKeys(members) AS keys, mapValues(members) AS values, spans,
      arrayMap(i -> (i, ${hash('ratios')}, ${hash('ofs')}, ${hash('tos')}),
        arrayFilter(i -> {ofs: Array(String)}[i] = indicator OR {tos: Array(String)}[i] = indicator, range(1, length({ofs: Array(String)}) + 1))) AS ratios
    FROM (
      SELECT series, any(indicator) AS indicator, any(source) AS source, any(members) AS members, ${spans} AS spans
      FROM observation
      WHERE has({indicators: Array(String)}, indicator) ${filter}
        AND "from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({high: Int64}, 'UTC')
      GROUP BY series
    )`
}

/** What must be computed anew for the series noted, in the order of the tables: a statement's series then lie close together. */
function targetsOf(noted: readonly Noted[], ratios: Definitions['ratios']): readonly Target[] {
  const targets = new Map<string, Target>()
  for (const { series, indicator, source, keys, values, ratios: above } of noted) {
    targets.set(series, { series, indicator, source, keys, values, parts: [series] })
    for (const [place, ratio, of, to] of above) {
      const id = ratios[place - 1]?.id ?? ''
      targets.set(ratio, { series: ratio, indicator: id, source, keys, values, parts: [of, to] })
    }
  }
  return [...targets.values()].sort((a, b) =>
    a.indicator === b.indicator ? Number(BigInt(a.series) - BigInt(b.series)) : a.indicator < b.indicator ? -1 : 1,
  )
}

const MS = (column: string) => `toUnixTimestamp64Milli(${column})`
const MOMENT = (ms: string) => `fromUnixTimestamp64Milli(${ms}, 'UTC')`
/** SQL: what the parameter lists say of a target, by its place. */
const OWN = (list: string, type: string) => `{${list}: Array(${type})}[place]`
/** SQL: the place of a series in a list of series, counted from 1. */
const PLACE = (list: string) =>
  `transform(series, {${list}: Array(UInt64)}, range(1, length({${list}: Array(UInt64)}) + 1), 0)`
const WITHIN = `"from" >= ${MOMENT('{first: Int64}')} AND "from" < ${MOMENT('{last: Int64}')}`

/** SQL: the bucket of `grain` that holds the span `f, t`, or the span itself when it fits none. */
function bucketSql(grain: Grain): string {
  const size = GRAIN_MS[grain]
  return `intDiv(f + ${ZONE_OFFSET}, ${size}) * ${size} - ${ZONE_OFFSET} AS begun, t <= begun + ${size} AS fits,
    if(fits, begun, f) AS bucket_from, if(fits, begun + ${size}, t) AS bucket_to`
}

/** SQL: writes the buckets of `rows`, which tell for each place its sums, what stands last and what went in. Flows add up; of what stands the last counts. */
function writeSql(grain: Grain, rows: string): string {
  return `
    INSERT INTO ${grain} (indicator, source, members, series, "from", "to", value, base, at, qualifier, spans, held, corrected, stored, version)
    SELECT ${OWN('indicators', 'String')}, ${OWN('sources', 'String')}, mapFromArrays(${OWN('keys', 'Array(String)')}, ${OWN('values', 'Array(String)')}), ${OWN('series', 'UInt64')},
      ${MOMENT('bucket_from')}, ${MOMENT('bucket_to')}, if(adds, sums.1, last.1), if(adds, sums.2, last.2), latest, last.3,
      spans, held, corrected, newest, bitShiftLeft(toUInt64(${OWN('generations', 'UInt32')}), ${SEEN_BITS}) + seen
    FROM (SELECT place, bucket_from, bucket_to, ${OWN('adding', 'UInt8')} AS adds, ${rows} GROUP BY place, bucket_from, bucket_to)`
}

/**
 * SQL, observations → minute: what stands for each series in each span, a held version leaving the last taken one standing;
 * of a ratio both parts of the same source, members and span, or neither. A role is a place doubled, one more for a denominator.
 */
function minuteSql(some: boolean): string {
  return writeSql(
    'minute',
    `(sumIf(above, paired), sumIf(below, paired)) AS sums, argMaxIf((above, below, wording), (t, f), paired) AS last,
      ${MOMENT('maxIf(t, paired)')} AS latest, countIf(paired) AS spans, countIf(waiting) AS held, countIf(revised) AS corrected, max(newest) AS newest, sum(versions) AS seen
    FROM (
      SELECT intDiv(role, 2) AS place, f, t, ${bucketSql('minute')},
        anyIf(speaks.1, role % 2 = 0) AS above, anyIf(speaks.1, role % 2 = 1) AS below, countIf(stands) = 2 - ${OWN('single', 'UInt8')} AS paired,
        maxIf(speaks.3, stands) AS wording, max(waits) AS waiting, max(changed) AS revised, max(last_stored) AS newest, sum(seen) AS versions
      FROM (
        SELECT role, ${MS('"from"')} AS f, ${MS('"to"')} AS t,
          argMaxIf((value, state, qualifier), (received, id), state != 'held') AS speaks, countIf(state != 'held') > 0 AND speaks.2 = 'taken' AS stands,
          argMax(state, (received, id)) = 'held' AS waits, uniqExactIf(value, state = 'taken') > 1 AS changed, max(stored) AS last_stored, count() AS seen
        FROM observation ARRAY JOIN {roles: Array(Array(UInt32))}[${PLACE('parts')}] AS role
        WHERE indicator IN {spoken: Array(String)} AND series IN {parts: Array(UInt64)} AND ${WITHIN}
        GROUP BY role, f, t
      ) GROUP BY place, f, t
    ) ${some ? 'WHERE bucket_from IN {buckets: Array(Int64)}' : ''}`,
  )
}

/** SQL, minute → hour or day. Emptied buckets go up too: they say so with no spans. */
function upSql(grain: Grain, some: boolean): string {
  return writeSql(
    grain,
    `(sumIf(minute.value, minute.spans > 0), sumIf(minute.base, minute.spans > 0)) AS sums,
      argMaxIf((minute.value, minute.base, minute.qualifier), (minute.at, f), minute.spans > 0) AS last,
      max(minute.at) AS latest, sum(minute.spans) AS spans, sum(minute.held) AS held, sum(minute.corrected) AS corrected, max(minute.stored) AS newest,
      sum(bitAnd(version, bitShiftLeft(toUInt64(1), ${SEEN_BITS}) - 1)) AS seen
    FROM (
      SELECT value, base, qualifier, at, spans, held, corrected, stored, version, ${PLACE('series')} AS place, ${MS('"from"')} AS f, ${MS('"to"')} AS t, ${bucketSql(grain)}
      FROM minute FINAL WHERE indicator IN {indicators: Array(String)} AND series IN {series: Array(UInt64)} AND ${WITHIN}
    ) AS minute ${some ? 'WHERE bucket_from IN {buckets: Array(Int64)}' : ''}`,
  )
}

/** The parameters of all levels. */
function paramsOf(targets: readonly Target[], { flows, ratios, generations }: Definitions): Params {
  const roles = new Map<string, number[]>()
  for (const [i, { parts }] of targets.entries())
    for (const [lower, part] of parts.entries()) roles.set(part, [...(roles.get(part) ?? []), 2 * (i + 1) + lower])
  const known = new Map(ratios.map((ratio) => [ratio.id, ratio]))
  const adding = new Set(flows)
  const spoken = targets.flatMap(({ indicator }) => {
    const ratio = known.get(indicator)
    return ratio ? [ratio.of, ratio.to] : [indicator]
  })
  return {
    parts: [...roles.keys()].map(BigInt),
    roles: [...roles.values()],
    spoken: [...new Set(spoken)],
    series: targets.map(({ series }) => BigInt(series)),
    indicators: targets.map(({ indicator }) => indicator),
    sources: targets.map(({ source }) => source),
    keys: targets.map(({ keys }) => keys),
    values: targets.map(({ values }) => values),
    single: targets.map(({ parts }) => Number(parts.length === 1)),
    adding: targets.map(({ indicator }) => Number(adding.has(indicator) || known.get(indicator)?.stands === false)),
    generations: targets.map(({ indicator }) => generations.get(indicator) ?? 0),
  }
}

/** Targets as they go into one statement each. */
function chunksOf(targets: readonly Target[], most: number): readonly (readonly Target[])[] {
  const chunks: Target[][] = []
  let length = 0
  for (const target of targets) {
    const { indicator, source, keys, values } = target
    const own = [indicator, source, ...keys, ...values].reduce((sum, text) => sum + text.length, 60)
    const last = chunks.at(-1)
    length += own
    if (last && last.length < most && length <= LONGEST) last.push(target)
    else {
      chunks.push([target])
      length = own
    }
  }
  return chunks
}

/** Where the buckets of `grain` begin that hold the spans, or the spans themselves where they fit none. */
function bucketsOf(grain: Grain, noted: readonly Noted[]): readonly number[] {
  const buckets = new Set<number>()
  for (const { spans } of noted)
    for (const [from, to] of spans) {
      const begun = floor(from, grain)
      buckets.add(to <= begun + GRAIN_MS[grain] ? begun : from)
    }
  return [...buckets]
}

/** Recomputes every bucket that holds a touched observation, of each level. Repeating it, or any part of it, changes nothing. */
export async function fold(store: Store, touched: Touched, definitions: Definitions): Promise<void> {
  // Only what this fold can meet: statements are planned anew each time, and long lists cost more than the rows.
  const spoken = new Set(touched.indicators)
  const ratios = definitions.ratios.filter(({ of, to }) => spoken.has(of) || spoken.has(to))
  const noted = await store.rows<Noted>('fold', noteSql(touched), {
    ...('batches' in touched ? { batches: touched.batches, since: touched.stored } : {}),
    ...{ indicators: touched.indicators, low: touched.from, high: touched.to },
    ...{ ratios: ratios.map(({ id }) => id), ofs: ratios.map(({ of }) => of), tos: ratios.map(({ to }) => to) },
  })
  const some = 'batches' in touched
  const buckets = (grain: Grain) => (some ? { buckets: bucketsOf(grain, noted) } : {})
  const own = { minute: buckets('minute'), hour: buckets('hour'), day: buckets('day') }
  for (const targets of chunksOf(targetsOf(noted, ratios), some ? MOST.some : MOST.all)) {
    const params = paramsOf(targets, { ...definitions, ratios })
    const write = (grain: Grain, sql: string) =>
      store.run('fold', sql, {
        ...params,
        ...own[grain],
        first: floor(touched.from, grain),
        last: floor(touched.to, grain) + GRAIN_MS[grain],
      })
    await write('minute', minuteSql(some))
    await Promise.all((['hour', 'day'] as const).map((grain) => write(grain, upSql(grain, some))))
  }
}
