/** What the store tells of an indicator over time: columns of numbers, a row a series, or a row a part where one source speaks for it. */
import { ZONE_OFFSET } from '../../kpi/range.ts'
import type { Params, Store } from '../store/connect.ts'

/** Columns of equal length, in any order of time; what is nothing throughout, or of no use, is left out. Decimals as text. */
export interface LineRow {
  readonly source: string
  readonly members: Readonly<Record<string, string>>
  /** The point in which each bucket, or span that fits none, begins, counted from the first. */
  readonly places: readonly number[]
  readonly numerators: readonly string[]
  readonly denominators: readonly string[]
  /** Of what stands: since when and up to when it was said, UTC milliseconds. */
  readonly since: readonly number[]
  readonly at: readonly number[]
  readonly spans: readonly number[]
  readonly held: readonly number[]
  readonly corrected: readonly number[]
  /** Statements longer than a point: not known at this grain. */
  readonly coarser: number
}

export interface LineAsk {
  /** FROM and WHERE. */
  readonly rows: string
  readonly params: Params
  /** Where the first point begins, and how long one is, milliseconds. */
  readonly from: number
  readonly step: number
  /** A row for each value of this SQL (and source) in place of each series; flows only. */
  readonly part: string | null
  /** Whether the last word of a point counts. */
  readonly stands: boolean
  /** Whether it has denominators. */
  readonly ratio: boolean
}

const LENGTH = 'toUnixTimestamp64Milli("to") - toUnixTimestamp64Milli("from")'
const FITS = `${LENGTH} <= {step: Int64}`
const PLACE = `intDiv(toUnixTimestamp64Milli("from") + ${ZONE_OFFSET}, {step: Int64}) - intDiv({begin: Int64} + ${ZONE_OFFSET}, {step: Int64}) AS place`
const list = (of: string, name: string) => `groupArrayIf(${of}, fits) AS ${name}`
/** SQL: a list that is mostly nothing but zeros, which need not be told. */
const sparse = (of: string, name: string) => `if(max(${of}) = 0, [], groupArrayIf(${of}, fits)) AS ${name}`
const signed = (of: string, name: string) =>
  `if(max(${of}) = 0 AND min(${of}) = 0, [], groupArrayIf(${of}, fits)) AS ${name}`

/**
 * SQL: every bucket of every series as it is; what belongs to one point is put together beside it. Flat and with few terms: each level and each term
 * takes longer to plan than its rows to read. `all`: that none is longer than a point is hoped for, and told.
 */
function bySeries({ rows, stands, ratio }: LineAsk, all: boolean): string {
  const told = all
    ? (of: string, name: string) => `groupArray(${of}) AS ${name}`
    : (of: string, name: string) => `groupArrayIf(${of}, ${FITS}) AS ${name}`
  const moments = stands
    ? `${told('toUnixTimestamp64Milli("from")', 'since')}, ${told('toUnixTimestamp64Milli(at)', 'at')}`
    : '[] AS since, [] AS at'
  return `
    SELECT any(source) AS source, any(members) AS members, ${told(PLACE, 'places')}, ${told('value', 'numerators')}, ${ratio ? told('base', 'denominators') : '[] AS denominators'},
      ${moments}, ${told('spans', 'spans')}, ${told('held', 'held')}, ${told('corrected', 'corrected')}, ${all ? `max(${LENGTH}) > {step: Int64} AS coarser` : `countIf(NOT ${FITS}) AS coarser`}
    FROM ${rows} GROUP BY series`
}

/** SQL: the sums of each part and source by point. */
function byPart(rows: string, part: string): string {
  return `
    SELECT source, map({by: String}, part) AS members, ${list('place', 'places')}, ${list('n', 'numerators')}, ${signed('d', 'denominators')},
      [] AS since, [] AS at, ${list('present', 'spans')}, ${sparse('waiting', 'held')}, ${sparse('changed', 'corrected')}, sum(longer) AS coarser
    FROM (
      SELECT source, ${part} AS part, ${PLACE}, sumIf(value, ${FITS} AS short) AS n, sumIf(base, short) AS d,
        sumIf(spans, short) AS present, sumIf(held, short) AS waiting, sumIf(corrected, short) AS changed, countIf(NOT short) AS longer, countIf(short) > 0 AS fits
      FROM ${rows} GROUP BY source, part, place
    ) GROUP BY source, part`
}

/** Reads what was asked. */
export async function readLines(store: Store, ask: LineAsk, signal?: AbortSignal): Promise<readonly LineRow[]> {
  const params = { ...ask.params, begin: ask.from, step: ask.step }
  const read = (sql: string) => store.rows<LineRow>('ask', sql, params, signal)
  if (ask.part !== null) return read(byPart(ask.rows, ask.part))
  const all = await read(bySeries(ask, true))
  return all.some(({ coarser }) => coarser > 0) ? read(bySeries(ask, false)) : all
}
