/** What was read of the slices that rules watch, judged as time passes: each slice once, however many rules look at it, and only when it may say something else. Asks nothing. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Reading } from '../../kpi/reading.ts'
import { type Beside, sightOf } from '../../kpi/sight.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import { glimpse, standsUntil } from '../queries/glimpse.ts'
import { judgeRead, type Read } from '../queries/readings.ts'
import { partSlices } from '../queries/scored.ts'
import { UP, type Watched } from './rounds.ts'
import { kept } from './same.ts'

/** A score, made of many parts, is judged again after so long; everything else when the clock says so. */
const AGAIN = 5000

export interface Judged {
  /** Learns which slices are watched; all others are forgotten. */
  watch(rules: readonly Watched[]): void
  /** Every slice that is watched, once. */
  slices(): Iterable<Slice>
  /** The indicator of a watched slice and those it is made of. */
  indicators(slice: Slice): readonly string[]
  put(read: Read): void
  read(slice: Slice): Read | null
  /** Goes on to `now`. Answers which rules (by their place in the list) have something to look at that they have not seen: what was read anew, or may be judged otherwise by now. */
  goOn(now: number): readonly number[]
  /** The readings of a watched slice; the same array while they say the same. */
  readings(slice: Slice): readonly Reading[]
  /** Whether a rule surely sees nothing bad, told without making a reading; false when in doubt. */
  isWell(one: Watched): boolean
}

interface Watch {
  readonly slice: Slice
  readonly indicators: readonly string[]
  /** The places of the rules that watch it. */
  rules: number[]
  read: Read | null
  readings: readonly Reading[]
  /** Of which read they are, and until when they stand, UTC milliseconds. */
  of: Read | null
  until: number
  /** Whether they are still to be made. */
  due: boolean
}

const NONE: readonly Reading[] = []
const NO_INDICATORS: readonly string[] = []

export function startJudged(catalogue: Catalogue): Judged {
  const watches = new Map<string, Watch>()
  /** The same by the slice itself: no name need be made for it at every look. */
  const known = new Map<Slice, Watch>()
  let watchedBy: readonly Watched[] | null = null
  let [at, silences] = [0, '']

  return {
    watch(rules) {
      if (rules === watchedBy) return
      watchedBy = rules
      known.clear()
      for (const watch of watches.values()) watch.rules = []
      const wanted = new Set<string>()
      for (const [place, slice] of [...rules.map((rule) => rule.slice), UP].entries()) {
        if (!catalogue.indicators.has(slice.indicator)) continue
        const key = sliceKey(slice)
        wanted.add(key)
        const watch = watches.get(key) ?? {
          ...{ slice, rules: [], read: null, readings: NONE, of: null, until: 0, due: false },
          indicators: [slice, ...partSlices(catalogue, slice)].map(({ indicator }) => indicator),
        }
        watches.set(key, watch)
        known.set(slice, watch)
        if (place < rules.length) watch.rules.push(place)
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
    goOn(now) {
      // People plan silences at any time, and a clock may be set back.
      const planned = [...(catalogue.silences?.keys() ?? [])].join(' ')
      const all = planned !== silences || now < at
      ;[at, silences] = [now, planned]
      const due: number[] = []
      for (const watch of watches.values()) {
        const { read } = watch
        if (!read || (watch.of === read && now < watch.until && !all)) continue
        watch.of = read
        watch.until = read.score ? now + AGAIN : standsUntil(catalogue, watch.slice, read.facts, now)
        watch.due = true
        for (const place of watch.rules) due.push(place)
      }
      return due
    },
    readings(slice) {
      const watch = known.get(slice)
      if (!watch?.of) return NONE
      if (watch.due) watch.readings = kept(watch.readings, judgeRead(catalogue, watch.of, at))
      watch.due = false
      return watch.readings
    },
    isWell({ rule, slice }) {
      const read = known.get(slice)?.of
      const indicator = catalogue.indicators.get(slice.indicator)
      if (!read || read.score || !indicator || slice.by.length > 0) return false
      const seen = glimpse(catalogue, indicator, slice, read.facts, at, rule.when.coverage !== undefined)
      return sightOf(rule, indicator, seen, NOTHING, at).seen !== 'bad'
    },
  }
}

const NOTHING: Beside = {}
