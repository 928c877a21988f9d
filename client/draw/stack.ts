/** The geometry of stacked columns: the parts of each span on top of each other, from zero, on one scale. */
import type { Point } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import { type LineDrawing, type LineRoom, moments } from './line.ts'
import { linear } from './linear.ts'

export interface Segment {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Its span is still being counted. */
  readonly growing: boolean
}

export interface StackDrawing {
  readonly segments: readonly Segment[]
  /** Spans in which no part has a value. */
  readonly gaps: readonly { readonly x: number; readonly width: number }[]
  readonly xTicks: LineDrawing['xTicks']
  readonly yTicks: LineDrawing['yTicks']
  readonly bottom: number
  readonly right: number
}

/** The share of a span that its column is wide. */
const THICK = 0.82

/** Lays out lines of points of the same spans; negative parts are drawn as nothing, for a part of a count is never less. */
export function drawStack(
  lines: readonly { readonly id: string; readonly points: readonly Point[] }[],
  room: LineRoom,
  meaning: { readonly span: Span; readonly now: number },
): StackDrawing {
  const right = Math.max(room.margin.left + 1, room.width - room.margin.right)
  const bottom = Math.max(room.margin.top + 1, room.height - room.margin.bottom)
  const x = linear([meaning.span.from, meaning.span.to], [room.margin.left, right])
  const spans = new Map(lines.flatMap(({ points }) => points.map(({ from, to }) => [from, to] as const)))
  const begun = [...spans].filter(([from]) => from <= meaning.now).sort(([a], [b]) => a - b)
  const known = lines.map(({ id, points }) => ({ id, at: new Map(points.map((point) => [point.from, point])) }))
  const valueAt = (line: (typeof known)[number], from: number) => {
    const value = line.at.get(from)?.value
    return value == null ? null : Math.max(0, Number(value))
  }
  const sums = begun.map(([from]) => known.reduce((sum, line) => sum + (valueAt(line, from) ?? 0), 0))
  const tickCount = Math.max(2, Math.floor((bottom - room.margin.top) / room.tickHeight))
  const y = linear([0, Math.max(...sums, 0) || 1], [bottom, room.margin.top]).nice(Math.max(4, tickCount))
  const segments = begun.flatMap(([from, to]) => {
    let below = 0
    const wide = (x(to) - x(from)) * THICK
    return known.flatMap((line): Segment[] => {
      const value = valueAt(line, from)
      if (value === null || value === 0) return []
      const top = y(below + value)
      const height = y(below) - top
      below += value
      return [
        {
          id: line.id,
          x: x(from) + (x(to) - x(from) - wide) / 2,
          y: top,
          width: wide,
          height,
          growing: to > meaning.now,
        },
      ]
    })
  })
  return {
    segments,
    gaps: begun
      .filter(([from, to]) => to <= meaning.now && known.every((line) => valueAt(line, from) === null))
      .map(([from, to]) => ({ x: x(from), width: x(to) - x(from) })),
    xTicks: moments(meaning.span, (right - room.margin.left) / room.tickWidth).map((at) => ({ x: x(at), at })),
    yTicks: segments.length === 0 ? [] : y.ticks(tickCount).map((value) => ({ y: y(value), value })),
    bottom,
    right,
  }
}
