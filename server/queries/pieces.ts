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
  const found = new Map<string, PieceRow>()
  for (const piece of pieces) {
    const { begin = start, until = start } = piece
    if (begin < start || begin >= span.to || until >= span.to) continue
    const before = found.get(piece.series)
    const own = rowOf(piece, stands)
    found.set(piece.series, before ? together(before, own, stands) : own)
  }
  return [...found.values()]
}

type PieceRow = SeriesRow & Required<Pick<SeriesRow, 'series'>>

/** A piece as a row of its own. Field by field, as all that is made for every series. */
export function rowOf(piece: Piece, stands: boolean): PieceRow {
  const { last } = piece
  return {
    series: piece.series,
    indicator: piece.indicator,
    source: piece.source,
    members: piece.members,
    numerator: stands ? last[0] : piece.value,
    denominator: stands ? last[1] : piece.base,
    at: piece.at,
    from: last[2],
    to: last[3],
    spans: piece.spans,
    held: piece.held,
    corrected: piece.corrected,
    qualifier: last[4],
  }
}

/** What two stretches of a series say together. */
function together(a: PieceRow, b: PieceRow, stands: boolean): PieceRow {
  const newer = b.at > a.at || (b.at === a.at && b.from > a.from) ? b : a
  const sum = (of: 'numerator' | 'denominator') => (stands ? newer[of] : decimal(micro(a[of]) + micro(b[of])))
  return {
    series: newer.series,
    indicator: newer.indicator,
    source: newer.source,
    members: newer.members,
    numerator: sum('numerator'),
    denominator: sum('denominator'),
    at: newer.at,
    from: newer.from,
    to: newer.to,
    spans: a.spans + b.spans,
    held: a.held + b.held,
    corrected: a.corrected + b.corrected,
    qualifier: newer.qualifier,
  }
}
