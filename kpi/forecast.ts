/** What a period will come to at this pace, with an interval that is as wide as the same method was wrong before. Pure. */
import type { DayKind } from './calendar-kind.ts'

/** A day, counted or to come. Counts add up; of a ratio `above` is part of `below`; of what stands `above` is what stood at its end. */
export interface PaceDay {
  readonly kind: DayKind | null
  readonly above: number | null
  readonly below: number | null
}

/** How the days of a period make its figure. */
export type Making = 'sum' | 'ratio' | 'standing'

export interface Forecast {
  readonly value: number
  readonly low: number
  readonly high: number
  /** What is counted so far, in the figure's own unit; null of nothing. */
  readonly soFar: number | null
  /** How often intervals made the same way held what then came, of how many tries. */
  readonly held: number
  readonly tries: number
  /** How sure the interval is meant to be, 0–1. */
  readonly level: number
  /** Of a ratio: what is expected of the rest below the line. */
  readonly rest: { readonly above: number; readonly below: number } | null
}

/** How sure an interval is meant to be. */
export const LEVEL = 0.8
/** Days the pace is taken from. */
const PACE = 56
/** How far back whoever asks should look, days: so many tries of a month fit in. */
export const PAST = 430
/** How many days apart the earlier moments are at which the method is tried, how many at most, and how few are too few. */
const APART = 7
const MOST = 40
export const LEAST_TRIES = 12

/**
 * What a stretch of days comes to. `past`: every counted day up to now, in order; its last `done` belong to the period. `coming`: the kinds of
 * the days to come. Null where the past is too short to try the method `LEAST_TRIES` times.
 *
 * The rest is taken day by day from the mean of the like days (worked or off) of the last eight weeks; what stands stays. The interval
 * is made of the errors of the same method at earlier moments with as many days to come (split conformal, V. Vovk et al.,
 * Algorithmic Learning in a Random World, 2005); how often it held is measured with each try left out of its own interval.
 */
export function forecast(
  past: readonly PaceDay[],
  done: number,
  coming: readonly (DayKind | null)[],
  making: Making,
): Forecast | null {
  if (coming.length === 0) return null
  const errors: number[] = []
  for (let back = 0; back < MOST; back++) {
    const at = past.length - coming.length - back * APART
    if (at < PACE / 2) break
    const real = past.slice(at, at + coming.length)
    const error = errorOf(
      restOf(
        past.slice(Math.max(0, at - PACE), at),
        real.map(({ kind }) => kind),
        making,
      ),
      real,
      making,
    )
    if (error !== null) errors.push(error)
  }
  if (errors.length < LEAST_TRIES) return null
  const rest = restOf(past.slice(-PACE), coming, making)
  const counted = past.slice(past.length - done)
  const end = (error: number) => whole(counted, rest, error, making)
  const { low, high } = ends(errors)
  const [a, b] = [end(low), end(high)]
  return {
    ...{ value: end(making === 'ratio' ? 0 : 1), low: Math.min(a, b), high: Math.max(a, b) },
    ...{ soFar: soFar(counted, making), level: LEVEL, tries: errors.length, held: heldOf(errors) },
    rest: making === 'ratio' ? rest : null,
  }
}

interface Rest {
  readonly above: number
  readonly below: number
}

const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((all, one) => all + (one ?? 0), 0)
const worked = (kind: DayKind | null) => kind === 'worked'

/** What days to come bring by the pace of some days before. */
function restOf(days: readonly PaceDay[], kinds: readonly (DayKind | null)[], making: Making): Rest {
  if (making === 'standing') {
    const last = days.findLast(({ above }) => above !== null)
    return { above: last?.above ?? 0, below: 0 }
  }
  const meanOf = (of: 'above' | 'below', on: boolean) => {
    const like = days.filter((day) => worked(day.kind) === on && day[of] !== null)
    return like.length === 0 ? 0 : sum(like.map((day) => day[of])) / like.length
  }
  const [on, off] = [kinds.filter(worked).length, kinds.filter((kind) => !worked(kind)).length]
  const total = (of: 'above' | 'below') => on * meanOf(of, true) + off * meanOf(of, false)
  if (making === 'sum') return { above: total('above'), below: 0 }
  const below = total('below')
  const share = sum(days.map((day) => day.above)) / (sum(days.map((day) => day.below)) || 1)
  return { above: share * below, below }
}

/** By how much the rest was mistaken: a factor of a sum or a state, a difference of a ratio; null where that means nothing. */
function errorOf(rest: Rest, real: readonly PaceDay[], making: Making): number | null {
  if (making === 'standing') {
    const last = real.findLast(({ above }) => above !== null)?.above ?? null
    return last === null || rest.above === 0 ? null : last / rest.above
  }
  const above = sum(real.map((day) => day.above))
  if (making === 'sum') return rest.above === 0 ? null : above / rest.above
  const below = sum(real.map((day) => day.below))
  return below === 0 || rest.below === 0 ? null : above / below - rest.above / rest.below
}

/** The figure of the period, if the rest is mistaken by `error`. */
function whole(counted: readonly PaceDay[], rest: Rest, error: number, making: Making): number {
  if (making === 'standing') return rest.above * error
  const above = sum(counted.map((day) => day.above))
  if (making === 'sum') return above + rest.above * error
  const share = rest.below === 0 ? 0 : Math.min(1, Math.max(0, rest.above / rest.below + error))
  return (above + share * rest.below) / (sum(counted.map((day) => day.below)) + rest.below || 1)
}

function soFar(counted: readonly PaceDay[], making: Making): number | null {
  const said = counted.filter(({ above }) => above !== null)
  if (said.length === 0) return null
  if (making === 'standing') return said.at(-1)?.above ?? null
  const above = sum(said.map((day) => day.above))
  const below = sum(said.map((day) => day.below))
  return making === 'sum' ? above : below === 0 ? null : above / below
}

/** The ends between which errors lie as often as is meant: order statistics, the outermost where there are too few. */
function ends(errors: readonly number[]): { readonly low: number; readonly high: number } {
  const sorted = [...errors].sort((a, b) => a - b)
  const out = Math.floor(((1 - LEVEL) / 2) * (sorted.length + 1)) - 1
  const at = Math.max(0, out)
  return { low: sorted[at] as number, high: sorted[sorted.length - 1 - at] as number }
}

/** How many errors lie between the ends the others make. */
function heldOf(errors: readonly number[]): number {
  return errors.filter((error, i) => {
    const { low, high } = ends(errors.filter((_, j) => j !== i))
    return error >= low && error <= high
  }).length
}
