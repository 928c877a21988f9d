/**
 * What a server that folds keeps in mind: of series it is told of the versions of their last hours, and what the hours of their days come to. A fold of
 * what was told then asks the store nothing.
 *
 * What is kept is never more than what is stored, so the version of what is folded from it (the number of versions that went in) is never too high, and
 * whatever somebody else stores is found by looking: that fold reads the store, and lets go of what is kept of its series before it does.
 */
import { floor, HOUR } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import { type Bucket, type Day, daysWith, withHours } from './joined.ts'
import { OVERLAP } from './late.ts'
import { type DayLevel, type Level, LOWER } from './levels.ts'
import { HOURS, LASTS, startRecent, YOUNG } from './recent.ts'
import { levelsOf } from './said.ts'
import { bucketsOf, type Noted, type Target } from './touched.ts'

/** The most series whose days are kept. */
const MOST = 20_000

interface KeptDay {
  readonly at: number
  /** What all but the kept hours come to. */
  rest: readonly Day[]
  readonly hours: Map<number, readonly Level[]>
  /** Later hours are not in the rest. */
  newest: number
}

/** What was computed from what is kept. */
export interface Recalled {
  readonly levels: readonly Level[]
  readonly days: readonly Bucket[]
  /** Places (from 1) of targets of which not all is kept. */
  readonly cold: readonly number[]
}

/** What a fold read and computed of targets of which not all was kept. */
export interface Learnt {
  /** What the hours of the touched days but for `without` come to, by place. */
  readonly others: ReadonlyMap<number, readonly DayLevel[]>
  readonly levels: readonly Level[]
  readonly without: readonly number[]
  readonly days: readonly number[]
}

export interface Mind {
  /** Begins a fold: takes what was told and computes what it can. Of targets that were not wholly told everything is let go. */
  recall(noted: readonly Noted[], targets: readonly Target[], adds: readonly number[]): Recalled
  /** Keeps what a fold learnt of its cold targets, unless another began meanwhile. */
  learn(recalled: Recalled, targets: readonly Target[], learnt: Learnt): void
  /** Reads, to keep them, the versions of cold targets in the hours from one moment to another. */
  read(
    recalled: Recalled,
    targets: readonly Target[],
    spoken: readonly string[],
    from: number,
    to: number,
  ): Promise<void>
  /** Before a fold reads the store for other reasons: nothing is kept of these. */
  forget(targets: readonly Target[]): void
  forgetAll(): void
  /** Keeps nothing of what hours come to until `work` is over. */
  without<T>(work: () => Promise<T>): Promise<T>
}

export function startMind(store: Store): Mind {
  const recent = startRecent(store)
  /** By series, and by the moment each begins. */
  const days = new Map<string, Map<number, KeptDay>>()
  /** The fold that last began to compute a target from the store. */
  const computing = new Map<string, Recalled>()
  /** Batches that were taken, and when they were stored. */
  const taken = new Map<string, number>()
  let off = 0

  const isOld = ({ at }: { readonly at: number }) => Math.abs(store.now() - at) > LASTS

  function forget(targets: readonly Target[]): void {
    for (const { series, parts: own } of targets) {
      for (const part of own) recent.forget(part)
      forgetDays(series)
    }
  }
  function forgetDays(series: string): void {
    computing.delete(series)
    days.delete(series)
  }
  function forgetAll(): void {
    for (const kept of [recent, days, computing]) kept.clear()
  }

  /** Whether all of it can be taken: it was told, lately, and once. */
  function isSure(noted: readonly Noted[]): boolean {
    const now = store.now()
    const told = new Map(noted.flatMap(({ heard }) => heard ?? []).map(({ batch, stored }) => [batch, stored]))
    const sure =
      noted.every(({ heard }) => heard !== undefined) &&
      [...told].every(([batch, stored]) => !taken.has(batch) && Math.abs(now - stored) < OVERLAP)
    for (const [batch, stored] of taken) if (Math.abs(now - stored) > 2 * OVERLAP) taken.delete(batch)
    for (const [batch, stored] of told) taken.set(batch, stored)
    return sure
  }

  function recall(noted: readonly Noted[], targets: readonly Target[], adds: readonly number[]): Recalled {
    const levels: Level[] = []
    const told: Bucket[] = []
    const cold: number[] = []
    if (!isSure(noted)) {
      forget(targets)
      return { levels, days: told, cold: targets.map((_, i) => i + 1) }
    }
    for (const one of noted) recent.take(one)
    const bySeries = new Map(noted.map((one) => [one.series, one]))
    const result = { levels, days: told, cold }
    for (const [i, target] of targets.entries()) {
      const touched = target.parts.flatMap((part) => bySeries.get(part) ?? [])
      const one = recallOne(target, touched, adds[i] ?? 0)
      if (one === null) {
        cold.push(i + 1)
        forgetDays(target.series)
        computing.set(target.series, result)
        continue
      }
      for (const level of one.levels) levels.push({ ...level, place: i + 1 })
      for (const day of one.days) told.push({ ...day, place: i + 1 })
    }
    return result
  }

  function recallOne(target: Target, touched: readonly Noted[], adds: number): Omit<Recalled, 'cold'> | null {
    const moments = new Set(LOWER.flatMap((grain) => bucketsOf(grain, touched)))
    const hours = [...new Set([...moments].map((at) => floor(at, 'hour')))]
    if (touched.some(({ spans }) => spans.some(([from, to]) => to > floor(from, 'hour') + HOUR))) return null
    const found = target.parts.map((series) => recent.hoursOf(series, hours))
    if (!found.every((one) => one !== null)) return null
    const levels = levelsOf(found, moments, adds === 1)
    const touchedDays = [...new Set(hours.map((hour) => floor(hour, 'day')))]
    const kept = touchedDays.map((day) => days.get(target.series)?.get(day))
    const byMoment = new Map(
      [...moments].map((at) => [at, levels.filter(({ size, from }) => size === HOUR && from === at)]),
    )
    const isKnown = (at: number, own: readonly Level[]) => {
      const day = kept[touchedDays.indexOf(floor(at, 'day'))]
      return (
        day && !isOld(day) && (day.hours.has(at) || at > day.newest || (own.length === 0 && at !== floor(at, 'hour')))
      )
    }
    if (![...byMoment].every(([at, own]) => isKnown(at, own))) return null
    const told = touchedDays.flatMap((begin, i) => {
      const day = kept[i] as KeptDay
      for (const [at, own] of byMoment) if (own.length > 0 && floor(at, 'day') === begin) day.hours.set(at, own)
      settle(day, begin)
      return withHours(new Map([[1, day.rest]]), [...day.hours.values()].flat(), [adds], [begin])
    })
    return { levels, days: told }
  }

  async function without<T>(work: () => Promise<T>): Promise<T> {
    off++
    forgetAll()
    try {
      return await work()
    } finally {
      off--
      forgetAll()
    }
  }

  function learn(recalled: Recalled, targets: readonly Target[], learnt: Learnt): void {
    if (off > 0) return
    const { others, levels, without, days: begins } = learnt
    const byPlace = new Map<number, Level[]>()
    for (const one of levels) byPlace.set(one.place, [...(byPlace.get(one.place) ?? []), { ...one, place: 1 }])
    const now = store.now()
    for (const place of recalled.cold) {
      const { series } = targets[place - 1] as Target
      if (computing.get(series) !== recalled) continue
      forgetDays(series)
      const own = (byPlace.get(place) ?? []).filter(({ size }) => size === HOUR)
      const told = others.get(place) ?? []
      const kept = begins.filter((begin) => begin >= now - YOUNG).map((begin) => [begin, dayOf(begin)] as const)
      days.set(series, new Map(kept))

      function dayOf(begin: number): KeptDay {
        const hours = new Map<number, readonly Level[]>()
        for (const moment of without) {
          const here = own.filter(({ from }) => from === moment)
          const isHour = moment === floor(moment, 'hour')
          if (floor(moment, 'day') === begin && (here.length > 0 || isHour)) hours.set(moment, here)
        }
        const rest = told.filter(({ from }) => from === begin)
        const newest = rest.reduce((last, one) => Math.max(last, one.newest), Number.NEGATIVE_INFINITY)
        return { at: now, rest, hours, newest }
      }
    }
    trim(days, MOST)
    trim(computing, MOST)
  }

  function read(
    { cold }: Recalled,
    targets: readonly Target[],
    spoken: readonly string[],
    from: number,
    to: number,
  ): Promise<void> {
    const wanted = new Set(cold.flatMap((place) => (targets[place - 1] as Target).parts))
    return recent.read([...wanted], spoken, from, to)
  }

  return { recall, learn, read, forget, forgetAll, without }
}

/** Of a day only the last hours are kept by themselves. */
function settle(day: KeptDay, begin: number): void {
  const old = [...day.hours.keys()].sort((a, b) => b - a).slice(HOURS + 1)
  for (const at of old) {
    day.rest = daysWith(day.rest, day.hours.get(at) ?? [], [begin])
    day.newest = Math.max(day.newest, at)
    day.hours.delete(at)
  }
}

/** Lets the longest untouched go. */
function trim(kept: Map<string, unknown>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return
    kept.delete(key)
  }
}
