/** The geometry of a calendar of days: a column a week, a row a weekday, Monday first. */
import { dayOf, weekday } from '../../kpi/calendar-days.ts'
import type { Point } from '../../kpi/query.ts'

export interface DayCell {
  readonly point: Point
  readonly column: number
  /** 0 Monday … 6 Sunday. */
  readonly row: number
}

export interface DayGrid {
  readonly cells: readonly DayCell[]
  readonly columns: number
}

/** Lays points of whole days out by week and weekday. */
export function dayGrid(points: readonly Point[]): DayGrid {
  const [first] = points
  if (!first) return { cells: [], columns: 0 }
  const begin = dayOf(first.from)
  const monday = begin - ((weekday(begin) + 6) % 7)
  const cells = points.map((point) => {
    const day = dayOf(point.from)
    return { point, column: Math.floor((day - monday) / 7), row: (weekday(day) + 6) % 7 }
  })
  return { cells, columns: (cells.at(-1)?.column ?? 0) + 1 }
}
