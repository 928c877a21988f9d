/** The picture of a board: all its readings at one pulse, and how news changes it. */
import type { Correction } from '../../kpi/correction.ts'
import type { Reading } from '../../kpi/reading.ts'
import { isNewest, pointKey } from '../../kpi/slice.ts'
import type { Glass, Health, News, Pulse } from '../../kpi/wire.ts'
import { isLate } from './clock.ts'

export interface Picture {
  readonly board: string
  readonly pulse: Pulse
  readonly health: Health
  /** Server time since which the store has been away; null while it answers. */
  readonly awaySince: number | null
  /** Slice key → point key → reading. */
  readonly slices: ReadonlyMap<string, ReadonlyMap<string, Reading>>
  /** Indicator → the pulse at which one of its past buckets last changed. */
  readonly revised: ReadonlyMap<string, number>
  /** Open incidents and notes; null while the server has not said. */
  readonly glass?: Glass | null
  /** Slice key → point key → its newest correction. */
  readonly corrections: ReadonlyMap<string, ReadonlyMap<string, Correction>>
}

/** What a snapshot shows. One older than the picture of the same store and board changes nothing. */
export function fromSnapshot(picture: Picture | null, snapshot: News): Picture {
  const same = picture?.board === snapshot.board && picture.pulse.store === snapshot.pulse.store
  if (same && isLate(snapshot.pulse.at, picture.pulse.at)) return picture
  // Lines may have missed revisions while away: every indicator counts as revised.
  const revised = new Map(snapshot.readings.map((reading) => [indicatorOf(reading), snapshot.pulse.at]))
  return { ...joined(same ? picture : null, new Map(), snapshot), revised, corrections: corrected(new Map(), snapshot) }
}

/**
 * What the picture becomes with news: the newer pulse of the same store wins.
 * `null` means the news is of another store or board, or of a clock that was set back, so only a new snapshot can tell what is true.
 */
export function withNews(picture: Picture, news: News): Picture | null {
  if (news.board !== picture.board || news.pulse.store !== picture.pulse.store) return null
  if (isLate(news.pulse.at, picture.pulse.at)) return picture
  if (news.pulse.at < picture.pulse.at) return null
  const revised = new Map(picture.revised)
  for (const indicator of news.revised) revised.set(indicator, news.pulse.at)
  return { ...joined(picture, picture.slices, news), revised, corrections: corrected(picture.corrections, news) }
}

function joined(
  picture: Picture | null,
  before: Picture['slices'],
  news: News,
): Omit<Picture, 'revised' | 'corrections'> {
  const slices = new Map(before)
  const opened = new Set<string>()
  for (const reading of news.readings) {
    if (!opened.has(reading.slice)) slices.set(reading.slice, new Map(slices.get(reading.slice)))
    opened.add(reading.slice)
    ;(slices.get(reading.slice) as Map<string, Reading>).set(pointKey(reading.key), reading)
  }
  for (const slice of opened) dropPast(slice, slices.get(slice) as Map<string, Reading>, news)
  const awaySince = news.health.store === 'ok' ? null : (picture?.awaySince ?? news.pulse.at)
  const glass = news.glass ?? picture?.glass ?? null
  return { board: news.board, pulse: news.pulse, health: news.health, awaySince, slices, glass }
}

/** The corrections known so far and those a message tells of. */
function corrected(before: Picture['corrections'], { corrections = [] }: News): Picture['corrections'] {
  if (corrections.length === 0) return before
  const all = new Map(before)
  for (const one of corrections.toSorted((a, b) => a.since - b.since))
    all.set(one.slice, new Map(all.get(one.slice)).set(pointKey(one.key), one))
  return all
}

/** When a window has moved all its readings come anew; a point of the window before is of another moment, and goes. */
function dropPast(slice: string, points: Map<string, Reading>, news: News): void {
  if (isNewest(slice)) return
  // Over midnight one message may still hold points of both windows.
  const from = Math.max(...news.readings.flatMap((reading) => (reading.slice === slice ? [reading.from] : [])))
  for (const [key, reading] of points) if (reading.from !== from) points.delete(key)
}

function indicatorOf(reading: Reading): string {
  return (JSON.parse(reading.slice) as [string])[0]
}
