/** A batch file: a head that says what the batch acknowledges, then one observation per line, under one checksum. */
import { createHash } from 'node:crypto'
import type { Observation } from '../kpi/observation.ts'
import type { Span } from '../kpi/range.ts'

/** The most observations one batch holds. */
export const MOST = 10_000

/**
 * What a batch acknowledges once it is durable. The head is also the log of the cursor: a batch found at start whose `turn` the
 * cursor has not reached is applied to it.
 */
export interface Head {
  /** The collector's run; `<run>-<part>` is the batch's id. */
  readonly run: string
  readonly part: number
  /** How many parts the run has; 0 where only its last part, written last, can tell. */
  readonly parts: number
  readonly source: string
  /** Which life of the cursor and which of its turns; null for batches that acknowledge nothing (vitals). */
  readonly turn: { readonly birth: number; readonly number: number } | null
  /** What was asked: a file's path, or empty. */
  readonly group: string
  /** Content digest of what was asked, where it has one. */
  readonly digest: string
  readonly window: Span | null
  /** A run written in pieces; `kept`: what stands after it is in the file of the run under standing/, durable before the last part. */
  readonly streamed?: { readonly kept: boolean }
}

export interface Batch {
  readonly head: Head
  readonly observations: readonly Observation[]
}

export const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

export const batchId = (head: Head): string => `${head.run}-${head.part}`

export const encode = ({ head, observations: all }: Batch): string =>
  encodeLines(head, all.map((one) => `${JSON.stringify(one)}\n`).join(''))
/** A batch whose observations are written already, each as a line of JSON. */
export function encodeLines(head: Head, body: string): string {
  const first = JSON.stringify(head)
  return `${sha256(first, body)} ${first}\n${body}`
}

/** The batch of a file's text, or null when it is torn; `head` alone may still be readable. */
export function decode(text: string): { readonly batch: Batch } | { readonly batch: null; readonly head: Head | null } {
  const end = text.indexOf('\n')
  const [sum, first, body] = [text.slice(0, 64), text.slice(65, Math.max(end, 65)), text.slice(end + 1)]
  try {
    const head = JSON.parse(first) as Head
    if (sha256(first, body) !== sum) return { batch: null, head }
    // A line end within a line is escaped.
    return { batch: { head, observations: JSON.parse(`[${body.slice(0, -1).replaceAll('\n', ',')}]`) } }
  } catch {
    return { batch: null, head: null }
  }
}

/** Splits rows of observations into batches of at most `most`, all parts of one row in the same batch. */
export function pack<T>(rows: readonly (readonly T[])[], most = MOST): readonly (readonly T[])[] {
  const batches: T[][] = []
  let last: T[] | undefined
  for (const row of rows) {
    if (row.length === 0) continue
    if (last === undefined || last.length + row.length > most) {
      last = []
      batches.push(last)
    }
    last.push(...row)
  }
  return batches
}
