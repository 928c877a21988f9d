/** The country at work: everything that is true of every unit, a pure function of seed and corrections; days once worked out are kept. */
import { DAY } from '../../kpi/range.ts'
import { draw, keyOf, mix, part } from './chance.ts'
import { dayOf, dayStartOf, SLOT, SLOTS } from './days.ts'
import { type Feedback, openFeedback } from './feedback.ts'
import { type Channel, type Filings, openFilings } from './filings.ts'
import { memo } from './memo.ts'
import { openQueue, type Queue } from './queue.ts'
import { acceptedIn, type Counts, counts, SPAN } from './traffic.ts'
import { UNITS, type Unit } from './units.ts'

/** A change of the truth: `delta` more or less of `of` in the span that holds `from`. */
export interface Correction {
  readonly service: 'interchange' | 'portal' | 'feedback'
  readonly unit: Unit
  readonly from: number
  readonly delta: number
  readonly of: 'sent' | 'received' | 'accepted'
  readonly channel?: Channel | undefined
}

export interface UnitWorld {
  readonly unit: Unit
  /** Chance of the unit's own, a 32-bit number. */
  dice(...parts: readonly number[]): number
  /** Documents in the five minutes from `from`. */
  documents(from: number): Counts
  /** Documents accepted and not finished. */
  readonly handling: Queue
  /** Bodies of the unit on the axis on a day. */
  connected(day: number): number
  readonly filings: Filings
  readonly feedback: Feedback
}

export type World = ReadonlyMap<Unit, UnitWorld>

export function openWorld(seed: number, corrections: readonly Correction[]): World {
  return new Map(
    UNITS.map((unit) => [
      unit,
      openUnit(
        seed,
        unit,
        corrections.filter((one) => one.unit === unit),
      ),
    ]),
  )
}

function openUnit(seed: number, unit: Unit, corrections: readonly Correction[]): UnitWorld {
  const key = keyOf(unit)
  const sum = (fits: (one: Correction) => boolean) =>
    corrections.reduce((total, one) => (fits(one) ? total + one.delta : total), 0)
  const held = (one: Correction, from: number, size: number) => one.from >= from && one.from < from + size
  const remembered = memo<Counts>(1500)
  const delta = (from: number) => (of: Correction['of']) =>
    corrections.length === 0 ? 0 : sum((one) => one.service === 'interchange' && one.of === of && held(one, from, SPAN))
  const documents = (from: number) => remembered(from, () => counts(seed, unit, from, delta(from)))
  const accepted = memo<Int32Array>(120)
  const handling = openQueue({
    inflow: (day) =>
      accepted(day, () => {
        const list = new Int32Array(SLOTS)
        for (let from = dayStartOf(day); from < dayStartOf(day) + DAY; from += SPAN) {
          const slot = Math.floor((from - dayStartOf(day)) / SLOT)
          list[slot] = (list[slot] ?? 0) + acceptedIn(seed, unit, from, delta(from))
        }
        return list
      }),
    lags: [{ worked: 1 }, { worked: 2 }, { worked: 4 }, { worked: 8 }],
    // The due date a document carries; a few in a hundred are finished later.
    promise: 5,
    split(day, slot, n) {
      const first = Math.min(n, draw(n * 560, mix(seed, key, day, slot, 11)))
      const second = Math.min(n - first, draw(n * 300, mix(seed, key, day, slot, 12)))
      const late = part(n - first - second, unit.habit === 'slow-register' ? 420 : 160, mix(seed, key, day, slot, 14))
      return [first, second, n - first - second - late, late]
    },
  })
  return {
    unit,
    dice: (...parts) => mix(seed, key, ...parts),
    documents,
    handling,
    // A body leaves the axis for a week now and then and comes back.
    connected: (day) => unit.bodies - (mix(seed, key, Math.floor(day / 7), 13) % 3),
    filings: openFilings(seed, unit, (channel, from) =>
      sum((one) => one.service === 'portal' && (one.channel ?? '2') === channel && held(one, from, SLOT)),
    ),
    feedback: openFeedback(seed, unit, (from) => sum((one) => one.service === 'feedback' && held(one, from, SLOT))),
  }
}

/** The quarter-hour of its day in which a moment lies. */
export const slotOf = (at: number): number => Math.floor((at - dayStartOf(dayOf(at))) / SLOT)
