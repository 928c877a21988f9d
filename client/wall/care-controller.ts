/** The time by which a panel is cared for: the server's, and while nobody tells it, as much later as a stopwatch says. For care alone; no clock is shown by it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type Clock, stopwatch } from '../link/clock.ts'

/** How often where the picture stands is looked at while nothing comes, milliseconds. */
const EVERY = 20_000

export class CareController implements ReactiveController {
  #host: Pick<ReactiveControllerHost, 'addController' | 'requestUpdate'>
  #watch: () => number
  #told: number | null = null
  #since = 0
  #timer: ReturnType<typeof setInterval> | undefined

  /** `watch`: a stopwatch that nobody sets, milliseconds. */
  constructor(host: Pick<ReactiveControllerHost, 'addController' | 'requestUpdate'>, watch = stopwatch) {
    this.#host = host
    this.#watch = watch
    host.addController(this)
  }

  hostConnected(): void {
    this.#timer = setInterval(() => this.#host.requestUpdate(), EVERY)
  }

  hostDisconnected(): void {
    clearInterval(this.#timer)
  }

  /** The time of care by a clock as it is now, UTC milliseconds; null before the server was heard for the first time. */
  at({ at, stalled, age }: Clock): number | null {
    if (at === null) return null
    if (!stalled || at !== this.#told) {
      this.#told = at
      this.#since = this.#watch()
    }
    return stalled ? at + (age ?? 0) + this.#watch() - this.#since : at
  }
}
