/** Every observation of a range, piece by piece along the table's own key: where a piece ends is looked up beforehand, so that the engine tells it as it leaves the house. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { QueryOf } from '../../kpi/query.ts'
import type { Store } from '../store/connect.ts'
import { filter, knownBy } from '../store/filter.ts'

export type AskedWhole = QueryOf<'observations'> & { readonly at: number }

/** A place in the table's order; `series` is too long for a number, `from` in UTC milliseconds. What one series says of one moment is never torn apart. */
interface Key {
  readonly series: string
  readonly from: number
}

/** The rows of an indicator after one place up to another; null: from the first, to the last. */
export interface Piece {
  readonly indicator: string
  readonly after: Key | null
  readonly until: Key | null
}

/** Rows of a piece: some ten megabytes at a time. */
export const PIECE = 60_000
/** Rows beyond which not every one is kept in mind while they are counted. */
const MANY = 10_000_000

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

/** Rows beyond a place, or up to it and with it, as the table's index understands it. */
const beside = (sign: '>' | '<', name: string) => {
  const [series, from] = [`{${name}Series: UInt64}`, `fromUnixTimestamp64Milli({${name}From: Int64}, 'UTC')`]
  return `AND (series ${sign} ${series} OR (series = ${series} AND "from" ${sign === '>' ? '>' : '<='} ${from}))`
}

const bound = (name: string, key: Key | null) =>
  key === null ? {} : { [`${name}Series`]: BigInt(key.series), [`${name}From`]: key.from }

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
  const rows = `FROM observation WHERE indicator IN {indicators: Array(String)} AND ${inside}`
  const named = Object.fromEntries(dimensions.map((id, i) => [`dimension_${i}`, id]))
  const [found] = await store.rows<{ n: number; members: readonly (readonly string[])[] }>(
    'ask',
    `SELECT count() AS n, [${dimensions.map((_, i) => `groupUniqArray(toString(members[{dimension_${i}: String}]))`).join(', ')}] AS members ${rows}`,
    { ...params, indicators, ...named },
    signal,
  )
  // Stored twice is told once. Of very many the engine would not keep all in mind, so it goes along the table's order.
  const once = `series, "from", "to", id`
  const [told] = await store.rows<{ n: number }>(
    'ask',
    (found?.n ?? 0) <= MANY
      ? `SELECT uniqExact(${once}) AS n ${rows}`
      : `SELECT count() AS n FROM (SELECT 1 ${rows} GROUP BY indicator, ${once}) SETTINGS optimize_aggregation_in_order = 1`,
    { ...params, indicators },
    signal,
  )
  return { rows: told?.n ?? 0, members: new Map(dimensions.map((id, i) => [id, found?.members[i] ?? []])) }
}

/** The range in pieces of about `size` rows, in the order of indicator, series, time and version; only the head of the key is read for it. */
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
        `SELECT toString(o.series) AS series, toUnixTimestamp64Milli(o."from") AS "from"
         FROM (
           SELECT series, "from" FROM observation WHERE indicator = {indicator: String} AND ${inside} ${after === null ? '' : beside('>', 'after')}
           ORDER BY indicator, series, "from" LIMIT 1 OFFSET {skip: UInt32}
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

/** The rows of a piece (of the table as `o`), and their order in which a row stored twice is told once. */
export function within(catalogue: Catalogue, query: AskedWhole, { indicator, after, until }: Piece) {
  const { inside, params } = partsOf(catalogue, query)
  return {
    rows: `observation AS o WHERE indicator = {indicator: String} AND ${inside} ${after === null ? '' : beside('>', 'after')} ${until === null ? '' : beside('<', 'until')}`,
    order: `indicator, series, "from", "to", received, id LIMIT 1 BY series, "from", "to", id`,
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
