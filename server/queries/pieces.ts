/** What a series says between two ends of windows, and the windows put together from it: every folded row is read once, however many windows it lies in. */
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Members, Qualifier } from '../../kpi/observation.ts'
import type { Span } from '../../kpi/range.ts'
import { SERIES_SQL } from '../store/columns.ts'
import type { SeriesRow } from './gather.ts'

/** Decimals as text, times in UTC milliseconds. */
export interface Piece {
  readonly series: string
  readonly indicator: string
  readonly source: string
  readonly members: Members
  /** The sums of what happened. */
  readonly value: string
  readonly base: string
  /** What the newest bucket says. */
  readonly last: readonly [value: string, base: string, from: number, to: number, qualifier: Qualifier]
  readonly at: number
  readonly spans: number
  readonly held: number
  readonly corrected: number
  /** In which stretch its buckets begin, and in which they end; left out where there is a single one. */
  readonly begin?: number
  readonly until?: number
}

/** SQL: the columns of a piece but for its stretch, over folded rows grouped by series. */
export const PIECE_SQL = `toString(series) AS series, any(indicator) AS indicator, any(source) AS source, any(members) AS members, ${SERIES_SQL},
  toUnixTimestamp64Milli(max(at)) AS at, sum(spans) AS spans, sum(held) AS held, sum(corrected) AS corrected`

export interface Window {
  readonly start: number
  readonly span: Span
  /** Whether what stood last counts, rather than all that happened. */
  readonly stands: boolean
}

/** What each series of an indicator says in a window. A stretch that begins before the window's end ends by then. */
export function inWindow(pieces: readonly Piece[], { start, span, stands }: Window): readonly SeriesRow[] {
  const found = new Map<string, SeriesRow>()
  for (const piece of pieces) {
    const { begin = start, until = start } = piece
    if (begin < start || begin >= span.to || until >= span.to) continue
    const before = found.get(piece.series)
    const own = rowOf(piece, stands)
    found.set(piece.series, before ? together(before, own, stands) : own)
  }
  return [...found.values()]
}

/** A piece as a row of its own. */
export function rowOf({ value, base, last, ...piece }: Piece, stands: boolean): SeriesRow {
  const [lastValue, lastBase, from, to, qualifier] = last
  const { series, indicator, source, members, at, spans, held, corrected } = piece
  const [numerator, denominator] = stands ? [lastValue, lastBase] : [value, base]
  return { series, indicator, source, members, numerator, denominator, at, from, to, spans, held, corrected, qualifier }
}

/** What two stretches of a series say together. */
function together(a: SeriesRow, b: SeriesRow, stands: boolean): SeriesRow {
  const newer = b.at > a.at || (b.at === a.at && b.from > a.from) ? b : a
  const sum = (of: 'numerator' | 'denominator') => (stands ? newer[of] : decimal(micro(a[of]) + micro(b[of])))
  return {
    ...newer,
    ...{ numerator: sum('numerator'), denominator: sum('denominator') },
    ...{ spans: a.spans + b.spans, held: a.held + b.held, corrected: a.corrected + b.corrected },
  }
}
