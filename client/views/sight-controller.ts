/** Tells an element whether it has come near the part of the page that is seen: what nobody has scrolled to is not asked for. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** How near counts as seen, so that whoever scrolls does not wait. */
const NEAR = '50% 0px'

export class SightController implements ReactiveController {
  /** Whether it was seen, now or before. */
  seen = false

  #host: ReactiveControllerHost & Element
  #observer: IntersectionObserver | null = null

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    if (this.seen) return
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        this.seen = true
        this.#observer?.disconnect()
        this.#host.requestUpdate()
      },
      { rootMargin: NEAR },
    )
    this.#observer.observe(this.#host)
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
  }
}
