/** A scene before it is taken: each of its pictures as the group's screens would draw it now, of their size, type, light and language, live, seen by the director alone. */
import { css, html, LitElement, nothing } from 'lit'
import { boardOf } from '../../kpi/parameters.ts'
import type { PairedScreen } from '../../kpi/program.ts'
import type { Scene } from '../../kpi/scene.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { writeRoute } from '../link/route.ts'
import { custom } from '../views/custom.ts'
import { look } from '../views/look.ts'
import { directorWords } from '../words/director.ts'
import { type Preview, previewsOf } from './previews.ts'

export class OpsPreview extends LitElement {
  static override properties = {
    scene: { attribute: false },
    group: { attribute: false },
    screens: { attribute: false },
    catalogue: { attribute: false },
    language: { attribute: false },
    chosen: { state: true },
    wide: { state: true },
  }
  declare scene: Scene
  declare group: string
  /** All that are paired. */
  declare screens: readonly PairedScreen[]
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
    if (!group) return nothing
    const all = previewsOf(scene, group, this.screens, language)
    const one = all[Math.min(this.chosen, all.length - 1)]
    if (!one) return nothing
    const pixels = catalogue.screens?.get(one.profile)?.pixels ?? { width: 1920, height: 1080 }
    const scale = this.wide / pixels.width
    const title = (board: string) => boardOf(catalogue, board)?.title[language] ?? board
    const several = new Set(all.map((each) => `${each.profile} ${each.language}`)).size > 1
    const how = (each: Preview) =>
      several ? ` · ${catalogue.screens?.get(each.profile)?.title[language] ?? each.profile} · ${each.language}` : ''
    const address = writeRoute(
      {
        ...{ board: one.board, language: one.language, theme: null, profile: one.profile },
        ...(scene.light ? { light: scene.light } : {}),
      },
      'wall',
    )
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
                (each, i) =>
                  html`<button aria-pressed=${each === one} @click=${() => (this.chosen = i)}>${title(each.board)} · ${Math.round(each.for / 1000)} s${how(each)}</button>`,
              )}
            </div>`
          : nothing
      }
      <div class="frame" ${custom(sizes)}>
        <iframe
          src=${address}
          title=${directorWords(language).previewOf(title(one.board))}
          tabindex="-1"
        ></iframe>
      </div>
    `
  }
}

customElements.define('ops-preview', OpsPreview)
