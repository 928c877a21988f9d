/** Contributions: the parts add up to the change whatever the figures, and each effect is what its name says. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { againstAim, type Contribution, type Contributor, ofCount, ofMean, ofRatio } from '../../kpi/contribution.ts'
import { decimal, micro, quotient } from '../../kpi/decimal.ts'

const amount = (numerator: number, denominator: number) => ({
  numerator: String(numerator),
  denominator: String(denominator),
})
const sumOf = (shares: readonly Contribution[], of: 'amount' | 'rate' | 'mix' = 'amount') =>
  decimal(shares.reduce((all, share) => all + micro(share[of] ?? '0'), 0n))

/** Σn/Σd of one side, as it is said. */
function said(parts: readonly Contributor[], side: 'now' | 'earlier', scale: 1 | 100): string | null {
  const sum = (of: 'numerator' | 'denominator') =>
    decimal(parts.reduce((all, part) => all + micro(part[side]?.[of] ?? '0'), 0n))
  return quotient(sum('numerator'), sum('denominator'), scale === 100)
}

// More above than below, and something above nothing, occur as often as shares do.
const side = fc.option(
  fc
    .tuple(fc.constantFrom(0, 1, 7, 20_000), fc.constantFrom(0, 0, 1, 20_000), fc.nat(20_000), fc.nat(20_000))
    .map(([a, b, above, below]) => amount(Math.min(a, above), Math.min(b, below))),
  { nil: null, freq: 4 },
)
const contributors = fc.array(fc.record({ now: side, earlier: side }), { minLength: 1, maxLength: 40 })

describe('a ratio', () => {
  test('its parts add up to the change as it is said, to the last digit', () => {
    fc.assert(
      fc.property(contributors, fc.constantFrom<1 | 100>(1, 100), (parts, scale) => {
        const [now, earlier] = [said(parts, 'now', scale), said(parts, 'earlier', scale)]
        if (now === null || earlier === null) {
          expect(ofRatio(parts, '0', scale)).toBeNull()
          return
        }
        const change = decimal(micro(now) - micro(earlier))
        const shares = ofRatio(parts, change, scale) as readonly Contribution[]
        expect(sumOf(shares)).toBe(change)
        for (const { amount: all, rate, mix } of shares)
          expect(micro(all)).toBe(micro(rate as string) + micro(mix as string))
      }),
    )
  })
  test('each part brings what the formula says, computed apart, but for the last places', () => {
    fc.assert(
      fc.property(contributors, fc.constantFrom<1 | 100>(1, 100), (parts, scale) => {
        const [now, earlier] = [said(parts, 'now', scale), said(parts, 'earlier', scale)]
        if (now === null || earlier === null) return
        const shares = ofRatio(parts, decimal(micro(now) - micro(earlier)), scale) as readonly Contribution[]
        const sum = (side: 'now' | 'earlier', of: 'numerator' | 'denominator') =>
          parts.reduce((all, part) => all + Number(part[side]?.[of] ?? 0), 0)
        const whole = (side: 'now' | 'earlier') => sum(side, 'numerator') / sum(side, 'denominator')
        const middle = (whole('now') + whole('earlier')) / 2
        for (const [i, part] of parts.entries()) {
          const of = (side: 'now' | 'earlier') => {
            const [n, d] = [Number(part[side]?.numerator ?? 0), Number(part[side]?.denominator ?? 0)]
            const all = sum(side, 'denominator')
            return { rate: d > 0 ? n / d : null, weight: d / all, alone: d > 0 ? 0 : n / all }
          }
          const [after, before] = [of('now'), of('earlier')]
          const [r1, r0] = [after.rate ?? before.rate ?? 0, before.rate ?? after.rate ?? 0]
          const rate = (r1 - r0) * ((after.weight + before.weight) / 2) + after.alone - before.alone
          const mix = (after.weight - before.weight) * ((r1 + r0) / 2 - middle)
          expect(Math.abs(Number(shares[i]?.rate) - scale * rate)).toBeLessThan(2.1e-6)
          expect(Math.abs(Number(shares[i]?.mix) - scale * mix)).toBeLessThan(2.1e-6)
        }
      }),
    )
  })
  test('what a part has above nothing is its own doing, and nobody else’s', () => {
    const parts = [
      { earlier: amount(50, 100), now: amount(50, 100) },
      { earlier: amount(30, 100), now: amount(30, 100) },
      { earlier: amount(0, 0), now: amount(40, 0) },
    ]
    // 120 / 200 against 80 / 200: twenty points, all of them of the third.
    expect(ofRatio(parts, '20', 100)).toEqual([
      { amount: '0', rate: '0', mix: '0' },
      { amount: '0', rate: '0', mix: '0' },
      { amount: '20', rate: '20', mix: '0' },
    ])
  })
  test('parts of something else are not spread until they fit', () => {
    const parts = [{ earlier: amount(1, 2), now: amount(2, 2) }]
    expect(ofRatio(parts, '50', 100)).not.toBeNull()
    expect(ofRatio(parts, '50.0001', 100)).toBeNull()
    expect(ofRatio(parts, '150', 100)).toBeNull()
    expect(ofCount(parts, '1')).not.toBeNull()
    expect(ofCount(parts, '2')).toBeNull()
    expect(againstAim([amount(1, 2)], '95', '-44', 100)).toBeNull()
    expect(ofMean(parts, 1, '2')).toBeNull()
  })
  test('a part that only got better has only a rate effect; weights that only moved have only a mix effect', () => {
    const better = [
      { earlier: amount(80, 100), now: amount(90, 100) },
      { earlier: amount(50, 100), now: amount(50, 100) },
    ]
    expect(ofRatio(better, '5', 100)).toEqual([
      { amount: '5', rate: '5', mix: '0' },
      { amount: '0', rate: '0', mix: '0' },
    ])
    const moved = [
      { earlier: amount(90, 100), now: amount(270, 300) },
      { earlier: amount(50, 100), now: amount(50, 100) },
    ]
    const shares = ofRatio(moved, '10', 100) as readonly Contribution[]
    expect(sumOf(shares, 'rate')).toBe('0')
    expect(sumOf(shares, 'mix')).toBe('10')
    expect(shares.map(({ mix }) => mix)).toEqual(['3.75', '6.25'])
  })
  test('a part that is new, gone or without cases moves the whole only by its weight', () => {
    const parts = [
      { earlier: amount(50, 100), now: amount(50, 100) },
      { earlier: null, now: amount(100, 100) },
    ]
    expect((ofRatio(parts, '25', 100) as readonly Contribution[])[1]).toMatchObject({ rate: '0' })
    expect(ofRatio([{ earlier: null, now: amount(1, 2) }], '50', 100)).toBeNull()
  })
  test('thirds that do not come out even still add up', () => {
    const parts = [1, 2, 3].map((n) => ({ earlier: amount(n, 7), now: amount(n + 1, 11) }))
    const change = decimal(micro(said(parts, 'now', 100) ?? '') - micro(said(parts, 'earlier', 100) ?? ''))
    expect(sumOf(ofRatio(parts, change, 100) ?? [])).toBe(change)
  })
})

test('the parts of a count are the differences of each', () => {
  const parts = [
    { earlier: { numerator: '10.5', denominator: '0' }, now: { numerator: '12', denominator: '0' } },
    { earlier: null, now: { numerator: '4', denominator: '0' } },
    { earlier: { numerator: '3', denominator: '0' }, now: null },
  ]
  expect(ofCount(parts, '2.5')?.map(({ amount: own }) => own)).toEqual(['1.5', '4', '-3'])
})

test('the parts of the distance from the mean of others add up to it, thirds too', () => {
  fc.assert(
    fc.property(contributors, fc.integer({ min: 1, max: 40 }), (parts, units) => {
      const sum = (side: 'now' | 'earlier') =>
        parts.reduce((all, part) => all + micro(part[side]?.numerator ?? '0'), 0n)
      const distance = decimal(sum('now') - sum('earlier') / BigInt(units))
      const shares = ofMean(parts, units, distance) as readonly Contribution[]
      expect(sumOf(shares)).toBe(distance)
      for (const [i, { amount: own }] of shares.entries()) {
        const { now, earlier } = parts[i] as Contributor
        expect(Number(own)).toBeCloseTo(Number(now?.numerator ?? 0) - Number(earlier?.numerator ?? 0) / units, 5)
      }
    }),
  )
})

test('against an aim the parts add up to how far the whole is from it', () => {
  // 170 / 200 = 85 % against 95 %: the first part is 5 points of the whole short, and so is the second.
  const shares = againstAim([amount(85, 100), amount(85, 100)], '95', '-10', 100)
  expect(shares?.map(({ amount: own }) => own)).toEqual(['-5', '-5'])
  fc.assert(
    fc.property(contributors, fc.integer({ min: 1, max: 100 }), (parts, aim) => {
      const now = said(parts, 'now', 100)
      if (now === null) return
      const change = decimal(micro(now) - micro(String(aim)))
      const found = againstAim(
        parts.map((part) => part.now),
        String(aim),
        change,
        100,
      )
      expect(sumOf(found ?? [])).toBe(change)
    }),
  )
  expect(againstAim([amount(0, 0)], '95', '-95', 100)).toBeNull()
})
