/** The facts behind slices, those that differ only in the indicator read in one statement: per member and for the total, what the folds hold. Judged elsewhere, with the time. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { sourcesOf } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members, Qualifier } from '../../kpi/observation.ts'
import { duration, type Grain, type Span, windowGrain, windowSpan } from '../../kpi/range.ts'
import { pointKey, type Slice } from '../../kpi/slice.ts'
import { STALE_AFTER } from '../../kpi/status.ts'
import type { Units } from '../../kpi/succession.ts'
import { type Columns, columnsOf, resultOf, seriesSql } from '../store/columns.ts'
import type { Purpose, Store } from '../store/connect.ts'
import { filter } from '../store/filter.ts'
import { foldedRows, type Knowledge } from '../store/known.ts'
import { carriedMember, overtaken, stillThere } from '../store/reform.ts'
import { unitsOf } from './carried.ts'

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
}

export interface Facts {
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

interface Row extends Fact {
  /** The indicator. */
  readonly id: string
  readonly split: 0 | 1
  readonly covering: 0 | 1
  readonly keys: readonly string[]
  readonly who: string
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
interface Plan {
  readonly span: Span
  readonly grain: Grain
  readonly start: number
  readonly by: readonly string[]
  readonly where: Members
  /** The dimension of those who should report. */
  readonly who: string
  readonly columns: Columns
  readonly units: Units
  readonly latest: boolean
}

function plan(catalogue: Catalogue, indicator: Indicator, slice: Slice, options: FactsOptions): Plan {
  const columns = columnsOf(indicator, catalogue.indicators)
  const own = readingSpan(indicator, slice, options.now, columns.stands)
  const { span, grain } = options.over ?? own
  return {
    ...{ span, grain, columns, where: slice.where, by: [...slice.by].sort() },
    start: Math.max(0, span.from - (options.over ? 0 : own.lookback)),
    who: indicator.dimensions[0] ?? '',
    units: unitsOf(catalogue, indicator, options.units),
    latest: slice.window === 'latest' && !options.over,
  }
}

/** Reads the facts of slices, each over its window at `now` or all over an explicit span, in the order given. */
export async function factsOf(
  store: Store,
  catalogue: Catalogue,
  slices: readonly Slice[],
  options: FactsOptions,
): Promise<readonly Facts[]> {
  // What differs in nothing but the indicator is read by one statement: to plan a statement costs more than to run it.
  const groups = new Map<string, { readonly plan: Plan; readonly indicators: Indicator[] }>()
  const names = slices.map((slice) => {
    const indicator = catalogue.indicators.get(slice.indicator)
    if (!indicator) throw new Error(`no indicator ${slice.indicator}`)
    const own = plan(catalogue, indicator, slice, options)
    const name = JSON.stringify(own)
    const group = groups.get(name) ?? { plan: own, indicators: [] }
    if (!group.indicators.includes(indicator)) group.indicators.push(indicator)
    groups.set(name, group)
    return name
  })
  const read = new Map(
    await Promise.all(
      [...groups].map(async ([name, group]) => [name, await readGroup(store, catalogue, group, options)] as const),
    ),
  )
  return slices.map((slice, i) => read.get(names[i] ?? '')?.get(slice.indicator) as Facts)
}

async function readGroup(
  store: Store,
  catalogue: Catalogue,
  { plan, indicators }: { readonly plan: Plan; readonly indicators: readonly Indicator[] },
  options: FactsOptions,
): Promise<ReadonlyMap<string, Facts>> {
  const { span, grain, start, by, where, who, columns, units, latest } = plan
  const last = Math.min(options.now, span.to - 1)
  const days = { from: latest ? last : Math.min(start, last), to: (units === 'today' ? options.now : last) + 1 }
  const kept = filter(catalogue, where, { ...days, units })
  const dimension = catalogue.dimensions.get(who)
  const there = stillThere(columns.stands && !latest ? dimension : undefined, start, last)
  const over = overtaken(columns.stands && latest ? dimension : undefined, last)
  const carry = units === 'today' ? options.now : null
  const each = carriedMember(dimension, 'name', carry)
  const covering = carriedMember(dimension, '{who: String}', carry)
  const total = (column: string) =>
    columns.across === 'sum' ? `sum(${column})` : `if(count() = 1, any(${column}), NULL)`
  const { value, base } = seriesSql(columns)
  const table = foldedRows(catalogue, { grain, indicators, from: start, to: span.to, known: options.known ?? {}, kept })
  const rowsOf = (each: string) =>
    over.sql === '0'
      ? each
      : `SELECT * FROM (SELECT *, groupUniqArray(members[{goneIn: String}]) OVER (PARTITION BY id) AS spoken FROM (${each})) WHERE NOT ${over.sql}`
  const rank =
    'indexOf(arrayElement({authority: Array(Array(String))}, indexOf({indicators: Array(String)}, id)), speaker)'
  const sql = `
    SELECT id, 1 - grouping(keys) AS split, 1 - grouping(who) AS covering, keys, who,
      toString(${total('n')}) AS numerator, toString(${total('d')}) AS denominator,
      toUnixTimestamp64Milli(max(newest)) AS at, toUnixTimestamp64Milli(argMax(begun, newest)) AS "from", toUnixTimestamp64Milli(argMax(ended, newest)) AS "to",
      sum(present) AS spans, sum(waiting) AS held, sum(changed) AS corrected,
      if(countIf(worded != 'exact') > 0, anyIf(worded, worded != 'exact'), 'exact') AS qualifier, groupUniqArray(speaker) AS sources
    FROM (${rowsOf(`
      SELECT any(indicator) AS id, any(source) AS speaker, any(folded.members) AS members, cityHash64(members) AS same,
        arrayMap(name -> ${each.sql}, {by: Array(String)}) AS keys, ${covering.sql} AS who,
        ${value} AS n, ${base} AS d, max(folded.at) AS newest,
        argMax(folded."from", (folded.at, folded."from")) AS begun, argMax(folded."to", (folded.at, folded."from")) AS ended,
        sum(folded.spans) AS present, sum(folded.held) AS waiting, sum(folded.corrected) AS changed,
        argMax(folded.qualifier, (folded.at, folded."from")) AS worded
      FROM (
        SELECT * FROM ${table.sql}
        WHERE has({indicators: Array(String)}, indicator) AND "from" >= fromUnixTimestamp64Milli({start: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({end: Int64}, 'UTC')
          AND "to" <= fromUnixTimestamp64Milli({end: Int64}, 'UTC') AND spans > 0 AND ${kept.sql} AND ${there.sql}
      ) AS folded
      GROUP BY series, same, keys, who
      ORDER BY ${rank} = 0, ${rank}, speaker
      LIMIT 1 BY id, same
    `)})
    GROUP BY GROUPING SETS ((id), (id, keys), (id, who), (id, keys, who))
    SETTINGS force_grouping_standard_compatibility = 1`
  const rows = await store.rows<Omit<Row, 'value'>>(
    options.purpose,
    sql,
    {
      ...{ ...table.params, ...kept.params, ...there.params, ...over.params, ...each.params },
      ...{ by, who, start, end: span.to },
      indicators: indicators.map(({ id }) => id),
      authority: indicators.map((indicator) => sourcesOf(catalogue, indicator)),
    },
    options.signal,
  )
  return new Map(
    indicators.map((indicator) => {
      const own = rows
        .filter((row) => row.id === indicator.id)
        .map((row) => ({ ...row, value: resultOf(indicator, row.numerator, row.denominator) }))
      return [indicator.id, shape(span, units, by, own)]
    }),
  )
}

function shape(span: Span, units: Units, by: readonly string[], rows: readonly Row[]): Facts {
  const points = new Map<string, Fact & { readonly key: Members }>()
  const parts = new Map<string, Map<string, Fact>>()
  let total: Fact | null = null
  for (const row of rows) {
    const key =
      row.split && by.length > 0 ? Object.fromEntries(by.map((dimension, i) => [dimension, row.keys[i] ?? ''])) : {}
    const name = pointKey(key)
    if (row.covering) parts.set(name, (parts.get(name) ?? new Map()).set(row.who, row))
    else if (name !== pointKey({})) points.set(name, { ...row, key })
    else if (row.spans > 0) total = row
  }
  return { span, units, total, points, parts }
}
