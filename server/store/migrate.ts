/** Brings the store's tables to the shape this program needs; may be interrupted and repeated at any point. */
import { randomUUID } from 'node:crypto'
import type { Store } from './connect.ts'
import record from './migrations/001-record.ts'
import touch from './migrations/002-touch.ts'
import noTouch from './migrations/003-no-touch.ts'
import correction from './migrations/004-correction.ts'
import retired from './migrations/005-retired.ts'
import journal from './migrations/006-journal.ts'
import plainMembers from './migrations/007-plain-members.ts'
import read from './migrations/008-read.ts'
import calmMerges from './migrations/009-calm-merges.ts'
import unfinished from './migrations/010-unfinished.ts'
import refused from './migrations/011-refused.ts'
import { checkVersion } from './version.ts'

const MIGRATIONS = [
  { number: 1, name: 'record', statements: record },
  { number: 2, name: 'touch', statements: touch },
  { number: 3, name: 'no-touch', statements: noTouch },
  { number: 4, name: 'correction', statements: correction },
  { number: 5, name: 'retired', statements: retired },
  { number: 6, name: 'journal', statements: journal },
  { number: 7, name: 'plain-members', statements: plainMembers },
  { number: 8, name: 'read', statements: read },
  { number: 9, name: 'calm-merges', statements: calmMerges },
  { number: 10, name: 'unfinished', statements: unfinished },
  { number: 11, name: 'refused', statements: refused },
] as const

/** The shape of the tables this program knows. */
export const LAST_MIGRATION: number = Math.max(...MIGRATIONS.map(({ number }) => number))

/** Runs what has not run yet and answers the store's id, the same for every server on this store. Errors: TooOld. */
export async function migrate(store: Store): Promise<string> {
  await checkVersion(store)
  const { onCluster, engine } = store.dialect
  await store.run(
    'write',
    `CREATE TABLE IF NOT EXISTS migration ${onCluster} (number UInt32, name String, at DateTime64(3, 'UTC')) ENGINE = ${engine('MergeTree')} ORDER BY number`,
  )
  const done = new Set(
    (await store.rows<{ number: number }>('write', 'SELECT number FROM migration')).map((row) => row.number),
  )
  const open = MIGRATIONS.filter(({ number }) => !done.has(number))
  const settings = open.length > 0 ? await tableSettings(store) : new Set<string>()
  for (const { number, name, statements } of open) {
    for (const statement of statements(store.dialect, settings)) await store.run('write', statement)
    await store.insert('migration', [{ number, name, at: store.now() }], `migration-${number}`)
  }
  return identity(store)
}

/** The names of the table settings this engine knows. */
async function tableSettings(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.rows<{ name: string }>('write', 'SELECT name FROM system.merge_tree_settings')
  return new Set(rows.map(({ name }) => name))
}

async function identity(store: Store): Promise<string> {
  const read = () => store.rows<{ id: string }>('write', 'SELECT id FROM store ORDER BY created, id LIMIT 1')
  const [known] = await read()
  if (known) return known.id
  await store.insert('store', [{ id: randomUUID(), created: store.now() }], 'identity')
  const [made] = await read()
  if (!made) throw new Error('the store did not keep its id')
  return made.id
}
