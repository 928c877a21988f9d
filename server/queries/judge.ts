/** From facts to readings: judged against targets, limits, rhythm and who should have reported, at a given time. Pure. */
import { type Catalogue, sourcesOf } from '../../kpi/catalogue.ts'
import type { Dimension } from '../../kpi/dimension.ts'
import { expectedOn } from '../../kpi/group.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import { floor } from '../../kpi/range.ts'
import type { Citation, Coverage, Mark, Reading } from '../../kpi/reading.ts'
import { silenceOf } from '../../kpi/silence.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import { freshness, judgedAt, NO_RATIO, status } from '../../kpi/status.ts'
import { descendants, onDay } from '../store/filter.ts'
import { coverage } from './coverage.ts'
import type { Fact, Facts } from './facts.ts'

/** Citations by `pointKey` of the members they speak of. */
export type Citations = ReadonlyMap<string, readonly Citation[]>
const NO_CITATIONS: Citations = new Map()

/** Every reading of a slice at `now`: its total, or one for each member that is there or should be. */
export function judge(
  catalogue: Catalogue,
  slice: Slice,
  facts: Facts,
  now: number,
  citations: Citations = NO_CITATIONS,
): readonly Reading[] {
  const indicator = catalogue.indicators.get(slice.indicator)
  if (!indicator) return []
  const covering = indicator.dimensions[0] ?? ''
  const expected = expectedMembers(catalogue, indicator, slice, facts, now)
  const one = (name: string, key: Members, fact: Fact | null, who: readonly string[] | null) =>
    reading(catalogue, indicator, slice, key, fact, facts.parts.get(name), who, facts, now, citations)
  if (slice.by.length === 0) return [one(TOTAL, NO_KEY, facts.total, expected)]
  const should = slice.by.length === 1 && slice.by[0] === covering ? namesOf(covering, expected ?? NOBODY) : NO_NAMES
  const who = expected && membersOf(expected)
  return pointsOf(should, facts).map(([name, key]) => {
    const own = key[covering]
    const asked = own === undefined ? expected : who?.has(own) ? [own] : null
    return one(name, key, facts.points.get(name) ?? null, asked)
  })
}

/** The points that should be there and those that are, by name. */
function pointsOf(should: ReadonlyMap<string, Members>, { points }: Facts): readonly (readonly [string, Members])[] {
  const others = [...points].filter(([name]) => !should.has(name))
  if (others.length === 0) return [...should]
  const all = [...should, ...others.map(([name, { key }]) => [name, key] as const)]
  return all.sort(([a], [b]) => (a < b ? -1 : 1))
}

const TOTAL = pointKey({})
const NO_KEY: Members = {}
const NOBODY: readonly string[] = []
const NO_NAMES: ReadonlyMap<string, Members> = new Map()
const NO_PARTS: ReadonlyMap<string, Fact> = new Map()
const UNCITED: readonly Citation[] = []

/** The same list of members stands for many slices and moments: what is made of it is made once. */
const NAMES = new WeakMap<readonly string[], ReadonlyMap<string, Members>>()
const SETS = new WeakMap<readonly string[], ReadonlySet<string>>()

/** The points of a split by those who report: name → key, in order. */
function namesOf(covering: string, ids: readonly string[]): ReadonlyMap<string, Members> {
  const known = NAMES.get(ids)
  if (known) return known
  const keys = ids.map((id): Members => ({ [covering]: id }))
  const names = new Map(keys.map((key) => [pointKey(key), key] as const).sort(([a], [b]) => (a < b ? -1 : 1)))
  NAMES.set(ids, names)
  return names
}

function membersOf(ids: readonly string[]): ReadonlySet<string> {
  const known = SETS.get(ids) ?? new Set(ids)
  SETS.set(ids, known)
  return known
}

/** The ids that should report for a slice: the declared group on that day, narrowed to `where`; null when nobody has said who. */
export function expectedMembers(
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  { span, units }: Pick<Facts, 'span' | 'units'>,
  now: number,
): readonly string[] | null {
  const dimension = catalogue.dimensions.get(indicator.dimensions[0] ?? '')
  if (!dimension || indicator.expected === undefined) return null
  const at = units === 'today' ? now : Math.min(now, span.to - 1)
  const within = slice.where[dimension.id]
  // Who belongs where changes from one day to the next, and not within it.
  const known = EXPECTED.get(dimension) ?? new Map<string, readonly string[] | null>()
  EXPECTED.set(dimension, known)
  const name = `${indicator.expected} ${within ?? ''} ${floor(at, 'day')}`
  const before = known.get(name)
  if (before !== undefined) return before
  const all = expectedOn(dimension, indicator.expected, at)?.map((member) => member.id) ?? null
  const kept = within === undefined ? null : new Set(descendants(dimension, within, onDay(at)))
  const found = kept && all ? all.filter((id) => kept.has(id)) : all
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, found)
  return found
}
const EXPECTED = new WeakMap<Dimension, Map<string, readonly string[] | null>>()
const MOST_KNOWN = 5000

function reading(
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  key: Members,
  fact: Fact | null,
  parts: ReadonlyMap<string, Fact> | undefined,
  expected: readonly string[] | null,
  facts: Facts,
  now: number,
  citations: Citations,
): Reading {
  const { span } = facts
  const where = { ...slice.where, ...key }
  const ratio = indicator.kind === 'ratio'
  const latest = slice.window === 'latest'
  const cover = coverage(catalogue, indicator, where, expected, parts ?? NO_PARTS, facts, now, latest)
  const own = latest && fact ? { from: fact.from, to: fact.to } : span
  const { numerator, denominator } = ratio && fact ? fact : NO_RATIO
  return {
    slice: sliceKey(slice),
    key,
    from: own.from,
    to: own.to,
    value: fact?.value ?? null,
    numerator,
    denominator,
    unit: indicator.unit === 'percent' ? 'percent' : indicator.id,
    qualifier: fact?.qualifier ?? 'exact',
    status: status(indicator, fact?.value ?? null, { numerator, denominator }, where, judgedAt(now, own)),
    freshness: freshness(fact?.at ?? null, indicator.rhythm, Math.min(now, span.to)),
    marks: marks(catalogue, indicator, where, fact, cover, now, facts.waiting?.get(pointKey(key)) ?? 0),
    coverage: cover,
    asOf: fact?.at ?? null,
    sources: [...(fact?.sources ?? [])].sort(),
    citations: citations.size === 0 ? UNCITED : (citations.get(pointKey(where)) ?? UNCITED),
    ...(fact?.differing && { differing: fact.differing }),
  }
}

function marks(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  fact: Fact | null,
  { missing, spans }: Coverage,
  now: number,
  waiting: number,
): readonly Mark[] {
  const found: Mark[] = []
  // Told also where there is no value: it is why there is none.
  if (!fact && waiting > 0) found.push('held')
  if (fact) {
    if (fact.held > 0) found.push('held')
    if (fact.corrected > 0) found.push('corrected')
    if (fact.differing !== undefined) found.push('differing')
    if (missing.length > 0 || (spans !== null && spans.present < spans.expected)) found.push('partial')
    if (fact.sources.some((source) => catalogue.sources.get(source)?.simulated === true)) found.push('simulated')
    if (indicator.kind === 'reported') found.push('reported')
  }
  // Told also where there is no value.
  if (catalogue.silences?.size) {
    const sources = fact?.sources ?? sourcesOf(catalogue, indicator)
    if (silenceOf(catalogue, { indicator: indicator.id, sources, members: where }, now)) found.push('planned-silence')
  }
  return found
}
