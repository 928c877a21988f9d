/** Retention, counted from `stored`: what is past it is marked first and removed by a later sweep, never the other way round. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { HOUR } from '../../kpi/range.ts'
import type { Params, Store } from './connect.ts'
import { OVERLAP } from './folding.ts'
import { dayOf, type Level } from './retired.ts'
import { stateOf } from './state.ts'

/** How long each level is kept after it was stored, milliseconds; null is for ever. Days are kept for ever. */
export type Retention = Readonly<Record<Level, number | null>>

export interface Swept {
  readonly level: Level
  /** `marked`: it goes at a later sweep. `removed`: it is gone, or being removed. */
  readonly done: 'marked' | 'removed'
  readonly rows: number
}

/** Everybody who writes or folds has heard of a mark by then, and whatever came before it is folded. */
const SETTLE = HOUR

interface Due {
  readonly level: Level
  readonly table: string
  /** SQL and its parameters: the rows that are past their retention. */
  readonly where: string
  readonly params: Params
  /** The statement that removes exactly these. */
  readonly remove: string
}

/** SQL: of sources whose word is not kept for ever. */
const LEAVES = 'has({leaving: Array(String)}, source)'

/**
 * Marks what has come due, removes what was marked long enough ago. May be repeated and interrupted anywhere, by several servers at once.
 * What a source said that nobody declares any more stays: its last word on how long may have been `forever`. `undeclared`: sources that need no declaration.
 */
export async function sweep(
  store: Store,
  catalogue: Pick<Catalogue, 'sources' | 'indicators'>,
  retention: Retention,
  undeclared: readonly string[],
): Promise<readonly Swept[]> {
  const declared = [...catalogue.sources.values()].filter(({ retain }) => retain !== 'forever').map(({ id }) => id)
  const leaving = [...declared, ...undeclared]
  const swept: Swept[] = []
  for (const due of [...(await dueRaw(store, retention.raw, leaving)), ...dueFolds(store, retention, leaving)]) {
    const [found] = await store.rows<{ rows: number }>(
      'care',
      `SELECT count() AS rows FROM ${due.table} WHERE ${due.where}`,
      due.params,
    )
    if (!found || found.rows === 0) continue
    const marked = await markedSince(store, due)
    if (marked === null) {
      await mark(store, catalogue, due)
      swept.push({ level: due.level, done: 'marked', rows: found.rows })
    } else if (await isSettled(store, marked)) {
      await store.run('fold', due.remove, due.params)
      swept.push({ level: due.level, done: 'removed', rows: found.rows })
    }
  }
  return swept
}

/** Whole months of observations all of which are past their retention. */
async function dueRaw(store: Store, keep: number | null, leaving: readonly string[]): Promise<readonly Due[]> {
  if (keep === null) return []
  const { onCluster, system, parts } = store.dialect
  const months = await store.rows<{ month: number }>(
    'care',
    `SELECT DISTINCT toUInt32(partition) AS month FROM ${system('parts')} WHERE active AND database = currentDatabase() AND table = '${parts('observation')}' ORDER BY month`,
  )
  const due: Due[] = []
  for (const { month } of months) {
    if (Date.UTC(Math.floor(month / 100), month % 100, 1) > store.now() - keep) continue
    const params = { month, leaving }
    const [stays] = await store.rows<{ rows: number }>(
      'care',
      `SELECT count() AS rows FROM observation WHERE toYYYYMM(stored) = {month: UInt32} AND NOT ${LEAVES}`,
      params,
    )
    due.push({
      ...{ level: 'raw', table: 'observation', params, where: `toYYYYMM(stored) = {month: UInt32} AND ${LEAVES}` },
      remove:
        stays?.rows === 0
          ? `ALTER TABLE observation ${onCluster} DROP PARTITION ${month}`
          : `ALTER TABLE observation ${onCluster} DELETE IN PARTITION ${month} WHERE ${LEAVES}`,
    })
  }
  return due
}

/** Folded rows up to the beginning of the month that is past its retention: a month at a time, because removing rewrites parts. */
function dueFolds(store: Store, retention: Retention, leaving: readonly string[]): readonly Due[] {
  return (['minute', 'hour'] as const).flatMap((level) => {
    const keep = retention[level]
    if (keep === null) return []
    const at = new Date(store.now() - keep)
    const before = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)
    const where = `stored < fromUnixTimestamp64Milli({before: Int64}, 'UTC') AND ${LEAVES}`
    const remove = `ALTER TABLE ${level} ${store.dialect.onCluster} DELETE WHERE ${where}`
    return [{ level, table: level, where, params: { before, leaving }, remove }]
  })
}

const DAYS = ({ table, where }: Due) =>
  `SELECT DISTINCT source, indicator, ${dayOf('"from"')} AS day FROM ${table} WHERE ${where}`

/** When the last day of what is due was marked, UTC ms; null while any is not. */
async function markedSince(store: Store, due: Due): Promise<number | null> {
  const [found] = await store.rows<{ unmarked: number; at: number }>(
    'care',
    `SELECT countIf(marks.level = '') AS unmarked, toUnixTimestamp64Milli(max(marks.first)) AS at
     FROM (${DAYS(due)}) AS days
     LEFT JOIN (SELECT level, source, indicator, r.day AS day, min(at) AS first FROM retired AS r WHERE level = {level: String} GROUP BY level, source, indicator, day) AS marks
       USING (source, indicator, day)`,
    { ...due.params, level: due.level },
  )
  return found && found.unmarked === 0 ? found.at : null
}

/** A ratio loses what its parts lose. */
async function mark(store: Store, { indicators }: Pick<Catalogue, 'indicators'>, due: Due): Promise<void> {
  const ratios = [...indicators.values()].flatMap(({ id, ratio }) =>
    ratio ? [ratio.of, ratio.to].map((part) => ({ id, part })) : [],
  )
  await store.run(
    'fold',
    `INSERT INTO retired (level, source, indicator, day, at)
     SELECT DISTINCT {level: String}, source, name, day, fromUnixTimestamp64Milli({now: Int64}, 'UTC')
     FROM (${DAYS(due)}) ARRAY JOIN arrayConcat([toString(indicator)], arrayFilter((r, p) -> p = indicator, {ratios: Array(String)}, {parts: Array(String)})) AS name
     WHERE (source, name, day) NOT IN (SELECT source, indicator, r.day FROM retired AS r WHERE level = {level: String})`,
    {
      ...{ ...due.params, level: due.level, now: store.now() },
      ...{ ratios: ratios.map(({ id }) => id), parts: ratios.map(({ part }) => part) },
    },
  )
}

/** Long enough ago for everybody to know, and everything stored before it is folded. */
async function isSettled(store: Store, marked: number): Promise<boolean> {
  if (store.now() < marked + SETTLE) return false
  return ((await stateOf(store))?.folded ?? 0) >= marked + OVERLAP
}
