/** `GET /api/forecast`: what a period that runs will come to at this pace, how far to believe it, and whether its target is met. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { forecast as foretell, type Making, PAST, type PaceDay } from '../../kpi/forecast.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point, QueryOf } from '../../kpi/query.ts'
import { DAY, floor } from '../../kpi/range.ts'
import { targetAt } from '../../kpi/status.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { dayLines, isState, kindIn, refuseStated } from './days.ts'

/** The longest period that is foretold, days. */
const LONGEST = 370

export async function forecast(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'forecast'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['forecast']> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  refuseStated(indicator, { vi: 'Dự báo', en: 'A forecast' })
  const today = floor(pulse.at, DAY)
  const [from, to] = [floor(query.from, DAY), floor(query.to + DAY - 1, DAY)]
  if (to <= today || from > today || to - from > LONGEST * DAY) throw new Refusal(422, NOT_RUNNING, 'to')
  const asked = { ...query, from: Math.min(from, today - PAST * DAY), to: today, grain: 'day' as const }
  const { points: all } = await dayLines(store, catalogue, asked, pulse, signal)
  // Days before anything was ever said are no days without work.
  const points = all.slice(
    Math.max(
      0,
      all.findIndex(({ value, denominator }) => value !== null || denominator !== null),
    ),
  )
  const making: Making = indicator.kind === 'ratio' ? 'ratio' : isState(catalogue, indicator) ? 'standing' : 'sum'
  const kind = kindIn(catalogue)
  const dayOfPace = ({ from: at, value, numerator, denominator }: Point): PaceDay => ({
    kind: kind(at),
    above: number(making === 'ratio' ? numerator : value),
    below: number(denominator),
  })
  const done = points.filter((point) => point.from >= from)
  const coming = Array.from({ length: (to - today) / DAY }, (_, i) => kind(today + i * DAY))
  const found = foretell(points.map(dayOfPace), done.length, coming, making)
  const target = targetAt(indicator, query.where, to - 1)
  const scale = making === 'ratio' && indicator.unit === 'percent' ? 100 : 1
  const text = (size: number) =>
    (size * scale).toFixed(making === 'ratio' ? indicator.decimals + 2 : indicator.decimals)
  const missing = done.filter(({ value, status }) => value === null && status !== 'nothing-occurred').length
  const said = found && {
    ...{ value: text(found.value), low: text(found.low), high: text(found.high) },
    ...{ soFar: found.soFar === null ? null : text(found.soFar), level: found.level },
    ...{ held: found.held, tries: found.tries },
  }
  return {
    ...{ pulse, indicator: indicator.id, from, to, counted: Math.max(from, today) },
    ...{ days: { done: done.length, missing, coming: coming.length }, forecast: said },
    target: target && { value: String(target.value), basis: target.basis },
    verdict: found && target ? verdictOf(indicator, found, target.value / scale, scale) : null,
    needed: needed(done.map(dayOfPace), found?.rest ?? null, target === null ? null : target.value / scale, text),
  }
}

const number = (value: string | null) => (value === null ? null : Number(value))

/** Whether the target is met at this pace: surely, surely not, or open; and by how much it is missed or passed. */
function verdictOf(
  { better }: Indicator,
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
  target: number,
  scale: number,
): Answers['forecast']['verdict'] {
  if (better === 'neither') return null
  const good = (size: number) => (better === 'higher' ? size >= target : size <= target)
  const ends = [good(low), good(high)]
  const verdict = ends.every(Boolean) ? 'met' : ends.some(Boolean) ? 'open' : 'missed'
  return { verdict, met: good(value), by: ((value - target) * scale).toFixed(4) }
}

/** What the rest must come to for a ratio to end on its target; null where it is none, `null` above one can never do. */
function needed(
  done: readonly PaceDay[],
  rest: { readonly above: number; readonly below: number } | null,
  target: number | null,
  text: (size: number) => string,
): string | null {
  if (rest === null || target === null || rest.below === 0) return null
  const sum = (of: 'above' | 'below') => done.reduce((all, day) => all + (day[of] ?? 0), 0)
  return text((target * (sum('below') + rest.below) - sum('above')) / rest.below)
}

const NOT_RUNNING = {
  vi: 'Chỉ dự báo được kỳ đang diễn ra, dài nhất 370 ngày: to phải sau hôm nay, from không sau hôm nay (muốn xem dự báo của một ngày đã qua, thêm asOf).',
  en: 'Only a period that runs is forecast, of 370 days at most: to must be after today, from not (for the forecast of a past day add asOf).',
}
