/** Every observation of a range as one CSV, read in pieces along the table's own key, so that its size costs neither memory nor time twice. */
import { Readable } from 'node:stream'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Format } from '../../kpi/exported.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { QueryName, QueryOf } from '../../kpi/query.ts'
import { countObservations, observationPages } from '../queries/every.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { csv } from './csv.ts'
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
    const context = { catalogue, indicator, by: [], where: query.where }
    let first = true
    for await (const observations of observationPages(store, catalogue, asked, signal)) {
      const { columns, rows: cells } = TABLES.observations({ observations } as never, context)
      const about = { name: '', title: indicator.title, about: [] }
      // Of an indicator with two parts each row says which it is of.
      const named = { name: 'indicator', title: { vi: 'chỉ tiêu', en: 'indicator' }, sort: 'text' } as const
      const table = {
        ...{ ...about, columns: [named, ...columns] },
        rows: cells.map((row, i) => [observations[i]?.indicator ?? '', ...row]),
      }
      const text = csv(table)
      yield first ? text : text.slice(text.indexOf('\r\n') + 2)
      first = false
    }
    if (first) {
      const { columns } = TABLES.observations({ observations: [] } as never, context)
      yield `indicator,${csv({ name: '', title: indicator.title, about: [], columns, rows: [] })}`
    }
  }
  const stem = `${indicator.id}-observations`.replace(/[^a-z0-9]+/gi, '-')
  return {
    name: `${stem}-${at}.csv`,
    type: 'text/csv; charset=utf-8; header=present',
    rows,
    body: Readable.from(pieces()),
  }
}
