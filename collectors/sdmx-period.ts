/** Periods as SDMX writes them (SDMX 3.0, section 6, "Time and Time Format") → the stretch they cover, in the zone of the declaration. */
import { DateTime, Duration } from 'luxon'

/** UTC milliseconds; a moment is an empty stretch. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Parts of a reporting year by their letter: months, or weeks and days by themselves. */
const MONTHS: Readonly<Record<string, number>> = { A: 12, S: 6, T: 4, Q: 3, M: 1 }

/** `2026-Q3`, also as older messages write it: `2026Q3`. */
const REPORTING = /^(\d{4})-?([ASTQMWD])(\d{1,3})(Z|[-+]\d{2}:\d{2})?$/
const GREGORIAN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(Z|[-+]\d{2}:\d{2})?$/

const stretch = (from: DateTime, to: DateTime): Stretch | null =>
  from.isValid && to.isValid ? { from: from.toMillis(), to: to.toMillis() } : null

/** The offset a period carries, else the declared zone. */
const zoneOf = (offset: string | undefined, zone: string) =>
  offset === undefined ? zone : offset === 'Z' ? 'utc' : `UTC${offset}`

/** A reporting period of a year that begins on 1 January; weeks are those of ISO 8601. */
function reporting(year: number, letter: string, number: number, zone: string): Stretch | null {
  if (letter === 'W') {
    const from = DateTime.fromObject({ weekYear: year, weekNumber: number, weekday: 1 }, { zone })
    return number >= 1 ? stretch(from, from.plus({ weeks: 1 })) : null
  }
  const begin = DateTime.fromObject({ year, month: 1, day: 1 }, { zone })
  if (letter === 'D') {
    const from = DateTime.fromObject({ year, ordinal: number }, { zone })
    return number >= 1 ? stretch(from, from.plus({ days: 1 })) : null
  }
  const months = MONTHS[letter] as number
  if (number < 1 || number > 12 / months) return null
  const from = begin.plus({ months: (number - 1) * months })
  return stretch(from, from.plus({ months }))
}

/** A start and how long from it: `2026-01-01/P2Y`, `2026-01-01T08:00:00/PT1H`. */
function range(text: string, zone: string): Stretch | null {
  const [start = '', length = ''] = text.split('/')
  const [from, duration] = [DateTime.fromISO(start, { zone }), Duration.fromISO(length)]
  return /^\d{4}-\d{2}-\d{2}/.test(start) && duration.isValid && length.startsWith('P')
    ? stretch(from, from.plus(duration))
    : null
}

/** The stretch of a period; null for what is none. */
export function sdmxPeriod(text: string, zone: string): Stretch | null {
  const report = REPORTING.exec(text)
  if (report) return reporting(Number(report[1]), report[2] as string, Number(report[3]), zoneOf(report[4], zone))
  const gregorian = GREGORIAN.exec(text)
  if (gregorian) {
    const [, year, month, day, offset] = gregorian
    const parts = { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) }
    const from = DateTime.fromObject(parts, { zone: zoneOf(offset, zone) })
    return stretch(from, from.plus(day ? { days: 1 } : month ? { months: 1 } : { years: 1 }))
  }
  if (text.includes('/')) return range(text, zone)
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text)) return null
  const at = DateTime.fromISO(text, { zone })
  return stretch(at, at)
}
