/** Whose turn it is: which of the batches that wait are folded together next, and which look at them is done. Pure. */
import { HOUR } from '../../kpi/range.ts'

/** The most observations one fold takes on, so that the picture never waits long behind a backfill. */
const LIMIT = 60_000
/** The longest stretch between two batches of one fold of which nothing was touched, milliseconds. */
const APART = 6 * HOUR

/** A batch that waits to be folded. */
export interface Delivery {
  readonly batch: string
  readonly stored: number
  /** Where it was marked late, when that was. */
  readonly marked?: number
  readonly rows: number
  readonly low: number
  readonly high: number
  readonly indicators: readonly string[]
}

/**
 * Of the batches that wait the newest spans first, those of the same stretch of time together, up to the limit; beginning at the one stored first, where `oldest` says so. What lies
 * further apart goes into a fold of its own: statements read all between the first and the last that was touched, and of a past that is fetched beside what is new that
 * would be all of the months between, each time.
 */
export function take<One extends Delivery>(waiting: readonly One[], oldest: boolean): readonly One[] {
  const fresh = [...waiting].sort((a, b) => b.high - a.high)
  const longest = fresh.reduce((most, one, i) => (one.stored < (fresh[most]?.stored ?? 0) ? i : most), 0)
  const group: One[] = []
  let rows = 0
  let low = Number.POSITIVE_INFINITY
  for (const delivery of fresh.slice(oldest ? longest : 0)) {
    if (group.length > 0 && (rows + delivery.rows > LIMIT || low - delivery.high > APART)) break
    group.push(delivery)
    rows += delivery.rows
    low = Math.min(low, delivery.low)
  }
  return group
}

/** When it was looked, and what was open then. */
export interface Look {
  readonly at: number
  readonly batches: readonly string[]
}

/** A look that is not done yet, without what is folded or gone by now; where there is none, or the clock was set back since, this one. */
export function stillOpen(look: Look | null, at: number, open: ReadonlySet<string>): Look {
  if (look === null || at < look.at) return { at, batches: [...open] }
  return { at: look.at, batches: look.batches.filter((batch) => open.has(batch)) }
}
