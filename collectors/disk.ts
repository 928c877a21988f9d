/** What the collectors need of a disk: few operations, each of which may fail, and one that is durable. */
import { createReadStream } from 'node:fs'
import { appendFile, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Text } from '../kpi/text.ts'

export interface Disk {
  makeFolder(path: string): Promise<void>
  /** Names in a folder, sorted; none when there is no such folder. */
  list(path: string): Promise<readonly string[]>
  /** The text of a file; null when there is none. */
  read(path: string): Promise<string | null>
  /** Writes a whole file and forces its content to the device. */
  writeSynced(path: string, text: string): Promise<void>
  append(path: string, text: string): Promise<void>
  /** Forces a file's content to the device. */
  sync(path: string): Promise<void>
  /** The lines of a file, read in pieces; none when there is no such file. */
  lines(path: string): AsyncIterable<string>
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
  async list(path) {
    try {
      return (await readdir(path)).sort()
    } catch (cause) {
      if (missing(cause)) return []
      throw cause
    }
  },
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
  sync: (path) => synced(path, 'r+'),
  async *lines(path) {
    let rest = ''
    try {
      for await (const piece of createReadStream(path, 'utf8')) {
        const lines = (rest + piece).split('\n')
        rest = lines.pop() ?? ''
        yield* lines
      }
    } catch (cause) {
      if (!missing(cause)) throw cause
    }
    if (rest !== '') yield rest
  },
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
  async remove(path) {
    try {
      await unlink(path)
    } catch (cause) {
      if (!missing(cause)) throw cause
    }
  },
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

/** The code of a queue that holds all it may. */
export const OUTBOX_FULL = 'OUTBOX_FULL'
export const QUEUE_FULL: Text = {
  vi: 'hàng đợi trên đĩa đã đầy (OUTBOX_MEGABYTES): tạm ngừng hỏi và nhận cho tới khi kho dữ liệu lấy bớt; không có gì bị bỏ',
  en: 'the queue on disk holds all it may (OUTBOX_MEGABYTES): nothing is asked or taken until the store has some of it; nothing is thrown away',
}

/** A disk that refuses, as a sentence. */
export function diskWrong(cause: unknown): { readonly wrong: Text; readonly cause: unknown } {
  if ((cause as NodeJS.ErrnoException)?.code === OUTBOX_FULL) return { wrong: QUEUE_FULL, cause }
  const wrong = fullDisk(cause)
    ? {
        vi: 'đĩa đã đầy: chưa ghi nhận được dữ liệu mới, sẽ thử lại khi có chỗ trống',
        en: 'the disk is full: nothing new is acknowledged until there is room',
      }
    : {
        vi: 'không ghi được vào đĩa: chưa ghi nhận được dữ liệu mới',
        en: 'the disk cannot be written: nothing new is acknowledged',
      }
  return { wrong, cause }
}
