/** The like-for-like change: exact, and always with what was compared. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { HEALTH, NOW, reading, slice } from '../../../client/gallery/readings.ts'
import { soFarBefore } from '../../../client/shell/panel-parts.ts'
import { type Against, against, redefined, WEEK } from '../../../client/views/against.ts'
import { minus, sayChange } from '../../../client/views/change.ts'
import { movedBefore } from '../../../client/views/history.ts'
import type { Part, Shown } from '../../../client/views/shown.ts'
import { type Window, windowSpan } from '../../../kpi/range.ts'
import type { Reading } from '../../../kpi/reading.ts'
import { at, PUBLIC } from '../../support/calendar.ts'

const part = (id: string, change: Partial<Reading>): Part => {
  const of = slice(id)
  const indicator = COUNTRY.indicators.get(id)
  if (!indicator) throw new Error(id)
  return { slice: of, indicator, readings: [reading(of, change)] }
}
const CALENDARS = new Map([[PUBLIC.id, PUBLIC]])
const PLAIN: Against = { shift: WEEK, said: null, tentative: false }
const shown = (
  one: Part,
  lastWeek: Reading | null,
  language: 'vi' | 'en' = 'vi',
  like: Against | null = PLAIN,
): Shown => ({
  ...{ language, now: NOW, catalogue: COUNTRY, health: HEALTH, awaySince: null, title: '', fit: true, span: null },
  ...{
    panel: { view: 'number', width: 3 },
    parts: [one],
    series: null,
    corrections: [],
    before: null,
    lastWeek,
    against: like,
    link: null,
    own: null,
  },
})

test('decimal text is subtracted exactly', () => {
  expect(minus('88.600431', '91')).toBe('-2.399569')
  expect(minus('1', '0.999999')).toBe('0.000001')
  expect(minus('-5', '-7.5')).toBe('2.5')
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
      expect(BigInt(minus(String(a), String(b)))).toBe(BigInt(a) - BigInt(b))
    }),
  )
})

test('says the difference, the weekday and, on demand, both values and until when', () => {
  const one = part('documents/sent', { value: '48216' })
  const change = sayChange(shown(one, reading(one.slice, { value: '49000' })), one)
  expect(change).toEqual({
    brief: '−784 so với Chủ nhật trước',
    full: 'đến 09:40 hôm nay: 48.216 văn bản; đến 09:40 ngày 15/11/2026: 49.000 văn bản',
  })
})

test('percentages differ in points; equal values differ by 0', () => {
  const one = part('filings/on-time', { value: '88.65', unit: 'percent' })
  const brief = (then: string) => sayChange(shown(one, reading(one.slice, { value: then }), 'en'), one)?.brief
  expect(brief('87.25')).toBe('+1.4 points vs last Sunday')
  expect(brief('88.65')).toBe('0.0 points vs last Sunday')
})

test('says nothing where one of both is not known', () => {
  const one = part('documents/sent', { value: '48216' })
  expect(sayChange(shown(one, null), one)).toBeNull()
  expect(sayChange(shown(one, reading(one.slice, { value: null })), one)).toBeNull()
  const silent = part('documents/sent', { value: null })
  expect(sayChange(shown(silent, reading(one.slice)), silent)).toBeNull()
})

test('what is compared ends at the source time of the day compared with; spans longer than a day compare with nothing', () => {
  const one = part('documents/sent', {})
  const { from, asOf } = one.readings[0] ?? {}
  expect(soFarBefore(one, WEEK)).toEqual({ from: (from ?? 0) - WEEK, to: (asOf ?? 0) - WEEK })
  expect(soFarBefore(one, 2 * WEEK)).toEqual({ from: (from ?? 0) - 2 * WEEK, to: (asOf ?? 0) - 2 * WEEK })
  expect(soFarBefore(part('documents/sent', { asOf: null }), WEEK)).toBeNull()
  expect(soFarBefore(part('documents/sent', { asOf: from ?? 0 }), WEEK)).toBeNull()
  expect(against(windowSpan('7d', NOW), CALENDARS)).toBeNull()
})

describe('like for like by the calendar of the public sector', () => {
  test('what was counted by another definition is not compared, and says since when', () => {
    const today = windowSpan('today', at('2026-12-01T10:00'))
    const unfair = { unfair: { vi: expect.stringContaining('01/12/2026'), en: expect.stringContaining('1 Dec 2026') } }
    const changed = redefined({ version: 2, since: '2026-12-01' })
    expect(against(today, CALENDARS, changed)).toEqual(unfair)
    expect(against(today, CALENDARS, redefined({ version: 2, since: '2026-11-01' }))).toMatchObject({ shift: 2 * WEEK })
    expect(redefined({ version: 1, since: '2026-12-01' })).toBeNull()
  })
  const of = (text: string, window: Window = 'today') => against(windowSpan(window, at(text)), CALENDARS)
  test('the week before, where it was like this one; without a calendar always', () => {
    expect(of('2026-11-23T10:00')).toEqual(PLAIN)
    expect(against(windowSpan('today', at('2026-12-01T10:00')), new Map())).toEqual(PLAIN)
  })
  test('a Tuesday after a holiday is compared two weeks back, in the picture and in the sentence', () => {
    const like = of('2026-12-01T09:41')
    expect(like).toMatchObject({ shift: 2 * WEEK })
    const asOf = at('2026-12-01T09:40')
    const one = part('documents/sent', { value: '48216', asOf, from: at('2026-12-01'), to: at('2026-12-02') })
    const view = shown(one, reading(one.slice, { value: '49000' }), 'vi', like)
    expect(sayChange(view, one)).toEqual({
      brief: '−784 so với thứ Ba 17/11',
      full: 'đến 09:40 hôm nay: 48.216 văn bản; đến 09:40 ngày 17/11/2026: 49.000 văn bản (so với thứ Ba 17/11/2026, bỏ qua 24/11/2026 (Ngày Văn hóa Việt Nam))',
    })
    expect(sayChange({ ...view, language: 'en' }, one)).toEqual({
      brief: '−784 vs Tuesday 17 Nov',
      full: 'today until 09:40: 48,216 documents; 17 Nov 2026 until 09:40: 49,000 documents (compared with Tuesday 17 Nov 2026, passing over 24 Nov 2026 (Viet Nam Culture Day))',
    })
    const then = { from: at('2026-11-17T08:00'), to: at('2026-11-17T09:00') }
    const point = {
      ...then,
      value: '1',
      numerator: null,
      denominator: null,
      status: 'good',
      marks: [],
      spans: null,
    } as const
    const before = { pulse: { at: 0, store: '' }, indicator: '', grain: 'hour', points: [point], coarser: 0 } as const
    expect(movedBefore({ ...view, before })[0]).toMatchObject({
      from: at('2026-12-01T08:00'),
      to: at('2026-12-01T09:00'),
    })
  })
  test('24-11 has no like: it says so instead of comparing', () => {
    const like = of('2026-11-24T09:41')
    const one = part('documents/sent', { value: '48216' })
    const said = sayChange(shown(one, reading(one.slice, { value: '49000' }), 'vi', like), one)
    expect(said?.brief).toBe('không có ngày để so sánh')
    expect(said?.full).toContain('thứ Ba 24/11/2026 là ngày nghỉ lễ (Ngày Văn hóa Việt Nam)')
  })
  test('a comparison that leans on a day nobody has decided says so, in both languages', () => {
    expect(of('2027-05-05T09:41')).toMatchObject({ tentative: false })
    const leaning = of('2027-05-10T09:41')
    expect(leaning).toMatchObject({ shift: 2 * WEEK, tentative: true })
    const asOf = at('2027-05-10T09:40')
    const one = part('documents/sent', { value: '10', asOf, from: at('2027-05-10'), to: at('2027-05-11') })
    const told = (language: 'vi' | 'en') =>
      sayChange(shown(one, reading(one.slice, { value: '4' }), language, leaning), one)
    expect(told('vi')?.brief).toBe('+6 so với thứ Hai 26/04, theo lịch tạm')
    expect(told('en')?.brief).toBe('+6 vs Monday 26 Apr, by a tentative calendar')
    expect(told('vi')?.full).toMatch(/theo lịch tạm$/)
  })
  test('the last 24 hours have two days, and both must be like', () => {
    expect(of('2026-11-25T09:41', '24h')).toHaveProperty('unfair')
    expect(of('2026-12-02T09:41', '24h')).toMatchObject({ shift: 2 * WEEK })
  })
  test('a year the calendar does not cover is said', () =>
    expect(of('2028-03-01T09:41')).toMatchObject({ unfair: { vi: expect.stringContaining('hãy bổ sung năm đó') } }))
})
