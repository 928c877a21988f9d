/** A table in memory beside the real ones, for the engine to read a file of a backup into and say what is in it. */
import type { Readable } from 'node:stream'
import { drop, openAside } from './aside.ts'
import type { Store } from './connect.ts'
import { type Fingerprint, type Kept, printOfTable } from './portions.ts'

export interface Probe {
  /** What rows in Native format hold, read as rows of a table. */
  look(table: Kept, columns: readonly string[], rows: Readable): Promise<Fingerprint>
  close(): Promise<void>
}

/** Opens a probe; it holds one portion at a time. `alone`: nobody else uses the store. */
export async function openProbe(store: Store, alone: boolean): Promise<Probe> {
  const own = await openAside(store, 'probe', alone)
  const made = new Set<string>()
  return {
    async look(table, columns, rows) {
      const name = `${own}${table}`
      if (!made.has(name)) await store.run('fold', `CREATE TABLE ${name} AS ${table} ENGINE = Memory`)
      made.add(name)
      await store.insertNative(name, columns, rows)
      const print = await printOfTable(store, name, columns)
      await store.run('fold', `TRUNCATE TABLE ${name}`)
      return print
    },
    async close() {
      for (const name of made) await drop(store, name)
    },
  }
}
