/** Doubts about how a row was written: a number with two readings, days counted twice, what a published document cannot have stated. Such rows are held. */
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Indicator } from '../kpi/indicator.ts'
import { DAY, dayStart, type Span, ZONE_OFFSET } from '../kpi/range.ts'
import type { ObservationMapping, PublishedDocument, Source } from '../kpi/source.ts'
import { fieldOf, type Statement } from './map.ts'

/** Three digits after one point: a thousand to some readers, a fraction to others. */
const THREE_AFTER_POINT = /^-?[1-9]\d{0,2}\.\d{3}$/

/**
 * Why a text read as a plain decimal may be a count grouped the Vietnamese way: 13.681 things are not thirteen and a bit. Null
 * where the declaration says how numbers are written, and for percentages and what is counted in fractions.
 */
export function twoReadings(row: unknown, { value, numbers }: ObservationMapping, indicator: Indicator): string | null {
  if (numbers !== 'decimal' || indicator.unit === 'percent' || indicator.decimals > 0) return null
  const fields = typeof value === 'string' ? [value] : 'gap' in value ? [] : [...value.sum, ...value.less]
  const texts = fields.map((field) => fieldOf(row, field)).filter((raw) => typeof raw === 'string')
  const odd = texts.find((text) => THREE_AFTER_POINT.test(text.trim()))?.trim()
  return odd === undefined ? null : `two-readings ${odd} or ${odd.replace('.', '')}: say numbers: vi or en`
}

type Doubting = (statement: Statement, row: unknown, mapping: ObservationMapping) => string | null

/** What rows of a published document are held for; null for sources that are none. */
export function documentRule(source: Source, indicators: Catalogue['indicators']): Doubting | null {
  const document = source.kind === 'files' ? source.document : undefined
  if (!document) return null
  const wanted = [...indicators.values()].flatMap(({ id, targets, plans }) =>
    [...targets, ...plans].flatMap(({ quote }) => (quote === undefined ? [] : [{ id, quote }])),
  )
  return (statement, row, mapping) => {
    const quote = quoteOf(row, mapping)
    const within = (text: string) => quote.includes(text) || (quote !== '' && text.includes(quote))
    const wish = wanted.find((one) => within(one.quote))
    const beside = document.beside.find(within)
    if (beside !== undefined) return `beside-the-document “${beside}”`
    if (wish) return `wanted-not-reached: a target or plan of ${wish.id}`
    return quotes(quote, row, mapping) ?? outside(statement, document)
  }
}

function quoteOf(row: unknown, { citation }: ObservationMapping): string {
  const said = typeof citation === 'object' ? fieldOf(row, citation.field) : citation
  return typeof said === 'string' ? said : ''
}

/** Letters a quote has at least. */
const WORDY = 10
const NONE = /(?:^|\s)(?:không|chưa) có\s/u

/** A quote holds the figure as it was written, whole; that there is none may be said in words. */
function quotes(quote: string, row: unknown, { value }: ObservationMapping): string | null {
  const written = typeof value === 'string' ? String(fieldOf(row, value) ?? '').trim() : ''
  // A figure alone, torn from the page, quotes nothing.
  if (quote.replace(/[^\p{L}]/gu, '').length < WORDY) return `not-quoted ${written}`
  const literal = written.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  if (new RegExp(`(?<![\\p{L}\\d.,])${literal}(?![\\p{L}\\d]|[.,]\\d)`, 'u').test(quote)) return null
  return written === '0' && NONE.test(quote) ? null : `not-quoted ${written}`
}

function outside({ from, to }: Statement, { about }: PublishedDocument): string | null {
  if (!about || (from >= dayStart(about.from) && to <= dayStart(about.to) + DAY)) return null
  return `outside-the-document: it speaks of ${about.from} to ${about.to}`
}

/**
 * A watch over the spans one answer states of each series: two that partly cover each other (a report month, the 15th to the
 * 14th, beside a calendar month) would count the same days twice, and the later one is held. Sums only: what stands may
 * overlap, and spans of one declared length cannot.
 */
export function overlapRule(indicators: Catalogue['indicators']): Doubting {
  const stated = new Map<string, Span[]>()
  return ({ indicator, members, from, to }, _, mapping) => {
    if (!mapping.to || indicators.get(indicator)?.kind !== 'flow') return null
    const series = `${indicator} ${JSON.stringify(members)}`
    const before = stated.get(series) ?? []
    const other = before.find((span) => span.from < to && from < span.to && (span.from !== from || span.to !== to))
    if (other) return `overlaps ${dateOf(other.from)} to ${dateOf(other.to - 1)}`
    stated.set(series, [...before, { from, to }])
    return null
  }
}

const dateOf = (at: number) => new Date(at + ZONE_OFFSET).toISOString().slice(0, 10)
