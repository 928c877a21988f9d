/** Folds indicators from the first observation to the last, a stretch of days at a time; sealed days stay as they are. */
import { DAY, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import { type Definitions, type Due, sayDone } from './definitions.ts'
import { fold, MOST } from './fold.ts'
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
    `SELECT intDiv(toUnixTimestamp64Milli("from") + ${ZONE_OFFSET}, ${DAY}) * ${DAY} - ${ZONE_OFFSET} AS day, count() AS rows, uniq(series) AS series FROM observation
     WHERE has({indicators: Array(String)}, indicator) GROUP BY day ORDER BY day`,
    { indicators: list },
  )
  const sealed = new Set(
    (await retiredDays(store, 'raw', list, days[0]?.day ?? 0, days.at(-1)?.day ?? 0)).map(({ day }) => day),
  )
  const statements = Math.ceil(days.reduce((most, { series }) => Math.max(most, series), 1) / MOST.all)
  const most = Math.min(ROWS * statements, STEP)
  const stretches: Days[] = []
  let open: Days | undefined
  for (const { day, rows } of days) {
    if (sealed.has(day)) open = undefined
    else if (open && open.rows + rows <= most) Object.assign(open, { to: day + DAY - 1, rows: open.rows + rows })
    else {
      open = { from: day, to: day + DAY - 1, rows }
      stretches.push(open)
    }
  }
  for (const stretch of stretches) await foldStretch(store, list, stretch, definitions)
  for (const day of sealed) await foldDay(store, list, day, definitions)
}

interface Days {
  readonly from: number
  /** The last millisecond of the last day. */
  to: number
  rows: number
}

/** What is too much for one statement on a machine that is slow or has little memory is done by halves; a single day is not. */
async function foldStretch(
  store: Store,
  indicators: readonly string[],
  { from, to }: Pick<Days, 'from' | 'to'>,
  definitions: Definitions,
): Promise<void> {
  try {
    await fold(store, { indicators, from, to }, definitions)
  } catch (error) {
    const days = Math.round((to + 1 - from) / DAY)
    if (days < 2 || !TOO_MUCH.has(String((error as { code?: unknown }).code))) throw error
    const middle = from + Math.floor(days / 2) * DAY
    await foldStretch(store, indicators, { from, to: middle - 1 }, definitions)
    await foldStretch(store, indicators, { from: middle, to }, definitions)
  }
}

/** TIMEOUT_EXCEEDED, MEMORY_LIMIT_EXCEEDED. */
const TOO_MUCH: ReadonlySet<string> = new Set(['159', '241'])

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
     WHERE has({indicators: Array(String)}, indicator) AND NOT has({sealed: Array(String)}, concat(source, ' ', indicator))
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

/** Days whose minutes or hours are gone but whose observations are there are folded whole before something new of them is: a level comes from all of the one below. */
export async function foldRetired(
  store: Store,
  indicators: readonly string[],
  span: { readonly from: number; readonly to: number },
  definitions: Definitions,
): Promise<void> {
  const days = new Map<number, Set<string>>()
  for (const level of ['minute', 'hour'] as const)
    for (const { day, indicator } of await retiredDays(store, level, indicators, span.from, span.to))
      days.set(day, (days.get(day) ?? new Set()).add(indicator))
  for (const [day, names] of days) await foldDay(store, [...names], day, definitions)
}
