/** How readings are said: exact figures, in the reader's language, never a naked or an invented number. */
import { describe, expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { NOW, reading, slice } from '../../../client/gallery/readings.ts'
import { type Known, memberNames } from '../../../client/known.ts'
import { sayBasis, sayGrade, sayParts, sayTarget, sayTick, sayWhole } from '../../../client/views/say.ts'
import { sayLater, sayNames } from '../../../client/views/say-names.ts'
import { sayAge, sayDate, sayMoment, sayPeriod } from '../../../client/views/say-when.ts'
import type { Indicator } from '../../../kpi/indicator.ts'
import type { Reading } from '../../../kpi/reading.ts'
import type { Language } from '../../../kpi/text.ts'
import { projectCatalogue } from '../../support/declared.ts'

const indicator = (id: string) => COUNTRY.indicators.get(id) as Indicator
const whole = (id: string, change: Partial<Reading>, language: 'vi' | 'en' = 'vi') =>
  sayWhole(reading(slice(id), change), indicator(id), COUNTRY, language)

describe('a value', () => {
  test.each([
    ['13.681 văn bản', 'documents/sent', { value: '13681' }],
    ['khoảng 1.250.000 văn bản', 'documents/sent', { value: '1250000', qualifier: 'about' }],
    ['dưới 10 văn bản', 'documents/sent', { value: '10', qualifier: 'below' }],
    ['98.765.432.109.876.543.210 văn bản', 'documents/sent', { value: '98765432109876543210' }],
    ['88,6 %', 'filings/on-time', { value: '88.600431' }],
    ['không phát sinh', 'filings/on-time', { value: null, status: 'nothing-occurred' }],
    ['mẫu số bằng 0', 'filings/on-time', { value: null, status: 'zero-denominator' }],
    ['chưa có số liệu', 'filings/on-time', { value: null, status: 'no-data' }],
  ] as const)('%s', (text, id, change) => expect(whole(id, change)).toBe(text))

  test('someone stated keeps the precision it was stated with', () => {
    expect(whole('published/on-time', { value: '99.82', marks: ['reported'] })).toBe('99,82 %')
    expect(whole('published/on-time', { value: '99', marks: ['reported'] })).toBe('99 %')
  })

  test('is said in English too', () => {
    expect(whole('documents/sent', { value: '1250000', qualifier: 'about' }, 'en')).toBe('about 1,250,000 documents')
  })
})

test('parts carry the unit of what they count', () => {
  const ratio = reading(slice('filings/on-time'), { value: '91.4', numerator: '12743', denominator: '13947' })
  expect(sayParts(ratio, indicator('filings/on-time'), COUNTRY, 'vi')).toBe('12.743 / 13.947 hồ sơ')
  expect(sayParts(reading(slice('documents/sent')), indicator('documents/sent'), COUNTRY, 'vi')).toBeNull()
})

test('a grade is said by its declared name, and a score with its decimals, also where some points were reported', () => {
  const index = projectCatalogue().indicators.get('index-766') as Indicator
  const known = { ...COUNTRY, indicators: new Map([['index-766', index]]) }
  const score = reading(slice('index-766'), { value: '80.4', unit: 'index-766', marks: ['reported'], grade: 'good' })
  expect([sayGrade(score, index, 'vi'), sayGrade(score, index, 'en')]).toEqual(['Tốt', 'Good'])
  expect(sayWhole(score, index, known, 'vi')).toBe('80,40 điểm')
  const { grade: _, ...without } = score
  expect(sayGrade(without, index, 'vi')).toBe('')
})

test('the target is the declared one, with its basis', () => {
  const said = sayTarget(reading(slice('filings/on-time')), indicator('filings/on-time'), COUNTRY, 'vi', NOW)
  expect(said).toEqual({ value: 95, text: '95 %', basis: 'Quyết định ví dụ 01/QĐ' })
  expect(sayTarget(reading(slice('long')), indicator('long'), COUNTRY, 'vi', NOW)).toBeNull()
})

test.each([
  [1e-7, '0,0000001 %'],
  [1e21, '1.000.000.000.000.000.000.000 %'],
])('a declared target of %d is said, however it is written', (value, text) => {
  const wanted = { ...indicator('filings/on-time'), targets: [{ value, basis: 'ví dụ' }] }
  expect(sayTarget(reading(slice('filings/on-time')), wanted, COUNTRY, 'vi', NOW)?.text).toBe(text)
})

test('names are counted beyond what can be read at a glance', () => {
  expect(sayNames(['lai-chau', 'hue'], 3, COUNTRY, 'vi')).toBe('Lai Châu, Huế')
  expect(sayNames(['lai-chau', 'hue', 'ca-mau', 'son-la'], 2, COUNTRY, 'vi')).toBe('Lai Châu, Huế và 2 đơn vị khác')
  expect(sayNames(['province', 'commune'], 1, COUNTRY, 'vi', 'tier')).toBe('Cấp tỉnh và 1 khác')
})

test('moments, ages and periods', () => {
  const day = (text: string) => Date.parse(`${text}T00:00:00+07:00`)
  expect(sayMoment(NOW, NOW, 'vi')).toBe('09:41')
  expect(sayMoment(day('2026-11-21'), NOW, 'vi')).toBe('21/11/2026 00:00')
  expect(sayMoment(day('2026-11-21'), NOW, 'en')).toBe('21 Nov 2026 00:00')
  expect(sayAge(reading(slice('long')), NOW, 'vi')).toBe('09:40 · 1′')
  const of = (from: string, to: string) =>
    sayPeriod(reading(slice('long'), { from: day(from), to: day(to), asOf: day(to) }), 'vi')
  expect(of('2020-02-07', '2020-02-07')).toBe('tính đến 07/02/2020')
  expect(of('2020-02-07', '2020-02-08')).toBe('tính đến 07/02/2020')
  expect(of('2019-03-12', '2020-07-25')).toBe('từ 12/03/2019 đến 24/07/2020')
})

test('declared dates are said as people write them', () => {
  const said = (language: Language) =>
    ['2020-03-13', '2020-03', '2020-Q3', '2020-2025'].map((text) => sayDate(text, language))
  expect(said('vi')).toEqual(['13/03/2020', 'tháng 3/2020', 'quý III/2020', '2020-2025'])
  expect(said('en')).toEqual(['13 Mar 2020', 'March 2020', 'Q3 2020', '2020-2025'])
})

test('ticks are brief', () => {
  expect([4500, 1_500_000, 2e11, 0, 1e31].map((value) => sayTick(value, 0, 'vi'))).toEqual([
    '4.500',
    '1,5 tr',
    '200 tỷ',
    '0',
    '10.000.000.000.000.000.000.000 tỷ',
  ])
})

test('what a target rests on is said in the language of the reader, and what nobody checked says so', () => {
  const basis = 'Quyết định 1 (unverified) | decision 1 (unverified)'
  expect(sayBasis(basis, 'vi')).toBe('Quyết định 1 (chưa kiểm chứng)')
  expect(sayBasis(basis, 'en')).toBe('decision 1 (not verified)')
  expect(sayBasis('Nghị quyết 2', 'en')).toBe('Nghị quyết 2')
  const all = [...projectCatalogue().indicators.values()].flatMap(({ targets, plans }) => [...targets, ...plans])
  expect(all.filter(({ basis: one }) => one !== 'unverified' && one.split(' | ').length !== 2)).toEqual([])
})

test('figures of another time speak of the units of that time, and say how they go on', () => {
  const project = projectCatalogue() as unknown as Known
  const at = Date.parse('2020-07-01T00:00:00+07:00')
  const said = (unit: string, language: Language = 'vi') => [
    ...memberNames(project, { unit }, language, at),
    sayLater(project, { unit }, language, at, NOW),
  ]
  expect(said('hue')).toEqual(['Thừa Thiên Huế', 'nay là Huế'])
  expect(said('ha-giang')).toEqual(['Hà Giang', 'nay thuộc Tuyên Quang'])
  expect(said('ha-giang', 'en')).toEqual(['Ha Giang', 'now part of Tuyen Quang'])
  expect(said('thai-nguyen')).toEqual(['Thái Nguyên', 'trước sáp nhập'])
  expect(said('lang-son')).toEqual(['Lạng Sơn', null])
  expect(said('provinces-63')[1]).toBeNull()
  expect(memberNames(project, { unit: 'hue' }, 'vi', NOW)).toEqual(['Huế'])
})
