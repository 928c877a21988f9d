/** Whether a source is due: a pure rule of its cron expression, the last look and now. */

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
