/** Reads the rows that could not be taken back from where they are kept, for people: counted, and page by page. */
import { join } from 'node:path'
import type { KeptProblem, ProblemLog, SourceProblems } from '../kpi/problems.ts'
import { sha256 } from './batch.ts'
import { type Disk, fileName, disk as realDisk } from './disk.ts'

type Line = Omit<KeptProblem, 'id' | 'at'> & { readonly at: string }

function problemOf(line: string): KeptProblem | null {
  try {
    const { at, place, field, value, message, remedy, row } = JSON.parse(line) as Line
    return { id: sha256(line).slice(0, 16), at: Date.parse(at), place, field, value, message, remedy, row }
  } catch {
    // A line a crash tore; what was in it is asked again.
    return null
  }
}

/** A place in a source's rows that stays where it is when newer ones come and older ones go. */
const markOf = ({ at, id }: KeptProblem) => `${at}~${id}`

/** The problems kept under `<folder>/problems` of each folder; a file is read again only when it grew. */
export function openProblemLog(folders: readonly string[], disk: Disk = realDisk): ProblemLog {
  const counted = new Map<string, { readonly sizes: string; readonly found: SourceProblems | null }>()
  const pathsOf = (source: string) =>
    folders.flatMap((folder) => {
      const path = join(folder, 'problems', `${fileName(source)}.ndjson`)
      return [`${path}.1`, path]
    })

  /** The newest first. */
  async function all(source: string): Promise<readonly string[]> {
    const texts = await Promise.all(pathsOf(source).map(async (path) => (await disk.read(path)) ?? ''))
    // The last line may still be in the writing.
    return texts
      .flatMap((text) =>
        text
          .slice(0, text.lastIndexOf('\n') + 1)
          .split('\n')
          .filter(Boolean),
      )
      .reverse()
  }

  async function countOf(source: string): Promise<SourceProblems | null> {
    const sizes = (await Promise.all(pathsOf(source).map((path) => disk.size(path)))).join(' ')
    const known = counted.get(source)
    if (known?.sizes === sizes) return known.found
    const lines = await all(source)
    const newest = lines.map(problemOf).find((one) => one !== null)
    const found = newest ? { source, kept: lines.length, newest } : null
    counted.set(source, { sizes, found })
    return found
  }

  return {
    async overview(sources) {
      const found: SourceProblems[] = []
      for (const source of sources) {
        const one = await countOf(source)
        if (one) found.push(one)
      }
      return found.sort((a, b) => b.newest.at - a.newest.at || (a.source < b.source ? -1 : 1))
    },
    async page(source, { limit, after }) {
      const problems = (await all(source)).flatMap((line) => problemOf(line) ?? [])
      const place = after === undefined ? -1 : problems.findIndex((one) => markOf(one) === after)
      // What the mark named is gone with the oldest: go on with what is older than it.
      const begin = after !== undefined && place < 0 ? firstBefore(problems, Number.parseInt(after, 10)) : place + 1
      const shown = problems.slice(begin, begin + limit)
      const last = shown.at(-1)
      const more = begin + limit < problems.length
      return { source, kept: problems.length, problems: shown, next: more && last ? markOf(last) : null }
    },
  }
}

function firstBefore(problems: readonly KeptProblem[], at: number): number {
  const found = problems.findIndex((one) => one.at < at)
  return found < 0 ? problems.length : found
}
