/** How long an element has waited for its first picture, said anew each second: by a stopwatch, for before the server has spoken nobody knows what time it is. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { stopwatch } from '../link/clock.ts'

export class WaitedController implements ReactiveController {
  #host: ReactiveControllerHost
  #waits: () => boolean
  #since = 0
  #timer: ReturnType<typeof setInterval> | undefined

  /** `waits`: whether nothing was told yet. */
  constructor(host: ReactiveControllerHost, waits: () => boolean) {
    this.#host = host
    this.#waits = waits
    host.addController(this)
  }

  /** Milliseconds; 0 while it does not wait. */
  get waited(): number {
    return this.#timer === undefined ? 0 : stopwatch() - this.#since
  }

  hostUpdated(): void {
    if (!this.#waits()) this.hostDisconnected()
    if (!this.#waits() || this.#timer !== undefined) return
    this.#since = stopwatch()
    this.#timer = setInterval(() => this.#host.requestUpdate(), 1000)
  }

  hostDisconnected(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
