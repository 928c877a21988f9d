/** That sources differ is said with who and how much, looking different from what counts. */
import { expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { reading, slice } from '../../../client/gallery/readings.ts'
import { sayDiffering } from '../../../client/views/differing.ts'

const rate = COUNTRY.indicators.get('filings/on-time') as NonNullable<ReturnType<typeof COUNTRY.indicators.get>>
const of = (value: string | null, own = '91.4') =>
  reading(slice('filings/on-time'), { value: own, differing: [{ source: 'portal', value, buckets: 2 }] })
const name = COUNTRY.sources.get('portal')?.title

test('who says what instead, as many places as it takes', () => {
  expect(sayDiffering(of('90'), rate, COUNTRY, 'vi')).toBe(`${name?.vi}: 90,0 %`)
  expect(sayDiffering(of('91.4004', '91.4'), rate, COUNTRY, 'en')).toBe(`${name?.en}: 91.4004 %`)
  expect(sayDiffering(of(null), rate, COUNTRY, 'vi')).toBe(`${name?.vi}: mẫu số bằng 0`)
  expect(sayDiffering(reading(slice('filings/on-time')), rate, COUNTRY, 'vi')).toBe('')
})
