/** `GET /api/observations`: every version behind a number, page by page. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { decidedOf } from '../../kpi/decided.ts'
import type { StoredObservation } from '../../kpi/observation.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { filter, knownBy } from '../store/filter.ts'

type Row = StoredObservation & { readonly series: string }
/** SQL: where a version stands but for its id: the newest of a statement first. */
const PLACE =
  '(toUnixTimestamp64Milli("from"), series, toUnixTimestamp64Milli("to"), -toUnixTimestamp64Milli(received))'

type Cursor = readonly [from: number, series: string, to: number, received: number, id: string]

export async function observations(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'observations'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['observations']> {
  const indicator = catalogue.indicators.get(query.indicator)
  const kept = filter(catalogue, query.where, {
    ...{ from: Math.min(query.from, pulse.at), to: Math.min(pulse.at + 1, query.to), units: 'then' },
  })
  const after = query.after === undefined ? null : cursor(query.after)
  const beyond = after
    ? `AND (${PLACE} > ({f: Int64}, {s: UInt64}, {t: Int64}, {r: Int64}) OR ${PLACE} = ({f: Int64}, {s: UInt64}, {t: Int64}, {r: Int64}) AND id < {i: String})`
    : ''
  const rows = await store.rows<Row>(
    'ask',
    `SELECT toString(series) AS series, id, indicator, source, members,
       toUnixTimestamp64Milli(o."from") AS "from", toUnixTimestamp64Milli(o."to") AS "to", toString(o.value) AS value, qualifier, state, reason,
       toUnixTimestamp64Milli(o.received) AS received, toUnixTimestamp64Milli(o.stored) AS stored, run, stated, citation
     FROM (
       SELECT *, series FROM observation
       WHERE indicator IN {indicators: Array(String)} AND "from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC') AND ${kept.sql} ${knownBy(query.asOf)} ${beyond}
       ORDER BY "from", series, "to", received DESC, id DESC LIMIT 1 BY "from", series, "to", received, id LIMIT {take: UInt32}
     ) AS o
     ORDER BY o."from", o.series, o."to", o.received DESC, id DESC`,
    {
      ...kept.params,
      indicators: indicator?.ratio ? [indicator.ratio.of, indicator.ratio.to] : [query.indicator],
      start: query.from,
      end: query.to,
      take: query.limit + 1,
      asOf: query.asOf ?? 0,
      ...(after ? { f: after[0], s: after[1], t: after[2], r: -after[3], i: after[4] } : {}),
    },
    signal,
  )
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  const next = last
    ? Buffer.from(JSON.stringify([last.from, last.series, last.to, last.received, last.id])).toString('base64url')
    : null
  return { pulse, observations: page.map(({ series: _, ...one }) => ({ ...one, decided: decidedOf(one) })), next }
}

function cursor(text: string): Cursor {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor
    if (
      Array.isArray(value) &&
      value.length === 5 &&
      [0, 2, 3].every((i) => Number.isSafeInteger(value[i])) &&
      /^\d{1,20}$/.test(value[1])
    )
      return value
  } catch {
    // Told below, as any other wrong cursor.
  }
  throw new Refusal(
    400,
    {
      vi: 'after không phải là con trỏ trang mà hệ thống đã trả; hãy dùng đúng giá trị next của trang trước.',
      en: 'after is not a page cursor this system gave; use the next of the page before.',
    },
    'after',
  )
}
