/** A whole screen: the header that says how far to believe it, and the board. */
import { html, LitElement } from 'lit'
import type { Board } from '../../kpi/board.ts'
import type { Known } from '../known.ts'
import type { Clock } from '../link/clock.ts'
import type { Picture } from '../link/picture.ts'
import { type Route, writeRoute } from '../link/route.ts'
import type { Asks } from '../shell/asks.ts'
import '../shell/ops-board.ts'
import { look } from '../views/look.ts'
import { isTurned, orbitAt } from './care.ts'
import { CareController } from './care-controller.ts'
import './ops-head.ts'
import { wallStyle } from './wall-style.ts'

export class OpsWall extends LitElement {
  static override properties = {
    route: { attribute: false },
    board: { attribute: false },
    catalogue: { attribute: false },
    picture: { attribute: false },
    clock: { attribute: false },
    ask: { attribute: false },
  }
  declare route: Route
  declare board: Board
  declare catalogue: Known
  declare picture: Picture | null
  declare clock: Clock
  declare ask: Asks

  #care = new CareController(this)

  static override styles = [look, wallStyle]

  /** Where the picture stands, and which way round; of a wall only, and while the stream has stopped too. `still`: on a page people look at, which nobody leaves for months. */
  protected override willUpdate() {
    const at = this.#care.at(this.clock)
    if (at === null || !this.hasAttribute('fit') || this.hasAttribute('still')) return
    this.toggleAttribute('turned', isTurned(at))
    const { x, y } = orbitAt(at)
    const point = Math.max(1, Math.round(window.innerHeight / 1080))
    const orbit = `${x * point}px ${y * point}px`
    if (orbit !== this.#orbit) this.style.setProperty('--orbit', orbit)
    this.#orbit = orbit
  }
  #orbit = ''

  /** The address of a unit's page, opened from this board. */
  #link = (id: string, indicator: string) =>
    writeRoute({ ...this.route, unit: { id, indicator, range: '1d', grain: null } })

  override render() {
    const { board, picture, catalogue, clock, route } = this
    const { language } = route
    const turned = this.hasAttribute('turned')
    return html`
      <ops-head
        ?turned=${turned}
        .name=${board.title[language]}
        .route=${route}
        .catalogue=${catalogue}
        .picture=${picture}
        .clock=${clock}
      ></ops-head>
      <main>
        <ops-board
          ?turned=${turned}
          .board=${board}
          .catalogue=${catalogue}
          .picture=${picture}
          .now=${clock.at ?? 0}
          .language=${language}
          .ask=${this.ask}
          .link=${this.#link}
        ></ops-board>
      </main>
    `
  }
}

customElements.define('ops-wall', OpsWall)
