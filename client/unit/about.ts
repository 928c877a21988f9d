/** What is known of one unit: a reading for each indicator that speaks of it, its place among its peers, and the picture panels draw from. */
import type { Correction } from '../../kpi/correction.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { floor, type Window } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import { levelOf } from '../../kpi/title.ts'
import { ranksOf } from '../draw/ranking.ts'
import type { Known } from '../known.ts'
import type { Picture } from '../link/picture.ts'
import type { Range } from '../link/route.ts'
import type { UnitAsks } from './unit-asks.ts'

/** How often a unit's page asks again, milliseconds of the server's clock. */
export const AGAIN = 15_000
/** How many questions are on their way at once, and how many indicators one asks for: their readings are of few statements, and the address stays short. */
const AT_ONCE = 2
const TOGETHER = 50

export const WINDOW: Readonly<Record<Range, Window>> = { '1d': 'today', '7d': '7d', '30d': '30d' }

/** The indicators that may speak of units, in the order of their ids, so that families stay together. Counts made for a score alone are seen as its parts. */
export function unitIndicators(catalogue: Known): readonly Indicator[] {
  const inside = countsOfScores(catalogue)
  return [...catalogue.indicators.values()]
    .filter(({ dimensions, rhythm, id }) => dimensions.includes('unit') && (rhythm !== undefined || !inside.has(id)))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Rates first, and without what is only a part of one: a rate says both its parts beside it. `all`: with them. */
export function figuresOf(shown: readonly Indicator[], all: boolean): readonly Indicator[] {
  const parts = new Set(shown.flatMap(({ ratio }) => (ratio ? [ratio.of, ratio.to] : [])))
  const order = [...shown.filter(({ ratio }) => ratio), ...shown.filter(({ ratio }) => !ratio)]
  return all ? order : order.filter(({ id }) => !parts.has(id))
}

/** Both sums of every ratio that a score takes its points from. */
function countsOfScores(catalogue: Known): ReadonlySet<string> {
  const parts = [...catalogue.indicators.values()]
    .flatMap(({ score }) => score?.columns ?? [])
    .flatMap((one) => one.parts)
  const ratios = parts.flatMap(({ ratio }) => catalogue.indicators.get(ratio ?? '')?.ratio ?? [])
  return new Set(ratios.flatMap(({ of, to }) => [of, to]))
}

/** The first part of an indicator's id: what it belongs with. */
export const familyOf = (indicator: string) => indicator.split('/')[0] ?? indicator

/** The slice of one unit. */
export const ofUnit = (indicator: Indicator, unit: string, window: Window = indicator.window): Slice => ({
  ...{ indicator: indicator.id, window, by: [], where: { unit } },
})

/** Readings by unit of every indicator asked, many to a question, as each is answered; one failure is the answer. */
export async function askAll(
  asked: readonly Indicator[],
  ask: UnitAsks,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Reading[]>> {
  const found = new Map<string, Reading[]>(asked.map(({ id }) => [id, []]))
  const queue = Array.from({ length: Math.ceil(asked.length / TOGETHER) }, (_, i) =>
    asked.slice(i * TOGETHER, (i + 1) * TOGETHER),
  )
  const slices = new Map(
    asked.map(({ id, window }) => [sliceKey({ indicator: id, window, by: ['unit'], where: {} }), id]),
  )
  let failure: unknown = null
  const work = async () => {
    for (let some = queue.shift(); some !== undefined && failure === null; some = queue.shift()) {
      try {
        const ids = some.map(({ id }) => id)
        for (const reading of (await ask.units(ids, signal)).readings)
          found.get(slices.get(reading.slice) ?? '')?.push(reading)
      } catch (error) {
        failure = error
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (failure !== null) throw failure
  return found
}

export interface Place {
  /** "3", "3=" where others are equal, "5–12" where too few cases tell units apart. */
  readonly place: string
  readonly count: number
}

/** Where a unit stands among the units of its kind that have a value, ranked as rankings rank; null without a value, or of too few cases. */
export function placeAmong(
  readings: readonly Reading[],
  unit: string,
  indicator: Indicator,
  catalogue: Known,
): Place | null {
  const units = catalogue.dimensions.get('unit')
  // A province and a city are peers: they stand at one level.
  const level = (id: string) => levelOf(units, units?.members.get(id)?.kind)
  const peers = readings.filter(({ key, value }) => value !== null && level(key.unit ?? '') === level(unit))
  const own = peers.find(({ key }) => key.unit === unit)
  if (!own) return null
  const place = ranksOf(peers, indicator.better).said[peers.indexOf(own)] ?? null
  return place === null ? null : { place, count: peers.length }
}

/** A picture of one unit: what was asked of it, under the slices its panels name. Pulse and health are the board's it was opened from. */
export function pictureOf(
  board: Picture,
  unit: string,
  catalogue: Known,
  all: ReadonlyMap<string, readonly Reading[]>,
  more: readonly Reading[],
  corrected: readonly Correction[] = [],
): Picture {
  const corrections = new Map<string, ReadonlyMap<string, Correction>>()
  const slices = new Map<string, ReadonlyMap<string, Reading>>()
  const kindOf = (id: string | undefined) => catalogue.dimensions.get('unit')?.members.get(id ?? '')?.kind
  for (const [id, readings] of all) {
    const indicator = catalogue.indicators.get(id)
    const own = readings.find(({ key }) => key.unit === unit)
    if (!indicator) continue
    const slice = sliceKey(ofUnit(indicator, unit))
    // The same point, said of the unit itself and not as one of many; beside it only its peers.
    const kind = kindOf(unit)
    if (own) slices.set(slice, new Map([[pointKey({}), { ...own, slice, key: {} }]]))
    const mended = own && correctionOf(own, corrected)
    if (mended) corrections.set(slice, new Map([[pointKey({}), { ...mended, slice, key: {} }]]))
    for (const reading of readings.filter(({ key }) => kindOf(key.unit) === kind))
      slices.set(reading.slice, new Map(slices.get(reading.slice)).set(pointKey(reading.key), reading))
  }
  // What is known of a slice already was read together with its peers: one value, one moment.
  for (const reading of more)
    if (!slices.has(reading.slice)) slices.set(reading.slice, new Map([[pointKey(reading.key), reading]]))
  return { ...board, slices, corrections }
}

/** The newest correction of a reading, of the span it speaks of. */
export const correctionOf = (reading: Reading, corrected: readonly Correction[]): Correction | undefined =>
  corrected
    .filter(
      ({ slice, key, from, to }) =>
        slice === reading.slice &&
        from === reading.from &&
        to === reading.to &&
        pointKey(key) === pointKey(reading.key),
    )
    .toSorted((a, b) => b.since - a.since)[0]

/** Changes when a page should ask again. */
export const tick = (at: number) => String(floor(at, AGAIN))
