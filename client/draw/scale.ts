/** Steps of magnitude: a few round classes over zero and all values, for colouring what is not judged. */
import { max, min, tickStep } from 'd3'

/**
 * The lower bounds of at most `most` classes that hold zero and all `values`, smallest first. Bounds are round, and at least as far apart as
 * two values that are shown with `decimals` can be; where the values are few whole ones, each has a class of its own.
 */
export function steps(values: readonly number[], most: number, decimals: number): readonly number[] {
  const unit = 10 ** -decimals
  const shown = values.map((value) => Number(value.toFixed(decimals)))
  const [low, high] = [Math.min(0, min(shown) ?? 0), Math.max(0, max(shown) ?? 0)]
  const tries = Array.from({ length: most }, (_, i) => Math.max(unit, tickStep(low, high, most - i)))
  const all = tries.flatMap((step) =>
    // Where no step is finer the highest value stands alone, if there is a class left for it.
    step > unit ? [between(low, high, step)] : [[...between(low, high, step), high], between(low, high, step)],
  )
  return (high - low < unit / 2 ? null : all.find(({ length }) => length <= most)) ?? [0]
}

/** The multiples of a step from the last that is not above `low` to the last below `high`. */
function between(low: number, high: number, step: number): readonly number[] {
  const parts = Math.round(1 / step)
  const at = (i: number) => (step < 1 ? i / parts : i * step)
  // A quotient of decimals may be a little beside the whole number it is.
  const near = Math.round(low / step)
  const first = [near + 1, near, near - 1].find((i) => at(i) <= low) ?? near
  const count = Math.ceil((high - at(first)) / step) + 1
  return Array.from({ length: count }, (_, i) => at(first + i)).filter((bound) => bound < high)
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
