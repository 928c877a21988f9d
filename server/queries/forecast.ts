/** `GET /api/forecast`: what a period that runs will come to at this pace, how far to believe it, and whether its target is met. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Forecast, forecast as foretell, LEVEL, type Making, type PaceDay, pastOf } from '../../kpi/forecast.ts'
import { decimalText } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { members } from '../../kpi/observation.ts'
import type { Answers, Point, QueryOf } from '../../kpi/query.ts'
import { DAY, floor } from '../../kpi/range.ts'
import { targetAt } from '../../kpi/status.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { columnsOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { dayLines, kindIn, refuseStated } from './days.ts'
import { factsOf } from './facts.ts'
import { judge } from './judge.ts'
import { beginsOf, howOf, isShare } from './making.ts'

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
  const reach = pastOf((today - from) / DAY, (to - today) / DAY) * DAY
  const asked = { ...query, from: Math.min(from, today - reach), to: today, grain: 'day' as const, reach: to - from }
  const [line, soFar] = await Promise.all([
    dayLines(store, catalogue, asked, pulse, signal),
    from === today ? null : counted(store, catalogue, { ...query, from, to: today }, pulse, signal),
  ])
  // Days before anything was ever said are no days without work.
  const points = line.points.slice(
    Math.max(
      0,
      line.points.findIndex(({ value, denominator }) => value !== null || denominator !== null),
    ),
  )
  const ratio = indicator.kind === 'ratio'
  const adds = columnsOf(indicator, catalogue.indicators).across === 'sum'
  const making: Making = { how: howOf(catalogue, indicator), ratio, share: isShare(indicator, points) }
  const kind = kindIn(catalogue)
  const dayOfPace = ({ from: at, value, numerator, denominator }: Point): PaceDay => ({
    ...{ kind: kind(at), begins: beginsOf(at) },
    // Where parts may not be added, nothing is known of several.
    above: number(ratio && (adds || value !== null) ? numerator : value),
    below: number(denominator),
  })
  const done = points.filter((point) => point.from >= from)
  const coming = Array.from({ length: (to - today) / DAY }, (_, i) => {
    const at = today + i * DAY
    return { kind: kind(at), begins: beginsOf(at) }
  })
  // What was said for longer than a day, or comes seldomer, is not known by days.
  const byDay = line.coarser === 0 && points.every((point) => point.to - point.from === DAY)
  const found = byDay ? foretell(points.map(dayOfPace), done.length, coming, making) : null
  const target = targetAt(indicator, query.where, to - 1)
  const scale = ratio && indicator.unit === 'percent' ? 100 : 1
  const text = (size: number) => (size * scale).toFixed(ratio ? indicator.decimals + 2 : indicator.decimals)
  const said = found && {
    ...{ value: text(found.value), soFar, tries: found.tries, level: LEVEL },
    ...{ low: found.range && text(found.range.low), high: found.range && text(found.range.high) },
    held: found.range?.held ?? null,
  }
  return {
    ...{ pulse, indicator: indicator.id, from, to, counted: Math.max(from, today) },
    ...{ days: { done: done.length, missing: found?.missing ?? 0, coming: coming.length }, forecast: said },
    target: target && { value: decimalText(target.value), basis: target.basis },
    verdict: found && target ? verdictOf(indicator, found, target.value / scale, scale) : null,
    needed: needed(done.map(dayOfPace), found?.rest ?? null, target === null ? null : target.value / scale, text),
  }
}

/** What everybody else is told of the days that are over. */
async function counted(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'forecast'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<string | null> {
  const slice = { indicator: query.indicator, window: 'today' as const, by: [], where: members(query.where) }
  const [facts] = await factsOf(store, catalogue, [slice], {
    ...{ now: pulse.at, purpose: 'ask', units: query.units, known: { asOf: query.asOf }, signal },
    over: { span: { from: query.from, to: query.to }, grain: 'day' },
  })
  return (facts && judge(catalogue, slice, facts, pulse.at)[0]?.value) ?? null
}

const number = (value: string | null) => (value === null ? null : Number(value))

/** Whether the target is met at this pace: surely, surely not, or open (also where nobody knows how far off the method is); and by how much it is missed or passed. */
function verdictOf(
  { better }: Indicator,
  { value, range }: Pick<Forecast, 'value' | 'range'>,
  target: number,
  scale: number,
): Answers['forecast']['verdict'] {
  if (better === 'neither') return null
  const good = (size: number) => (better === 'higher' ? size >= target : size <= target)
  const ends = range === null ? [true, false] : [good(range.low), good(range.high)]
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
