/** Units of like size, and what several units come to together, recomputed from their parts. Pure. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Together } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import { columnsOf, resultOf } from '../store/columns.ts'
import { peersOf } from './ranks.ts'

/** The dimension whose members have a size. */
export const UNIT = 'unit'
/** How many of like size there are where a question does not say. */
export const LIKE = 6

export interface LikeSized {
  readonly own: Reading | null
  /** By how many live there where a list says so, else by the cases behind the figure. */
  readonly size: { readonly by: 'population' | 'denominator'; readonly value: number } | null
  /** The nearest in size first. */
  readonly alike: readonly { readonly reading: Reading; readonly size: number }[]
}

/** Of readings by unit: who is of like size with a unit, among those of its kind on the day of `at`. */
export function likeSized(catalogue: Catalogue, indicator: Indicator, readings: readonly Reading[], at: number) {
  const [group, size] = [peersOf(catalogue, indicator, UNIT, at), sizes(catalogue)]
  return (unit: string, count = LIKE): LikeSized => {
    const own = readings.find(({ key }) => key[UNIT] === unit) ?? null
    const mine = own && size.of(own)
    const alike = readings
      .filter((one) => one !== own && one.value !== null && group(one.key[UNIT] ?? '') === group(unit))
      .flatMap((reading) => {
        const its = size.of(reading)
        return its === null || mine === null || mine <= 0 || its <= 0
          ? []
          : [{ reading, size: its, away: Math.abs(Math.log(its / mine)) }]
      })
      .sort((a, b) => a.away - b.away)
      .slice(0, count)
    return { own, size: mine === null ? null : { by: size.by, value: mine }, alike }
  }
}

/** How large a unit is: how many live there where a list says so, else how many cases stand behind its figure. */
function sizes(catalogue: Catalogue) {
  const population = [...(catalogue.populations?.values() ?? [])].find(({ dimension }) => dimension === UNIT)
  return {
    by: population ? ('population' as const) : ('denominator' as const),
    of: ({ key, denominator }: Reading): number | null =>
      population ? (population.values[key[UNIT] ?? ''] ?? null) : denominator === null ? null : Number(denominator),
  }
}

/** What some units come to together: of counts their sum and what that is for each, of ratios the quotient of their sums; null where they do not add up. */
export function together(catalogue: Catalogue, indicator: Indicator, some: readonly Reading[]): Together {
  const said = some.filter(({ value, denominator }) => value !== null || denominator !== null)
  const adds = columnsOf(indicator, catalogue.indicators).across === 'sum'
  if (!adds || said.length === 0)
    return { units: said.length, value: null, each: null, numerator: null, denominator: null }
  const add = (of: (one: Reading) => string | null) =>
    decimal(said.reduce((all, one) => all + micro(of(one) ?? '0'), 0n))
  if (indicator.kind !== 'ratio') {
    const value = add((one) => one.value)
    return {
      units: said.length,
      value,
      each: decimal(micro(value) / BigInt(said.length)),
      numerator: null,
      denominator: null,
    }
  }
  const [numerator, denominator] = [add((one) => one.numerator), add((one) => one.denominator)]
  return { units: said.length, value: resultOf(indicator, numerator, denominator), each: null, numerator, denominator }
}
