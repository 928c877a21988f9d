/** Decimal text is canonical and exact; members have one spelling. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimal, members } from '../../kpi/observation.ts'

describe('decimal', () => {
  test.each([
    ['007.50', '7.5'],
    ['0', '0'],
    ['-0.000', '0'],
    ['-12', '-12'],
    ['1.000001', '1.000001'],
    ['5.', '5'],
    ['99.82', '99.82'],
    ['12345678901234567890123456789012.123456', '12345678901234567890123456789012.123456'],
  ])('%s is %s', (text, canonical) => expect(decimal(text)).toBe(canonical))

  test.each(['', 'abc', '1e5', 'NaN', 'Infinity', '1,5', '1.2345678', '+1', ' 1', '1'.repeat(33), '.5'])(
    '%j is refused',
    (text) => {
      expect(decimal(text)).toBeNull()
    },
  )

  test('any number with six places keeps its value, and canonical text is a fixed point', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (micro) => {
        const sign = micro < 0n ? '-' : ''
        const digits = (micro < 0n ? -micro : micro).toString().padStart(7, '0')
        const text = `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`
        const canonical = decimal(text) ?? ''
        const [whole = '', fraction = ''] = canonical.replace('-', '').split('.')
        const back = BigInt(whole + fraction.padEnd(6, '0')) * (canonical.startsWith('-') ? -1n : 1n)
        expect(back).toBe(micro)
        expect(decimal(canonical)).toBe(canonical)
      }),
    )
  })
})

test('members have one order', () => {
  expect(Object.keys(members({ unit: 'hue', channel: 'online' }))).toEqual(['channel', 'unit'])
})
