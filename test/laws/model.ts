/** The naive model: what the folds should say, computed from a list of statements by plain loops. Imports nothing of the program. */

export interface Statement {
  readonly id: string
  readonly indicator: string
  readonly source: string
  readonly unit: string
  readonly from: number
  readonly to: number
  /** Whole micro-units, so that the model's sums are exact. */
  readonly micro: bigint
  readonly state: 'taken' | 'held' | 'withdrawn' | 'refused'
  readonly received: number
}

export interface Bucket {
  readonly indicator: string
  readonly source: string
  readonly unit: string
  readonly from: number
  readonly to: number
  readonly value: bigint
  readonly base: bigint
  readonly spans: number
  readonly held: number
  readonly corrected: number
  readonly at: number
}

interface Standing {
  readonly key: Statement
  readonly micro: bigint | null
  readonly waits: boolean
  readonly changed: boolean
}

/** What stands for every key: the newest version that is neither held nor a refusal, unless that one withdraws. */
function standings(statements: readonly Statement[]): Map<string, Standing> {
  const byKey = new Map<string, Statement[]>()
  for (const statement of statements) {
    const key = [statement.indicator, statement.source, statement.unit, statement.from, statement.to].join('|')
    byKey.set(key, [...(byKey.get(key) ?? []), statement])
  }
  const result = new Map<string, Standing>()
  for (const [key, versions] of byKey) {
    const ordered = [...versions].sort((a, b) => a.received - b.received || (a.id < b.id ? -1 : 1))
    const last = ordered[ordered.length - 1] as Statement
    const spoken = ordered.filter((version) => version.state === 'taken' || version.state === 'withdrawn').pop()
    const taken = new Set(ordered.filter((version) => version.state === 'taken').map((version) => version.micro))
    result.set(key, {
      key: last,
      micro: spoken?.state === 'taken' ? spoken.micro : null,
      waits: last.state === 'held',
      changed: taken.size > 1,
    })
  }
  return result
}

/**
 * What a person says who decides on a held statement: nothing when something newer was said of its key. The word stands in the place of that
 * statement, whenever it is given: what its source said later speaks, also when it is stored only after the decision. A refusal says no value: what stands
 * is what else was said, also what was said before and is stored only after the refusal.
 */
export function decided(statements: readonly Statement[], held: Statement, release: boolean): Statement | null {
  const same = (one: Statement) =>
    one.indicator === held.indicator &&
    one.source === held.source &&
    one.unit === held.unit &&
    one.from === held.from &&
    one.to === held.to
  const later = (a: Statement, b: Statement) => a.received > b.received || (a.received === b.received && a.id > b.id)
  if (statements.some((one) => same(one) && later(one, held))) return null
  return { ...held, id: `${held.id}.decided`, state: release ? 'taken' : 'refused' }
}

const SIZES = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const
const OFFSET = 7 * 3_600_000

function bucketOf(grain: keyof typeof SIZES, from: number, to: number): readonly [number, number] {
  const size = SIZES[grain]
  const start = Math.floor((from + OFFSET) / size) * size - OFFSET
  return to <= start + size ? [start, start + size] : [from, to]
}

/** Every bucket of a grain in which anything stands, by `indicator|source|unit|from|to`. */
export function model(
  statements: readonly Statement[],
  grain: keyof typeof SIZES,
  flows: readonly string[],
  ratios: readonly { id: string; of: string; to: string; stands: boolean }[],
  levels: readonly string[],
): Map<string, Bucket> {
  const buckets = new Map<string, Bucket>()
  /** Bucket → the end and begin of the span that stands last in it, for what is not added up. */
  const last = new Map<string, readonly [number, number]>()
  const lasting = new Set([...levels, ...ratios.filter((ratio) => ratio.stands).map((ratio) => ratio.id)])
  const add = (
    indicator: string,
    one: Statement,
    value: bigint,
    base: bigint,
    waits: boolean,
    changed: boolean,
    stands: boolean,
  ) => {
    const [from, to] = bucketOf(grain, one.from, one.to)
    const name = [indicator, one.source, one.unit, from, to].join('|')
    const before = buckets.get(name)
    const newest = last.get(name)
    const later = newest === undefined || one.to > newest[0] || (one.to === newest[0] && one.from > newest[1])
    if (stands && later) last.set(name, [one.to, one.from])
    const next = (old: bigint, own: bigint) => {
      if (lasting.has(indicator)) return stands && later ? own : old
      return old + (stands ? own : 0n)
    }
    buckets.set(name, {
      indicator,
      source: one.source,
      unit: one.unit,
      from,
      to,
      value: next(before?.value ?? 0n, value),
      base: next(before?.base ?? 0n, base),
      spans: (before?.spans ?? 0) + (stands ? 1 : 0),
      held: (before?.held ?? 0) + (waits ? 1 : 0),
      corrected: (before?.corrected ?? 0) + (changed ? 1 : 0),
      at: Math.max(before?.at ?? 0, stands ? one.to : 0),
    })
  }
  const all = standings(statements)
  for (const { key, micro, waits, changed } of all.values()) {
    if (flows.includes(key.indicator) || levels.includes(key.indicator))
      add(key.indicator, key, micro ?? 0n, 0n, waits, changed, micro !== null)
  }
  for (const ratio of ratios) {
    const seen = new Set<string>()
    for (const { key } of all.values()) {
      if (key.indicator !== ratio.of && key.indicator !== ratio.to) continue
      const rest = [key.source, key.unit, key.from, key.to].join('|')
      if (seen.has(rest)) continue
      seen.add(rest)
      const above = all.get(`${ratio.of}|${rest}`)
      const below = all.get(`${ratio.to}|${rest}`)
      const both =
        above?.micro !== null && above?.micro !== undefined && below?.micro !== null && below?.micro !== undefined
      add(
        ratio.id,
        key,
        above?.micro ?? 0n,
        below?.micro ?? 0n,
        Boolean(above?.waits || below?.waits),
        Boolean(above?.changed || below?.changed),
        both,
      )
    }
  }
  return new Map([...buckets].filter(([, bucket]) => bucket.spans > 0 || bucket.held > 0))
}
