/** A folder of small files for what waits: each is whole or not there after any crash, and outlives a power cut once it is written. */
import { join } from 'node:path'
import { type Disk, writeDurably } from './disk.ts'

const DRAFT = '.tmp'
const REFUSED = 'refused'

/** What who keeps things on it asks of it is said there (`Shelf` in the server). The folder is made when something is first written. */
export function openShelf(disk: Disk, folder: string) {
  const at = (name: string) => join(folder, name)
  return {
    async list() {
      const all = await disk.list(folder)
      // What cannot be removed is in nobody's way.
      for (const name of all) if (name.endsWith(DRAFT)) await disk.remove(at(name)).catch(() => undefined)
      const names = all.filter((name) => !name.endsWith(DRAFT) && name !== REFUSED)
      return Promise.all(names.map(async (name) => ({ name, bytes: await disk.size(at(name)) })))
    },
    async write(name: string, text: string) {
      await disk.makeFolder(folder)
      try {
        await writeDurably(disk, at(name), text)
      } catch (cause) {
        await disk.remove(at(name) + DRAFT).catch(() => undefined)
        throw cause
      }
    },
    read: (name: string) => disk.read(at(name)),
    remove: (name: string) => disk.remove(at(name)),
    async setAside(name: string) {
      await disk.makeFolder(at(REFUSED))
      await disk.move(at(name), join(at(REFUSED), name))
    },
  }
}
