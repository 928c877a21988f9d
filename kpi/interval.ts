/** Intervals of figures that count: how far a share or a rate would move by chance alone. Pure. */

export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * The quantile of the standard normal distribution, relative error below 1.2e-9, for 0 < p < 1.
 * Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003).
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1, not ${p}`)
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return polynomial(TAIL_ABOVE, q) / (polynomial(TAIL_BELOW, q) * q + 1)
  }
  const q = p - 0.5
  const r = q * q
  return (polynomial(MIDDLE_ABOVE, r) * q) / (polynomial(MIDDLE_BELOW, r) * r + 1)
}

const TAIL_ABOVE = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const TAIL_BELOW = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416]
const MIDDLE_ABOVE = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
]
const MIDDLE_BELOW = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
]

/** The highest power first. */
const polynomial = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, c) => sum * x + c, 0)

/**
 * How many standard errors either way hold `together` of the time for all of `count` figures at once (Šidák).
 * Source: Z. Šidák, JASA 62 (1967) 626–633.
 */
export function jointWidth(together: number, count: number): number {
  return normalQuantile((1 + together ** (1 / Math.max(1, count))) / 2)
}

/**
 * The score interval of a share `of`/`to`, both 0–1; it never leaves 0–1 and holds for small numbers and shares near 0 and 1, where the
 * textbook interval does not. `z`: standard errors either way. Needs 0 ≤ of ≤ to, to > 0.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209–212.
 */
export function wilson(of: number, to: number, z: number): Interval {
  const share = of / to
  const square = (z * z) / to
  const middle = (share + square / 2) / (1 + square)
  const half = (z * Math.sqrt((share * (1 - share)) / to + square / (4 * to))) / (1 + square)
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/**
 * The interval of a count of events that happen one by one (Byar's approximation of the exact Poisson limits). `z`: standard errors.
 * Source: N. E. Breslow & N. E. Day, Statistical Methods in Cancer Research II, IARC 82 (1987), p. 69.
 */
export function byar(count: number, z: number): Interval {
  const above = count + 1
  const low = count === 0 ? 0 : count * (1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3
  return { low: Math.max(0, low), high: above * (1 - 1 / (9 * above) + z / (3 * Math.sqrt(above))) ** 3 }
}
