/** What was corrected on the glass: deliveries are looked through for changes of what had been shown, written down, and told to the boards. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Correction } from '../../kpi/correction.ts'
import { DAY } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey } from '../../kpi/slice.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { changesOf, type Delivered } from '../queries/changes.ts'
import { corrections, correctionsBy, deliveryOf, keepCorrections, writtenOf } from '../queries/corrections.ts'
import type { Store } from '../store/connect.ts'

/** The most that is told to a screen that begins to watch. */
const MOST = 500

/** The most folds whose deliveries are looked through together. */
const AT_ONCE = 20

const together = (all: readonly Delivered[]): Delivered => ({
  batches: all.flatMap(({ batches }) => batches),
  indicators: [...new Set(all.flatMap(({ indicators }) => indicators))],
  low: Math.min(...all.map(({ low }) => low)),
  high: Math.max(...all.map(({ high }) => high)),
  since: Math.min(...all.map(({ since }) => since)),
})

export interface Corrected {
  /** Takes down what was folded, to be looked through later. */
  note(delivered: Delivered): void
  /** Looks through what was noted, much of it at once; answers whether anything was. Rejects while the store is away, and then looks again later. */
  look(catalogue: Catalogue, now: number): Promise<boolean>
  /** What was found since it was last taken, for the rooms. */
  take(): readonly Correction[]
  /** The newest correction of each of these readings, of the span it speaks of. */
  of(readings: readonly Reading[]): readonly Correction[]
  /** Remembers what any server found lately. */
  recall(catalogue: Catalogue, pulse: Pulse): Promise<void>
}

export function startCorrected(store: Store): Corrected {
  const noted: Delivered[] = []
  let fresh: readonly Correction[] = []
  let recalled = false
  /** By point of a slice, the newest. */
  const newest = new Map<string, Correction>()
  /** By id, what was told here. */
  const told = new Set<string>()
  const name = ({ slice, key }: Pick<Correction, 'slice' | 'key'>) => `${slice} ${pointKey(key)}`

  function remember(found: readonly Correction[]): void {
    for (const one of found) {
      told.add(one.id)
      const before = newest.get(name(one))
      if (before && before.since > one.since) continue
      // Put anew, so that what is oldest stands first and goes first.
      newest.delete(name(one))
      newest.set(name(one), one)
    }
    for (const oldest of newest.keys()) {
      if (newest.size <= 20 * MOST) break
      newest.delete(oldest)
    }
    for (const oldest of told) {
      if (told.size <= 20 * MOST) break
      told.delete(oldest)
    }
  }

  return {
    note: (delivered) => void noted.push(delivered),
    async look(catalogue, now) {
      if (noted.length === 0) return false
      const count = Math.min(noted.length, AT_ONCE)
      const next = together(noted.slice(0, count))
      const changes = await changesOf(store, catalogue, next)
      // After a restart, or beside another server, a delivery is met again: what it changed stays told as it was.
      const written = changes.length === 0 ? [] : await writtenOf(store, next)
      const known = new Set(written.flatMap(({ deliveries }) => deliveries))
      const own = changes.filter(({ batch }) => !known.has(deliveryOf(batch)))
      const found = own.length === 0 ? [] : await correctionsBy(store, catalogue, own, now)
      await keepCorrections(store, found)
      noted.splice(0, count)
      const untold = [...written, ...found].filter(({ id }) => !told.has(id))
      remember(untold)
      fresh = [...fresh, ...untold]
      return true
    },
    take() {
      const found = fresh
      fresh = []
      return found
    },
    of(readings) {
      const found = readings.flatMap((reading) => {
        const one = newest.get(name(reading))
        return one && one.from === reading.from && one.to === reading.to ? [one] : []
      })
      return found.sort((a, b) => b.since - a.since).slice(0, MOST)
    },
    async recall(catalogue, pulse) {
      if (recalled) return
      const lately = { from: pulse.at - 2 * DAY, to: pulse.at + 1, limit: 10 * MOST, where: {} }
      const { corrections: found } = await corrections(store, catalogue, lately, pulse)
      recalled = true
      remember(found.toReversed())
    },
  }
}
