/** Whether a source is due: a pure rule of its cron expression, the last look and now. */

import { sha256 } from './batch.ts'

/** After a pause this long a source is simply due: asking once too often is harmless, scanning days of seconds is not. */
const LONG = 3_600_000

/** True when some whole second in (`looked`, `now`] matches. Due at once when never looked at (`looked` null), or when the clock was set back. */
export function due(matches: (at: Date) => boolean, looked: number | null, now: number): boolean {
  if (looked === null || now < looked || now - looked > LONG) return true
  for (let second = Math.floor(now / 1000); second * 1000 > looked; second--) {
    if (matches(new Date(second * 1000))) return true
  }
  return false
}

const UNSAID = 20_000

/**
 * How long after its moments a source is asked, ms: always the same for one source, spread over `jitter` for many. `jitter` is as
 * declared, in ms; null when it is not.
 */
export function lateness(id: string, every: string, jitter: number | null): number {
  const most = jitter ?? (secondsOf(every)?.size === 1 ? UNSAID : 0)
  return most === 0 ? 0 : Number.parseInt(sha256(id).slice(0, 8), 16) % most
}

/** The seconds a cron expression of six parts names in its first one; null when it cannot be told at a glance. */
export function secondsOf(expression: string): ReadonlySet<number> | null {
  const [first = '', ...rest] = expression.trim().split(/\s+/)
  if (rest.length !== 5) return null
  const found = new Set<number>()
  for (const part of first.split(',')) {
    const [, from, to, step] = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? []
    if (part === '' || (from === undefined && !part.startsWith('*')) || step === '0') return null
    const last = to ?? (from === undefined || step !== undefined ? 59 : from)
    for (let at = Number(from ?? 0); at <= Number(last); at += Number(step ?? 1)) found.add(at)
  }
  return found
}

const REMEMBERED = 256

/**
 * The same rule, asked cheaply: a calendar is only consulted in seconds the expression names, and once for all who ask about the
 * same second. A thousand sources look every second.
 */
export function quick(matches: (at: Date) => boolean, expression: string): (at: Date) => boolean {
  const seconds = secondsOf(expression)
  const known = new Map<number, boolean>()
  return (at) => {
    const second = Math.floor(at.getTime() / 1000)
    // Offsets of time zones are whole minutes.
    if (seconds !== null && !seconds.has(((second % 60) + 60) % 60)) return false
    const told = known.get(second) ?? matches(at)
    if (known.size >= REMEMBERED) known.clear()
    known.set(second, told)
    return told
  }
}
