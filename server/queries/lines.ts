/** What the store tells of an indicator over time: columns of numbers, a row a series, or a row a part where one source speaks for it. */
import { ZONE_OFFSET } from '../../kpi/range.ts'
import type { Params, Store } from '../store/connect.ts'

/** Columns of equal length, in any order of time. Decimals as text. */
export interface LineRow {
  readonly source: string
  readonly members: Readonly<Record<string, string>>
  /** Where each bucket, or span that fits none, begins, UTC milliseconds. */
  readonly from: readonly number[]
  readonly numerators: readonly string[]
  readonly denominators: readonly string[]
  /** Up to when each was said. */
  readonly at: readonly number[]
  readonly spans: readonly number[]
  readonly held: readonly number[]
  readonly corrected: readonly number[]
  /** Statements longer than a point: not known at this grain. */
  readonly coarser: number
}

export interface LineAsk {
  /** What stands behind FROM, and its condition. */
  readonly table: string
  readonly inside: string
  readonly params: Params
  /** A row for each value of this SQL (and source) in place of each series; flows only. */
  readonly part: string | null
}

const FITS = `toUnixTimestamp64Milli("to") - toUnixTimestamp64Milli("from") <= {step: Int64}`
const BEGUN = `intDiv(toUnixTimestamp64Milli("from") + ${ZONE_OFFSET}, {step: Int64}) * {step: Int64} - ${ZONE_OFFSET}`
const ROWS = `source, members, series, "from", "to", value, base, at, spans, held, corrected`
const list = (of: string, name: string) => `groupArrayIf(${of}, fits) AS ${name}`

/** SQL: every bucket of every series as it is; what belongs to one point is put together beside it. */
function bySeries(table: string, inside: string): string {
  return `
    SELECT any(source) AS source, any(members) AS members, ${list('since', '"from"')}, ${list('value', 'numerators')}, ${list('base', 'denominators')},
      ${list('until', 'at')}, ${list('spans', 'spans')}, ${list('held', 'held')}, ${list('corrected', 'corrected')}, countIf(NOT fits) AS coarser
    FROM (SELECT *, toUnixTimestamp64Milli("from") AS since, ${FITS} AS fits, toUnixTimestamp64Milli(at) AS until FROM (SELECT ${ROWS} FROM ${table} WHERE ${inside}))
    GROUP BY series`
}

/** SQL: the sums of each part and source by point. */
function byPart(table: string, inside: string, part: string): string {
  return `
    SELECT source, map({by: String}, part) AS members, ${list('begun', '"from"')}, ${list('n', 'numerators')}, ${list('d', 'denominators')},
      ${list('until', 'at')}, ${list('present', 'spans')}, ${list('waiting', 'held')}, ${list('changed', 'corrected')}, sum(longer) AS coarser
    FROM (
      SELECT source, part, begun, sumIf(value, short) AS n, sumIf(base, short) AS d, toUnixTimestamp64Milli(maxIf(at, short)) AS until,
        sumIf(spans, short) AS present, sumIf(held, short) AS waiting, sumIf(corrected, short) AS changed, countIf(NOT short) AS longer, countIf(short) > 0 AS fits
      FROM (SELECT *, ${part} AS part, ${BEGUN} AS begun, ${FITS} AS short FROM (SELECT ${ROWS} FROM ${table} WHERE ${inside}))
      GROUP BY source, part, begun
    ) GROUP BY source, part`
}

/** Reads what was asked. */
export function readLines(store: Store, { table, inside, params, part }: LineAsk, signal?: AbortSignal) {
  const sql = part === null ? bySeries(table, inside) : byPart(table, inside, part)
  return store.rows<LineRow>('ask', sql, params, signal)
}
