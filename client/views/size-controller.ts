/** Tells an element how much room one of its boxes has, so that drawings are laid out in real pixels. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'

export class SizeController implements ReactiveController {
  width = 0
  height = 0
  /** Pixels per rem: the screen's own measure for text. */
  rem = 16

  #host: ReactiveControllerHost & Element
  #selector: string
  #seen: Element | null = null
  #observer: ResizeObserver | null = null

  constructor(host: ReactiveControllerHost & Element, selector: string) {
    this.#host = host
    this.#selector = selector
    host.addController(this)
  }

  hostConnected(): void {
    this.#observer = new ResizeObserver((entries) => {
      const box = entries.at(-1)?.contentRect
      if (!box || (box.width === this.width && box.height === this.height)) return
      this.width = box.width
      this.height = box.height
      this.rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      this.#host.requestUpdate()
    })
  }

  hostUpdated(): void {
    const box = this.#host.shadowRoot?.querySelector(this.#selector) ?? null
    if (box === this.#seen) return
    if (this.#seen) this.#observer?.unobserve(this.#seen)
    if (box) this.#observer?.observe(box)
    this.#seen = box
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
    this.#seen = null
  }
}
