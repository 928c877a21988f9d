/** Finds places for names beside the land: near their unit, on no other name, no line across another or through a name, never outside the drawing. */
import type { Box, MapDrawing, MapRoom } from './map.ts'

export interface Wanted {
  readonly id: string
  /** What the name points at. */
  readonly x: number
  readonly y: number
  /** The size of the name, pixels. */
  readonly width: number
  readonly height: number
}

export interface Label extends Box {
  readonly id: string
  /** On which side of the land it stands. */
  readonly side: 'east' | 'west'
  /** The line from the unit to its name. */
  readonly line: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
}

/** How many lines of text a name may stand above or below its unit. */
const FAR = 9

/** Places for the names wanted, the most important first; a name that fits nowhere is left out. */
export function placeLabels(
  wanted: readonly Wanted[],
  taken: readonly Box[],
  land: MapDrawing['land'],
  room: MapRoom,
): readonly Label[] {
  const placed: Label[] = []
  for (const want of wanted) {
    const free = candidates(want, land, room).filter(
      ({ box, line }) =>
        inside(box, room) &&
        ![...taken, ...placed].some((other) => meet(box, other) || through(line, other)) &&
        !placed.some((other) => cross(line, other.line) || through(other.line, box)),
    )
    const best = free.sort((a, b) => a.cost - b.cost)[0]
    if (best) placed.push({ id: want.id, side: best.side, ...best.box, line: best.line })
  }
  return placed
}

function candidates(want: Wanted, land: MapDrawing['land'], { rem }: MapRoom) {
  const { x, y, width, height } = want
  const gap = 0.9 * rem
  return Array.from({ length: 2 * FAR + 1 }, (_, i) => (i - FAR) * height * 0.5).flatMap((down) => {
    const middle = y + down
    const shore = land(middle - height / 2, middle + height / 2)
    const east = Math.max(shore?.right ?? x, x) + gap
    const west = Math.min(shore?.left ?? x, x) - gap - width
    const at = (side: Label['side'], left: number, end: number) => ({
      side,
      box: { x: left, y: middle - height / 2, width, height },
      line: { x1: x, y1: y, x2: end, y2: middle },
      cost: Math.hypot(end - x, 1.8 * down),
    })
    return [at('east', east, east - 0.25 * rem), at('west', west, west + width + 0.25 * rem)]
  })
}

const inside = (box: Box, room: MapRoom) =>
  box.x >= 0 && box.y >= 0 && box.x + box.width <= room.width && box.y + box.height <= room.height

type Line = Label['line']

/** On which side of a line a point lies: above zero, below, or zero on it. */
const beside = ({ x1, y1, x2, y2 }: Line, x: number, y: number) => (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)

/** Whether two lines cross between their ends. */
export const cross = (a: Line, b: Line): boolean =>
  beside(a, b.x1, b.y1) * beside(a, b.x2, b.y2) < 0 && beside(b, a.x1, a.y1) * beside(b, a.x2, a.y2) < 0

/** Whether a line goes through a box. */
function through(line: Line, { x, y, width, height }: Box): boolean {
  const [right, bottom] = [x + width, y + height]
  const within = line.x2 > x && line.x2 < right && line.y2 > y && line.y2 < bottom
  const diagonals = [
    { x1: x, y1: y, x2: right, y2: bottom },
    { x1: x, y1: bottom, x2: right, y2: y },
  ]
  return within || diagonals.some((diagonal) => cross(line, diagonal))
}

const meet = (a: Box, b: Box) =>
  a.x < b.x + b.width + 4 && b.x < a.x + a.width + 4 && a.y < b.y + b.height && b.y < a.y + a.height
