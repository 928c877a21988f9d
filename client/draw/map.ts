/** The geometry of the map: outlines and a size in, paths, centres, insets and the silhouette of the land out. */
import { geoMercatorRaw, polygonArea, polygonCentroid } from 'd3'
import type { Archipelago, Outline, Place } from './topology.ts'

export interface MapRoom {
  readonly width: number
  readonly height: number
  /** Pixels per rem. */
  readonly rem: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Shape {
  readonly id: string
  readonly path: string
  /** The middle of its largest part. */
  readonly x: number
  readonly y: number
}

export interface Inset extends Box {
  readonly code: string
  /** Its name and whose it is stand in one line. */
  readonly low: boolean
  readonly islands: readonly { readonly x: number; readonly y: number }[]
}

export interface MapDrawing {
  readonly shapes: readonly Shape[]
  readonly insets: readonly Inset[]
  /** The westernmost and easternmost land between two heights; null where there is only sea. */
  readonly land: (top: number, bottom: number) => { readonly left: number; readonly right: number } | null
}

const RADIANS = Math.PI / 180
const flat = ([longitude, latitude]: Place): Place => {
  const [x, y] = geoMercatorRaw(longitude * RADIANS, latitude * RADIANS)
  return [x, -y]
}
/** Heights of the silhouette are known to this many pixels. */
const BAND = 3

/**
 * Lays the country out in `room`, as tall as it goes, with air at its west for names and at its east for names and insets; `push`
 * pixels further east, where there is room for it.
 */
export function drawMap(
  outlines: readonly Outline[],
  archipelagos: readonly Archipelago[],
  room: MapRoom,
  push = 0,
): MapDrawing {
  const { width, height, rem } = room
  const all = outlines.flatMap(({ polygons }) => polygons.flat(2)).map(flat)
  const xs = all.map(([x]) => x)
  const ys = all.map(([, y]) => y)
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const inset = insetSize(room)
  const scale = Math.max(
    0,
    Math.min((height - 0.4 * rem) / (south - north), (width - 0.55 * inset.width) / (east - west)),
  )
  const free = width - scale * (east - west)
  const usual = Math.min(free * 0.3, 14 * rem)
  const left = Math.max(usual, Math.min(usual + push, free - 0.55 * inset.width))
  const top = (height - scale * (south - north)) / 2
  const project = (place: Place): Place => {
    const [x, y] = flat(place)
    return [left + (x - west) * scale, top + (y - north) * scale]
  }
  const projected = outlines.map(({ id, polygons }) => ({
    id,
    polygons: polygons.map((rings) => rings.map((ring) => ring.map(project))),
  }))
  const land = silhouette(
    projected.flatMap(({ polygons }) => polygons.flat()),
    height,
  )
  return {
    shapes: projected.map(({ id, polygons }) => ({
      id,
      path: polygons.flat().map(ringPath).join(''),
      ...middle(polygons),
    })),
    insets: apart(
      archipelagos.map((one) => insetOf(one, project(one.at), inset, room, land)),
      room,
    ),
    land,
  }
}

const ringPath = (ring: readonly Place[]) =>
  ring.length < 4 ? '' : `M${ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`

function middle(polygons: readonly (readonly (readonly Place[])[])[]) {
  const rings = polygons.flatMap(([outer]) => (outer ? [outer as [number, number][]] : []))
  const largest = rings.reduce((a, b) => (Math.abs(polygonArea(a)) >= Math.abs(polygonArea(b)) ? a : b))
  const [x, y] = polygonCentroid(largest)
  // In a room of no size everything is one point.
  const [first = [0, 0]] = largest
  return Number.isFinite(x) ? { x, y } : { x: first[0], y: first[1] }
}

/** Lower than this, rem, a map has insets of one line of text. */
const LOW = 22
const insetSize = ({ width, height, rem }: MapRoom) =>
  height < LOW * rem && width > 26 * rem
    ? { width: 11.4 * rem, height: 3.9 * rem, low: true }
    : { width: Math.min(7.6 * rem, 0.3 * width), height: 6.4 * rem, low: false }

/** No inset stands on another: the northern one gives way, and what has no room above it is as low as it goes. */
function apart(insets: readonly Inset[], { rem }: MapRoom): readonly Inset[] {
  const [first, second, ...rest] = insets.toSorted((a, b) => a.y - b.y)
  if (!first || !second) return insets
  const beyond = first.y + first.height + 0.5 * rem - second.y
  if (beyond <= 0) return insets
  const up = Math.min(first.y, beyond)
  const moved = new Map([[first.code, -up]])
  return [first, second, ...rest].map((one) => {
    const dy = moved.get(one.code) ?? 0
    return { ...one, y: one.y + dy, islands: one.islands.map(({ x, y }) => ({ x, y: y + dy })) }
  })
}

function insetOf(
  one: Archipelago,
  at: Place,
  size: { width: number; height: number; low: boolean },
  room: MapRoom,
  land: MapDrawing['land'],
): Inset {
  const { rem } = room
  const y = Math.min(Math.max(0, at[1] - size.height / 2), room.height - size.height - 1)
  // Where the map is small an inset stands east of the land, not on it.
  const shore = (land(y, y + size.height)?.right ?? 0) + 0.5 * rem
  const x = Math.min(Math.max(0, at[0] - size.width / 2, shore), room.width - size.width - 1)
  const places = one.islands.map(flat)
  const range = (i: 0 | 1) => {
    const values = places.map((place) => place[i])
    return { low: Math.min(...values), high: Math.max(...values) }
  }
  // Between the two lines of text of an inset, or below the one.
  const inside = {
    left: x + 1.2 * rem,
    right: x + size.width - 1.2 * rem,
    top: y + 2.1 * rem,
    bottom: y + size.height - (size.low ? 0.6 : 2.1) * rem,
  }
  const [h, v] = [range(0), range(1)]
  const scale = Math.min(
    (inside.right - inside.left) / (h.high - h.low),
    (inside.bottom - inside.top) / (v.high - v.low),
  )
  const islands = places.map(([px, py]) => ({
    x: (inside.left + inside.right) / 2 + (px - (h.low + h.high) / 2) * scale,
    y: (inside.top + inside.bottom) / 2 + (py - (v.low + v.high) / 2) * scale,
  }))
  return { code: one.code, x, y, ...size, islands }
}

/** The land in bands of a few pixels, so that names can be put beside it. */
function silhouette(rings: readonly (readonly Place[])[], height: number): MapDrawing['land'] {
  const bands = Array.from({ length: Math.ceil(height / BAND) + 1 }, () => ({ left: Infinity, right: -Infinity }))
  const touch = (x: number, y: number) => {
    const band = bands[Math.min(bands.length - 1, Math.max(0, Math.floor(y / BAND)))]
    if (!band) return
    band.left = Math.min(band.left, x)
    band.right = Math.max(band.right, x)
  }
  for (const ring of rings) {
    for (const [i, [x, y]] of ring.entries()) {
      const [nextX, nextY] = ring[i + 1] ?? [x, y]
      const steps = Math.max(1, Math.ceil(Math.abs(nextY - y) / BAND))
      for (let step = 0; step < steps; step++) touch(x + ((nextX - x) * step) / steps, y + ((nextY - y) * step) / steps)
    }
  }
  return (top, bottom) => {
    const first = Math.max(0, Math.floor(top / BAND))
    const own = bands.slice(first, Math.max(first + 1, Math.ceil(bottom / BAND)))
    const left = Math.min(...own.map((band) => band.left))
    const right = Math.max(...own.map((band) => band.right))
    return Number.isFinite(left) ? { left, right } : null
  }
}
