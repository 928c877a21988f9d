/** A reading: one point of one slice, with everything needed to believe it. This is what travels. */
import type { Members, Qualifier } from './observation.ts'

export const STATUSES = [
  'good',
  'warning',
  'critical',
  'not-judged',
  'nothing-occurred',
  'zero-denominator',
  'no-data',
] as const
/** `nothing-occurred` is 0/0; `zero-denominator` is something over 0, which has no quotient; `no-data` is not reported; none is ever 0. */
export type Status = (typeof STATUSES)[number]

export const FRESHNESSES = ['fresh', 'late', 'stale'] as const
export type Freshness = (typeof FRESHNESSES)[number]

export const MARKS = ['held', 'corrected', 'differing', 'partial', 'simulated', 'reported', 'planned-silence'] as const
export type Mark = (typeof MARKS)[number]

/** Who should have reported, and did. */
export interface Coverage {
  /** How many should report; null when nobody has said who. */
  readonly expected: number | null
  /** How many have reported on time. */
  readonly reported: number
  /** How many have older values still standing in the total. */
  readonly standing: number
  /** Member ids without any value in the window. */
  readonly missing: readonly string[]
  /** Member ids whose values stand but are late. */
  readonly late: readonly string[]
  /** Spans present of the spans that should be there by now; null where no rhythm is declared. */
  readonly spans: { readonly present: number; readonly expected: number } | null
  /** `unverified` when the list behind the numbers is only a declared size. */
  readonly basis: string | null
}

export interface Citation {
  readonly source: string
  readonly text: string
}

/** A source that does not say what the one that speaks says, of the same members and time. */
export interface Differing {
  readonly source: string
  /** What the value would be by it, where it speaks; the rest as it counts. */
  readonly value: string | null
  /** In how many buckets of the reading they differ. */
  readonly buckets: number
}

export interface Reading {
  /** The slice's key (`sliceKey`). */
  readonly slice: string
  /** Which point: members of the `by` dimensions; `{}` for the total. */
  readonly key: Members
  readonly from: number
  readonly to: number
  /** Decimal text; null for `no-data`, `nothing-occurred` and `zero-denominator`. A percent is 0–100. */
  readonly value: string | null
  readonly numerator: string | null
  readonly denominator: string | null
  /** `percent` or the id of the indicator whose unit it is. */
  readonly unit: string
  /** Of a score: the id of its grade, where it has one. */
  readonly grade?: string
  readonly qualifier: Qualifier
  readonly status: Status
  readonly freshness: Freshness
  readonly marks: readonly Mark[]
  readonly coverage: Coverage
  /** Source time: the newest moment the value speaks of, UTC milliseconds. */
  readonly asOf: number | null
  readonly sources: readonly string[]
  readonly citations: readonly Citation[]
  /** Sources that say otherwise (mark `differing`); left out where none does. */
  readonly differing?: readonly Differing[]
}
