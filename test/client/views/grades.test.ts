/** What a legend says of the colours of a map: no two classes in the same words, and none that a value read elsewhere contradicts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { reading, slice } from '../../../client/gallery/readings.ts'
import { grades } from '../../../client/views/grades.ts'
import type { Indicator } from '../../../kpi/indicator.ts'
import type { Language } from '../../../kpi/text.ts'

const counted = COUNTRY.indicators.get('documents/sent') as Indicator
const rate = COUNTRY.indicators.get('filings/on-time') as Indicator
const of = (values: readonly string[], decimals = 0, language: Language = 'vi') => {
  const readings = values.map((value) => reading(slice('documents/sent'), { value }))
  const { legend, of } = grades(readings, { ...counted, decimals }, null, language)
  const named = legend.filter(({ name }) => name.startsWith('sequence'))
  return { texts: named.map(({ text }) => text), names: named.map(({ name }) => name), classes: readings.map(of) }
}

describe('the classes of magnitude', () => {
  test.each([
    [['0', '1'], 0, ['1', '0']],
    [['0', '0'], 0, ['0']],
    [['1', '3', '4'], 0, ['4', '3', '2', '1', '0']],
    [['0', '7'], 0, ['từ 6', '4 – 6', '2 – 4', '0 – 2']],
    [['420', '6180'], 0, ['từ 6.000', '4.000 – 6.000', '2.000 – 4.000', '0 – 2.000']],
    [['-7', '12'], 0, ['từ 10', '5 – 10', '0 – 5', '−5 đến 0', '−10 đến −5']],
    [['0', '0.3'], 1, ['0,3', '0,2', '0,1', '0']],
    [['1250000', '0'], 0, ['từ 1 tr', '500.000 – 1 tr', '0 – 500.000']],
  ])('%j with %i decimals are %j', (values, decimals, texts) => expect(of(values, decimals).texts).toEqual(texts))

  test('say each something else, and have a colour of their own, whatever the values', () => {
    const value = fc.oneof(
      fc.integer({ min: -9, max: 9 }),
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.bigInt({ min: -(10n ** 31n), max: 10n ** 31n }),
    )
    const values = fc.array(
      value.chain((n) => fc.constantFrom('', '.4', '.96', '.000001').map((rest) => `${n}${rest}`)),
      { minLength: 1, maxLength: 34 },
    )
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom<Language>('vi', 'en'),
        (values, decimals, language) => {
          const { texts, names, classes } = of(values, decimals, language)
          expect(new Set(texts).size).toBe(texts.length)
          expect(new Set(names).size).toBe(names.length)
          expect(names.length).toBeLessThanOrEqual(5)
          for (const one of classes) expect(names).toContain(one)
        },
      ),
      { numRuns: 200 },
    )
  })
})

test.each([
  [1e-7, 0, ['từ 0,0000001 %', '0 – 0,0000001 %', 'dưới 0 %']],
  [1e21, 80, ['từ 1.000.000.000.000.000.000.000 %', '80 – 1.000.000.000.000.000.000.000 %', 'dưới 80 %']],
])('a target of %d is said whole', (target, critical, texts) => {
  const judged = [reading(slice('filings/on-time'), { value: '91.4', status: 'good' })]
  const limited: Indicator = { ...rate, limits: { warning: critical, critical } }
  const { legend } = grades(judged, limited, target, 'vi')
  expect(legend.slice(0, 3).map(({ text }) => text)).toEqual(texts)
})
