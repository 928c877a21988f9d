/** The store cut into portions that fit into memory, by table and month, and what each holds: the ground of backup and restore. */
import type { Readable } from 'node:stream'
import type { Store } from './connect.ts'

/** What a copy of the store must hold, in the order in which it is laid back; folds and definitions follow the record. */
export const KEPT = [
  'observation',
  'shown',
  'minute',
  'hour',
  'day',
  'definition',
  'retired',
  'correction',
  'journal',
  'saved',
] as const
export type Kept = (typeof KEPT)[number]

interface Nature {
  /** The column that orders its portions; it decides the partition, so a portion never spans two. */
  readonly time: string
  /** The column that says since when a row is there. */
  readonly since: string
  /** Spreads rows of one and the same moment. */
  readonly spread: string
  readonly final: '' | 'FINAL'
}

const FOLDED: Nature = { time: '"from"', since: 'stored', spread: 'series', final: 'FINAL' }
export const NATURE = {
  observation: { time: 'stored', since: 'stored', spread: 'cityHash64(id)', final: '' },
  shown: { time: 'pulse', since: 'pulse', spread: 'cityHash64(slice, key)', final: '' },
  minute: FOLDED,
  hour: FOLDED,
  day: FOLDED,
  definition: { time: 'stored', since: 'stored', spread: 'cityHash64(indicator)', final: '' },
  correction: { time: 'since', since: 'since', spread: 'cityHash64(id)', final: 'FINAL' },
  journal: { time: 'stored', since: 'stored', spread: 'cityHash64(cause, id)', final: '' },
  saved: { time: 'stored', since: 'stored', spread: 'cityHash64(owner, id)', final: '' },
  retired: { time: 'at', since: 'at', spread: 'cityHash64(indicator, source, day)', final: '' },
} as const satisfies Record<Kept, Nature>

/** Whether rows of a table are ever replaced by newer ones: then a copy of it is a help, not the record. */
export const isFolded = (table: Kept): boolean => NATURE[table].final !== ''

/** What follows from nothing else: a store that holds any of it is not empty. Folds and definitions are made anew of it. */
const RECORD: ReadonlySet<Kept> = new Set<Kept>(['observation', 'shown', 'retired', 'correction', 'journal', 'saved'])
export const isRecord = (table: Kept): boolean => RECORD.has(table)

/** Tables cut by the very time that says since when a row is there: all but the folds. */
export const STAMPED: readonly Kept[] = KEPT.filter((table) => NATURE[table].time === NATURE[table].since)

export interface Portion {
  readonly table: Kept
  /** "2026-11", UTC. */
  readonly month: string
  /** [from, to) of the table's time, UTC milliseconds. */
  readonly from: number
  readonly to: number
  /** Which of how many, where a single millisecond holds too much. */
  readonly part: number
  readonly parts: number
}

/** How many rows, and the sum of their hashes modulo 2^64: equal for equal rows in any order. */
export interface Fingerprint {
  readonly rows: number
  readonly hash: string
}

const columnList = (columns: readonly string[]) => columns.map((name) => `"${name}"`).join(', ')

/** The columns of a table that are said; those the store computes by itself are not. */
export async function columnsOf(store: Store, table: string): Promise<readonly string[]> {
  const found = await store.rows<{ name: string }>(
    'care',
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table: String} AND default_kind NOT IN ('MATERIALIZED', 'ALIAS', 'EPHEMERAL') ORDER BY position`,
    { table },
  )
  return found.map(({ name }) => name)
}

/** SQL of a portion as it was known at `moment`: everything behind SELECT, and its parameters. */
export function within(portion: Omit<Portion, 'month'>, moment: number) {
  const { time, since, spread, final } = NATURE[portion.table]
  const of = portion.parts > 1 ? `AND ${spread} % {parts: UInt32} = {part: UInt32}` : ''
  return {
    sql: `FROM ${portion.table} ${final} WHERE ${time} >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND ${time} < fromUnixTimestamp64Milli({high: Int64}, 'UTC')
      AND ${since} <= fromUnixTimestamp64Milli({moment: Int64}, 'UTC') ${of}`,
    params: { low: portion.from, high: portion.to, moment, part: portion.part, parts: portion.parts },
  }
}

/** A portion's rows, columns in the order given, in Native format. */
export function bytesOf(store: Store, portion: Portion, columns: readonly string[], moment: number): Promise<Readable> {
  const { sql, params } = within(portion, moment)
  return store.native(`SELECT ${columnList(columns)} ${sql}`, params)
}

const PRINT = (columns: readonly string[]) =>
  `SELECT count() AS rows, toString(sum(cityHash64(${columnList(columns)}))) AS hash`

/** What the store holds of a portion. */
export async function printOf(store: Store, portion: Portion, columns: readonly string[], moment: number) {
  const { sql, params } = within(portion, moment)
  const [print] = await store.rows<Fingerprint>('care', `${PRINT(columns)} ${sql}`, params)
  return print ?? { rows: 0, hash: '0' }
}

/** The first and the last stamp after a moment, UTC milliseconds; null where there is none. */
export async function stampedAfter(store: Store, moment: number) {
  const each = STAMPED.map(
    (table) =>
      `SELECT ${NATURE[table].since} AS at FROM ${table} WHERE ${NATURE[table].since} > fromUnixTimestamp64Milli({moment: Int64}, 'UTC')`,
  )
  const [found] = await store.rows<{ rows: number; first: number; last: number }>(
    'care',
    `SELECT count() AS rows, toUnixTimestamp64Milli(min(at)) AS first, toUnixTimestamp64Milli(max(at)) AS last FROM (${each.join(' UNION ALL ')})`,
    { moment },
  )
  return found && found.rows > 0 ? found : null
}

/** How many rows a table has; of those that replace each other one. */
export async function rowsOf(store: Store, table: Kept): Promise<number> {
  const [found] = await store.rows<{ n: number }>('care', `SELECT count() AS n FROM ${table} ${NATURE[table].final}`)
  return found?.n ?? 0
}

/** What a whole table holds, whatever its kind. */
export async function printOfTable(store: Store, table: string, columns: readonly string[]): Promise<Fingerprint> {
  const [print] = await store.rows<Fingerprint>('care', `${PRINT(columns)} FROM ${table}`)
  return print ?? { rows: 0, hash: '0' }
}
