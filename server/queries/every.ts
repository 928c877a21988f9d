/** Every observation of a range, piece by piece along the table's own key: where a piece ends is looked up beforehand, so that the engine tells it as it leaves the house. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { QueryOf } from '../../kpi/query.ts'
import type { Store } from '../store/connect.ts'
import { filter, knownBy } from '../store/filter.ts'

export type AskedWhole = QueryOf<'observations'> & { readonly at: number }

/** The place of a row in the table's order; `series` is too long for a number. Times in UTC milliseconds. */
interface Key {
  readonly series: string
  readonly from: number
  readonly to: number
  readonly received: number
  readonly id: string
}

/** The rows of an indicator after one place up to another; null: from the first, to the last. */
export interface Piece {
  readonly indicator: string
  readonly after: Key | null
  readonly until: Key | null
}

/** Rows of a piece: some ten megabytes at a time. */
export const PIECE = 60_000

const KEY = `series, toUnixTimestamp64Milli("from"), toUnixTimestamp64Milli("to"), toUnixTimestamp64Milli(received), id`

function partsOf(catalogue: Catalogue, query: AskedWhole) {
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

/** Rows beyond a place, or up to it: first as the table's index understands it, then exactly. */
const beside = (sign: '>' | '<', name: string) => {
  const [series, from] = [`{${name}Series: UInt64}`, `{${name}From: Int64}`]
  return `AND (series ${sign} ${series} OR (series = ${series} AND "from" ${sign}= fromUnixTimestamp64Milli(${from}, 'UTC')))
    AND (${KEY}) ${sign === '>' ? '>' : '<='} (${series}, ${from}, {${name}To: Int64}, {${name}Received: Int64}, {${name}Id: String})`
}

const bound = (name: string, key: Key | null) =>
  key === null
    ? {}
    : {
        [`${name}Series`]: BigInt(key.series),
        [`${name}From`]: key.from,
        [`${name}To`]: key.to,
        [`${name}Received`]: key.received,
        [`${name}Id`]: key.id,
      }

/** What a range holds: how many rows, and by dimension which members they speak of. */
export interface Survey {
  readonly rows: number
  readonly members: ReadonlyMap<string, readonly string[]>
}

export async function surveyOf(
  store: Store,
  catalogue: Catalogue,
  query: AskedWhole,
  dimensions: readonly string[],
  signal?: AbortSignal,
): Promise<Survey> {
  const { indicators, inside, params } = partsOf(catalogue, query)
  const [found] = await store.rows<{ n: number; members: readonly (readonly string[])[] }>(
    'ask',
    `SELECT uniqExact(series, "from", "to", id) AS n, [${dimensions.map((_, i) => `groupUniqArray(toString(members[{dimension_${i}: String}]))`).join(', ')}] AS members
     FROM observation WHERE indicator IN {indicators: Array(String)} AND ${inside}`,
    { ...params, indicators, ...Object.fromEntries(dimensions.map((id, i) => [`dimension_${i}`, id])) },
    signal,
  )
  return { rows: found?.n ?? 0, members: new Map(dimensions.map((id, i) => [id, found?.members[i] ?? []])) }
}

/** The range in pieces of at most `size` rows, in the order of indicator, series, time and version; only the key is read for it. */
export async function* piecesOf(
  store: Store,
  catalogue: Catalogue,
  query: AskedWhole,
  signal?: AbortSignal,
  size = PIECE,
): AsyncGenerator<Piece> {
  const { indicators, inside, params } = partsOf(catalogue, query)
  for (const indicator of indicators) {
    let after = null as Key | null
    do {
      const found: readonly Key[] = await store.rows<Key>(
        'ask',
        `SELECT toString(o.series) AS series, toUnixTimestamp64Milli(o."from") AS "from", toUnixTimestamp64Milli(o."to") AS "to", toUnixTimestamp64Milli(o.received) AS received, id
         FROM (
           SELECT series, "from", "to", received, id FROM observation WHERE indicator = {indicator: String} AND ${inside} ${after === null ? '' : beside('>', 'after')}
           ORDER BY indicator, series, "from", "to", received, id LIMIT 1 OFFSET {skip: UInt32}
         ) AS o`,
        { ...params, ...bound('after', after), indicator, skip: size - 1 },
        signal,
      )
      const until: Key | null = found[0] ?? null
      yield { indicator, after, until }
      after = until
    } while (after !== null)
  }
}

/** The rows of a piece in order; a row stored twice is told once. */
export function within(catalogue: Catalogue, query: AskedWhole, { indicator, after, until }: Piece) {
  const { inside, params } = partsOf(catalogue, query)
  return {
    sql: `(
      SELECT *, series FROM observation WHERE indicator = {indicator: String} AND ${inside} ${after === null ? '' : beside('>', 'after')} ${until === null ? '' : beside('<', 'until')}
      ORDER BY indicator, series, "from", "to", received, id LIMIT 1 BY series, "from", "to", id
    ) AS o`,
    params: { ...params, ...bound('after', after), ...bound('until', until), indicator },
  }
}

/** What is read of each piece, in order; while one is taken the next is being read. */
export async function* inOrder<T>(pieces: AsyncIterable<Piece>, read: (piece: Piece) => Promise<T>): AsyncGenerator<T> {
  let coming: Promise<T> | null = null
  for await (const piece of pieces) {
    const next = read(piece)
    // Whoever leaves in between does not wait for it.
    next.catch(() => undefined)
    if (coming !== null) yield await coming
    coming = next
  }
  if (coming !== null) yield await coming
}
