/** What the buckets of a target come to from those of its parts: itself, or a ratio of two that speak of the same spans; and its days from its hours. Pure. */
import { decimal, micro } from '../../kpi/decimal.ts'
import { QUALIFIERS, type Qualifier } from '../../kpi/observation.ts'
import { DAY, floor, HOUR } from '../../kpi/range.ts'
import type { DayLevel, Level } from './levels.ts'
import type { Target } from './touched.ts'

/** A touched bucket of one series, as told: both what its spans add up to and what was said last. Decimals as text, times in UTC milliseconds. */
export interface PartLevel extends Omit<Level, 'place' | 'value' | 'base' | 'qualifier'> {
  readonly part: string
  readonly total: string
  readonly last: string
  readonly qualifier: Qualifier
  /** Equal where the same spans stand. */
  readonly sign: string
}

export interface Joined {
  /** What is known from the parts. */
  readonly levels: readonly Level[]
  /** Places of targets whose parts do not speak of the same spans in some bucket: only span by span is it known what is a pair. */
  readonly apart: ReadonlySet<number>
}

/** Levels of `targets` (places are counted from 1; all, or those of `places`) from those of their parts. `adds`: whether a target's spans add up, by place less one. */
export function joined(
  parts: readonly PartLevel[],
  targets: readonly Target[],
  adds: readonly number[],
  places: readonly number[] = targets.map((_, i) => i + 1),
): Joined {
  const byPart = new Map<string, PartLevel[]>()
  for (const one of parts) {
    const own = byPart.get(one.part)
    if (own) own.push(one)
    else byPart.set(one.part, [one])
  }
  const levels: Level[] = []
  const apart = new Set<number>()
  for (const place of places) {
    const target = targets[place - 1] as Target
    const adding = adds[place - 1]
    const [above = [], below = []] = target.parts.map((part) => byPart.get(part) ?? [])
    if (target.parts.length === 1) {
      for (const one of above) levels.push(level(one, place, adding ? one.total : one.last))
      continue
    }
    const own: Level[] = []
    const unpaired = new Map(below.map((one) => [keyOf(one), one]))
    for (const a of above) {
      const b = unpaired.get(keyOf(a))
      unpaired.delete(keyOf(a))
      const one = b ? pair(a, b) : alone(a)
      if (one === null) apart.add(place)
      else if (!b || one.spans === 0) own.push(level(one, place, '0'))
      else own.push(level(one, place, adding ? a.total : a.last, adding ? b.total : b.last))
    }
    for (const one of unpaired.values()) own.push(level(alone(one), place, '0'))
    if (!apart.has(place)) levels.push(...own)
  }
  return { levels, apart }
}

type Bare = Omit<Level, 'place' | 'value' | 'base'>

const keyOf = ({ size, from, to }: PartLevel) => `${size} ${from} ${to}`

/** Field by field: of thousands a second, copies of all but some cost more than the rest. */
function level(one: Bare, place: number, value: string, base = '0'): Level {
  const { size, from, to, at, qualifier, spans, held, corrected, stored, seen, most, late } = one
  return { size, place, from, to, value, base, at, qualifier, spans, held, corrected, stored, seen, most, late }
}

const NOTHING = { spans: 0, at: 0, qualifier: QUALIFIERS[0] } as const

/** A part whose other part says nothing there: no pair. */
function alone({ size, from, to, held, corrected, stored, seen, most, late }: Bare): Bare {
  return { size, from, to, ...NOTHING, held, corrected, stored, seen, most, late }
}

/** Both parts together; null where they do not stand for the same spans, or it is not known whether they wait, or were corrected, in the same ones. */
function pair(a: PartLevel, b: PartLevel): Bare | null {
  if ((a.held > 0 && b.held > 0) || (a.corrected > 0 && b.corrected > 0)) return null
  const none = a.spans === 0 || b.spans === 0
  if (!none && (a.spans !== b.spans || a.sign !== b.sign)) return null
  const { size, from, to, at } = a
  const [held, corrected, seen] = [a.held + b.held, a.corrected + b.corrected, a.seen + b.seen]
  const [stored, most, late] = [Math.max(a.stored, b.stored), Math.max(a.most, b.most), Math.max(a.late, b.late)]
  if (none) return { size, from, to, ...NOTHING, held, corrected, stored, seen, most, late }
  const rank = (one: PartLevel) => QUALIFIERS.indexOf(one.qualifier)
  const qualifier = rank(a) >= rank(b) ? a.qualifier : b.qualifier
  return { size, from, to, at, qualifier, spans: a.spans, held, corrected, stored, seen, most, late }
}

/** A bucket as it is written. */
export type Bucket = Omit<Level, 'size' | 'most' | 'late'>

/**
 * The days that begin at one of `begins`, of some targets (by place, from 1): what `told` says of their hours, and with it those hours among `levels`, which `told` left out.
 * Flows add up; of what stands the last counts. `adds`: whether a target's spans add up, by place less one.
 */
export function withHours(
  told: ReadonlyMap<number, readonly Day[]>,
  levels: readonly Level[],
  adds: readonly number[],
  begins: readonly number[],
): readonly Bucket[] {
  const days: (Day & { readonly place: number })[] = []
  const hours = new Map<number, Level[]>()
  for (const one of levels) hours.set(one.place, [...(hours.get(one.place) ?? []), one])
  for (const place of new Set([...told.keys(), ...hours.keys()]))
    for (const day of daysWith(told.get(place) ?? [], hours.get(place) ?? [], begins)) days.push({ ...day, place })
  return days.map(({ place, from, to, sums, last, at, spans, held, corrected, stored, seen }) => {
    const [value, base] = adds[place - 1] ? sums : last
    return { place, from, to, value, base, at, qualifier: last[2], spans, held, corrected, stored, seen }
  })
}

/** What some hours of a target come to, as told, or a span that fits no day. */
export type Day = Omit<DayLevel, 'part' | 'newest'>

/** The days of one target: what is `told` of them, and with it those hours among `levels` whose days begin at one of `begins`. */
export function daysWith(told: readonly Day[], levels: readonly Level[], begins: readonly number[]): readonly Day[] {
  const days = new Map(told.map((one) => [`${one.from} ${one.to}`, one]))
  for (const one of levels) {
    if (one.size !== HOUR) continue
    const own = dayOf(one)
    if (!begins.includes(own.from)) continue
    const key = `${own.from} ${own.to}`
    const known = days.get(key)
    days.set(key, known ? together(known, own) : own)
  }
  return [...days.values()]
}

/** An hour as what its day comes to by it alone: the day that holds it, or the span itself where it fits none. */
function dayOf({ from, to, value, base, at, qualifier, spans, held, corrected, stored, seen }: Level): Day {
  const begun = floor(from, 'day')
  const fits = to <= begun + DAY
  return {
    ...{ from: fits ? begun : from, to: fits ? begun + DAY : to },
    ...{ sums: spans > 0 ? [value, base] : ['0', '0'], last: [value, base, qualifier, from] },
    ...{ at, spans, held, corrected, stored, seen },
  }
}

function together(a: Day, b: Day): Day {
  const added = (i: 0 | 1) => sumOf(a.sums[i], b.sums[i])
  return {
    ...a,
    ...{ sums: [added(0), added(1)], last: (isLater(b, a) ? b : a).last, at: Math.max(a.at, b.at) },
    ...{ spans: a.spans + b.spans, held: a.held + b.held, corrected: a.corrected + b.corrected },
    ...{ stored: Math.max(a.stored, b.stored), seen: a.seen + b.seen },
  }
}

/** Counts whose sum a double holds, as most are. */
const COUNT = /^\d{1,15}$/

const sumOf = (a: string, b: string): string =>
  COUNT.test(a) && COUNT.test(b) ? String(Number(a) + Number(b)) : decimal(micro(a) + micro(b))

/** Whether what stands in `a` was said after what stands in `b`; where nothing does, nothing was. */
function isLater(a: Day, b: Day): boolean {
  if (a.spans === 0 || b.spans === 0) return b.spans === 0
  return a.at > b.at || (a.at === b.at && a.last[3] > b.last[3])
}
