/** What deliveries changed of what was known: for each statement what speaks with a delivery beside what would speak without it, and why. */
import { createHash } from 'node:crypto'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Cause } from '../../kpi/correction.ts'
import type { Members } from '../../kpi/observation.ts'
import { DAY, duration, HOUR } from '../../kpi/range.ts'
import { LATE_AFTER } from '../../kpi/status.ts'
import type { Store } from '../store/connect.ts'

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
  state: 'taken' | 'held' | 'withdrawn',
  value: string,
  run: string,
]

interface Key {
  readonly indicator: string
  readonly members: Members
  readonly from: number
  readonly to: number
  readonly versions: readonly Version[]
}

/** The most changed statements one look tells of. */
const MOST = 20_000

/** The changes of deliveries just folded. News is none; nor is history that is being fetched, which grows backwards. */
export async function changesOf(store: Store, catalogue: Catalogue, delivered: Delivered): Promise<readonly Change[]> {
  const { low, high, batches, indicators, since } = delivered
  const own = `has({indicators: Array(String)}, indicator) AND stored >= fromUnixTimestamp64Milli({since: Int64}, 'UTC') AND has({batches: Array(String)}, batch)`
  const keys = await store.rows<Key>(
    'pulse',
    `SELECT indicator, members, toUnixTimestamp64Milli(o."from") AS "from", toUnixTimestamp64Milli(o."to") AS "to", versions
     FROM (
       SELECT any(indicator) AS indicator, any(members) AS members, series, "from", "to",
         groupArray((toUnixTimestamp64Milli(received), id, toUnixTimestamp64Milli(stored), batch, state, toString(value), run)) AS versions
       FROM observation
       WHERE "from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({high: Int64}, 'UTC')
         AND (indicator, series, "from", "to") IN (SELECT indicator, series, "from", "to" FROM observation WHERE ${own})
       GROUP BY series, "from", "to"
     ) AS o
     LEFT JOIN (
       SELECT series, toUnixTimestamp64Milli(min("from")) AS first FROM observation
       WHERE (indicator, series) IN (SELECT indicator, series FROM observation WHERE ${own})
         AND "from" >= fromUnixTimestamp64Milli({early: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({high: Int64}, 'UTC')
         AND run NOT IN (SELECT run FROM observation WHERE ${own})
       GROUP BY series
     ) AS known USING series
     WHERE length(versions) > 1 OR known.first > 0 AND known.first < toUnixTimestamp64Milli(o."from") AND versions[1].3 > toUnixTimestamp64Milli(o."to")
     LIMIT {most: UInt32}`,
    { batches, indicators, low, high, since, early: Math.max(0, low - DAY), most: MOST },
  )
  return keys.flatMap((key) => changeOf(catalogue, key, new Set(batches)))
}

const speaks = (versions: readonly Version[]) =>
  versions.reduce<Version | null>(
    (last, one) =>
      one[4] !== 'held' && (last === null || one[0] > last[0] || (one[0] === last[0] && one[1] > last[1])) ? one : last,
    null,
  )

function changeOf(catalogue: Catalogue, key: Key, batches: ReadonlySet<string>): readonly Change[] {
  const after = speaks(key.versions)
  if (!after || !batches.has(after[3])) return []
  const before = speaks(key.versions.filter(([, , , batch]) => batch !== after[3]))
  const [, id, stored, batch, state, value, run] = after
  if ((before?.[4] ?? 'withdrawn') === state && (state === 'withdrawn' || before?.[5] === value)) return []
  const why = state === 'withdrawn' ? 'withdrawn' : run === 'decision' ? 'released' : before ? 'corrected' : 'late'
  if (why === 'late' && stored - key.to <= lateAfter(catalogue, key.indicator)) return []
  const { indicator, members, from, to } = key
  return [{ ...{ batch, id, indicator, members, from, to, stored }, why }]
}

/** How long after its span a first statement is news; what has no rhythm is never late. */
function lateAfter(catalogue: Catalogue, indicator: string): number {
  const rhythm = catalogue.indicators.get(indicator)?.rhythm
  const beat = rhythm === undefined ? null : duration(rhythm)
  return beat === null ? Number.POSITIVE_INFINITY : Math.max(LATE_AFTER * beat, HOUR / 4)
}

/** The same name for the same thing on every server. */
export const nameOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
