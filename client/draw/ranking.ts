/** The geometry of a ranking: who stands where, how long each bar is, and which rows fit. */
import { ascending, max } from 'd3'
import type { Reading } from '../../kpi/reading.ts'
import { groups, type Interval, wilson } from './interval.ts'
import { share } from './scale.ts'

export interface Bar {
  readonly reading: Reading
  /** "7", or "7=" when several share the rank; empty when there is nothing to rank. */
  readonly rank: string
  /** Length of the bar, 0–1 of the common scale; null without a value. */
  readonly length: number | null
}

export interface Ranking {
  readonly bars: readonly Bar[]
  /** Where the target stands on the common scale, 0–1. */
  readonly target: number | null
  /** Whether some share a rank because too few cases tell them apart, not because their values are equal. */
  readonly unsure: boolean
}

/**
 * Worst first where one direction is better, else largest first; those without a value come last and have no bar. Shares
 * whose 95 % intervals overlap have one rank (`groups` in interval.ts): nobody is called the worst by noise.
 */
export function rank(
  readings: readonly Reading[],
  better: 'higher' | 'lower' | 'neither',
  target: number | null,
): Ranking {
  const number = (reading: Reading) => Number(reading.value)
  const sign = better === 'higher' ? 1 : -1
  const valued = readings.filter((r) => r.value !== null).sort((a, b) => sign * ascending(number(a), number(b)))
  const top = Math.max(max(valued, number) ?? 0, target ?? 0)
  // Percentages share the scale 0–100, so that two rankings can be compared.
  const full = valued[0]?.unit === 'percent' ? Math.max(100, top) : top
  const along = (value: number) => share(value, full)
  const firsts = groups(valued.map(intervalOf))
  const shared = (i: number) => firsts[i] !== i || firsts[i + 1] === i
  const bars = valued.map(
    (reading, i): Bar => ({
      reading,
      rank: `${(firsts[i] ?? i) + 1}${shared(i) ? '=' : ''}`,
      length: along(number(reading)),
    }),
  )
  const empty = readings.filter((r) => r.value === null).map((reading): Bar => ({ reading, rank: '', length: null }))
  return {
    bars: [...bars, ...empty],
    target: target === null || bars.length === 0 ? null : along(target),
    unsure: valued.some((reading, i) => firsts[i] !== i && reading.value !== valued[i - 1]?.value),
  }
}

/** What a reading may as well have been: of a share its interval, of all else the value itself. */
function intervalOf({ unit, value, numerator, denominator }: Reading): Interval {
  const [good, cases] = [Number(numerator), Number(denominator)]
  const counted = unit === 'percent' && numerator !== null && denominator !== null
  if (counted && cases > 0 && good >= 0 && good <= cases) return wilson(good, cases)
  return { low: Number(value), high: Number(value) }
}

export interface Arrangement {
  readonly columns: number
  /** Rows in each column. */
  readonly rows: number
  /** How many stand before and after the fold; nothing is folded when `between` is 0. */
  readonly first: number
  readonly last: number
  readonly between: number
}

/** Which of `count` rows are drawn where `rows` × `columns` fit: all in the fewest columns, else the first and the last with a line between. */
export function arrange(count: number, rows: number, columns: number): Arrangement {
  const room = Math.max(1, rows) * Math.max(1, columns)
  if (count <= room) {
    const used = Math.max(1, Math.min(columns, Math.ceil(count / Math.max(1, rows))))
    return { columns: used, rows: Math.max(1, Math.ceil(count / used)), first: count, last: 0, between: 0 }
  }
  const shown = Math.max(1, room - 1)
  const first = Math.ceil((shown * 2) / 3)
  return { columns: Math.max(1, columns), rows: Math.max(1, rows), first, last: shown - first, between: count - shown }
}

/** The worst and the best of `count` in one column: eight and four, or as many as `rows` allow in the same shares. */
export function extremes(count: number, rows: number): Arrangement {
  const room = Math.min(WORST + BEST + 1, Math.max(3, rows))
  if (count <= room) return { columns: 1, rows: Math.max(1, count), first: count, last: 0, between: 0 }
  const last = Math.max(1, Math.round(((room - 1) * BEST) / (WORST + BEST)))
  const first = room - 1 - last
  return { columns: 1, rows: room, first, last, between: count - first - last }
}
const WORST = 8
const BEST = 4
