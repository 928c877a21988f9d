/** Bars from a common zero, to both sides. */
import { extent, scaleLinear } from 'd3'

/** For amounts of either sign: where a bar begins and how long it is, and where zero lies, all 0–100. */
export function span(
  amounts: readonly number[],
): (amount: number) => { readonly x: number; readonly width: number; readonly zero: number } {
  const [low = 0, high = 0] = extent(amounts) as [number?, number?]
  const x = scaleLinear([Math.min(0, low), Math.max(0, high) || (low < 0 ? 0 : 1)], [0.5, 99.5])
  const zero = x(0)
  return (amount) => ({ x: Math.min(zero, x(amount)), width: Math.abs(x(amount) - zero), zero })
}
