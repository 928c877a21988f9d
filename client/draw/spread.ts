/** The geometry of a distribution: a dot for each, side by side on one scale and stacked where they are alike; and of intervals on that scale. */
import { extent, scaleLinear } from 'd3'

export interface SpreadRoom {
  readonly width: number
  /** Half a dot, pixels, where there is room for the tallest stack. */
  readonly radius: number
  readonly height: number
  /** The least distance between two labels, pixels. */
  readonly tickWidth: number
  /** Further values the scale must hold: the whole, a target. */
  readonly include: readonly number[]
  /** Percents end at 100, unless some lie beyond. */
  readonly percent: boolean
}

export interface SpreadDrawing {
  /** In the order of the values. */
  readonly dots: readonly { readonly x: number; readonly y: number }[]
  readonly radius: number
  readonly ticks: readonly { readonly x: number; readonly value: number }[]
  readonly xOf: (value: number) => number
}

export function drawSpread(values: readonly number[], room: SpreadRoom): SpreadDrawing {
  const [low = 0, high = 1] = extent([...values, ...room.include]) as [number?, number?]
  const air = (high - low || 1) * 0.04
  const ends: [number, number] = room.percent
    ? [Math.max(0, low - air), Math.min(Math.max(100, high), high + air)]
    : [low >= 0 ? Math.max(0, low - air) : low - air, high + air]
  const pad = room.radius * 2
  const x = scaleLinear(ends, [pad, Math.max(pad + 1, room.width - pad)])
  const stacked = (radius: number) => {
    const taken = new Map<number, number>()
    return values.map((value) => {
      const column = Math.round(x(value) / (2 * radius))
      const place = taken.get(column) ?? 0
      taken.set(column, place + 1)
      return { x: column * 2 * radius, place }
    })
  }
  // Dots shrink until the tallest stack fits.
  let { radius } = room
  let found = stacked(radius)
  const tallest = () => Math.max(0, ...found.map(({ place }) => place)) + 1
  while (radius > 1.5 && tallest() * 2 * radius > room.height) {
    radius *= 0.85
    found = stacked(radius)
  }
  return {
    dots: found.map((one) => ({ x: one.x, y: room.height - radius - one.place * 2 * radius })),
    radius,
    ticks: x.ticks(Math.max(2, Math.floor(room.width / room.tickWidth))).map((value) => ({ x: x(value), value })),
    xOf: (value) => x(value),
  }
}
