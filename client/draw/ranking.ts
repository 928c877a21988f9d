/** The geometry of a ranking: who stands where, how long each bar is, and which rows fit. */
import { ascending, max } from 'd3'
import { placesOf, rankText } from '../../kpi/fair-rank.ts'
import type { Reading } from '../../kpi/reading.ts'
import { share } from './scale.ts'

export interface Bar {
  readonly reading: Reading
  /** "7", "7=" where equal values share it, "5–12" where too few cases tell which; "–" for too few to rank at all; empty without a value. */
  readonly rank: string
  /** Length of the bar, 0–1 of the common scale; null without a value. */
  readonly length: number | null
}

export interface Ranking {
  readonly bars: readonly Bar[]
  /** Where the target stands on the common scale, 0–1. */
  readonly target: number | null
  /** Whether some ranks are left open because too few cases tell them apart, and whether some have none for that. */
  readonly open: boolean
  readonly few: boolean
}

/**
 * Worst first where one direction is better, else largest first; those without a value come last and have no bar. Ranks say
 * only what the figures bear, as `GET /api/ranking` does (`placesOf`): nobody is called the worst by noise.
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
  const { method, places, said } = ranksOf(valued, better)
  const bars = valued.map((reading, i): Bar => ({ reading, rank: said[i] ?? '–', length: along(number(reading)) }))
  const empty = readings.filter((r) => r.value === null).map((reading): Bar => ({ reading, rank: '', length: null }))
  return {
    bars: [...bars, ...empty],
    target: target === null || bars.length === 0 ? null : along(target),
    open: method !== 'value' && places.some(({ ranks }) => ranks && ranks.worst > ranks.best),
    few: places.some(({ unranked }) => unranked === 'few'),
  }
}

/** The rank of each of some readings with a value, in their order, and as it is said: "3", "3=" among equals, "5–12"; null of too few cases. */
export function ranksOf(valued: readonly Reading[], better: 'higher' | 'lower' | 'neither') {
  const percent = valued[0]?.unit === 'percent'
  const { method, places } = placesOf(valued, { first: better === 'higher' ? 'lowest' : 'highest', percent })
  const said = places.map(({ ranks }) => {
    if (!ranks) return null
    return method === 'value' ? `${ranks.best}${ranks.worst > ranks.best ? '=' : ''}` : rankText(ranks)
  })
  return { method, places, said }
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
