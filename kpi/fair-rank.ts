/** Ranks that say only what the figures bear: those who cannot be told apart share ranks, and whom too few cases speak of has none. Pure. */
import type { Indicator } from './indicator.ts'
import { byar, type Interval, jointWidth, wilson } from './interval.ts'
import type { Members } from './observation.ts'
import type { Text } from './text.ts'

/**
 * `wilson`: shares of cases. `byar`: counted events by population. `value`: figures taken as they are, so that only equal ones share a rank.
 */
export type RankMethod = 'wilson' | 'byar' | 'value'

/** How sure all ranks of a list are at once. */
export const TOGETHER = 0.95

/**
 * The least denominator of a share that is ranked.
 * Source: J. D. Parker et al., "National Center for Health Statistics data presentation standards for proportions", Vital Health Stat 2(175) (2017).
 */
export const LEAST_CASES = 30

/** A figure to be ranked. Decimal text, as answered. */
export interface Rankable {
  readonly value: string | null
  readonly numerator: string | null
  readonly denominator: string | null
}

/** Where a figure stands: the best and the worst rank it may have, 1 is first; null where it is not ranked, and then why. */
export interface Place {
  /** The figure's interval, in its own unit; null where figures are taken as they are. */
  readonly interval: Interval | null
  readonly ranks: { readonly best: number; readonly worst: number } | null
  /** `few`: fewer cases than the least; `none`: no value. */
  readonly unranked: 'few' | 'none' | null
}

export interface RankOptions {
  /** What stands first. */
  readonly first: 'highest' | 'lowest'
  /** Whether values are percents of cases; amounts of money or time are none, chance says nothing of them. */
  readonly percent: boolean
  /** The least denominator; `LEAST_CASES` where not given. */
  readonly least?: number
  /** The joint level, 0–1. */
  readonly together?: number
}

const partsOf = ({ numerator, denominator }: Rankable) =>
  [Number(numerator ?? Number.NaN), Number(denominator ?? Number.NaN)] as const

/** Whether a figure rests on cases that are counted. */
const ofCases = (row: Rankable): boolean => {
  const [of, to] = partsOf(row)
  return of >= 0 && to > 0 && Number.isInteger(of) && Number.isInteger(to)
}

/** `wilson` where every figure rests on cases: those of which it says more than there were are no shares, and have an interval of their own. */
function methodOf(rows: readonly Rankable[], percent: boolean): RankMethod {
  const valued = rows.filter(({ value }) => value !== null)
  return percent && valued.length > 0 && valued.every(ofCases) ? 'wilson' : 'value'
}

/** Of a share the score interval; of more than there were, that of a count over a number of cases. 0–1, or beyond. */
function intervalOf(row: Rankable, z: number): Interval {
  const [of, to] = partsOf(row)
  if (of <= to) return wilson(of, to, z)
  const { low, high } = byar(of, z)
  return { low: low / to, high: high / to }
}

/**
 * Where each of `rows` stands, in their order. A unit's best rank is one more than how many are surely before it, its worst the
 * number of all less those surely behind it; surely: their joint intervals do not touch. All ranks of the list hold together with the
 * joint level, and two whose intervals touch always have a rank in common.
 *
 * The counts are complete, not a sample: the interval says how far a figure would move by chance if the same offices worked the same way again, which
 * is what a comparison of offices asks (H. Goldstein & D. J. Spiegelhalter, J. R. Stat. Soc. A 159 (1996) 385–443).
 * Source: M. Klein, T. Wright & J. Wieczorek, "A joint confidence region for an overall ranking of populations", J. R. Stat. Soc. C 69 (2020) 589–606.
 */
export function placesOf(
  rows: readonly Rankable[],
  { first, percent, least = LEAST_CASES, together = TOGETHER }: RankOptions,
): { readonly method: RankMethod; readonly places: readonly Place[] } {
  const method = methodOf(rows, percent)
  const few = ({ denominator }: Rankable) => method === 'wilson' && Number(denominator) < least
  const z = jointWidth(together, rows.filter((row) => row.value !== null && !few(row)).length)
  const intervals = rows.map((row): Interval | null => {
    if (row.value === null || method === 'value') return null
    const { low, high } = intervalOf(row, z)
    return { low: 100 * low, high: 100 * high }
  })
  return { method, places: placed(rows, intervals, first, few) }
}

/**
 * The same of counts by population: a count of `numerator`, a `value` of so many for each `scale` of `denominator` people. `events`: whether
 * it counts what happened one by one; what stands is taken as it is.
 * Source: as `placesOf`, with the interval of `byar`.
 */
export function ratePlacesOf(
  rows: readonly Rankable[],
  {
    first,
    scale,
    events,
    together = TOGETHER,
  }: { first: RankOptions['first']; scale: number; events: boolean; together?: number },
): { readonly method: RankMethod; readonly places: readonly Place[] } {
  // What stands, and amounts, did not happen one by one.
  const counted = events && rows.every(({ value, numerator }) => value === null || Number(numerator) >= 0)
  if (!counted)
    return {
      method: 'value',
      places: placed(
        rows,
        rows.map(() => null),
        first,
        () => false,
      ),
    }
  const z = jointWidth(together, rows.filter(({ value }) => value !== null).length)
  const intervals = rows.map(({ value, numerator, denominator }): Interval | null => {
    if (value === null) return null
    const { low, high } = byar(Number(numerator), z)
    const by = scale / Number(denominator)
    return { low: low * by, high: high * by }
  })
  return { method: 'byar', places: placed(rows, intervals, first, () => false) }
}

function placed(
  rows: readonly Rankable[],
  intervals: readonly (Interval | null)[],
  first: RankOptions['first'],
  few: (row: Rankable) => boolean,
): readonly Place[] {
  const sign = first === 'highest' ? -1 : 1
  /** The ends of a figure along the ranking: what is surely before has its last end before the other's first. */
  const ends = rows.map((row, i): readonly [number, number] | null => {
    if (row.value === null || few(row)) return null
    const { low, high } = intervals[i] ?? { low: Number(row.value), high: Number(row.value) }
    return sign > 0 ? [low, high] : [-high, -low]
  })
  const ranked = ends.filter((one) => one !== null)
  const [starts, lasts] = [0, 1].map((end) => ranked.map((one) => one[end] as number).sort((a, b) => a - b)) as [
    number[],
    number[],
  ]
  return rows.map((row, i): Place => {
    const own = ends[i]
    if (!own) return { interval: intervals[i] ?? null, ranks: null, unranked: row.value === null ? 'none' : 'few' }
    const before = below(lasts, own[0])
    const behind = starts.length - below(starts, own[1], true)
    return {
      interval: intervals[i] ?? null,
      ranks: { best: before + 1, worst: ranked.length - behind },
      unranked: null,
    }
  })
}

/** How many of sorted numbers are less than `x`, or `upTo` it. */
function below(sorted: readonly number[], x: number, upTo = false): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const one = sorted[middle] as number
    if (one < x || (upTo && one === x)) low = middle + 1
    else high = middle
  }
  return low
}

/** "7", or "5–12" where the figures leave it open. */
export const rankText = (ranks: NonNullable<Place['ranks']>): string =>
  ranks.best === ranks.worst ? String(ranks.best) : `${ranks.best}–${ranks.worst}`

/** Whether a figure by so many people means anything: of what is counted, not of quotients, scores and stated figures. */
export const byPopulation = ({ kind, unit }: Pick<Indicator, 'kind' | 'unit'>): boolean =>
  unit !== 'percent' && kind !== 'ratio' && kind !== 'score' && kind !== 'reported'

/** Where the members of an answer stand among those of their kind. Decimal text. */
export interface FairRanks {
  /** `value` where no kind has intervals. */
  readonly method: RankMethod
  readonly first: RankOptions['first']
  /** How sure all ranks of a kind are at once, 0–1. */
  readonly together: number
  /** The least denominator that is ranked. */
  readonly least: number
  /** By which population counts were made comparable; null where they were not. */
  readonly per: {
    readonly population: string
    readonly per: number
    readonly on: string
    readonly basis: string
    readonly title: Text
    readonly unit: Text
  } | null
  readonly rows: readonly FairRank[]
}

export interface FairRank {
  readonly key: Members
  /** What is ranked: the value, or the rate by population. */
  readonly value: string | null
  /** How many people stand behind a rate. */
  readonly population: number | null
  readonly low: string | null
  readonly high: string | null
  /** The best and the worst rank it may have among `among` of its kind; null where it has none. */
  readonly best: number | null
  readonly worst: number | null
  readonly among: number
  /** Its kind: the id of the list of members it is ranked in, else what kind of member it is. */
  readonly peers: string
  readonly unranked: Place['unranked']
  /** How its kind is ranked. */
  readonly method: RankMethod
}
