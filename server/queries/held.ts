/** `GET /api/held`: what is implausible or unknown and waits for a person, beside the value that speaks meanwhile. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { sayHeld } from '../../kpi/held-say.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'
import { knownBy } from '../store/filter.ts'
import { SPEAKING } from '../store/levels.ts'

export async function held(
  store: Store,
  _catalogue: Catalogue,
  query: QueryOf<'held'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['held']> {
  const inside = `"from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC')
    ${query.indicator === undefined ? '' : 'AND indicator = {indicator: String}'} ${knownBy(query.asOf)}`
  const found = await store.rows<Omit<Answers['held']['held'][number], 'messages'>>(
    'ask',
    `SELECT newest.1 AS id, indicator, source, members, toUnixTimestamp64Milli(o."from") AS "from", toUnixTimestamp64Milli(o."to") AS "to",
       toString(newest.2) AS value, newest.3 AS qualifier, 'held' AS state, newest.4 AS reason, toUnixTimestamp64Milli(newest.5) AS received,
       toUnixTimestamp64Milli(newest.6) AS stored, newest.7 AS run, newest.8 AS stated, newest.9 AS citation,
       if(others > 0 AND before.2 = 'taken', toString(before.1), NULL) AS standing
     FROM (
       SELECT any(indicator) AS indicator, any(source) AS source, any(members) AS members, "from", "to",
         argMax((id, value, qualifier, reason, received, stored, run, stated, citation, state), (received, id)) AS newest,
         argMaxIf((value, state), (received, id), ${SPEAKING}) AS before, countIf(${SPEAKING}) AS others
       FROM observation
       WHERE ${inside} AND (indicator, series) IN (SELECT indicator, series FROM observation WHERE state = 'held' AND ${inside})
       GROUP BY series, "from", "to"
     ) AS o
     WHERE newest.10 = 'held' ORDER BY received DESC, id LIMIT {limit: UInt32}`,
    { start: query.from, end: query.to, indicator: query.indicator ?? '', asOf: query.asOf ?? 0, limit: query.limit },
    signal,
  )
  return { pulse, held: found.map((one) => ({ ...one, messages: sayHeld(one.reason) })) }
}
