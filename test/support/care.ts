/** Runs the care of the store as its own process, as `npm run backup` does, and reads a store whole. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Store } from '../../server/store/connect.ts'
import { BUILT } from './root.ts'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** `care(['backup', '--to', folder], { DATA })`; resolves when the process is gone. */
export function care(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const child = spawn(process.execPath, [join(BUILT, 'server/care/main.js'), ...args], {
    env: { ...process.env, MODE: 'demo', CLICKHOUSE: '', LANGUAGE: 'en', COUNTRY_URL: 'http://127.0.0.1:1', ...env },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => (said.out += part))
  child.stderr.on('data', (part) => (said.err += part))
  return new Promise((done) => child.once('close', (code) => done({ code, ...said })))
}

const ALL = 'ORDER BY indicator, series, "from", "to"'

/** Every folded row, every version and whatever else is the record, in order: two stores that say the same are equal here. */
export async function whole(store: Store, until = 9e12): Promise<Readonly<Record<string, readonly object[]>>> {
  const rows = (sql: string) => store.rows<object>('care', sql)
  return {
    observations: await rows(
      `SELECT *, series FROM observation WHERE toUnixTimestamp64Milli(stored) <= ${until} ${ALL}, received, id`,
    ),
    minute: await rows(`SELECT * FROM minute FINAL ${ALL}`),
    hour: await rows(`SELECT * FROM hour FINAL ${ALL}`),
    day: await rows(`SELECT * FROM day FINAL ${ALL}`),
    shown: await rows(`SELECT * FROM shown WHERE toUnixTimestamp64Milli(pulse) <= ${until} ORDER BY slice, key, pulse`),
    correction: await rows('SELECT * FROM correction FINAL ORDER BY since, id'),
    journal: await rows('SELECT * FROM journal ORDER BY cause, number, id, stored'),
    saved: await rows('SELECT * FROM saved ORDER BY owner, id, at'),
    retired: await rows('SELECT * FROM retired ORDER BY level, indicator, source, day'),
  }
}
