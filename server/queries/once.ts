/** Of corrections that several servers told in other groups those that together tell each delivery once. Pure. */
import type { Correction } from '../../kpi/correction.ts'
import { pointKey } from '../../kpi/slice.ts'
import { grouped } from './gather.ts'

/** How many choices are tried for a point. */
const MOST = 10_000

/**
 * Servers that fold the same deliveries in other groups tell of one change differently cut: one from 10 to 12 and one from 12 to 15,
 * or one from 10 to 15. Of each point those are kept that tell every delivery exactly once, finer ones first.
 */
export function once(all: readonly Correction[]): readonly Correction[] {
  const point = ({ slice, key, from, to }: Correction) => `${slice} ${pointKey(key)} ${from} ${to}`
  const kept = new Set([...grouped(all, point).values()].flatMap(ofPoint))
  return all.filter((one) => kept.has(one))
}

/** Written before deliveries were: nothing is known of what such a one covers. */
const deliveriesOf = ({ deliveries = [] }: Partial<Correction>) => deliveries

function ofPoint(all: readonly Correction[]): readonly Correction[] {
  if (all.length === 1) return all
  const finest = all.toSorted((a, b) => deliveriesOf(a).length - deliveriesOf(b).length)
  const named = finest.filter((one) => deliveriesOf(one).length > 0)
  const bare = finest.filter((one) => deliveriesOf(one).length === 0)
  return [...bare, ...(exactly(named) ?? atLeast(named))]
}

/** Those that tell every delivery exactly once; null where there is no such choice, or none is found in time. */
function exactly(all: readonly Correction[]): readonly Correction[] | null {
  const telling = new Map<string, Correction[]>()
  for (const one of all)
    for (const delivery of deliveriesOf(one)) telling.set(delivery, [...(telling.get(delivery) ?? []), one])
  const deliveries = [...telling.keys()]
  const told = new Set<string>()
  const chosen: Correction[] = []
  let tries = 0
  function choose(from: number): boolean {
    const at = deliveries.findIndex((delivery, i) => i >= from && !told.has(delivery))
    if (at < 0) return true
    for (const one of telling.get(deliveries[at] as string) ?? []) {
      const own = deliveriesOf(one)
      if (++tries > MOST) return false
      if (own.some((delivery) => told.has(delivery))) continue
      for (const delivery of own) told.add(delivery)
      chosen.push(one)
      if (choose(at + 1)) return true
      chosen.pop()
      for (const delivery of own) told.delete(delivery)
    }
    return false
  }
  return choose(0) ? chosen : null
}

/** Those that tell what finer ones do not tell already. */
function atLeast(all: readonly Correction[]): readonly Correction[] {
  const told = new Set<string>()
  return all.filter((one) => {
    const own = deliveriesOf(one)
    const more = own.some((delivery) => !told.has(delivery))
    for (const delivery of own) told.add(delivery)
    return more
  })
}
