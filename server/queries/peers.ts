/** `GET /api/peers`: a unit beside the whole country, its region and those of like size; what several come to is recomputed from their parts. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, QueryOf, Together } from '../../kpi/query.ts'
import { validOn } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { columnsOf, resultOf } from '../store/columns.ts'
import type { Store } from '../store/connect.ts'
import { breakdown } from './breakdown.ts'
import { peersOf } from './ranks.ts'

export async function peers(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'peers'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['peers']> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  const { count, where, ...rest } = query
  const { [BY]: unit, ...others } = where
  if (unit === undefined || !indicator.dimensions.includes(BY)) throw new Refusal(400, NO_UNIT, 'where')
  const at = Math.min(pulse.at, query.to - 1)
  const all = await breakdown(store, catalogue, { ...rest, where: others, by: BY }, pulse, signal)
  const own = all.readings.find(({ key }) => key[BY] === unit) ?? null
  const [group, size] = [peersOf(catalogue, indicator, BY, at), sizes(catalogue)]
  const mine = own && size.of(own)
  const alike = all.readings
    .filter((one) => one !== own && one.value !== null && group(one.key[BY] ?? '') === group(unit))
    .flatMap((reading) => {
      const its = size.of(reading)
      return its === null || mine === null || mine <= 0 || its <= 0
        ? []
        : [{ reading, size: its, away: Math.abs(Math.log(its / mine)) }]
    })
    .sort((a, b) => a.away - b.away)
    .slice(0, count)
  const dimension = catalogue.dimensions.get(BY)
  const region = dimension?.members
    .get(unit)
    ?.parents.map((id) => dimension.members.get(id))
    .find((one) => one?.kind === 'region' && validOn(one, at))
  const inRegion =
    region && all.readings.filter(({ key }) => dimension?.members.get(key[BY] ?? '')?.parents.includes(region.id))
  const sum = (some: readonly Reading[]) => together(catalogue, indicator, some)
  return {
    ...{ pulse, indicator: indicator.id, unit, own, size: mine === null ? null : { by: size.by, value: String(mine) } },
    nation: sum(all.readings),
    region: region && inRegion ? { id: region.id, ...sum(inRegion) } : null,
    peers: alike.map(({ reading, size: its }) => ({ reading, size: String(its) })),
    alike: alike.length === 0 ? null : sum(alike.map(({ reading }) => reading)),
  }
}

const BY = 'unit'

/** How large a unit is: how many live there where a list says so, else how many cases stand behind its figure. */
function sizes(catalogue: Catalogue) {
  const population = [...(catalogue.populations?.values() ?? [])].find(({ dimension }) => dimension === BY)
  return {
    by: population ? ('population' as const) : ('denominator' as const),
    of: ({ key, denominator }: Reading): number | null =>
      population ? (population.values[key[BY] ?? ''] ?? null) : denominator === null ? null : Number(denominator),
  }
}

/** What some units come to together: of counts their sum and what that is for each, of ratios the quotient of their sums; null where they do not add up. */
function together(catalogue: Catalogue, indicator: Indicator, some: readonly Reading[]): Together {
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

const NO_UNIT = {
  vi: 'Cần nêu đơn vị để tìm nơi cùng cỡ: where=unit:…, với chỉ tiêu chia theo đơn vị.',
  en: 'Name the unit whose peers are wanted: where=unit:…, of an indicator that is by unit.',
}
