/** Periods as people write them: 3/2020, tháng 3 năm 2020, quý III/2020, 6 tháng đầu năm 2020, Q3 2020, a report period by its name. */
import { civil, dayNumber } from './calendar-days.ts'
import { MONTHS } from './format.ts'
import { parseDate } from './parse-date.ts'
import { plainText, quoted, type Read, wrong } from './parse-text.ts'
import { monthOf } from './parse-words.ts'
import { type Period, type PeriodKind, period } from './period.ts'
import { periodLabel } from './period-label.ts'
import type { Language } from './text.ts'

type Found = readonly [kind: PeriodKind, year: number, number: number | null]
type Form = readonly [pattern: RegExp, found: (...groups: string[]) => Found]

const QUARTERS: Readonly<Record<string, number>> = {
  ...{ i: 1, ii: 2, iii: 3, iv: 4, '1': 1, '2': 2, '3': 3, '4': 4 },
  ...{ một: 1, hai: 2, ba: 3, tư: 4, bốn: 4, first: 1, second: 2, third: 3, fourth: 4 },
}
const half = (word: string) => (['đầu', 'first', '1'].includes(word) ? 1 : 2)
const month = (word: string, year: string): Found => ['month', Number(year), monthOf(word)]
const quarter = (word: string, year: string): Found => ['quarter', Number(year), QUARTERS[word] ?? null]
const year = (text: string): Found => ['year', Number(text), 1]

const ENGLISH = MONTHS.flatMap((name) => [name, name.slice(0, 3)])
  .join('|')
  .toLowerCase()

/** Between a period and its year: "/2020", " năm 2020", "-2020", " of 2020", " 2020". */
const OF = String.raw`(?: ?[/-] ?|,? (?:năm |of )?)(\d{4})`
const form = (pattern: string, found: Form[1]): Form => [new RegExp(`^${pattern}$`), found]

const FORMS: readonly Form[] = [
  form(String.raw`(?:tháng |t)(\d{1,2}|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)${OF}`, month),
  form(String.raw`(\d{1,2}) ?[/-] ?(\d{4})`, month),
  form(String.raw`(\d{4})-(\d{2})`, (of, number) => month(number, of)),
  form(`(${ENGLISH})${OF}`, month),
  form(`quý (iii|ii|iv|i|[1-4]|một|hai|ba|tư|bốn)${OF}`, quarter),
  form(`q([1-4])${OF}`, quarter),
  form(String.raw`(\d{4}) ?-? ?q([1-4])`, (of, number) => quarter(number, of)),
  form(`(?:the )?(first|second|third|fourth) quarter${OF}`, quarter),
  form(`(?:(?:6|sáu) tháng|nửa) (đầu|cuối)${OF}`, (word, of) => ['half', Number(of), half(word)]),
  form(`h([12])${OF}`, (word, of) => ['half', Number(of), half(word)]),
  form(`(?:the )?(first|second) half${OF}`, (word, of) => ['half', Number(of), half(word)]),
  form(`(?:the )?(first|last) (?:6|six) months${OF}`, (word, of) => ['half', Number(of), half(word)]),
  form(`(?:9|chín) tháng(?: đầu)?${OF}`, (of) => ['nine-months', Number(of), 1]),
  form(`(?:the )?(?:first )?(?:9|nine) months${OF}`, (of) => ['nine-months', Number(of), 1]),
  form(String.raw`tuần (?:thứ )?(\d{1,2})${OF}`, (number, of) => ['week', Number(of), Number(number)]),
  form(String.raw`week (\d{1,2})${OF}`, (number, of) => ['week', Number(of), Number(number)]),
  form(String.raw`(\d{4})-w(\d{2})`, (of, number) => ['week', Number(of), Number(number)]),
  form(String.raw`(?:năm |year )?(\d{4})`, year),
]

function found(text: string, report: boolean): Period | null | undefined {
  for (const [pattern, read] of FORMS) {
    const match = pattern.exec(text)
    if (!match) continue
    const [kind, of, number] = read(...match.slice(1))
    if (number === null) return null
    return period(report && kind !== 'week' ? (`report-${kind}` as PeriodKind) : kind, of, number)
  }
  return undefined
}

/**
 * Reads a period. Without the words "kỳ báo cáo" ("report period") it is one of the calendar. What stands in brackets
 * after it must be the days it has. Dates are read as days, by the rules of `parseDate`.
 */
export function parsePeriod(raw: string, language: Language | 'any'): Read<Period> {
  const text = plainText(raw)
  const [, named = text, days] = /^(.*?) ?(\([^()]*\))$/.exec(text) ?? []
  const report = /^(?:kỳ báo cáo|report period) /.exec(named)
  const read = found(report ? named.slice(report[0].length) : named, report !== null)
  if (read === null)
    return wrong(`không có kỳ ${quoted(raw)}: số tháng, quý hay tuần không đúng`, `there is no period ${quoted(raw)}`)
  if (read === undefined) return dayPeriod(raw, language)
  const whole = periodLabel(read)
  const own = [whole.vi, whole.en].map((label) => /\([^()]*\)$/.exec(plainText(label))?.[0])
  if (days === undefined || own.includes(days)) return { value: read }
  return wrong(
    `${quoted(raw)}: các ngày trong ngoặc không phải của kỳ này; đúng là ${whole.vi}`,
    `${quoted(raw)}: the days in brackets are not those of the period; it is ${whole.en}`,
  )
}

function dayPeriod(raw: string, language: Language | 'any'): Read<Period> {
  const day = parseDate(raw, language)
  if ('wrong' in day) return day
  const { year } = civil(day.value)
  const one = period('day', year, day.value - dayNumber(year, 1, 1) + 1)
  return one ? { value: one } : wrong(`không có kỳ ${quoted(raw)}`, `there is no period ${quoted(raw)}`)
}
