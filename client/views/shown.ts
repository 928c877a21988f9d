/** What a view is given: everything it draws, nothing it would have to ask for. */
import type { Panel } from '../../kpi/board.ts'
import type { Correction } from '../../kpi/correction.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import type { Language, Text } from '../../kpi/text.ts'
import type { Glass, Health } from '../../kpi/wire.ts'
import type { Known } from '../known.ts'
import type { Against } from './against.ts'

/** One slice of a panel and its readings; never empty for a total. */
export interface Part {
  readonly slice: Slice
  /** What the board calls it, where it says more briefly than the indicator. */
  readonly title?: Text | undefined
  readonly indicator: Indicator
  readonly readings: readonly Reading[]
}

export interface Shown {
  readonly language: Language
  /** Server time, UTC milliseconds. */
  readonly now: number
  readonly catalogue: Known
  readonly health: Health | null
  /** Server time since which the store has been away; null while it answers. */
  readonly awaySince: number | null
  readonly panel: Panel
  readonly title: string
  readonly parts: readonly Part[]
  /** History, where the view draws one and it has been answered. */
  readonly series: Answers['series'] | null
  readonly span: Span | null
  /** The cells of a score, where the view shows them and they have been answered. */
  readonly score?: Answers['score'] | null
  /** With which earlier days it is compared, or why with none; null where nothing is compared. */
  readonly against: Against | null
  /** The same history of those days, where the view compares and there is an answer. */
  readonly before: Answers['series'] | null
  /** The same value of those days, up to the same time of day. */
  readonly lastWeek: Reading | null
  /** Open incidents and notes; null while nothing is known of them. */
  readonly glass?: Glass | null
  /** The newest correction of each reading here that has one. */
  readonly corrections: readonly Correction[]
  /** The unit whose page this is; null on a board. */
  readonly own: string | null
  /** The address of a unit's page; null where there is nowhere to go. */
  readonly link: ((unit: string, indicator: string) => string) | null
  /** The view fills a given height and may not grow (a wall). */
  readonly fit: boolean
  /** How wide the panel is inside, rem; 0 or unsaid where that is not known yet. */
  readonly across?: number
}

/** The reading of a slice nothing is known of yet: no data, not zero. */
export function absent(slice: Slice): Reading {
  return {
    slice: sliceKey(slice),
    key: {},
    from: 0,
    to: 0,
    value: null,
    numerator: null,
    denominator: null,
    unit: slice.indicator,
    qualifier: 'exact',
    status: 'no-data',
    freshness: 'fresh',
    marks: [],
    coverage: { expected: null, reported: 0, standing: 0, missing: [], late: [], spans: null, basis: null },
    asOf: null,
    sources: [],
    citations: [],
  }
}

/** The dimension of those who report an indicator: what its coverage counts. */
export const reporting = ({ dimensions }: Indicator): string => dimensions[0] ?? 'unit'

/** The readings that have a member, and one without value for each member that coverage says is missing. */
export function withMissing(part: Part): readonly Reading[] {
  const by = part.slice.by[0]
  // Coverage speaks of those who report; a ranking of tiers has no row for a unit that is silent.
  if (by === undefined || by !== reporting(part.indicator)) return part.readings
  const own = part.readings.filter((reading) => reading.key[by] !== undefined)
  const there = new Set(own.map((reading) => reading.key[by]))
  const missing = new Set(part.readings.flatMap((reading) => reading.coverage.missing))
  const gone = [...missing].filter((id) => !there.has(id))
  return [...own, ...gone.map((id): Reading => ({ ...absent(part.slice), key: { [by]: id } }))]
}

/** The address of the page of the unit a reading speaks of. */
export function linkOf(shown: Shown, reading: Reading): string | null {
  const { unit } = reading.key
  const indicator = shown.parts[0]?.indicator.id
  return unit === undefined || indicator === undefined ? null : (shown.link?.(unit, indicator) ?? null)
}
