/** What the buckets of a target come to from those of its parts: itself, or a ratio of two that speak of the same spans. Pure. */
import { QUALIFIERS, type Qualifier } from '../../kpi/observation.ts'
import type { Level } from './levels.ts'
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

/** Levels of `targets` (places are counted from 1) from those of their parts. `adds`: whether a target's spans add up, by place less one. */
export function joined(parts: readonly PartLevel[], targets: readonly Target[], adds: readonly number[]): Joined {
  const byPart = new Map<string, PartLevel[]>()
  for (const one of parts) {
    const own = byPart.get(one.part)
    if (own) own.push(one)
    else byPart.set(one.part, [one])
  }
  const levels: Level[] = []
  const apart = new Set<number>()
  for (const [i, target] of targets.entries()) {
    const place = i + 1
    const [above = [], below = []] = target.parts.map((part) => byPart.get(part) ?? [])
    if (target.parts.length === 1) {
      for (const one of above) levels.push(level(one, place, adds[i] ? one.total : one.last))
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
      else own.push(level(one, place, adds[i] ? a.total : a.last, adds[i] ? b.total : b.last))
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
function alone(one: PartLevel): Bare {
  return { ...one, ...NOTHING }
}

/** Both parts together; null where they do not stand for the same spans, or it is not known whether they wait, or were corrected, in the same ones. */
function pair(a: PartLevel, b: PartLevel): Bare | null {
  const either = (name: 'held' | 'corrected') => (a[name] > 0 && b[name] > 0 ? null : a[name] + b[name])
  const [held, corrected] = [either('held'), either('corrected')]
  if (held === null || corrected === null) return null
  const none = a.spans === 0 || b.spans === 0
  if (!none && (a.spans !== b.spans || a.sign !== b.sign)) return null
  const together = {
    ...a,
    ...{ held, corrected, stored: Math.max(a.stored, b.stored), seen: a.seen + b.seen },
    ...{ most: Math.max(a.most, b.most), late: Math.max(a.late, b.late) },
  }
  if (none) return { ...together, ...NOTHING }
  const rank = (one: PartLevel) => QUALIFIERS.indexOf(one.qualifier)
  return { ...together, qualifier: rank(a) >= rank(b) ? a.qualifier : b.qualifier }
}
