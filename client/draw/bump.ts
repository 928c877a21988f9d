/** The geometry of ranks over time: a column a period, the first on top, a line for each member that breaks where it has no place. */
import { curveBumpX, line, scalePoint } from 'd3'

export interface BumpRoom {
  readonly width: number
  readonly left: number
  readonly right: number
  readonly top: number
  /** Height of a place, pixels. */
  readonly row: number
}

export interface BumpDrawing {
  readonly columns: readonly number[]
  readonly yOf: (place: number) => number
  readonly height: number
  /** In the order of the lists: the path, and the spots it goes through by column (null: no place). */
  readonly lines: readonly { readonly path: string; readonly spots: readonly ({ x: number; y: number } | null)[] }[]
}

/** `lists`: for each member its place, from 0, in every period; null where it has none. */
export function drawBump(lists: readonly (readonly (number | null)[])[], periods: number, room: BumpRoom): BumpDrawing {
  const names = Array.from({ length: periods }, (_, i) => i)
  const x = scalePoint(names, [room.left, Math.max(room.left + 1, room.width - room.right)])
  const yOf = (place: number) => room.top + (place + 0.5) * room.row
  const path = line<{ x: number; y: number } | null>()
    .defined((spot) => spot !== null)
    .x((spot) => spot?.x ?? 0)
    .y((spot) => spot?.y ?? 0)
    .curve(curveBumpX)
  const most = Math.max(0, ...lists.flat().map((place) => (place ?? -1) + 1))
  return {
    columns: names.map((i) => x(i) ?? room.left),
    yOf,
    height: room.top + most * room.row,
    lines: lists.map((places) => {
      const spots = places.map((place, i) => (place === null ? null : { x: x(i) ?? room.left, y: yOf(place) }))
      return { path: path(spots) ?? '', spots }
    }),
  }
}
