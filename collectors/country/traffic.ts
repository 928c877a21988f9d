/** What happens on the document axis: counts per unit and five-minute span, a pure function of seed, unit and span. */
import { ZONE_OFFSET } from '../../kpi/range.ts'
import { draw, keyOf, mix, mixed } from './chance.ts'
import { dayOf } from './days.ts'
import { busy } from './pace.ts'
import type { Unit } from './units.ts'

/** The interchange counts in spans of five minutes. */
export const SPAN = 300_000

export const FLOWS = ['sent', 'received', 'accepted', 'deliveries', 'rejected'] as const
export type Flow = (typeof FLOWS)[number]
export type Counts = Readonly<Record<Flow, number>>

/** How many receivers a document has: mostly one or two, now and then everyone (trap 18: one document, n deliveries). */
function receivers(hash: number): number {
  const dice = hash % 1000
  if (dice < 6) return 50
  if (dice < 90) return 4 + ((hash >>> 10) % 9)
  return dice < 420 ? 2 : 1
}

type Delta = (of: 'sent' | 'received' | 'accepted') => number

/** What came to a unit and was accepted in a span, and what the rest of its counts follow from. */
function coming(seed: number, unit: Unit, from: number, delta: Delta) {
  const minutes = Math.floor((from + ZONE_OFFSET) / 60_000) % 1440
  const base = mix(mix(seed, keyOf(unit), Math.floor(from / SPAN)))
  const sway = 700 + (mixed(base, 1) % 601)
  const thousandths = Math.floor((unit.size * busy(unit, 'office', dayOf(from), minutes) * sway) / 1_000_000)
  const came = Math.min(60, draw(thousandths, mixed(base, 2)))
  const received = Math.max(0, came + delta('received'))
  const register = unit.habit === 'slow-register' ? 780 + (mixed(base, 5) % 141) : 930 + (mixed(base, 5) % 71)
  const entered = Math.min(came, draw(came * register, mixed(base, 6)))
  return { base, thousandths, received, accepted: Math.min(received, Math.max(0, entered + delta('accepted'))) }
}

/** What was accepted of it, all that is asked of days gone by. */
export const acceptedIn = (seed: number, unit: Unit, from: number, delta: Delta): number =>
  coming(seed, unit, from, delta).accepted

/** What unit `unit` did in the span beginning at `from` (UTC ms, on the five-minute beat), with corrections of what was sent and received. */
export function counts(seed: number, unit: Unit, from: number, delta: Delta): Counts {
  const { base, thousandths, received, accepted } = coming(seed, unit, from, delta)
  const wrote = draw(Math.floor((thousandths * (350 + (mixed(base, 3) % 251))) / 1000), mixed(base, 4))
  const sent = Math.max(0, Math.min(60, wrote) + delta('sent'))
  const rejected = Math.min(received - accepted, draw((received - accepted) * 220, mixed(base, 7)))
  let deliveries = 0
  const post = mixed(base, 8)
  for (let document = 0; document < sent; document++) deliveries += receivers(mixed(post, document))
  return { sent, received, accepted, deliveries, rejected }
}
