/** From facts to readings: judged against targets, limits, rhythm and who should have reported, at a given time. Pure. */
import { type Catalogue, sourcesOf } from '../../kpi/catalogue.ts'
import { expectedOn } from '../../kpi/group.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import { duration, floor, type Span, validOn } from '../../kpi/range.ts'
import type { Citation, Coverage, Mark, Reading } from '../../kpi/reading.ts'
import { silenceOf } from '../../kpi/silence.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import { freshness, LATE_AFTER, status } from '../../kpi/status.ts'
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
  if (slice.by.length === 0) {
    return [
      reading(
        catalogue,
        indicator,
        slice,
        {},
        facts.total,
        facts.parts.get(pointKey({})),
        expected,
        facts.span,
        now,
        citations,
      ),
    ]
  }
  const keys = new Map<string, Members>([...facts.points].map(([name, point]) => [name, point.key]))
  if (slice.by.length === 1 && slice.by[0] === covering) {
    for (const id of expected ?? []) keys.set(pointKey({ [covering]: id }), { [covering]: id })
  }
  return [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, key]) => {
      const own = key[covering]
      const who = own === undefined ? expected : expected?.includes(own) ? [own] : null
      return reading(
        catalogue,
        indicator,
        slice,
        key,
        facts.points.get(name) ?? null,
        facts.parts.get(name),
        who,
        facts.span,
        now,
        citations,
      )
    })
}

/** The ids that should report for a slice: the declared group on that day, narrowed to `where`; null when nobody has said who. */
function expectedMembers(
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  { span, units }: Facts,
  now: number,
): readonly string[] | null {
  const dimension = catalogue.dimensions.get(indicator.dimensions[0] ?? '')
  if (!dimension || indicator.expected === undefined) return null
  const at = units === 'today' ? now : Math.min(now, span.to - 1)
  const all = expectedOn(dimension, indicator.expected, at)?.map((member) => member.id) ?? null
  const within = slice.where[dimension.id]
  const kept = within === undefined ? null : new Set(descendants(dimension, within, onDay(at)))
  return kept && all ? all.filter((id) => kept.has(id)) : all
}

function reading(
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  key: Members,
  fact: Fact | null,
  parts: ReadonlyMap<string, Fact> | undefined,
  expected: readonly string[] | null,
  span: Span,
  now: number,
  citations: Citations,
): Reading {
  const where = { ...slice.where, ...key }
  const ratio = indicator.kind === 'ratio'
  const cover = coverage(catalogue, indicator, where, expected, parts ?? new Map(), span, now)
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
    marks: [...marks(catalogue, indicator, fact, cover), ...planned(catalogue, indicator, where, fact, now)],
    coverage: cover,
    asOf: fact?.at ?? null,
    sources: [...(fact?.sources ?? [])].sort(),
    citations: citations.get(pointKey(where)) ?? [],
    ...(fact?.differing && { differing: fact.differing }),
  }
}

function marks(catalogue: Catalogue, indicator: Indicator, fact: Fact | null, cover: Coverage): readonly Mark[] {
  if (!fact) return []
  const gaps = cover.spans !== null && cover.spans.present < cover.spans.expected
  const found: readonly (readonly [Mark, boolean])[] = [
    ['held', fact.held > 0],
    ['corrected', fact.corrected > 0],
    ['differing', fact.differing !== undefined],
    ['partial', cover.missing.length > 0 || gaps],
    ['simulated', fact.sources.some((source) => catalogue.sources.get(source)?.simulated === true)],
    ['reported', indicator.kind === 'reported'],
  ]
  return found.filter(([, is]) => is).map(([mark]) => mark)
}

/** Whether a point is silent by plan at `now`: told also where there is no value. */
function planned(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  fact: Fact | null,
  now: number,
): readonly Mark[] {
  if (!catalogue.silences?.size) return []
  const sources = fact?.sources ?? sourcesOf(catalogue, indicator)
  return silenceOf(catalogue, { indicator: indicator.id, sources, members: where }, now) ? ['planned-silence'] : []
}

/** How many series a covering member has at `at`: one for each member of every further dimension that is not fixed. */
export function seriesOfEach(
  catalogue: Pick<Catalogue, 'dimensions'>,
  indicator: Indicator,
  where: Members,
  at: number,
): number {
  const there = (dimension: string) =>
    [...(catalogue.dimensions.get(dimension)?.members.values() ?? [])].filter((member) => validOn(member, at)).length
  return indicator.dimensions
    .slice(1)
    .filter((dimension) => where[dimension] === undefined)
    .reduce((all, dimension) => all * (catalogue.dimensions.has(dimension) ? there(dimension) : 1), 1)
}

/** Who should have reported and did; and how many spans are there of those that should be by now. */
function coverage(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  expected: readonly string[] | null,
  parts: ReadonlyMap<string, Fact>,
  span: Span,
  now: number,
): Coverage {
  const ids = expected ?? []
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
    spans: expected === null ? null : spans(catalogue, indicator, where, ids, parts, span, now),
    basis: group?.basis ?? null,
  }
}

/** A member owes, of every one of its series, every span up to its own newest one, and every span that is more than late. Only what counts in spans owes any. */
function spans(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  ids: readonly string[],
  parts: ReadonlyMap<string, Fact>,
  span: Span,
  now: number,
): Coverage['spans'] {
  const beat = indicator.rhythm === undefined ? null : duration(indicator.rhythm)
  if (beat === null || columnsOf(indicator, catalogue.indicators).stands) return null
  const series = seriesOfEach(catalogue, indicator, where, Math.min(now, span.to - 1))
  const due = floor(Math.min(now - LATE_AFTER * beat, span.to), beat)
  const owed = (id: string) =>
    Math.max(0, Math.round((Math.max(due, Math.min(parts.get(id)?.at ?? 0, span.to)) - span.from) / beat))
  return {
    present: ids.reduce((sum, id) => sum + (parts.get(id)?.spans ?? 0), 0),
    expected: ids.reduce((sum, id) => sum + owed(id) * series, 0),
  }
}
