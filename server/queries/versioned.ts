/** Lines over stretches in which the definition changed: each part by the definition of its time, with the breaks named. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Answers } from '../../kpi/query.ts'
import { grainOf } from '../../kpi/range.ts'
import { everyVersion, stretchesOf } from '../../kpi/version.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'
import { type LineQuery, series } from './series.ts'

type Series = Answers['series']

/** A line by the definitions of the time; where one follows another it breaks. */
export async function seriesByVersion(
  store: Store,
  catalogue: Catalogue,
  query: LineQuery,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Series> {
  const { stretches, breaks } = stretchesOf(catalogue, query.indicator, query)
  const [only] = stretches
  if (stretches.length <= 1 && (only?.id ?? query.indicator) === query.indicator)
    return series(store, catalogue, query, pulse, signal)
  const all = everyVersion(catalogue)
  const grain = query.grain ?? grainOf(query)
  const parts: Series[] = []
  for (const { id, from, to } of stretches)
    parts.push(await series(store, all, { ...query, indicator: id, from, to, grain }, pulse, signal))
  return { ...joined(parts), indicator: query.indicator, pulse, breaks }
}

/** Several lines one after the other as one. */
function joined(parts: readonly Series[]): Series {
  const [first] = parts as readonly [Series, ...Series[]]
  const keys = new Map(parts.flatMap(({ split }) => split ?? []).map(({ key }) => [JSON.stringify(key), key]))
  const pointsOf = (name: string) =>
    parts.flatMap(({ split }) => split?.find(({ key }) => JSON.stringify(key) === name)?.points ?? [])
  const carried = parts.flatMap((part) => part.carried ?? [])
  return {
    ...first,
    points: parts.flatMap(({ points }) => points),
    coarser: parts.reduce((sum, { coarser }) => sum + coarser, 0),
    ...(first.split && { split: [...keys].map(([name, key]) => ({ key, points: pointsOf(name) })) }),
    ...(first.carried && { carried: [...new Map(carried.map((one) => [one.former, one])).values()] }),
  }
}
