/** Reads a text whose kind nobody declared; where it can mean two things it is refused, with both named. */
import { dayBegins } from './calendar-days.ts'
import { formatDay, formatNumber } from './format.ts'
import { formatDuration } from './format-words.ts'
import { parseDate } from './parse-date.ts'
import { parseDuration } from './parse-duration.ts'
import { type Figure, parseNumber } from './parse-number.ts'
import { parsePeriod } from './parse-period.ts'
import { ambiguous, plainText, quoted, type Read, wrong } from './parse-text.ts'
import type { Period } from './period.ts'
import { periodLabel } from './period-label.ts'
import type { Language, Text } from './text.ts'

export type Meaning = { readonly says: Text } & (
  | { readonly kind: 'number'; readonly value: Figure }
  /** 9/22: so many of so many, decimal text. */
  | { readonly kind: 'share'; readonly value: { readonly of: string; readonly to: string } }
  | { readonly kind: 'date'; readonly value: number }
  | { readonly kind: 'period'; readonly value: Period }
  | { readonly kind: 'duration'; readonly value: number }
)

const both = (say: (language: Language) => string): Text => ({ vi: say('vi'), en: say('en') })
const figure = (value: string, language: Language) => formatNumber(value, language, value.split('.')[1]?.length ?? 0)

function share(raw: string): Meaning | null {
  const [, of, to] = /^(\d{1,15}) ?\/ ?(\d{1,15})$/.exec(plainText(raw)) ?? []
  if (of === undefined || to === undefined) return null
  return {
    kind: 'share',
    value: { of: String(BigInt(of)), to: String(BigInt(to)) },
    says: { vi: `${of} trên ${to}`, en: `${of} of ${to}` },
  }
}

/** Everything a text can mean to readers of a language, and what each meaning is called. */
export function meanings(raw: string, language: Language | 'any'): readonly Meaning[] {
  const found: Meaning[] = []
  const number = parseNumber(raw, language)
  if (!('wrong' in number)) {
    const sign = number.percent ? '%' : ''
    found.push({
      kind: 'number',
      value: number,
      says: both((of) => `${of === 'vi' ? 'số' : 'the number'} ${figure(number.value, of)}${sign}`),
    })
  }
  const part = share(raw)
  if (part) found.push(part)
  const date = parseDate(raw, language)
  if (!('wrong' in date))
    found.push({
      kind: 'date',
      value: date.value,
      says: both((of) => `${of === 'vi' ? 'ngày ' : ''}${formatDay(dayBegins(date.value), of)}`),
    })
  const period = parsePeriod(raw, language)
  if (!('wrong' in period) && period.value.kind !== 'day')
    found.push({ kind: 'period', value: period.value, says: periodLabel(period.value) })
  const duration = parseDuration(raw, language === 'any' ? 'vi' : language)
  if (!('wrong' in duration))
    found.push({ kind: 'duration', value: duration.value, says: both((of) => formatDuration(duration.value, of)) })
  return found
}

/** The one thing a text means, or the sentence that names what it may mean. */
export function parse(raw: string, language: Language | 'any'): Read<Meaning> {
  const all = meanings(raw, language)
  const [only, ...others] = all
  if (only && others.length === 0) return { value: only }
  const list = (of: Language, or: string) => all.map(({ says }) => says[of]).join(or)
  if (only)
    return ambiguous(
      `${quoted(raw)} có thể là ${list('vi', ' hoặc ')}: hãy viết rõ`,
      `${quoted(raw)} may be ${list('en', ' or ')}: write which`,
    )
  // A number or date with two readings says so itself; that is worth more than "not understood".
  for (const refused of [parseNumber(raw, language), parseDate(raw, language)])
    if ('wrong' in refused && refused.ambiguous) return refused
  return wrong(
    `${quoted(raw)} không phải là số, ngày, kỳ hay khoảng thời gian`,
    `${quoted(raw)} is no number, date, period or stretch of time`,
  )
}
