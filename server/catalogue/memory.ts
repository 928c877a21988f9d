/** What declarations said when they were read last, by their text: a process that comes back need not parse what nobody changed. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

/** Counted up when a text may come to mean something else, with another parser or other options of it. */
const FORMAT = 'yaml-2.9.1/1'

export interface Memory {
  /** What a sound text said, as `{ value }`; null when it was read neither before nor in this process. */
  recall(text: string): { readonly value: unknown } | null
  /** Takes down what a sound text says; values are plain and hold nothing of the environment. */
  note(text: string, value: unknown): void
  /** Writes down what was recalled or noted, if anything is new. A disk that does not take it changes nothing. */
  save(): void
}

/** Opens the memory in a file; an unreadable one is an empty one. */
export function openMemory(file: string): Memory {
  const known = new Map<string, unknown>(entriesOf(file))
  const used = new Map<string, unknown>()
  let fresh = false
  const name = (text: string) => createHash('sha256').update(FORMAT).update('\0').update(text).digest('hex')
  return {
    recall(text) {
      const key = name(text)
      const from = [used, known].find((one) => one.has(key))
      if (!from) return null
      const value = from.get(key)
      used.set(key, value)
      return { value }
    },
    note(text, value) {
      // What JSON cannot say again as it was is parsed again.
      if (!isDeepStrictEqual(plain(value), value)) return
      used.set(name(text), value)
      fresh = true
    },
    save() {
      if (!fresh) return
      try {
        mkdirSync(dirname(file), { recursive: true })
        const part = `${file}.${process.pid}`
        writeFileSync(part, JSON.stringify([...used]), { mode: 0o600 })
        renameSync(part, file)
        fresh = false
      } catch {
        // The next start parses once more.
      }
    },
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

function entriesOf(file: string): readonly (readonly [string, unknown])[] {
  try {
    const entries: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Array.isArray(entries) ? entries.filter((one) => Array.isArray(one) && typeof one[0] === 'string') : []
  } catch {
    return []
  }
}
