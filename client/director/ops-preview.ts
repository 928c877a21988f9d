/** A scene before it is taken: each of its pictures as a wall of that size would draw it now, live, seen by the director alone. */
import { css, html, LitElement, nothing } from 'lit'
import { boardOf } from '../../kpi/parameters.ts'
import { pictures } from '../../kpi/pictures.ts'
import type { Scene } from '../../kpi/scene.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { writeRoute } from '../link/route.ts'
import { custom } from '../views/custom.ts'
import { look } from '../views/look.ts'
import { directorWords } from '../words/director.ts'

export class OpsPreview extends LitElement {
  static override properties = {
    scene: { attribute: false },
    group: { attribute: false },
    catalogue: { attribute: false },
    language: { attribute: false },
    chosen: { state: true },
    wide: { state: true },
  }
  declare scene: Scene
  declare group: string
  declare catalogue: Known
  declare language: Language
  declare chosen: number
  /** How wide it may be drawn, CSS pixels. */
  declare wide: number

  #size = new ResizeObserver(([entry]) => {
    if (entry) this.wide = entry.contentRect.width
  })

  static override styles = [
    look,
    css`
      .frame {
        position: relative;
        overflow: hidden;
        width: 100%;
        height: var(--height);
        border: 2px solid var(--warning);
        border-radius: 0.2rem;
      }
      iframe {
        width: var(--wide);
        height: var(--high);
        border: 0;
        transform-origin: 0 0;
        transform: scale(var(--scale));
      }
      .steps {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem;
        padding-bottom: 0.5rem;
      }
      button {
        min-height: 2.4rem;
        padding: 0 0.8rem;
        font: inherit;
        font-size: var(--small);
        color: var(--ink);
        background: var(--raised);
        border: 1px solid var(--ink-3);
        border-radius: 0.25rem;
        cursor: pointer;
      }
      button[aria-pressed='true'] {
        color: var(--ground);
        background: var(--ink);
      }
    `,
  ]

  constructor() {
    super()
    this.chosen = 0
    this.wide = 0
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#size.observe(this)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#size.disconnect()
  }

  override render() {
    const { catalogue, language, scene } = this
    const group = catalogue.groups?.get(this.group)
    const places = group && group.places.length > 0 ? group.places : [null]
    const seen = new Map(places.flatMap((place) => pictures(scene, place).map((one) => [one.board, one] as const)))
    const all = [...seen.values()]
    const one = all[Math.min(this.chosen, all.length - 1)]
    const pixels = catalogue.screens?.get(group?.profile ?? '')?.pixels ?? { width: 1920, height: 1080 }
    const scale = this.wide / pixels.width
    const title = (board: string) => boardOf(catalogue, board)?.title[language] ?? board
    if (!one) return nothing
    const sizes = {
      '--wide': `${pixels.width}px`,
      '--high': `${pixels.height}px`,
      '--scale': String(scale),
      '--height': `${Math.round(pixels.height * scale)}px`,
    }
    return html`
      ${
        all.length > 1
          ? html`<div class="steps">
              ${all.map(
                ({ board, for: long }, i) =>
                  html`<button aria-pressed=${one.board === board} @click=${() => (this.chosen = i)}>${title(board)} · ${Math.round(long / 1000)} s</button>`,
              )}
            </div>`
          : nothing
      }
      <div class="frame" ${custom(sizes)}>
        <iframe
          src=${writeRoute({ board: one.board, language, theme: null }, 'wall')}
          title=${directorWords(language).previewOf(title(one.board))}
          tabindex="-1"
        ></iframe>
      </div>
    `
  }
}

customElements.define('ops-preview', OpsPreview)
