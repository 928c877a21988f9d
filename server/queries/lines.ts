/** What the store tells of an indicator over time: columns of numbers, a row a series, or a row a part where one source speaks for it. */
import type { Members } from '../../kpi/observation.ts'
import { ZONE_OFFSET } from '../../kpi/range.ts'
import { type Binary, readBinary } from '../store/binary.ts'
import type { Params, Store } from '../store/connect.ts'
import { linesSql } from './lines-sql.ts'

/** Numerator (or value) and denominator in whole millionths. */
export type Great = readonly [above: bigint, below: bigint]

/** Columns of equal length, in any order of time; denominators and moments are empty where they were not asked for. */
export interface LineRow {
  readonly source: string
  readonly members: Members
  /** The point in which each bucket, or span that fits none, begins, counted from the first. */
  readonly places: ArrayLike<number>
  /** Whole millionths; where a double does not hold one of the two, both stand in `great` by their index instead. */
  readonly above: ArrayLike<number>
  readonly below: ArrayLike<number>
  readonly great: ReadonlyMap<number, Great>
  /** Of what stands: since when and up to when it was said, UTC milliseconds. */
  readonly since: ArrayLike<number>
  readonly at: ArrayLike<number>
  /** None where all that was said waits for a person: nothing is known there but that. */
  readonly spans: ArrayLike<number>
  readonly held: ArrayLike<number>
  readonly corrected: ArrayLike<number>
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
  const answer = readBinary(await store.bytes('ask', linesSql(ask), { ...ask.params, step: ask.step }, signal))
  const rows: LineRow[] = []
  while (!answer.isOver()) rows.push(rowOf(answer, ask))
  return rows
}

/** The next row of an answer, in the order of `linesSql`. */
function rowOf(answer: Binary, ask: LineAsk): LineRow {
  const name = { source: answer.text(), members: answer.map() }
  const length = answer.length()
  const row = startRow(ask, name, length)
  for (let left = length; left > 0; left--) {
    const begun = answer.moment()
    const ended = answer.moment()
    const value = answer.decimal()
    const base = ask.ratio ? answer.decimal() : 0
    const until = ask.stands ? answer.moment() : 0
    const present = answer.count()
    const waiting = answer.count()
    const changed = answer.count()
    const told = ask.part === null ? Math.min(1, present) : answer.count()
    row.add(begun, ended, value, base, until, present, waiting, changed, told)
  }
  return row.made()
}

/**
 * Puts a row of at most so many buckets together, one by one. Its columns are of a fixed kind and length and of one piece:
 * a year of provinces has twelve thousand buckets, and lists that grow are copied again and again.
 */
export function startRow(
  { from, step, stands, ratio }: Pick<LineAsk, 'from' | 'step' | 'stands' | 'ratio'>,
  name: Pick<LineRow, 'source' | 'members'>,
  most: number,
) {
  const [bases, moments] = [ratio ? most : 0, stands ? most : 0]
  const wides = most + bases + 2 * moments
  const piece = new ArrayBuffer(8 * wides + 4 * 4 * most)
  const wide = (place: number, length: number) => new Float64Array(piece, 8 * place, length)
  const [above, below] = [wide(0, most), wide(most, bases)]
  const [since, at] = [wide(most + bases, moments), wide(most + bases + moments, moments)]
  const places = new Int32Array(piece, 8 * wides, most)
  const counts = (nth: number) => new Uint32Array(piece, 8 * wides + 4 * most * nth, most)
  const [spans, held, corrected] = [counts(1), counts(2), counts(3)]
  const great = new Map<number, Great>()
  const first = Math.floor((from + ZONE_OFFSET) / step)
  let size = 0
  let coarser = 0
  return {
    /** Adds a bucket, or one in which so many rows `told` speak. Numbers one by one, not as an object each. */
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
      const i = size++
      const isSmall = typeof value === 'number' && typeof base === 'number'
      if (!isSmall) great.set(i, [BigInt(value), BigInt(base)])
      places[i] = Math.floor((begun + ZONE_OFFSET) / step) - first
      above[i] = isSmall ? value : 0
      if (ratio) below[i] = isSmall ? base : 0
      if (stands) {
        since[i] = begun
        at[i] = until
      }
      spans[i] = present
      held[i] = waiting
      corrected[i] = changed
    },
    // Field by field: an object that is spread into another costs more than a hundred buckets.
    made: (): LineRow => ({
      source: name.source,
      members: name.members,
      places: places.subarray(0, size),
      above: above.subarray(0, size),
      below: below.subarray(0, size),
      great,
      since: since.subarray(0, size),
      at: at.subarray(0, size),
      spans: spans.subarray(0, size),
      held: held.subarray(0, size),
      corrected: corrected.subarray(0, size),
      coarser,
    }),
  }
}
