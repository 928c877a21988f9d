/** Where the units are: the outlines and tiles that come with the declarations, and the two archipelagos every map of the country shows. */

import tiles from '../dashboards/map/tiles.json' with { type: 'json' }
import topology from '../dashboards/map/vietnam.topo.json' with { type: 'json' }
import type { Member } from '../kpi/dimension.ts'
import { dayStart, validOn } from '../kpi/range.ts'
import type { Text } from '../kpi/text.ts'
import { type Archipelago, type Outline, outlines } from './draw/topology.ts'

/** The code system by which outlines and tiles name units. */
export const PLACE_CODES = 'qd19'

/** The outline of each unit, by code. */
export const OUTLINES: readonly Outline[] = outlines(topology, 'provinces34')

/** A moment of the last day of the 63 units. */
export const FORMER_DAY = dayStart('2025-06-30')

/** The outlines of the 63 units before 2025-07-01, by the code of that time; fetched when first wanted. */
export async function formerOutlines(): Promise<readonly Outline[]> {
  const { default: former } = await import('../dashboards/map/former.topo.json', { with: { type: 'json' } })
  return outlines(former, 'provinces63')
}

/** Code → [column, row]. */
export const TILES: ReadonlyMap<string, readonly [number, number]> = new Map(
  Object.entries(tiles).map(([code, [column = 0, row = 0]]) => [code, [column, row] as const]),
)

/** The archipelagos, with the code of the unit each belongs to and the places of their larger islands (longitude, latitude). */
export const ARCHIPELAGOS: readonly (Archipelago & { readonly name: Text })[] = [
  {
    code: '48',
    name: { vi: 'Hoàng Sa', en: 'Hoàng Sa' },
    at: [111.6, 16.5],
    islands: [
      [111.61, 16.53],
      [112.34, 16.83],
      [112.73, 16.66],
      [112.27, 16.97],
      [111.71, 16.45],
      [111.2, 15.78],
      [112.5, 16.05],
    ],
  },
  {
    code: '56',
    name: { vi: 'Trường Sa', en: 'Trường Sa' },
    at: [111.9, 9.6],
    islands: [
      [111.92, 8.64],
      [114.33, 11.43],
      [114.33, 9.88],
      [114.36, 10.18],
      [113.7, 8.97],
      [112.92, 7.88],
      [113.3, 8.18],
      [112.25, 8.85],
      [114.28, 11.05],
    ],
  },
]

/** The code by which outlines name a unit at `at`; null for a unit without a place of its own. */
export function placeOf(member: Member | undefined, at: number): string | null {
  if (!member || !validOn(member, at)) return null
  return member.codes.find((code) => code.system === PLACE_CODES && validOn(code, at))?.code ?? null
}
