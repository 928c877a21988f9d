/** Every observation of a range as one CSV, read in pieces along the table's own key, so that its size costs neither memory nor time twice. */
import { Readable } from 'node:stream'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Format } from '../../kpi/exported.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { StoredObservation } from '../../kpi/observation.ts'
import type { QueryName, QueryOf } from '../../kpi/query.ts'
import { countObservations, observationPages } from '../queries/every.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { isoLocal } from './table.ts'
import { TABLES } from './tables.ts'

/** Whether all rows are asked for. Errors: a Refusal (400) where that cannot be. */
export function wholeOf(name: QueryName, format: Format, asked: unknown): 'csv' | null {
  if (asked === undefined) return null
  if (asked === '1' && name === 'observations' && format === 'csv') return 'csv'
  throw new Refusal(
    400,
    {
      vi: 'Tham số whole=1 chỉ dùng cho /api/observations với format=csv: mọi dòng của khoảng, gửi dần.',
      en: 'whole=1 goes with /api/observations and format=csv only: every row of the range, sent piece by piece.',
    },
    'whole',
  )
}

export interface WholeFile {
  readonly name: string
  readonly type: string
  /** How many rows there were when it began, versions each their own. */
  readonly rows: number
  readonly body: Readable
}

/** The whole of a question about observations; the answer's pages in the order of indicator, series and time. */
export async function wholeFile(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'observations'>,
  { at }: { readonly format: 'csv'; readonly at: number },
  signal: AbortSignal,
): Promise<WholeFile> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  const asked = { ...query, at }
  const rows = await countObservations(store, catalogue, asked, signal)
  async function* pieces() {
    const { columns } = TABLES.observations({ observations: [] } as never, {
      catalogue,
      indicator,
      by: [],
      where: query.where,
    })
    // Of an indicator with two parts each row says which it is of.
    yield `${['indicator', ...columns.map(({ name }) => name)].join(',')}\r\n`
    const write = writer(catalogue, [...new Set([...indicator.dimensions, ...Object.keys(query.where)])])
    for await (const observations of observationPages(store, catalogue, asked, signal)) yield write(observations)
  }
  const stem = `${indicator.id}-observations`.replace(/[^a-z0-9]+/gi, '-')
  return {
    name: `${stem}-${at}.csv`,
    type: 'text/csv; charset=utf-8; header=present',
    rows,
    body: Readable.from(pieces()),
  }
}

/**
 * Writes rows as the table of observations has them, several times quicker than by way of it: of a million rows the writing would else cost more than
 * the reading. That both say the same is tested.
 */
function writer(catalogue: Catalogue, dimensions: readonly string[]) {
  const members = dimensions.map((id) => [id, catalogue.dimensions.get(id)?.members] as const)
  const moments = new Map<number, string>()
  const moment = (at: number): string => {
    const known = moments.get(at)
    if (known !== undefined) return known
    // Buckets and batches share their moments; what grows without end is forgotten.
    if (moments.size > 50_000) moments.clear()
    const text = isoLocal(at)
    moments.set(at, text)
    return text
  }
  return (observations: readonly StoredObservation[]): string => {
    let text = ''
    for (const one of observations) {
      text += one.indicator
      for (const [id, all] of members) {
        const member = one.members[id]
        text += member === undefined ? ',,' : `,${cell(member)},${cell(all?.get(member)?.name.vi ?? member)}`
      }
      text += `,${moment(one.from)},${moment(one.to)},${one.value},${one.qualifier},${one.state},${cell(one.reason)},${cell(one.source)}`
      text += `,${moment(one.received)},${moment(one.stored)},${cell(one.run)},${cell(one.id)},${cell(one.stated)},${cell(one.citation)}\r\n`
    }
    return text
  }
}

/** A text as RFC 4180 wants it. */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
