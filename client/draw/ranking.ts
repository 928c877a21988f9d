/** The geometry of a ranking: who stands where, and how long each bar is. */
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
