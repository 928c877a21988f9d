/** An axis with round ticks for a chart on paper. Pure. */

export interface Axis {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  /** Places behind the point that the ticks need. */
  readonly places: number
}

/** About four steps of 1, 2 or 5 times a power of ten that hold every value. */
export function axisOf(values: readonly number[], fromZero: boolean): Axis {
  const least = Math.min(...values, fromZero ? 0 : Number.POSITIVE_INFINITY)
  const most = Math.max(...values, fromZero ? 0 : Number.NEGATIVE_INFINITY)
  const [from, to] = Number.isFinite(least) && Number.isFinite(most) ? [least, most] : [0, 1]
  const range = to - from || Math.abs(to) || 1
  const rough = range / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough) ?? 10 * power
  const first = Math.floor(from / step)
  const last = Math.max(first + 1, Math.ceil(to / step))
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
  return { low: first * step, high: last * step, ticks, places: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) }
}
