/** A disk that fails at its n-th writing operation, as a killed process, a power cut or a full disk would leave it. */
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Disk, disk } from '../../collectors/disk.ts'

export type Way = 'kill' | 'power' | 'disk' | 'pretend'

/** What a power cut takes back: names that were not forced to the device, and the text under them. */
export interface Mortal {
  readonly disk: Disk
  readonly dead: () => boolean
  /** Resolves when it dies. */
  readonly death: Promise<void>
  readonly operations: () => number
  /** Cuts the power: undoes every rename and removal whose folder was not synced. */
  cut(): void
}

/** A disk whose n-th writing operation fails half done; after it nothing works any more, or, when it `survives`, all works again. */
export function mortal(dies: number, way: Way): Mortal {
  const survives = way === 'disk'
  let [count, dead] = [0, false]
  let die = () => {}
  const death = new Promise<void>((resolve) => {
    die = resolve
  })
  let unsynced: { readonly folder: string; readonly undo: () => void }[] = []
  const before = (path: string) => (existsSync(path) ? readFileSync(path) : null)
  const restore = (path: string, content: Buffer | null) =>
    content === null ? rmSync(path, { force: true }) : writeFileSync(path, content)

  async function step<T>(work: () => Promise<T>, half: () => void = () => {}): Promise<T> {
    if (dead) throw new Error('the process is dead')
    count += 1
    if (count !== dies) return work()
    half()
    dead = !survives
    if (dead) die()
    throw new Error(survives ? 'the disk fails once' : 'the process dies here')
  }
  const read =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    (...given: A) =>
      dead ? Promise.reject(new Error('the process is dead')) : work(...given)

  return {
    dead: () => dead,
    death,
    operations: () => count,
    cut() {
      for (const one of unsynced.reverse()) one.undo()
      unsynced = []
    },
    disk: {
      list: read(disk.list),
      read: read(disk.read),
      size: read(disk.size),
      lines: disk.lines,
      sync: (path) => step(() => disk.sync(path)),
      makeFolder: (path) => step(() => disk.makeFolder(path)),
      append: (path, text) => step(() => disk.append(path, text)),
      writeSynced: (path, text) =>
        step(
          () => disk.writeSynced(path, text),
          () => {
            writeFileSync(path, text)
            truncateSync(path, Math.floor(text.length / 2))
          },
        ),
      async move(from, to) {
        const [source, target] = [before(from), before(to)]
        await step(() => disk.move(from, to))
        unsynced.push({
          folder: dirname(to),
          undo() {
            restore(to, target)
            restore(from, source)
          },
        })
      },
      async syncFolder(path) {
        await step(() => disk.syncFolder(path))
        if (way !== 'pretend') unsynced = unsynced.filter((one) => one.folder !== path)
      },
      async remove(path) {
        const content = before(path)
        await step(() => disk.remove(path))
        unsynced.push({ folder: dirname(path), undo: () => restore(path, content) })
      },
    },
  }
}
