/** Goes through all observations a stretch of whole local days at a time, so that no statement grows with the store; finds what was never folded. */
import { DAY, floor, GRAIN_MS, GRAINS, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import { foldDay } from './day.ts'
import type { Definitions } from './definitions.ts'
import { DAY_SQL, foldStretch, packed, type Stretch } from './halves.ts'
import { dayOf, retiredDays } from './retired.ts'

/** The most observations of a stretch, unless a single day holds more. */
const MOST = 300_000

/** The local midnights of days that hold observations, oldest first, and how many each holds. */
export function observedDays(store: Store) {
  return store.rows<{ readonly day: number; readonly rows: number }>(
    'care',
    `SELECT ${DAY_SQL} AS day, count() AS rows FROM observation GROUP BY day ORDER BY day`,
  )
}

/** Whole local days that hold observations, oldest first, as few stretches as fit. */
export async function stretches(store: Store): Promise<readonly Stretch[]> {
  return asStretches(await observedDays(store))
}

/** The days of these, and those of which some level has folds and nobody an observation though what went into them is not past its retention. */
export async function foldedDays(store: Store, observed: readonly { readonly day: number; readonly rows: number }[]) {
  const folded = GRAINS.map((grain) => `SELECT source, indicator, "from" FROM ${grain}`).join(' UNION ALL ')
  const found = await store.rows<{ day: number; rows: number }>(
    'care',
    `SELECT DISTINCT ${DAY_SQL} AS day, 0 AS rows FROM (${folded})
     WHERE (source, indicator, ${dayOf('"from"')}) NOT IN (SELECT source, indicator, r.day FROM retired AS r WHERE level = 'raw')`,
  )
  const there = new Set(observed.map(({ day }) => day))
  return [...observed, ...found.filter(({ day }) => !there.has(day))].sort((a, b) => a.day - b.day)
}

/** Days as stretches of few enough observations. */
export const asStretches = (days: Parameters<typeof packed>[0]): readonly Stretch[] => packed(days, MOST)

/** Each day of a stretch for itself. */
export function daysOf({ from, to }: Pick<Stretch, 'from' | 'to'>): readonly number[] {
  const days: number[] = []
  for (let day = floor(from, 'day'); day <= to; day += DAY) days.push(day)
  return days
}

/**
 * Indicators with observations in a stretch whose bucket of one of the levels is not there at all. A level may lack what those below it have: a
 * backup leaves out a day that was folded anew after its moment, and nothing else of that day need have come since.
 */
export async function unfolded(store: Store, { from, to }: Pick<Stretch, 'from' | 'to'>): Promise<readonly string[]> {
  const all = new Set<string>()
  for (const grain of GRAINS) {
    const found = await store.rows<{ indicator: string }>(
      'care',
      `SELECT DISTINCT indicator FROM observation AS o
       WHERE o."from" >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND o."from" <= fromUnixTimestamp64Milli({to: Int64}, 'UTC')
         AND (series, ${bucketOf(GRAIN_MS[grain])}) NOT IN (
           SELECT series, "from" FROM ${grain} WHERE "from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({to: Int64}, 'UTC')
         ) AND (source, indicator, ${dayOf('o."from"')}) NOT IN (SELECT source, indicator, r.day FROM retired AS r WHERE level IN ('raw', '${grain}')) ORDER BY indicator`,
      { from, to, low: from - DAY },
    )
    for (const { indicator } of found) all.add(indicator)
  }
  return [...all]
}

/** SQL: where the bucket of a size begins that an observation belongs to, or the observation itself where it fits none. */
function bucketOf(size: number): string {
  const [from, to] = ['from', 'to'].map((end) => `toUnixTimestamp64Milli(o."${end}")`)
  const begun = `(intDiv(${from} + ${ZONE_OFFSET}, ${size}) * ${size} - ${ZONE_OFFSET})`
  return `fromUnixTimestamp64Milli(toInt64(if(${to} <= ${begun} + ${size}, ${begun}, ${from})), 'UTC')`
}

/** Folds every observation that a level does not know; answers the indicators that were folded. */
export async function foldMissing(store: Store, definitions: Definitions): Promise<readonly string[]> {
  const all = new Set<string>()
  for (const stretch of await stretches(store)) {
    const indicators = await unfolded(store, stretch)
    if (indicators.length === 0) continue
    const sealed = await retiredDays(store, 'raw', indicators, stretch.from, stretch.to)
    if (sealed.length === 0) await foldStretch(store, indicators, stretch, definitions)
    else for (const day of daysOf(stretch)) await foldDay(store, indicators, day, definitions)
    for (const indicator of indicators) all.add(indicator)
  }
  return [...all]
}
