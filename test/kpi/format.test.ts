/** Numbers, dates and ages as people read them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decimalText,
  formatAge,
  formatClock,
  formatDate,
  formatDay,
  formatExact,
  formatNumber,
  formatShortDay,
  formatTime,
  round,
} from '../../kpi/format.ts'

describe('formatNumber', () => {
  test.each([
    ['1234567.8', 'vi', 1, '1.234.567,8'],
    ['1234567.8', 'en', 1, '1,234,567.8'],
    ['99.82', 'vi', 2, '99,82'],
    ['13681', 'vi', 0, '13.681'],
    ['-1234', 'vi', 0, '−1.234'],
    ['0', 'vi', 0, '0'],
    ['999.995', 'vi', 2, '1.000,00'],
    ['12345678901234567890.5', 'vi', 0, '12.345.678.901.234.567.891'],
  ] as const)('%s in %s with %i', (value, language, decimals, text) =>
    expect(formatNumber(value, language, decimals)).toBe(text),
  )
})

test.each([
  [95, '95'],
  [99.82, '99,82'],
  [-0.5, '−0,5'],
  [1e-7, '0,0000001'],
  [-1.5e-7, '−0,00000015'],
  [1e21, '1.000.000.000.000.000.000.000'],
  [1.25e22, '12.500.000.000.000.000.000.000'],
  ['0.10', '0,10'],
])('a declared %s is said as it was meant: %s', (value, text) => expect(formatExact(value, 'vi')).toBe(text))

test('the decimal text of any number is plain, and the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(decimalText(value)).toMatch(/^-?\d+(\.\d+)?$/)
      expect(Number(decimalText(value))).toBe(value === 0 ? 0 : value)
    }),
  )
})

test('round agrees with exact arithmetic on integers of micro-units', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.nat({ max: 6 }), (micro, decimals) => {
      const magnitude = micro < 0n ? -micro : micro
      const digits = magnitude.toString().padStart(7, '0')
      const rounded = round(`${micro < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`, decimals)
      const unit = 10n ** BigInt(6 - decimals)
      const expected = ((magnitude + unit / 2n) / unit) * (micro < 0n ? -1n : 1n)
      expect(BigInt(rounded.replace('.', ''))).toBe(expected)
    }),
  )
})

test('dates and times are local', () => {
  const at = Date.parse('2026-11-21T17:05:09Z')
  expect([formatDate(at), formatTime(at), formatClock(at)]).toEqual(['22/11/2026', '00:05', '00:05:09'])
  expect([formatDay(at, 'vi'), formatDay(at, 'en')]).toEqual(['22/11/2026', '22 Nov 2026'])
  expect([formatShortDay(at, 'vi'), formatShortDay(at, 'en')]).toEqual(['22/11', '22 Nov'])
})

test.each([
  [-5, '0″'],
  [45_000, '45″'],
  [12 * 60_000, '12′'],
  [3 * 3_600_000, '3 giờ'],
  [50 * 3_600_000, '2 ngày'],
])('an age of %i ms is %s', (ms, text) => expect(formatAge(ms, 'vi')).toBe(text))
