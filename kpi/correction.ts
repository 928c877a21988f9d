/** A correction: a figure that had been shown and is another now, by how much, why, and since when. */
import type { Members } from './observation.ts'

/** `late`: stated long after its span, among spans already known · `corrected`: the source says another value · `withdrawn`: it takes the value back · `released`: a person let a held value count. */
export const CAUSES = ['corrected', 'late', 'withdrawn', 'released'] as const
export type Cause = (typeof CAUSES)[number]

/** What a reading says; decimal text as in `Reading`. */
export interface Figures {
  readonly value: string | null
  readonly numerator: string | null
  readonly denominator: string | null
}

export interface Correction {
  /** The same on every server: of one delivery to one point of one slice. */
  readonly id: string
  /** The slice's key, and which point of it; `{}` for the total. */
  readonly slice: string
  readonly key: Members
  /** The span of the reading, UTC milliseconds. */
  readonly from: number
  readonly to: number
  /** What the reading would say without the correction, and what it says with it; nothing else differs between the two. */
  readonly before: Figures
  readonly after: Figures
  readonly why: readonly Cause[]
  /** How many statements changed. */
  readonly statements: number
  /** The deliveries that brought them, each by a short name. Another server may have seen several of them at once. */
  readonly deliveries: readonly string[]
  /** When the change was stored, UTC milliseconds. */
  readonly since: number
}
