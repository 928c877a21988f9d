/** Finds spans of what is counted that cover in part what the same source says of the same series: the time both cover is counted twice. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DAY, type Span } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import { SPEAKING, TURN } from './levels.ts'

export interface Overlap {
  readonly source: string
  readonly indicator: string
  /** How many spans begin within one that began before. */
  readonly spans: number
  /** The first of them: whose it is, itself, and the one it begins in. UTC milliseconds. */
  readonly members: Readonly<Record<string, string>>
  readonly span: Span
  readonly before: Span
}

interface Row {
  readonly source: string
  readonly indicator: string
  readonly spans: number
  readonly first: readonly [f: number, t: number, bt: number, bf: number, members: Readonly<Record<string, string>>]
}

/** Looks at the spans that begin within each stretch, as they stand today; answers one line for each indicator of a source. `progress` hears the place. */
export async function overlaps(
  store: Store,
  indicators: Catalogue['indicators'],
  stretches: readonly Span[],
  progress: (from: number, i: number) => void = () => {},
): Promise<readonly Overlap[]> {
  const flows = [...indicators.values()].filter(({ kind }) => kind === 'flow').map(({ id }) => id)
  const long = await longestOf(store, flows)
  const found = new Map<string, Overlap>()
  for (const [i, { from, to }] of stretches.entries()) {
    progress(from, i)
    const rows = await store.rows<Row>(
      'care',
      `SELECT source, indicator, count() AS spans, min((f, t, before.1, before.2, members)) AS first
       FROM (
         SELECT source, indicator, members, f, t, max((t, f)) OVER (PARTITION BY indicator, series ORDER BY f, t ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
         FROM (
           SELECT source, indicator, any(o.members) AS members, series, toUnixTimestamp64Milli("from") AS f, toUnixTimestamp64Milli("to") AS t
           FROM observation AS o
           WHERE indicator IN {flows: Array(String)} AND "to" > "from" AND "from" <= fromUnixTimestamp64Milli({to: Int64}, 'UTC')
             AND ("from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') OR (indicator IN {long: Array(String)} AND "from" >= fromUnixTimestamp64Milli({lowest: Int64}, 'UTC')))
           GROUP BY source, indicator, series, "from", "to" HAVING argMaxIf(state, ${TURN}, ${SPEAKING}) = 'taken'
         )
       )
       WHERE f >= {from: Int64} AND before.1 > f
       GROUP BY source, indicator ORDER BY source, indicator`,
      { flows, long: long.ids, from, to, low: from - DAY, lowest: from - long.length },
    )
    for (const { source, indicator, spans, first } of rows) {
      const [begin, end, until, since, members] = first
      const key = JSON.stringify([source, indicator])
      const one = found.get(key)
      const example = { members, span: { from: begin, to: end }, before: { from: since, to: until } }
      found.set(key, { source, indicator, ...(one ?? example), spans: spans + (one?.spans ?? 0) })
    }
  }
  return [...found.values()]
}

/** Which indicators have spans of more than a day, and the longest of them, milliseconds. */
async function longestOf(store: Store, flows: readonly string[]) {
  const rows = await store.rows<{ indicator: string; length: number }>(
    'care',
    `SELECT indicator, max(toUnixTimestamp64Milli("to") - toUnixTimestamp64Milli("from")) AS length FROM observation
     WHERE indicator IN {flows: Array(String)} GROUP BY indicator HAVING length > ${DAY}`,
    { flows },
  )
  return {
    ids: rows.map(({ indicator }) => indicator),
    length: rows.reduce((most, { length }) => Math.max(most, length), 0),
  }
}
