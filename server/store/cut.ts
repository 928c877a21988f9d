/** Cuts tables into portions of one month and few enough rows. */
import type { Store } from './connect.ts'
import { type Kept, NATURE, type Portion, within } from './portions.ts'

/** The most rows of a portion: some tens of megabytes. */
const MOST = 100_000
/** How many pieces a stretch that holds too much is cut into. */
const PIECES = 256

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
