/** What a stretch of time lacks, beside a change that may come from it. Pure. */
import type { Compared, Lacking } from '../../kpi/query.ts'
import type { Mark, Reading } from '../../kpi/reading.ts'

/** What a side lacks: who did not report, who stopped before its end, whose figures were corrected, of whom something waits. */
export function lackingOf(
  total: Reading | null,
  rows: readonly Compared[],
  side: 'now' | 'earlier',
  by: string,
): Lacking | null {
  if (!total) return null
  const { expected, missing, late, spans } = total.coverage
  const marked = (mark: Mark) => rows.filter((row) => row[side]?.marks.includes(mark)).map(({ key }) => key[by] ?? '')
  return {
    missing: expected === null ? null : missing,
    ...{ late, corrected: marked('corrected'), held: marked('held'), spans },
  }
}
