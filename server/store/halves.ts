/** Folds a stretch of days, or what is too much for one statement by halves. */
import { DAY } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import type { Definitions } from './definitions.ts'
import { fold } from './fold.ts'

/** Whole local days in a row, and how many observations they hold. */
export interface Days {
  readonly from: number
  /** The last millisecond of the last day. */
  to: number
  rows: number
}

/** What is too much for one statement on a machine that is slow or has little memory is done by halves; a single day is not. */
export async function foldStretch(
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
