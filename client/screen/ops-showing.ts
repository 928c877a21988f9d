/** One board on a screen that is directed: drawn ahead out of sight, on stage from the first pulse at or after the announced one. */
import { css, html, LitElement, nothing } from 'lit'
import { boardOf } from '../../kpi/parameters.ts'
import type { Known } from '../known.ts'
import type { Route } from '../link/route.ts'
import { WatchController } from '../link/watch-controller.ts'
import type { Asks } from '../shell/asks.ts'
import { look } from '../views/look.ts'
import '../wall/ops-wall.ts'
import { PaintController } from '../wall/paint-controller.ts'
import { words } from '../words/index.ts'

/** Told once the picture is there and its pulse has come: whoever shows it brings it on stage in the same frame. */
export const DUE = 'due'

export class OpsShowing extends LitElement {
  static override properties = {
    name: { attribute: false },
    route: { attribute: false },
    catalogue: { attribute: false },
    ask: { attribute: false },
    at: { attribute: false },
    onStage: { type: Boolean, attribute: 'on-stage', reflect: true },
    flip: { attribute: false },
  }
  /** The board with its parameters. */
  declare name: string
  declare route: Route
  declare catalogue: Known
  declare ask: Asks
  /** The announced pulse; null: as soon as it is drawn. */
  declare at: number | null
  declare onStage: boolean
  declare flip: number | null

  #watch = new WatchController(this)
  #drawn = false

  static override styles = [
    look,
    css`
      :host {
        position: absolute;
        inset: 0;
        visibility: hidden;
        overflow: hidden;
      }
      :host([on-stage]) {
        visibility: visible;
      }
      .alone {
        display: grid;
        place-content: center;
        height: 100%;
        padding: 2rem;
        color: var(--ink-2);
        text-align: center;
      }
    `,
  ]

  constructor() {
    super()
    this.at = null
    this.onStage = false
    this.flip = null
    new PaintController(this, this.#watch, () => ({
      language: this.route.language,
      onStage: this.onStage,
      flip: this.flip,
    }))
  }

  protected override willUpdate() {
    this.#watch.watch(this.name)
  }

  override render() {
    const { catalogue, route } = this
    const board = boardOf(catalogue, this.name)
    const problem = this.#watch.problem
    if (!board || (problem && !this.#watch.picture))
      return html`<p class="alone" role="status">${problem?.[route.language] ?? words(route.language).unknownBoard(this.name)}</p>`
    return html`<ops-wall
      ?fit=${board.layout === 'wall'}
      .route=${{ ...route, board: this.name }}
      .board=${board}
      .catalogue=${catalogue}
      .picture=${this.#watch.picture}
      .clock=${this.#watch.clock}
      .ask=${this.ask}
      data-problem=${problem ? '' : nothing}
    ></ops-wall>`
  }

  protected override updated() {
    const { picture, problem } = this.#watch
    if (this.onStage || (!picture && !problem)) return
    // The first drawing takes longest: it is done out of sight, before the pulse that brings it on stage.
    if (!this.#drawn) {
      this.#drawn = true
      requestAnimationFrame(() => this.requestUpdate())
      return
    }
    if (this.at === null || !picture || picture.pulse.at >= this.at) this.dispatchEvent(new CustomEvent(DUE))
  }
}

customElements.define('ops-showing', OpsShowing)
