/** Less than a judgement: what of a total can be told without making a reading of it, and until when a judgement stands while nothing new is said. Pure. */
import { type Catalogue, sourcesOf } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { DAY, duration, floor, MINUTE } from '../../kpi/range.ts'
import type { Mark } from '../../kpi/reading.ts'
import type { Looked } from '../../kpi/sight.ts'
import type { Silence } from '../../kpi/silence.ts'
import { pointKey, type Slice } from '../../kpi/slice.ts'
import { absence, freshness, LATE_AFTER, NO_RATIO, STALE_AFTER } from '../../kpi/status.ts'
import { columnsOf } from '../store/columns.ts'
import type { Facts } from './facts.ts'
import { expectedMembers } from './judge.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const TOTAL = pointKey({})
const HELD: readonly Mark[] = ['held']
const NO_MARKS: readonly Mark[] = []
const NO_COVERAGE = { standing: 0, missing: [], late: [], spans: null, basis: null }
/** The one glimpse there is: good until the next. */
const glimpsed: Writable<Looked> = {
  ...{ key: {}, to: 0, value: null, denominator: null, status: 'not-judged', freshness: 'fresh', marks: NO_MARKS },
  ...{ coverage: { ...NO_COVERAGE, expected: null, reported: 0 }, asOf: null },
}

/**
 * A slice's total at `now`, as `judge` would say it, in the fields that are named; `covered`: its coverage too, else nobody is expected.
 * Nothing is made for it: what it answers is only good until it is called again.
 */
export function glimpse(
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  facts: Facts,
  now: number,
  covered: boolean,
): Looked {
  const { total, span } = facts
  glimpsed.to = slice.window === 'latest' && total ? total.to : span.to
  glimpsed.value = total?.value ?? null
  const parts = indicator.kind === 'ratio' && total ? total : NO_RATIO
  glimpsed.denominator = parts.denominator
  // Of a status only this much is asked: whether there is nothing at all.
  glimpsed.status = glimpsed.value === null ? absence(parts) : 'not-judged'
  glimpsed.asOf = total?.at ?? null
  glimpsed.freshness = freshness(glimpsed.asOf, indicator.rhythm, now)
  glimpsed.marks = total && total.held > 0 ? HELD : NO_MARKS
  if (covered) {
    const ids = expectedMembers(catalogue, indicator, slice, facts, now)
    const parts = facts.parts.get(TOTAL)
    const reported = (ids ?? []).filter((id) => {
      const at = parts?.get(id)?.at
      return at !== undefined && freshness(at, indicator.rhythm, now) === 'fresh'
    })
    glimpsed.coverage = { ...NO_COVERAGE, expected: ids?.length ?? null, reported: reported.length }
  }
  return glimpsed
}

/** Whether a silence may speak of a point of a slice; when in doubt it may. */
function mayCover(
  { indicators, units, sources }: Silence,
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  { total }: Facts,
) {
  if (indicators && !indicators.includes(indicator.id)) return false
  if (slice.by.length > 0) return true
  if (units && !units.includes(slice.where.unit ?? '')) return false
  const own = total?.sources ?? sourcesOf(catalogue, indicator)
  return !sources || own.every((source) => sources.includes(source))
}

/** The first moment after `now` at which the same facts may be judged otherwise: who is expected, targets, ages, owed periods and silences follow the clock. */
export function standsUntil(catalogue: Catalogue, slice: Slice, facts: Facts, now: number): number {
  const indicator = catalogue.indicators.get(slice.indicator)
  let until = floor(now, 'day') + DAY
  if (!indicator) return until
  for (const silence of catalogue.silences?.values() ?? [])
    if (mayCover(silence, catalogue, indicator, slice, facts)) until = Math.min(until, floor(now, MINUTE) + MINUTE)
  const beat = indicator.rhythm === undefined ? null : duration(indicator.rhythm)
  if (beat === null) return until
  const ages = (at: number) => {
    const late = at + LATE_AFTER * beat + 1
    const stale = at + STALE_AFTER * beat + 1
    if (late > now) until = Math.min(until, late)
    else if (stale > now) until = Math.min(until, stale)
  }
  if (facts.total) ages(facts.total.at)
  for (const { at } of facts.points.values()) ages(at)
  for (const parts of facts.parts.values()) for (const { at } of parts.values()) ages(at)
  const spans = indicator.expected !== undefined && !columnsOf(indicator, catalogue.indicators).stands
  return spans ? Math.min(until, floor(now - LATE_AFTER * beat, beat) + (LATE_AFTER + 1) * beat) : until
}
