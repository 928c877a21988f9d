/** Exact decimals: the quick way to a quotient of small counts says what the long way says. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimal, micro, quickQuotient, quotient } from '../../kpi/decimal.ts'

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

test('whole millionths are written alike, whichever way; the quick quotient of counts says what the long way says, or nothing', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (size) => {
      expect(decimal(size)).toBe(decimal(BigInt(size)))
    }),
  )
  const count = fc.oneof(fc.nat(9_999_999), fc.nat(120)).map((n) => n * 1_000_000)
  fc.assert(
    fc.property(count, count, fc.boolean(), (above, below, percent) => {
      const quick = quickQuotient(above, below, percent)
      const said = quotient(decimal(above), decimal(below), percent)
      if (below === 0) expect(quick).toBeNull()
      else expect(decimal(quick as number)).toBe(said)
    }),
  )
  for (const [above, below] of [
    [-1_000_000, 3_000_000],
    [500_000, 3_000_000],
    [1e13, 1_000_000],
  ] as const)
    expect(quickQuotient(above, below, true)).toBeNull()
})
