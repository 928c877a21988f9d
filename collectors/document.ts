/** What a published document cannot have stated: figures it does not quote, of other days, beside its text, or only wanted. Such rows are held. */
import type { Catalogue } from '../kpi/catalogue.ts'
import { DAY, dayStart } from '../kpi/range.ts'
import type { Source } from '../kpi/source.ts'
import type { PublishedDocument } from '../kpi/source-files.ts'
import type { ObservationMapping } from '../kpi/source-mapping.ts'
import { fieldOf, type Statement } from './map.ts'

/** Why a statement waits for a person, as a stable code with its figures; null when nothing is odd. */
export type Doubting = (statement: Statement, row: unknown, mapping: ObservationMapping) => string | null

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
