/** Writes down what the glass says, before it is said: in the store, or, where that is slow or away, on the disk of this server until the store takes it. */
import { randomUUID } from 'node:crypto'
import type { Log } from '../../kpi/log.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { ShownRow } from '../queries/shown.ts'
import { isFull, type Store } from '../store/connect.ts'

/** How long the glass waits for its own record, milliseconds. */
const PATIENCE = 500
/** The most rows of one insert. */
const TOGETHER = 20_000
/** The most that waits: bytes on disk, and rows in memory where the disk takes nothing. Beyond it the oldest go, and that is said. */
const MOST = { bytes: 512 * 1024 ** 2, rows: 50_000 }

/** A row of the table `shown`: a reading by slice and point, or by `boardKey` the slices a board shows. */
export type Kept = ShownRow
export { boardKey } from '../queries/shown.ts'

/** A folder of small files; what is written there outlives this process and a power cut. */
export interface Shelf {
  /** Oldest first, by name. */
  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]>
  write(name: string, text: string): Promise<void>
  read(name: string): Promise<string | null>
  remove(name: string): Promise<void>
}

export interface Shown {
  /** Writes down as of a pulse. Resolves when it is stored; when patience ends, once it is on disk. */
  keep(pulse: Pulse, kept: readonly Kept[]): Promise<void>
  /** Whether the store answered last that it has no room for rows. */
  full(): boolean
  /** How many rows could be kept nowhere since this server started. */
  lost(): number
}

/** What was shown at one pulse and waits for the store. */
interface Part {
  /** Null where they are on disk only. */
  rows: readonly object[] | null
  readonly count: number
  readonly at: number
  /** Its file, and how long that is. */
  file: { readonly name: string; readonly bytes: number } | null
  stored: boolean
}

/** So many rows a file of an earlier process is taken to hold. */
const SOME = 500

/** `shelf`: where what waits is kept; null keeps it in memory alone. */
export function startShown(store: Store, shelf: Shelf | null, log: Log): Shown {
  let waiting: readonly Part[] = []
  let writing: Promise<void> | null = null
  let following: Promise<void> | null = null
  let full = false
  let lost = 0
  let disk: 'fine' | 'ill' = 'fine'

  /** What an earlier process could not hand over. */
  const found =
    shelf?.list().then(
      (files) => {
        const left = files.map((file): Part => {
          return { rows: null, count: SOME, at: Number.parseInt(file.name, 10), file, stored: false }
        })
        waiting = [...left, ...waiting]
      },
      (error: unknown) => log.error('shown: what waits for the store on disk cannot be read', error),
    ) ?? Promise.resolve()

  async function rowsOf(part: Part): Promise<readonly object[]> {
    if (part.rows !== null || part.file === null) return part.rows ?? []
    const { name } = part.file
    try {
      const lines = ((await shelf?.read(name)) ?? '').split('\n').filter((line) => line !== '')
      return lines.map((line) => JSON.parse(line) as object)
    } catch (error) {
      log.error(`shown: ${name} cannot be read; what was shown then is not in its record`, error)
      lost += part.count
      return []
    }
  }

  const forget = async ({ file }: Part): Promise<void> => {
    // A file that cannot be removed is handed over again by the next process: the same rows twice say the same.
    if (file) await shelf?.remove(file.name).catch(() => undefined)
  }

  /** Hands over what has waited longest; answers whether the store took it. */
  async function write(): Promise<boolean> {
    let count = 0
    const some = waiting.filter((part) => {
      count += part.count
      return count - part.count === 0 || count <= TOGETHER
    })
    waiting = waiting.slice(some.length)
    try {
      const rows = (await Promise.all(some.map(rowsOf))).flat()
      // Never the token of another's rows of the same moment: a replicated table would take them for a repeat.
      if (rows.length > 0) await store.insert('shown', rows, `shown-${randomUUID()}`)
      full = false
      for (const part of some) part.stored = true
      await Promise.all(some.map(forget))
      return true
    } catch (error) {
      full = isFull(error)
      // The pulse says that the store is away; what was shown meanwhile is kept for its return.
      waiting = [...some, ...waiting]
      return false
    }
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0 && (await write()));
  }

  function begin(): Promise<void> {
    following = null
    if (waiting.length === 0) return Promise.resolve()
    const own = writeAll().finally(() => {
      if (writing === own) writing = null
    })
    writing = own
    return own
  }

  /** Puts a part on disk; it stays in memory where that fails. */
  async function save(part: Part): Promise<void> {
    if (shelf && part.rows !== null) {
      const text = `${part.rows.map((row) => JSON.stringify(row)).join('\n')}\n`
      const name = `${String(part.at).padStart(15, '0')}-${randomUUID().slice(0, 8)}.ndjson`
      try {
        await shelf.write(name, text)
        disk = 'fine'
        part.file = { name, bytes: Buffer.byteLength(text) }
        part.rows = null
        if (part.stored) await forget(part)
      } catch (error) {
        if (disk === 'fine')
          log.error('shown: what the glass says can be written neither to the store nor to the disk', error)
        disk = 'ill'
      }
    }
    await bound()
  }

  /** Lets go of the oldest of what is more than may wait. */
  async function bound(): Promise<void> {
    const gone: Part[] = []
    const sum = (of: (part: Part) => number) => waiting.reduce((all, part) => all + of(part), 0)
    let [bytes, rows] = [sum(({ file }) => file?.bytes ?? 0), sum((part) => (part.rows ? part.count : 0))]
    for (const part of waiting) {
      if (bytes <= MOST.bytes && rows <= MOST.rows) break
      bytes -= part.file?.bytes ?? 0
      rows -= part.rows ? part.count : 0
      gone.push(part)
    }
    if (gone.length === 0) return
    waiting = waiting.slice(gone.length)
    if (lost === 0)
      log.error(`shown: too much waits for the store; what was shown from ${momentOf(gone[0])} on is not in its record`)
    lost += gone.reduce((all, { count }) => all + count, 0)
    await Promise.all(gone.map(forget))
  }

  return {
    full: () => full,
    lost: () => lost,
    async keep(pulse, kept) {
      await found
      const rows = kept.map((one) => ({ ...one, pulse: pulse.at }))
      const part: Part = { rows, count: rows.length, at: pulse.at, file: null, stored: false }
      if (rows.length > 0) waiting = [...waiting, part]
      if (waiting.length === 0) return
      // What is being written now does not hold these rows: they follow it, together with all that comes until then.
      if (writing) following ??= writing.then(begin)
      const own = following ?? begin()
      if (rows.length === 0) return
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE)
      })
      await Promise.race([own, patience])
      clearTimeout(timer)
      if (!part.stored) await save(part)
    },
  }
}

const momentOf = (part: Part | undefined): string => new Date(part?.at ?? 0).toISOString()
