/** Where a running engine says how to reach it, for programs of the same person on the same machine: backup, doctor. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file in the data folder; an engine that was killed leaves it behind. */
export const WORD = 'engine.url'

/** Writes the address, key included, readable by its owner only. */
export function leaveWord(data: string, url: string): void {
  const file = join(data, WORD)
  rmSync(file, { force: true })
  writeFileSync(file, `${url}\n`, { mode: 0o600 })
}
