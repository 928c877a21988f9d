/** Rows in Native format: laid down as a file, because chDB reads binary rows from files only, and gone again with their insert. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { quoted } from './clauses.ts'

export interface LaidDown {
  readonly path: string
  remove(): Promise<void>
}

/** The folder for such files under the data folder, without what a killed engine left in it. */
export function emptied(data: string): string {
  const folder = join(data, 'incoming')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Lays rows down. Errors: what the disk says; then nothing is left of them. */
export async function layDown(folder: string, bytes: Buffer): Promise<LaidDown> {
  const path = join(folder, `${randomUUID()}.native`)
  const remove = () => rm(path, { force: true })
  try {
    await writeFile(path, bytes)
  } catch (cause) {
    // On a full disk half of the rows would take the last of the room.
    await remove()
    throw cause
  }
  return { path, remove }
}

/** The insert `head`, which ends with FORMAT Native, as one that reads the rows laid down. */
export function fromFile(head: string, rows: LaidDown): string {
  return head.replace(/FORMAT\s+Native\s*$/i, () => `SELECT * FROM file(${quoted(rows.path)}, 'Native')`)
}
