/** What a store says of itself: which shape its tables have, who it is, how far it is folded, and whether a restore laid back all of it. */
import type { Text } from '../../kpi/text.ts'
import type { Store } from './connect.ts'
import { FOLDED } from './late.ts'
import { watermark } from './migrations/001-record.ts'

export interface State {
  /** Its last migration. */
  readonly schema: number
  readonly id: string
  /** Whoever folds on from here finds everything that may not be folded yet, UTC milliseconds; 0 when nothing was yet. */
  readonly folded: number
}

/** The state of a store; null where the tables are not there. */
export async function stateOf(store: Store): Promise<State | null> {
  const there = await tablesOf(store)
  if (['migration', 'store', 'observation', 'watermark'].some((name) => !there.has(name))) return null
  // A store that an earlier program left may have no such table.
  const folded = there.has('late') ? FOLDED : `(SELECT max(at) FROM watermark WHERE name = 'fold')`
  const [found] = await store.rows<State>(
    'care',
    `SELECT (SELECT max(number) FROM migration) AS schema, (SELECT id FROM store ORDER BY created, id LIMIT 1) AS id,
       toUnixTimestamp64Milli(${folded}) AS folded`,
  )
  return found ?? null
}

async function tablesOf(store: Store): Promise<ReadonlySet<string>> {
  const found = await store.rows<{ name: string }>(
    'care',
    'SELECT name FROM system.tables WHERE database = currentDatabase()',
  )
  return new Set(found.map(({ name }) => name))
}

/** Whether a store has no place for observations yet: then it holds no record. */
export const isBare = async (store: Store): Promise<boolean> => !(await tablesOf(store)).has('observation')

/** Says how far a store that was laid back is folded. */
export async function sayFolded(store: Store, at: number): Promise<void> {
  await store.insert('watermark', [{ name: 'fold', at }], `watermark-${at}`)
}

/** A restore was cut short: what is there is a part of the record, and nothing of it may be shown or added to. */
export class HalfRestored extends Error {
  readonly text: Text = {
    vi: 'Kho này đang được khôi phục dở: mới có một phần của bản sao lưu. Hãy chạy lại npm run restore -- --from <thư mục> cho tới khi xong, hoặc đặt DATA là thư mục khác.',
    en: 'A restore of this store was cut short: only a part of the backup is there. Run npm run restore -- --from <folder> again until it is done, or set DATA to another folder.',
  }
  constructor() {
    super('a restore of this store was cut short')
  }
}

/** The names under which the watermark says when a restore began, and when one was done. */
const [BEGUN, DONE] = ['restore', 'restored']

async function restoring(store: Store): Promise<{ readonly begun: number; readonly done: number }> {
  const [found] = await store.rows<{ begun: number; done: number }>(
    'write',
    `SELECT toUnixTimestamp64Milli(maxIf(w.at, name = '${BEGUN}')) AS begun, toUnixTimestamp64Milli(maxIf(w.at, name = '${DONE}')) AS done FROM watermark AS w`,
  )
  return found ?? { begun: 0, done: 0 }
}

/** Errors: HalfRestored while a restore has begun and is not done; it may have made no other table yet. */
export async function checkWhole(store: Store): Promise<void> {
  if (!(await tablesOf(store)).has('watermark')) return
  const { begun, done } = await restoring(store)
  if (begun > done) throw new HalfRestored()
}

/** Says that from now on only a part of the record may be there, if need be before there is any table. */
export async function sayRestoring(store: Store): Promise<void> {
  await store.run('write', watermark(store.dialect))
  const { done } = await restoring(store)
  const at = Math.max(store.now(), done + 1)
  await store.insert('watermark', [{ name: BEGUN, at }], `${BEGUN}-${at}`)
}

/** Says that all of it is there. */
export async function sayRestored(store: Store): Promise<void> {
  const { begun } = await restoring(store)
  await store.insert('watermark', [{ name: DONE, at: begun }], `${DONE}-${begun}`)
}

/** Empties what only follows from observations, in a store that has no record; that a restore is under way stays said. */
export async function emptyFollowing(store: Store): Promise<void> {
  const { onCluster } = store.dialect
  for (const table of ['minute', 'hour', 'day', 'definition', 'late'])
    await store.run('write', `TRUNCATE TABLE ${table} ${onCluster}`)
  await store.run(
    'write',
    `ALTER TABLE watermark ${onCluster} DELETE WHERE name NOT IN ('${BEGUN}', '${DONE}') SETTINGS mutations_sync = 2`,
  )
}
