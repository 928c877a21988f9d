/** The facts of a slice over whole days that follow each other in periods, read by one statement: a dozen months one by one cost a dozen statements. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { DAY, type Span } from '../../kpi/range.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Store } from '../store/connect.ts'
import { keeps } from '../store/filter.ts'
import { type FactsOptions, scopeOf, wantedRows } from './bundle.ts'
import { type Facts, factsFrom, plan } from './facts.ts'
import type { SeriesRow } from './gather.ts'
import { checkReach } from './kept.ts'
import { areFewAndMost } from './most.ts'
import { MOST, saidOtherwise } from './otherwise.ts'
import { PIECE_SQL, type Piece, rowOf } from './pieces.ts'
import { readPieces } from './pieces-raw.ts'

/** Facts by period, in order; null where they cannot be read as one: the definition changed, or more was said otherwise than is looked through. */
export async function factsByPeriod(
  store: Store,
  catalogue: Catalogue,
  slice: Slice,
  periods: readonly Span[],
  options: Pick<FactsOptions, 'now' | 'units' | 'known' | 'signal'>,
): Promise<readonly Facts[] | null> {
  const today = catalogue.indicators.get(slice.indicator) as Indicator
  const planned = (span: Span) =>
    plan(catalogue, today, slice, { ...options, purpose: 'ask', over: { span, grain: 'day' } })
  const whole = { from: periods[0]?.from ?? 0, to: periods.at(-1)?.to ?? 0 }
  const { indicator, plan: all } = planned(whole)
  if (all.span.from !== whole.from) return null
  await checkReach(store, { indicators: [indicator.id], level: 'day', ...whole, asOf: options.known?.asOf })
  const reach = { ...options, start: all.start, end: whole.to }
  const wanted = wantedRows(catalogue, [indicator], all, reach)
  const parts = periods.map((): SeriesRow[] => [])
  if (wanted.key && areFewAndMost(catalogue, indicator, all, DAY, options.now)) {
    const { sql: rows, params } = wantedRows(catalogue, [indicator], { ...all, where: {} }, reach)
    const places = new Map(periods.map(({ from }, i) => [from, i]))
    const bounds = [...new Set(periods.flatMap(({ from, to }) => [from, to]))]
    const ask = { purpose: 'ask', grain: 'day', indicators: [indicator.id], rows, params, bounds } as const
    for (const piece of await readPieces(store, ask, options.signal))
      if (piece.begin === piece.until) parts[places.get(piece.begin) ?? -1]?.push(rowOf(piece, all.stands))
  } else {
    const at = (column: string) => `toUnixTimestamp64Milli(${column})`
    const pieces = await store.rows<Piece & { readonly place: number }>(
      'ask',
      `SELECT ${PIECE_SQL}, place
       FROM (SELECT *, arrayCount(begun -> begun <= ${at('"from"')}, {begins: Array(Int64)}) AS place FROM ${wanted.sql})
       WHERE ${at('"to"')} <= {ends: Array(Int64)}[place] GROUP BY series, place`,
      { ...wanted.params, begins: periods.map(({ from }) => from), ends: periods.map(({ to }) => to) },
      options.signal,
    )
    for (const piece of pieces) parts[piece.place - 1]?.push(rowOf(piece, all.stands))
  }
  const once = [...new Map(parts.flat().map((row) => [row.series, row])).values()]
  const otherwise = await saidOtherwise(store, 'ask', once, () => wanted, options.signal)
  if (otherwise.length >= MOST) return null
  return periods.map((span, i) => {
    const own = planned(span).plan
    const kept = keeps(catalogue, slice.where, scopeOf(own, options.now))
    const found = {
      rows: parts[i]?.filter(({ members }) => kept(members)) ?? [],
      otherwise: otherwise.filter(({ from, to, members }) => from >= span.from && to <= span.to && kept(members)),
    }
    return factsFrom(catalogue, indicator, slice, own, found, options.now)
  })
}
