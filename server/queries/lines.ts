/** What the store tells of an indicator over time: columns of numbers, a row a series, or a row a part where one source speaks for it. */
import type { Params, Store } from '../store/connect.ts'
import { byPart, bySeries } from './lines-sql.ts'

/** Columns of equal length, in any order of time; what is nothing throughout, or of no use, is left out. Decimals as text. */
export interface LineRow {
  readonly source: string
  readonly members: Readonly<Record<string, string>>
  /** The point in which each bucket, or span that fits none, begins, counted from the first. */
  readonly places: readonly number[]
  readonly numerators: readonly string[]
  readonly denominators: readonly string[]
  /** Of what stands: since when and up to when it was said, UTC milliseconds. */
  readonly since: readonly number[]
  readonly at: readonly number[]
  readonly spans: readonly number[]
  readonly held: readonly number[]
  readonly corrected: readonly number[]
  /** Statements longer than a point: not known at this grain. */
  readonly coarser: number
}

export interface LineAsk {
  /** FROM and WHERE. */
  readonly rows: string
  readonly params: Params
  /** Where the first point begins, and how long one is, milliseconds. */
  readonly from: number
  readonly step: number
  /** A row for each value of this SQL (and source) in place of each series; flows only. */
  readonly part: string | null
  /** Whether the last word of a point counts. */
  readonly stands: boolean
  /** Whether it has denominators. */
  readonly ratio: boolean
}

/** Reads what was asked. */
export async function readLines(store: Store, ask: LineAsk, signal?: AbortSignal): Promise<readonly LineRow[]> {
  const params = { ...ask.params, begin: ask.from, step: ask.step }
  const read = (sql: string) => store.rows<LineRow>('ask', sql, params, signal)
  if (ask.part !== null) return read(byPart(ask.rows, ask.part))
  const all = await read(bySeries(ask, true))
  return all.some(({ coarser }) => coarser > 0) ? read(bySeries(ask, false)) : all
}
