/** `GET /api/peers`: a unit beside the whole country, its region and those of like size; what several come to is recomputed from their parts. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import { validOn } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { breakdown } from './breakdown.ts'
import { dayOfUnits, unitsOf } from './carried.ts'
import { likeSized, together, UNIT } from './like-sized.ts'

export async function peers(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'peers'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['peers']> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  const { count, where, ...rest } = query
  const { [UNIT]: unit, ...others } = where
  if (unit === undefined || !indicator.dimensions.includes(UNIT)) throw new Refusal(400, NO_UNIT, 'where')
  const at = dayOfUnits(unitsOf(catalogue, indicator, query.units), query.to, pulse.at)
  const all = await breakdown(store, catalogue, { ...rest, where: others, by: UNIT }, pulse, signal)
  const { own, size, alike } = likeSized(catalogue, indicator, all.readings, at)(unit, count)
  const dimension = catalogue.dimensions.get(UNIT)
  const region = dimension?.members
    .get(unit)
    ?.parents.map((id) => dimension.members.get(id))
    .find((one) => one?.kind === 'region' && validOn(one, at))
  const inRegion =
    region && all.readings.filter(({ key }) => dimension?.members.get(key[UNIT] ?? '')?.parents.includes(region.id))
  const sum = (some: readonly Reading[]) => together(catalogue, indicator, some)
  return {
    ...{ pulse, indicator: indicator.id, unit, own, size: size && { by: size.by, value: String(size.value) } },
    nation: sum(all.readings),
    region: region && inRegion ? { id: region.id, ...sum(inRegion) } : null,
    peers: alike.map(({ reading, size: its }) => ({ reading, size: String(its) })),
    alike: alike.length === 0 ? null : sum(alike.map(({ reading }) => reading)),
  }
}

const NO_UNIT = {
  vi: 'Cần nêu đơn vị để tìm nơi cùng cỡ: where=unit:…, với chỉ tiêu chia theo đơn vị.',
  en: 'Name the unit whose peers are wanted: where=unit:…, of an indicator that is by unit.',
}
