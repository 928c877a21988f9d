/** Care for the panels of a wall: where its picture stands, and which way round, so that no edge rests on the same points for months. Pure. */
import { dayOf } from '../../kpi/calendar-days.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'

/** How long the picture stands in one place. */
export const STANDS = 2 * MINUTE
/** How far it goes to every side, points of a surface 1080 high: within the margins of every board. */
export const REACH = 8
/** When it is turned round, hours after midnight: nobody looks for something where it was a moment ago. */
const TURNS = 3 * HOUR

const SIDE = 2 * REACH + 1

/** Where the picture stands at a moment of the server's clock, points right and down of its middle: to and fro through a square, never more than one point at a time. */
export function orbitAt(at: number): { readonly x: number; readonly y: number } {
  const places = SIDE * SIDE
  const step = Math.floor(at / STANDS) % (2 * places)
  const place = step < places ? step : 2 * places - 1 - step
  const row = Math.floor(place / SIDE)
  const column = place % SIDE
  return { x: (row % 2 === 0 ? column : SIDE - 1 - column) - REACH, y: row - REACH }
}

/** Whether the picture is turned round: the header below, columns from the right, every other day. */
export const isTurned = (at: number): boolean => dayOf(at - TURNS) % 2 === 0
