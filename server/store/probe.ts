/** A table in memory beside the real ones, for the engine to read a file of a backup into and say what is in it. */
import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Store } from './connect.ts'
import { type Fingerprint, type Kept, printOfTable } from './portions.ts'

export interface Probe {
  /** What rows in Native format hold, read as rows of a table. */
  look(table: Kept, columns: readonly string[], rows: Readable): Promise<Fingerprint>
  close(): Promise<void>
}

/** Opens a probe; it holds one portion at a time. What a killed one left behind is removed. */
export async function openProbe(store: Store): Promise<Probe> {
  const left = await store.rows<{ name: string }>(
    'care',
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND match(name, '^probe_[0-9a-f]{8}_')`,
  )
  const drop = (name: string) => store.run('fold', `DROP TABLE IF EXISTS ${name}`)
  for (const { name } of left) await drop(name)
  const id = randomBytes(4).toString('hex')
  const made = new Set<string>()
  return {
    async look(table, columns, rows) {
      const name = `probe_${id}_${table}`
      if (!made.has(name)) await store.run('fold', `CREATE TABLE ${name} AS ${table} ENGINE = Memory`)
      made.add(name)
      await store.insertNative(name, columns, rows)
      const print = await printOfTable(store, name, columns)
      await store.run('fold', `TRUNCATE TABLE ${name}`)
      return print
    },
    async close() {
      for (const name of made) await drop(name)
    },
  }
}
