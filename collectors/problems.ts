/** Rows that could not become observations, kept verbatim with what is wrong with them, in a file of bounded size. */
import { join } from 'node:path'
import type { Problem } from '../kpi/problem.ts'
import type { Text } from '../kpi/text.ts'
import { sha256 } from './batch.ts'
import { type Disk, fileName } from './disk.ts'
import { withoutPersonal } from './personal.ts'

/** A problem of one row: which (from 1), the field as it was written, and what to do about it. */
export interface RowProblem extends Problem {
  readonly row: number
  readonly value: string
  readonly remedy: Text
}

export interface Refused {
  readonly problem: RowProblem
  readonly row: unknown
}

export interface ProblemFile {
  /** Appends what has not been seen lately; a row asked again and again is written once. */
  keep(refused: readonly Refused[], now: number): Promise<void>
}

const MOST_BYTES = 5 * 1024 * 1024
const MOST_ROW = 10_000
const REMEMBERED = 20_000

/** Problems of one source: `<folder>/problems/<source>.ndjson`, and one older file beside it. */
export function openProblems(
  disk: Disk,
  folder: string,
  source: string,
  personal: readonly string[] = [],
): ProblemFile {
  const place = join(folder, 'problems')
  const path = join(place, `${fileName(source)}.ndjson`)
  let seen = new Set<string>()
  /** Whether the last line may have been cut off in the writing: what is written next then begins a line of its own. */
  let torn = true
  return {
    async keep(refused, now) {
      const fresh = new Map<string, string>()
      for (const { problem, row: said } of refused) {
        const row = withoutPersonal(said, personal)
        const text = JSON.stringify(row) ?? 'null'
        const mark = sha256(text, problem.field, problem.message.en).slice(0, 16)
        if (seen.has(mark)) continue
        const verbatim = text.length > MOST_ROW ? `${text.slice(0, MOST_ROW)}…` : row
        fresh.set(mark, `${JSON.stringify({ at: new Date(now).toISOString(), ...problem, row: verbatim })}\n`)
      }
      if (fresh.size === 0) return
      await disk.makeFolder(place)
      if ((await disk.size(path)) > MOST_BYTES) await disk.move(path, `${path}.1`)
      const lines = [torn ? '\n' : '', ...fresh.values()].join('')
      torn = true
      await disk.append(path, lines)
      torn = false
      if (seen.size > REMEMBERED) seen = new Set()
      for (const mark of fresh.keys()) seen.add(mark)
    },
  }
}
