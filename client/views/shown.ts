/** What a view is given: everything it draws, nothing it would have to ask for. */
import type { Panel } from '../../kpi/board.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import type { Language } from '../../kpi/text.ts'
import type { Health } from '../../kpi/wire.ts'
import type { Known } from '../known.ts'

/** One slice of a panel and its readings; never empty for a total. */
export interface Part {
  readonly slice: Slice
  readonly indicator: Indicator
  readonly readings: readonly Reading[]
}

export interface Shown {
  readonly language: Language
  /** Server time, UTC milliseconds. */
  readonly now: number
  readonly catalogue: Known
  readonly health: Health | null
  readonly panel: Panel
  readonly title: string
  readonly parts: readonly Part[]
  /** History, where the view draws one and it has been answered. */
  readonly series: Answers['series'] | null
  readonly span: Span | null
  /** The view fills a given height and may not grow (a wall). */
  readonly fit: boolean
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
