/** The past of a slice read once, then its facts at as many moments as one likes: what replay walks over. Sums are exact, as everywhere. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Members, Qualifier } from '../../kpi/observation.ts'
import { DAY, GRAIN_MS, type Span } from '../../kpi/range.ts'
import type { Slice } from '../../kpi/slice.ts'
import { columnsOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { filter } from '../store/filter.ts'
import { type Facts, factsOfRows, readingSpan } from './facts.ts'
import type { SeriesRow } from './gather.ts'

/** How much is read at once. */
const CHUNK = 31 * DAY

export interface Past {
  /** The facts of the slice's window as of `at`, had nothing later been said. `at` lies on the grain. */
  at(at: number): Facts
  /** The facts over a span that lies on the grain. */
  over(span: Span): Facts
}

interface Row {
  readonly source: string
  readonly members: Members
  readonly series: string
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly values: readonly string[]
  readonly bases: readonly string[]
  readonly at: readonly number[]
  readonly spans: readonly number[]
  readonly held: readonly number[]
  readonly corrected: readonly number[]
  readonly qualifiers: readonly Qualifier[]
}

interface Bucket {
  readonly from: number
  readonly to: number
  readonly at: number
  readonly value: string
  readonly base: string
  readonly qualifier: Qualifier
}

/** One series: its buckets in order, and sums of everything before each. */
interface Line {
  readonly source: string
  readonly members: Members
  readonly buckets: Bucket[]
  readonly value: bigint[]
  readonly base: bigint[]
  readonly spans: number[]
  readonly held: number[]
  readonly corrected: number[]
}

/** Reads what a slice needs to be judged anywhere in `span`; `reach`: how much further back spans are asked for, milliseconds. */
export async function readPast(
  store: Store,
  catalogue: Catalogue,
  slice: Slice,
  span: Span,
  grain: 'minute' | 'hour',
  reach = 0,
): Promise<Past> {
  const indicator = catalogue.indicators.get(slice.indicator)
  if (!indicator) throw new Error(`no indicator ${slice.indicator}`)
  const { stands } = columnsOf(indicator, catalogue.indicators)
  const first = readingSpan(indicator, slice, span.from, stands)
  // Of the newest statement ever, a year back is enough to look for.
  const window = slice.window === 'latest' ? span.from - 366 * DAY : first.span.from - first.lookback
  const start = Math.min(window, span.from - reach)
  const lines = new Map<string, Line>()
  for (let from = start; from < span.to; from += CHUNK) {
    const to = Math.min(from + CHUNK, span.to)
    for (const row of await rowsOf(store, catalogue, slice, { from, to }, grain)) take(lines, row)
  }
  const all = [...lines.values()]
  const rows = (from: number, to: number) => all.flatMap((line) => rowOf(line, indicator.id, stands, from, to) ?? [])
  return {
    at(at) {
      const own = readingSpan(indicator, slice, at, stands)
      const begin = slice.window === 'latest' ? start : own.span.from - own.lookback
      return factsOfRows(catalogue, slice, rows(begin, Math.min(at, own.span.to)), { now: at })
    },
    over(over) {
      const known = { now: over.to, over: { span: over, grain } }
      return factsOfRows(catalogue, slice, rows(over.from, over.to), known)
    },
  }
}

function rowsOf(store: Store, catalogue: Catalogue, slice: Slice, { from, to }: Span, grain: 'minute' | 'hour') {
  const kept = filter(catalogue, slice.where, { from, to, units: 'then' })
  const list = (of: string, name: string) => `arrayMap(r -> r.${of}, rows) AS ${name}`
  return store.rows<Row>(
    'care',
    `SELECT source, members, toString(series) AS series, ${list('1', '"from"')}, ${list('2', '"to"')}, ${list('3', '"values"')}, ${list('4', 'bases')},
       ${list('5', 'at')}, ${list('6', 'spans')}, ${list('7', 'held')}, ${list('8', 'corrected')}, ${list('9', 'qualifiers')}
     FROM (
       SELECT any(f.source) AS source, any(f.members) AS members, series,
         arraySort(groupArray((toUnixTimestamp64Milli(f."from"), toUnixTimestamp64Milli(f."to"), toString(f.value), toString(f.base), toUnixTimestamp64Milli(f.at), f.spans, f.held, f.corrected, toString(f.qualifier)))) AS rows
       FROM (
         SELECT * FROM ${grain} FINAL WHERE indicator = {indicator: String}
           AND "from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC') AND spans > 0 AND ${kept.sql}
       ) AS f GROUP BY series
     )`,
    { ...kept.params, indicator: slice.indicator, start: Math.max(0, from), end: Math.max(0, to) },
  )
}

function take(lines: Map<string, Line>, row: Row): void {
  const line: Line = lines.get(row.series) ?? {
    ...{
      source: row.source,
      members: row.members,
      buckets: [],
      value: [0n],
      base: [0n],
      spans: [0],
      held: [0],
      corrected: [0],
    },
  }
  lines.set(row.series, line)
  for (const [i, from] of row.from.entries()) {
    const [value, base] = [row.values[i] ?? '0', row.bases[i] ?? '0']
    line.buckets.push({
      from,
      to: row.to[i] ?? from,
      at: row.at[i] ?? from,
      value,
      base,
      qualifier: row.qualifiers[i] ?? 'exact',
    })
    const n = line.buckets.length
    line.value.push((line.value[n - 1] ?? 0n) + micro(value))
    line.base.push((line.base[n - 1] ?? 0n) + micro(base))
    line.spans.push((line.spans[n - 1] ?? 0) + (row.spans[i] ?? 0))
    line.held.push((line.held[n - 1] ?? 0) + (row.held[i] ?? 0))
    line.corrected.push((line.corrected[n - 1] ?? 0) + (row.corrected[i] ?? 0))
  }
}

/** The first bucket that begins at `from` or later. */
function place(buckets: readonly Bucket[], from: number): number {
  let [low, high] = [0, buckets.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((buckets[middle] as Bucket).from < from) low = middle + 1
    else high = middle
  }
  return low
}

/** What a series says in [from, to): buckets that begin and end in it; null where it says nothing. */
function rowOf(line: Line, indicator: string, stands: boolean, from: number, to: number): SeriesRow | null {
  const { buckets } = line
  const begin = place(buckets, from)
  let end = place(buckets, to)
  // A bucket that goes on beyond the moment is not known by then.
  while (end > begin && (buckets[end - 1] as Bucket).to > to) end--
  if (end <= begin) return null
  let newest = buckets[end - 1] as Bucket
  for (let i = end - 2; i >= begin && newest.from - (buckets[i] as Bucket).from <= GRAIN_MS.day; i--) {
    const one = buckets[i] as Bucket
    if (one.at > newest.at || (one.at === newest.at && one.from > newest.from)) newest = one
  }
  const between = (sums: readonly number[]) => (sums[end] ?? 0) - (sums[begin] ?? 0)
  const sum = (sums: readonly bigint[]) => decimal((sums[end] ?? 0n) - (sums[begin] ?? 0n))
  return {
    ...{ indicator, source: line.source, members: line.members },
    numerator: stands ? newest.value : sum(line.value),
    denominator: stands ? newest.base : sum(line.base),
    ...{ at: newest.at, from: newest.from, to: newest.to, qualifier: newest.qualifier },
    ...{ spans: between(line.spans), held: between(line.held), corrected: between(line.corrected) },
  }
}
