/** Doubts about how a row was written: a number with two readings, days counted twice. Such rows are held. */
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Indicator } from '../kpi/indicator.ts'
import { DAY, floor, MINUTE, type Span, ZONE_OFFSET } from '../kpi/range.ts'
import { fieldsOfValue, type ObservationMapping } from '../kpi/source-mapping.ts'
import { endOf, type Standing } from './cursor.ts'
import type { Doubting } from './document.ts'
import { fieldOf, type Statement } from './map.ts'

/** Three digits after one point: a thousand to some readers, a fraction to others. */
const THREE_AFTER_POINT = /^-?[1-9]\d{0,2}\.\d{3}$/

/**
 * Why a text read as a plain decimal may be a count grouped the Vietnamese way: 13.681 things are not thirteen and a bit. Null
 * where the declaration says how numbers are written, and for percentages and what is counted in fractions.
 */
export function twoReadings(row: unknown, { value, numbers }: ObservationMapping, indicator: Indicator): string | null {
  if (numbers !== 'decimal' || indicator.unit === 'percent' || indicator.decimals > 0) return null
  const fields = typeof value === 'object' && 'gap' in value ? [] : fieldsOfValue(value)
  const texts = fields.map((field) => fieldOf(row, field)).filter((raw) => typeof raw === 'string')
  const odd = texts.find((text) => THREE_AFTER_POINT.test(text.trim()))?.trim()
  return odd === undefined ? null : `two-readings ${odd} or ${odd.replace('.', '')}: say numbers: vi or en`
}

/**
 * A watch over the spans one answer states of each series: two that partly cover each other (a report month, the 15th to the
 * 14th, beside a calendar month) would count the same days twice, and the later one is held. Sums only: what stands may
 * overlap, and spans of one declared length cannot.
 */
export function overlapRule(indicators: Catalogue['indicators']): Doubting {
  // Of each series the ends of its spans, sorted: apart from one another, they are sorted by their beginnings too.
  const stated = new Map<string, { readonly from: number[]; readonly to: number[] }>()
  return ({ indicator, members, from, to }, _, mapping) => {
    if (!mapping.to || indicators.get(indicator)?.kind !== 'flow') return null
    const series = `${indicator} ${JSON.stringify(members)}`
    const before = stated.get(series) ?? { from: [], to: [] }
    stated.set(series, before)
    const place = firstAbove(before.to, from, (end) => end)
    const other: Span = { from: before.from[place] ?? Number.POSITIVE_INFINITY, to: before.to[place] ?? 0 }
    if (other.from === from && other.to === to) return null
    if (other.from < to) return overlapped(other)
    if (from >= to) return null
    before.from.splice(place, 0, from)
    before.to.splice(place, 0, to)
    return null
  }
}

/** Where the first number above `value` is in a list sorted by it. */
function firstAbove<T>(list: readonly T[], value: number, numberOf: (one: T) => number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (numberOf(list[middle] as T) > value) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * Of what an answer states of sums, each key that covers in part what the source said before and did not take back, with the reason to
 * hold it: both would count the same time twice, however far apart they were said. What is stated under a key that counts already
 * is a correction of it. `standing`: what the source is remembered to have said.
 */
export function overlapsBefore(
  said: readonly { readonly key: string; readonly statement: Statement }[],
  standing: Standing,
  indicators: Catalogue['indicators'],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const news = said.filter(
    ({ key, statement: { state, indicator, from, to } }) =>
      state === 'taken' && from < to && indicators.get(indicator)?.kind === 'flow' && !counts(standing[key]),
  )
  if (news.length === 0) return found
  const gone = new Set(said.filter(({ statement }) => statement.state === 'withdrawn').map(({ key }) => key))
  const earliest = news.reduce((least, { statement }) => Math.min(least, statement.from), Number.POSITIVE_INFINITY)
  const before = spansOf(standing, gone, new Set(news.map(({ key }) => seriesOf(key))), earliest)
  for (const { key, statement } of news) {
    const spans = before.get(seriesOf(key))
    const other = spans?.[firstAbove(spans, statement.from, ({ to }) => to)]
    if (other && other.from < statement.to) found.set(key, overlapped(other))
  }
  return found
}

/** Of each series the spans that count and end after `since`, apart from one another and in the order of time. */
function spansOf(standing: Standing, gone: ReadonlySet<string>, series: ReadonlySet<string>, since: number) {
  const all = new Map<string, Span[]>()
  for (const [key, stands] of Object.entries(standing)) {
    // Most of what is remembered is over: that is told by its end alone.
    if (endOf(key) <= since) continue
    const own = seriesOf(key)
    if (!series.has(own) || !counts(stands) || gone.has(key)) continue
    const [from = 0, to = 0] = key
      .slice(own.length + 1, -1)
      .split(',')
      .map(Number)
    if (from < to) all.get(own)?.push({ from, to }) ?? all.set(own, [{ from, to }])
  }
  for (const [own, spans] of all) {
    spans.sort((a, b) => a.from - b.from)
    let end = 0
    const apart = spans.filter(({ from, to }) => {
      if (from < end) return false
      end = to
      return true
    })
    all.set(own, apart)
  }
  return all
}

const counts = (standing: string | undefined) => standing?.startsWith('taken ') === true
/** A key without its span (`keyOf`). */
const seriesOf = (key: string) => key.slice(0, key.lastIndexOf(',', key.lastIndexOf(',') - 1))

/** Whole days by their dates, the last one included; else by the minute or the second. */
function overlapped({ from, to }: Span): string {
  const isDays = [from, to].every((at) => floor(at, 'day') === at)
  const digits = isDays ? 10 : [from, to].every((at) => at % MINUTE === 0) ? 16 : 19
  const text = (at: number) => new Date(at + ZONE_OFFSET).toISOString().slice(0, digits)
  return `overlaps ${text(from)} to ${text(isDays ? to - DAY : to)}`
}
