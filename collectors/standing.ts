/** What a group (a file) last said, kept beside the cursor: one line a statement, so that a million of them are read and written in pieces. */
import { dirname, join } from 'node:path'
import { sha256 } from './batch.ts'
import { type Cursor, isWithdrawn } from './cursor.ts'
import { type Digests, openDigests } from './digests.ts'
import { type Disk, fileName } from './disk.ts'

/** A statement's key and what stands under it. */
export type Stood = readonly [key: string, standing: string]

/** Characters written at once. */
const CHUNK = 256 * 1024

const folderOf = (folder: string, source: string) => join(folder, 'standing', fileName(source))
const pathOf = (folder: string, source: string, run: string) => join(folderOf(folder, source), `${run}.ndjson`)

export interface StandingWriter {
  /** Notes a line; true when enough are noted to be written. */
  add(stood: Stood): boolean
  flush(): Promise<void>
  /** Makes it durable under the name of its run. */
  finish(run: string): Promise<void>
  drop(): Promise<void>
}

/** Writes what stands of a group after a run. */
export function writeStanding(disk: Disk, folder: string, source: string, group: string): StandingWriter {
  const draft = join(folderOf(folder, source), `${sha256(group).slice(0, 24)}.tmp`)
  let text = ''
  let begun = false
  async function flush() {
    if (!begun) {
      await disk.makeFolder(dirname(draft))
      await disk.remove(draft)
    }
    begun = true
    const piece = text
    text = ''
    await disk.append(draft, piece)
  }
  return {
    add([key, standing]) {
      text += `${key}\t${standing}\n`
      return text.length >= CHUNK
    },
    flush,
    async finish(run) {
      const path = pathOf(folder, source, run)
      await flush()
      await disk.sync(draft)
      await disk.move(draft, path)
      await disk.syncFolder(dirname(path))
    },
    async drop() {
      if (begun) await disk.remove(draft)
    },
  }
}

/** What a group last said; nothing when it never spoke, or when its file is gone. */
export async function* stood(disk: Disk, folder: string, source: string, cursor: Cursor, group: string) {
  const run = cursor.kept[group]
  if (run === undefined) {
    for (const [key, standing] of Object.entries(cursor.standing[group] ?? {})) yield [key, standing] as Stood
    return
  }
  for await (const line of disk.lines(pathOf(folder, source, run))) {
    const end = line.indexOf('\t')
    if (end > 0) yield [line.slice(0, end), line.slice(end + 1)] as Stood
  }
}

/** Digests of what a group last said. */
export async function digestsOf(all: AsyncIterable<Stood>): Promise<Digests> {
  const digests = openDigests()
  for await (const [key, standing] of all) digests.note(key, standing)
  return digests
}

/** What `group` said before and does not say now (`said`), unless it stands in another group of the source. */
export async function* vanished(
  disk: Disk,
  folder: string,
  source: string,
  cursor: Cursor,
  group: string,
  said: Digests,
): AsyncGenerator<Stood> {
  const before = () => stood(disk, folder, source, cursor, group)
  const gone = openDigests()
  for await (const [key, standing] of before()) if (!isWithdrawn(standing) && !said.has(key)) gone.note(key, standing)
  if (gone.size() === 0) return
  const elsewhere = openDigests()
  const others = new Set([...Object.keys(cursor.kept), ...Object.keys(cursor.standing)])
  others.delete(group)
  for (const other of others)
    for await (const [key, standing] of stood(disk, folder, source, cursor, other))
      if (!isWithdrawn(standing) && gone.has(key)) elsewhere.note(key, standing)
  for await (const [key, standing] of before()) if (gone.has(key) && !elsewhere.has(key)) yield [key, standing]
}

/** Removes what no cursor refers to any more. A file that stays harms nothing and goes at the next start. */
export async function sweepStanding(disk: Disk, folder: string, source: string, cursor: Cursor): Promise<void> {
  const place = folderOf(folder, source)
  const kept = new Set(Object.values(cursor.kept).map((run) => `${run}.ndjson`))
  for (const name of await disk.list(place)) if (!kept.has(name)) await disk.remove(join(place, name))
}

/** Removes what stood before a run, once the cursor refers to the next. */
export const removeStanding = (disk: Disk, folder: string, source: string, run: string): Promise<void> =>
  disk.remove(pathOf(folder, source, run))
