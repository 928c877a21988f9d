/** How long an answer is waited for: time in which this process was itself too busy to read one does not count against the source. */
import { performance } from 'node:perf_hooks'

/** What the event loop did: milliseconds in which it waited, and in which it worked. */
export interface Spent {
  readonly idle: number
  readonly active: number
}

/** However busy the process is, this many times the declared time is the end. */
const LONGEST = 3
/** A process that works a tenth of the time keeps the declared time exactly. */
const ENOUGH = 0.9

/** How much longer to wait, milliseconds, where `ms` were declared and this much is spent; 0 or less: not at all. */
export function toWait(ms: number, { idle, active }: Spent): number {
  return Math.min(ENOUGH * ms - idle, LONGEST * ms - idle - active)
}

/** Calls `end` once, when an answer has been waited for `ms` milliseconds. Returns what calls it off. */
export function waiting(ms: number, end: () => void): () => void {
  const begun = performance.eventLoopUtilization()
  let timer = setTimeout(look, ms)
  function look(): void {
    const more = toWait(ms, performance.eventLoopUtilization(begun))
    if (more <= 0) end()
    else timer = setTimeout(look, Math.ceil(more))
  }
  return () => clearTimeout(timer)
}
