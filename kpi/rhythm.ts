/** Days that are unlike a unit's own days of the same kind: robust, so that one bad day does not hide the next. Pure. */
import type { DayKind } from './calendar-kind.ts'

/**
 * What a value is, which says how it varies by chance. `count`: how many; `share`: a percent of cases, never above 100; `mean`: a mean over
 * cases, or a quotient of counts of which neither is part of the other; `gap`: a difference, which may be negative; `level`: what stands,
 * also a ratio of what stands.
 */
export type Nature = 'count' | 'share' | 'mean' | 'gap' | 'level'

/** A day of one unit. `kind` null: the calendar does not know it, and it is not judged. */
export interface RhythmDay {
  readonly kind: DayKind | null
  /** Null where nothing is known. A share is 0–100. */
  readonly value: number | null
  /** Of a share or a mean: how many cases stand behind it. */
  readonly cases: number | null
  /** Of what stands: the least by which it moves, which is one case; 1 where not given. */
  readonly one?: number
}

export interface Unlike {
  /** What its like days came to in the middle, and what would not have been remarkable. */
  readonly expected: number
  readonly low: number
  readonly high: number
  /** How many robust deviations away, with its sign; beyond `threshold` it is unlike. */
  readonly score: number
  readonly unlike: boolean
  /** On how many like days it rests. */
  readonly days: number
}

/** How far back like days are looked for, and how few are too few. */
export const LOOK_BACK = 56
export const FEWEST = 12
/**
 * The modified score beyond which a day is unlike its own.
 * Source: B. Iglewicz & D. C. Hoaglin, How to Detect and Handle Outliers, ASQC 16 (1993): 3.5.
 */
const SCORE = 3.5
/** Few days estimate their spread badly; by so much further a day must be away then. Found by the simulation that measures `FALSE_ALARMS`. */
const CAUTION = 7
/** How many of a thousand ordinary days are called unlike at most, as measured on simulated histories in test/kpi/rhythm.test.ts. */
export const FALSE_ALARMS = 3

/** By how much of itself a count differs from day to day beyond chance: weekdays of one kind are not quite alike. */
const ORDINARY = 0.05

/** The least cases of a share or a mean that is judged. */
const CASES = 10

/**
 * Makes the spread the same whatever the size, and back: the root for counts (F. J. Anscombe, Biometrika 35 (1948) 246–254), the angle for
 * shares, the cube root for means of waiting times, which are skewed (E. B. Wilson & M. M. Hilferty, PNAS 17 (1931) 684–688). `least`: the
 * spread chance alone gives a day.
 */
const SCALES: Readonly<
  Record<
    Nature,
    { on: (x: number) => number; off: (y: number) => number; least: (day: RhythmDay, middle: number) => number }
  >
> = {
  count: {
    on: (x) => 2 * Math.sqrt(Math.max(0, x) + 3 / 8),
    off: (y) => Math.max(0, (Math.max(0, y) / 2) ** 2 - 3 / 8),
    // Half of a relative spread is a spread of the root.
    least: (_, middle) => Math.max(1, (ORDINARY * middle) / 2),
  },
  share: {
    on: (x) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, x / 100)))),
    off: (y) => 100 * Math.sin(Math.min(Math.PI / 2, Math.max(0, y))) ** 2,
    least: ({ cases }) => 1 / (2 * Math.sqrt(Math.max(1, cases ?? 1))),
  },
  mean: {
    on: Math.cbrt,
    off: (y) => y ** 3,
    // Cases that take as long as they take, one like another: each spreads as widely as the mean itself.
    least: ({ cases }, middle) => Math.abs(middle) / (3 * Math.sqrt(Math.max(1, cases ?? 1))),
  },
  gap: { on: (x) => x, off: (y) => y, least: (_, middle) => Math.max(1, ORDINARY * Math.abs(middle)) },
  level: { on: (x) => x, off: (y) => y, least: ({ value, one = 1 }) => Math.max(one, 0.005 * Math.abs(value ?? 0)) },
}
const BY_CASES: readonly Nature[] = ['share', 'mean']

/** Kinds whose days are compared with each other; what comes once or twice a year has no rhythm. */
const COMPARED: readonly (DayKind | null)[] = ['worked', 'weekend']

/**
 * Judges the days from `first` on (an index into `days`, which are consecutive) against the like days of the eight weeks before each; null where it
 * cannot: no value, a holiday, too few like days or cases. What stands (a level) is judged by its change since the day before.
 */
export function unlikeDays(days: readonly RhythmDay[], nature: Nature, first: number): readonly (Unlike | null)[] {
  const { on, off, least } = SCALES[nature]
  const base = (i: number) => (nature === 'level' ? (days[i - 1]?.value ?? null) : 0)
  const measured = days.map(({ value, cases }, i): number | null => {
    const from = base(i)
    if (value === null || from === null || (BY_CASES.includes(nature) && (cases ?? 0) < CASES)) return null
    return on(value - from)
  })
  const windows = new Map<DayKind | null, number[]>()
  const turn = (i: number, put: (sorted: number[], value: number) => void) => {
    const [kind, value] = [days[i]?.kind ?? null, measured[i]]
    if (value == null) return
    const sorted = windows.get(kind) ?? []
    windows.set(kind, sorted)
    put(sorted, value)
  }
  for (let i = Math.max(0, first - LOOK_BACK); i < first; i++) turn(i, insert)
  return days.slice(first).map((day, k): Unlike | null => {
    const i = first + k
    const judged = judgedIn(windows.get(day.kind) ?? [], i)
    turn(i - LOOK_BACK, remove)
    turn(i, insert)
    return judged
  })

  function judgedIn(like: readonly number[], i: number): Unlike | null {
    const [day, own] = [days[i] as RhythmDay, measured[i]]
    if (own == null || !COMPARED.includes(day.kind) || like.length < FEWEST) return null
    const middle = middleOf(like)
    const spread = Math.max(1.4826 * deviationOf(like, middle), least(day, middle))
    const limit = SCORE * (1 + CAUTION / like.length)
    const from = base(i) ?? 0
    const score = (own - middle) / spread
    // Asked for every day of a year of every unit: no objects in between.
    return {
      expected: from + off(middle),
      low: from + off(middle - limit * spread),
      high: from + off(middle + limit * spread),
      score,
      unlike: Math.abs(score) > limit,
      days: like.length,
    }
  }
}

/** The first place in sorted numbers that is not below `x`. */
function placeOf(sorted: readonly number[], x: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < x) low = middle + 1
    else high = middle
  }
  return low
}
const insert = (sorted: number[], x: number) => void sorted.splice(placeOf(sorted, x), 0, x)
const remove = (sorted: number[], x: number) => void sorted.splice(placeOf(sorted, x), 1)

/** The middle of sorted numbers. */
function middleOf(sorted: readonly number[]): number {
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2
}

/** The middle of how far sorted numbers lie from `middle`: they are taken from it outwards, so nothing is sorted again. */
function deviationOf(sorted: readonly number[], middle: number): number {
  const half = sorted.length >> 1
  let right = placeOf(sorted, middle)
  let left = right - 1
  let [before, last] = [0, 0]
  for (let taken = 0; taken <= half; taken++) {
    const under = left < 0 ? Number.POSITIVE_INFINITY : middle - (sorted[left] as number)
    const over = right >= sorted.length ? Number.POSITIVE_INFINITY : (sorted[right] as number) - middle
    before = last
    last = Math.min(under, over)
    if (under <= over) left--
    else right++
  }
  return sorted.length % 2 === 1 ? last : (before + last) / 2
}
