/** How much more one side of a comparison is than the other, exact. Pure. */
import { decimal, micro, quotient } from '../../kpi/decimal.ts'
import type { Change } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'

export type Side = { readonly value: string | null } & Partial<Pick<Reading, 'numerator' | 'denominator'>>

/** What is more on this side; `relative` in percent of the other side, six places, where that means something. */
export function changeOf(one: Side | null, other: Side | null, percent: boolean): Change {
  const less = (a: string | null | undefined, b: string | null | undefined) =>
    a == null || b == null ? null : decimal(micro(a) - micro(b))
  const value = less(one?.value, other?.value)
  return {
    value,
    numerator: less(one?.numerator, other?.numerator),
    denominator: less(one?.denominator, other?.denominator),
    relative: percent || value === null || other?.value == null ? null : quotient(value, other.value, true),
  }
}
