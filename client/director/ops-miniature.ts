/** A small drawing of what a screen has painted, from what it read in its own document; asked for while it can be seen, never made up. */
import { css, html, LitElement, nothing, svg } from 'lit'
import type { Drawn, Look } from '../../kpi/look.ts'
import type { Part } from '../../kpi/mosaic.ts'
import type { Language } from '../../kpi/text.ts'
import { askLook } from '../link/direct.ts'
import { look } from '../views/look.ts'
import { directorWords } from '../words/director.ts'

/** Between two looks at a screen, milliseconds. */
const EVERY = 3000

export class OpsMiniature extends LitElement {
  static override properties = {
    screen: { attribute: false },
    name: { attribute: false },
    language: { attribute: false },
    here: { attribute: false },
    ratio: { attribute: false },
    cut: { attribute: false },
    seen: { state: true },
    old: { state: true },
  }
  /** Which screen; asked only while it is `here`: connected. */
  declare screen: string
  declare name: string
  declare language: Language
  declare here: boolean
  /** Width to height, while nothing was seen. */
  declare ratio: number
  /** The part of what it draws that is on its glass; null: all of it. */
  declare cut: Part | null
  declare seen: Look | null
  declare old: boolean

  #timer: ReturnType<typeof setTimeout> | undefined
  #asking: AbortController | null = null
  #visible = false
  #observer = new IntersectionObserver((entries) => {
    this.#visible = entries.at(-1)?.isIntersecting ?? false
    if (this.#visible) void this.#ask()
  })

  static override styles = [
    look,
    css`
      figure {
        position: relative;
        background: #05080d;
        border: 1px solid var(--rule);
        border-radius: 0.2rem;
        overflow: hidden;
      }
      svg {
        display: block;
        width: 100%;
        height: auto;
      }
      .old svg {
        opacity: 0.45;
      }
      figcaption {
        position: absolute;
        inset: auto 0 0;
        padding: 0.1rem 0.5rem;
        font-size: var(--small);
        color: #f1f5f9;
        background: #05080dd9;
      }
    `,
  ]

  constructor() {
    super()
    this.seen = null
    this.old = false
    this.here = false
    this.ratio = 16 / 9
    this.cut = null
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#observer.observe(this)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#observer.disconnect()
    clearTimeout(this.#timer)
    this.#asking?.abort()
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer)
    if (!this.isConnected || !this.#visible || this.#asking) return
    if (this.here && document.visibilityState === 'visible') {
      const asking = new AbortController()
      this.#asking = asking
      try {
        const seen = await askLook(this.screen, asking.signal)
        this.seen = seen ?? this.seen
        this.old = seen === null && this.seen !== null
      } catch {
        this.old = this.seen !== null
      }
      this.#asking = null
    } else this.old = this.seen !== null
    this.#timer = setTimeout(() => void this.#ask(), EVERY)
  }

  /** What of its document is on the glass: a code or a sentence is drawn by no larger a page than the window. */
  #box({ width, height }: Look): string {
    const { cut: part } = this
    return part && part.of.width === width && part.of.height === height
      ? `${part.x} ${part.y} ${part.width} ${part.height}`
      : `0 0 ${width} ${height}`
  }

  override render() {
    const say = directorWords(this.language)
    const { seen } = this
    if (!seen)
      return html`<figure class="none"><svg viewBox="0 0 ${Math.round(this.ratio * 900)} 900" aria-hidden="true"></svg><figcaption>${say.noMini}</figcaption></figure>`
    return html`<figure class=${this.old ? 'old' : ''} data-pulse=${seen.pulse} data-board=${seen.board}>
      <svg viewBox=${this.#box(seen)} role="img" aria-label=${say.mini(this.name)}>
        <rect width=${seen.width} height=${seen.height} fill=${seen.ground} />
        ${seen.drawn.map(drawing)}
      </svg>
      ${this.old ? html`<figcaption>${say.oldMini}</figcaption>` : seen.more ? html`<figcaption>${say.cutMini}</figcaption>` : nothing}
    </figure>`
  }
}

const paint = (color: string) => (color === '' ? 'none' : color)

function drawing(one: Drawn) {
  if (one[0] === 'b') {
    const [, x, y, w, h, fill, stroke] = one
    return svg`<rect x=${x} y=${y} width=${w} height=${h} fill=${paint(fill)} stroke=${paint(stroke)} />`
  }
  if (one[0] === 't') {
    const [, x, y, size, weight, color, words] = one
    return svg`<text x=${x} y=${y} font-size=${size} font-weight=${weight} fill=${color}>${words}</text>`
  }
  const [, d, fill, stroke, width] = one
  return svg`<path d=${d} fill=${paint(fill)} stroke=${paint(stroke)} stroke-width=${width} />`
}

customElements.define('ops-miniature', OpsMiniature)
