/** What a backup says of itself: its moment, its files with their hashes, under one hash of its own. Written last, so that there is none of half a backup. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Fingerprint, Kept, Portion } from '../store/portions.ts'
import { Unable } from './unable.ts'

const MANIFEST = 'manifest.json'
/** What it is called until all of it is on the disk. */
export const DRAFT = `${MANIFEST}.new`
const FORMAT = 1

export interface Copied extends Portion, Fingerprint {
  /** Path below the backup's folder. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** Up to where it is known, where that is not the moment of the backup: a clock that was ahead stamped its rows, UTC milliseconds. */
  readonly moment?: number
}

export interface Manifest {
  readonly format: number
  /** The last migration of the store it was taken from. */
  readonly schema: number
  /** Everything `stored` up to here is in it, and what a clock that was ahead stamped later, UTC milliseconds. */
  readonly moment: number
  readonly taken: string
  /** The id of the store it was taken from. */
  readonly store: string
  /** Up to where everything was folded then, UTC milliseconds. */
  readonly folded: number
  readonly columns: Readonly<Record<Kept, readonly string[]>>
  readonly files: readonly Copied[]
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Forces what was written to a file, or to the names in a folder, onto the device. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const body = JSON.stringify(manifest, null, 1)
  const draft = join(folder, DRAFT)
  const handle = await open(draft, 'w')
  try {
    await handle.writeFile(`${hashOf(body)}\n${body}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, join(folder, MANIFEST))
  await sync(dirname(join(folder, MANIFEST)))
}

/** The manifest of a backup; null where there is none. Errors: Unable when it is damaged, cannot be read, or is of a later kind. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return null
    throw new Unable(
      {
        vi: `Không đọc được tệp ${join(folder, MANIFEST)} (${cause.code}); hãy kiểm tra quyền đọc và đĩa, hoặc dùng bản sao lưu khác.`,
        en: `The file ${join(folder, MANIFEST)} cannot be read (${cause.code}); check that you may read it, and the disk, or use another backup.`,
      },
      { cause },
    )
  })
  if (text === null) return null
  const body = text.slice(65, -1)
  if (hashOf(body) !== text.slice(0, 64)) {
    throw new Unable({
      vi: `Tệp ${join(folder, MANIFEST)} đã hỏng: mã băm không khớp. Hãy dùng bản sao lưu khác.`,
      en: `The file ${join(folder, MANIFEST)} is damaged: its hash does not match. Use another backup.`,
    })
  }
  const manifest = JSON.parse(body) as Manifest
  if (manifest.format > FORMAT) {
    throw new Unable({
      vi: `Bản sao lưu này do một phiên bản mới hơn ghi (dạng ${manifest.format}); hãy cập nhật chương trình rồi làm lại.`,
      en: `This backup was written by a newer version (format ${manifest.format}); update the program and try again.`,
    })
  }
  return manifest
}

export const manifestFormat = FORMAT

/** The hash and the size of a file as it stands on disk; null where there is none, or none that can be read. */
export async function hashFile(path: string): Promise<{ readonly sha256: string; readonly bytes: number } | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const part of createReadStream(path)) {
      hash.update(part as Buffer)
      bytes += (part as Buffer).length
    }
  } catch {
    return null
  }
  return { sha256: hash.digest('hex'), bytes }
}
