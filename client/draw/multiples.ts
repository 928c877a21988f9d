/** The geometry of small multiples: many lines of one size on one common scale. */
import { area, extent, line, scaleLinear } from 'd3'
import type { Point } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'

export interface MultiplesRoom {
  readonly width: number
  readonly height: number
  readonly span: Span
  readonly now: number
  readonly fromZero: boolean
  /** Air above and below, pixels. */
  readonly pad: number
}

export interface MultipleDrawing {
  readonly line: string
  readonly area: string
  readonly xOf: (at: number) => number
  readonly momentAt: (x: number) => number
}

/** One drawing for each list of points, in their order; what is still being counted is left out. */
export function drawMultiples(lists: readonly (readonly Point[])[], room: MultiplesRoom): readonly MultipleDrawing[] {
  const x = scaleLinear([room.span.from, room.span.to], [0, room.width])
  const whole = (point: Point) => point.value !== null && point.to <= room.now
  const values = lists.flatMap((points) => points.filter(whole).map(({ value }) => Number(value)))
  const [low = 0, high = 1] = extent(values) as [number?, number?]
  const y = scaleLinear(
    [room.fromZero ? Math.min(0, low) : low, high > low || room.fromZero ? high || 1 : low + 1],
    [room.height - 1 - room.pad, room.pad],
  )
  const at = ({ from, to }: Point) => x((from + to) / 2)
  const up = ({ value }: Point) => y(Number(value))
  const path = line<Point>().defined(whole).x(at).y(up)
  const fill = area<Point>()
    .defined(whole)
    .x(at)
    .y0(room.height - 1)
    .y1(up)
  return lists.map((points) => ({
    line: path(points) ?? '',
    area: room.fromZero ? (fill(points) ?? '') : '',
    xOf: (moment) => x(moment),
    momentAt: (place) => x.invert(place),
  }))
}
