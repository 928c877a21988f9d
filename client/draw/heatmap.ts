/** The geometry of a heat map: which columns there are, which of them have a label, and how wide all is. */
import type { Point } from '../../kpi/query.ts'

export interface HeatColumn {
  readonly from: number
  readonly to: number
  /** Its place from the left, and its width, 0–1. */
  readonly x: number
  readonly width: number
  readonly labelled: boolean
}

/**
 * A column for each point of `points` that has begun at `now`. The last is always labelled, and before it every one that
 * stands at least `label` from the next label, of a strip `width` wide (pixels both).
 */
export function heatColumns(
  points: readonly Pick<Point, 'from' | 'to'>[],
  now: number,
  width: number,
  label: number,
): readonly HeatColumn[] {
  const begun = points.filter(({ from }) => from <= now)
  const each = begun.length === 0 ? 1 : 1 / begun.length
  const every = Math.max(1, Math.ceil(label / Math.max(1, each * width)))
  return begun.map(({ from, to }, i) => ({
    ...{ from, to, x: i * each, width: each },
    labelled: (begun.length - 1 - i) % every === 0,
  }))
}
