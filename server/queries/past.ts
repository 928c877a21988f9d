/** The past of a slice read as one goes on, and its facts at as many moments as one likes: what replay walks over. Sums are exact, as everywhere. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Members, Qualifier } from '../../kpi/observation.ts'
import { DAY, floor, GRAIN_MS, HOUR, type Span } from '../../kpi/range.ts'
import type { Slice } from '../../kpi/slice.ts'
import { columnsOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { filter } from '../store/filter.ts'
import { type Facts, factsOfRows, readingSpan } from './facts.ts'
import type { SeriesRow } from './gather.ts'

/** How much is read at once: at first a day, then twice as much as long as it is few buckets, at most so long. */
const LONGEST = 31 * DAY
const FEW = 60_000
const MANY = 200_000
/** The most buckets kept in mind, about half a gigabyte: what a look needs is no more unless a slice has very many series. */
export const MOST_BUCKETS = 4_000_000

/** A slice of so many series that its past does not fit into memory. */
export class TooMuchPast extends Error {}

export interface Past {
  /** Reads on as far as `at` and forgets what no later moment asks for; moments only go forward. Rejects with TooMuchPast. */
  reach(at: number, signal?: AbortSignal): Promise<void>
  /** The facts of the slice's window as of `at`, had nothing later been said. `at` lies on the grain. */
  at(at: number): Facts
  /** The facts over a span that lies on the grain. */
  over(span: Span): Facts
  /** How many buckets it keeps in mind. */
  held(): number
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

/** One series: its buckets in order, by columns; of what adds up, sums of everything before each and one more at the end. */
interface Line {
  readonly source: string
  readonly members: Members
  readonly from: number[]
  readonly to: number[]
  readonly at: number[]
  readonly qualifiers: Qualifier[]
  readonly value: bigint[]
  readonly base: bigint[]
  readonly spans: number[]
  readonly held: number[]
  readonly corrected: number[]
}
const COLUMNS = ['from', 'to', 'at', 'qualifiers', 'value', 'base', 'spans', 'held', 'corrected'] as const

/** The past of a slice anywhere in `span`, read as one goes on; `back`: how much further back spans are asked for, milliseconds. */
export function startPast(
  store: Store,
  catalogue: Catalogue,
  slice: Slice,
  span: Span,
  grain: 'minute' | 'hour',
  back = 0,
  most = MOST_BUCKETS,
): Past {
  const indicator = catalogue.indicators.get(slice.indicator)
  if (!indicator) throw new Error(`no indicator ${slice.indicator}`)
  const { stands } = columnsOf(indicator, catalogue.indicators)
  const latest = slice.window === 'latest'
  /** From when on anything counts at `at`: of the newest statement ever, a year back is enough to look for. */
  const needed = (at: number) => {
    const own = readingSpan(indicator, slice, at, stands)
    return Math.min(latest ? at - 366 * DAY : own.span.from - own.lookback, at - back)
  }
  const lines = new Map<string, Line>()
  const begun = needed(span.from)
  let read = begun
  let size = DAY
  let kept = 0

  /** Of what stood last only that counts; otherwise what lies in the window or may be asked for. */
  function forget(at: number): void {
    const first = needed(at)
    kept = 0
    for (const [series, line] of lines) {
      const until = latest && back === 0 ? ended(line, place(line.from, at), at) - 1 : line.from.length
      const newest = latest && back === 0 ? (line.from[until] ?? 0) - GRAIN_MS.day : first
      const gone = Math.min(place(line.from, Math.max(first, newest)), until)
      if (gone > 0) for (const column of COLUMNS) line[column].splice(0, gone)
      if (line.from.length === 0) lines.delete(series)
      kept += line.from.length
    }
  }

  const rows = (from: number, to: number, newest = false) =>
    [...lines.values()].flatMap((line) => {
      const first = newest && !stands ? Math.max(from, lastDay(line, to)) : from
      return rowOf(line, indicator.id, stands, first, to) ?? []
    })
  return {
    async reach(at, signal) {
      while (read < Math.min(at, span.to)) {
        const to = Math.min(read + size, span.to)
        forget(Math.min(read, at))
        let found = 0
        for (const row of await rowsOf(store, catalogue, slice, { from: read, to }, grain, signal)) {
          take(lines, row)
          found += row.from.length
        }
        kept += found
        if (kept > most) throw new TooMuchPast(`${kept} buckets of ${slice.indicator}`)
        read = to
        if (found < FEW) size = Math.min(2 * size, LONGEST)
        else if (found > MANY) size = Math.max(HOUR, floor(size / 2, HOUR))
      }
    },
    at(at) {
      const own = readingSpan(indicator, slice, at, stands)
      const begin = latest ? begun : own.span.from - own.lookback
      return factsOfRows(catalogue, slice, rows(begin, Math.min(at, own.span.to), latest), { now: at })
    },
    over(over) {
      const known = { now: over.to, over: { span: over, grain } }
      return factsOfRows(catalogue, slice, rows(over.from, over.to), known)
    },
    held: () => kept,
  }
}

/** Since when the store says anything of an indicator and its parts, UTC milliseconds: of what `now` is known, or when it `then` first was. Null when it never does. */
export async function saidSince(store: Store, indicators: readonly string[], known: 'now' | 'then') {
  const what = known === 'now' ? `min("from")` : 'min(stored)'
  const from = known === 'now' ? 'hour' : 'observation'
  const [row] = await store.rows<{ readonly first: number; readonly some: number }>(
    'care',
    `SELECT toUnixTimestamp64Milli(${what}) AS first, count() AS some FROM ${from} WHERE indicator IN {indicators: Array(String)}`,
    { indicators },
  )
  return row && row.some > 0 ? row.first : null
}

function rowsOf(
  store: Store,
  catalogue: Catalogue,
  slice: Slice,
  { from, to }: Span,
  grain: 'minute' | 'hour',
  signal?: AbortSignal,
) {
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
    signal,
  )
}

function take(lines: Map<string, Line>, row: Row): void {
  const known = lines.get(row.series)
  const line: Line = known ?? {
    ...{ source: row.source, members: row.members, from: [], to: [], at: [], qualifiers: [] },
    ...{ value: [0n], base: [0n], spans: [0], held: [0], corrected: [0] },
  }
  if (!known) lines.set(row.series, line)
  for (let i = 0; i < row.from.length; i++) {
    const from = row.from[i] ?? 0
    line.from.push(from)
    line.to.push(row.to[i] ?? from)
    line.at.push(row.at[i] ?? from)
    line.qualifiers.push(row.qualifiers[i] ?? 'exact')
    const n = line.from.length
    line.value.push((line.value[n - 1] ?? 0n) + micro(row.values[i] ?? '0'))
    line.base.push((line.base[n - 1] ?? 0n) + micro(row.bases[i] ?? '0'))
    line.spans.push((line.spans[n - 1] ?? 0) + (row.spans[i] ?? 0))
    line.held.push((line.held[n - 1] ?? 0) + (row.held[i] ?? 0))
    line.corrected.push((line.corrected[n - 1] ?? 0) + (row.corrected[i] ?? 0))
  }
}

/** The first of ordered moments that is `from` or later. */
function place(moments: readonly number[], from: number): number {
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moments[middle] as number) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** How many of the first `end` buckets are over by `at`: one that goes on beyond it is not known by then. */
function ended(line: Line, end: number, at: number): number {
  let over = end
  while (over > 0 && (line.to[over - 1] as number) > at) over--
  return over
}

/** Where the day begins of which a series had said last by a moment. */
const lastDay = (line: Line, to: number) =>
  floor(line.from[ended(line, place(line.from, to), to) - 1] ?? Number.NEGATIVE_INFINITY, 'day')

/** What a series says in [from, to): buckets that begin and end in it; null where it says nothing. */
function rowOf(line: Line, indicator: string, stands: boolean, from: number, to: number): SeriesRow | null {
  const begin = place(line.from, from)
  const end = ended(line, place(line.from, to), to)
  if (end <= begin) return null
  let newest = end - 1
  let [at, last] = [line.at[newest] as number, line.from[newest] as number]
  for (let i = end - 2; i >= begin && last - (line.from[i] as number) <= GRAIN_MS.day; i--)
    if ((line.at[i] as number) > at) [newest, at, last] = [i, line.at[i] as number, line.from[i] as number]
  const between = (sums: readonly number[]) => (sums[end] ?? 0) - (sums[begin] ?? 0)
  // What stands is what the newest bucket said; everything else adds up.
  const sum = (sums: readonly bigint[]) =>
    decimal(stands ? (sums[newest + 1] ?? 0n) - (sums[newest] ?? 0n) : (sums[end] ?? 0n) - (sums[begin] ?? 0n))
  return {
    ...{ indicator, source: line.source, members: line.members },
    ...{ numerator: sum(line.value), denominator: sum(line.base) },
    ...{ at, from: last, to: line.to[newest] as number, qualifier: line.qualifiers[newest] as Qualifier },
    ...{ spans: between(line.spans), held: between(line.held), corrected: between(line.corrected) },
  }
}
