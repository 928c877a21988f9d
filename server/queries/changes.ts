/** What deliveries changed of what was known: for each statement what speaks with a delivery beside what would speak without it, and why. */
import { createHash } from 'node:crypto'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Cause } from '../../kpi/correction.ts'
import type { Members, State } from '../../kpi/observation.ts'
import { DAY, duration } from '../../kpi/range.ts'
import { LATE_AFTER } from '../../kpi/status.ts'
import type { Store } from '../store/connect.ts'
import { SOONEST } from '../store/fold.ts'

/** Deliveries as the fold found them: their observations' `from` lie in `[low, high]`. */
export interface Delivered {
  readonly batches: readonly string[]
  readonly indicators: readonly string[]
  readonly low: number
  readonly high: number
  /** When the first of them was stored. */
  readonly since: number
}

/** A statement that a delivery changed. */
export interface Change {
  readonly series: string
  readonly batch: string
  readonly id: string
  readonly indicator: string
  readonly members: Members
  readonly from: number
  readonly to: number
  readonly stored: number
  readonly why: Cause
}

type Version = readonly [
  received: number,
  id: string,
  stored: number,
  batch: string,
  state: State,
  value: string,
  run: string,
]

interface Key {
  readonly series: string
  readonly indicator: string
  readonly members: Members
  readonly from: number
  readonly to: number
  readonly versions: readonly Version[]
}

/** The most changed statements one look tells of. */
const MOST = 5000

/** The changes of deliveries just folded. News is none; nor is history that is being fetched, which grows backwards. */
export async function changesOf(store: Store, catalogue: Catalogue, delivered: Delivered): Promise<readonly Change[]> {
  const { low, high, batches, indicators, since } = delivered
  const own = `has({indicators: Array(String)}, indicator) AND stored >= fromUnixTimestamp64Milli({since: Int64}, 'UTC') AND has({batches: Array(String)}, batch)`
  const keys = await store.rows<Key>(
    'care',
    `SELECT any(indicator) AS indicator, toString(series) AS series, any(members) AS members,
       toUnixTimestamp64Milli(o."from") AS "from", toUnixTimestamp64Milli(o."to") AS "to",
       groupArray((toUnixTimestamp64Milli(received), id, toUnixTimestamp64Milli(stored), batch, state, toString(value), run)) AS versions
     FROM observation AS o
     WHERE has({indicators: Array(String)}, indicator)
       AND "from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({high: Int64}, 'UTC')
       AND (series, "from", "to") IN (SELECT series, "from", "to" FROM observation WHERE ${own})
     GROUP BY series, o."from", o."to"
     HAVING count() > 1 OR any(o.stored) > any(o."to") + toIntervalMillisecond({soonest: Int64}) LIMIT {most: UInt32}`,
    { batches, indicators, low, high, since, soonest: SOONEST, most: MOST },
  )
  const found = keys.flatMap((key) => changeOf(catalogue, key, new Set(batches)))
  const late = found.filter(({ why }) => why === 'late')
  if (late.length === 0) return found
  const known = await store.rows<{ series: string; first: number }>(
    'care',
    `SELECT toString(series) AS series, toUnixTimestamp64Milli(min("from")) AS first FROM observation
     WHERE has({indicators: Array(String)}, indicator) AND has({series: Array(UInt64)}, series) AND NOT has({batches: Array(String)}, batch)
       AND "from" >= fromUnixTimestamp64Milli({early: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({high: Int64}, 'UTC')
     GROUP BY series`,
    {
      ...{ batches, early: Math.max(0, low - DAY), high },
      indicators: [...new Set(late.map(({ indicator }) => indicator))],
      series: [...new Set(late.map(({ series }) => series))],
    },
  )
  const first = new Map(known.map((row) => [row.series, row.first]))
  return found.filter(({ why, series, from }) => why !== 'late' || (first.get(series) ?? from) < from)
}

const speaks = (versions: readonly Version[]) =>
  versions.reduce<Version | null>(
    (last, one) =>
      one[4] !== 'held' &&
      one[4] !== 'refused' &&
      (last === null || one[0] > last[0] || (one[0] === last[0] && one[1] > last[1]))
        ? one
        : last,
    null,
  )

function changeOf(catalogue: Catalogue, key: Key, batches: ReadonlySet<string>): readonly Change[] {
  const after = speaks(key.versions)
  if (!after || !batches.has(after[3])) return []
  const before = speaks(key.versions.filter(([, , , batch]) => batch !== after[3]))
  const [, id, stored, batch, state, value, run] = after
  if ((before?.[4] ?? 'withdrawn') === state && (state === 'withdrawn' || before?.[5] === value)) return []
  // What is said of a span that is still running is not yet meant to stay.
  if (before && before[0] < key.to) return []
  const why = state === 'withdrawn' ? 'withdrawn' : run === 'decision' ? 'released' : before ? 'corrected' : 'late'
  if (why === 'late' && stored - key.to <= lateAfter(catalogue, key.indicator)) return []
  const { series, indicator, members, from, to } = key
  return [{ ...{ batch, id, series, indicator, members, from, to, stored }, why }]
}

/** How long after its span a first statement is news; what has no rhythm is never late. */
function lateAfter(catalogue: Catalogue, indicator: string): number {
  const rhythm = catalogue.indicators.get(indicator)?.rhythm
  const beat = rhythm === undefined ? null : duration(rhythm)
  return beat === null ? Number.POSITIVE_INFINITY : Math.max(LATE_AFTER * beat, SOONEST)
}

/** The same name for the same thing on every server. */
export const nameOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
