/** Appends observations: one more version each, nothing is overwritten. */
import { createHash } from 'node:crypto'
import type { Observation } from '../../kpi/observation.ts'
import type { Store } from './connect.ts'
import { markLate } from './late.ts'
import { holdSealed } from './retired.ts'
import { type Told, toldOf } from './told.ts'

export interface Batch {
  readonly id: string
  readonly observations: readonly Observation[]
  /** It was sent before, and nobody heard whether it was stored. */
  readonly again?: boolean
}

/**
 * Stores batches as one block, all or nothing; each stays known by its id. Repeating it with the same ids is harmless three times
 * over: the token lets the engine drop the repeat, a repeated version has the same `received` and `id`, so no answer changes, and
 * whoever is in doubt looks first: what the engine remembers of tokens may be lost with the power, and ends with a month.
 * What speaks of a sealed day is held. Answers what to tell whoever folds; what became visible late is marked before it counts as stored.
 */
export async function append(store: Store, ...batches: readonly Batch[]): Promise<readonly Told[]> {
  const doubtful = batches.filter(({ again }) => again)
  const there = await storedOf(store, doubtful)
  await markLate(store, there)
  const fresh = batches.filter(({ id, observations }) => observations.length > 0 && !there.has(id))
  if (fresh.length === 0) return []
  const owners = fresh.flatMap(({ id, observations }) => observations.map(() => id))
  const kept = await holdSealed(
    store,
    fresh.flatMap(({ observations }) => observations),
  )
  // Stamped last: what is stored must be visible soon after, or the folds no longer look for it.
  const stored = store.now()
  const rows = kept.map((one, i) => rowOf(one, owners[i] ?? '', stored))
  await store.insert('observation', rows, tokenOf(fresh), {
    there: async () => (await storedOf(store, fresh)).size === fresh.length,
  })
  await markLate(store, new Map(fresh.map(({ id }) => [id, stored])))
  // What was on its way under the same token, and came before this insert, is there under its own stamp.
  const again = fresh.filter(({ id }) => doubtful.some((one) => one.id === id))
  await markLate(store, await storedOf(store, again))
  return toldOf(rows, new Set(again.map(({ id }) => id)))
}

/** Field by field: an object with `...` in it takes Node 20 twenty times as long. */
function rowOf(one: Observation, batch: string, stored: number) {
  return {
    indicator: one.indicator,
    source: one.source,
    members: one.members,
    from: one.from,
    to: one.to,
    value: one.value,
    qualifier: one.qualifier,
    state: one.state,
    reason: one.reason,
    received: one.received,
    stored,
    id: one.id,
    run: one.run,
    batch,
    stated: one.stated,
    citation: one.citation,
  }
}

/** One batch is known by its id, several together by all of theirs. */
function tokenOf(batches: readonly Batch[]): string {
  const [first, ...more] = batches.map(({ id }) => id)
  if (first === undefined || more.length === 0) return first ?? ''
  return `together-${createHash('sha256')
    .update([first, ...more].join('\n'))
    .digest('hex')
    .slice(0, 32)}`
}

/** Which of some batches are stored whole, and when they were stamped; read from the projection that holds one small row of each. */
async function storedOf(store: Store, batches: readonly Batch[]): Promise<ReadonlyMap<string, number>> {
  if (batches.length === 0) return new Map()
  const found = await store.rows<{ batch: string; n: number; last: number }>(
    'write',
    `SELECT batch, count() AS n, toUnixTimestamp64Milli(max(stored)) AS last FROM observation
     WHERE has({batches: Array(String)}, batch) GROUP BY toStartOfHour(stored), batch`,
    { batches: batches.map(({ id }) => id) },
  )
  const rows = new Map<string, number>()
  const stamps = new Map<string, number>()
  for (const { batch, n, last } of found) {
    rows.set(batch, (rows.get(batch) ?? 0) + n)
    stamps.set(batch, Math.max(stamps.get(batch) ?? 0, last))
  }
  const whole = batches.filter(({ id, observations }) => (rows.get(id) ?? 0) >= observations.length)
  const sure = store.dialect.onCluster === '' ? new Set(whole.map(({ id }) => id)) : await wholeOf(store, whole)
  return new Map([...stamps].filter(([batch]) => sure.has(batch)))
}

/** On a cluster a shard may hold its part of a batch twice while another has nothing of it: there ids are counted, and not rows. */
async function wholeOf(store: Store, batches: readonly Batch[]): Promise<ReadonlySet<string>> {
  const all = batches.flatMap(({ observations }) => observations)
  if (all.length === 0) return new Set()
  const found = await store.rows<{ batch: string; n: number }>(
    'write',
    `SELECT batch, uniqExact(id) AS n FROM observation
     WHERE indicator IN {indicators: Array(String)} AND has({batches: Array(String)}, batch)
       AND "from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({high: Int64}, 'UTC') GROUP BY batch`,
    {
      batches: batches.map(({ id }) => id),
      indicators: [...new Set(all.map(({ indicator }) => indicator))],
      low: all.reduce((low, { from }) => Math.min(low, from), Number.POSITIVE_INFINITY),
      high: all.reduce((high, { from }) => Math.max(high, from), Number.NEGATIVE_INFINITY),
    },
  )
  const ids = new Map(found.map(({ batch, n }) => [batch, n]))
  return new Set(batches.flatMap(({ id, observations }) => ((ids.get(id) ?? 0) >= observations.length ? [id] : [])))
}
