/** When screens change their picture together: a moment of the server's clock that each finds by itself from what it heard. Pure. */

/** How long after the pulse of a flip screens change to it, milliseconds: time enough to have it drawn out of sight, everywhere. */
export const SETTLE = 400
/** How many messages the estimate remembers: half a minute at one a second. */
const REMEMBERED = 30

/** The moment at which a picture of this pulse comes on stage, server time. */
export const flipAt = (pulse: number): number => pulse + SETTLE

export interface ServerTime {
  /** A message of this pulse was heard when a stopwatch showed `watch`. */
  heard(pulse: { readonly at: number; readonly store: string }, watch: number): void
  /** Server time when the stopwatch shows `watch`, as late as the quickest message lately was; null before the first. */
  at(watch: number): number | null
}

/** What time the server has, from the messages that were least delayed: a slow one says only that it was slow. */
export function startServerTime(): ServerTime {
  let store = ''
  let ahead: readonly number[] = []
  return {
    heard(pulse, watch) {
      if (pulse.store !== store) ahead = []
      store = pulse.store
      ahead = [...ahead.slice(1 - REMEMBERED), pulse.at - watch]
    },
    at: (watch) => (ahead.length === 0 ? null : watch + Math.max(...ahead)),
  }
}
