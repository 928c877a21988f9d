/** SQL of an indicator over time, told in RowBinary. */
import { ZONE_OFFSET } from '../../kpi/range.ts'
import type { LineAsk } from './lines.ts'

const PLACE = `intDiv(toUnixTimestamp64Milli("from") + ${ZONE_OFFSET}, {step: Int64})`
const LONGER = 'toUnixTimestamp64Milli("to") - toUnixTimestamp64Milli("from") > {step: Int64}'
/** SQL: a list of tuples, their columns named by SQL. One list and not one a column: each aggregate takes about a millisecond to plan, more than its rows to read. */
const told = (...columns: readonly string[]) => `groupArray((${columns.filter(Boolean).join(', ')}))`
const count = (sql: string) => `toUInt32(${sql})`

/**
 * SQL: every bucket of every series as it is, or the sums of each part and source by point; what is longer than a point apart. Per row: source, members and a
 * list of begin, end, value, denominators of a ratio, source time of what stands, spans, held, corrected, and of a part how many rows of it speak.
 */
export function linesSql({ rows, part, stands, ratio }: Pick<LineAsk, 'rows' | 'part' | 'stands' | 'ratio'>): string {
  if (part === null) {
    const counts = ['spans', 'held', 'corrected'].map(count)
    return `
      SELECT any(source), any(members), ${told('"from"', '"to"', 'value', ratio ? 'base' : '', stands ? 'at' : '', ...counts)}
      FROM ${rows} GROUP BY series FORMAT RowBinary`
  }
  const counts = ['present', 'waiting', 'changed', 'many'].map(count)
  return `
    SELECT source, map({by: String}, part), ${told('begun', 'ended', 'n', ratio ? 'd' : '', ...counts)}
    FROM (
      SELECT source, ${part} AS part, any("from") AS begun, any("to") AS ended, sum(value) AS n, ${ratio ? 'sum(base) AS d, ' : ''}sum(spans) AS present,
        sum(held) AS waiting, sum(corrected) AS changed, countIf(spans > 0) AS many
      FROM ${rows} GROUP BY source, part, ${PLACE}, ${LONGER}
    ) GROUP BY source, part FORMAT RowBinary`
}
