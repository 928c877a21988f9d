/** Days of an indicator with what the calendar says of them: what rhythms and forecasts are told by. */
import type { Calendar } from '../../kpi/calendar.ts'
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { type Day, dayOf } from '../../kpi/calendar-days.ts'
import { type DayKind, kindOf } from '../../kpi/calendar-kind.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import type { Text } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
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
