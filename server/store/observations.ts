/** Appends observations: one more version each, nothing is overwritten. */
import type { Observation } from '../../kpi/observation.ts'
import type { Store } from './connect.ts'
import { holdSealed } from './retired.ts'

/**
 * Stores a batch as one block, all or nothing. Repeating it with the same id is harmless twice over: the token
 * lets the engine drop the repeat, and a repeated version has the same `received` and `id`, so no answer changes.
 * What speaks of a sealed day is held.
 */
export async function append(
  store: Store,
  batch: { readonly id: string; readonly observations: readonly Observation[] },
): Promise<void> {
  if (batch.observations.length === 0) return
  const stored = store.now()
  const rows = (await holdSealed(store, batch.observations)).map((observation) => ({
    ...observation,
    batch: batch.id,
    stored,
  }))
  await store.insert('observation', rows, batch.id)
}
