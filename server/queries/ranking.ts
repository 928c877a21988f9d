/** `GET /api/ranking`: where each member stood in each part of a range, so that rises and falls of rank can be followed. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { members } from '../../kpi/observation.ts'
import { nextPeriod, type Period, periodOf } from '../../kpi/period.ts'
import { periodLabel } from '../../kpi/period-label.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import { DAY, type Span } from '../../kpi/range.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { breakdown, split } from './breakdown.ts'
import { factsByPeriod } from './periods.ts'

/** The most parts a range is cut into. */
const MOST = 16

/** The step that cuts a range into a dozen parts or fewer. */
const stepOf = ({ from, to }: Span): 'day' | 'week' | 'month' =>
  to - from <= 14 * DAY ? 'day' : to - from <= 100 * DAY ? 'week' : 'month'

export async function ranking(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'ranking'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['ranking']> {
  const { step = stepOf(query), ...rest } = query
  const periods = partsOf(step, query, pulse.at)
  if (periods.length > MOST) throw new Refusal(422, TOO_MANY, 'step')
  const asked = { indicator: query.indicator, window: 'today', by: [query.by], where: members(query.where) } as const
  const found: Answers['ranking']['periods'][number][] = []
  const score = catalogue.indicators.get(query.indicator)?.score !== undefined
  const known = { now: pulse.at, units: query.units, known: { asOf: query.asOf }, signal }
  const facts = score || periods.length === 0 ? null : await factsByPeriod(store, catalogue, asked, periods, known)
  for (const [i, period] of periods.entries()) {
    const { from, to } = period
    const own = facts?.[i]
    // One after the other: a dozen at once would keep the others who ask waiting.
    const { readings, total, ranks } = own
      ? split(catalogue, query, { span: { from, to }, slice: asked, found: own }, pulse.at)
      : await breakdown(store, catalogue, { ...rest, from, to }, pulse, signal)
    found.push({ from, to, label: periodLabel(period), readings, total, ranks })
  }
  return { pulse, indicator: query.indicator, step, periods: found }
}

/** The periods of a range that have begun; those it only touches are taken whole. */
function partsOf(step: 'day' | 'week' | 'month', { from, to }: Span, now: number): readonly Period[] {
  const found: Period[] = []
  for (let one = periodOf(step, from); one.from < Math.min(to, now) && found.length <= MOST; one = nextPeriod(one))
    found.push(one)
  return found
}

const TOO_MANY = {
  vi: `Khoảng này có hơn ${MOST} kỳ; hãy thu hẹp, hoặc chọn step=week hay step=month.`,
  en: `The range has more than ${MOST} periods; narrow it, or choose step=week or step=month.`,
}
