/** What was shown and waits for the store, on this server's disk: put there, read back, set aside, and found again by the next process. */
import { randomUUID } from 'node:crypto'
import type { Log } from '../../kpi/log.ts'
import { SAY } from './shown-say.ts'

/** A folder of small files; what is written there outlives this process and a power cut. */
export interface Shelf {
  /** Oldest first, by name. Called while nothing is being written: drafts that a crash left are removed. */
  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]>
  /** After a failure no draft of it is left. */
  write(name: string, text: string): Promise<void>
  /** Its text; null when there is none of that name. */
  read(name: string): Promise<string | null>
  remove(name: string): Promise<void>
  /** Moves it to refused/ beside the others: it is not listed any more, and a person may look at it. Answers which older ones there had to make room for it. */
  setAside(name: string): Promise<readonly string[]>
}

/** What was shown at one pulse and waits for the store. */
export interface Part {
  /** Null where they are on disk only. */
  rows: readonly object[] | null
  readonly count: number
  readonly at: number
  /** Its file, and how long that is. */
  file: { readonly name: string; readonly bytes: number } | null
  /** Stored, or given up: it waits no longer. */
  done: boolean
  /** The store has refused it once, sent alone. */
  refused: boolean
}

export const newPart = (of: Omit<Part, 'done' | 'refused'>): Part => ({ ...of, done: false, refused: false })

/** So many rows a file of an earlier process is taken to hold. */
const SOME = 500

/** What reading a part comes to: its rows; `later`: the disk does not give them now; `damaged`: it never will. */
export type Read =
  | { readonly rows: readonly object[] }
  | { readonly later: unknown }
  | { readonly damaged: unknown; readonly name: string }

export interface Shelved {
  /** What an earlier process could not hand over, each once. To be asked again, one at a time: empty as long as the disk does not tell. */
  left(): Promise<readonly Part[]>
  read(part: Part): Promise<Read>
  /** Puts a part on disk; it stays in memory where that fails. What the disk did not take before follows once it is well again. */
  save(part: Part): Promise<void>
  /** Its file goes to refused/. Errors: what the disk says. */
  setAside(part: Part): Promise<void>
  /** It waits no longer, and its file is removed. */
  finish(part: Part): Promise<void>
}

/** `shelf`: null keeps everything in memory. */
export function startShelving(shelf: Shelf | null, log: Log): Shelved {
  let disk: 'fine' | 'ill' = 'fine'
  let [looked, told, writing] = [shelf === null, false, 0]
  /** Names of this process's own files: a look that succeeds late finds them too. */
  const own = new Set<string>()
  /** In memory alone, because the disk did not take them. */
  const unsaved = new Set<Part>()

  async function finish(part: Part): Promise<void> {
    part.done = true
    unsaved.delete(part)
    // A file that cannot be removed is handed over again by the next process: the same rows twice say the same.
    if (part.file) await shelf?.remove(part.file.name).catch(() => undefined)
  }

  /** Answers whether the disk is well. */
  async function put(part: Part): Promise<boolean> {
    if (!shelf) return false
    if (part.done || part.rows === null) return true
    const text = `${part.rows.map((row) => JSON.stringify(row)).join('\n')}\n`
    const name = `${String(part.at).padStart(15, '0')}-${randomUUID().slice(0, 8)}.ndjson`
    if (!looked) own.add(name)
    writing += 1
    try {
      await shelf.write(name, text)
    } catch (error) {
      if (disk === 'fine') log.error(SAY.nowhere, error)
      disk = 'ill'
      if (!part.done) unsaved.add(part)
      return false
    } finally {
      writing -= 1
    }
    disk = 'fine'
    part.file = { name, bytes: Buffer.byteLength(text) }
    part.rows = null
    if (part.done) await finish(part)
    return true
  }

  return {
    finish,
    async left() {
      if (looked || writing > 0 || !shelf) return []
      try {
        const files = (await shelf.list()).filter(({ name }) => !own.has(name))
        looked = true
        own.clear()
        return files.map((file) => newPart({ rows: null, count: SOME, at: Number.parseInt(file.name, 10) || 0, file }))
      } catch (error) {
        if (!told) log.error(SAY.unread, error)
        told = true
        return []
      }
    },
    async read({ rows, file }) {
      if (rows !== null || file === null) return { rows: rows ?? [] }
      let text: string
      try {
        text = (await shelf?.read(file.name)) ?? ''
      } catch (error) {
        return { later: error }
      }
      try {
        const lines = text.split('\n').filter((line) => line !== '')
        return { rows: lines.map((line) => JSON.parse(line) as object) }
      } catch (error) {
        return { damaged: error, name: file.name }
      }
    },
    async save(part) {
      if (!(await put(part))) return
      void (async () => {
        for (const one of [...unsaved]) if (unsaved.delete(one) && !(await put(one))) return
      })()
    },
    async setAside({ file }) {
      const gone = file && (await shelf?.setAside(file.name))
      if (gone?.length) log.error(SAY.dropped(gone))
    },
  }
}
