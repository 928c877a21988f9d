/** Where the members of a breakdown stand among those of their kind, with intervals; counts by population where a list of one is declared. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { decimal, micro } from '../../kpi/decimal.ts'
import {
  byPopulation,
  type FairRank,
  type FairRanks,
  LEAST_CASES,
  placesOf,
  ratePlacesOf,
  TOGETHER,
} from '../../kpi/fair-rank.ts'
import { groupOn } from '../../kpi/group.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Population } from '../../kpi/population.ts'
import type { Reading } from '../../kpi/reading.ts'
import { Refusal } from '../refusal.ts'
import { columnsOf } from '../store/columns.ts'
import { grouped } from './gather.ts'

export interface RanksAsk {
  readonly by: string
  readonly least?: number | undefined
  /** The id of a declared population. */
  readonly per?: string | undefined
}

/** The population a question names. Errors: Refusals where there is none, or where a rate by it would mean nothing. */
export function populationOf(catalogue: Catalogue, indicator: Indicator, { by, per }: RanksAsk): Population | null {
  if (per === undefined) return null
  const known = [...(catalogue.populations?.keys() ?? [])]
  const population = catalogue.populations?.get(per)
  if (!population)
    throw new Refusal(
      404,
      {
        vi: `Không có danh sách dân số “${per}”; ${known.length > 0 ? `có: ${known.join(', ')}` : 'hãy khai một tệp trong dashboards/populations'}.`,
        en: `There is no population “${per}”; ${known.length > 0 ? `there are: ${known.join(', ')}` : 'declare a file in dashboards/populations'}.`,
      },
      'per',
    )
  if (!byPopulation(indicator))
    throw new Refusal(
      422,
      {
        vi: 'Chỉ số đếm mới chia theo dân số được; tỷ lệ, số bình quân và điểm đã so sánh được như vậy rồi.',
        en: 'Only counts are told by population; ratios, means and scores are comparable as they are.',
      },
      'per',
    )
  if (population.dimension !== by)
    throw new Refusal(
      422,
      {
        vi: `Danh sách “${per}” đếm theo ${population.dimension}, câu hỏi chia theo ${by}.`,
        en: `The population “${per}” is by ${population.dimension}, the question by ${by}.`,
      },
      'per',
    )
  return population
}

/** Whom a member is ranked with on the day of `at`: those of its own list where the expected group is made of lists (provinces, ministries), else its kind. */
export function peersOf(catalogue: Catalogue, indicator: Indicator, by: string, at: number): (id: string) => string {
  const dimension = catalogue.dimensions.get(by)
  const expected = dimension && indicator.expected !== undefined ? groupOn(dimension, indicator.expected, at) : null
  const lists = new Map<string, string>()
  for (const id of expected?.members ?? [])
    for (const one of dimension?.members.get(id)?.members ?? []) lists.set(one, id)
  const alone = new Set(expected?.members ?? [])
  return (id) => lists.get(id) ?? (alone.has(id) && expected ? expected.id : (dimension?.members.get(id)?.kind ?? ''))
}

/** Whether an indicator counts cases; an amount of money or time, and a ratio of such, does not. */
function isOfCases(catalogue: Catalogue, { ratio, amount }: Indicator): boolean {
  const parts = ratio ? [ratio.of, ratio.to].map((id) => catalogue.indicators.get(id)?.amount) : [amount]
  return parts.every((one) => one !== true)
}

/** Ranks of readings split by one dimension, on the day of `at` (UTC milliseconds). Errors: those of `populationOf`. */
export function ranksOf(
  catalogue: Catalogue,
  indicator: Indicator,
  readings: readonly Reading[],
  ask: RanksAsk,
  at: number,
): FairRanks {
  const population = populationOf(catalogue, indicator, ask)
  const least = ask.least ?? LEAST_CASES
  const first = indicator.better === 'lower' ? 'lowest' : 'highest'
  const idOf = ({ key }: Reading) => key[ask.by] ?? ''
  const people = (reading: Reading) => population?.values[idOf(reading)] ?? null
  const rated = (reading: Reading) => {
    const behind = people(reading)
    if (!population || reading.value === null || behind === null) return null
    return decimal((micro(reading.value) * BigInt(population.per)) / BigInt(behind))
  }
  const kindOf = peersOf(catalogue, indicator, ask.by, at)
  const kinds = grouped(readings, (reading) => kindOf(idOf(reading)))
  const found = new Map<Reading, FairRank>()
  const cases = isOfCases(catalogue, indicator)
  let method: FairRanks['method'] = 'value'
  for (const [peers, group] of kinds) {
    const ranked = population
      ? ratePlacesOf(
          group.map((one) => ({ value: rated(one), numerator: one.value, denominator: String(people(one) ?? 0) })),
          { first, scale: population.per, events: cases && !columnsOf(indicator, catalogue.indicators).stands },
        )
      : placesOf(group, { first, least, percent: cases && indicator.unit === 'percent' })
    if (ranked.method !== 'value') method = ranked.method
    const among = ranked.places.filter(({ ranks }) => ranks !== null).length
    for (const [i, reading] of group.entries()) {
      const { interval, ranks, unranked } = ranked.places[i] as (typeof ranked.places)[number]
      // A dozen periods of every unit: no objects in between.
      found.set(reading, {
        key: reading.key,
        value: population ? rated(reading) : reading.value,
        population: people(reading),
        low: interval && text(interval.low),
        high: interval && text(interval.high),
        best: ranks?.best ?? null,
        worst: ranks?.worst ?? null,
        among,
        peers,
        unranked,
        method: ranked.method,
      })
    }
  }
  return {
    ...{ method, first, together: TOGETHER, least },
    per: population && {
      ...{ population: population.id, per: population.per, on: population.on, basis: population.basis },
      ...{ title: population.title, unit: population.unit },
    },
    rows: readings.map((reading) => found.get(reading) as FairRank),
  }
}

/** Ends of an interval are estimates: four places. */
const text = (end: number): string => String(Math.round(end * 1e4) / 1e4)
