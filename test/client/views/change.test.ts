/** The like-for-like change: exact, and always with what was compared. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { HEALTH, NOW, reading, slice } from '../../../client/gallery/readings.ts'
import { soFarBefore, weekBefore } from '../../../client/shell/panel-parts.ts'
import { minus, sayChange, WEEK } from '../../../client/views/change.ts'
import type { Part, Shown } from '../../../client/views/shown.ts'
import { windowSpan } from '../../../kpi/range.ts'
import type { Reading } from '../../../kpi/reading.ts'

const part = (id: string, change: Partial<Reading>): Part => {
  const of = slice(id)
  const indicator = COUNTRY.indicators.get(id)
  if (!indicator) throw new Error(id)
  return { slice: of, indicator, readings: [reading(of, change)] }
}
const shown = (one: Part, lastWeek: Reading | null, language: 'vi' | 'en' = 'vi'): Shown => ({
  ...{ language, now: NOW, catalogue: COUNTRY, health: HEALTH, awaySince: null, title: '', fit: true, span: null },
  ...{ panel: { view: 'number', width: 3 }, parts: [one], series: null, before: null, lastWeek, link: null, own: null },
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
  expect(brief('87.25')).toBe('+1.4 points on last Sunday')
  expect(brief('88.65')).toBe('0.0 points on last Sunday')
})

test('says nothing where one of both is not known', () => {
  const one = part('documents/sent', { value: '48216' })
  expect(sayChange(shown(one, null), one)).toBeNull()
  expect(sayChange(shown(one, reading(one.slice, { value: null })), one)).toBeNull()
  const silent = part('documents/sent', { value: null })
  expect(sayChange(shown(silent, reading(one.slice)), silent)).toBeNull()
})

test('what is compared ends at the source time a week before; spans longer than a day compare with nothing', () => {
  const one = part('documents/sent', {})
  const { from, asOf } = one.readings[0] ?? {}
  expect(soFarBefore(one)).toEqual({ from: (from ?? 0) - WEEK, to: (asOf ?? 0) - WEEK })
  expect(soFarBefore(part('documents/sent', { asOf: null }))).toBeNull()
  expect(soFarBefore(part('documents/sent', { asOf: from ?? 0 }))).toBeNull()
  expect(weekBefore(windowSpan('7d', NOW))).toBeNull()
  expect(weekBefore(windowSpan('today', NOW))?.from).toBe(windowSpan('today', NOW).from - WEEK)
})
