/** Periods as people write them: 3/2020, tháng 3 năm 2020, quý III/2020, 6 tháng đầu năm 2020, Q3 2020, a report period by its name. */
import { civil, dayBegins, dayNumber } from './calendar-days.ts'
import { MONTHS } from './format.ts'
import { monthsOrMay, parseDate } from './parse-date.ts'
import { plainText, quoted, type Read, wrong } from './parse-text.ts'
import { monthOf } from './parse-words.ts'
import { type Period, type PeriodKind, period, periodOf, TILING_KINDS } from './period.ts'
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

/** Between a period and its year: "/2020", ".2020", " năm 2020", "-2020", " of 2020", " 2020". */
const OF = String.raw`(?: ?[/.-] ?|,? (?:năm |of )?)(\d{4})`
const form = (pattern: string, found: Form[1]): Form => [new RegExp(`^${pattern}$`), found]

const FORMS: readonly Form[] = [
  form(String.raw`(?:tháng |th?\.? ?)(\d{1,2}|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)${OF}`, month),
  form(String.raw`(\d{1,2}) ?[/-] ?(\d{4})`, month),
  form(String.raw`(\d{4})[/-](\d{2})`, (of, number) => month(number, of)),
  form(String.raw`(${ENGLISH})\.?${OF}`, month),
  form(`quý (iii|ii|iv|i|[1-4]|một|hai|ba|tư|bốn)${OF}`, quarter),
  form(String.raw`q\.? ?(iii|ii|iv|i|[1-4])${OF}`, quarter),
  form(`([1-4])q${OF}`, quarter),
  form(String.raw`([1-4])q(\d{4})`, quarter),
  form(String.raw`(\d{4}) ?-? ?q([1-4])`, (of, number) => quarter(number, of)),
  form(`(?:the )?(first|second|third|fourth) quarter${OF}`, quarter),
  form(`(?:3|ba) ?t(?:háng)? (đầu|cuối)${OF}`, (word, of) => ['quarter', Number(of), word === 'đầu' ? 1 : 4]),
  form(`(?:(?:6|sáu) ?t(?:háng)?|nửa) (đầu|cuối)${OF}`, (word, of) => ['half', Number(of), half(word)]),
  form(`hy?([12])${OF}`, (word, of) => ['half', Number(of), half(word)]),
  form(String.raw`(\d{4}) ?-? ?h([12])`, (of, word) => ['half', Number(of), half(word)]),
  form(String.raw`([12])h[/ -]?(\d{4})`, (word, of) => ['half', Number(of), half(word)]),
  form(`(?:the )?(first|second) half${OF}`, (word, of) => ['half', Number(of), half(word)]),
  form(`(?:the )?(first|last) (?:6|six) months${OF}`, (word, of) => ['half', Number(of), half(word)]),
  form(`(?:9|chín) ?t(?:háng)?(?: đầu)?${OF}`, (of) => ['nine-months', Number(of), 1]),
  form(`(?:the )?(?:first )?(?:9|nine) months${OF}`, (of) => ['nine-months', Number(of), 1]),
  form(String.raw`tuần (?:thứ )?(\d{1,2})${OF}`, (number, of) => ['week', Number(of), Number(number)]),
  form(String.raw`w(?:eek )?(\d{1,2})${OF}`, (number, of) => ['week', Number(of), Number(number)]),
  form(String.raw`(\d{4})-w(\d{2})`, (of, number) => ['week', Number(of), Number(number)]),
  form(String.raw`(?:cả năm |năm |year )?(\d{4})`, year),
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
 * after it must be the days it has. Two dates are the period they enclose, one is its day, by the rules of `parseDate`.
 */
export function parsePeriod(raw: string, language: Language | 'any'): Read<Period> {
  const text = plainText(raw)
    .replace(/\b(?:quí|qúy)(?= )/u, 'quý')
    .replace(/^kì báo cáo /, 'kỳ báo cáo ')
  const two = monthsOrMay(text)
  if (two) return two
  const [, named = text, days] = /^(.*?) ?(\([^()]*\))$/.exec(text) ?? []
  const report = /^(?:kỳ báo cáo|report period) /.exec(named)
  const read = found(report ? named.slice(report[0].length) : named, report !== null)
  if (read === null)
    return wrong(`không có kỳ ${quoted(raw)}: số tháng, quý hay tuần không đúng`, `there is no period ${quoted(raw)}`)
  if (read === undefined) return between(raw, text, language) ?? dayPeriod(raw, text, language)
  const whole = periodLabel(read)
  const own = [whole.vi, whole.en].map((label) => /\([^()]*\)$/.exec(plainText(label))?.[0])
  if (days === undefined || own.includes(days)) return { value: read }
  return wrong(
    `${quoted(raw)}: các ngày trong ngoặc không phải của kỳ này; đúng là ${whole.vi}`,
    `${quoted(raw)}: the days in brackets are not those of the period; it is ${whole.en}`,
  )
}

const notPeriod = (raw: string) =>
  wrong(
    `${quoted(raw)} không phải là một kỳ; hãy viết như quý III/2020, tháng 3/2020, 6 tháng đầu năm 2020, năm 2020, hoặc kỳ báo cáo tháng 3/2020`,
    `${quoted(raw)} is not a period; write it like Q3 2020, March 2020, first half of 2020, 2020, or report period March 2020`,
  )

/** The period that lasts from one day to another, both included: "15/02/2020–14/03/2020"; null where the text is no such thing. */
function between(raw: string, text: string, language: Language | 'any'): Read<Period> | null {
  const parts = /^(?:từ |from )?(\S+) ?(?:[–—]| - |đến hết|đến|to) ?(\S+)$/.exec(text) ?? /^([^-]+)-([^-]+)$/.exec(text)
  const [from, to] = [parts?.[1], parts?.[2]].map((one) => one !== undefined && parseDate(one, language))
  if (!from || !to) return null
  if ('wrong' in from) return from.ambiguous ? from : null
  if ('wrong' in to) return to.ambiguous ? to : null
  const nine = [false, true].map((report) =>
    period(report ? 'report-nine-months' : 'nine-months', civil(to.value).year, 1),
  )
  const all = [...TILING_KINDS.map((kind) => periodOf(kind, dayBegins(from.value))), ...nine]
  const found = all.find((one) => one?.from === dayBegins(from.value) && one.to === dayBegins(to.value + 1))
  return found ? { value: found } : notPeriod(raw)
}

function dayPeriod(raw: string, text: string, language: Language | 'any'): Read<Period> {
  const day = parseDate(raw, language)
  if ('wrong' in day) return day.ambiguous || /^(?:ngày )?[\d/.-]{6,}$/.test(text) ? day : notPeriod(raw)
  const { year } = civil(day.value)
  const one = period('day', year, day.value - dayNumber(year, 1, 1) + 1)
  return one ? { value: one } : wrong(`không có kỳ ${quoted(raw)}`, `there is no period ${quoted(raw)}`)
}
