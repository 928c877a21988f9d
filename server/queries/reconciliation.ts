/** `GET /api/reconciliation`: what several sources say of the same thing and span, where they do not say the same; who speaks, by how much they differ, since when. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { sourcesOf } from '../../kpi/catalogue.ts'
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Answers, Differing, QueryOf } from '../../kpi/query.ts'
import { DAY, floor } from '../../kpi/range.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'
import { filter, knownBy } from '../store/filter.ts'
import { SPEAKING } from '../store/levels.ts'

/** What one source says of a key: the newest version that speaks, and since when it has said so. */
type Said = readonly [source: string, value: string, citation: string, since: number]

interface Key {
  readonly indicator: string
  readonly members: Members
  readonly from: number
  readonly to: number
  readonly said: readonly Said[]
}

export async function reconciliation(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'reconciliation'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['reconciliation']> {
  const kept = filter(catalogue, query.where, {
    ...{ from: Math.min(query.from, pulse.at), to: Math.min(pulse.at + 1, query.to), units: 'then' },
  })
  const only = `${kept.sql} ${query.indicator === undefined ? '' : 'AND has({indicators: Array(String)}, toString(indicator))'}`
  const inside = `"from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC') AND ${only}`
  // The folds say at little cost which members several sources speak of at all.
  const several = `SELECT indicator, arrayJoin(groupUniqArray(series)) FROM day
    WHERE "from" >= fromUnixTimestamp64Milli({day: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC') AND ${only}
    GROUP BY indicator, members HAVING uniqExact(source) > 1`
  const keys = await store.rows<Key>(
    'ask',
    `SELECT indicator, members, toUnixTimestamp64Milli(k."from") AS "from", toUnixTimestamp64Milli(k."to") AS "to", said
     FROM (
       SELECT indicator, members, "from", "to", groupArray((source, toString(speaks.1), speaks.3, since)) AS said
       FROM (
         SELECT any(indicator) AS indicator, any(source) AS source, any(members) AS members, "from", "to",
           argMaxIf((value, state, citation), (received, id), ${SPEAKING}) AS speaks,
           arraySort(groupArrayIf((received, id, stored, value, state), ${SPEAKING})) AS versions,
           arrayLastIndex(v -> v.4 != speaks.1 OR v.5 != 'taken', versions) AS changed,
           toUnixTimestamp64Milli(versions[changed + 1].3) AS since
         FROM observation WHERE (indicator, series) IN (${several}) AND ${inside} ${knownBy(query.asOf)}
         GROUP BY series, "from", "to" HAVING countIf(${SPEAKING}) > 0 AND speaks.2 = 'taken'
       )
       GROUP BY indicator, members, "from", "to" HAVING uniqExact(speaks.1) > 1
     ) AS k ORDER BY k."from" DESC, indicator, toString(members) LIMIT {limit: UInt32}`,
    {
      ...kept.params,
      ...{
        start: query.from,
        end: query.to,
        day: floor(query.from, DAY),
        indicators: partsOf(catalogue, query.indicator),
      },
      ...{ limit: query.limit, asOf: query.asOf ?? 0 },
    },
    signal,
  )
  return { pulse, differing: keys.map((key) => differingOf(catalogue, key)) }
}

/** Of a ratio its two parts: it is of them that sources speak. */
function partsOf(catalogue: Catalogue, id = ''): readonly string[] {
  const ratio = catalogue.indicators.get(id)?.ratio
  return ratio ? [ratio.of, ratio.to] : [id]
}

function differingOf(catalogue: Catalogue, { indicator, members, from, to, said }: Key): Differing {
  const declared = catalogue.indicators.get(indicator)
  const authority = declared ? sourcesOf(catalogue, declared) : []
  const rank = ([source]: Said) => {
    const at = authority.indexOf(source)
    return at < 0 ? authority.length : at
  }
  const ordered = [...said].sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1))
  const first = ordered[0] as Said
  return {
    ...{ indicator, members, from, to, speaks: first[0] },
    statements: ordered.map(([source, value, citation, since]) => ({
      ...{ source, value, citation, since },
      difference: decimal(micro(value) - micro(first[1])),
    })),
    // They differ since the later of any two that differ was said.
    since: Math.max(first[3], Math.min(...ordered.filter((one) => one[1] !== first[1]).map((one) => one[3]))),
  }
}
