/** A source's cursor: what it has acknowledged, kept durably; advanced only after the batch that carries the answer is durable. */
import { join } from 'node:path'
import type { Members, Observation } from '../kpi/observation.ts'
import type { Span } from '../kpi/range.ts'
import { type Batch, type Head, sha256 } from './batch.ts'
import { type Disk, fileName, writeDurably } from './disk.ts'
import type { Statement } from './map.ts'
import { add, type Begin, subtract, type Windows } from './windows.ts'

/** Observation key → what was last said under it (`standingOf`). */
export type Standing = Readonly<Record<string, string>>

export interface Cursor {
  /** When this cursor began, UTC ms: a cursor lost and begun again never repeats the run ids of the first. */
  readonly birth: number
  /** Turns taken; part of every run's id, so that A → B → A is three statements and not two. */
  readonly turn: number
  /** The newest `received` given; a later run always gives a later one, whatever the clock does. */
  readonly received: number
  /** Null before the first start. */
  readonly begin: Begin | null
  readonly done: Windows
  /** By group (a file's path, or empty): what stands, for answers that are asked again. */
  readonly standing: Readonly<Record<string, Standing>>
  /** By group, where an answer is all it says: the run whose file under standing/ holds what stands. */
  readonly kept: Readonly<Record<string, string>>
  /** By group: the content digest last taken. */
  readonly taken: Readonly<Record<string, string>>
}

export const isWithdrawn = (standing: string): boolean => standing.startsWith('withdrawn ')

/** What members are written as; rows share them. */
const WRITTEN = new WeakMap<Members, string>()
export function written(members: Members): string {
  const known = WRITTEN.get(members) ?? JSON.stringify(Object.entries(members))
  WRITTEN.set(members, known)
  return known
}

/** As `JSON.stringify` writes `[indicator, [[dimension, member] …], from, to]`; ids need no escapes. */
export const keyOf = (one: Statement | Observation): string =>
  `["${one.indicator}",${written(one.members)},${one.from},${one.to}]`

/** The end of a key's span. */
export const endOf = (key: string): number => Number(key.slice(key.lastIndexOf(',') + 1, -1))

/** `<state> <value> <digest of the rest>`: enough to see a change and to take a value back. */
export function standingOf(one: Statement | Observation): string {
  const plain = one.qualifier === 'exact' && one.reason === '' && one.citation === ''
  const rest = plain ? '' : sha256(one.qualifier, one.reason, one.citation).slice(0, 12)
  return `${one.state} ${one.value} ${rest}`
}

export const newCursor = (now: number): Cursor => ({
  birth: now,
  turn: 0,
  received: 0,
  begin: null,
  done: [],
  standing: {},
  kept: {},
  taken: {},
})

/** The cursor after a run that was read in pieces; what stands is in the file of `run`, empty when nothing is remembered. */
export function advanced(cursor: Cursor, group: string, run: string, digest: string, received: number): Cursor {
  const { [group]: _, ...standing } = cursor.standing
  return {
    ...cursor,
    turn: cursor.turn + 1,
    received,
    standing: run === '' ? cursor.standing : standing,
    kept: run === '' ? cursor.kept : { ...cursor.kept, [group]: run },
    taken: { ...cursor.taken, [group]: digest },
  }
}

/** Takes back what a lost batch had acknowledged, so that it is asked again. */
export function forget(cursor: Cursor, head: Head): Cursor {
  if (head.turn === null) return cursor
  const { [head.group]: _, ...taken } = cursor.taken
  const { [head.group]: __, ...standing } = cursor.standing
  const { [head.group]: ___, ...kept } = cursor.kept
  const lost: Span = head.window ?? { from: 0, to: 0 }
  return { ...cursor, done: subtract(cursor.done, lost), taken, standing, kept }
}

/** Applies a durable run the cursor has not reached: the process ended between the batch and the cursor. */
function adopt(cursor: Cursor, batches: readonly Batch[]): Cursor {
  const head = batches[0]?.head
  if (!head?.turn) return cursor
  const observations = batches.flatMap((batch) => batch.observations)
  const newest = Math.max(cursor.received, ...observations.slice(0, 1).map((one) => one.received))
  if (head.streamed) {
    const reached = advanced(cursor, head.group, head.streamed.kept ? head.run : '', head.digest, newest)
    return { ...reached, turn: Math.max(cursor.turn, head.turn.number + 1) }
  }
  const said = Object.fromEntries(observations.map((one) => [keyOf(one), standingOf(one)]))
  return {
    ...cursor,
    turn: Math.max(cursor.turn, head.turn.number + 1),
    received: newest,
    done: head.window === null ? cursor.done : add(cursor.done, head.window),
    standing: { ...cursor.standing, [head.group]: { ...cursor.standing[head.group], ...said } },
    taken: head.digest === '' ? cursor.taken : { ...cursor.taken, [head.group]: head.digest },
  }
}

/** What to do with a run found in the outbox at start: send it, adopt it first, or drop it because it never became whole. */
export function settle(cursor: Cursor, batches: readonly Batch[]): { readonly cursor: Cursor; readonly keep: boolean } {
  const head = batches[0]?.head
  if (!head?.turn || head.turn.birth !== cursor.birth || head.turn.number < cursor.turn) return { cursor, keep: true }
  const parts = Math.max(...batches.map((batch) => batch.head.parts))
  if (parts === 0 || batches.length < parts) return { cursor, keep: false }
  return { cursor: adopt(cursor, batches), keep: true }
}

const pathOf = (folder: string, source: string) => join(folder, 'cursors', `${fileName(source)}.json`)

export const saveCursor = (disk: Disk, folder: string, source: string, cursor: Cursor): Promise<void> =>
  writeDurably(disk, pathOf(folder, source), JSON.stringify(cursor))

/** Reads a source's cursor, or begins one durably. An unreadable one is moved aside and reported: everything is asked again. */
export async function openCursor(
  disk: Disk,
  folder: string,
  source: string,
  now: number,
  refuse: (path: string) => Promise<void>,
): Promise<Cursor> {
  const path = pathOf(folder, source)
  const text = await disk.read(path)
  if (text !== null) {
    try {
      return { ...newCursor(now), ...(JSON.parse(text) as Cursor) }
    } catch {
      await refuse(path)
    }
  }
  const cursor = newCursor(now)
  await saveCursor(disk, folder, source, cursor)
  return cursor
}
