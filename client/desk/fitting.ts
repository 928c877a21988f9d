/** Which of the questions of the desk there is anything to answer to, and how earlier points come to stand beside those of now. */
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import { DAY, floor, type Span } from '../../kpi/range.ts'
import type { Known } from '../known.ts'
import { type DeskRoute, EMPTY_DESK } from '../link/desk-route.ts'

/** Whether a range is a period that runs, of a kind that has days: only then is there anything to foretell. */
export const foretold = ({ kind }: Indicator, { from, to }: Span, now: number): boolean =>
  kind !== 'score' && kind !== 'reported' && to - floor(now, 'day') > DAY && from <= now && to - from <= 370 * DAY

/** Whether it is a unit's figure, which has others to stand beside. */
export const peered = (
  { kind, dimensions }: Indicator,
  { where: { unit } }: DeskRoute,
  { dimensions: known }: Known,
): boolean => {
  if (unit === undefined || !dimensions.includes('unit') || kind === 'score' || kind === 'reported') return false
  // A group is made of units and has none of its like.
  return known.get('unit')?.members.get(unit)?.members === undefined
}

/** What a figure is split by: as asked where it is divided so, else by who reports it; of one that nothing divides as every question says it. */
export const splitOf = ({ dimensions }: Indicator, by: string): string =>
  dimensions.includes(by) ? by : (dimensions[0] ?? EMPTY_DESK.by)

/** The earlier points, moved to the moments they are compared with. */
export function moved(points: readonly Point[], compare: Answers['compare'] | null): readonly Point[] {
  if (!compare?.earlier) return []
  const shift = compare.now.from - compare.earlier.from
  return points.map((point) => ({ ...point, from: point.from + shift, to: point.to + shift }))
}

/** Whether a line is finer than anything that was said, so that it has no point at all. */
export const tooFine = ({ grain, coarser, points }: Answers['series']): boolean =>
  grain !== 'day' && coarser > 0 && points.every(({ value }) => value === null)
