/** The periods of the portal's evaluations: calendar years and quarters to date, months once they have ended; all local. */
import { DateTime } from 'luxon'
import { type Span, ZONE } from '../../kpi/range.ts'

export type PeriodType = 'year' | 'quarter' | 'month'

export interface Period {
  /** `2026`, `2026-Q4`, `2026-10`: the group a question is known by. */
  readonly name: string
  readonly span: Span
  /** What the API takes. */
  readonly asked: {
    readonly timeType: PeriodType
    readonly year: number
    readonly quarter?: number
    readonly month?: number
  }
}

function periodFrom(type: PeriodType, at: DateTime): Period {
  const from = at.startOf(type)
  const span = { from: from.toMillis(), to: from.plus({ [type]: 1 }).toMillis() }
  const { year, quarter, month } = from
  if (type === 'year') return { name: String(year), span, asked: { timeType: type, year } }
  return type === 'quarter'
    ? { name: `${year}-Q${quarter}`, span, asked: { timeType: type, year, quarter } }
    : { name: from.toFormat('yyyy-MM'), span, asked: { timeType: type, year, month } }
}

/** The period that runs at `now` and `earlier` ones before it, newest first; of months only those that have ended. */
export function periodsAt(type: PeriodType, earlier: number, now: number): readonly Period[] {
  const at = DateTime.fromMillis(now, { zone: ZONE })
  const skipped = type === 'month' ? 1 : 0
  return Array.from({ length: earlier + 1 }, (_, i) =>
    periodFrom(type, at.startOf(type).minus({ [type]: i + skipped })),
  )
}

/** The period of a name; null when it is none. */
export function periodOf(name: string): Period | null {
  const match = /^(\d{4})(?:-Q([1-4])|-(\d{2}))?$/.exec(name)
  if (!match) return null
  const [, year, quarter, month] = match
  const at = DateTime.fromObject(
    { year: Number(year), month: month ? Number(month) : quarter ? Number(quarter) * 3 - 2 : 1 },
    { zone: ZONE },
  )
  return at.isValid ? periodFrom(month ? 'month' : quarter ? 'quarter' : 'year', at) : null
}
