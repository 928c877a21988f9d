/** Dates as people write them: 15/3/2020, ngày 15 tháng 3 năm 2020, 15 March 2020; a date two readers take for two days is refused. */
import { type Day, dateText, dayBegins, dayNumber, exists, weekday } from './calendar-days.ts'
import { formatDate, formatDay, weekdayName } from './format.ts'
import { ambiguous, plainText, quoted, type Read, type Unread, wrong } from './parse-text.ts'
import { monthOf } from './parse-words.ts'
import type { Language } from './text.ts'

const SUNDAY = /^(?:chủ nhật|cn|sunday)[, ]+/
const WEEKDAY =
  /^(?:(?:thứ |t)(hai|ba|tư|năm|sáu|bảy|[2-7])(?![\d/])|(monday|tuesday|wednesday|thursday|friday|saturday))[, ]+/
const WORDS: Readonly<Record<string, number>> = {
  ...{ hai: 1, ba: 2, tư: 3, năm: 4, sáu: 5, bảy: 6, '2': 1, '3': 2, '4': 3, '5': 4, '6': 5, '7': 6 },
  ...{ monday: 1, tuesday: 2, wednesday: 3, thursday: 4, friday: 5, saturday: 6 },
}

const notDate = (raw: string) => wrong(`${quoted(raw)} không phải là ngày`, `${quoted(raw)} is not a date`)

/** A weekday said before the date, and the rest. */
function said(text: string): { readonly weekday: number | null; readonly rest: string } {
  if (SUNDAY.test(text)) return { weekday: 0, rest: text.replace(SUNDAY, '') }
  const match = WEEKDAY.exec(text)
  if (!match) return { weekday: null, rest: text }
  return { weekday: WORDS[match[1] ?? match[2] ?? ''] ?? null, rest: text.slice(match[0].length) }
}

function dayIn(year: string, month: number | null, day: string): Day | null {
  const date = { year: Number(year), month: month ?? 0, day: Number(day) }
  return exists(date) ? dayNumber(date.year, date.month, date.day) : null
}

/** Dates whose month is a word, or whose order is plain. Undefined where the text is of another form. */
function worded(text: string): Day | null | undefined {
  const iso = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/.exec(text)
  if (iso) return dayIn(iso[1] ?? '', Number(iso[3]), iso[4] ?? '')
  const vi = /^(?:ngày )?(\d{1,2}) (?:tháng|thg) (mười một|mười hai|[^\s,]+),? (?:năm )?(\d{4})$/.exec(text)
  if (vi) return dayIn(vi[3] ?? '', monthOf(vi[2] ?? ''), vi[1] ?? '')
  const british = /^(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?([a-z]{3,9})(?:,? |-)(\d{4})$/.exec(text)
  if (british) return dayIn(british[3] ?? '', monthOf(british[2] ?? ''), british[1] ?? '')
  const american = /^([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(text)
  return american ? dayIn(american[3] ?? '', monthOf(american[1] ?? ''), american[2] ?? '') : undefined
}

/** "10 tháng năm 2020" is the tenth of May to one reader and ten months of 2020 to another; with "ngày" before it there is one reading. */
export function monthsOrMay(raw: string): Unread | null {
  const [, number = '', year = ''] = /^(\d{1,2}) tháng năm (\d{4})$/.exec(plainText(raw)) ?? []
  if (dayIn(year, 5, number) === null) return null
  const day = dayBegins(dayIn(year, 5, number) ?? 0)
  return ambiguous(
    `${quoted(raw)} có hai cách đọc: ${number} tháng của năm ${year}, hoặc ngày ${formatDate(day)}; hãy viết “${number} tháng đầu năm ${year}” hoặc “ngày ${number} tháng 5 năm ${year}”`,
    `${quoted(raw)} can be read in two ways: ${number} months of ${year}, or ${formatDay(day, 'en')}; write “${number} tháng đầu năm ${year}” or “ngày ${number} tháng 5 năm ${year}”`,
  )
}

function numeric(raw: string, text: string, language: Language | 'any'): Read<Day> {
  const match = /^(?:ngày )?(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4})$/.exec(text)
  if (!match) {
    if (/^(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/.test(text))
      return wrong(
        `${quoted(raw)}: hãy viết đủ bốn chữ số của năm`,
        `${quoted(raw)}: write all four digits of the year`,
      )
    return notDate(raw)
  }
  const [, first = '', , second = '', year = ''] = match
  const [dayMonth, monthDay] = [dayIn(year, Number(second), first), dayIn(year, Number(first), second)]
  const vietnamese = language === 'vi' || text.startsWith('ngày')
  if (vietnamese && dayMonth !== null) return { value: dayMonth }
  if (vietnamese && monthDay !== null)
    return ambiguous(
      `${quoted(raw)} không rõ nghĩa: không có tháng ${second}; nếu viết tháng trước ngày kiểu Mỹ thì là ${formatDate(dayBegins(monthDay))}`,
      `${quoted(raw)} is ambiguous: there is no month ${second}; with the month first, as Americans write, it is ${formatDay(dayBegins(monthDay), 'en')}`,
    )
  if (dayMonth !== null && monthDay !== null && dayMonth !== monthDay)
    return ambiguous(
      `${quoted(raw)} có hai cách đọc: ${formatDate(dayBegins(dayMonth))} (ngày trước tháng) hoặc ${formatDate(dayBegins(monthDay))} (tháng trước ngày); hãy viết ${dateText(dayMonth)} hoặc ${dateText(monthDay)}`,
      `${quoted(raw)} can be read in two ways: ${formatDay(dayBegins(dayMonth), 'en')} (day first) or ${formatDay(dayBegins(monthDay), 'en')} (month first); write ${dateText(dayMonth)} or ${dateText(monthDay)}`,
    )
  const only = dayMonth ?? monthDay
  return only === null ? none(raw) : { value: only }
}

const none = (raw: string) => wrong(`ngày ${quoted(raw)} không có trong lịch`, `the calendar has no ${quoted(raw)}`)

/**
 * Reads a date. Vietnamese write the day before the month; English readers disagree, so in `en` and where the language is
 * not known (`any`) 04/05/2020 is refused with both readings. A weekday that stands with it must be right.
 */
export function parseDate(raw: string, language: Language | 'any'): Read<Day> {
  const { weekday: told, rest } = said(plainText(raw))
  const two = monthsOrMay(rest)
  if (two) return two
  const day = worded(rest)
  const read = day === undefined ? numeric(raw, rest, language) : day === null ? none(raw) : { value: day }
  if ('wrong' in read || told === null || weekday(read.value) === told) return read
  const date = (language: Language) => formatDay(dayBegins(read.value), language)
  return wrong(
    `${quoted(raw)}: ${date('vi')} là ${weekdayName(read.value, 'vi')}`,
    `${quoted(raw)}: ${date('en')} is a ${weekdayName(read.value, 'en')}`,
  )
}
