/** How surely a share of so many cases is known, and which neighbours it cannot be told apart from. */

export interface Interval {
  readonly low: number
  readonly high: number
}

/** The two-sided 95 % quantile of the normal distribution. */
const Z = 1.959964

/**
 * The 95 % score interval of a share, 0–100, of `cases` of which `good` count. Wilson, E. B. (1927), "Probable inference, the
 * law of succession, and statistical inference", Journal of the American Statistical Association 22, 209–212:
 * centre (p + z²/2n) / (1 + z²/n), half width z/(1 + z²/n) · √(p(1−p)/n + z²/4n²). It holds for few cases and for 0 and 100 %,
 * where the usual p ± z·√(p(1−p)/n) is of no width. All filings are counted and none is sampled: the interval says what the same
 * office, working the same way, might as well have shown with other filings.
 */
export function wilson(good: number, cases: number): Interval {
  const share = good / cases
  const spread = (Z * Z) / cases
  const centre = (share + spread / 2) / (1 + spread)
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / cases + spread / (4 * cases))
  return { low: 100 * Math.max(0, centre - half), high: 100 * Math.min(1, centre + half) }
}

/**
 * The first of each group of neighbours that cannot be told apart, for intervals in the order of their values: one joins the
 * group before it only if it overlaps every member, so a small unit cannot tie two large ones that differ.
 */
export function groups(intervals: readonly Interval[]): readonly number[] {
  const firsts: number[] = []
  let [low, high, first] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0]
  for (const [i, one] of intervals.entries()) {
    const joins = i > 0 && one.low <= high && one.high >= low
    if (!joins) first = i
    low = joins ? Math.max(low, one.low) : one.low
    high = joins ? Math.min(high, one.high) : one.high
    firsts.push(first)
  }
  return firsts
}
