/** The judgement: what a value means against limits and target, and how fresh it is. */

import type { Indicator, Target } from './indicator.ts'
import type { Members } from './observation.ts'
import { DAY, dayStart, duration, validOn } from './range.ts'
import type { Freshness, Status } from './reading.ts'

/** A value becomes late when two of its rhythms have passed since its source time, and stale after three (it then no longer stands). */
export const LATE_AFTER = 2
export const STALE_AFTER = 3

/** How fresh a value with source time `asOf` is at `now`. Without a rhythm nothing grows late. */
export function freshness(asOf: number | null, rhythm: string | undefined, now: number): Freshness {
  const beat = rhythm === undefined ? null : duration(rhythm)
  if (asOf === null || beat === null) return 'fresh'
  const age = now - asOf
  return age <= LATE_AFTER * beat ? 'fresh' : age <= STALE_AFTER * beat ? 'late' : 'stale'
}

/** The target of an indicator on a date for members, or null. The first whose dates and `where` fit. */
export function targetAt(indicator: Indicator, where: Members, at: number): Target | null {
  return targetsOf(indicator, where).find((target) => validOn(target, at)) ?? null
}

/** The targets that are set for members, in their order. */
function targetsOf(indicator: Indicator, where: Members): readonly Target[] {
  return indicator.targets.filter((target) =>
    Object.entries(target.where ?? {}).every(([dimension, member]) => where[dimension] === member),
  )
}

/**
 * Status of values of an indicator for members: critical beyond the critical limit, warning beyond the warning limit or short of the target, else good.
 * `value` null with a denominator of zero is `nothing-occurred`; null otherwise is `no-data`.
 */
export function judging(
  indicator: Indicator,
  where: Members,
): (value: string | null, denominator: string | null, at: number) => Status {
  const { better, kind, limits } = indicator
  // Asked for every point of a line: dates are read once.
  const targets = targetsOf(indicator, where).map((target) => ({
    value: target.value,
    since: target.from === undefined ? Number.NEGATIVE_INFINITY : dayStart(target.from),
    until: target.to === undefined ? Number.POSITIVE_INFINITY : dayStart(target.to) + DAY,
  }))
  return (value, denominator, at) => {
    if (value === null) return denominator !== null && Number(denominator) === 0 ? 'nothing-occurred' : 'no-data'
    const target = targets.find(({ since, until }) => since <= at && at < until)
    if (better === 'neither' || kind === 'reported' || (!limits && !target)) return 'not-judged'
    const n = Number(value)
    const worse = (limit: number) => (better === 'higher' ? n < limit : n > limit)
    if (limits && worse(limits.critical)) return 'critical'
    if (limits && worse(limits.warning)) return 'warning'
    return target && worse(target.value) ? 'warning' : 'good'
  }
}

/** Status of one value, as `judging` says. */
export function status(
  indicator: Indicator,
  value: string | null,
  denominator: string | null,
  where: Members,
  at: number,
): Status {
  return judging(indicator, where)(value, denominator, at)
}
