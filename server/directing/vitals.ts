/** How many paired screens there are and how many show what they should, said once a minute as observations like everybody else's: so a rule wakes somebody when one stands still or is lost. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { floor, MINUTE } from '../../kpi/range.ts'
import type { Store } from '../store/connect.ts'
import { sayOwn } from '../store/own.ts'

/** How long screens have to come back after this server was started, milliseconds. */
const RETURN = MINUTE

export interface Counts {
  readonly paired: number
  /** Those that paint, and those that have just begun to. */
  readonly showing: number
}

export interface Vitals {
  /** Says this minute, where it has not been said. Rejects while the store is away. */
  beat(catalogue: Catalogue, counts: Counts): Promise<void>
}

/** `watch`: a stopwatch that nobody sets, milliseconds. */
export function startVitals(store: Store, watch: () => number): Vitals {
  const began = watch()
  let said = Number.NEGATIVE_INFINITY
  let any = false
  return {
    async beat(catalogue, { paired, showing }) {
      const at = floor(store.now(), 'minute')
      // Where nobody ever paired a screen there is nothing to say; where the last one has gone, that there is none.
      any ||= paired > 0
      if (!any || at === said || watch() - began < RETURN) return
      const values = { 'system/screens-paired': paired, 'system/screens-showing': showing }
      const counts = Object.entries(values).map(([indicator, value]) => ({ indicator, value, from: at, to: at }))
      await sayOwn(store, catalogue, { voice: 'screens', run: `screens-${at}`, received: at }, counts)
      said = at
    },
  }
}
