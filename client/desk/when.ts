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

/** Reads a moment: a day, with the time if it matters. A day alone means its end, when all of it was known. */
export function readMoment(raw: string, language: Language): Read<number> {
  const [, day = raw, hour, minute] = /^(.*?)[\s,]+(?:lúc\s+|at\s+)?(\d{1,2})[:hg](\d{2})\s*$/iu.exec(raw) ?? []
  const read = parseDate(day, language)
  if ('wrong' in read) return read
  if (hour === undefined) return { value: dayBegins(read.value) + DAY }
  if (Number(hour) > 23 || Number(minute) > 59)
    return wrong(`${quoted(raw)}: không có giờ ${hour}:${minute}`, `${quoted(raw)}: there is no ${hour}:${minute}`)
  return { value: dayBegins(read.value) + Number(hour) * HOUR + Number(minute) * MINUTE }
}

/** A moment as it is typed back. */
export const writeMoment = (at: number, language: Language): string => `${formatDay(at, language)} ${formatTime(at)}`
