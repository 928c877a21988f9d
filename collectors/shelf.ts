/** A folder of small files for what waits: each is whole or not there after any crash, and outlives a power cut once it is written. */
import { join } from 'node:path'
import { type Disk, writeDurably } from './disk.ts'

const DRAFT = '.tmp'
const REFUSED = 'refused'
/** The most refused/ holds, bytes; beyond it the oldest go, the newest never. */
const MOST_REFUSED = 64 * 1024 ** 2

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
      // It is moved; what cannot be looked at or removed now is another time.
      return letGo(disk, at(REFUSED)).catch(() => [])
    },
  }
}

/** Removes the oldest files of a folder, by name, that are beyond what it may hold; answers their names. */
async function letGo(disk: Disk, folder: string): Promise<readonly string[]> {
  const gone: string[] = []
  let bytes = 0
  for (const [i, name] of [...(await disk.list(folder))].sort().reverse().entries()) {
    bytes += await disk.size(join(folder, name))
    if (i === 0 || bytes <= MOST_REFUSED) continue
    await disk.remove(join(folder, name))
    gone.push(name)
  }
  return gone
}
