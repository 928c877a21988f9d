/** What was read of the slices that rules watch, judged as time passes: each slice once, however many rules look at it, and in turns. Asks nothing. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Reading } from '../../kpi/reading.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import { judgeRead, type Read } from '../queries/readings.ts'
import { partSlices } from '../queries/scored.ts'
import { UP, type Watched } from './rounds.ts'
import { kept } from './same.ts'

/** What nobody touched is judged again after so long: ages grow by themselves. */
const AGAIN = 5000
/** By so much the turns of two slices lie apart, milliseconds: a number that shares no factor with `AGAIN`. */
const APART = 619

export interface Judged {
  /** Learns which slices are watched; all others are forgotten. */
  watch(rules: readonly Watched[]): void
  /** Every slice that is watched, once. */
  slices(): Iterable<Slice>
  /** The indicator of a watched slice and those it is made of. */
  indicators(slice: Slice): readonly string[]
  put(read: Read): void
  read(slice: Slice): Read | null
  /** The readings of a watched slice at `now`; the same array while they say the same. */
  readings(slice: Slice, now: number): readonly Reading[]
}

interface Watch {
  readonly slice: Slice
  readonly indicators: readonly string[]
  /** When in a stretch of `AGAIN` it is judged again, so that not all are at once; milliseconds. */
  readonly turn: number
  read: Read | null
  readings: readonly Reading[]
  /** Of which read they are, and of when. */
  of: Read | null
  at: number
}

const NONE: readonly Reading[] = []
const NO_INDICATORS: readonly string[] = []

export function startJudged(catalogue: Catalogue): Judged {
  const watches = new Map<string, Watch>()
  /** The same by the slice itself: no name need be made for it at every look. */
  const known = new Map<Slice, Watch>()
  let watchedBy: readonly Watched[] | null = null

  return {
    watch(rules) {
      if (rules === watchedBy) return
      watchedBy = rules
      known.clear()
      const wanted = new Set<string>()
      for (const slice of [UP, ...rules.map((rule) => rule.slice)]) {
        if (!catalogue.indicators.has(slice.indicator)) continue
        const key = sliceKey(slice)
        wanted.add(key)
        const watch = watches.get(key) ?? {
          ...{ slice, read: null, readings: NONE, of: null, at: 0, turn: (watches.size * APART) % AGAIN },
          indicators: [slice, ...partSlices(catalogue, slice)].map(({ indicator }) => indicator),
        }
        watches.set(key, watch)
        known.set(slice, watch)
      }
      for (const key of watches.keys()) if (!wanted.has(key)) watches.delete(key)
    },
    *slices() {
      for (const { slice } of watches.values()) yield slice
    },
    indicators: (slice) => known.get(slice)?.indicators ?? NO_INDICATORS,
    put(read) {
      const watch = watches.get(sliceKey(read.slice))
      if (watch) watch.read = read
    },
    read: (slice) => known.get(slice)?.read ?? null,
    readings(slice, now) {
      const watch = known.get(slice)
      if (!watch?.read) return NONE
      const { read, of, at, turn } = watch
      const again = now < at || Math.floor((now + turn) / AGAIN) !== Math.floor((at + turn) / AGAIN)
      if (of === read && !again) return watch.readings
      watch.readings = kept(watch.readings, judgeRead(catalogue, read, now))
      watch.of = read
      watch.at = now
      return watch.readings
    },
  }
}
