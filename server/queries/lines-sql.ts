/** SQL of an indicator over time. Times in UTC milliseconds, points counted from the first. */
import { ZONE_OFFSET } from '../../kpi/range.ts'
import type { LineAsk } from './lines.ts'

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
export function bySeries({ rows, stands, ratio }: Pick<LineAsk, 'rows' | 'stands' | 'ratio'>, all: boolean): string {
  // With a condition even where all count: `groupArray` alone takes what is not nought of a sparsely kept column first, and lists no longer go together.
  const told = (of: string, name: string) => `groupArrayIf(${of}, ${all ? '"to" >= "from"' : FITS}) AS ${name}`
  const moments = stands
    ? `${told('toUnixTimestamp64Milli("from")', 'since')}, ${told('toUnixTimestamp64Milli(at)', 'at')}`
    : '[] AS since, [] AS at'
  return `
    SELECT any(source) AS source, any(members) AS members, ${told(PLACE, 'places')}, ${told('value', 'numerators')}, ${ratio ? told('base', 'denominators') : '[] AS denominators'},
      ${moments}, ${told('spans', 'spans')}, ${told('held', 'held')}, ${told('corrected', 'corrected')}, ${all ? `max(${LENGTH}) > {step: Int64} AS coarser` : `countIf(NOT ${FITS}) AS coarser`}
    FROM ${rows} GROUP BY series`
}

/** SQL: the sums of each part and source by point. */
export function byPart(rows: string, part: string): string {
  return `
    SELECT source, map({by: String}, part) AS members, ${list('place', 'places')}, ${list('n', 'numerators')}, ${signed('d', 'denominators')},
      [] AS since, [] AS at, ${list('present', 'spans')}, ${sparse('waiting', 'held')}, ${sparse('changed', 'corrected')}, sum(longer) AS coarser
    FROM (
      SELECT source, ${part} AS part, ${PLACE}, sumIf(value, ${FITS} AS short) AS n, sumIf(base, short) AS d,
        sumIf(spans, short) AS present, sumIf(held, short) AS waiting, sumIf(corrected, short) AS changed, countIf(NOT short) AS longer, countIf(short) > 0 AS fits
      FROM ${rows} GROUP BY source, part, place
    ) GROUP BY source, part`
}
