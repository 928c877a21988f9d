/** SQL of the levels: observations → minute, or → minute and hour at once where little was touched; minute → hour, day; hour → day. */
import { DAY, GRAIN_MS, type Grain, MINUTE, ZONE_OFFSET } from '../../kpi/range.ts'

export const SEEN_BITS = 40

const MS = (column: string) => `toUnixTimestamp64Milli(${column})`
const MOMENT = (ms: string) => `fromUnixTimestamp64Milli(${ms}, 'UTC')`
/** SQL: what the parameter lists say of a target, by its place. */
const OWN = (list: string, type: string) => `{${list}: Array(${type})}[place]`
/** SQL: the place of a series in a list of series, counted from 1; how long that is is told beside it. */
const PLACE = (list: 'parts' | 'series') =>
  `transform(series, {${list}: Array(UInt64)}, range(1, {${list}_end: UInt32}), 0)`
const WITHIN = `"from" >= ${MOMENT('{first: Int64}')} AND "from" < ${MOMENT('{last: Int64}')}`
/** SQL: how many versions went into a folded row. */
const SEEN = `bitAnd(version, bitShiftLeft(toUInt64(1), ${SEEN_BITS}) - 1)`
/** SQL: texts of a target; each is told once, whoever shares it. */
const WORD = (place: string) => `{words: Array(String)}[${place}]`
const WORDS = (list: string) => `arrayMap(word -> ${WORD('word')}, ${OWN(list, 'Array(UInt32)')})`
const ADDS = `${OWN('adding', 'UInt8')} AS adds`
/** SQL: of a flow the sums, of what stands the last. */
const VALUE = 'if(adds, sums.1, last.1)'
const BASE = 'if(adds, sums.2, last.2)'

/** SQL: the bucket of a size that holds the span `f, t`, or the span itself when it fits none. */
function bucketSql(size: number | 'size'): string {
  return `intDiv(f + ${ZONE_OFFSET}, ${size}) * ${size} - ${ZONE_OFFSET} AS begun, t <= begun + ${size} AS fits,
    if(fits, begun, f) AS bucket_from, if(fits, begun + ${size}, t) AS bucket_to`
}

/** SQL: writes the buckets of `rows`, which tell for each place its sums, what stands last and what went in. Flows add up; of what stands the last counts. */
function writeSql(grain: Grain, rows: string): string {
  return `
    INSERT INTO ${grain} (indicator, source, members, series, "from", "to", value, base, at, qualifier, spans, held, corrected, stored, version)
    SELECT ${WORD(OWN('indicators', 'UInt32'))}, ${WORD(OWN('sources', 'UInt32'))}, mapFromArrays(${WORDS('keys')}, ${WORDS('values')}), ${OWN('series', 'UInt64')},
      ${MOMENT('bucket_from')}, ${MOMENT('bucket_to')}, ${VALUE}, ${BASE}, latest, last.3,
      spans, held, corrected, newest, bitShiftLeft(toUInt64(${OWN('generations', 'UInt32')}), ${SEEN_BITS}) + seen
    FROM (SELECT place, bucket_from, bucket_to, ${ADDS}, ${rows} GROUP BY place, bucket_from, bucket_to)`
}

/** SQL: what the statements of a bucket come to. */
const TOGETHER = `(sumIf(above, paired), sumIf(below, paired)) AS sums, argMaxIf((above, below, wording), (t, f), paired) AS last,
  ${MOMENT('maxIf(t, paired)')} AS latest, countIf(paired) AS spans, countIf(waiting) AS held, countIf(revised) AS corrected, max(newest) AS newest, sum(versions) AS seen`

/**
 * SQL: when a version was received, and among those of one moment its id, as text that sorts alike: several times quicker to compare than a tuple.
 * Eight bytes, the highest first; no moment lies before 1970.
 */
export const TURN = `concat(reverse(reinterpretAsFixedString(${MS('received')})), id)`

/** SQL: whether a version speaks at all: one that is held waits for a person, one that is a person's refusal only ends the waiting. */
export const SPEAKING = `(state != 'held' AND state != 'refused')`

/** SQL: of the versions of a series' statement about a span `f, t` the one that counts: the newest that is neither held nor a refusal. */
const STANDING = `${MS('"from"')} AS f, ${MS('"to"')} AS t,
        argMaxIf((value, state, qualifier), ${TURN}, ${SPEAKING}) AS speaks, countIf(${SPEAKING}) > 0 AND speaks.2 = 'taken' AS stands,
        argMax(state, ${TURN}) = 'held' AS waits, minIf(value, state = 'taken') != maxIf(value, state = 'taken') AS changed,
        max(stored) AS stored_last, count() AS told`

/**
 * SQL: what stands for each series in each span, a held version leaving the last taken one standing; of a ratio both parts of the
 * same source, members and span, or neither. A role is a place doubled, one more for a denominator. Each in its minute, or once in its bucket of every size.
 */
function statementsSql(size: typeof MINUTE | 'size'): string {
  return `
    SELECT intDiv(role, 2) AS place, f, t, ${size === 'size' ? 'size, ' : ''}${bucketSql(size)},
      anyIf(speaks.1, role % 2 = 0) AS above, anyIf(speaks.1, role % 2 = 1) AS below, countIf(stands) = 2 - ${OWN('single', 'UInt8')} AS paired,
      maxIf(speaks.3, stands) AS wording, max(waits) AS waiting, max(changed) AS revised, max(stored_last) AS newest, sum(told) AS versions
    FROM (
      SELECT role, ${STANDING}
      FROM observation ARRAY JOIN {roles: Array(Array(UInt32))}[${PLACE('parts')}] AS role
      WHERE indicator IN {spoken: Array(String)} AND series IN {parts: Array(UInt64)} AND ${WITHIN}
      GROUP BY role, f, t
    ) ${size === 'size' ? `ARRAY JOIN ${SIZES} AS size GROUP BY place, f, t, size` : 'GROUP BY place, f, t'}`
}

/** SQL: what reads little is read by one thread: of a table in many small parts, two take a quarter more of the processor together. */
export const ALONE = 'SETTINGS max_threads = 1'

const TOUCHED = 'WHERE bucket_from IN {buckets: Array(Int64)}'

/** SQL, observations → minute. */
export function minuteSql(some: boolean): string {
  return writeSql('minute', `${TOGETHER} FROM (${statementsSql(MINUTE)}) ${some ? TOUCHED : ''}`)
}

/** A bucket of one of the levels, as told. Decimals as text, times in UTC milliseconds. */
export interface Level {
  readonly size: number
  readonly place: number
  readonly from: number
  readonly to: number
  readonly value: string
  readonly base: string
  readonly at: number
  readonly qualifier: string
  readonly spans: number
  readonly held: number
  readonly corrected: number
  readonly stored: number
  readonly seen: number
  /** The most versions of one statement of it. */
  readonly most: number
  /** How long after its span a statement of it was stored, at most. */
  readonly late: number
}

/** Levels computed from observations where little was touched, and the size of their buckets: the day comes from its hours. */
export const LOWER = ['minute', 'hour'] as const satisfies readonly Grain[]
const SIZES = `CAST([${LOWER.map((grain) => GRAIN_MS[grain]).join(', ')}] AS Array(Int64))`

/** SQL, observations → the touched minutes and hours, told instead of written. */
export function levelsSql(): string {
  return `
    SELECT size, place, bucket_from AS "from", bucket_to AS "to", ${VALUE} AS value, ${BASE} AS base, ${MS('latest')} AS at, last.3 AS qualifier,
      spans, held, corrected, ${MS('newest')} AS stored, seen, most, late
    FROM (
      SELECT size, place, bucket_from, bucket_to, ${ADDS}, ${TOGETHER}, max(versions) AS most, max(${MS('newest')} - t) AS late
      FROM (${statementsSql('size')}) ${TOUCHED} GROUP BY size, place, bucket_from, bucket_to
    ) ${ALONE}`
}

/** SQL, observations → the touched minutes and hours by series, told: what a ratio comes to is then put together from both its parts, which is quicker than to plan it. */
export function partsSql(): string {
  return `
    SELECT size, toString(series) AS part, bucket_from AS "from", bucket_to AS "to", sumIf(speaks.1, stands) AS total,
      (argMaxIf(speaks, (t, f), stands) AS said).1 AS last, said.3 AS qualifier, maxIf(t, stands) AS at, countIf(stands) AS spans, countIf(waits) AS held, countIf(changed) AS corrected,
      max(${MS('stored_last')}) AS stored, sum(told) AS seen, max(told) AS most, max(${MS('stored_last')} - t) AS late, toString(groupBitXorIf(cityHash64(f, t), stands)) AS sign
    FROM (
      SELECT series, ${STANDING}
      FROM observation WHERE indicator IN {spoken: Array(String)} AND series IN {parts: Array(UInt64)} AND ${WITHIN}
      GROUP BY series, f, t
    ) ARRAY JOIN ${SIZES} AS size
    WHERE (if(t <= (intDiv(f + ${ZONE_OFFSET}, size) * size - ${ZONE_OFFSET} AS begun) + size, begun, f) AS bucket_from) IN {buckets: Array(Int64)}
    GROUP BY size, series, bucket_from, if(t <= begun + size, begun + size, t) AS bucket_to ${ALONE}`
}

/** SQL: the versions of some series from a moment on, or within a stretch, as `say` takes them; what was stored lately with its batch. */
export function versionsSql(isOpen: boolean): string {
  return `
    SELECT toString(series) AS part, ${MS('"from"')} AS f, ${MS('"to"')} AS t, value, state, qualifier, ${MS('received')} AS got, id, ${MS('stored')} AS kept,
      if(stored >= ${MOMENT('{cutoff: Int64}')}, batch, '') AS lately
    FROM observation WHERE indicator IN {spoken: Array(String)} AND series IN {parts: Array(UInt64)} AND "from" >= ${MOMENT('{first: Int64}')}
      ${isOpen ? '' : `AND "from" < ${MOMENT('{last: Int64}')}`}
    LIMIT {most: UInt32} ${ALONE}`
}

/** A touched day of a series, as its hours say. */
export interface DayLevel extends Omit<Level, 'size' | 'place' | 'value' | 'base' | 'qualifier' | 'most' | 'late'> {
  readonly part: string
  readonly sums: readonly [value: string, base: string]
  /** What was said last, and where the hour begins that says it. */
  readonly last: readonly [value: string, base: string, qualifier: string, from: number]
  /** Where the last of these hours begins. */
  readonly newest: number
}

/** SQL, hour → the touched days, told; hours that begin at a moment of `without` left out, because they are known better. */
export function daysSql(): string {
  return `
    SELECT toString(series) AS part, if(fits, begun, f) AS "from", if(fits, begun + ${DAY}, t) AS "to",
      (sumIf(value, spans > 0), sumIf(base, spans > 0)) AS sums, argMaxIf((value, base, qualifier, ${MS('hour."from"')}), (hour.at, hour."from"), spans > 0) AS last,
      ${MS('max(hour.at)')} AS at, sum(hour.spans) AS spans, sum(hour.held) AS held, sum(hour.corrected) AS corrected, ${MS('max(hour.stored)')} AS stored, sum(${SEEN}) AS seen, ${MS('max(hour."from")')} AS newest
    FROM hour FINAL PREWHERE indicator IN {told: Array(String)} AND series IN {series: Array(UInt64)} AND ${WITHIN}
    WHERE ${MS('hour."from"')} NOT IN {without: Array(Int64)}
    GROUP BY series, if((${MS('hour."to"')} AS t) <= (intDiv((${MS('hour."from"')} AS f) + ${ZONE_OFFSET}, ${DAY}) * ${DAY} - ${ZONE_OFFSET} AS begun) + ${DAY} AS fits, begun, f) AS bucket_from,
      if(fits, begun + ${DAY}, t)
    HAVING bucket_from IN {buckets: Array(Int64)} ${ALONE}`
}

/** SQL, minute → hour or day. Emptied buckets go up too: they say so with no spans. */
export function upSql(grain: Grain, some: boolean): string {
  return writeSql(
    grain,
    `(sumIf(minute.value, minute.spans > 0), sumIf(minute.base, minute.spans > 0)) AS sums,
      argMaxIf((minute.value, minute.base, minute.qualifier), (minute.at, f), minute.spans > 0) AS last,
      max(minute.at) AS latest, sum(minute.spans) AS spans, sum(minute.held) AS held, sum(minute.corrected) AS corrected, max(minute.stored) AS newest,
      sum(${SEEN}) AS seen
    FROM (
      SELECT value, base, qualifier, at, spans, held, corrected, stored, version, ${PLACE('series')} AS place, ${MS('"from"')} AS f, ${MS('"to"')} AS t, ${bucketSql(GRAIN_MS[grain])}
      FROM minute FINAL WHERE indicator IN {told: Array(String)} AND series IN {series: Array(UInt64)} AND ${WITHIN}
    ) AS minute ${some ? TOUCHED : ''}`,
  )
}
