/** What the header of a screen must say about everything below it. */
import type { Freshness, Reading } from '../../kpi/reading.ts'
import type { Health, SourceHealth } from '../../kpi/wire.ts'
import type { Known } from '../known.ts'
import type { Picture } from '../link/picture.ts'

export interface Heed {
  readonly simulated: boolean
  readonly up: number
  readonly sources: readonly SourceHealth[]
  /** Sources of which the collectors have not spoken lately: nobody knows whether they answer. */
  readonly unknown: number
  /** When the collectors last spoke, of any source or of their queue; null when never. */
  readonly spoke: number | null
  /** Source time of the oldest value that should be renewed; null where nothing has a rhythm. */
  readonly oldest: number | null
  readonly freshness: Freshness
  /** History still to fetch over all sources; null when none is left. */
  readonly backfill: { readonly done: number; readonly wanted: number } | null
}

/** Reads a picture as a whole. */
export function heed(picture: Picture, catalogue: Known): Heed {
  const readings = [...picture.slices.values()].flatMap((points) => [...points.values()])
  const used = new Set(readings.flatMap((reading) => reading.sources))
  const { sources } = picture.health
  const renewed = readings.filter((reading) => catalogue.indicators.get(indicatorOf(reading))?.rhythm !== undefined)
  const times = renewed.flatMap((reading) => reading.asOf ?? [])
  const open = sources.flatMap(({ backfill }) => (backfill && backfill.done < backfill.wanted ? [backfill] : []))
  return {
    simulated:
      readings.some((reading) => reading.marks.includes('simulated')) ||
      sources.some((source) => source.simulated && used.has(source.id)) ||
      [...used].some((id) => catalogue.sources.get(id)?.simulated),
    up: sources.filter((source) => source.up).length,
    sources,
    unknown: sources.filter((source) => !source.vouched).length,
    spoke: spoke(picture.health),
    oldest: times.length === 0 ? null : Math.min(...times),
    freshness: (['stale', 'late'] as const).find((f) => renewed.some((r) => r.freshness === f)) ?? 'fresh',
    backfill:
      open.length === 0
        ? null
        : { done: open.reduce((sum, b) => sum + b.done, 0), wanted: open.reduce((sum, b) => sum + b.wanted, 0) },
  }
}

const spoke = ({ sources, queue }: Health): number | null => {
  const times = [...sources.flatMap(({ seen }) => seen ?? []), ...(queue ? [queue.at] : [])]
  return times.length === 0 ? null : Math.max(...times)
}

const indicatorOf = (reading: Reading) => (JSON.parse(reading.slice) as [string])[0]
