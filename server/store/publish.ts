/** Tells the store what its readers need of the declarations: whose word counts, what is a ratio, how things are called. */
import { createHash } from 'node:crypto'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { sourcesOf } from '../../kpi/catalogue.ts'
import { columnsOf } from './columns.ts'
import type { Store } from './connect.ts'

/** Writes what is declared where it differs from what was written last; the views `read_minute`, `read_hour` and `read_day` follow it. */
export async function publish(store: Store, catalogue: Catalogue): Promise<void> {
  const told = await toldOf(store)
  const rows = [...catalogue.indicators.values()].flatMap((indicator) => {
    const { id, kind, unit, title } = indicator
    const percent = unit === 'percent'
    const about = {
      ...{ kind, scale: kind === 'ratio' && percent ? 100 : 1, title: title.vi, unit: percent ? '%' : unit.vi },
      stands: columnsOf(indicator, catalogue.indicators).stands ? 1 : 0,
    }
    const ranked = sourcesOf(catalogue, indicator)
    // A source nobody ranks, or that is declared no more, is known by its name all the same.
    const others = [...new Set([...catalogue.sources.keys(), ...(told.get(id) ?? [])])].filter(
      (source) => !ranked.includes(source),
    )
    return [
      ...ranked.map((source, i) => ({ indicator: id, source, rank: i + 1, ...about })),
      ...others.map((source) => ({ indicator: id, source, rank: 0, ...about })),
    ]
  })
  const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const mark = `published-${hash}`
  const known = await store.rows<{ source: string }>(
    'write',
    `SELECT argMax(source, at) AS source FROM published WHERE indicator = ''`,
  )
  if (known[0]?.source === mark) return
  const at = store.now()
  // The mark is written with the rows, as one block: either all is there or nothing.
  const all = [...rows, { indicator: '', source: mark, rank: 0, kind: '', scale: 1, title: '', unit: '', stands: 0 }]
  await store.insert(
    'published',
    all.map((row) => ({ ...row, at })),
    `${mark}-${at}`,
  )
}

/** By indicator the sources the table has told of before. */
async function toldOf(store: Store): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await store.rows<{ indicator: string; sources: readonly string[] }>(
    'write',
    `SELECT indicator, arraySort(groupUniqArray(source)) AS sources FROM published WHERE indicator != '' GROUP BY indicator`,
  )
  return new Map(rows.map(({ indicator, sources }) => [indicator, sources]))
}
