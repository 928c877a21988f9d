/** From facts to readings: judged against targets, limits, rhythm and who should have reported, at a given time. Pure. */
import { type Catalogue, sourcesOf } from '../../kpi/catalogue.ts'
import type { Dimension, Member } from '../../kpi/dimension.ts'
import { expectedOn } from '../../kpi/group.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import { DAY, dayStart, duration, floor, validOn } from '../../kpi/range.ts'
import type { Citation, Coverage, Mark, Reading } from '../../kpi/reading.ts'
import { silenceOf } from '../../kpi/silence.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import { freshness, LATE_AFTER, status } from '../../kpi/status.ts'
import { heirs } from '../../kpi/succession.ts'
import { columnsOf } from '../store/columns.ts'
import { descendants, onDay } from '../store/filter.ts'
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
  const cover = coverage(catalogue, indicator, where, expected, parts ?? NO_PARTS, facts, now)
  const latest = slice.window === 'latest'
  const own = latest && fact ? { from: fact.from, to: fact.to } : span
  const denominator = ratio && fact ? fact.denominator : null
  return {
    slice: sliceKey(slice),
    key,
    from: own.from,
    to: own.to,
    value: fact?.value ?? null,
    numerator: ratio && fact ? fact.numerator : null,
    denominator,
    unit: indicator.unit === 'percent' ? 'percent' : indicator.id,
    qualifier: fact?.qualifier ?? 'exact',
    status: status(indicator, fact?.value ?? null, denominator, where, Math.min(now, own.to)),
    freshness: freshness(fact?.at ?? null, indicator.rhythm, now),
    marks: marks(catalogue, indicator, where, fact, cover, now),
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
): readonly Mark[] {
  const found: Mark[] = []
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

/** How many series a covering member has at `at`: one for each member of every further dimension that is not fixed. */
export function seriesOfEach(
  catalogue: Pick<Catalogue, 'dimensions'>,
  indicator: Indicator,
  where: Members,
  at: number,
): number {
  let series = 1
  for (let i = 1; i < indicator.dimensions.length; i++) {
    const id = indicator.dimensions[i] as string
    const dimension = where[id] === undefined ? catalogue.dimensions.get(id) : undefined
    if (dimension) series *= membersOn(dimension, floor(at, 'day'))
  }
  return series
}

/** How many members a dimension has on a local day: asked for many times of the same few days. */
function membersOn(dimension: Dimension, day: number): number {
  const known = THERE.get(dimension)
  if (known?.day === day) return known.count
  let count = 0
  for (const member of dimension.members.values()) if (validOn(member, day)) count++
  THERE.set(dimension, { day, count })
  return count
}
const THERE = new WeakMap<Dimension, { readonly day: number; readonly count: number }>()

/** Who should have reported and did; and how many spans are there of those that should be by now. */
function coverage(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  expected: readonly string[] | null,
  parts: ReadonlyMap<string, Fact>,
  facts: Facts,
  now: number,
): Coverage {
  const ids = expected ?? NOBODY
  const fresh = (id: string) => freshness(parts.get(id)?.at ?? null, indicator.rhythm, now) === 'fresh'
  const there = ids.filter((id) => parts.has(id))
  const late = there.filter((id) => !fresh(id))
  const group =
    indicator.expected === undefined
      ? undefined
      : catalogue.dimensions.get(indicator.dimensions[0] ?? '')?.members.get(indicator.expected)
  return {
    expected: expected === null ? null : ids.length,
    reported: expected === null ? parts.size : there.length - late.length,
    standing: late.length,
    missing: ids.filter((id) => !parts.has(id)),
    late,
    spans: expected === null ? null : spans(catalogue, indicator, where, ids, parts, facts, now),
    basis: group?.basis ?? null,
  }
}

/**
 * A member owes, of every one of its series and for as long as it is there, every span up to its own newest one, and every span that is more
 * than late; with it what those owed whose figures were carried to it. Only what counts in spans owes any.
 */
function spans(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  ids: readonly string[],
  parts: ReadonlyMap<string, Fact>,
  { span, units }: Facts,
  now: number,
): Coverage['spans'] {
  const dimension = catalogue.dimensions.get(indicator.dimensions[0] ?? '')
  const beat = indicator.rhythm === undefined ? null : duration(indicator.rhythm)
  if (beat === null || columnsOf(indicator, catalogue.indicators).stands) return null
  const series = seriesOfEach(catalogue, indicator, where, Math.min(now, span.to - 1))
  const due = floor(Math.min(now - LATE_AFTER * beat, span.to), beat)
  const former = dimension && units === 'today' ? formersOf(dimension, indicator.expected, now) : NO_FORMERS
  const owed = (id: string) => {
    const until = Math.max(due, Math.min(parts.get(id)?.at ?? 0, span.to))
    const own = (member: Member | undefined) => {
      const from = Math.max(span.from, member?.from === undefined ? 0 : dayStart(member.from))
      const to = member?.to === undefined ? until : Math.min(until, dayStart(member.to) + DAY)
      return Math.max(0, Math.round((to - from) / beat))
    }
    return (former.get(id) ?? []).reduce((sum, one) => sum + own(one), own(dimension?.members.get(id)))
  }
  return {
    present: ids.reduce((sum, id) => sum + (parts.get(id)?.spans ?? 0), 0),
    expected: ids.reduce((sum, id) => sum + owed(id) * series, 0),
  }
}

/** Of each member those it goes on for, as far as they should have reported while they were there. */
function formersOf(
  dimension: Dimension,
  expected: string | undefined,
  now: number,
): ReadonlyMap<string, readonly Member[]> {
  if (expected === undefined) return NO_FORMERS
  const name = `${expected} ${floor(now, 'day')}`
  const known = FORMERS.get(dimension)
  if (known?.name === name) return known.of
  const of = new Map<string, readonly Member[]>()
  for (const [id, { member }] of heirs(dimension, now)) {
    const one = dimension.members.get(id)
    if (one?.to === undefined || !expectedOn(dimension, expected, dayStart(one.to))?.includes(one)) continue
    of.set(member.id, [...(of.get(member.id) ?? []), one])
  }
  FORMERS.set(dimension, { name, of })
  return of
}
const FORMERS = new WeakMap<Dimension, { readonly name: string; readonly of: ReadonlyMap<string, readonly Member[]> }>()
const NO_FORMERS: ReadonlyMap<string, readonly Member[]> = new Map()
