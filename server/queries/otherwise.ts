/** Where several sources speak of the same members and span and do not say the same; asked for only where several speak at all. */
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Differing } from '../../kpi/reading.ts'
import { pointKey } from '../../kpi/slice.ts'
import { resultOf } from '../store/columns.ts'
import type { Params, Purpose, Store } from '../store/connect.ts'
import type { SeriesRow } from './gather.ts'

/** What the sources say of one bucket, where they differ. */
export interface Otherwise {
  readonly indicator: string
  readonly members: Members
  readonly from: number
  readonly to: number
  readonly said: readonly (readonly [source: string, value: string, base: string, spans: number])[]
}

/** By how much more another source comes to than what counts, in micro-units, and in how many buckets they differ. */
export interface Excess {
  readonly n: bigint
  readonly d: bigint
  readonly buckets: number
}
/** By source. */
export type Excesses = ReadonlyMap<string, Excess>

/** The most buckets that are looked through; of more the newest. */
export const MOST = 20_000

/** Of the rows of `table` (FROM and WHERE of what `rows` were read from, asked for where it is needed), the buckets of which sources differ. */
export async function saidOtherwise(
  store: Store,
  purpose: Purpose,
  rows: readonly SeriesRow[],
  table: () => { readonly sql: string; readonly params: Params },
  signal?: AbortSignal,
): Promise<readonly Otherwise[]> {
  const several = new Map<string, SeriesRow[]>()
  for (const row of rows) {
    const name = `${row.indicator} ${pointKey(row.members)}`
    several.set(name, [...(several.get(name) ?? []), row])
  }
  const series = [...several.values()].flatMap((same) =>
    same.length > 1 ? same.flatMap((row) => row.series ?? []) : [],
  )
  if (series.length === 0) return []
  const { sql, params } = table()
  return store.rows<Otherwise>(
    purpose,
    `SELECT indicator, members, toUnixTimestamp64Milli(f."from") AS "from", toUnixTimestamp64Milli(f."to") AS "to",
       groupArray((source, toString(value), toString(base), spans)) AS said
     FROM (SELECT * FROM ${sql} AND has({several: Array(UInt64)}, series)) AS f
     GROUP BY indicator, members, f."from", f."to" HAVING uniqExact((value, base)) > 1
     ORDER BY f."from" DESC LIMIT {most: UInt32}`,
    { ...params, several: series.map(BigInt), most: MOST },
    signal,
  )
}

/** What the others come to more than the series that speaks, in buckets of as many spans. Of what stands only the newest bucket counts. */
export function excessesOf(row: SeriesRow, buckets: readonly Otherwise[], newestOnly: boolean): Excesses {
  const found = new Map<string, Excess>()
  for (const { from, to, said } of buckets) {
    if (newestOnly && (from !== row.from || to !== row.to)) continue
    const own = said.find(([source]) => source === row.source)
    if (!own) continue
    for (const [source, value, base, spans] of said) {
      const [n, d] = [micro(value) - micro(own[1]), micro(base) - micro(own[2])]
      if (spans !== own[3] || (n === 0n && d === 0n)) continue
      const before = found.get(source) ?? { n: 0n, d: 0n, buckets: 0 }
      found.set(source, { n: before.n + n, d: before.d + d, buckets: before.buckets + 1 })
    }
  }
  return found
}

/** What a figure would be by each of the others, where they speak; `null` parts have none. */
export function differing(
  indicator: Indicator,
  numerator: string | null,
  denominator: string | null,
  all: readonly Excesses[],
): readonly Differing[] {
  const together = new Map<string, Excess>()
  for (const excesses of all)
    for (const [source, { n, d, buckets }] of excesses) {
      const before = together.get(source) ?? { n: 0n, d: 0n, buckets: 0 }
      together.set(source, { n: before.n + n, d: before.d + d, buckets: before.buckets + buckets })
    }
  const more = (part: string | null, by: bigint) => (part === null ? null : decimal(micro(part) + by))
  return [...together]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, { n, d, buckets }]) => ({
      ...{ source, buckets, value: resultOf(indicator, more(numerator, n), more(denominator, d)) },
    }))
}
