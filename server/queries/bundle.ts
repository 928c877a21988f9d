/** Rows of several slices by one statement: what differs in the indicator or the window only is read together, because to plan a statement costs more than to run it. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Grain, Span } from '../../kpi/range.ts'
import type { Units } from '../../kpi/succession.ts'
import { seriesSql } from '../store/columns.ts'
import type { Purpose, Store } from '../store/connect.ts'
import { filter, type Scope } from '../store/filter.ts'
import { foldedRows, type Knowledge } from '../store/known.ts'
import { grouped, type SeriesRow } from './gather.ts'
import { checkReach } from './kept.ts'
import { type Otherwise, saidOtherwise } from './otherwise.ts'

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
export interface Group {
  readonly name: string
  readonly plan: Plan
  readonly indicators: Set<Indicator>
}

/** Groups of the same bundle differ in their window only, and everybody in them is wanted: one statement reads them all. */
export function bundleOf({ name, plan }: Group, { known, over }: FactsOptions): string {
  const { grain, stands, units, latest, where } = plan
  const plain = !latest && !over && known?.asOf === undefined && known?.without === undefined
  return plain && Object.keys(where).length === 0 ? `${grain} ${stands} ${units}` : name
}

/** One statement for all windows and indicators of a bundle, one row a window and series; what they add up to is gathered here, which is quicker than to plan it in SQL. */
export async function readBundle(
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
