/** Ranges and moments as they are typed at the desk. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMoment, readSpan, writeMoment, writeSpan } from '../../../client/desk/when.ts'
import { spanOf } from '../../../client/link/desk-route.ts'

const at = (text: string) => Date.parse(`${text}+07:00`)
const day = (text: string) => at(`${text}T00:00:00`)
const spanned = (raw: string, language: 'vi' | 'en' = 'vi') => {
  const read = readSpan(raw, language)
  return 'wrong' in read ? read.wrong[language] : [read.value.from, read.value.to]
}

test.each([
  ['1/10/2026 – 15/10/2026', '2026-10-01', '2026-10-16'],
  ['1/10/2026 - 15/10/2026', '2026-10-01', '2026-10-16'],
  ['từ 1/10/2026 đến 15/10/2026', '2026-10-01', '2026-10-16'],
  ['từ 1/10/2026 đến hết 15/10/2026', '2026-10-01', '2026-10-16'],
  ['2026-10-01 → 2026-10-15', '2026-10-01', '2026-10-16'],
  ['22/11/2026', '2026-11-22', '2026-11-23'],
  ['tháng 10/2026', '2026-10-01', '2026-11-01'],
  ['quý III/2026', '2026-07-01', '2026-10-01'],
  ['tháng 7/2026 đến tháng 9/2026', '2026-07-01', '2026-10-01'],
  ['năm 2025', '2025-01-01', '2026-01-01'],
])('%s', (raw, from, to) => expect(spanned(raw)).toEqual([day(from), day(to)]))

test('in English, and what has two readings is refused', () => {
  expect(spanned('1 Oct 2026 – 15 Oct 2026', 'en')).toEqual([day('2026-10-01'), day('2026-10-16')])
  expect(spanned('Q3 2026', 'en')).toEqual([day('2026-07-01'), day('2026-10-01')])
  expect(spanned('04/05/2026', 'en')).toMatch(/two ways/)
})

test('what is no range says why', () => {
  expect(spanned('15/10/2026 – 1/10/2026')).toMatch(/ngày cuối trước ngày đầu/)
  expect(spanned('31/2/2026')).toMatch(/không có trong lịch/)
  expect(spanned('hôm kia')).toMatch(/không phải là/)
  expect(spanned('1/10/2026 – 2/10/2026 – 3/10/2026')).toMatch(/hai mốc/)
})

test('what is written back reads as the same', () => {
  for (const span of [
    { from: day('2026-10-01'), to: day('2026-10-16') },
    { from: day('2026-10-01'), to: day('2026-10-02') },
  ])
    for (const language of ['vi', 'en'] as const)
      expect(spanned(writeSpan(span, language), language)).toEqual([span.from, span.to])
})

const NOW = at('2026-11-29T15:00:00')
const moment = (raw: string, language: 'vi' | 'en' = 'vi') => {
  const read = readMoment(raw, language, NOW)
  return 'wrong' in read ? read.wrong[language] : read.value
}

test('moments: a time is that time, to the millisecond', () => {
  expect(moment('29/11/2026 09:30')).toBe(at('2026-11-29T09:30:00'))
  expect(moment('29/11/2026 lúc 9h30')).toBe(at('2026-11-29T09:30:00'))
  expect(moment('29 Nov 2026 at 09:30', 'en')).toBe(at('2026-11-29T09:30:00'))
  expect(moment('29/11/2026 09:30:07')).toBe(at('2026-11-29T09:30:07'))
  expect(moment('29/11/2026 09:30:07.123')).toBe(at('2026-11-29T09:30:07.123'))
  expect(moment('28/11/2026 25:00')).toMatch(/không có giờ 25:00/)
  expect(moment('28/11/2026 09:30:61')).toMatch(/không có giờ 09:30:61/)
})

test('a day alone is all that was known on it, and still of it: the last day of a month is no day of the next', () => {
  expect(moment('31/10/2026')).toBe(day('2026-11-01') - 1)
  expect(spanOf('month', moment('31/10/2026') as number)).toEqual({ from: day('2026-10-01'), to: day('2026-11-01') })
  // Of the day that runs nobody knows more than is known now.
  expect(moment('29/11/2026')).toBe(NOW)
})

test('nobody knows yet what will be known', () => {
  expect(moment('30/11/2026')).toMatch(/chưa tới; hãy chọn một lúc đã qua/)
  expect(moment('29/11/2026 15:01')).toMatch(/chưa tới/)
  expect(moment('29 Nov 2026 15:01', 'en')).toMatch(/has not come yet/)
})

test('a moment written back reads as the very same', () => {
  expect(writeMoment(day('2026-11-01') - 1, 'vi')).toBe('31/10/2026')
  expect(writeMoment(at('2026-11-29T09:30:00'), 'vi')).toBe('29/11/2026 09:30')
  const past = fc.integer({ min: day('2020-01-01'), max: NOW })
  fc.assert(
    fc.property(past, fc.constantFrom('vi', 'en'), (one, language) => {
      expect(moment(writeMoment(one, language), language)).toBe(one)
    }),
  )
})
