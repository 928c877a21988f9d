/** Writes down what the glass says, before it is said; a store that is slow or away holds nothing back: the rest is written when it can. */
import { randomUUID } from 'node:crypto'
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
  let following: Promise<void> | null = null
  let full = false

  async function write(): Promise<void> {
    const rows = waiting
    waiting = []
    try {
      // Never the token of another's rows of the same moment: a replicated table would take them for a repeat.
      await store.insert('shown', rows, `shown-${randomUUID()}`)
      full = false
    } catch (error) {
      full = isFull(error)
      // The pulse says that the store is away; what was shown meanwhile is kept for its return.
      waiting = [...rows, ...waiting].slice(-MOST)
    }
  }

  function begin(): Promise<void> {
    following = null
    if (waiting.length === 0) return Promise.resolve()
    const own = write().finally(() => {
      if (writing === own) writing = null
    })
    writing = own
    return own
  }

  return {
    full: () => full,
    async keep(pulse, kept) {
      const rows = kept.map((one) => ({ ...one, pulse: pulse.at }))
      waiting = [...waiting, ...rows].slice(-MOST)
      if (waiting.length === 0) return
      // What is being written now does not hold these rows: they follow it, together with all that comes until then.
      if (writing) following ??= writing.then(begin)
      const own = following ?? begin()
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
