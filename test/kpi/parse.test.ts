/** Reading what people write: numbers, dates, periods, durations and limits; what is ambiguous is refused with both readings named. */
import { describe, expect, test } from 'vitest'
import { dateText, dayOf } from '../../kpi/calendar-days.ts'
import { meanings, parse } from '../../kpi/parse.ts'
import { parseDate } from '../../kpi/parse-date.ts'
import { parseDuration, parseLimit } from '../../kpi/parse-duration.ts'
import { type Numbers, parseNumber } from '../../kpi/parse-number.ts'
import { parsePeriod } from '../../kpi/parse-period.ts'

const figure = (raw: unknown, numbers: Numbers) => {
  const read = parseNumber(raw, numbers)
  return 'wrong' in read ? read.wrong.en : `${read.value} ${read.qualifier}${read.percent ? ' %' : ''}`
}
const day = (raw: string, language: 'vi' | 'en' | 'any') => {
  const read = parseDate(raw, language)
  return 'wrong' in read ? read.wrong.en : dateText(read.value)
}
const period = (raw: string) => {
  const read = parsePeriod(raw, 'vi')
  if ('wrong' in read) return read.wrong.en
  const { kind, from, to } = read.value
  return `${kind} ${dateText(dayOf(from))}…${dateText(dayOf(to - 1))}`
}
const duration = (raw: string, language: 'vi' | 'en') => {
  const read = parseDuration(raw, language)
  return 'wrong' in read ? read.wrong.en : read.value / 1000
}

describe('trap 1: 99,82 parsed as 9982 or as 99.82; 13.681 parsed as 13.681', () => {
  test.each([
    ['99,82', 'vi', '99.82 exact'],
    ['99,82 %', 'vi', '99.82 exact %'],
    ['99,82\u00a0%', 'any', '99.82 exact %'],
    ['99,82 phần trăm', 'vi', '99.82 exact %'],
    ['13.681', 'vi', '13681 exact'],
    ['13.681', 'en', '13.681 exact'],
    ['13,681', 'en', '13681 exact'],
    ['1.234.567,8', 'vi', '1234567.8 exact'],
    ['1,234,567.8', 'en', '1234567.8 exact'],
    ['1.234.567,8', 'any', '1234567.8 exact'],
    ['1,234,567.8', 'any', '1234567.8 exact'],
    ['1,25 triệu', 'vi', '1250000 exact'],
    ['1,25 triệu', 'any', '1250000 exact'],
    ['1.25 million', 'any', '1250000 exact'],
    ['nearly 8.4 billion', 'en', '8400000000 about'],
    ['more than 90 per cent', 'en', '90 above %'],
  ] as const)('%s (%s) → %s', (raw, numbers, read) => expect(figure(raw, numbers)).toBe(read))

  test('without a declared language what has two readings is refused, and both are named', () => {
    expect(figure('13.681', 'any')).toBe(
      '“13.681” can be read in two ways: 13,681 as Vietnamese write it, 13.681 as English do',
    )
    const read = parseNumber('1.250', 'any')
    expect('wrong' in read && read.wrong.vi).toBe(
      '“1.250” có hai cách đọc: 1.250 nếu viết kiểu Việt Nam, 1,25 nếu viết kiểu Anh',
    )
    expect(figure('1250', 'any')).toBe('1250 exact')
    expect(figure('0.681', 'any')).toBe('0.681 exact')
  })
  test('in a declared language a figure of the other is refused with its reading', () => {
    expect(figure('99.82', 'vi')).toContain('99.82 as English do')
    expect(figure('99,82', 'en')).toContain('99.82 as Vietnamese do')
  })
})

test.each([
  ['-5', '-5 exact'],
  ['−1.442', '-1442 exact'],
  ['－5', '-5 exact'],
  ['+1.442', '1442 exact'],
  ['1\u00a0234\u202f567,8', '1234567.8 exact'],
  ['13\u2009681', '13681 exact'],
  ['  13.681\u00a0', '13681 exact'],
  ['１３．６８１', '13681 exact'],
  ['９９，８２％', '99.82 exact %'],
  ['\u200b45\u200b', '45 exact'],
  ['gần\u00a01,25\u00a0triệu', '1250000 about'],
  ['GẦN 1,25 TRIỆU', '1250000 about'],
])('spaces, signs and wide digits: %j → %s', (raw, read) => expect(figure(raw, 'vi')).toBe(read))

test.each([
  ['1 triệu 250 nghìn', 'vi', '1250000 exact'],
  ['hơn 2 tỷ 5 triệu', 'vi', '2005000000 above'],
  ['1 million 250 thousand', 'en', '1250000 exact'],
  ['≥ 80 %', 'vi', '80 above %'],
  ['~500', 'en', '500 about'],
  ['tối đa 10', 'vi', '10 below'],
  ['at least 95 %', 'any', '95 above %'],
  ['1.25 triệu', 'vi', '“1.25 triệu” is not a number as Vietnamese write it'],
  ['250 nghìn 1 triệu', 'vi', 'is not a number'],
  ['2 triệu 500', 'vi', 'is not a number'],
  ['1 nghìn 2500 nghìn', 'vi', 'is not a number'],
] as const)('in prose: %s (%s) → %s', (raw, numbers, read) => expect(figure(raw, numbers)).toContain(read))

test.each(['13 681', '1.234\u00a0567', '5 constructor', '1_000', '12e3', '--5', '5-', '1.2.3', '١٢', '% 5', '(5)'])(
  '%j is refused, not guessed',
  (raw) => expect(figure(raw, 'vi')).toMatch(/not a number|ambiguous/),
)

describe('dates', () => {
  test.each([
    ['15/3/2020', 'vi', '2020-03-15'],
    ['15-03-2020', 'vi', '2020-03-15'],
    ['15.3.2020', 'any', '2020-03-15'],
    ['2020-03-15', 'en', '2020-03-15'],
    ['ngày 15 tháng 3 năm 2020', 'any', '2020-03-15'],
    ['15 tháng Ba năm 2020', 'vi', '2020-03-15'],
    ['ngày 4/5/2020', 'any', '2020-05-04'],
    ['15 March 2020', 'en', '2020-03-15'],
    ['15th of March, 2020', 'en', '2020-03-15'],
    ['March 15, 2020', 'en', '2020-03-15'],
    ['thứ Ba, 24/11/2026', 'vi', '2026-11-24'],
    ['T3, 24/11/2026', 'vi', '2026-11-24'],
    ['15 thg 3, 2020', 'vi', '2020-03-15'],
    ['2020/03/15', 'any', '2020-03-15'],
    ['01-Mar-2020', 'en', '2020-03-01'],
    ['Chủ nhật 22/11/2026', 'vi', '2026-11-22'],
    ['04/05/2020', 'vi', '2020-05-04'],
    ['5/5/2020', 'any', '2020-05-05'],
    ['３/４/２０２０', 'vi', '2020-04-03'],
  ] as const)('%s (%s) → %s', (raw, language, date) => expect(day(raw, language)).toBe(date))

  test('04/05/2020 is two days where nobody says who wrote it', () => {
    for (const language of ['en', 'any'] as const)
      expect(day('04/05/2020', language)).toBe(
        '“04/05/2020” can be read in two ways: 4 May 2020 (day first) or 5 Apr 2020 (month first); write 2020-05-04 or 2020-04-05',
      )
    const read = parseDate('04/05/2020', 'any')
    expect('wrong' in read && read.wrong.vi).toContain(
      '04/05/2020 (ngày trước tháng) hoặc 05/04/2020 (tháng trước ngày)',
    )
  })
  test.each([
    ['3/15/2020', 'there is no month 15; with the month first, as Americans write, it is 15 Mar 2020'],
    ['31/4/2026', 'the calendar has no “31/4/2026”'],
    ['29 tháng 2 năm 2025', 'the calendar has no'],
    ['15/3/20', 'write all four digits of the year'],
    ['thứ Hai 24/11/2026', '24 Nov 2026 is a Tuesday'],
    ['hôm qua', '“hôm qua” is not a date'],
    ['15/3-2020', 'is not a date'],
  ])('%s is refused: %s', (raw, why) => expect(day(raw, raw.startsWith('31') ? 'any' : 'vi')).toContain(why))
})

describe('periods', () => {
  test.each<readonly [string, string]>([
    ['3/2020', 'month 2020-03-01…2020-03-31'],
    ['03/2020', 'month 2020-03-01…2020-03-31'],
    ['tháng 3 năm 2020', 'month 2020-03-01…2020-03-31'],
    ['Tháng 3/2020', 'month 2020-03-01…2020-03-31'],
    ['tháng Năm 2020', 'month 2020-05-01…2020-05-31'],
    ['T12/2020', 'month 2020-12-01…2020-12-31'],
    ['March 2020', 'month 2020-03-01…2020-03-31'],
    ['2020-03', 'month 2020-03-01…2020-03-31'],
    ['quý III/2020', 'quarter 2020-07-01…2020-09-30'],
    ...['Quí III/2020', 'Q.III/2020', 'QIII/2020', '3Q2020', '3Q/2020', '2020-Q3', 'quý ba năm 2020'].map(
      (raw) => [raw, 'quarter 2020-07-01…2020-09-30'] as const,
    ),
    ...['T3.2020', 'Th3/2020', '2020/03', 'Mar. 2020'].map((raw) => [raw, 'month 2020-03-01…2020-03-31'] as const),
    ...['H1/2020', '2020H1', '1H2020', 'HY1 2020', '6T đầu năm 2020'].map(
      (raw) => [raw, 'half 2020-01-01…2020-06-30'] as const,
    ),
    ['3 tháng đầu năm 2020', 'quarter 2020-01-01…2020-03-31'],
    ['9T/2020', 'nine-months 2020-01-01…2020-09-30'],
    ['cả năm 2020', 'year 2020-01-01…2020-12-31'],
    ['từ 15/02/2020 đến 14/03/2020', 'report-month 2020-02-15…2020-03-14'],
    ['01/07/2020–30/09/2020', 'quarter 2020-07-01…2020-09-30'],
    ['2/7/2020 - 30/9/2020', '“2/7/2020 - 30/9/2020” is not a period'],
    ['11 tháng đầu năm 2020', '“11 tháng đầu năm 2020” is not a period'],
    ['III/2020', '“III/2020” is not a period'],
    ['6 tháng năm 2020', 'can be read in two ways: 6 months of 2020, or 6 May 2020'],
    ['Quý 3 năm 2020', 'quarter 2020-07-01…2020-09-30'],
    ['Q3/2020', 'quarter 2020-07-01…2020-09-30'],
    ['Q3 2020', 'quarter 2020-07-01…2020-09-30'],
    ['third quarter of 2020', 'quarter 2020-07-01…2020-09-30'],
    ['6 tháng đầu năm 2020', 'half 2020-01-01…2020-06-30'],
    ['sáu tháng cuối năm 2020', 'half 2020-07-01…2020-12-31'],
    ['first half of 2020', 'half 2020-01-01…2020-06-30'],
    ['9 tháng đầu năm 2020', 'nine-months 2020-01-01…2020-09-30'],
    ['năm 2020', 'year 2020-01-01…2020-12-31'],
    ['2020', 'year 2020-01-01…2020-12-31'],
    ['tuần 47/2026', 'week 2026-11-16…2026-11-22'],
    ['15/3/2020', 'day 2020-03-15…2020-03-15'],
  ])('%s → %s', (raw, read) => expect(period(raw)).toContain(read))

  test('trap 16: a report period is called one, and its days must be right', () => {
    expect(period('kỳ báo cáo tháng 3/2020')).toBe('report-month 2020-02-15…2020-03-14')
    expect(period('kỳ báo cáo 6 tháng đầu năm 2020')).toBe('report-half 2019-12-15…2020-06-14')
    expect(period('report period Q1 2020 (15 Dec 2019–14 Mar 2020)')).toBe('report-quarter 2019-12-15…2020-03-14')
    expect(period('kỳ báo cáo tháng 3/2020 (01/03/2020–31/03/2020)')).toContain('the days in brackets are not those')
  })
  test.each(['13/2020', 'quý V/2020', 'Q5 2020', 'tuần 54/2026', 'tháng 32020', 'tháng 0/2020', 'tháng', 'xyz 2020'])(
    '%s is none',
    (raw) => expect(period(raw)).toMatch(/no period|not a (?:date|period)/),
  )
})

describe('durations and limits', () => {
  test.each([
    ['2 ngày 3 giờ 15 phút', 'vi', 184_500],
    ['1h30', 'vi', 5400],
    ['1 giờ 30 phút', 'vi', 5400],
    ['1,5 giờ', 'vi', 5400],
    ['1.5 hours', 'en', 5400],
    ['90 phút', 'vi', 5400],
    ['1 giờ 30', 'vi', 5400],
    ['1h30p', 'vi', 5400],
    ['90p', 'vi', 5400],
    ['2 ngày, 3 giờ', 'vi', 183_600],
    ['2 hours, 15 mins', 'en', 8100],
    ['45″', 'vi', 45],
    ['12′', 'vi', 720],
    ['2 days and 3 hours', 'en', 183_600],
    ['−5 phút', 'vi', -300],
    ['250 mili giây', 'vi', 0.25],
  ] as const)('%s (%s) is %f s', (raw, language, seconds) => expect(duration(raw, language)).toBe(seconds))
  test.each([
    ['3 ngày làm việc', 'has no one length'],
    ['2 tháng', 'has no one length'],
    ['3 giờ 2 ngày', 'not a stretch of time'],
    ['5', 'not a stretch of time'],
    ['5 con', 'not a stretch of time'],
    ['1.5 giờ', '1.5 as English do'],
  ])('%s: %s', (raw, why) => expect(duration(raw, 'vi')).toContain(why))
  test.each([
    ['8 giờ làm việc', { amount: 8, unit: 'working-hours' }],
    ['15 ngày làm việc', { amount: 15, unit: 'working-days' }],
    ['2 tháng', { amount: 2, unit: 'months' }],
    ['30 ngày', { amount: 30, unit: 'days' }],
    ['không quá 15 (mười lăm) ngày làm việc kể từ ngày nhận', { amount: 15, unit: 'working-days' }],
    ['trong vòng 5 NLV', { amount: 5, unit: 'working-days' }],
    ['within 8 business hours', { amount: 8, unit: 'working-hours' }],
  ] as const)('the limit %s', (raw, limit) => expect(parseLimit(raw, 'vi')).toEqual({ value: limit }))
  test.each(['8 giờ', '0 ngày', '1,5 ngày', 'ngày', '-2 tháng'])('%s is no limit', (raw) =>
    expect('wrong' in parseLimit(raw, 'vi')).toBe(true),
  )
})

describe('a text whose kind nobody declared', () => {
  const kind = (raw: string) => {
    const read = parse(raw, 'vi')
    return 'wrong' in read ? read.wrong.vi : read.value.kind
  }
  test.each([
    ['99,82 %', 'number'],
    ['9/22', 'share'],
    ['95/95', 'share'],
    ['15/3/2020', 'date'],
    ['quý III/2020', 'period'],
    ['tháng 3/2020', 'period'],
    ['3 giờ', 'duration'],
  ])('%s is one %s', (raw, is) => expect(kind(raw)).toBe(is))
  test.each([
    ['3/2020', '“3/2020” có thể là 3 trên 2020 hoặc tháng 3/2020: hãy viết rõ'],
    ['2020', '“2020” có thể là số 2.020 hoặc năm 2020: hãy viết rõ'],
    [
      '99.82',
      '“99.82” không rõ nghĩa: viết kiểu Việt Nam thì không phải là số, viết kiểu Anh là 99,82; hãy viết như 1.234,5 hoặc “gần 1,25 triệu”',
    ],
    ['hôm qua', '“hôm qua” không phải là số, ngày, kỳ hay khoảng thời gian'],
  ])('%s: %s', (raw, says) => expect(kind(raw)).toBe(says))
  test('shares keep both parts exactly', () =>
    expect(meanings('09/22', 'vi')[0]).toMatchObject({ kind: 'share', value: { of: '9', to: '22' } }))
})
