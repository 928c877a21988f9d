/** Tables beside the real ones, for one run of a backup or of the doctor: two at once never meet, and what a killed one left is removed. */
import { randomBytes } from 'node:crypto'
import type { Store } from './connect.ts'
import { KEPT } from './portions.ts'

/**
 * A name for the tables of this run, `<what>_<8 hex digits>_`. `alone`: nobody else uses the store, so whatever is there was left behind; where somebody may,
 * what is a day old was.
 */
export async function openAside(store: Store, what: 'probe' | 'recount', alone: boolean): Promise<string> {
  const left = await store.rows<{ name: string }>(
    'care',
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND match(name, {ours: String})
       AND ({alone: UInt8} = 1 OR metadata_modification_time < now() - INTERVAL 1 DAY)`,
    { alone: Number(alone), ours: `^${what}_([0-9a-f]{8}_)?(${KEPT.join('|')})(_local)?$` },
  )
  for (const name of new Set(left.map((one) => one.name.replace(/_local$/, '')))) await drop(store, name)
  return `${what}_${randomBytes(4).toString('hex')}_`
}

export const drop = (store: Store, name: string): Promise<void> =>
  store.run('fold', `DROP TABLE IF EXISTS ${name} ${store.dialect.onCluster}`)
