/** What people save of their work, by the name of their key: further versions, the newest counts, one that says nothing takes it away. */
import { createHash, randomUUID } from 'node:crypto'
import { MOST_SAVED, type Save, type Saved } from '../../kpi/saved.ts'
import type { Store } from './connect.ts'

/** What a person keeps, by collection and title. */
export async function savedOf(store: Store, owner: string): Promise<readonly Saved[]> {
  const rows = await store.rows<{ id: string; at: number; newest: string }>(
    'ask',
    `SELECT id, toUnixTimestamp64Milli(max(s.at)) AS at, argMax(s.said, (s.at, s.said)) AS newest FROM saved AS s
     WHERE owner = {owner: String} GROUP BY id HAVING newest != '' ORDER BY id`,
    { owner },
  )
  return rows
    .map(({ id, at, newest }): Saved => ({ ...(JSON.parse(newest) as Omit<Saved, 'id' | 'at'>), id, at }))
    .sort((a, b) => (a.collection + a.title < b.collection + b.title ? -1 : 1))
}

/** Keeps or takes away one view; durable when it resolves. Null: the person keeps as many as there may be. */
export async function save(store: Store, owner: string, asked: Save): Promise<string | null> {
  const { id = randomUUID(), title, address, collection, remove } = asked
  const known = await savedOf(store, owner)
  if (!remove && known.length >= MOST_SAVED && !known.some((one) => one.id === id)) return null
  const at = Math.max(store.now(), ...known.filter((one) => one.id === id).map((one) => one.at + 1))
  const said = remove ? '' : JSON.stringify({ title, address, collection })
  await store.insert(
    'saved',
    [{ owner, id, at, said, stored: store.now() }],
    `saved-${owner}-${id}-${at}-${createHash('sha256').update(said).digest('hex')}`,
  )
  await prune(store, owner)
  return id
}

/** Versions beyond those that count, before the others are thrown away. */
const LEFT = 100

/** Throws away the versions of a person's views that no longer count, once there are many. A version that comes meanwhile stays. */
async function prune(store: Store, owner: string): Promise<void> {
  const newest = await store.rows<{ id: string; at: number; said: string; last: number; all: number }>(
    'ask',
    `SELECT id, toUnixTimestamp64Milli(max(s.at)) AS at, argMax(s.said, (s.at, s.said)) AS said, toUnixTimestamp64Milli(max(s.stored)) AS last, count() AS all
     FROM saved AS s WHERE owner = {owner: String} GROUP BY id`,
    { owner },
  )
  const kept = newest.filter(({ said }) => said !== '')
  if (newest.reduce((sum, { all }) => sum + all, 0) <= kept.length + LEFT) return
  await store.run(
    'write',
    `ALTER TABLE saved ${store.dialect.onCluster} DELETE WHERE owner = {owner: String} AND stored <= fromUnixTimestamp64Milli({last: Int64}, 'UTC')
       AND NOT has(arrayZip({ids: Array(String)}, {ats: Array(Int64)}), (id, toUnixTimestamp64Milli(at)))`,
    {
      owner,
      ids: kept.map(({ id }) => id),
      ats: kept.map(({ at }) => at),
      last: Math.max(...newest.map(({ last }) => last)),
    },
  )
}
