/** The one place a KPI is computed: what each kind of indicator takes from folded rows. Live number, chart, drill-down and export all use it. */
import { quotient } from '../../kpi/decimal.ts'
import type { Indicator, Kind } from '../../kpi/indicator.ts'

export interface Columns {
  /** `sum`: series add up. `only`: never added; the total exists only where there is one series. */
  readonly across: 'sum' | 'only'
  /** Whether the value is what stood last, rather than what happened in the span. */
  readonly stands: boolean
}

export const COLUMNS = {
  flow: { across: 'sum', stands: false },
  ratio: { across: 'sum', stands: false },
  running: { across: 'sum', stands: true },
  level: { across: 'sum', stands: true },
  distinct: { across: 'only', stands: true },
  score: { across: 'only', stands: true },
  reported: { across: 'only', stands: true },
} as const satisfies Record<Kind, Columns>

/** SQL over the folded rows of a series: what happened adds up, of what stands the newest bucket speaks. Times in UTC milliseconds. */
export const SERIES_SQL = `sum(value) AS value, sum(base) AS base,
  argMax((value, base, toUnixTimestamp64Milli("from"), toUnixTimestamp64Milli("to"), qualifier), (at, "from")) AS last`

type Indicators = ReadonlyMap<string, Pick<Indicator, 'kind'>>

/** Whether a ratio's parts both stand, so that it is what stood last and not a sum. */
export function ratioStands(ratio: { readonly of: string; readonly to: string }, indicators: Indicators): boolean {
  return [ratio.of, ratio.to].every((part) => COLUMNS[indicators.get(part)?.kind ?? 'flow'].stands)
}

/** What an indicator takes from folded rows: its kind's own columns; a ratio's follow from its parts, which are never added where either may not be. */
export function columnsOf(indicator: Pick<Indicator, 'kind' | 'ratio'>, indicators: Indicators): Columns {
  const { ratio } = indicator
  if (!ratio) return COLUMNS[indicator.kind]
  const only = [ratio.of, ratio.to].some((part) => COLUMNS[indicators.get(part)?.kind ?? 'flow'].across === 'only')
  return { across: only ? 'only' : 'sum', stands: ratioStands(ratio, indicators) }
}

/**
 * The value of summed columns: the sum itself, or for a ratio the exact quotient of its sums (0–100 for a percent), null for 0/0.
 * Computed here and not in SQL, where an exact division of decimals costs more than all the rest of a question.
 */
export function resultOf(
  indicator: Pick<Indicator, 'kind' | 'unit'>,
  numerator: string | null,
  denominator: string | null,
): string | null {
  if (indicator.kind !== 'ratio' || numerator === null) return numerator
  return quotient(numerator, denominator ?? '0', indicator.unit === 'percent')
}
