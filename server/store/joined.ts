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
  const byPart = new Map<string, Map<string, PartLevel>>()
  for (const one of parts) {
    const own = byPart.get(one.part) ?? new Map<string, PartLevel>()
    own.set(`${one.size} ${one.from} ${one.to}`, one)
    byPart.set(one.part, own)
  }
  const levels: Level[] = []
  const apart = new Set<number>()
  for (const [i, target] of targets.entries()) {
    const place = i + 1
    const [above, below] = target.parts.map((part) => byPart.get(part) ?? new Map<string, PartLevel>())
    if (!above) continue
    const said = (one: PartLevel) => (adds[i] ? one.total : one.last)
    if (!below) {
      for (const one of above.values()) levels.push({ ...bare(one), place, value: said(one), base: '0' })
      continue
    }
    const own: Level[] = []
    for (const key of new Set([...above.keys(), ...below.keys()])) {
      const [a, b] = [above.get(key), below.get(key)]
      const one = a && b ? pair(a, b) : alone((a ?? b) as PartLevel)
      if (one === null) apart.add(place)
      else if (one.spans === 0 || !a || !b) own.push({ ...one, place, value: '0', base: '0' })
      else own.push({ ...one, place, value: said(a), base: said(b) })
    }
    if (!apart.has(place)) levels.push(...own)
  }
  return { levels, apart }
}

type Bare = Omit<Level, 'place' | 'value' | 'base'>

function bare({ part: _part, total: _total, last: _last, sign: _sign, ...one }: PartLevel): Bare {
  return one
}

const NOTHING = { spans: 0, at: 0, qualifier: QUALIFIERS[0] } as const

/** A part whose other part says nothing there: no pair. */
function alone(one: PartLevel): Bare {
  return { ...bare(one), ...NOTHING }
}

/** Both parts together; null where they do not stand for the same spans, or it is not known whether they wait, or were corrected, in the same ones. */
function pair(a: PartLevel, b: PartLevel): Bare | null {
  const either = (name: 'held' | 'corrected') => (a[name] > 0 && b[name] > 0 ? null : a[name] + b[name])
  const [held, corrected] = [either('held'), either('corrected')]
  if (held === null || corrected === null) return null
  const none = a.spans === 0 || b.spans === 0
  if (!none && (a.spans !== b.spans || a.sign !== b.sign)) return null
  const together = {
    ...bare(a),
    ...{ held, corrected, stored: Math.max(a.stored, b.stored), seen: a.seen + b.seen },
    ...{ most: Math.max(a.most, b.most), late: Math.max(a.late, b.late) },
  }
  if (none) return { ...together, ...NOTHING }
  const rank = (one: PartLevel) => QUALIFIERS.indexOf(one.qualifier)
  return { ...together, qualifier: rank(a) >= rank(b) ? a.qualifier : b.qualifier }
}
