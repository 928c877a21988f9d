/** Fills `{from}`, `{page}` and their like in what a declaration sends. */
import { DateTime } from 'luxon'
import { type Span, ZONE } from '../../../kpi/range.ts'
import { PLACE } from '../../../kpi/source-http.ts'

/** Where an answer of several pages is; names that do not concern its paging are undefined. */
export interface Place {
  readonly page?: number
  readonly offset?: number
  readonly size?: number
  /** Empty before the first page. */
  readonly cursor?: string
}

function moment(at: number, format: string | undefined): string {
  if (format === undefined) return new Date(at).toISOString()
  if (format === 'epoch-ms') return String(at)
  if (format === 'epoch-s') return String(Math.floor(at / 1000))
  return DateTime.fromMillis(at, { zone: ZONE }).toFormat(format)
}

/** What stands for a placeholder, or undefined where there is none such: `last` is the last moment of the window. */
function valueFor(name: string, format: string | undefined, window: Span | null, place: Place): string | undefined {
  if (name === 'from' || name === 'to' || name === 'last') {
    if (window === null) return undefined
    return moment(name === 'from' ? window.from : window.to - (name === 'last' ? 1 : 0), format)
  }
  const value = place[name as keyof Place]
  return value === undefined ? undefined : String(value)
}

export type Fill = (text: string, as?: (value: string) => string) => string

/** Fills a text; `as` is how its surroundings write a value. */
export const filler =
  (window: Span | null, place: Place): Fill =>
  (text, as = (value) => value) =>
    text.replaceAll(PLACE, (whole, moment?: string, format?: string, paging?: string) => {
      const value = valueFor(moment ?? paging ?? '', format, window, place)
      return value === undefined ? whole : as(value)
    })

/** An address: values are escaped; a parameter that is nothing but a cursor is left out before the first page. */
export function fillUrl(url: string, fill: Fill, place: Place): string {
  const own =
    place.cursor === ''
      ? url.replaceAll(/([?&])[^?&=#]+=\{cursor\}(&?)/g, (_, before, after) => (after ? before : ''))
      : url
  return fill(own, encodeURIComponent)
}

/** A value of a JSON body: a text that is one placeholder of a number becomes that number, an empty cursor is left out. */
function fillValue(value: unknown, fill: Fill, place: Place): unknown {
  if (typeof value === 'string') {
    if (value === '{cursor}' && place.cursor === '') return undefined
    const filled = fill(value)
    return /^\{(?:page|offset|size)\}$/.test(value) || /^\{\w+:epoch-m?s\}$/.test(value) ? Number(filled) : filled
  }
  if (Array.isArray(value)) return value.map((one) => fillValue(one, fill, place))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fillValue(one, fill, place)]))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const inXml = (value: string) => value.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')

/** The body and the type it is sent as: objects and lists as JSON, a text that begins like XML as XML, one like `a=1` as a form. */
export function fillBody(body: unknown, fill: Fill, place: Place): { readonly text: string; readonly type: string } {
  if (typeof body !== 'string') return { text: JSON.stringify(fillValue(body, fill, place)), type: 'application/json' }
  if (body.trimStart().startsWith('<')) return { text: fill(body, inXml), type: 'application/xml; charset=utf-8' }
  const isForm = /^[\w.~%+-]+=/.test(body)
  return isForm
    ? { text: fill(body, encodeURIComponent), type: 'application/x-www-form-urlencoded' }
    : { text: fill(body), type: 'text/plain; charset=utf-8' }
}
