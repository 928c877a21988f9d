/** `GET /api/breakdown?against=…`: two indicators of the same members over the same range, side by side. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'
import { breakdown } from './breakdown.ts'

/** A breakdown, and beside it that of the indicator it is set against. Errors: those of `breakdown`, of either. */
export async function breakdownAsked(
  store: Store,
  catalogue: Catalogue,
  { against, ...query }: QueryOf<'breakdown'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['breakdown']> {
  if (against === undefined) return breakdown(store, catalogue, query, pulse, signal)
  // A population is for the counts of the first: of the other only its figures are told.
  const { per: _, least: __, ...asked } = query
  const [own, { readings, total }] = await Promise.all([
    breakdown(store, catalogue, query, pulse, signal),
    breakdown(store, catalogue, { ...asked, indicator: against }, pulse, signal),
  ])
  return { ...own, against: { indicator: against, readings, total } }
}
