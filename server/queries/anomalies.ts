/** `GET /api/anomalies`: the days of each member that are unlike its own, with how often that is a false alarm. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Making } from '../../kpi/forecast.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Answers, Point, QueryOf } from '../../kpi/query.ts'
import { DAY, floor } from '../../kpi/range.ts'
import { FALSE_ALARMS, LOOK_BACK, type RhythmDay, type Unlike, unlikeDays } from '../../kpi/rhythm.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'
import { dayLines, kindIn, refuseStated } from './days.ts'
import { anew, howOf, natureOf } from './making.ts'

type Row = Answers['anomalies']['rows'][number]

export async function anomalies(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'anomalies'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['anomalies']> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  refuseStated(indicator, { vi: 'Ngày bất thường', en: 'What is unlike itself' })
  // A day that runs is like no other yet.
  const span = { from: floor(query.from, DAY), to: Math.min(floor(query.to + DAY - 1, DAY), floor(pulse.at, DAY)) }
  const { limit, ...rest } = query
  const asked = { ...rest, from: span.from - (LOOK_BACK + 1) * DAY, to: Math.max(span.to, span.from) }
  const line = await dayLines(store, catalogue, { ...asked, grain: 'day' }, pulse, signal)
  const how = howOf(catalogue, indicator)
  const judge = judging(indicator, how, kindIn(catalogue), span.from)
  const parts = (line.split ?? []).map(({ key, points }) => judge(key, points))
  const whole = judge({}, line.points)
  // Of one member alone the whole is that member again.
  const all = query.where[query.by] !== undefined && parts.length === 1 ? parts : [whole, ...parts]
  const judged = all.reduce((sum, one) => sum + one.judged, 0)
  const rows = all.flatMap((one) => one.rows).sort((a, b) => Math.abs(Number(b.score)) - Math.abs(Number(a.score)))
  return {
    ...{ pulse, indicator: indicator.id, from: span.from, to: span.to },
    ...{ judged, falseAlarms: FALSE_ALARMS, expectedFalse: Number(((judged * FALSE_ALARMS) / 1000).toFixed(1)) },
    ...{ found: rows.length, rows: rows.slice(0, limit) },
  }
}

function judging(indicator: Indicator, how: Making['how'], kind: ReturnType<typeof kindIn>, from: number) {
  const places = indicator.decimals + 2
  const stands = how === 'level' || how === 'running'
  const scale = indicator.unit === 'percent' ? 100 : 1
  return (key: Members, points: readonly Point[]): { readonly judged: number; readonly rows: readonly Row[] } => {
    const first = Math.max(
      0,
      points.findIndex((point) => point.from >= from),
    )
    const days = points.map((point, i): RhythmDay => {
      const cases = point.denominator === null ? null : Number(point.denominator)
      return {
        // A total that begins anew did not fall.
        kind: how === 'running' && anew(points[i - 1], point) ? null : kind(point.from),
        value: point.value === null ? null : Number(point.value),
        cases,
        one: indicator.kind === 'ratio' ? scale / (cases || 1) : 1,
      }
    })
    const nature = natureOf(indicator, stands, points)
    const found = points.some((point) => point.from >= from) ? unlikeDays(days, nature, first) : []
    const rowOf = ({ expected, low, high, score, days: like }: Unlike, point: Point): Row => ({
      ...{ key, from: point.from, to: point.to, value: point.value, numerator: point.numerator },
      ...{ denominator: point.denominator, marks: point.marks, kind: kind(point.from) },
      ...{ expected: expected.toFixed(places), low: low.toFixed(places), high: high.toFixed(places) },
      ...{ score: score.toFixed(2), days: like },
    })
    return {
      judged: found.filter((one) => one !== null).length,
      rows: found.flatMap((one, i) => (one?.unlike ? [rowOf(one, points[first + i] as Point)] : [])),
    }
  }
}
