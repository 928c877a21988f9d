/** Days of an indicator with what the calendar says of them: what rhythms and forecasts are told by. */
import type { Calendar } from '../../kpi/calendar.ts'
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { civil, type Day, dayOf } from '../../kpi/calendar-days.ts'
import { type DayKind, kindOf } from '../../kpi/calendar-kind.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Begins, Making } from '../../kpi/forecast.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import type { Window } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { columnsOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import type { LineQuery } from './series.ts'
import { seriesByVersion } from './versioned.ts'

/** The line by days; points before the last change of the definition are left out: they mean something else. */
export async function dayLines(
  store: Store,
  catalogue: Catalogue,
  query: LineQuery,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['series']> {
  const found = await seriesByVersion(store, catalogue, { ...query, grain: 'day' }, pulse, signal)
  const since = found.breaks?.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  const kept = (points: readonly Point[]) => points.filter(({ from }) => from >= since)
  return {
    ...found,
    points: kept(found.points),
    ...(found.split && { split: found.split.map(({ key, points }) => ({ key, points: kept(points) })) }),
  }
}

/** What kind of day it is; null where no calendar says. */
export function kindIn(catalogue: Catalogue): (at: number) => DayKind | null {
  const calendar: Calendar | undefined = catalogue.calendars.get(PUBLIC_SECTOR)
  const known = new Map<Day, DayKind | null>()
  return (at) => {
    const day = dayOf(at)
    const kind = known.get(day) ?? (calendar ? kindOf(calendar, day) : null)
    known.set(day, kind)
    return kind
  }
}

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

/** Refuses what has no days that could be judged: scores and figures somebody stated. */
export function refuseStated(indicator: Indicator, what: Text): void {
  if (indicator.kind !== 'score' && indicator.kind !== 'reported') return
  throw new Refusal(
    422,
    {
      vi: `${what.vi} chỉ tính được cho số đếm, tỷ lệ và hiện trạng, không cho điểm và số đã công bố.`,
      en: `${what.en} is told of counts, ratios and states, not of scores and reported figures.`,
    },
    'indicator',
  )
}
