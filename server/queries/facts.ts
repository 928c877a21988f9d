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
import { columnsOf, seriesSql } from '../store/columns.ts'
import type { Purpose, Store } from '../store/connect.ts'
import { filter, keeps, type Scope } from '../store/filter.ts'
import { foldedRows, type Knowledge } from '../store/known.ts'
import { endsOf, goneWithin, overtakers } from '../store/reform.ts'
import { unitsOf } from './carried.ts'
import { gather, grouped, type SeriesRow } from './gather.ts'
import { checkReach } from './kept.ts'
import { type Otherwise, saidOtherwise } from './otherwise.ts'

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

export interface FactsOptions {
  readonly now: number
  readonly purpose: Purpose
  /** An explicit span in place of each slice's own window. */
  readonly over?: { readonly span: Span; readonly grain: Grain }
  readonly units?: Units | undefined
  /** What counts of all that is stored, where not everything does. */
  readonly known?: Knowledge | undefined
  readonly signal?: AbortSignal | undefined
}

/** One statement to come: everything but the indicators it reads for. */
export interface Plan {
  readonly span: Span
  readonly grain: Grain
  readonly start: number
  readonly where: Members
  /** Whether what stood last counts, rather than all that happened. */
  readonly stands: boolean
  readonly units: Units
  readonly latest: boolean
}

/** Whose definition counts for a slice, and what is to be read for it. */
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
  const plan = {
    ...{ span, grain, stands, where: slice.where },
    start: Math.max(0, span.from - lookback),
    units: unitsOf(catalogue, indicator, options.units),
    latest: slice.window === 'latest' && !options.over,
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
    const whole: Plan = { ...plan, where: {} }
    const [name, where] = [JSON.stringify(whole), JSON.stringify(plan.where)]
    filters.set(name, (filters.get(name) ?? new Set()).add(where))
    return { indicator, plan, whole, name, where }
  })
  const groups = new Map<string, Group>()
  const asked = named.map(({ indicator, plan, whole, name: every, where }) => {
    const many = (filters.get(every)?.size ?? 0) > FEW
    const name = many ? `${every} {}` : `${every} ${where}`
    const group = groups.get(name) ?? { name, plan: many ? whole : plan, indicators: new Set() }
    group.indicators.add(indicator)
    groups.set(name, group)
    return { name, indicator, plan, many }
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
  return slices.map((slice, i) => {
    const { name, indicator, plan, many } = asked[i] as (typeof asked)[number]
    const group = read.get(name)
    const kept = many ? keeps(catalogue, plan.where, scopeOf(plan, options.now)) : () => true
    const found = {
      rows: (group?.rows.get(indicator.id) ?? []).filter(({ members }) => kept(members)),
      otherwise: (group?.otherwise.get(indicator.id) ?? []).filter(({ members }) => kept(members)),
    }
    return factsFrom(catalogue, indicator, slice, plan, found, options.now)
  })
}

const byIndicator = ({ indicator }: { readonly indicator: string }) => indicator

export interface Found {
  readonly rows: readonly SeriesRow[]
  readonly otherwise: readonly Otherwise[]
}

/** The days a plan covers. */
export function scopeOf({ span, start, units, latest }: Plan, now: number): Scope {
  const last = Math.min(now, span.to - 1)
  return { from: latest ? last : Math.min(start, last), to: (units === 'today' ? now : last) + 1, units }
}

/** What differs in nothing but the indicator. */
interface Group {
  readonly name: string
  readonly plan: Plan
  readonly indicators: Set<Indicator>
}

/** Groups of the same bundle differ in their window only, and everybody in them is wanted: one statement reads them all. */
function bundleOf({ name, plan }: Group, { known, over }: FactsOptions): string {
  const { grain, stands, units, latest, where } = plan
  const plain = !latest && !over && known?.asOf === undefined && known?.without === undefined
  return plain && Object.keys(where).length === 0 ? `${grain} ${stands} ${units}` : name
}

/** One statement for all windows and indicators of a bundle, one row a window and series; what they add up to is gathered here, which is quicker than to plan it in SQL. */
async function readBundle(
  store: Store,
  catalogue: Catalogue,
  bundle: readonly Group[],
  options: FactsOptions,
): Promise<readonly (Found & { readonly name: string })[]> {
  const [first] = bundle as readonly [Group]
  const { grain, stands } = first.plan
  // The picture of now never reaches back that far; a person's question may.
  if (options.purpose === 'ask')
    for (const { plan, indicators } of bundle) {
      const reach = {
        level: grain,
        from: plan.start,
        to: plan.span.to,
        asOf: options.known?.asOf,
        window: !options.over,
      }
      await checkReach(store, { indicators: [...indicators].map(({ id }) => id), ...reach })
    }
  const wanted = (some: readonly Group[]) => {
    const indicators = [...new Set(some.flatMap((group) => [...group.indicators]))]
    const [start, end] = [
      Math.min(...some.map(({ plan }) => plan.start)),
      Math.max(...some.map(({ plan }) => plan.span.to)),
    ]
    return {
      ...wantedRows(catalogue, indicators, first.plan, { ...options, start, end }),
      ids: indicators.map(({ id }) => id),
    }
  }
  const { ids, ...all } = wanted(bundle)
  const alone = bundle.length === 1
  const rows = await store.rows<SeriesRow & { readonly place: number }>(
    options.purpose,
    `SELECT ${alone ? '1 AS place' : 'place'}, ${seriesSaid({ stands })}
    FROM (SELECT * FROM ${all.sql}) AS folded ${alone ? '' : PLACES}
    GROUP BY ${alone ? '' : 'place, '}series`,
    { ...all.params, ...(alone ? {} : placesOf(bundle, ids)) },
    options.signal,
  )
  const byPlace = grouped(rows, ({ place }) => String(place))
  return Promise.all(
    bundle.map(async (group, i) => {
      const own = byPlace.get(String(i + 1)) ?? []
      const { ids: _, ...table } = alone ? { ...all, ids } : wanted([group])
      return {
        name: group.name,
        rows: own,
        otherwise: await saidOtherwise(store, options.purpose, own, table, options.signal),
      }
    }),
  )
}

/** FROM and WHERE of the folded rows that lie between two moments and count for a plan. */
export function wantedRows(
  catalogue: Catalogue,
  indicators: readonly Indicator[],
  one: Plan,
  {
    now,
    known = {},
    start,
    end,
  }: Pick<FactsOptions, 'now' | 'known'> & { readonly start: number; readonly end: number },
) {
  const kept = filter(catalogue, one.where, scopeOf(one, now))
  const table = foldedRows(catalogue, { grain: one.grain, indicators, from: start, to: end, known, kept })
  return {
    sql: `${table.sql}
      WHERE has({indicators: Array(String)}, indicator) AND "from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC')
        AND "to" <= fromUnixTimestamp64Milli({end: Int64}, 'UTC') AND spans > 0 AND ${kept.sql}`,
    params: { ...table.params, ...kept.params, start, end, indicators: indicators.map(({ id }) => id) },
  }
}

/** What a series of rows called `folded` says: the columns of a SeriesRow. */
export function seriesSaid({ stands }: { readonly stands: boolean }): string {
  const { value, base } = seriesSql({ stands })
  const newest = (column: string) => `argMax(folded.${column}, (folded.at, folded."from"))`
  return `toString(series) AS series, any(folded.indicator) AS indicator, any(folded.source) AS source, any(folded.members) AS members, toString(${value}) AS numerator, toString(${base}) AS denominator,
    toUnixTimestamp64Milli(max(folded.at)) AS at, toUnixTimestamp64Milli(${newest('"from"')}) AS "from", toUnixTimestamp64Milli(${newest('"to"')}) AS "to",
    sum(folded.spans) AS spans, sum(folded.held) AS held, sum(folded.corrected) AS corrected, ${newest('qualifier')} AS qualifier`
}

/** SQL: the windows a row lies in, of those in which its indicator is asked for. */
const PLACES = `ARRAY JOIN arrayFilter(
      w -> toUnixTimestamp64Milli(folded."from") >= {starts: Array(Int64)}[w] AND toUnixTimestamp64Milli(folded."from") < {ends: Array(Int64)}[w] AND toUnixTimestamp64Milli(folded."to") <= {ends: Array(Int64)}[w],
      {windows: Array(Array(UInt32))}[indexOf({indicators: Array(String)}, toString(folded.indicator))]) AS place`

function placesOf(bundle: readonly Group[], ids: readonly string[]) {
  const windows = new Map(ids.map((id) => [id, [] as number[]]))
  for (const [i, { indicators }] of bundle.entries()) for (const { id } of indicators) windows.get(id)?.push(i + 1)
  return {
    starts: bundle.map(({ plan }) => plan.start),
    ends: bundle.map(({ plan }) => plan.span.to),
    windows: [...windows.values()],
  }
}

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

/** What the rows of an indicator add up to, as a slice splits it. */
export function factsFrom(
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  plan: Plan,
  { rows, otherwise }: Found,
  now: number,
): Facts {
  const { span, start, stands, units, latest } = plan
  const who = indicator.dimensions[0] ?? ''
  const dimension = catalogue.dimensions.get(who)
  const last = Math.min(now, span.to - 1)
  const gone = goneWithin(stands && !latest ? dimension : undefined, start, last)
  const over = overtakers(stands && latest ? dimension : undefined, last)
  const carried = dimension && units === 'today' ? [...heirs(dimension, now)] : []
  return {
    ...{ span, units },
    ...gather(rows, {
      ...{ indicator, who, by: [...slice.by].sort() },
      columns: columnsOf(indicator, catalogue.indicators),
      heirs: new Map(carried.map(([former, { member }]) => [former, member.id])),
      gone: (id, spoken) => gone.has(id) || (over.get(id)?.some((follower) => spoken.has(follower)) ?? false),
      ended: stands && latest ? endedMembers(catalogue, indicator, last) : new Map(),
      authority: sourcesOf(catalogue, indicator),
      ...{ otherwise, newestOnly: stands || latest },
    }),
  }
}

/** Of the dimensions beside that of those who report, the members that ended by a moment, and when. */
function endedMembers(catalogue: Catalogue, { dimensions }: Indicator, at: number) {
  const found = dimensions.slice(1).map((id) => [id, endsOf(catalogue.dimensions.get(id), 0, at)] as const)
  return new Map(found.filter(([, ends]) => ends.size > 0))
}
