/** What the collectors need of a disk: few operations, each of which may fail, and one that is durable. */
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface Disk {
  makeFolder(path: string): Promise<void>
  /** Names in a folder, sorted. */
  list(path: string): Promise<readonly string[]>
  /** The text of a file; null when there is none. */
  read(path: string): Promise<string | null>
  /** Writes a whole file and forces its content to the device. */
  writeSynced(path: string, text: string): Promise<void>
  append(path: string, text: string): Promise<void>
  /** Bytes; 0 when there is none. */
  size(path: string): Promise<number>
  move(from: string, to: string): Promise<void>
  /** Forces a folder's names to the device: only then does a rename outlive a power cut. */
  syncFolder(path: string): Promise<void>
  remove(path: string): Promise<void>
}

const missing = (cause: unknown) => (cause as NodeJS.ErrnoException).code === 'ENOENT'

async function synced(path: string, flags: string, text?: string) {
  const file = await open(path, flags)
  try {
    if (text !== undefined) await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The real disk. */
export const disk: Disk = {
  async makeFolder(path) {
    const first = await mkdir(path, { recursive: true })
    if (first === undefined) return
    // A new folder's own name outlives a power cut only when its parent is forced to the device too.
    for (let made = path; made.length >= first.length; made = dirname(made)) await synced(dirname(made), 'r')
  },
  list: async (path) => (await readdir(path)).sort(),
  async read(path) {
    try {
      return await readFile(path, 'utf8')
    } catch (cause) {
      if (missing(cause)) return null
      throw cause
    }
  },
  writeSynced: (path, text) => synced(path, 'w', text),
  append: (path, text) => appendFile(path, text),
  async size(path) {
    try {
      return (await stat(path)).size
    } catch (cause) {
      if (missing(cause)) return 0
      throw cause
    }
  },
  move: rename,
  syncFolder: (path) => synced(path, 'r'),
  remove: (path) => rm(path, { force: true }),
}

/** Replaces a file so that after any crash either the old or the new text is whole, and after return the new one is. */
export async function writeDurably(disk: Disk, path: string, text: string): Promise<void> {
  await disk.writeSynced(`${path}.tmp`, text)
  await disk.move(`${path}.tmp`, path)
  await disk.syncFolder(dirname(path))
}

/** A source id as one file name. */
export const fileName = (id: string): string => id.replaceAll('/', '+')

export const fullDisk = (cause: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException)?.code ?? '')
