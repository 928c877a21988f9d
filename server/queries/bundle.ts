/** Rows of several slices by one statement: what differs in indicator, window or filter is read together, because to plan a statement costs more than to run it. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import { DAY, type Grain, type Span } from '../../kpi/range.ts'
import type { Units } from '../../kpi/succession.ts'
import type { Purpose, Store } from '../store/connect.ts'
import { EVERYTHING, type Filter, filter, keeps, type Scope } from '../store/filter.ts'
import { foldedRows, type Knowledge } from '../store/known.ts'
import { grouped, type SeriesRow } from './gather.ts'
import { checkReach } from './kept.ts'
import { type Otherwise, saidOtherwise } from './otherwise.ts'
import { inWindow, PIECE_SQL, type Piece } from './pieces.ts'
import { areFew, minded, readPieces } from './pieces-raw.ts'

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

/** Groups of the same bundle are read by one statement: whatever their windows, filters and ways of counting. */
export function bundleOf({ name, plan }: Group, { known, over }: FactsOptions): string {
  const plain = !over && known?.asOf === undefined && known?.without === undefined
  return plain ? `${plan.grain} ${plan.units}` : name
}

/** One statement for all groups of a bundle, one row a series and stretch between the ends of windows; what they add up to is gathered here, which is quicker than to plan it in SQL. */
export async function readBundle(
  store: Store,
  catalogue: Catalogue,
  bundle: readonly Group[],
  options: FactsOptions,
): Promise<readonly (Found & { readonly name: string })[]> {
  const [first] = bundle as readonly [Group]
  const { purpose, known, over, now, signal } = options
  const { grain } = first.plan
  // The picture of now never reaches back that far; a person's question may.
  if (purpose === 'ask')
    for (const { plan, indicators } of bundle) {
      const reach = { level: grain, from: plan.start, to: plan.span.to, asOf: known?.asOf, window: !over }
      await checkReach(store, { indicators: [...indicators].map(({ id }) => id), ...reach })
    }
  const byIndicator = grouped(await piecesOf(store, catalogue, bundle, options), ({ indicator }) => indicator)
  return Promise.all(
    bundle.map(async ({ name, plan, indicators }) => {
      const kept = bundle.length > 1 && hasAny(plan.where) ? keeps(catalogue, plan.where, scopeOf(plan, now)) : null
      const rows = [...indicators].flatMap(({ id }) => {
        const own = byIndicator.get(id) ?? []
        return inWindow(kept ? own.filter(({ members }) => kept(members)) : own, plan)
      })
      const table = () =>
        wantedRows(catalogue, [...indicators], plan, { ...options, start: plan.start, end: plan.span.to })
      return { name, rows, otherwise: await saidOtherwise(store, purpose, rows, table, signal) }
    }),
  )
}

const hasAny = (where: Members) => Object.keys(where).length > 0

/** The pieces of all indicators of a bundle: put together by the store, or here where they are few. */
async function piecesOf(
  store: Store,
  catalogue: Catalogue,
  bundle: readonly Group[],
  options: FactsOptions,
): Promise<readonly Piece[]> {
  const { purpose, signal } = options
  const wanted = wantedOf(catalogue, bundle, options)
  const { grain, starts, bounds, rows, params } = wanted
  const lying = wanted.key && areFew(store, wanted, bounds.at(-1) ?? 0)
  const pieces = lying
    ? await readPieces(store, { purpose, grain, indicators: [...starts.keys()], rows, params, bounds }, signal)
    : await store.rows<Piece>(purpose, piecesSql(rows, bounds), { ...params, bounds }, signal)
  if (wanted.key) minded(store, wanted, pieces)
  return pieces
}

/** SQL of pieces: flat, because every further level of a statement and every term in it takes longer to plan than its rows to read. */
function piecesSql(rows: string, bounds: readonly number[]): string {
  const stretch = (moment: string) => `roundDown(${moment}, {bounds: Array(Int64)})`
  const several = bounds.length > 2
  const stretches = `${stretch('toUnixTimestamp64Milli("from")')} AS begin, ${stretch('toUnixTimestamp64Milli("to") - 1')} AS until, `
  return `SELECT ${several ? stretches : ''}${PIECE_SQL} FROM ${rows} GROUP BY ${several ? 'begin, until, ' : ''}series`
}

/** FROM and WHERE of all a bundle wants, since when of each indicator, and the ends of its windows. */
function wantedOf(catalogue: Catalogue, bundle: readonly Group[], { now, known = {} }: FactsOptions) {
  const [{ plan }] = bundle as readonly [Group]
  const starts = new Map<string, number>()
  for (const group of bundle)
    for (const { id } of group.indicators)
      starts.set(id, Math.min(group.plan.start, starts.get(id) ?? Number.POSITIVE_INFINITY))
  const bounds = [...new Set(bundle.flatMap(({ plan }) => [plan.start, plan.span.to]))].sort((a, b) => a - b)
  const [start, end] = [bounds[0] ?? 0, bounds.at(-1) ?? 0]
  const indicators = [...new Set(bundle.flatMap((group) => [...group.indicators]))]
  const filters = bundle.map((group, i) => filter(catalogue, group.plan.where, scopeOf(group.plan, now), `g${i}`))
  const kept = whichever(bundle, filters)
  const table = foldedRows(catalogue, { grain: plan.grain, indicators, from: start, to: end, known, kept })
  // To cut off some days row by row costs more than to read them.
  const since = Math.max(...starts.values()) - start > FEW_DAYS
  const begin = since
    ? `toUnixTimestamp64Milli("from") >= transform(indicator, {indicators: Array(String)}, {starts: Array(Int64)}, {end: Int64})`
    : SINCE
  return {
    ...{ grain: plan.grain, starts, bounds, key: table.key, told: `${kept.sql} ${JSON.stringify(kept.params)}` },
    rows: `${table.sql} ${table.key ? 'PREWHERE' : 'WHERE'} indicator IN {indicators: Array(String)} AND ${begin} AND "from" < ${END} AND "to" <= ${END}
      ${table.key ? 'WHERE' : 'AND'} (spans > 0 OR held > 0) AND ${kept.sql}`,
    params: {
      ...{ ...table.params, ...kept.params, start, end, indicators: [...starts.keys()] },
      ...(since && { starts: [...starts.values()] }),
    },
  }
}

/** So much more than it is asked for is read of an indicator without looking, milliseconds. */
const FEW_DAYS = 8 * DAY
const SINCE = `"from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC')`
const END = `fromUnixTimestamp64Milli({end: Int64}, 'UTC')`
/** Rows that any group of a bundle wants. */
function whichever(bundle: readonly Group[], filters: readonly Filter[]): Filter {
  if (!filters.some(({ sql }) => sql !== EVERYTHING)) return { sql: EVERYTHING, params: {} }
  if (filters.length === 1) return filters[0] as Filter
  const whole = new Set(
    bundle.flatMap(({ indicators }, i) => (filters[i]?.sql === EVERYTHING ? [...indicators].map(({ id }) => id) : [])),
  )
  const parts = bundle.flatMap(({ indicators }, i) => {
    const { sql, params } = filters[i] as Filter
    const ids = [...indicators].map(({ id }) => id).filter((id) => !whole.has(id))
    if (ids.length === 0 || sql === EVERYTHING) return []
    return [{ sql: `(has({of${i}: Array(String)}, indicator) AND ${sql})`, params: { ...params, [`of${i}`]: ids } }]
  })
  const all = whole.size > 0 ? [{ sql: 'has({whole: Array(String)}, indicator)', params: { whole: [...whole] } }] : []
  const found = [...all, ...parts]
  return {
    sql: parts.length === 0 ? EVERYTHING : `(${found.map(({ sql }) => sql).join(' OR ')})`,
    params: parts.length === 0 ? {} : Object.assign({}, ...found.map(({ params }) => params)),
  }
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
    key: table.key,
    sql: `${table.sql} ${table.key ? 'PREWHERE' : 'WHERE'} indicator IN {indicators: Array(String)} AND ${SINCE} AND "from" < ${END} AND "to" <= ${END}
        ${table.key ? 'WHERE' : 'AND'} spans > 0 AND ${kept.sql}`,
    params: { ...table.params, ...kept.params, start, end, indicators: indicators.map(({ id }) => id) },
  }
}
