/** Trap 1: numbers as Vietnamese documents write them, exactly, or refused. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseNumber } from '../../collectors/number.ts'

const value = (raw: unknown, numbers: 'vi' | 'decimal' = 'vi') => {
  const parsed = parseNumber(raw, numbers)
  return 'wrong' in parsed ? 'refused' : `${parsed.value} ${parsed.qualifier}`
}

describe('Vietnamese', () => {
  test.each([
    ['99,82', '99.82 exact'],
    ['13.681', '13681 exact'],
    ['1.234.567,5', '1234567.5 exact'],
    ['gần 1,25 triệu', '1250000 about'],
    ['khoảng 3 nghìn', '3000 about'],
    ['dưới 10', '10 below'],
    ['trên 90', '90 above'],
    ['hơn 8,4 tỷ', '8400000000 above'],
    ['1,5 nghìn tỷ', '1500000000000 exact'],
    ['02', '2 exact'],
    ['99,82%', '99.82 exact'],
    ['−5', '-5 exact'],
    ['ga\u0302\u0300n 5', '5 about'],
    [95, '95 exact'],
  ])('%s → %s', (raw, expected) => expect(value(raw)).toBe(expected))

  test.each([
    '99.82',
    '1.5',
    '0.681',
    '1,234,567',
    '1.23.456',
    'gần',
    '12 con',
    '1 triệu hồ sơ',
    '5-6',
    '1.234.56',
    'abc',
    ',',
  ])('%s is refused, not guessed', (raw) => expect(value(raw)).toBe('refused'))

  test('what is grouped by three and pointed by a comma comes back exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.nat(999_999), (whole, fraction) => {
        const grouped = whole.toString().replace(/\B(?=(\d{3})+$)/g, '.')
        const digits = String(fraction).padStart(6, '0')
        const trimmed = digits.replace(/0+$/, '')
        expect(value(`${grouped},${digits}`)).toBe(`${whole}${trimmed && `.${trimmed}`} exact`)
      }),
      { seed: 1 },
    )
  })
})

describe('plain decimals', () => {
  test.each([
    ['1234.5', '1234.5 exact'],
    [' 007.50 ', '7.5 exact'],
    ['.5', '0.5 exact'],
    ['-3', '-3 exact'],
    [0.1, '0.1 exact'],
    [0, '0 exact'],
    [9007199254740991, '9007199254740991 exact'],
    ['12345678901234567890123456789012.123456', '12345678901234567890123456789012.123456 exact'],
  ])('%s → %s', (raw, expected) => expect(value(raw, 'decimal')).toBe(expected))

  test.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [null],
    [undefined],
    [''],
    ['  '],
    [{}],
    [[]],
    [true],
    ['1,5'],
    ['1e5'],
    ['NaN'],
    ['abc'],
    [2 ** 53],
    [1e21],
    ['0.1234567'],
    [0.1234567],
    ['123456789012345678901234567890123'],
  ])('%s is a problem', (raw) => expect(value(raw, 'decimal')).toBe('refused'))

  test('every refusal says why in both languages', () => {
    for (const raw of [null, 'abc', Number.NaN, 2 ** 60, '0.1234567']) {
      const parsed = parseNumber(raw, 'decimal')
      expect('wrong' in parsed && parsed.wrong.vi.length > 5 && parsed.wrong.en.length > 5).toBe(true)
    }
  })
})
