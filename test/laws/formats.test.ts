/** What is written can be read back: parse(format(x)) = x, for every kind and language. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayBegins } from '../../kpi/calendar-days.ts'
import { formatLimit, LIMIT_UNITS } from '../../kpi/calendar-limit.ts'
import { formatClock, formatDate, formatDay, formatNumber, formatPercent, round, shift } from '../../kpi/format.ts'
import { formatBig, formatDuration } from '../../kpi/format-words.ts'
import { parse } from '../../kpi/parse.ts'
import { parseDate } from '../../kpi/parse-date.ts'
import { parseDuration, parseLimit } from '../../kpi/parse-duration.ts'
import { parseNumber } from '../../kpi/parse-number.ts'
import { parsePeriod } from '../../kpi/parse-period.ts'
import { PERIOD_KINDS, periodOf } from '../../kpi/period.ts'
import { periodLabel } from '../../kpi/period-label.ts'
import { MINUTE } from '../../kpi/range.ts'

const LANGUAGES = ['vi', 'en'] as const
/** Decimal text of up to 26 digits before the point and 6 after it, as the store keeps it. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n }), fc.nat(999_999))
  .map(([whole, micro]) => `${whole}.${String(micro).padStart(6, '0')}`.replace(/\.?0+$/, ''))
  .filter((text) => text !== '-0' && text !== '' && text !== '-')
const days = fc.integer({ min: -40_000, max: 90_000 })

const read = <T>(answer: { readonly value: T } | { readonly wrong: { readonly en: string } }): T => {
  if ('wrong' in answer) throw new Error(answer.wrong.en)
  return answer.value
}
const same = (text: string) => round(text, 6)

describe.each(LANGUAGES)('in %s', (language) => {
  test('numbers', () => {
    fc.assert(
      fc.property(decimals, fc.nat(6), (value, places) => {
        const rounded = round(value, places)
        expect(same(read(parseNumber(formatNumber(value, language, places), language)))).toBe(same(rounded))
      }),
    )
  })
  test('percentages, and no other number reads as one', () => {
    fc.assert(
      fc.property(decimals, (value) => {
        const percent = parseNumber(formatPercent(value, language, 6), language)
        expect(percent).toMatchObject({ percent: true })
        expect(same(read(percent))).toBe(same(value))
        expect(parseNumber(formatNumber(value, language, 6), language)).toMatchObject({ percent: false })
      }),
    )
  })
  test('big numbers come back as far as they were written, and are written the same again', () => {
    fc.assert(
      fc.property(decimals, fc.nat(3), (value, places) => {
        const text = formatBig(value, language, places)
        const back = read(parseNumber(text, language))
        expect(formatBig(back, language, places)).toBe(text)
        const zeros = Math.max(
          0,
          ...[3, 6, 9, 12].filter((n) => shift(back, -n).replace('-', '').split('.')[0] !== '0'),
        )
        expect(same(back)).toBe(same(shift(round(shift(value, -zeros), places), zeros)))
      }),
    )
  })
  test('dates', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(read(parseDate(formatDay(dayBegins(day), language), language))).toBe(day)
      }),
    )
  })
  test('periods of every kind', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...PERIOD_KINDS), (day, kind) => {
        const one = periodOf(kind, dayBegins(day))
        if (one) expect(read(parsePeriod(periodLabel(one)[language], language))).toEqual(one)
      }),
    )
  })
  test('durations, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e8, max: 1e8 }), (seconds) => {
        expect(read(parseDuration(formatDuration(seconds * 1000, language), language)) + 0).toBe(seconds * 1000)
      }),
    )
  })
  test('limits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.constantFrom(...LIMIT_UNITS), (amount, unit) => {
        expect(parseLimit(formatLimit({ amount, unit }, language), language)).toEqual({ value: { amount, unit } })
      }),
    )
  })
})

test('whatever is typed gets an answer, and what is refused says why in both languages', () => {
  const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9.,/ %−thángquýIVnăm()-]{0,24}$/u))
  fc.assert(
    fc.property(typed, fc.constantFrom('vi', 'en', 'any'), (text, language) => {
      const answer = parse(text, language as 'vi')
      if ('wrong' in answer) expect(answer.wrong.vi !== '' && answer.wrong.en !== '').toBe(true)
    }),
  )
})

test('the short Vietnamese date is read back too', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(read(parseDate(formatDate(dayBegins(day)), 'vi'))).toBe(day)
    }),
  )
  expect(formatClock(dayBegins(0) + MINUTE)).toBe('00:01:00')
})

test('where no language is declared, a number is read as it was written or refused, never otherwise', () => {
  fc.assert(
    fc.property(decimals, fc.nat(3), fc.constantFrom(...LANGUAGES), (value, places, language) => {
      const back = parseNumber(formatNumber(value, language, places), 'any')
      if ('wrong' in back) expect(back.ambiguous).toBe(true)
      else expect(same(back.value)).toBe(same(round(value, places)))
    }),
  )
})

test.each([
  ['1250000', 'vi', '1,25 triệu'],
  ['1250000', 'en', '1.25 million'],
  ['13681', 'vi', '13,68 nghìn'],
  ['950', 'vi', '950'],
  ['999999', 'vi', '1 triệu'],
  ['1500000000000', 'vi', '1,5 nghìn tỷ'],
  ['-8400000000', 'en', '−8.4 billion'],
] as const)('%s in %s is %s', (value, language, text) => expect(formatBig(value, language)).toBe(text))
