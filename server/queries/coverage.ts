/** Coverage: who should have reported and did, and how many spans are there of those that are owed. Pure. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Dimension, Member } from '../../kpi/dimension.ts'
import { expectedOn } from '../../kpi/group.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import { DAY, dayStart, duration, floor, validOn } from '../../kpi/range.ts'
import type { Coverage } from '../../kpi/reading.ts'
import { freshness, LATE_AFTER } from '../../kpi/status.ts'
import { heirs } from '../../kpi/succession.ts'
import { columnsOf } from '../store/columns.ts'
import type { Fact, Facts } from './facts.ts'

const NOBODY: readonly string[] = []

/** How many series a covering member may have at `at`: one for each member of every further dimension that is not fixed. */
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

/** How many series a covering member owes at `at`; null where a further dimension is open and nobody has said that all of its members are owed (`every`). */
export function owedOfEach(
  catalogue: Pick<Catalogue, 'dimensions'>,
  indicator: Indicator,
  where: Members,
  at: number,
): number | null {
  for (let i = 1; i < indicator.dimensions.length; i++) {
    const id = indicator.dimensions[i] as string
    if (where[id] === undefined && !indicator.every?.includes(id)) return null
  }
  return seriesOfEach(catalogue, indicator, where, at)
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

/** Who should have reported and did; and how many spans are there of those that should be by now: of the newest statement (`latest`), whenever it was made, none are owed. */
export function coverage(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  expected: readonly string[] | null,
  parts: ReadonlyMap<string, Fact>,
  facts: Facts,
  now: number,
  latest = false,
): Coverage {
  const ids = expected ?? NOBODY
  // Of what is over only its end could be late.
  const end = Math.min(now, facts.span.to)
  const fresh = (id: string) => freshness(parts.get(id)?.at ?? null, indicator.rhythm, end) === 'fresh'
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
    spans: expected === null || latest ? null : spans(catalogue, indicator, where, ids, parts, facts, now),
    basis: group?.basis ?? null,
  }
}

/**
 * A member owes, of every one of its series and for as long as it is there, every span up to its own newest one, and every span that is more
 * than late; with it what those owed whose figures were carried to it. Only what counts in spans owes any, and only where it is known of which series.
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
  const series = owedOfEach(catalogue, indicator, where, Math.min(now, span.to - 1))
  if (series === null) return null
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
