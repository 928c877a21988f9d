/** Appends observations: one more version each, nothing is overwritten. */
import type { Observation } from '../../kpi/observation.ts'
import type { Store } from './connect.ts'
import { holdSealed } from './retired.ts'

/**
 * Stores a batch as one block, all or nothing. Repeating it with the same id is harmless three times over: the token
 * lets the engine drop the repeat, a repeated version has the same `received` and `id`, so no answer changes, and whoever
 * is in doubt looks first: what the engine remembers of tokens may be lost with the power, and ends with a month.
 * `again`: it was sent before, and nobody heard whether it was stored. What speaks of a sealed day is held.
 */
export async function append(
  store: Store,
  batch: { readonly id: string; readonly observations: readonly Observation[]; readonly again?: boolean },
): Promise<void> {
  if (batch.observations.length === 0) return
  const there = () => isThere(store, batch.id, batch.observations.length)
  if (batch.again && (await there())) return
  const stored = store.now()
  const rows = (await holdSealed(store, batch.observations)).map((observation) => ({
    ...observation,
    batch: batch.id,
    stored,
  }))
  await store.insert('observation', rows, batch.id, { there })
}

/** Whether all of a batch is stored (on a cluster a part of it may be); read from the projection that holds one small row of it. */
async function isThere(store: Store, batch: string, rows: number): Promise<boolean> {
  const found = await store.rows<{ n: number }>(
    'write',
    'SELECT count() AS n FROM observation WHERE batch = {batch: String} GROUP BY toStartOfHour(stored), batch',
    { batch },
  )
  return found.reduce((sum, { n }) => sum + n, 0) >= rows
}
