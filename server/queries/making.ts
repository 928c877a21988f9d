/** How days make a figure, and by what nature they are judged: both follow from what an indicator is. Pure. */
import { civil, dayOf } from '../../kpi/calendar-days.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Begins, fell, type Making } from '../../kpi/forecast.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Point } from '../../kpi/query.ts'
import type { Window } from '../../kpi/range.ts'
import type { Nature } from '../../kpi/rhythm.ts'
import { columnsOf } from '../store/columns.ts'

/** What begins with the day of `at`. */
export function beginsOf(at: number): Begins {
  const { month, day } = civil(dayOf(at))
  if (day !== 1) return null
  return month === 1 ? 'year' : month % 3 === 1 ? 'quarter' : 'month'
}

/** Windows within which a running total begins anew with every day. */
const WITHIN_DAY: readonly Window[] = ['today', 'yesterday', '60m', '24h']

/** How days make the figure of an indicator; of a ratio, as its parts are made where both are made alike, and as what stands where both stand. */
export function howOf(catalogue: Catalogue, indicator: Pick<Indicator, 'kind' | 'ratio' | 'window'>): Making['how'] {
  const { kind, ratio, window } = indicator
  if (!columnsOf(indicator, catalogue.indicators).stands) return 'sum'
  if (ratio) {
    const [of, to] = [ratio.of, ratio.to].map((id) => {
      const part = catalogue.indicators.get(id)
      return part ? howOf(catalogue, part) : 'level'
    })
    return of === to && of !== undefined ? of : 'level'
  }
  return kind === 'distinct'
    ? 'daily'
    : kind === 'running'
      ? WITHIN_DAY.includes(window)
        ? 'daily'
        : 'running'
      : 'level'
}

/** Whether a ratio is a share: a percent whose numerator never was more than its denominator. */
export const isShare = (indicator: Pick<Indicator, 'kind' | 'unit'>, points: readonly Point[]): boolean =>
  indicator.kind === 'ratio' &&
  indicator.unit === 'percent' &&
  points.every(
    ({ numerator, denominator }) =>
      numerator === null || denominator === null || Number(numerator) <= Number(denominator),
  )

/** What stands moves on from where it stood, so its changes are judged; of a ratio the units themselves say whether it is a share. */
export function natureOf(indicator: Indicator, stands: boolean, points: readonly Point[]): Nature {
  if (stands) return 'level'
  if (points.some(({ value }) => Number(value ?? 0) < 0)) return 'gap'
  return indicator.kind !== 'ratio' ? 'count' : isShare(indicator, points) ? 'share' : 'mean'
}

/** Whether a running total began anew: less than half is left of it. */
export const anew = (before: Point | undefined, { value }: Point): boolean =>
  before?.value != null && value !== null && fell(Number(value), Number(before.value))
