/** A folder of small files for what waits: each is whole or not there after any crash, and outlives a power cut once it is written. */
import { join } from 'node:path'
import { type Disk, writeDurably } from './disk.ts'

export interface Shelf {
  /** Oldest first, by name. */
  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]>
  write(name: string, text: string): Promise<void>
  /** Its text; null when there is none of that name. */
  read(name: string): Promise<string | null>
  remove(name: string): Promise<void>
}

/** The folder is made when something is first written. */
export function openShelf(disk: Disk, folder: string): Shelf {
  const at = (name: string) => join(folder, name)
  return {
    async list() {
      const names = (await disk.list(folder)).filter((name) => !name.endsWith('.tmp'))
      return Promise.all(names.map(async (name) => ({ name, bytes: await disk.size(at(name)) })))
    },
    async write(name, text) {
      await disk.makeFolder(folder)
      await writeDurably(disk, at(name), text)
    },
    read: (name) => disk.read(at(name)),
    remove: (name) => disk.remove(at(name)),
  }
}
