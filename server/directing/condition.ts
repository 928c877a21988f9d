/** How a screen is by what was heard of it: whether it paints, stands still, is covered, shows a sentence, begins, or is lost. Pure. */
import type { Painted, ScreenCondition } from '../../kpi/painted.ts'
import type { Text } from '../../kpi/text.ts'

/** A screen that was told of pulses and has not said for so long that it painted one stands still, milliseconds. */
export const FROZEN = 4000
/** How long a screen that has begun to watch a board may take until its first picture, and one that is let in until it watches a board or says why it does not, milliseconds. */
const FIRST = 10_000
const IDLE = 30_000
/** A screen that leaves and comes back within this long (a reload, a flip to another board) was never lost. */
const AWAY = 3000

/** What is known of a screen. */
export interface Row {
  readonly id: string
  /** Connections by which it is here. */
  readonly links: Set<string>
  painted: Painted | null
  /** The connection by which it said so. */
  by: string
  /** By the stopwatch and by the store's clock. */
  heard: number
  at: number | null
  latency: number | null
  /** Since when none of its connections is there; by both clocks. */
  gone: Moment | null
  /** Since when it is here, this time. */
  joined: Moment
  /** By connection: the board it watches, since when. */
  readonly watches: Map<string, Moment & { readonly board: string }>
  /** What it shows in place of a board, as it says itself over a connection. */
  says: (Moment & { readonly link: string; readonly text: Text }) | null
}

/** By the stopwatch and by the store's clock. */
export interface Moment {
  readonly watch: number
  readonly at: number
}

/** Since when a screen should have painted and has not; null where nothing is amiss. */
function stillSince(row: Row, time: number, lastTold: ReadonlyMap<string, number>): Moment | null {
  // What it painted before it left and came back is no sign that it paints now.
  const painted = row.heard < row.joined.watch ? null : { watch: row.heard, at: row.at ?? 0 }
  const watched = [...row.watches.values()].sort((a, b) => a.watch - b.watch)
  // What is let in and watches nothing is as good as frozen, once it had the time to begin. Pages without a key have one connection, by which they watch.
  if (watched.length === 0 && !row.id.startsWith('page:')) {
    const last = painted ?? row.joined
    if (time - last.watch > IDLE) return last
  }
  const last = painted ?? watched[0] ?? row.joined
  const boards = [...(painted && row.painted ? [row.painted.board] : []), ...watched.map(({ board }) => board)]
  const told = boards.some((board) => (lastTold.get(board) ?? 0) > last.watch)
  return told && time - last.watch > (painted ? FROZEN : FIRST) ? last : null
}

/** How a screen is when the stopwatch shows `time`. `lastTold`: board → when it was last told of a pulse, by the stopwatch. */
export function conditionOf(
  row: Row,
  time: number,
  lastTold: ReadonlyMap<string, number>,
): { readonly state: ScreenCondition; readonly since: number | null } {
  if (row.gone && time - row.gone.watch >= AWAY) return { state: 'lost', since: row.gone.at }
  if (row.painted && !row.painted.visible && row.heard >= row.joined.watch) return { state: 'hidden', since: row.at }
  if (row.says) return { state: 'message', since: row.says.at }
  const still = stillSince(row, time, lastTold)
  if (still) return { state: 'frozen', since: still.at }
  return { state: row.heard < row.joined.watch ? 'starting' : 'live', since: null }
}
