/** Numbers, dates and ages as people read them: 1.234.567,8 and 22/11/2026 09:41 in Vietnamese, on exact decimal text. */
import { civil, type Day, dayOf, weekday } from './calendar-days.ts'
import { ZONE_OFFSET } from './range.ts'
import type { Language } from './text.ts'

const MARKS: Readonly<Record<Language, { readonly group: string; readonly point: string }>> = {
  vi: { group: '.', point: ',' },
  en: { group: ',', point: '.' },
}

/** Rounds decimal text half away from zero to `decimals` places, without ever leaving decimal text. */
export function round(value: string, decimals: number): string {
  const negative = value.startsWith('-')
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
  const digits = BigInt(whole + fraction.padEnd(decimals + 1, '0').slice(0, decimals + 1))
  const rounded = ((digits + 5n) / 10n).toString().padStart(decimals + 1, '0')
  const cut = rounded.length - decimals
  const text = decimals === 0 ? rounded : `${rounded.slice(0, cut)}.${rounded.slice(cut)}`
  return negative && /[1-9]/.test(text) ? `-${text}` : text
}

/** Moves the point of plain decimal text right, or left where `by` is negative. */
export function shift(value: string, by: number): string {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
  const digits = whole.padStart(-by + 1, '0') + fraction.padEnd(by, '0')
  const cut = Math.max(whole.length, -by + 1) + by
  const text = `${digits.slice(0, cut).replace(/^0+(?=\d)/, '')}.${digits.slice(cut)}`.replace(/\.?0*$/, '')
  return value.startsWith('-') && /[1-9]/.test(text) ? `-${text}` : text
}

/** "1234567.8" → "1.234.567,8" (vi) with exactly `decimals` places. */
export function formatNumber(value: string, language: Language, decimals: number): string {
  const { group, point } = MARKS[language]
  const [whole = '0', fraction] = round(value, decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, group).replace('-', '−')
  return fraction === undefined ? grouped : grouped + point + fraction
}

/** A number as someone declared it, as decimal text without an exponent: 1e-7 is "0.0000001", 1e21 "1" and 21 zeros. */
export function decimalText(value: number): string {
  const [digits = '', power] = String(value).split('e')
  return power === undefined ? digits : shift(digits, Number(power))
}

/** As many decimal places as it was written with: 95 → "95", "99.5" → "99,5" (vi). */
export function formatExact(value: number | string, language: Language): string {
  const text = typeof value === 'number' ? decimalText(value) : value
  return formatNumber(text, language, text.split('.')[1]?.length ?? 0)
}

const two = (n: number) => String(n).padStart(2, '0')

/** Local date parts (Asia/Ho_Chi_Minh) of a UTC moment. */
function local(at: number) {
  const date = new Date(at + ZONE_OFFSET)
  return {
    day: two(date.getUTCDate()),
    month: two(date.getUTCMonth() + 1),
    year: date.getUTCFullYear(),
    hour: two(date.getUTCHours()),
    minute: two(date.getUTCMinutes()),
    second: two(date.getUTCSeconds()),
  }
}

/** "09:41" */
export function formatTime(at: number): string {
  const { hour, minute } = local(at)
  return `${hour}:${minute}`
}

/** "09:41:27" */
export function formatClock(at: number): string {
  return `${formatTime(at)}:${local(at).second}`
}

/** "22/11/2026" */
export function formatDate(at: number): string {
  const { day, month, year } = local(at)
  return `${day}/${month}/${year}`
}

/** An age in one step: 45″, 12′, 3 giờ, 2 ngày. */
export function formatAge(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds}″`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}′`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} ${language === 'vi' ? 'giờ' : 'h'}`
  return `${Math.floor(seconds / 86_400)} ${language === 'vi' ? 'ngày' : 'd'}`
}

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}
export const MONTHS: readonly string[] =
  'January February March April May June July August September October November December'.split(' ')

/** "thứ Ba", "Tuesday" */
export const weekdayName = (day: Day, language: Language): string => WEEKDAYS[language][weekday(day)] ?? ''

/** "24/11/2026", "24 Nov 2026": a date neither reader can take for another day. */
export function formatDay(at: number, language: Language): string {
  if (language === 'vi') return formatDate(at)
  const { year, month, day } = civil(dayOf(at))
  return `${day} ${MONTHS[month - 1]?.slice(0, 3)} ${year}`
}

/** "24/11", "24 Nov": a day whose year is clear. */
export function formatShortDay(at: number, language: Language): string {
  return language === 'vi' ? formatDate(at).slice(0, 5) : formatDay(at, language).slice(0, -5)
}

/** "99,82%", "99.82%" */
export const formatPercent = (value: string, language: Language, decimals: number): string =>
  `${formatNumber(value, language, decimals)}%`
