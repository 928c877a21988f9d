/** A declared query → a statement of its database: what stands in braces becomes a bound parameter, never text of the statement. */
import { DateTime } from 'luxon'
import type { Span } from '../../../kpi/range.ts'

/** What a query may ask for by name. */
const PLACE = /\{(from|to|cursor|limit)\}/g
export type Place = 'from' | 'to' | 'cursor' | 'limit'

export type Bound = Readonly<Record<Place, string | number | null>>

export interface Statement {
  readonly text: string
  readonly values: readonly (string | number | null)[]
}

/** The statement with PostgreSQL's numbered parameters ($1), each name once. */
export function numbered(query: string, bound: Bound): Statement {
  const names: Place[] = []
  const text = query.replaceAll(PLACE, (_, name: Place) => {
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  return { text, values: names.map((name) => bound[name]) }
}

/** The statement with MySQL's parameters (?), one for each place. */
export function placed(query: string, bound: Bound): Statement {
  const names: Place[] = []
  const text = query.replaceAll(PLACE, (_, name: Place) => {
    names.push(name)
    return '?'
  })
  return { text, values: names.map((name) => bound[name]) }
}

/** The values of a question: moments as the local time of `zone`, in which the session compares them. */
export function boundOf(window: Span | null, zone: string, cursor: string | number, limit: number): Bound {
  const local = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm:ss.SSS')
  const number = typeof cursor === 'string' && /^-?\d{1,15}$/.test(cursor) ? Number(cursor) : cursor
  return { from: window && local(window.from), to: window && local(window.to), cursor: number, limit }
}
