/** The one place a KPI is computed: what each kind of indicator takes from folded rows. Live number, chart, drill-down and export all use it. */
import type { Kind } from '../../kpi/indicator.ts'

export interface Columns {
  /** SQL over the folded rows of one series: its value (for a ratio the numerator). */
  readonly value: string
  /** SQL over the same rows: the denominator of a ratio, else zero. */
  readonly base: string
  /** `sum`: series add up. `only`: never added; the total exists only where there is one series. */
  readonly across: 'sum' | 'only'
  /** Whether the value is what stood last, rather than what happened in the span. */
  readonly stands: boolean
}

const NONE = 'toDecimal128(0, 6)'
const LAST = 'argMax(folded.value, (folded.at, folded."from"))'

export const COLUMNS = {
  flow: { value: 'sum(folded.value)', base: NONE, across: 'sum', stands: false },
  ratio: { value: 'sum(folded.value)', base: 'sum(folded.base)', across: 'sum', stands: false },
  running: { value: LAST, base: NONE, across: 'sum', stands: true },
  level: { value: LAST, base: NONE, across: 'sum', stands: true },
  distinct: { value: LAST, base: NONE, across: 'only', stands: true },
  score: { value: LAST, base: NONE, across: 'only', stands: true },
  reported: { value: LAST, base: NONE, across: 'only', stands: true },
} as const satisfies Record<Kind, Columns>

/** SQL: the answer of a ratio from its two sums, 0–100 when `percent`; null for 0/0. Six decimals, cut, never a float. */
export function quotient(numerator: string, denominator: string, percent: boolean): string {
  return `if(${denominator} = 0, NULL, toString(divideDecimal(${numerator}${percent ? ' * 100' : ''}, if(${denominator} = 0, toDecimal128(1, 6), ${denominator}), 6)))`
}
