/** Steps of magnitude: a few round classes from zero, for colouring what is not judged. */
import { max, ticks } from 'd3'

/** The lower bounds of at most `most` classes that hold all `values`; the first is 0. One class when all are 0. */
export function steps(values: readonly number[], most: number): readonly number[] {
  const high = max(values) ?? 0
  if (high <= 0) return [0]
  const fitting = Array.from({ length: most }, (_, i) => ticks(0, high, most - i)).map((all) =>
    all.filter((t) => t < high),
  )
  return fitting.find((all) => all.length <= most && all.length > 0) ?? [0]
}

/** Which class a value falls in. */
export function stepOf(value: number, bounds: readonly number[]): number {
  return Math.max(
    0,
    bounds.findLastIndex((bound) => value >= bound),
  )
}

/** How long a bar of `value` is on a scale from zero to `full`, 0–1. */
export function share(value: number, full: number): number {
  return full <= 0 ? 0 : Math.min(1, Math.max(0, value / full))
}
