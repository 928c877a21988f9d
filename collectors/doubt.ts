/** Doubts about how a row was written: a number with two readings, days counted twice. Such rows are held. */
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Indicator } from '../kpi/indicator.ts'
import { type Span, ZONE_OFFSET } from '../kpi/range.ts'
import { fieldsOfValue, type ObservationMapping } from '../kpi/source-mapping.ts'
import type { Doubting } from './document.ts'
import { fieldOf } from './map.ts'

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
    const place = firstAbove(before.to, from)
    const other: Span = { from: before.from[place] ?? Number.POSITIVE_INFINITY, to: before.to[place] ?? 0 }
    if (other.from === from && other.to === to) return null
    if (other.from < to) return `overlaps ${dateOf(other.from)} to ${dateOf(other.to - 1)}`
    if (from >= to) return null
    before.from.splice(place, 0, from)
    before.to.splice(place, 0, to)
    return null
  }
}

/** Where the first number above `value` is in a sorted list. */
function firstAbove(list: readonly number[], value: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return low
}

const dateOf = (at: number) => new Date(at + ZONE_OFFSET).toISOString().slice(0, 10)
