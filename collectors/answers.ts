/** What each push was answered, kept on disk under its Idempotency-Key: the same push sent again hears the same and counts once. */
import { join } from 'node:path'
import type { PushAnswer } from '../kpi/push.ts'
import { DAY } from '../kpi/range.ts'
import { sha256 } from './batch.ts'
import { type Disk, fileName, writeDurably } from './disk.ts'

/** How long an answer is kept, milliseconds; the same rows pushed later still count once, since what stands is not said again. */
export const KEPT = DAY
/** The most answers kept for a source; the oldest go first. */
const MOST_KEPT = 10_000

export interface Answered {
  readonly digest: string
  readonly answer: PushAnswer
}

export interface Answers {
  /** What a push under this key was answered; null when it was not, or no longer. */
  find(key: string): Promise<Answered | null>
  /** Durable once it resolves. */
  keep(key: string, answered: Answered, now: number): Promise<void>
}

/** Opens the answers of one source: `<folder>/answers/<source>/<moment>-<digest of the key>.json`. */
export async function openAnswers(disk: Disk, folder: string, source: string): Promise<Answers> {
  const place = join(folder, 'answers', fileName(source))
  await disk.makeFolder(place)
  /** Digest of the key → name of the file, oldest first. */
  const names = new Map<string, string>()
  for (const name of await disk.list(place)) {
    const [, mark] = /^\d{15}-([0-9a-f]{32})\.json$/.exec(name) ?? []
    if (mark !== undefined) names.set(mark, name)
    else if (name.endsWith('.tmp')) await disk.remove(join(place, name))
  }
  const markOf = (key: string) => sha256(key).slice(0, 32)

  async function letGo(now: number) {
    for (const [mark, name] of names) {
      if (names.size <= MOST_KEPT && now - Number(name.slice(0, 15)) <= KEPT) break
      names.delete(mark)
      await disk.remove(join(place, name)).catch(() => {})
    }
  }

  return {
    async find(key) {
      const name = names.get(markOf(key))
      const text = name === undefined ? null : await disk.read(join(place, name))
      return text === null ? null : (JSON.parse(text) as Answered)
    },
    async keep(key, answered, now) {
      const name = `${String(now).padStart(15, '0')}-${markOf(key)}.json`
      await writeDurably(disk, join(place, name), JSON.stringify(answered))
      names.set(markOf(key), name)
      await letGo(now)
    },
  }
}
