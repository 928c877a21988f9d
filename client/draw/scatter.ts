/** The geometry of two figures of each member: one along, one up. */
import { extent, scaleLinear } from 'd3'

export interface ScatterRoom {
  readonly width: number
  readonly height: number
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }
  readonly tickWidth: number
  readonly tickHeight: number
}

export interface ScatterDrawing {
  readonly dots: readonly { readonly x: number; readonly y: number }[]
  readonly xTicks: readonly { readonly at: number; readonly value: number }[]
  readonly yTicks: readonly { readonly at: number; readonly value: number }[]
  readonly bottom: number
  readonly right: number
}

/** Names beside dots, the most important first: on no dot, no other name and never outside; one that fits nowhere is left out. */
export function nameDots(
  dots: ScatterDrawing['dots'],
  wanted: readonly { readonly dot: number; readonly width: number }[],
  room: {
    readonly left: number
    readonly right: number
    readonly top: number
    readonly radius: number
    readonly line: number
  },
): readonly { readonly dot: number; readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' }[] {
  const { radius, line } = room
  const taken: { x: number; y: number; width: number }[] = []
  const free = (x: number, y: number, width: number) =>
    x >= room.left &&
    x + width <= room.right &&
    y - line / 2 >= room.top &&
    !dots.some((dot) => dot.x > x - radius && dot.x < x + width + radius && Math.abs(dot.y - y) < line / 2 + radius) &&
    !taken.some((one) => x < one.x + one.width && one.x < x + width && Math.abs(one.y - y) < line)
  return wanted.flatMap(({ dot, width }) => {
    const { x, y } = dots[dot] as { x: number; y: number }
    const gap = 1.6 * radius
    const [east, west] = [x + gap, x - gap - width]
    const start = free(east, y, width) ? east : free(west, y, width) ? west : null
    if (start === null) return []
    taken.push({ x: start, y, width })
    return [
      { dot, y, ...(start === east ? { x: east, anchor: 'start' as const } : { x: x - gap, anchor: 'end' as const }) },
    ]
  })
}

/** `percent`: whose scale ends at 100, unless some lie beyond, and need not begin at zero. */
export function drawScatter(
  pairs: readonly (readonly [along: number, up: number])[],
  room: ScatterRoom,
  percent: { readonly along: boolean; readonly up: boolean },
): ScatterDrawing {
  const right = Math.max(room.margin.left + 1, room.width - room.margin.right)
  const bottom = Math.max(room.margin.top + 1, room.height - room.margin.bottom)
  const ends = (numbers: readonly number[], share: boolean): [number, number] => {
    const [low = 0, high = 1] = extent(numbers) as [number?, number?]
    const air = (high - low || 1) * 0.06
    return share
      ? [Math.max(0, low - air), Math.min(Math.max(100, high), high + air)]
      : [low > 0.5 * high ? low - air : Math.min(0, low), high + air]
  }
  const counts = [
    Math.max(2, Math.floor((right - room.margin.left) / room.tickWidth)),
    Math.max(2, Math.floor((bottom - room.margin.top) / room.tickHeight)),
  ] as const
  const x = scaleLinear(
    ends(
      pairs.map(([along]) => along),
      percent.along,
    ),
    [room.margin.left, right],
  )
  const y = scaleLinear(
    ends(
      pairs.map(([, up]) => up),
      percent.up,
    ),
    [bottom, room.margin.top],
  )
  return {
    dots: pairs.map(([along, up]) => ({ x: x(along), y: y(up) })),
    xTicks: x.ticks(counts[0]).map((value) => ({ at: x(value), value })),
    yTicks: y.ticks(counts[1]).map((value) => ({ at: y(value), value })),
    bottom,
    right,
  }
}
