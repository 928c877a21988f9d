/** `GET /api/glass`: what screens said of an indicator while a range ran, each change of it once, so that it can stand beside what is known now. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey } from '../../kpi/slice.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'

interface Row {
  readonly slice: string
  readonly key: string
  readonly at: number
  readonly reading: string
}

/** Every choice of some of the members. */
const partsOf = (where: Members): readonly Members[] =>
  Object.entries(where).reduce<readonly Members[]>(
    (all, [name, member]) => all.concat(all.map((one) => ({ ...one, [name]: member }))),
    [{}],
  )

export async function glass(
  store: Store,
  _catalogue: Catalogue,
  query: QueryOf<'glass'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['glass']> {
  // A slice's key begins with its indicator, and is what the table is ordered by.
  const rows = await store.rows<Row>(
    'ask',
    `SELECT slice, key, toUnixTimestamp64Milli(s.pulse) AS at, reading FROM (
       SELECT slice, key, pulse, reading, value, lagInFrame(value) OVER (PARTITION BY slice, key ORDER BY pulse ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before,
         row_number() OVER (PARTITION BY slice, key ORDER BY pulse) AS nth
       FROM (
         SELECT slice, key, pulse, reading, concat(JSONExtractRaw(reading, 'from'), JSONExtractRaw(reading, 'value'), JSONExtractRaw(reading, 'numerator'), JSONExtractRaw(reading, 'status')) AS value
         FROM shown WHERE startsWith(slice, {prefix: String}) AND has({keys: Array(String)}, key)
           AND pulse >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND pulse < fromUnixTimestamp64Milli({to: Int64}, 'UTC')
       )
     ) AS s
     WHERE s.nth = 1 OR s.value != s.before ORDER BY s.pulse DESC, slice LIMIT {limit: UInt32}`,
    {
      ...{ prefix: `[${JSON.stringify(query.indicator)},`, from: query.from, to: query.to, limit: query.limit },
      keys: partsOf(query.where).map(pointKey),
    },
    signal,
  )
  const wanted = pointKey(query.where)
  return {
    pulse,
    said: rows.flatMap(({ slice, key, at, reading }) => {
      const [, window, , pairs] = JSON.parse(slice) as [string, string, string[], [string, string][]]
      // A unit is a filter of one slice, and a point of another.
      const own = Object.fromEntries([...pairs, ...(JSON.parse(key) as [string, string][])])
      return pointKey(own) === wanted ? [{ at, window, reading: JSON.parse(reading) as Reading }] : []
    }),
  }
}
