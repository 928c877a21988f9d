/** Every observation of a range, page by page along the table's own key: nothing is sorted, nothing read twice, each page as cheap as the first. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { StoredObservation } from '../../kpi/observation.ts'
import type { QueryOf } from '../../kpi/query.ts'
import type { Store } from '../store/connect.ts'
import { filter, knownBy } from '../store/filter.ts'

type Asked = QueryOf<'observations'> & { readonly at: number }
type Row = StoredObservation & { readonly series: string }

/** Rows of a page: some megabytes at a time. */
const PAGE = 10_000

function partsOf(catalogue: Catalogue, query: Asked) {
  const ratio = catalogue.indicators.get(query.indicator)?.ratio
  const kept = filter(catalogue, query.where, {
    ...{ from: Math.min(query.from, query.at), to: Math.min(query.at + 1, query.to), units: 'then' },
  })
  return {
    indicators: [...new Set(ratio ? [ratio.of, ratio.to] : [query.indicator])].sort(),
    // What is stored while it is read is left for the next time.
    inside: `"from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC') AND stored <= fromUnixTimestamp64Milli({at: Int64}, 'UTC') AND ${kept.sql} ${knownBy(query.asOf)}`,
    params: { ...kept.params, start: query.from, end: query.to, at: query.at, asOf: query.asOf ?? 0 },
  }
}

/** How many rows there are. */
export async function countObservations(
  store: Store,
  catalogue: Catalogue,
  query: Asked,
  signal?: AbortSignal,
): Promise<number> {
  const { indicators, inside, params } = partsOf(catalogue, query)
  const [found] = await store.rows<{ n: number }>(
    'ask',
    `SELECT count() AS n FROM observation WHERE indicator IN {indicators: Array(String)} AND ${inside}`,
    { ...params, indicators },
    signal,
  )
  return found?.n ?? 0
}

/** The rows, in the order of indicator, series, time and version; a row stored twice is told once. */
export async function* observationPages(
  store: Store,
  catalogue: Catalogue,
  query: Asked,
  signal?: AbortSignal,
  size = PAGE,
): AsyncGenerator<readonly StoredObservation[]> {
  const { indicators, inside, params } = partsOf(catalogue, query)
  for (const indicator of indicators) {
    let after: Row | null = null
    for (;;) {
      const beyond: string =
        after === null
          ? ''
          : `AND (series > {s: UInt64} OR (series = {s: UInt64} AND "from" >= fromUnixTimestamp64Milli({f: Int64}, 'UTC')))
           AND (series, toUnixTimestamp64Milli("from"), toUnixTimestamp64Milli("to"), toUnixTimestamp64Milli(received), id) > ({s: UInt64}, {f: Int64}, {t: Int64}, {r: Int64}, {i: String})`
      const cursor: Record<string, unknown> =
        after === null ? {} : { s: BigInt(after.series), f: after.from, t: after.to, r: after.received, i: after.id }
      const page: readonly Row[] = await store.rows<Row>(
        'ask',
        `SELECT toString(o.series) AS series, id, indicator, source, members, toUnixTimestamp64Milli(o."from") AS "from", toUnixTimestamp64Milli(o."to") AS "to",
           toString(o.value) AS value, qualifier, state, reason, toUnixTimestamp64Milli(o.received) AS received, toUnixTimestamp64Milli(o.stored) AS stored, run, stated, citation
         FROM (
           SELECT *, series FROM observation WHERE indicator = {indicator: String} AND ${inside} ${beyond}
           ORDER BY indicator, series, "from", "to", received, id LIMIT {take: UInt32}
         ) AS o ORDER BY o.series, o."from", o."to", o.received, id`,
        { ...params, ...cursor, indicator, take: size },
        signal,
      )
      const fresh = page.filter((row, i) => {
        const before = i === 0 ? after : page[i - 1]
        return (
          !before ||
          before.id !== row.id ||
          before.series !== row.series ||
          before.from !== row.from ||
          before.to !== row.to
        )
      })
      if (fresh.length > 0) yield fresh
      if (page.length < size) break
      after = page.at(-1) ?? null
    }
  }
}
