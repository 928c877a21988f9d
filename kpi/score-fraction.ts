/** Exact fractions of whole numbers, for points that are neither rounded too early nor ever a float. Pure. */
import { decimal, micro } from './decimal.ts'

/** n / d, d above zero; not reduced. */
export interface Fraction {
  readonly n: bigint
  readonly d: bigint
}

export const ZERO: Fraction = { n: 0n, d: 1n }

/** A decimal text or a number as people write it ("2.5", 2.5), exact to six places. */
export const fraction = (value: string | number): Fraction => ({ n: micro(String(value)), d: 1_000_000n })

export const plus = (a: Fraction, b: Fraction): Fraction =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d })
export const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d })
/** `b` above zero. */
export const over = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n })
/** Below zero when a < b, zero when they are equal. */
export const compare = (a: Fraction, b: Fraction): number => {
  const left = a.n * b.d
  const right = b.n * a.d
  return left < right ? -1 : left > right ? 1 : 0
}
export const clamp = (value: Fraction, most: Fraction): Fraction =>
  compare(value, ZERO) < 0 ? ZERO : compare(value, most) > 0 ? most : value

/** Rounded to decimal places, half away from zero. */
export function rounded(value: Fraction, places: number): Fraction {
  const scale = 10n ** BigInt(places)
  const size = value.n < 0n ? -value.n : value.n
  const whole = (2n * size * scale + value.d) / (2n * value.d)
  return { n: value.n < 0n ? -whole : whole, d: scale }
}

/** Decimal text, rounded to six places where it has more. */
export function text(value: Fraction): string {
  return decimal(rounded(value, 6).n)
}
