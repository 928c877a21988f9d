/** A correction says from how much to how much, of whom, why and since when; figures that differ look different. */
import { expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { correction, NOW, reading, slice } from '../../../client/gallery/readings.ts'
import { sayCorrection } from '../../../client/views/correction.ts'
import type { Correction } from '../../../kpi/correction.ts'

const rate = COUNTRY.indicators.get('filings/on-time') as NonNullable<ReturnType<typeof COUNTRY.indicators.get>>
const sent = COUNTRY.indicators.get('documents/sent') as typeof rate
const total = reading(slice('documents/sent'), { value: '1228' })
const say = (one: Correction, indicator = sent, language: 'vi' | 'en' = 'vi') =>
  sayCorrection(one, indicator, COUNTRY, language, NOW)

test('in both languages, with the unit where it is of one', () => {
  expect(say(correction(total, '1250', ['corrected']))).toEqual({ brief: '1.250 → 1.228', why: 'nguồn sửa số, 09:26' })
  const hue = { ...total, key: { unit: 'hue' } }
  expect(say(correction(hue, '1250', ['late', 'released']), sent, 'en')).toEqual({
    brief: 'Huế 1,250 → 1,228',
    why: 'late data, checked and released, 09:26',
  })
})

test('as many places as it takes to see a difference; parts where the quotient is the same', () => {
  const mended = reading(slice('filings/on-time'), { value: '91.4', numerator: '914', denominator: '1000' })
  expect(say(correction(mended, '91.4004', ['corrected']), rate).brief).toBe('91,4004 → 91,4000')
  const same = correction(mended, '91.4', ['corrected'])
  const parts = { ...same, before: { ...same.before, numerator: '457', denominator: '500' } }
  expect(say(parts, rate).brief).toBe('457 / 500 → 914 / 1.000')
})

test('what was not there before, or is not there any more, is no zero', () => {
  const gone = correction({ ...total, value: null }, '12', ['withdrawn'])
  expect(say(gone)).toEqual({ brief: '12 → chưa có số liệu', why: 'nguồn rút lại, 09:26' })
})
