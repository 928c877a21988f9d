/** Cells of a sheet → what a reader sees in them: dates, percentages and numbers as Excel shows them. */
import { LocalMoment } from '../../moment.ts'

/** How a number in a cell is shown. */
export type Shown = 'number' | 'date' | 'percent'

/** Number formats Excel knows by number (ECMA-376 part 1, 18.8.30): 9 and 10 are percentages; dates and times also in East Asian forms. */
const PERCENTS: ReadonlySet<number> = new Set([9, 10])
const isDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** How a number format shows numbers; `code` is its text where the workbook declares it. */
export function shownBy(id: number, code: string | undefined): Shown {
  if (code === undefined) return PERCENTS.has(id) ? 'percent' : isDate(id) ? 'date' : 'number'
  // Quoted and escaped text, colours, conditions and locales show nothing of the number; [h] counts hours.
  const plain = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .replace(/general/gi, '')
  if (/[ymdhs]/i.test(plain)) return 'date'
  return plain.includes('%') ? 'percent' : 'number'
}

const DAY_S = 86_400
/** Days from 1899-12-30 to 1904-01-01. */
const MAC = 1462

/**
 * A day number as Excel counts: 1 is 1900-01-01, and 60 is a 29 February 1900 that never was; or from 1904-01-01 where the
 * workbook says so. As a local date, with the time where it has one; null for what is no date.
 */
export function dateOf(serial: number, from1904: boolean): LocalMoment | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return null
  if (!from1904 && Math.floor(serial) === 60) return null
  const days = from1904 ? serial + MAC : serial < 60 ? serial + 1 : serial
  const seconds = Math.round(days * DAY_S)
  const text = new Date(Date.UTC(1899, 11, 30) + seconds * 1000).toISOString()
  return new LocalMoment(seconds % DAY_S === 0 ? text.slice(0, 10) : text.slice(0, 19))
}

/** Excel keeps 15 digits; what a double has beyond them is noise. */
const asSeen = (value: number) =>
  Number.isSafeInteger(value) && Math.abs(value) < 1e15 ? value : Number(value.toPrecision(15))

/** The value of a cell that holds a number, as its reader sees it: 0.9982 shown as a percentage is 99.82. */
export function numberOf(text: string, shown: Shown, from1904: boolean): unknown {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) return text
  if (shown === 'date') return dateOf(value, from1904) ?? asSeen(value)
  return asSeen(shown === 'percent' ? value * 100 : value)
}

/** Text as a workbook escapes it: _x000D_ is a carriage return. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
