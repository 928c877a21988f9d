/** How long to wait before a question is asked again: pure rules of attempt, chance, and what the host said. */
import { setTimeout as wait } from 'node:timers/promises'

const FIRST = 500
const LONGEST = 8_000
/** A wait a host asks for that is longer than this is not sat out: the host is left alone, and a later run asks. */
export const MOST_PATIENCE = 10_000

/** Milliseconds before attempt `attempt` (1 is the first repetition): doubling, half of it chance. `chance` is in [0, 1). */
export function delayBefore(attempt: number, chance: number): number {
  const whole = Math.min(FIRST * 2 ** (attempt - 1), LONGEST)
  return Math.round(whole / 2 + (whole / 2) * chance)
}

/** `Retry-After` (RFC 9110 §10.2.3), seconds or a date, as milliseconds from `now`; null when there is none or it cannot be read. */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim()) * 1000
  const date = Date.parse(header)
  return Number.isFinite(date) ? Math.max(0, date - now) : null
}

/** Waits, or ends at once when `signal` does. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal }).catch(() => {})
