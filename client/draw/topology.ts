/** Reads outlines from TopoJSON: arcs of whole numbers in, rings of longitude and latitude out. */

export type Place = readonly [number, number]

export interface Outline {
  /** The unit's code. */
  readonly id: string
  /** What it is called, where the geometry says so. */
  readonly name?: string
  /** Polygons, each an outer ring and its holes; every ring ends where it began. */
  readonly polygons: readonly (readonly (readonly Place[])[])[]
}

/** Islands too far out for the map itself: drawn in an inset. */
export interface Archipelago {
  /** The code of the unit it belongs to. */
  readonly code: string
  /** Where its inset stands on the map, as near as there is room. */
  readonly at: Place
  readonly islands: readonly Place[]
}

interface Topology {
  readonly transform: { readonly scale: readonly number[]; readonly translate: readonly number[] }
  readonly arcs: readonly (readonly (readonly number[])[])[]
  readonly objects: Readonly<Record<string, { readonly geometries: readonly Geometry[] }>>
}
interface Geometry {
  readonly id: string
  readonly properties?: { readonly name?: string }
  readonly arcs: readonly (readonly (readonly number[])[])[]
}

/** The outlines of one object of multi-polygons. A ring joins arcs; a negative arc is walked backwards. */
export function outlines(topology: Topology, object: string): readonly Outline[] {
  const [kx = 1, ky = 1] = topology.transform.scale
  const [dx = 0, dy = 0] = topology.transform.translate
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0]
    return arc.map(([stepX = 0, stepY = 0]): Place => {
      x += stepX
      y += stepY
      return [x * kx + dx, y * ky + dy]
    })
  })
  const walk = (index: number) => (index < 0 ? (arcs[~index] ?? []).toReversed() : (arcs[index] ?? []))
  const ring = (indexes: readonly number[]) => indexes.flatMap((index, i) => walk(index).slice(i === 0 ? 0 : 1))
  return (topology.objects[object]?.geometries ?? []).map(({ id, properties, arcs: polygons }) => ({
    id,
    ...(properties?.name === undefined ? {} : { name: properties.name }),
    polygons: polygons.map((rings) => rings.map(ring)),
  }))
}
