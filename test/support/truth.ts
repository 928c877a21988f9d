/** The country's truth beside what the system answers, by unit and span. */
import { resolve as codeOf } from '../../kpi/dimension.ts'
import type { Answers } from '../../kpi/query.ts'
import { projectCatalogue } from './store.ts'

interface TruthRow {
  readonly unit: string
  readonly from: number
  readonly to: number
  readonly value: number
}

/** `/truth` of a stretch: indicator → "member from" → value. Units are the system's permanent ids. */
export async function truthOf(
  country: string,
  from: number,
  to: number,
  grain: '5m' | 'hour' | 'day',
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const unit = projectCatalogue().dimensions.get('unit')
  const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), grain })
  const answer = await fetch(`${country}/truth?${query}`)
  if (!answer.ok) throw new Error(await answer.text())
  const { truth: rows } = (await answer.json()) as { readonly truth: Record<string, readonly TruthRow[]> }
  return new Map(
    Object.entries(rows).map(([indicator, list]) => [
      indicator,
      new Map(
        list.map((row) => {
          const found = unit ? codeOf(unit, 'qcvn102', row.unit, row.from) : null
          return [`${found?.member?.id ?? row.unit} ${row.from}`, row.value]
        }),
      ),
    ]),
  )
}

/** Every version of an indicator over a stretch, through the API. */
export async function observationsOf(
  url: string,
  indicator: string,
  from: number,
  to: number,
): Promise<Answers['observations']['observations']> {
  const all: Answers['observations']['observations'][number][] = []
  let after: string | null = ''
  while (after !== null) {
    const query: URLSearchParams = new URLSearchParams({
      indicator,
      from: String(from),
      to: String(to),
      limit: '5000',
      ...(after ? { after } : {}),
    })
    const answer = await fetch(new URL(`/api/observations?${query}`, url))
    if (!answer.ok) throw new Error(await answer.text())
    const page = (await answer.json()) as Answers['observations']
    all.push(...page.observations)
    after = page.next
  }
  return all
}
