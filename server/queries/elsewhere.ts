/** A range beside the same range elsewhere: each figure with the whole country's, or with that of units of like size, recomputed from their parts. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Elsewhere } from '../../kpi/compared.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { type Members, members } from '../../kpi/observation.ts'
import type { Answers, Compared, QueryOf, Together } from '../../kpi/query.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Text } from '../../kpi/text.ts'
import { lastDefinition } from '../../kpi/version.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { breakdown, tilingGrain } from './breakdown.ts'
import { dayOfUnits, unitsOf } from './carried.ts'
import { changeOf } from './change.ts'
import { factsOf } from './facts.ts'
import { judge } from './judge.ts'
import { likeSized, together, UNIT } from './like-sized.ts'

export async function elsewhere(
  store: Store,
  catalogue: Catalogue,
  query: Omit<QueryOf<'compare'>, 'with'> & { readonly with: Elsewhere },
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['compare']> {
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  if (!indicator.dimensions.includes(UNIT) || indicator.score) throw new Refusal(422, NOT_BY_UNIT, 'with')
  const { with: how, ...asked } = query
  const { [UNIT]: unit, ...where } = asked.where
  if (how === 'peers' && unit === undefined && query.by !== UNIT) throw new Refusal(422, NO_UNIT, 'where')
  const at = dayOfUnits(unitsOf(catalogue, indicator, query.units), query.to, pulse.at)
  const [own, units] = await Promise.all([
    breakdown(store, catalogue, asked, pulse, signal),
    breakdown(store, catalogue, { ...asked, where, by: UNIT }, pulse, signal),
  ])
  const alike = likeSized(catalogue, indicator, units.readings, at)
  const peersOf = (id: string) => new Set(alike(id).alike.map(({ reading }) => reading.key[UNIT] ?? ''))
  const of = (some: readonly Reading[], id: string | undefined): Together | null => {
    if (how === 'peers' && id === undefined) return null
    const those = how === 'peers' ? peersOf(id ?? '') : null
    const found = together(catalogue, indicator, those ? some.filter(({ key }) => those.has(key[UNIT] ?? '')) : some)
    return found.units === 0 ? null : found
  }
  // Split otherwise, each part is told of all units and then of those that are meant.
  const parts = query.by === UNIT ? [] : await split(store, catalogue, { ...asked, where }, pulse, signal)
  // The country is not compared with itself; nor what a region comes to with the mean of a unit.
  const one = indicator.kind === 'ratio' || units.readings.some(({ key }) => key[UNIT] === unit)
  const beside = (some: readonly Reading[]) => (unit === undefined || !one ? null : of(some, unit))
  const besideOf = ({ key }: Reading): Together | null =>
    query.by === UNIT
      ? of(units.readings, key[UNIT])
      : beside(parts.filter((each) => each.key[query.by] === key[query.by]))
  const compared = (now: Reading | null, other: Together | null, key: Members = now?.key ?? {}): Compared => ({
    ...{ key, now, earlier: null, target: null, beside: other },
    change: changeOf(now, other && { ...other, value: other.each ?? other.value }, indicator.unit === 'percent'),
  })
  const rows = [
    ...own.readings.map((reading) => compared(reading, besideOf(reading))),
    ...onlyThere(own.readings, parts, query.by).flatMap((key) => {
      const other = beside(parts.filter((each) => each.key[query.by] === key[query.by]))
      return other === null ? [] : [compared(null, other, key)]
    }),
  ]
  const total = own.total && compared(own.total, beside(units.readings))
  const told = unit === undefined ? rows.filter(({ now }) => now?.value != null) : total ? [total] : []
  const counts = told.map((row) => row.beside?.units ?? 0)
  return {
    ...{ pulse, indicator: query.indicator, with: how, said: saidOf(how, indicator, counts) },
    ...{ provisional: false, earlier: null, rows, total },
    now: lastDefinition(catalogue, query.indicator, query).span,
    ...(own.carried ? { carried: own.carried } : {}),
  }
}

/** The members of a dimension that others speak of and this side does not. */
function onlyThere(own: readonly Reading[], parts: readonly Reading[], by: string): readonly Members[] {
  const here = new Set(own.map(({ key }) => key[by]))
  const there = new Set(parts.map(({ key }) => key[by]).filter((id) => id !== undefined && !here.has(id)))
  return [...there].map((id) => ({ [by]: id as string }))
}

/** Readings by the dimension asked for and by unit. */
async function split(
  store: Store,
  catalogue: Catalogue,
  query: Omit<QueryOf<'compare'>, 'with'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<readonly Reading[]> {
  const from = Math.floor(query.from / MINUTE) * MINUTE
  const to = Math.ceil(query.to / MINUTE) * MINUTE
  const slice = {
    ...{ indicator: query.indicator, window: 'today' as const, by: [query.by, UNIT].sort() },
    where: members(query.where),
  }
  const [facts] = await factsOf(store, catalogue, [slice], {
    ...{ now: pulse.at, purpose: 'ask', units: query.units, known: { asOf: query.asOf }, signal },
    over: { span: { from, to }, grain: tilingGrain({ from, to }) },
  })
  return facts ? judge(catalogue, slice, facts, pulse.at) : []
}

/** Beside whom: of like size as many as there are, which may be fewer than are looked for. `counts`: how many of each row. */
function saidOf(how: Elsewhere, { kind }: Indicator, counts: readonly number[]): Text {
  const some = counts.filter((count) => count > 0)
  const [least, most] = [Math.min(...some), Math.max(...some)]
  const many = least === most ? `${most}` : `${least}–${most}`
  const { vi, en }: Text =
    how === 'nation'
      ? { vi: 'so với cả nước', en: 'compared with the whole country' }
      : some.length === 0
        ? { vi: 'không có đơn vị cùng loại nào để so', en: 'there is no unit of its kind to compare with' }
        : {
            vi: `so với ${many} đơn vị cùng loại, cỡ gần nhất`,
            en: `compared with the ${most === 1 ? 'unit' : `${many} units`} of its kind nearest in size`,
          }
  // Counts are compared with what one unit comes to.
  if (kind === 'ratio' || most <= 1 || (how === 'peers' && some.length === 0)) return { vi, en }
  return { vi: `${vi}, bình quân một đơn vị`, en: `${en}, the mean of a unit` }
}

const NOT_BY_UNIT = {
  vi: 'Chỉ tiêu này không chia theo đơn vị (hoặc là điểm) nên không so với cả nước hay nơi cùng cỡ được; hãy chọn kỳ trước, cùng kỳ hoặc mục tiêu.',
  en: 'This indicator is not by unit (or is a score), so there is no country or unit of like size beside it; choose an earlier stretch or the target.',
}
const NO_UNIT = {
  vi: 'Để so với nơi cùng cỡ, hãy nêu một đơn vị (where=unit:…) hoặc chia theo đơn vị (by=unit).',
  en: 'To compare with units of like size name one (where=unit:…) or split by unit (by=unit).',
}
