/** Who asks what is past its retention: intake, folds, questions, the doctor. Costs nothing where nothing that old is meant. */
import type { Observation } from '../../kpi/observation.ts'
import { DAY, floor, type Grain, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import type { Store } from './connect.ts'

/** `raw`: the observations themselves; then nothing of that day can be folded again, it is sealed. */
export type Level = 'raw' | Exclude<Grain, 'day'>

/** SQL: the local midnight that begins the day of a moment. */
export const dayOf = (moment: string) =>
  `fromUnixTimestamp64Milli(toInt64(intDiv(toUnixTimestamp64Milli(${moment}) + ${ZONE_OFFSET}, ${DAY}) * ${DAY} - ${ZONE_OFFSET}), 'UTC')`

/** The dimension that keeps what came too late apart from the series it speaks of: no bucket of that series is touched. */
export const SEALED = 'sealed'
export const SEALED_REASON: Text = {
  vi: 'đã khóa: quan sát gốc của ngày này hết hạn lưu, số gộp không tính lại được nữa',
  en: 'sealed: the observations of this day are past their retention, its folds cannot be computed again',
}

/** Marks become known to everybody within this time; nothing marked is removed before an hour has passed. */
const LOOK_AGAIN = 600_000
/** While the store does not answer, what was known so long ago still holds. */
const HOLDS = 1_800_000

interface Known {
  readonly at: number
  readonly days: ReadonlyMap<string, number>
}
const known = new WeakMap<Store, Known>()
const looking = new WeakMap<Store, Promise<Known>>()

async function look(store: Store): Promise<Known> {
  const at = store.now()
  const rows = await store.rows<{ level: string; day: number }>(
    'pulse',
    'SELECT level, toUnixTimestamp64Milli(max(r.day)) AS day FROM retired AS r GROUP BY level',
  )
  const found = { at, days: new Map(rows.map((row) => [row.level, row.day])) }
  known.set(store, found)
  return found
}

/** The newest day marked at a level, UTC milliseconds. */
async function newestDay(store: Store, level: Level): Promise<number> {
  const last = known.get(store)
  const age = last ? store.now() - last.at : Number.POSITIVE_INFINITY
  const of = ({ days }: Known) => days.get(level) ?? Number.NEGATIVE_INFINITY
  if (last && age < LOOK_AGAIN) return of(last)
  const asked = looking.get(store) ?? look(store).finally(() => looking.delete(store))
  looking.set(store, asked)
  try {
    return of(await asked)
  } catch (error) {
    if (last && age < HOLDS) return of(last)
    throw error
  }
}

export interface RetiredDay {
  readonly source: string
  readonly indicator: string
  /** Local midnight, UTC milliseconds. */
  readonly day: number
  /** When it was marked; from then on nothing more is folded into it. UTC milliseconds. */
  readonly at: number
}

/** The days marked at a level, of these indicators, that begin within [from, to]. */
export async function retiredDays(
  store: Store,
  level: Level,
  indicators: readonly string[],
  from: number,
  to: number,
): Promise<readonly RetiredDay[]> {
  const first = floor(from, 'day')
  if ((await newestDay(store, level)) < first) return []
  return store.rows<RetiredDay>(
    'pulse',
    `SELECT source, indicator, toUnixTimestamp64Milli(r.day) AS day, toUnixTimestamp64Milli(min(r.at)) AS at FROM retired AS r
     WHERE level = {level: String} AND has({indicators: Array(String)}, indicator)
       AND r.day >= fromUnixTimestamp64Milli({first: Int64}, 'UTC') AND r.day <= fromUnixTimestamp64Milli({to: Int64}, 'UTC')
     GROUP BY source, indicator, r.day ORDER BY r.day`,
    { level, indicators, first, to },
  )
}

/** What is said of a sealed day is held, apart from the series it speaks of; everything else stays as it is. */
export async function holdSealed(store: Store, observations: readonly Observation[]): Promise<readonly Observation[]> {
  const until = await newestDay(store, 'raw')
  const old = observations.filter(({ from }) => floor(from, 'day') <= until)
  if (old.length === 0) return observations
  const [indicators, starts] = [[...new Set(old.map(({ indicator }) => indicator))], old.map(({ from }) => from)]
  const days = await retiredDays(store, 'raw', indicators, Math.min(...starts), Math.max(...starts))
  const sealed = new Set(days.map(({ source, indicator, day }) => `${source} ${indicator} ${day}`))
  return observations.map((one) => {
    // A person's word on what is held already.
    if (SEALED in one.members) return one
    if (!sealed.has(`${one.source} ${one.indicator} ${floor(one.from, 'day')}`)) return one
    const reason = [one.reason, `${SEALED_REASON.vi} | ${SEALED_REASON.en}`].filter(Boolean).join('; ')
    return { ...one, state: 'held', members: { ...one.members, [SEALED]: 'raw' }, reason }
  })
}
