/** Days as whole numbers since 1970-01-01 in Viet Nam's time: exact arithmetic, no time zone of the machine. */
import { DAY, ZONE_OFFSET } from './range.ts'

/** A local day: how many days lie between it and 1970-01-01. */
export type Day = number

export interface Civil {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

const ERA = 146_097
/** Days from 0000-03-01, where an era of 400 years begins, to 1970-01-01. */
const TO_EPOCH = 719_468

/** The local day that holds a moment (UTC milliseconds). */
export const dayOf = (at: number): Day => Math.floor((at + ZONE_OFFSET) / DAY)

/** Local midnight that begins a day, UTC milliseconds. */
export const dayBegins = (day: Day): number => day * DAY - ZONE_OFFSET

/** 0 is Sunday, 6 is Saturday. */
export const weekday = (day: Day): number => (((day + 4) % 7) + 7) % 7
export const isWeekend = (day: Day): boolean => weekday(day) % 6 === 0

/** The day of a date; months beyond 12 or below 1 run into the years around, and so do days into months. */
export function dayNumber(year: number, month: number, day: number): Day {
  const months = year * 12 + month - 1
  // Years that begin in March keep the leap day at their end.
  const shifted = months - 2
  const [y, m] = [Math.floor(shifted / 12), ((shifted % 12) + 12) % 12]
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const inYear = Math.floor((153 * m + 2) / 5)
  return era * ERA + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + inYear + day - 1 - TO_EPOCH
}

/** Year, month and day of a day. */
export function civil(of: Day): Civil {
  const shifted = of + TO_EPOCH
  const era = Math.floor(shifted / ERA)
  const inEra = shifted - era * ERA
  const year = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / (ERA - 1))) / 365,
  )
  const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const m = Math.floor((5 * inYear + 2) / 153)
  const day = inYear - Math.floor((153 * m + 2) / 5) + 1
  const month = m < 10 ? m + 3 : m - 9
  return { year: year + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

export const monthLength = (year: number, month: number): number =>
  dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)

/** Whether a date is in the calendar: 29-02-2024 is, 31-04-2024 is not. */
export function exists({ year, month, day }: Civil): boolean {
  return (
    [year, month, day].every(Number.isInteger) &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= monthLength(year, month)
  )
}

/** "2026-11-24" */
export function dateText(day: Day): string {
  const { year, month, day: d } = civil(day)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(d).padStart(2, '0')}`
}

/** "2026-11-24" → its day; null for what is no date of the calendar. */
export function dayOfText(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const date = match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : null
  return date && exists(date) ? dayNumber(date.year, date.month, date.day) : null
}

/** The corresponding day `months` later; where that month has none, its last day. */
export function addMonths(day: Day, months: number): Day {
  const date = civil(day)
  const first = civil(dayNumber(date.year, date.month + months, 1))
  return dayNumber(first.year, first.month, Math.min(date.day, monthLength(first.year, first.month)))
}
