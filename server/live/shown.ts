/** Writes down what the glass says, before it is said; a store that is slow or away holds nothing back: the rest is written when it can. */
import type { Pulse } from '../../kpi/wire.ts'
import type { ShownRow } from '../queries/shown.ts'
import { isFull, type Store } from '../store/connect.ts'

/** How long the glass waits for its own record, milliseconds. */
const PATIENCE = 500
/** The most that waits for a store that is away; the oldest go first. */
const MOST = 50_000

/** A row of the table `shown`: a reading by slice and point, or by `boardKey` the slices a board shows. */
export type Kept = ShownRow
export { boardKey } from '../queries/shown.ts'

export interface Shown {
  /** Writes down as of a pulse. Resolves when it is stored, or when patience ends. */
  keep(pulse: Pulse, kept: readonly Kept[]): Promise<void>
  /** Whether the store answered last that it has no room for rows. */
  full(): boolean
}

export function startShown(store: Store): Shown {
  let waiting: readonly object[] = []
  let writing: Promise<void> | null = null
  let full = false

  async function write(pulse: Pulse): Promise<void> {
    const rows = waiting
    waiting = []
    try {
      await store.insert('shown', rows, `shown-${pulse.store}-${pulse.at}-${rows.length}`)
      full = false
    } catch (error) {
      full = isFull(error)
      // The pulse says that the store is away; what was shown meanwhile is kept for its return.
      waiting = [...rows, ...waiting].slice(-MOST)
    }
  }

  return {
    full: () => full,
    async keep(pulse, kept) {
      const rows = kept.map((one) => ({ ...one, pulse: pulse.at }))
      waiting = [...waiting, ...rows].slice(-MOST)
      if (waiting.length === 0) return
      // What is being written now does not hold these rows: they follow it.
      const before = writing
      const mine = before ? before.then(() => (waiting.length > 0 ? write(pulse) : undefined)) : write(pulse)
      const own = mine.finally(() => {
        if (writing === own) writing = null
      })
      writing = own
      if (rows.length === 0) return
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE)
      })
      await Promise.race([own, patience])
      clearTimeout(timer)
    },
  }
}
