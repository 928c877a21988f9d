/** The judgement: what a value means against limits and target, and how fresh it is. */

import type { Indicator, Target } from './indicator.ts'
import type { Members } from './observation.ts'
import { DAY, dayStart, duration, type Grain, type Span, validOn, type Window } from './range.ts'
import type { Freshness, Reading, Status } from './reading.ts'

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

/** The moment at which what a range came to is judged: now, or its last millisecond; a target of the day after it is none of its own. */
export const judgedAt = (now: number, { from, to }: Span): number => Math.min(now, Math.max(from, to - 1))

/** The target of an indicator on a date for members, or null. The first whose dates and `where` fit. */
export function targetAt(indicator: Indicator, where: Members, at: number): Target | null {
  return targetsOf(indicator, where).find((target) => validOn(target, at)) ?? null
}

/** What adds up over time: a target of it is for its window, and holds for a point only where the point is as long. */
const GROWING: ReadonlySet<Indicator['kind']> = new Set(['flow', 'running', 'distinct'])
const LONG: Partial<Readonly<Record<Window, Grain>>> = { today: 'day', yesterday: 'day', '24h': 'day', '60m': 'hour' }

/** Whether an indicator counts up while its period runs, so that an unfinished one is no fall. */
export const isGrowing = ({ kind }: Pick<Indicator, 'kind'>): boolean => GROWING.has(kind)

/** Whether a target of an indicator is to be reached by each point of a line at `grain`, and not only by a longer window. */
export const isForEach = (indicator: Pick<Indicator, 'kind' | 'window'>, grain: Grain): boolean =>
  !isGrowing(indicator) || LONG[indicator.window] === grain

/** A target over the part of a range it is set for, UTC milliseconds. */
export interface TargetSpan extends Span {
  readonly target: Target
}

/** The targets of a range, as `targetAt` says them at each of its moments: each over the days it speaks; days without one are left out. */
export function targetsOver(indicator: Indicator, where: Members, { from, to }: Span): readonly TargetSpan[] {
  const own = targetsOf(indicator, where)
  const ends = own.flatMap(({ from: first, to: last }) => [
    ...(first === undefined ? [] : [dayStart(first)]),
    ...(last === undefined ? [] : [dayStart(last) + DAY]),
  ])
  const cuts = [from, ...[...new Set(ends)].filter((at) => at > from && at < to).sort((a, b) => a - b), to]
  const found: TargetSpan[] = []
  for (const [i, end] of cuts.slice(1).entries()) {
    const begin = cuts[i] ?? from
    const target = own.find((one) => validOn(one, begin))
    const before = found.at(-1)
    if (before && before.target === target && before.to === begin) found[found.length - 1] = { ...before, to: end }
    else if (target) found.push({ from: begin, to: end, target })
  }
  return found
}

/** The targets that are set for members, in their order. */
function targetsOf(indicator: Indicator, where: Members): readonly Target[] {
  return indicator.targets.filter((target) =>
    Object.entries(target.where ?? {}).every(([dimension, member]) => where[dimension] === member),
  )
}

/** What a ratio is made of; both null for what is no ratio, or is not known. */
export type Parts = Pick<Reading, 'numerator' | 'denominator'>

/** The parts of what has none. */
export const NO_RATIO: Parts = { numerator: null, denominator: null }

/** Why there is no value: 0/0 is `nothing-occurred`; something over 0, as a correction of one part alone leaves behind, is `zero-denominator`; else it is `no-data`. */
export function absence({ numerator, denominator }: Parts): Status {
  if (denominator === null || Number(denominator) !== 0) return 'no-data'
  return numerator !== null && Number(numerator) !== 0 ? 'zero-denominator' : 'nothing-occurred'
}

/**
 * Status of values of an indicator for members: critical beyond the critical limit, warning beyond the warning limit or short of the target, else good.
 * Where `value` is null its parts say why (`absence`). `n`: the value as a number, where that is known already.
 */
export function judging(
  indicator: Indicator,
  where: Members,
): (value: string | null, parts: Parts, at: number, n?: number) => Status {
  const { better, kind, limits } = indicator
  // Asked for every point of a line: dates are read once.
  const targets = targetsOf(indicator, where).map((target) => ({
    value: target.value,
    since: target.from === undefined ? Number.NEGATIVE_INFINITY : dayStart(target.from),
    until: target.to === undefined ? Number.POSITIVE_INFINITY : dayStart(target.to) + DAY,
  }))
  return (value, parts, at, n = Number(value)) => {
    if (value === null) return absence(parts)
    const target = targets.length === 0 ? undefined : targets.find(({ since, until }) => since <= at && at < until)
    if (better === 'neither' || kind === 'reported' || (!limits && !target)) return 'not-judged'
    const worse = (limit: number) => (better === 'higher' ? n < limit : n > limit)
    if (limits && worse(limits.critical)) return 'critical'
    if (limits && worse(limits.warning)) return 'warning'
    return target && worse(target.value) ? 'warning' : 'good'
  }
}

/** Status of one value, as `judging` says. */
export function status(indicator: Indicator, value: string | null, parts: Parts, where: Members, at: number): Status {
  return judging(indicator, where)(value, parts, at)
}
