/** Folds whole local days of indicators again; of what is sealed by one source, the others' part only. */
import { DAY } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import type { Definitions } from './definitions.ts'
import { fold } from './fold.ts'
import { retiredDays } from './retired.ts'

/** The most batches one fold names. */
const BATCHES = 500

/** Folds a local day of indicators again; of what is sealed by one source, the others' part only. */
export async function foldDay(
  store: Store,
  indicators: readonly string[],
  day: number,
  definitions: Definitions,
): Promise<void> {
  const span = { from: day, to: day + DAY - 1 }
  const sealed = await retiredDays(store, 'raw', indicators, day, day)
  if (sealed.length === 0) {
    await fold(store, { indicators, ...span }, definitions)
    return
  }
  // A batch is of one source, and a fold by batches touches their series only.
  const found = await store.rows<{ batch: string; stored: number }>(
    'care',
    `SELECT batch, toUnixTimestamp64Milli(min(o.stored)) AS stored FROM observation AS o
     WHERE indicator IN {indicators: Array(String)} AND NOT has({sealed: Array(String)}, concat(source, ' ', indicator))
       AND "from" >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({to: Int64}, 'UTC') GROUP BY batch ORDER BY min(o.stored)`,
    { indicators, sealed: sealed.map(({ source, indicator }) => `${source} ${indicator}`), ...span },
  )
  for (let i = 0; i < found.length; i += BATCHES) {
    const some = found.slice(i, i + BATCHES)
    const stored = Math.min(...some.map((one) => one.stored))
    const batches = some.map(({ batch }) => batch)
    await fold(store, { batches, stored, indicators, ...span }, definitions)
  }
}

/** Days whose minutes or hours are gone but whose observations are there are folded whole before something new of them is: a level comes from all of the one below. Answers whether there were any. */
export async function foldRetired(
  store: Store,
  indicators: readonly string[],
  span: { readonly from: number; readonly to: number },
  definitions: Definitions,
): Promise<boolean> {
  const days = new Map<number, Set<string>>()
  for (const level of ['minute', 'hour'] as const)
    for (const { day, indicator } of await retiredDays(store, level, indicators, span.from, span.to))
      days.set(day, (days.get(day) ?? new Set()).add(indicator))
  for (const [day, names] of days) await foldDay(store, [...names], day, definitions)
  return days.size > 0
}
