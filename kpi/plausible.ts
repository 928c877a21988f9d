/** The border's last question: can this value be? What cannot is held for a person: kept, not counted. */
import type { Indicator } from './indicator.ts'
import type { Observation } from './observation.ts'

/** How far a source's clock may run ahead of ours, milliseconds. */
export const SKEW = 120_000

/** From this on a hundred million of them no longer fit what sums are kept in (32 digits before the point): beyond it a sum would wrap round to another number. */
export const TOO_GREAT = 1e24

/** Fewer like weeks, or like days, than this are no habit: the median of three is not moved by one odd one among them. */
export const FEWEST = 3

/** Why an observation is implausible at `now`, as a stable reason code with its figures; null when it is plausible. */
export function implausible(
  observation: Pick<Observation, 'value' | 'from' | 'to'>,
  indicator: Indicator,
  now: number,
): string | null {
  const { min, max } = indicator.plausible
  const value = Number(observation.value)
  if (observation.to < observation.from) return 'ends-before-it-begins'
  if (observation.to > now + SKEW) return 'in-the-future'
  if (Math.abs(value) >= TOO_GREAT) return 'too-great'
  if (min !== undefined && value < min) return `below-minimum ${min}`
  if (max !== undefined && value > max) return `above-maximum ${max}`
  return null
}

/**
 * Why a value is a jump beside `before`, what the same hour of like weekdays brought in the weeks before, or of like days while
 * there are too few weeks: more than `times` their median, or less than that part of it. Null when it is none, when there are too
 * few of them, and where both are below `least`.
 */
export function jumped(
  value: number,
  before: readonly number[],
  { times, least }: NonNullable<Indicator['plausible']['jump']>,
  of: 'weeks' | 'days' = 'weeks',
): string | null {
  if (before.length < FEWEST) return null
  const usual = median(before)
  if (Math.max(value, usual) < least || (value <= usual * times && value >= usual / times)) return null
  return `jump ${cut(value)} usual ${cut(usual)} ${of} ${before.length} times ${times}`
}

const cut = (n: number) => Number(n.toFixed(2))

/** The middle of some numbers; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}
