/** Folds indicators from the first observation to the last, a stretch of days at a time; sealed days stay as they are. */
import type { Store } from './connect.ts'
import { foldDay } from './day.ts'
import { type Definitions, type Due, sayDone } from './definitions.ts'
import { MOST } from './fold.ts'
import { DAY_SQL, foldStretch, packed } from './halves.ts'
import { retiredDays } from './retired.ts'

/**
 * Observations one statement takes on, unless a single day holds more. A step of days is as long as the statements it comes to allow: of a series
 * little is then read in vain before and after what is wanted, and each statement is worth its planning.
 */
const ROWS = 200_000
/** The most observations of a step, however many statements it comes to. */
const STEP = 2_000_000

/** Folds indicators whose definition changed, each ratio with both its parts. No statement grows with the store. */
export async function foldWhole(store: Store, indicators: readonly string[], definitions: Definitions): Promise<void> {
  const sealed = await retiredDays(store, 'raw', indicators, 0, store.now())
  // What is sealed differs from one to the next; where nothing is, all go together.
  const groups = sealed.length === 0 ? [indicators] : indicators.map((indicator) => [indicator])
  for (const group of groups) {
    const names = new Set(group)
    for (const ratio of definitions.ratios) if (names.has(ratio.id)) names.add(ratio.of).add(ratio.to)
    if (names.size > 0) await foldStretches(store, [...names], definitions)
  }
}

/** Folds whole what is due, and says that it is done: cut short before that, it is due still. */
export async function foldDue(store: Store, due: readonly Due[], definitions: Definitions): Promise<void> {
  await foldWhole(
    store,
    due.map(({ id }) => id),
    definitions,
  )
  await sayDone(store, due)
}

async function foldStretches(store: Store, list: readonly string[], definitions: Definitions): Promise<void> {
  const days = await store.rows<{ day: number; rows: number; series: number }>(
    'care',
    `SELECT ${DAY_SQL} AS day, count() AS rows, uniq(series) AS series FROM observation
     WHERE indicator IN {indicators: Array(String)} GROUP BY day ORDER BY day`,
    { indicators: list },
  )
  const sealed = new Set(
    (await retiredDays(store, 'raw', list, days[0]?.day ?? 0, days.at(-1)?.day ?? 0)).map(({ day }) => day),
  )
  const statements = Math.ceil(days.reduce((most, { series }) => Math.max(most, series), 1) / MOST.all)
  const most = Math.min(ROWS * statements, STEP)
  for (const stretch of packed(days, most, sealed)) await foldStretch(store, list, stretch, definitions)
  for (const day of sealed) await foldDay(store, list, day, definitions)
}
