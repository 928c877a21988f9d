/** `GET /api/compare`: an indicator over a range beside an earlier range, its target, or the same range elsewhere; differences exact, what lies behind both sides with them. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { isElsewhere } from '../../kpi/compared.ts'
import { decimalText, formatDay } from '../../kpi/format.ts'
import type { Answers, Compared, QueryOf } from '../../kpi/query.ts'
import { MINUTE, type Span } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey } from '../../kpi/slice.ts'
import { targetAt } from '../../kpi/status.ts'
import type { Language } from '../../kpi/text.ts'
import { lastDefinition, stretchesOf } from '../../kpi/version.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { columnsOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { type Against, againstWhat, comparisonFor } from './against.ts'
import { breakdown } from './breakdown.ts'
import { changeOf } from './change.ts'
import { elsewhere } from './elsewhere.ts'

export async function compare(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'compare'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['compare']> {
  const indicator = catalogue.indicators.get(query.indicator)
  const { with: _, ...rest } = query
  const how = comparisonFor(catalogue.calendars, query, query.with, pulse.at)
  if (isElsewhere(how)) return elsewhere(store, catalogue, { ...query, with: how }, pulse, signal)
  const over = (span: Span) => breakdown(store, catalogue, { ...rest, ...span }, pulse, signal)
  const percent = indicator?.unit === 'percent'
  if (how === 'target') {
    const now = await over(query)
    const against = (one: Reading): Compared => {
      const target = indicator && targetAt(indicator, { ...query.where, ...one.key }, Math.min(pulse.at, query.to - 1))
      const aim = target ? { value: decimalText(target.value), basis: target.basis } : null
      return { key: one.key, now: one, earlier: null, target: aim, beside: null, change: changeOf(one, aim, percent) }
    }
    const said = { vi: 'so với mục tiêu', en: 'compared with the target' }
    return {
      ...{ pulse, indicator: query.indicator, with: how, said, provisional: false, earlier: null },
      now: lastDefinition(catalogue, query.indicator, query).span,
      rows: now.readings.map(against),
      total: now.total && against(now.total),
    }
  }
  const spans = againstWhat(catalogue.calendars, query, how, pulse.at)
  oneDefinition(catalogue, query.indicator, spans)
  const stands = indicator ? columnsOf(indicator, catalogue.indicators).stands : false
  // How far a range that runs has come its own figures say; of one that is over both sides are known.
  const [now, whole] = await Promise.all([over(spans.now), spans.running ? null : over(spans.earlier)])
  const earlier = reached(spans, now.total, stands)
  const then = whole ?? (await over(earlier))
  const before = new Map(then.readings.map((reading) => [pointKey(reading.key), reading]))
  const both = (one: Reading | null, other: Reading | null): Compared => ({
    ...{ key: one?.key ?? other?.key ?? {}, now: one, earlier: other, target: null, beside: null },
    change: changeOf(one, other, percent),
  })
  const here = new Set(now.readings.map((reading) => pointKey(reading.key)))
  const gone = then.readings.filter((reading) => !here.has(pointKey(reading.key)))
  return {
    ...{ pulse, indicator: query.indicator, with: how, said: spans.said, provisional: spans.provisional },
    ...{ now: spans.now, earlier },
    rows: [
      ...now.readings.map((one) => both(one, before.get(pointKey(one.key)) ?? null)),
      ...gone.map((one) => both(null, one)),
    ],
    total: both(now.total, then.total),
    ...(now.carried
      ? { carried: [...new Map([...now.carried, ...(then.carried ?? [])].map((one) => [one.former, one])).values()] }
      : {}),
  }
}

/** Refuses to compare what was counted in two ways. */
function oneDefinition(catalogue: Catalogue, indicator: string, { now, earlier }: Against): void {
  const [change] = stretchesOf(catalogue, indicator, { from: earlier.from, to: now.to }).breaks
  if (!change) return
  const date = (language: Language) => formatDay(change.at, language)
  throw new Refusal(
    422,
    {
      vi: `Không so sánh được: định nghĩa của ${indicator} đổi từ ${date('vi')} (phiên bản ${change.version}), hai bên không cùng nghĩa. Hãy chọn hai khoảng cùng ở một phía của ngày đó, hoặc xem đường biểu diễn (/api/series) có vạch chỗ đổi.`,
      en: `Cannot compare: the definition of ${indicator} changed on ${date('en')} (version ${change.version}), the two sides do not mean the same. Choose ranges on one side of that day, or look at the line (/api/series), which breaks there.`,
    },
    'with',
  )
}

/** The earlier side of a range that is running: as far as the figures of this side have come. */
function reached({ now, earlier, running }: Against, total: Reading | null, stands: boolean): Span {
  if (!running || total?.asOf == null) return earlier
  // What stands at a moment is in the minute that begins with it; what happened ends before it.
  const elapsed = Math.max(MINUTE, total.asOf + (stands ? MINUTE : 0) - now.from)
  return { from: earlier.from, to: Math.min(earlier.to, earlier.from + elapsed) }
}
