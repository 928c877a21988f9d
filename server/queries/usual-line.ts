/** A line with what like weekdays before usually brought beside it: one further question of the same kind, over the weeks before. */
import { type Day, dayBegins, dayOf } from '../../kpi/calendar-days.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Answers, MAX_POINTS, MOST_LIKE, type Point, type QueryOf, type UsualPoint } from '../../kpi/query.ts'
import { DAY, duration, floor, GRAIN_MS, grainOf } from '../../kpi/range.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { FEWEST, likeSpans, usual } from './expected.ts'
import { seriesByVersion } from './versioned.ts'

const WEEK = 7 * DAY
/**
 * How wide the band is: two typical deviations (1.4826 × the median absolute deviation, which is the standard deviation where values are
 * normal, so about 95 % of ordinary days), and at least five percent of the median, below which nobody sees a difference.
 */
const BAND = { side: 'both', weeks: MOST_LIKE, width: 2, least: 5 } as const

/** `GET /api/series`: the line, and with `usual` what that many like weekdays before brought. */
export async function seriesAsked(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'series'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['series']> {
  const { usual: days, ...plain } = query
  if (days === undefined) return seriesByVersion(store, catalogue, plain, pulse, signal)
  const grain = query.grain ?? grainOf(query)
  if (grain === 'minute') throw new Refusal(422, TOO_FINE, 'grain')
  const beat = duration(catalogue.indicators.get(query.indicator)?.rhythm ?? '') ?? 0
  const step = Math.max(GRAIN_MS[grain], beat)
  const first = floor(query.from, step)
  const past = { from: first - MOST_LIKE * WEEK, to: query.to - WEEK }
  if ((past.to - past.from) / step > MAX_POINTS) throw new Refusal(422, TOO_LONG, 'from')
  const { by: _, ...total } = plain
  const [line, before] = await Promise.all([
    seriesByVersion(store, catalogue, plain, pulse, signal),
    seriesByVersion(store, catalogue, { ...total, ...past, grain }, pulse, signal),
  ])
  // What was counted by another definition is no habit of this one.
  const since = Math.max(0, ...[...(before.breaks ?? []), ...(line.breaks ?? [])].map(({ at }) => at))
  const known = before.points.filter(({ from }) => from >= since)
  const most = catalogue.indicators.get(query.indicator)?.unit === 'percent' ? 100 : Number.POSITIVE_INFINITY
  return { ...line, usual: usualPoints(catalogue, known, { first, to: query.to, step, days, most }) }
}

/** What is usual at each place of a line, from the points of the weeks before; places with too few like days are left out. Pure. */
export function usualPoints(
  catalogue: Pick<Catalogue, 'calendars'>,
  before: readonly Point[],
  { first, to, step, days, most }: Readonly<Record<'first' | 'to' | 'step' | 'days' | 'most', number>>,
): readonly UsualPoint[] {
  const values = new Map(before.flatMap(({ from, value }) => (value === null ? [] : [[from, Number(value)] as const])))
  const shifts = new Map<Day, readonly number[]>()
  const shiftsOf = (at: number) => {
    const day = dayOf(at)
    const known = shifts.get(day)
    if (known) return known
    const begins = dayBegins(day)
    const like = likeSpans(catalogue, { from: begins, to: begins + DAY }, days, MOST_LIKE)
    const found = like.map(({ from }) => begins - from)
    shifts.set(day, found)
    return found
  }
  const places = Array.from({ length: Math.ceil((to - first) / step) }, (_, i) => first + i * step)
  return places.flatMap((from) => {
    const earlier = shiftsOf(from).flatMap((shift) => values.get(from - shift) ?? [])
    if (earlier.length < FEWEST) return []
    const { low, median, high } = usual(null, earlier, BAND, from)
    // Nobody counts less than nothing, and no share is more than the whole.
    const ends = { low: Math.min(median, Math.max(0, low)), high: Math.max(median, Math.min(most, high)) }
    return [{ from, to: from + step, ...ends, median, days: earlier.length }]
  })
}

const TOO_FINE = {
  vi: 'Dải thường thấy (usual) chỉ có theo giờ hoặc ngày; hãy chọn grain=hour hoặc grain=day.',
  en: 'The usual band (usual) is known by hour or day only; choose grain=hour or grain=day.',
}
const TOO_LONG = {
  vi: 'Khoảng thời gian quá dài để so với các tuần trước; hãy rút ngắn from–to hoặc chọn bước thô hơn.',
  en: 'The range is too long to be compared with the weeks before; shorten from–to or choose a coarser grain.',
}
