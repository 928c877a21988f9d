/** Where tests keep what they throw away: no proof here is about a device, so nothing waits for one where memory has room. */
import { statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WEIGHT } from '../../server/engine/ballast.ts'

const MEMORY = '/dev/shm'
/** What all workers together never need, bytes. */
const ROOM = 6 * 1024 ** 3

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize > ROOM && process.availableMemory() > ROOM
  } catch {
    return false
  }
}

/** The folder for folders of a test run: in memory; that of the system for what is long or measures, and where memory has no room. `kill -9` loses nothing of either, and a power cut has a disk of its own (`image.ts`). */
export const scratch = (): string =>
  process.env.VITEST !== undefined && process.env.SOAK !== '1' && hasRoom() ? MEMORY : tmpdir()

/** Lays down an engine's ballast as a file of holes: to fill it costs each engine as much as to open its store. */
export function weigh(data: string): void {
  const file = join(data, 'ballast')
  writeFileSync(file, '')
  truncateSync(file, WEIGHT)
}
