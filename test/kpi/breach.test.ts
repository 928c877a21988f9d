/** Who makes up a breach: amounts add up exactly, and the few without which there would be none are named. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breachOf, shortfalls } from '../../kpi/breach.ts'
import { decimal, micro } from '../../kpi/decimal.ts'

const SIZE = 100n * 1_000_000n * 1_000_000n

test('a national fall below a limit names the two provinces behind it, each with what it lacks', () => {
  const parts = [
    { id: 'gia-lai', numerator: '600', denominator: '1000' },
    { id: 'lam-dong', numerator: '700', denominator: '1000' },
    ...['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, numerator: '160', denominator: '200' })),
  ]
  // 2100 of 3000 are 70 %; 80 % would be 2400.
  const found = breachOf(shortfalls(parts, 80, 'below', true), 'unit', SIZE)
  expect(found).toMatchObject({ by: 'unit', amount: '300', share: '100', parts: 7 })
  expect(found?.named).toEqual([
    { id: 'gia-lai', amount: '200', share: '66.666666' },
    { id: 'lam-dong', amount: '100', share: '33.333333' },
  ])
})

test('what is spread over everyone names nobody; what breaches nothing is no breach', () => {
  const everyone = Array.from({ length: 34 }, (_, i) => ({ id: `u${i}`, numerator: '70', denominator: '100' }))
  expect(breachOf(shortfalls(everyone, 80, 'below', true), 'unit', SIZE)?.named).toEqual([])
  expect(breachOf(shortfalls(everyone, 60, 'below', true), 'unit', SIZE)).toBeNull()
})

test('amounts of all parts add up to the breach, whatever the figures', () => {
  const part = fc.record({ n: fc.integer({ min: 0, max: 10 ** 9 }), d: fc.integer({ min: 0, max: 10 ** 9 }) })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 100 }), (parts, limit) => {
      const figures = parts.map(({ n, d }, i) => ({ id: `u${i}`, numerator: String(n), denominator: String(d) }))
      const amounts = shortfalls(figures, limit, 'below', true)
      const sum = [...amounts.values()].reduce((all, one) => all + one, 0n)
      const [n, d] = [
        parts.reduce((all, one) => all + BigInt(one.n), 0n),
        parts.reduce((all, one) => all + BigInt(one.d), 0n),
      ]
      expect(sum).toBe((BigInt(limit) * d - 100n * n) * 10n ** 12n)
      const found = breachOf(amounts, 'unit', SIZE)
      if (found) expect(micro(found.amount)).toBe((sum * 1_000_000n) / SIZE)
    }),
  )
  expect(decimal(1_500_000n)).toBe('1.5')
})
