/** The journal of incidents, acts and messages: entries are only added, and of equal names the first stored counts. */
import { createHash } from 'node:crypto'
import { type Entry, incidentId, NOTES } from '../../kpi/incident.ts'
import type { Purpose, Store } from './connect.ts'
import { OVERLAP } from './folding.ts'

interface Row {
  readonly cause: string
  readonly number: number
  readonly id: string
  /** Kind, moment, author, what was said as JSON, when it was stored. */
  readonly first: readonly [Entry['kind'], number, string, string, number]
}

/** An entry with when it was stored, UTC milliseconds: of two servers' the earlier one counts. */
export interface StoredEntry extends Entry {
  readonly stored: number
}

/** Writes entries down as one block, durable when it resolves. Twice is once, whoever writes. */
export async function appendEntries(
  store: Store,
  entries: readonly (Omit<Entry, 'kind' | 'said'> & { readonly kind: string; readonly said: object })[],
): Promise<void> {
  if (entries.length === 0) return
  const stored = store.now()
  const rows = entries.map(({ by, said, ...entry }) => ({ ...entry, author: by, said: JSON.stringify(said), stored }))
  // The token names what is written, not who writes it: two servers that say the same at once are heard once.
  const names = entries.map(({ cause, number, id, at }) => [cause, number, id, at])
  await store.insert('journal', rows, `journal-${createHash('sha256').update(JSON.stringify(names)).digest('hex')}`)
}

const SELECT = `SELECT cause, number, id, argMin((kind, toUnixTimestamp64Milli(at), author, said, toUnixTimestamp64Milli(stored)), (stored, at, said)) AS first FROM journal`
const GROUP = 'GROUP BY cause, number, id'

const entryOf = ({ cause, number, id, first: [kind, at, by, said, stored] }: Row): StoredEntry => ({
  ...{ cause, number, id, kind, at, by, said: JSON.parse(said) as Entry['said'], stored },
})

/** Every entry of the newest incident of each cause. */
export async function newestEntries(store: Store, purpose: Purpose = 'pulse'): Promise<readonly StoredEntry[]> {
  const rows = await store.rows<Row>(
    purpose,
    `${SELECT} WHERE (cause, number) IN (SELECT cause, max(number) FROM journal GROUP BY cause) ${GROUP}`,
  )
  return rows.map(entryOf)
}

/** Entries stored since a moment (UTC milliseconds), with an overlap longer than the longest insert: some may be known already. */
export async function entriesSince(store: Store, since: number): Promise<readonly StoredEntry[]> {
  const rows = await store.rows<Row>(
    'pulse',
    `${SELECT} WHERE (cause, number, id) IN (SELECT cause, number, id FROM journal WHERE stored >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')) ${GROUP}`,
    { since: Math.max(0, since - OVERLAP) },
  )
  return rows.map(entryOf)
}

/** What was written under one cause that is no incident, stored since a moment (UTC milliseconds) with the same overlap; by time. */
export async function entriesOfCause<Kind extends string, Said extends object>(
  store: Store,
  cause: string,
  since: number,
): Promise<
  readonly { readonly id: string; readonly kind: Kind; readonly at: number; readonly by: string; readonly said: Said }[]
> {
  const rows = await store.rows<Row>(
    'pulse',
    `${SELECT} WHERE cause = {cause: String} AND number = 0 AND stored >= fromUnixTimestamp64Milli({since: Int64}, 'UTC') ${GROUP} ORDER BY first.2, id`,
    { cause, since: Math.max(0, since - OVERLAP) },
  )
  return rows.map((row) => {
    const { id, at, by } = entryOf(row)
    return { id, at, by, kind: row.first[0] as string as Kind, said: JSON.parse(row.first[3]) as Said }
  })
}

/** Incidents that were open at some time between two moments (UTC milliseconds), the last opened first; of one cause or all. */
export async function incidentsWithin(
  store: Store,
  asked: {
    readonly from: number
    readonly to: number
    readonly limit: number
    readonly state: 'open' | 'closed' | 'all'
  },
  signal?: AbortSignal,
): Promise<readonly { readonly cause: string; readonly number: number }[]> {
  const state = { all: '', open: 'AND over = 0', closed: 'AND over > 0' }[asked.state]
  return store.rows(
    'ask',
    `SELECT cause, number FROM (
       SELECT cause, number, minIf(at, kind = 'opened') AS opened, countIf(kind = 'closed') AS over, minIf(at, kind = 'closed') AS closed
       FROM journal WHERE number > 0 GROUP BY cause, number HAVING countIf(kind = 'opened') > 0
     )
     WHERE opened < fromUnixTimestamp64Milli({to: Int64}, 'UTC') AND (over = 0 OR closed >= fromUnixTimestamp64Milli({from: Int64}, 'UTC')) ${state}
     ORDER BY opened DESC, cause LIMIT {limit: UInt32}`,
    { from: asked.from, to: asked.to, limit: asked.limit },
    signal,
  )
}

/** How heavy the alarms are: what opened in [from, to), and how many were open, untaken, stale or chattering at its end. Drills count for nothing. */
export async function alarmCounts(
  store: Store,
  asked: {
    readonly from: number
    readonly to: number
    /** Open since before this moment is stale. */
    readonly stale: number
    /** So many openings of a cause within so long chatter. */
    readonly times: number
    readonly within: number
  },
): Promise<{
  readonly opened: number
  readonly open: number
  readonly untaken: number
  readonly stale: number
  readonly chattering: number
}> {
  const [counts] = await store.rows<{
    opened: number
    open: number
    untaken: number
    stale: number
    chattering: number
  }>(
    'pulse',
    `SELECT countIf(began >= {from: Int64} AND began < {to: Int64}) AS opened, countIf(began < {to: Int64} AND ended > {to: Int64}) AS open,
       countIf(began < {to: Int64} AND ended > {to: Int64} AND taken > {to: Int64}) AS untaken,
       countIf(began < {stale: Int64} AND ended > {to: Int64}) AS stale,
       length(arrayFilter(n -> n >= {times: UInt32}, mapValues(sumMap(map(cause, toUInt32(began >= {to: Int64} - {within: Int64} AND began < {to: Int64})))))) AS chattering
     FROM (
       SELECT cause, number, toUnixTimestamp64Milli(minIf(at, kind = 'opened')) AS began,
         if(countIf(kind = 'closed') = 0, 9000000000000, toUnixTimestamp64Milli(minIf(at, kind = 'closed'))) AS ended,
         if(countIf(kind = 'acknowledged') = 0, 9000000000000, toUnixTimestamp64Milli(minIf(at, kind = 'acknowledged'))) AS taken
       FROM journal WHERE number > 0 AND NOT startsWith(cause, 'drill@') GROUP BY cause, number HAVING countIf(kind = 'opened') > 0
     )`,
    asked,
  )
  return counts ?? { opened: 0, open: 0, untaken: 0, stale: 0, chattering: 0 }
}

/** Every entry of incidents that owe a message, the last since a moment (UTC milliseconds) at least, sent or not. All of an incident's messages are counted: one that was sent late must not stand for another. */
export async function owingEntries(store: Store, since: number): Promise<readonly StoredEntry[]> {
  const rows = await store.rows<Row>(
    'pulse',
    `${SELECT} WHERE (cause, number) IN (
       SELECT cause, number FROM journal WHERE kind IN ('owed', 'sent', 'dead')
       GROUP BY cause, number HAVING uniqExactIf(id, kind = 'owed') > uniqExactIf(id, kind IN ('sent', 'dead')) AND maxIf(at, kind = 'owed') >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')
     ) ${GROUP}`,
    { since },
  )
  return rows.map(entryOf)
}

/** Notes on values written between two moments, the newest first. */
export async function notesWithin(
  store: Store,
  asked: { readonly from: number; readonly to: number; readonly limit: number },
  signal?: AbortSignal,
): Promise<readonly StoredEntry[]> {
  const rows = await store.rows<Row>(
    'ask',
    `${SELECT} WHERE cause = {cause: String} AND at >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND at < fromUnixTimestamp64Milli({to: Int64}, 'UTC')
     ${GROUP} ORDER BY first.2 DESC, JSONExtractUInt(first.4, 'order') DESC, id LIMIT {limit: UInt32}`,
    { cause: NOTES, ...asked },
    signal,
  )
  return rows.map(entryOf)
}

/** Every entry of the given incidents. */
export async function entriesOf(
  store: Store,
  purpose: Purpose,
  incidents: readonly { readonly cause: string; readonly number: number }[],
  signal?: AbortSignal,
): Promise<readonly StoredEntry[]> {
  if (incidents.length === 0) return []
  const rows = await store.rows<Row>(
    purpose,
    `${SELECT} WHERE has({causes: Array(String)}, cause) AND has({names: Array(String)}, concat(cause, ':', toString(number))) ${GROUP}`,
    {
      causes: [...new Set(incidents.map(({ cause }) => cause))],
      names: incidents.map(({ cause, number }) => incidentId(cause, number)),
    },
    signal,
  )
  return rows.map(entryOf)
}
