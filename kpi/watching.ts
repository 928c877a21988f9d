/** One point under one rule over time: a condition must hold before it counts, and be over before it no longer does. Pure; time is an argument. */
import type { Seen } from './sight.ts'

export interface Watching {
  /** `pending`: seen, not yet for long enough · `on`: it counts · `closing`: over, not yet for long enough. */
  readonly phase: 'clear' | 'pending' | 'on' | 'closing'
  /** Since when it is in this phase, UTC milliseconds. */
  readonly since: number
  /** Since when the condition has held; of a clear point the same as `since`. */
  readonly began: number
}

export interface Patience {
  /** How long the condition must hold, milliseconds. */
  readonly for: number
  /** How long it must be over, milliseconds. */
  readonly clearFor: number
}

export const CLEAR: Watching = { phase: 'clear', since: 0, began: 0 }

/** Whether the condition counts: an incident is made of what does. */
export const counts = ({ phase }: Watching): boolean => phase === 'on' || phase === 'closing'

/**
 * The next state of a point that is `seen` so at `now`. What cannot be judged neither opens nor closes anything; `between`,
 * past the limit but not by the margin, ends no condition that counts and begins none that does not.
 */
export function watch(before: Watching, seen: Seen, now: number, patience: Patience): Watching {
  const { phase, since, began } = before
  if (phase === 'clear') {
    if (seen !== 'bad') return before
    return patience.for <= 0 ? { phase: 'on', since: now, began: now } : { phase: 'pending', since: now, began: now }
  }
  if (phase === 'pending') {
    if (seen === 'unknown') return before
    if (seen !== 'bad') return { phase: 'clear', since: now, began: now }
    return now - since >= patience.for ? { phase: 'on', since: now, began } : before
  }
  if (phase === 'on') {
    if (seen !== 'good') return before
    return patience.clearFor <= 0 ? { phase: 'clear', since: now, began: now } : { phase: 'closing', since: now, began }
  }
  if (seen !== 'good') return { phase: 'on', since: now, began }
  return now - since >= patience.clearFor ? { phase: 'clear', since: now, began: now } : before
}
