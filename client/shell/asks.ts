/** What panels may ask of history; who builds the page says how. */
import type { Answers } from '../../kpi/query.ts'
import type { Grain, Span } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Slice } from '../../kpi/slice.ts'

export interface Asks {
  /** The points of a slice over a span; beside them what `usual` like weekdays before brought. */
  readonly series: (
    slice: Slice,
    span: Span,
    signal: AbortSignal,
    grain?: Grain,
    usual?: number,
  ) => Promise<Answers['series']>
  /** All cells of a score of one unit, or of all together. */
  readonly score: (indicator: string, unit: string | null, signal: AbortSignal) => Promise<Answers['score']>
  /** The value of a slice over exactly a span; `by` is a dimension of its indicator. */
  readonly total: (slice: Slice, span: Span, by: string, signal: AbortSignal) => Promise<Reading | null>
}
