/** Why a figure changed: how much of the change each part brings, exact, so that the parts add up to the change to the last digit. Pure. */
import { decimal, micro } from './decimal.ts'
import { compare, type Fraction, minus, over, plus, times, ZERO } from './score-fraction.ts'

/** What a part stood for on one side: of a ratio both sums, of a count its value and no denominator. Decimal text. */
export interface Amount {
  readonly numerator: string
  readonly denominator: string
}

/** A part of what is compared; `null` on the side where it said nothing. */
export interface Contributor {
  readonly now: Amount | null
  readonly earlier: Amount | null
}

/** What a part brings to the change, decimal text in the unit of the figure (of a percent: points). */
export interface Contribution {
  readonly amount: string
  /** Of a ratio: by how much the part itself went better or worse, and by how much its weight among all moved the figure. */
  readonly rate: string | null
  readonly mix: string | null
}

const whole = (text: string): Fraction => ({ n: micro(text), d: 1n })
const HALF: Fraction = { n: 1n, d: 2n }

/** The parts' shares of the change of a count: now less earlier of each. They add up because the parts do. */
export function ofCount(parts: readonly Contributor[], change: string): readonly Contribution[] | null {
  const shares = parts.map(({ now, earlier }) => micro(now?.numerator ?? '0') - micro(earlier?.numerator ?? '0'))
  if (shares.reduce((sum, share) => sum + share, 0n) !== micro(change)) return null
  return shares.map((share) => ({ amount: decimal(share), rate: null, mix: null }))
}

/**
 * The parts' shares of the distance of a count from the mean of `units` others: what a part counts less what it counts for one of them.
 * `earlier` is what the part comes to of all of them together; `distance` is the distance as it is said.
 */
export function ofMean(parts: readonly Contributor[], units: number, distance: string): readonly Contribution[] | null {
  const shares = apportioned(
    parts.map(({ now, earlier }) => ({
      n: micro(now?.numerator ?? '0') * BigInt(units) - micro(earlier?.numerator ?? '0'),
      d: BigInt(units),
    })),
    micro(distance),
  )
  return shares === null ? null : shares.map((share) => ({ amount: decimal(share), rate: null, mix: null }))
}

/**
 * The parts' shares of the change of a ratio Σn/Σd, each split in two (midpoint decomposition, after Marshall and Edgeworth):
 *
 *   rate = (r₁ − r₀) · (w₀ + w₁)/2      mix = (w₁ − w₀) · ((r₀ + r₁)/2 − (R₀ + R₁)/2)      r = n/d, w = d/Σd, R = Σn/Σd
 *
 * Their sum is R₁ − R₀ whatever the figures. A part without a denominator on one side keeps the other side's rate, so that it only
 * moves by its weight; what it has above the line without anything below moves the whole by n/Σd, and that is its own doing (`rate`). `change` is the change as it is said (decimal text); what rounding to six places leaves over goes to the parts
 * whose remainders are largest, so that the parts add up to it exactly. `scale` is 100 for percents, else 1. Null where a side has no denominator,
 * or where the parts do not come to the change.
 */
export function ofRatio(parts: readonly Contributor[], change: string, scale: 1 | 100): readonly Contribution[] | null {
  const sum = (side: 'now' | 'earlier', of: keyof Amount) =>
    parts.reduce((all, part) => all + micro(part[side]?.[of] ?? '0'), 0n)
  const [d0, d1] = [sum('earlier', 'denominator'), sum('now', 'denominator')]
  if (d0 <= 0n || d1 <= 0n) return null
  const level = times(plus({ n: sum('earlier', 'numerator'), d: d0 }, { n: sum('now', 'numerator'), d: d1 }), HALF)
  const effects = parts.flatMap(({ now, earlier }) => {
    const weight = (side: Amount | null, all: bigint): Fraction => ({ n: micro(side?.denominator ?? '0'), d: all })
    const [w0, w1] = [weight(earlier, d0), weight(now, d1)]
    const [before, after] = [rateOf(earlier) ?? rateOf(now) ?? ZERO, rateOf(now) ?? rateOf(earlier) ?? ZERO]
    const own = minus(alone(now, d1), alone(earlier, d0))
    const rate = plus(times(minus(after, before), times(plus(w0, w1), HALF)), own)
    const mix = times(minus(w1, w0), minus(times(plus(before, after), HALF), level))
    return [rate, mix]
  })
  const shares = apportioned(
    effects.map((effect) => times(effect, { n: BigInt(scale) * 1_000_000n, d: 1n })),
    micro(change),
  )
  return (
    shares &&
    parts.map((_, i) => {
      const [rate, mix] = [shares[2 * i] ?? 0n, shares[2 * i + 1] ?? 0n]
      return { amount: decimal(rate + mix), rate: decimal(rate), mix: decimal(mix) }
    })
  )
}

/**
 * What each part of a ratio takes from it or adds to it against an aim: (n − aim·d)/Σd. They add up to R − aim: who keeps the whole from
 * its target, and by how much. Null where there is no denominator, or where the parts do not come to it.
 */
export function againstAim(
  parts: readonly (Amount | null)[],
  aim: string,
  change: string,
  scale: 1 | 100,
): readonly Contribution[] | null {
  const all = parts.reduce((sum, part) => sum + micro(part?.denominator ?? '0'), 0n)
  if (all <= 0n) return null
  const wanted: Fraction = { n: micro(aim), d: 1_000_000n * BigInt(scale) }
  const shares = apportioned(
    parts.map((part) => {
      const short = minus(whole(part?.numerator ?? '0'), times(wanted, whole(part?.denominator ?? '0')))
      return times(over(short, { n: all, d: 1n }), { n: BigInt(scale) * 1_000_000n, d: 1n })
    }),
    micro(change),
  )
  return shares === null ? null : shares.map((share) => ({ amount: decimal(share), rate: null, mix: null }))
}

/** What a side without anything below the line adds to a whole of so much below. */
const alone = (side: Amount | null, all: bigint): Fraction =>
  micro(side?.denominator ?? '0') > 0n ? ZERO : { n: micro(side?.numerator ?? '0'), d: all }

function rateOf(side: Amount | null): Fraction | null {
  const below = micro(side?.denominator ?? '0')
  return below > 0n ? { n: micro(side?.numerator ?? '0'), d: below } : null
}

const floored = ({ n, d }: Fraction): bigint => (n >= 0n ? n / d : -((-n + d - 1n) / d))

/**
 * Whole numbers near the exact ones that add up to `total`, which is their own sum but for rounding: rounded down, what is left over one each to the
 * largest remainders. Null where more is left over than rounding leaves: then they are not the parts of this total.
 */
function apportioned(exact: readonly Fraction[], total: bigint): readonly bigint[] | null {
  const shares = exact.map(floored)
  const rests = exact.map((one, i) => minus(one, { n: shares[i] as bigint, d: 1n }))
  const left = total - shares.reduce((sum, share) => sum + share, 0n)
  // A change is said as the difference of two figures, each cut to its last place.
  if (left < -CUT || left > BigInt(exact.length) + CUT) return null
  const order = [...rests.keys()].sort((a, b) => compare(rests[b] as Fraction, rests[a] as Fraction) || a - b)
  if (order.length === 0) return left === 0n ? shares : null
  const step = left > 0n ? 1n : -1n
  for (let i = 0; i < Math.abs(Number(left)); i++) {
    const place = (step > 0n ? order[i % order.length] : order[order.length - 1 - (i % order.length)]) as number
    shares[place] = (shares[place] as bigint) + step
  }
  return shares
}
const CUT = 2n
