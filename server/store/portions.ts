/** The store cut into portions that fit into memory, by table and month, and what each holds: the ground of backup and restore. */
import type { Readable } from 'node:stream'
import type { Store } from './connect.ts'

/** What a copy of the store must hold, in the order in which it is laid back; folds and definitions follow the record. */
export const KEPT = ['observation', 'shown', 'minute', 'hour', 'day', 'definition'] as const
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
const NATURE = {
  observation: { time: 'stored', since: 'stored', spread: 'cityHash64(id)', final: '' },
  shown: { time: 'pulse', since: 'pulse', spread: 'cityHash64(slice, key)', final: '' },
  minute: FOLDED,
  hour: FOLDED,
  day: FOLDED,
  definition: { time: 'stored', since: 'stored', spread: 'cityHash64(indicator)', final: '' },
} as const satisfies Record<Kept, Nature>

/** Whether rows of a table are ever replaced by newer ones: then a copy of it is a help, not the record. */
export const isFolded = (table: Kept): boolean => NATURE[table].final !== ''

/** The most rows of a portion: some tens of megabytes. */
const MOST = 100_000
/** How many pieces a stretch that holds too much is cut into. */
const PIECES = 256

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

function within(portion: Omit<Portion, 'month'>, moment: number) {
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

/** What a whole table holds, whatever its kind. */
export async function printOfTable(store: Store, table: string, columns: readonly string[]): Promise<Fingerprint> {
  const [print] = await store.rows<Fingerprint>('care', `${PRINT(columns)} FROM ${table}`)
  return print ?? { rows: 0, hash: '0' }
}

const monthOf = (number: number) => `${Math.floor(number / 100)}-${String(number % 100).padStart(2, '0')}`
const monthStart = (number: number, after = 0) => Date.UTC(Math.floor(number / 100), (number % 100) - 1 + after, 1)

/** Cuts what a table holds in [from, to) of its time, known since `moment`, into portions of one month each. */
export async function plan(
  store: Store,
  table: Kept,
  span: { readonly from: number; readonly to: number },
  moment: number,
): Promise<readonly Portion[]> {
  const { time } = NATURE[table]
  const all = within({ table, ...span, part: 0, parts: 1 }, moment)
  const months = await store.rows<{ month: number; rows: number }>(
    'care',
    `SELECT toYYYYMM(${time}) AS month, count() AS rows ${all.sql.replace(' FINAL ', ' ')} GROUP BY month ORDER BY month`,
    all.params,
  )
  const portions: Portion[] = []
  for (const { month, rows } of months) {
    const from = Math.max(span.from, monthStart(month))
    const to = Math.min(span.to, monthStart(month, 1))
    portions.push(...(await cut(store, { table, month: monthOf(month), from, to, part: 0, parts: 1 }, rows, moment)))
  }
  return portions
}

/** A portion that holds `rows` as portions that hold few enough. */
async function cut(store: Store, whole: Portion, rows: number, moment: number): Promise<readonly Portion[]> {
  if (rows <= MOST) return [whole]
  if (whole.to - whole.from <= 1) {
    const parts = Math.ceil(rows / MOST)
    return Array.from({ length: parts }, (_, part) => ({ ...whole, part, parts }))
  }
  const width = Math.ceil((whole.to - whole.from) / PIECES)
  const { sql, params } = within(whole, moment)
  const pieces = await store.rows<{ piece: number; rows: number }>(
    'care',
    `SELECT intDiv(toUnixTimestamp64Milli(${NATURE[whole.table].time}) - {low: Int64}, {width: Int64}) AS piece, count() AS rows
     ${sql.replace(' FINAL ', ' ')} GROUP BY piece ORDER BY piece`,
    { ...params, width },
  )
  const groups: { from: number; to: number; rows: number }[] = []
  for (const { piece, rows: more } of pieces) {
    const from = whole.from + piece * width
    const to = Math.min(from + width, whole.to)
    const last = groups.at(-1)
    if (last && last.rows + more <= MOST) Object.assign(last, { to, rows: last.rows + more })
    else groups.push({ from, to, rows: more })
  }
  const cuts: Portion[] = []
  for (const { from, to, rows: held } of groups) cuts.push(...(await cut(store, { ...whole, from, to }, held, moment)))
  return cuts
}
