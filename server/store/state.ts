/** What a store says of itself: which shape its tables have, who it is, how far it is folded. */
import type { Store } from './connect.ts'

export interface State {
  /** Its last migration. */
  readonly schema: number
  readonly id: string
  /** Everything visible at this time was folded, UTC milliseconds; 0 when nothing was yet. */
  readonly folded: number
}

/** The state of a store; null where the tables are not there. */
export async function stateOf(store: Store): Promise<State | null> {
  const [there] = await store.rows<{ there: number }>(
    'care',
    `SELECT count() AS there FROM system.tables WHERE database = currentDatabase() AND name IN ('migration', 'store', 'observation', 'watermark')`,
  )
  if (there?.there !== 4) return null
  const [found] = await store.rows<State>(
    'care',
    `SELECT (SELECT max(number) FROM migration) AS schema, (SELECT id FROM store ORDER BY created, id LIMIT 1) AS id,
       (SELECT toUnixTimestamp64Milli(max(at)) FROM watermark WHERE name = 'fold') AS folded`,
  )
  return found ?? null
}

/** Says how far a store that was laid back is folded. */
export async function sayFolded(store: Store, at: number): Promise<void> {
  await store.insert('watermark', [{ name: 'fold', at }], `watermark-${at}`)
}

/** Empties what only follows from observations, in a store that has none. */
export async function emptyFollowing(store: Store): Promise<void> {
  for (const table of ['minute', 'hour', 'day', 'definition', 'retired', 'correction', 'journal', 'saved', 'watermark'])
    await store.run('write', `TRUNCATE TABLE ${table} ${store.dialect.onCluster}`)
}

/** How many rows a table has. */
export async function rowsOf(store: Store, table: string): Promise<number> {
  const [found] = await store.rows<{ n: number }>('care', `SELECT count() AS n FROM ${table}`)
  return found?.n ?? 0
}
