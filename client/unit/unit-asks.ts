/** What a unit's page may ask, beyond what its panels ask. */
import type { Act } from '../../kpi/act.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Asks } from '../shell/asks.ts'

export interface UnitAsks extends Asks {
  /** The readings of indicators, each in its own window, one for each unit: this unit's value and its peers'. */
  readonly units: (indicators: readonly string[], signal: AbortSignal) => Promise<Answers['readings']>
  readonly reading: (slice: Slice, signal: AbortSignal) => Promise<Answers['readings']>
  /** What was corrected of a unit's figures that had been shown. */
  readonly corrections: (unit: string, span: Span, signal: AbortSignal) => Promise<Answers['corrections']>
  /** What people noted of a unit and of its figures in the last week. */
  readonly notes: (unit: string, signal: AbortSignal) => Promise<Answers['notes']>
  /** Sends what a person does; left out where nobody may. */
  readonly act?: (body: Act) => Promise<void>
}
