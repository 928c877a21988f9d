/** What the store tells of an indicator over time: columns of numbers, a row a series, or a row a part where one source speaks for it. */
import type { Members } from '../../kpi/observation.ts'
import { ZONE_OFFSET } from '../../kpi/range.ts'
import { type Binary, readBinary } from '../store/binary.ts'
import type { Params, Store } from '../store/connect.ts'
import { linesSql } from './lines-sql.ts'

/** Numerator (or value) and denominator in whole millionths. */
export type Great = readonly [above: bigint, below: bigint]

/** Columns of equal length, in any order of time; denominators and moments only where they were asked for. */
export interface LineRow {
  readonly source: string
  readonly members: Members
  /** The point in which each bucket, or span that fits none, begins, counted from the first. */
  readonly places: readonly number[]
  /** Whole millionths; where a double does not hold one of the two, both stand in `great` by their index instead. */
  readonly above: readonly number[]
  readonly below: readonly number[]
  readonly great: ReadonlyMap<number, Great>
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

/** Reads what was asked. Errors: the store's. */
export async function readLines(store: Store, ask: LineAsk, signal?: AbortSignal): Promise<readonly LineRow[]> {
  const answer = readBinary(await store.bytes(linesSql(ask), { ...ask.params, step: ask.step }, signal))
  const rows: LineRow[] = []
  while (!answer.isOver()) rows.push(rowOf(answer, ask))
  return rows
}

/** The next row of an answer, in the order of `linesSql`. */
function rowOf(answer: Binary, ask: LineAsk): LineRow {
  const row = startRow(ask, { source: answer.text(), members: answer.map() })
  for (let left = answer.length(); left > 0; left--) {
    const begun = answer.moment()
    const ended = answer.moment()
    const value = answer.decimal()
    const base = ask.ratio ? answer.decimal() : 0
    const until = ask.stands ? answer.moment() : 0
    const present = answer.count()
    const waiting = answer.count()
    const changed = answer.count()
    row.add(begun, ended, value, base, until, present, waiting, changed, ask.part === null ? 1 : answer.count())
  }
  return row.made()
}

/** Puts a row together, bucket by bucket. */
export function startRow(
  { from, step, stands, ratio }: Pick<LineAsk, 'from' | 'step' | 'stands' | 'ratio'>,
  name: Pick<LineRow, 'source' | 'members'>,
) {
  const columns = { places: [], above: [], below: [], since: [], at: [], spans: [], held: [], corrected: [] }
  const { places, above, below, since, at, spans, held, corrected }: Record<keyof typeof columns, number[]> = columns
  const great = new Map<number, Great>()
  const first = Math.floor((from + ZONE_OFFSET) / step)
  let coarser = 0
  return {
    /** Adds a bucket, or so many rows `told` that lie in one. Numbers one by one: a year of provinces has twelve thousand buckets. */
    add(
      begun: number,
      ended: number,
      value: number | bigint,
      base: number | bigint,
      until: number,
      present: number,
      waiting: number,
      changed: number,
      told = 1,
    ): void {
      if (ended - begun > step) {
        coarser += told
        return
      }
      const isSmall = typeof value === 'number' && typeof base === 'number'
      if (!isSmall) great.set(places.length, [BigInt(value), BigInt(base)])
      places.push(Math.floor((begun + ZONE_OFFSET) / step) - first)
      above.push(isSmall ? value : 0)
      if (ratio) below.push(isSmall ? base : 0)
      if (stands) {
        since.push(begun)
        at.push(until)
      }
      spans.push(present)
      held.push(waiting)
      corrected.push(changed)
    },
    made: (): LineRow => ({ ...name, places, above, below, great, since, at, spans, held, corrected, coarser }),
  }
}
