/** Ranges and moments as people type them: "quý III/2026", "1/10/2026 – 15/10/2026", "29/11/2026 09:30". */
import { dayBegins } from '../../kpi/calendar-days.ts'
import { formatDay, formatTime } from '../../kpi/format.ts'
import { parseDate } from '../../kpi/parse-date.ts'
import { parsePeriod } from '../../kpi/parse-period.ts'
import { quoted, type Read, wrong } from '../../kpi/parse-text.ts'
import { DAY, floor, HOUR, MINUTE, type Span } from '../../kpi/range.ts'
import type { Language } from '../../kpi/text.ts'

/** Between two days; a bare hyphen only with spaces, for 2026-10-01 has some of its own. */
const BETWEEN = /\s+(?:-|đến hết|đến|tới|to|until)\s+|\s*[–—→]\s*/iu

/** Reads a range: a day, a period by its name, or from one to another; the last day is part of it, as people mean it. */
export function readSpan(raw: string, language: Language): Read<Span> {
  const [first = '', last, ...more] = raw.replace(/^\s*(?:từ|from)\s+/iu, '').split(BETWEEN)
  if (more.length > 0)
    return wrong(`${quoted(raw)} có hơn hai mốc thời gian`, `${quoted(raw)} has more than two moments`)
  const from = parsePeriod(first, language)
  if ('wrong' in from) return from
  const to = last === undefined ? from : parsePeriod(last, language)
  if ('wrong' in to) return to
  if (to.value.to <= from.value.from)
    return wrong(`${quoted(raw)}: ngày cuối trước ngày đầu`, `${quoted(raw)}: the last day is before the first`)
  return { value: { from: from.value.from, to: to.value.to } }
}

/** A range as it is typed back. */
export function writeSpan({ from, to }: Span, language: Language): string {
  if (floor(from, 'day') !== from || floor(to, 'day') !== to)
    return `${formatDay(from, language)} ${formatTime(from)} – ${formatDay(to, language)} ${formatTime(to)}`
  const [first, last] = [formatDay(from, language), formatDay(to - DAY, language)]
  return first === last ? first : `${first} – ${last}`
}

/** The time behind a day: "09:30", "lúc 9h30", "at 09:30:15", to the millisecond where it matters. */
const CLOCK = /^(.*?)[\s,]+(?:lúc\s+|at\s+)?(\d{1,2})[:hg](\d{2})(?::(\d{2})(?:[.,](\d{3}))?)?\s*$/iu

/**
 * Reads a moment of knowledge: a day, with the time if it matters. A day alone means all that was known on it: its last millisecond, which still is of that
 * day; of the day that runs what is known now. Errors: no day, no such time, or a moment after `now` (UTC milliseconds).
 */
export function readMoment(raw: string, language: Language, now: number): Read<number> {
  const [, day = raw, hour, minute, second = '0', milli = '0'] = CLOCK.exec(raw) ?? []
  const read = parseDate(day, language)
  if ('wrong' in read) return read
  const begins = dayBegins(read.value)
  if (hour === undefined) return begins > now ? future(raw) : { value: begins + DAY > now ? now : begins + DAY - 1 }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    const clock = [hour, minute, ...(second === '0' ? [] : [second])].join(':')
    return wrong(`${quoted(raw)}: không có giờ ${clock}`, `${quoted(raw)}: there is no ${clock}`)
  }
  const at = begins + Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * 1000 + Number(milli)
  return at > now ? future(raw) : { value: at }
}

const future = (raw: string) =>
  wrong(
    `${quoted(raw)} chưa tới; hãy chọn một lúc đã qua, hoặc để trống để xem điều biết được bây giờ`,
    `${quoted(raw)} has not come yet; choose a moment that has passed, or leave it empty for what is known now`,
  )

/** A moment as it is typed back, so that it reads as the very same: the end of a day is that day, seconds and their parts only where there are some. */
export function writeMoment(at: number, language: Language): string {
  if (floor(at + 1, 'day') === at + 1) return formatDay(at, language)
  const rest = new Date(at).toISOString().slice(16, 23)
  const fine = rest === ':00.000' ? '' : rest.replace('.000', '')
  return `${formatDay(at, language)} ${formatTime(at)}${fine}`
}
