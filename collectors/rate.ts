/** How often something may happen: a bucket that fills evenly and holds a minute's worth. Pure but for what it remembers. */
import { MINUTE } from '../kpi/range.ts'

/** A gate for `most` passes a minute. It answers 0 when one may pass now (and counts it), else the milliseconds to wait. */
export function openRate(most: number): (now: number) => number {
  const each = MINUTE / most
  /** When the bucket would be full again. */
  let full = Number.NEGATIVE_INFINITY
  return (now) => {
    // A clock set back must not lock the gate: nobody waits longer than it takes to fill the bucket.
    const begin = Math.min(Math.max(full, now), now + MINUTE)
    const wait = begin + each - (now + MINUTE)
    full = wait > 0 ? begin : begin + each
    return Math.max(0, Math.ceil(wait))
  }
}
