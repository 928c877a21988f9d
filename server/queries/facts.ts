/** The facts behind slices, those that differ only in the indicator read in one statement: per member and for the total, what the folds hold. Judged elsewhere, with the time. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { sourcesOf } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members, Qualifier } from '../../kpi/observation.ts'
import { duration, type Grain, type Span, windowGrain, windowSpan } from '../../kpi/range.ts'
import type { Differing } from '../../kpi/reading.ts'
import type { Slice } from '../../kpi/slice.ts'
import { STALE_AFTER } from '../../kpi/status.ts'
import { heirs, type Units } from '../../kpi/succession.ts'
import { lastDefinition } from '../../kpi/version.ts'
import { columnsOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { keeps } from '../store/filter.ts'
import { endsOf, goneWithin, overtakers } from '../store/reform.ts'
import { bundleOf, type FactsOptions, type Found, type Group, type Plan, readBundle, scopeOf } from './bundle.ts'
import { unitsOf } from './carried.ts'
import { type Gathering, gather, grouped, type SeriesRow } from './gather.ts'
import { keepsMost } from './most.ts'

/** One row of facts: a sum or a standing value, with what went into it. Times in UTC milliseconds. */
export interface Fact {
  readonly value: string | null
  readonly numerator: string | null
  /** Null where series may not be added up and there are several. */
  readonly denominator: string | null
  readonly at: number
  readonly from: number
  readonly to: number
  readonly spans: number
  readonly held: number
  readonly corrected: number
  readonly qualifier: Qualifier
  readonly sources: readonly string[]
  readonly differing?: readonly Differing[]
}

export interface Facts {
  /** What was asked, as far as the definition of its end holds. */
  readonly span: Span
  /** Whose facts these are: of the units of the time, or carried to those of today. */
  readonly units: Units
  /** Everything together; null where there is nothing. */
  readonly total: Fact | null
  /** `pointKey` of the split members → its fact. Empty when the slice does not split. */
  readonly points: ReadonlyMap<string, Fact & { readonly key: Members }>
  /** `pointKey` of the split members (`{}` for the total) → covering member → its fact: who reported. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, Fact>>
  /** `pointKey` of the split members (`{}` for the total) → how many statements wait of which nothing else is said: where it has no fact, that is why. */
  readonly waiting?: ReadonlyMap<string, number>
}

/** Where and over what span the facts of a slice are read. */
export function readingSpan(
  indicator: Indicator,
  slice: Slice,
  now: number,
  stands: boolean,
): { readonly span: Span; readonly grain: Grain; readonly lookback: number } {
  const span = windowSpan(slice.window, now)
  const beat = indicator.rhythm === undefined ? null : duration(indicator.rhythm)
  const lookback = stands && beat !== null && slice.window !== 'latest' ? STALE_AFTER * beat : 0
  return { span, grain: windowGrain(slice.window), lookback }
}

export function plan(
  catalogue: Catalogue,
  today: Indicator,
  slice: Slice,
  options: FactsOptions,
): { readonly indicator: Indicator; readonly plan: Plan } {
  const { stands } = columnsOf(today, catalogue.indicators)
  const own = readingSpan(today, slice, options.now, stands)
  const { span: whole, grain } = options.over ?? own
  // Days of another definition are no part of this figure.
  const { span, indicator = today } = lastDefinition(catalogue, today.id, whole)
  const lookback = options.over || span.from > whole.from ? 0 : own.lookback
  const latest = slice.window === 'latest' && !options.over
  const plan = {
    span,
    grain,
    // Of what happened the newest is that of its last day; the sum of all days is nobody's statement.
    stands: stands || latest,
    where: slice.where,
    start: Math.max(0, span.from - lookback),
    units: unitsOf(catalogue, indicator, options.units),
    latest,
  }
  return { indicator, plan }
}

/** Up to so many filters are told to the store, each in a statement of its own; of more everything is read once and told apart here. */
const FEW = 3

/** Reads the facts of slices, each over its window at `now` or all over an explicit span, in the order given. */
export async function factsOf(
  store: Store,
  catalogue: Catalogue,
  slices: readonly Slice[],
  options: FactsOptions,
): Promise<readonly Facts[]> {
  // What differs in nothing but the indicator is read by one statement: to plan a statement costs more than to run it.
  const plans = slices.map((slice) => {
    const today = catalogue.indicators.get(slice.indicator)
    if (!today) throw new Error(`no indicator ${slice.indicator}`)
    return plan(catalogue, today, slice, options)
  })
  const filters = new Map<string, Set<string>>()
  const named = plans.map(({ indicator, plan }) => {
    const { span, grain, stands, start, units, latest } = plan
    const name = `${grain} ${span.from} ${span.to} ${start} ${stands} ${units} ${latest}`
    const where = JSON.stringify(plan.where)
    filters.set(name, (filters.get(name) ?? new Set()).add(where))
    return { indicator, plan, name, where }
  })
  const groups = new Map<string, Group>()
  const asked = named.map(({ indicator, plan, name: every, where }) => {
    const many = (filters.get(every)?.size ?? 0) > FEW || keepsMost(catalogue, indicator, plan, options.now)
    const name = many ? `${every} {}` : `${every} ${where}`
    const group = groups.get(name) ?? { name, plan: many ? { ...plan, where: {} } : plan, indicators: new Set() }
    group.indicators.add(indicator)
    groups.set(name, group)
    return { name, indicator, plan, kept: many ? `${every} ${where}` : null }
  })
  const bundles = grouped([...groups.values()], (group) => bundleOf(group, options))
  const found = await Promise.all([...bundles.values()].map((bundle) => readBundle(store, catalogue, bundle, options)))
  const read = new Map(
    found
      .flat()
      .map(({ name, rows, otherwise }) => [
        name,
        { rows: grouped(rows, byIndicator), otherwise: grouped(otherwise, byIndicator) },
      ]),
  )
  // Many slices share a filter, and who followed whom.
  const rules = new Map<string, ReturnType<typeof keeps>>()
  const reforms = new Map<string, Reformed>()
  return slices.map((slice, i) => {
    const { name, indicator, plan, kept } = asked[i] as (typeof asked)[number]
    const group = read.get(name)
    const all = { rows: group?.rows.get(indicator.id) ?? [], otherwise: group?.otherwise.get(indicator.id) ?? [] }
    if (kept === null) return factsFrom(catalogue, indicator, slice, plan, all, options.now, reforms)
    const rule = rules.get(kept) ?? keeps(catalogue, plan.where, scopeOf(plan, options.now))
    rules.set(kept, rule)
    const found = {
      rows: all.rows.filter(({ members }) => rule(members)),
      otherwise: all.otherwise.filter(({ members }) => rule(members)),
    }
    return factsFrom(catalogue, indicator, slice, plan, found, options.now, reforms)
  })
}

const byIndicator = ({ indicator }: { readonly indicator: string }) => indicator

/** The facts of a slice from rows read elsewhere: those that count within its own window, or `over` an explicit span, at `now`. */
export function factsOfRows(
  catalogue: Catalogue,
  slice: Slice,
  rows: readonly SeriesRow[],
  options: Pick<FactsOptions, 'now' | 'over'>,
): Facts {
  const today = catalogue.indicators.get(slice.indicator)
  if (!today) throw new Error(`no indicator ${slice.indicator}`)
  const { indicator, plan: own } = plan(catalogue, today, slice, { ...options, purpose: 'care' })
  return factsFrom(catalogue, indicator, slice, own, { rows, otherwise: [] }, options.now)
}

type Reformed = Pick<Gathering, 'heirs' | 'gone' | 'ended'>

/** Who followed whom among the members of an indicator, as far as it matters to a plan. */
function reformedOf(catalogue: Catalogue, indicator: Indicator, plan: Plan, now: number): Reformed {
  const { span, start, stands, units, latest } = plan
  const dimension = catalogue.dimensions.get(indicator.dimensions[0] ?? '')
  const last = Math.min(now, span.to - 1)
  const gone = goneWithin(stands && !latest ? dimension : undefined, start, last)
  const over = overtakers(stands && latest ? dimension : undefined, last)
  const carried = dimension && units === 'today' ? [...heirs(dimension, now)] : []
  return {
    heirs: new Map(carried.map(([former, { member }]) => [former, member.id])),
    gone: (id, spoken) => gone.has(id) || (over.get(id)?.some((follower) => spoken.has(follower)) ?? false),
    ended: stands && latest ? endedMembers(catalogue, indicator, last) : new Map(),
  }
}

/** What the rows of an indicator add up to, as a slice splits it. `known`: what was found out for others at the same `now`. */
export function factsFrom(
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  plan: Plan,
  { rows, otherwise }: Found,
  now: number,
  known: Map<string, Reformed> = new Map(),
): Facts {
  const { span, start, stands, units, latest } = plan
  const name = `${indicator.dimensions.join()} ${span.to} ${start} ${stands} ${units} ${latest}`
  const reformed = known.get(name) ?? reformedOf(catalogue, indicator, plan, now)
  known.set(name, reformed)
  const { total, points, parts, waiting } = gather(rows, {
    indicator,
    columns: columnsOf(indicator, catalogue.indicators),
    by: [...slice.by].sort(),
    who: indicator.dimensions[0] ?? '',
    heirs: reformed.heirs,
    gone: reformed.gone,
    ended: reformed.ended,
    authority: sourcesOf(catalogue, indicator),
    otherwise,
    newestOnly: stands || latest,
  })
  return { span, units, total, points, parts, waiting }
}

/** Of the dimensions beside that of those who report, the members that ended by a moment, and when. */
function endedMembers(catalogue: Catalogue, { dimensions }: Indicator, at: number) {
  const found = dimensions.slice(1).map((id) => [id, endsOf(catalogue.dimensions.get(id), 0, at)] as const)
  return new Map(found.filter(([, ends]) => ends.size > 0))
}
