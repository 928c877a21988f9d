/** Stretches of time and time limits as people write them: 2 ngày 3 giờ, 1h30, 45″; 8 giờ làm việc, 15 working days. */
import type { Limit, LimitUnit } from './calendar-limit.ts'
import { parseNumber } from './parse-number.ts'
import { plainText, quoted, type Read, wrong } from './parse-text.ts'
import { DAY, HOUR, MINUTE } from './range.ts'
import type { Language } from './text.ts'

const SIZES = new Map<string, number>([
  ...['ms', 'mili giây', 'millisecond', 'milliseconds'].map((word) => [word, 1] as const),
  ...['s', 'giây', '″', '"', 'sec', 'secs', 'second', 'seconds'].map((word) => [word, 1000] as const),
  ...['m', 'phút', 'ph', 'p', '′', "'", '’', 'min', 'mins', 'minute', 'minutes'].map((word) => [word, MINUTE] as const),
  ...['h', 'g', 'giờ', 'tiếng', 'hr', 'hrs', 'hour', 'hours'].map((word) => [word, HOUR] as const),
  ...['d', 'ngày', 'day', 'days'].map((word) => [word, DAY] as const),
  ...['tuần', 'week', 'weeks'].map((word) => [word, 7 * DAY] as const),
])

const UNITS = new Map<string, LimitUnit>([
  ...['giờ làm việc', 'h làm việc', 'working hour', 'working hours', 'business hours'].map(
    (word) => [word, 'working-hours'] as const,
  ),
  ...['ngày làm việc', 'nlv', 'working day', 'working days', 'business day', 'business days'].map(
    (word) => [word, 'working-days'] as const,
  ),
  ...['ngày', 'day', 'days', 'calendar day', 'calendar days'].map((word) => [word, 'days'] as const),
  ...['tuần', 'week', 'weeks'].map((word) => [word, 'weeks'] as const),
  ...['tháng', 'month', 'months'].map((word) => [word, 'months'] as const),
  ...['năm', 'year', 'years'].map((word) => [word, 'years'] as const),
])

const notDuration = (raw: string) =>
  wrong(`${quoted(raw)} không phải là khoảng thời gian`, `${quoted(raw)} is not a stretch of time`)

/** Reads a stretch of the clock, in milliseconds; days have 24 hours. What has no one length (months, working days) is refused. */
export function parseDuration(raw: string, language: Language): Read<number> {
  const text = plainText(raw)
  const brief = /^(-?)(\d{1,6}) ?(?:h|g|giờ) ?(\d{1,2})(?:p|ph|phút|m|['’′])?$/.exec(text)
  if (brief && Number(brief[3]) < 60)
    return { value: (brief[1] === '-' ? -1 : 1) * (Number(brief[2]) * HOUR + Number(brief[3]) * MINUTE) }
  if (/làm việc|working|tháng|month|năm$|years?$/.test(text))
    return wrong(
      `${quoted(raw)} dài ngắn tùy lịch: hãy đọc như một thời hạn, hoặc viết bằng ngày và giờ đồng hồ`,
      `${quoted(raw)} has no one length: read it as a time limit, or write days and hours of the clock`,
    )
  const negative = text.startsWith('-')
  // A comma after a word stands between parts, not in a figure.
  const plain = (negative ? text.slice(1) : text).replace(/(?<=[^\d\s]), ?(?=\d)/g, ' ')
  const parts = [...plain.matchAll(/([\d.,_]+) ?([^\d.,_]+)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== plain) return notDuration(raw)
  let [total, before] = [0, Number.POSITIVE_INFINITY]
  for (const [, figure = '', word = ''] of parts) {
    const size = SIZES.get(word.replace(/,? ?(?:và|and)? $|,$/, '').trim())
    const number = parseNumber(figure, language)
    if ('wrong' in number) return number
    // Larger units stand first, each once: "3 giờ 2 ngày" is more likely a slip than a sum.
    if (size === undefined || size >= before) return notDuration(raw)
    total += Number(number.value) * size
    before = size
  }
  return { value: (negative ? -1 : 1) * Math.round(total) }
}

/** What stands around a limit in a rule: "không quá 15 (mười lăm) ngày làm việc kể từ ngày nhận". */
const BEFORE = /^(?:trong vòng|trong|không quá|chậm nhất|tối đa|within|at most|not more than|no more than) /
const AFTER = /,? (?:(?:kể|tính) từ|from) .*$/
const IN_WORDS = /(?<=^\d+) ?\(\D+?\)(?= )/

/** Reads a time limit. Hours of a limit are working hours and must be called so. */
export function parseLimit(raw: string, language: Language): Read<Limit> {
  const match = /^([\d.,_]+) ?(\D+)$/.exec(
    plainText(raw)
      .replace(BEFORE, '')
      .replace(AFTER, '')
      .replace(IN_WORDS, '')
      .replace(/\((ngày làm việc)\)$/, '$1'),
  )
  const unit = UNITS.get(match?.[2] ?? '')
  if (['giờ', 'h', 'hour', 'hours', 'tiếng'].includes(match?.[2] ?? ''))
    return wrong(
      `${quoted(raw)}: giờ của thời hạn là giờ làm việc; hãy viết “giờ làm việc”, hoặc tính bằng ngày`,
      `${quoted(raw)}: hours of a limit are working hours; write “working hours”, or count in days`,
    )
  if (!match || !unit) return wrong(`${quoted(raw)} không phải là thời hạn`, `${quoted(raw)} is not a time limit`)
  const number = parseNumber(match[1], language)
  if ('wrong' in number) return number
  const amount = Number(number.value)
  if (amount > 0 && (Number.isInteger(amount) || unit === 'working-hours')) return { value: { amount, unit } }
  return wrong(
    `${quoted(raw)}: thời hạn phải là số nguyên lớn hơn 0`,
    `${quoted(raw)}: a limit is a whole number above 0`,
  )
}
