/** Exact decimals: the quick way to a quotient of small counts says what the long way says. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimal, micro, quotient, small } from '../../kpi/decimal.ts'

/** The long way, on whole millionths. */
const long = (n: string, d: string, percent: boolean) =>
  decimal((micro(n) * (percent ? 100n : 1n) * 1_000_000n) / micro(d))

test('a quotient is cut to six places, whichever way it is computed', () => {
  fc.assert(
    fc.property(fc.nat(99_999_999), fc.integer({ min: 1, max: 99_999_999 }), fc.boolean(), (n, d, percent) => {
      expect(quotient(String(n), String(d), percent)).toBe(long(String(n), String(d), percent))
    }),
    { numRuns: 5000, seed: 7 },
  )
})

test('nothing over nothing has no quotient; signs and places go the long way', () => {
  expect(quotient('0', '0', true)).toBeNull()
  expect(quotient('5', '0', false)).toBeNull()
  expect(quotient('2', '3', true)).toBe('66.666666')
  expect(quotient('9999999', '1', true)).toBe('999999900')
  expect(quotient('-1', '3', false)).toBe('-0.333333')
  expect(quotient('1.5', '3', false)).toBe('0.5')
})

test('the quick way to millionths says what the exact way says, or nothing', () => {
  const texts = fc
    .bigInt({ min: -(2n ** 70n), max: 2n ** 70n })
    .chain((size) => fc.constantFrom(size, size >> 20n, size >> 40n))
  fc.assert(
    fc.property(texts, (size) => {
      const quick = small(decimal(size))
      if (Number.isNaN(quick)) expect(size < 0n ? -size : size).toBeGreaterThan(2n ** 49n)
      else expect([BigInt(quick), decimal(quick)]).toEqual([size, decimal(size)])
    }),
    { numRuns: 5000, seed: 7 },
  )
})
