/** The server's clock as the stream drives it: it never advances by itself, and says when the stream has stopped. */
import type { Pulse } from '../../kpi/wire.ts'

/** The server speaks at least once a second; silence beyond this, milliseconds, means the stream has stopped. */
export const SILENCE = 1800

/** A message so much older than another was not late on its way: the clock of the server was set back, milliseconds. */
const SET_BACK = 5000

/** Whether a pulse (UTC milliseconds) only comes late, after a newer one of the same store. */
export const isLate = (at: number, newest: number): boolean => at < newest && newest - at < SET_BACK

/** The screen's own clock, UTC milliseconds, which may be wrong: only for how long ago this screen did something. */
export const screenClock = (): number => Date.now()

/** Milliseconds by a stopwatch that nobody sets: for how long something took, never for what time it is. */
export const stopwatch = (): number => performance.now()

export interface Clock {
  /** Server time, UTC milliseconds: the pulse of the newest message; null before the first. */
  readonly at: number | null
  /** No message within the last two seconds. */
  readonly stalled: boolean
  /** How old the picture was when this screen started with it, milliseconds, where the server has not spoken since; null where that is not known. */
  readonly age?: number | null
}

export interface ClockDriver {
  /** A message arrived: time is what it says. */
  heard(pulse: Pulse): void
  /** The connection is known to be gone; no need to wait for the silence. */
  lost(): void
  /** Shows the time of a picture that was kept `age` milliseconds ago, or nobody knows how long: the stream has not begun. */
  recall(pulse: Pulse, age: number | null): void
  readonly clock: Clock
  stop(): void
}

/** Starts a clock; `changed` hears every new state. `stop()` ends its timer. */
export function startClock(changed: (clock: Clock) => void): ClockDriver {
  let clock: Clock = { at: null, stalled: false }
  let store = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const set = (next: Clock) => {
    clock = next
    changed(next)
  }
  const lost = () => {
    clearTimeout(timer)
    if (!clock.stalled) set({ ...clock, stalled: true })
  }
  return {
    get clock() {
      return clock
    },
    heard(pulse) {
      clearTimeout(timer)
      timer = setTimeout(lost, SILENCE)
      const late = pulse.store === store && clock.at !== null && isLate(pulse.at, clock.at)
      store = pulse.store
      set({ at: late ? clock.at : pulse.at, stalled: false })
    },
    lost,
    recall: (pulse, age) => set({ at: pulse.at, stalled: true, age }),
    stop: () => clearTimeout(timer),
  }
}
