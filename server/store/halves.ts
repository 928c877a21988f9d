/** Stretches of whole local days: as few as fit, each folded at once, or by halves where it is too much for one statement. */
import { DAY, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import type { Definitions } from './definitions.ts'
import { fold } from './fold.ts'

export interface Stretch {
  /** The first local midnight, and the last millisecond of its last day: both bound the `from` of spans. UTC milliseconds. */
  readonly from: number
  readonly to: number
  /** How many observations it holds. */
  readonly rows: number
}

/** SQL: the local midnight before a span begins, UTC milliseconds. */
export const DAY_SQL = `intDiv(toUnixTimestamp64Milli("from") + ${ZONE_OFFSET}, ${DAY}) * ${DAY} - ${ZONE_OFFSET}`

/**
 * Days in order of time (`day` is the local midnight) as stretches of at most so many observations, unless a single day holds more. No stretch
 * holds, or passes, a day of `without`.
 */
export function packed(
  days: readonly { readonly day: number; readonly rows: number }[],
  most: number,
  without: ReadonlySet<number> = new Set(),
): readonly Stretch[] {
  const found: Stretch[] = []
  let open = false
  for (const { day, rows } of days) {
    const last = found.at(-1)
    const to = day + DAY - 1
    if (without.has(day)) open = false
    else if (open && last && last.rows + rows <= most) found[found.length - 1] = { ...last, to, rows: last.rows + rows }
    else {
      found.push({ from: day, to, rows })
      open = true
    }
  }
  return found
}

/**
 * What is too much for one statement on a machine that is slow or has little memory is done by halves: of the days, and of a single day's
 * indicators. A single indicator's day is not.
 */
export async function foldStretch(
  store: Store,
  indicators: readonly string[],
  { from, to }: Pick<Stretch, 'from' | 'to'>,
  definitions: Definitions,
): Promise<void> {
  try {
    await fold(store, { indicators, from, to }, definitions)
  } catch (error) {
    const days = Math.round((to + 1 - from) / DAY)
    const [here, last] = [Math.floor(indicators.length / 2), indicators.length]
    if ((days < 2 && last < 2) || !isTooMuch(error)) throw error
    const middle = from + Math.floor(days / 2) * DAY
    const halves =
      days < 2
        ? ([
            [indicators.slice(0, here), { from, to }],
            [indicators.slice(here), { from, to }],
          ] as const)
        : ([
            [indicators, { from, to: middle - 1 }],
            [indicators, { from: middle, to }],
          ] as const)
    for (const [names, stretch] of halves) await foldStretch(store, names, stretch, definitions)
  }
}

/** TIMEOUT_EXCEEDED, MEMORY_LIMIT_EXCEEDED; or an engine too busy to say so in time, which the client no longer waits for. */
function isTooMuch(error: unknown): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return code === '159' || code === '241' || message === 'Timeout error.'
}
