/** What is open: a card for each incident, the gravest first; as many as fit a wall, the rest counted. */
import { css, html, nothing } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import type { GlassIncident } from '../../kpi/wire.ts'
import { fitting } from '../draw/rows.ts'
import { words } from '../words/index.ts'
import { custom } from './custom.ts'
import { card, cardLines, cardStyle, line, sayIncident, whole } from './incident-cards.ts'
import { look } from './look.ts'
import { sign } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** The room a card needs, rem. */
const HEIGHT = 7
const TALL = 9.2
const NARROW = 26
/** The room of the line that counts what does not fit. */
const REST = 2
const WIDTH = 20
/** The room of an incident told in one line. */
const LINE = 1.5
/** So few are told in larger type, with all they are about and what is to be done. */
const FEW = 4
/** Of a card: its lines, what parts it from the next, and the width of a letter, rem. */
const [LINES, GAP, LETTER] = [1.5, 1.1, 0.52]

export class OpsIncidents extends ViewElement {
  #size = new SizeController(this, '.room')

  static override styles = [
    look,
    cardStyle,
    css`
      :host([fit]) {
        height: 100%;
        overflow: hidden;
      }
      :host([fit]) .room {
        display: flex;
        flex-direction: column;
        height: 100%;
      }
      :host([fit]) .cards {
        min-height: 0;
        overflow: hidden;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
        gap: 1rem 1.4rem;
        align-items: start;
      }
      .quiet {
        display: flex;
        align-items: baseline;
        gap: 0.5em;
        color: var(--ink-2);
      }
      .cards.few {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 38rem), 1fr));
        gap: 2.4rem 3rem;
        padding-top: 0.8rem;
        font-size: 1.45rem;
      }
      .cards.few .note {
        font-size: 1.1rem;
      }
      .cards.brief {
        grid-template-columns: minmax(0, 1fr);
        gap: 0.15rem;
      }
      .brief + .rest {
        padding: 0;
      }
      .cards.few .whole {
        padding-top: 0.4rem;
        font-size: 1.1rem;
      }
      .rest {
        padding-top: 0.6rem;
        color: var(--ink-3);
      }
    `,
  ]

  override render() {
    const { glass, language, fit } = this.shown
    const say = words(language)
    if (!glass) return html`<p class="quiet">${say.loading}</p>`
    const { incidents } = glass
    if (incidents.length === 0)
      return html`<div class="room"><p class="quiet" role="status">${sign('good')} ${say.noIncidents}</p></div>`
    const { width, height, rem } = this.#size
    // A low panel tells each incident in one line; a large one with little to tell, in larger type.
    const tall = width < 2 * WIDTH * rem && width < NARROW * rem ? TALL : HEIGHT
    const brief = fit && height > 0 && height < (incidents.length > 1 ? tall + REST : tall) * rem
    const few = fit && !brief && incidents.length <= FEW && height > 3 * HEIGHT * rem
    const lines = Math.floor(height / (LINE * rem))
    const most = !fit ? incidents.length : brief ? this.#told(lines) : this.#room(0)
    // What does not fit is counted in a line of its own, which takes its room too.
    const fewer = brief ? this.#told(lines - 1) : this.#room(REST)
    const shown = incidents.slice(0, incidents.length > most ? Math.max(1, fewer) : most)
    const rest = incidents.length - shown.length + (glass.more ?? 0)
    // Nobody's name is cut while there is room for it.
    const room = brief ? Math.max(1, lines - (rest > 0 ? 1 : 0) - (shown.length === 1 ? this.#handLines() : 0)) : 1
    return html`<div class="room" ${custom({ '--lines': room })}>
      <ul class="cards ${brief ? 'brief' : few ? 'few' : ''}" aria-label=${say.openIncidents}>
        ${shown.map((one) => (brief ? line(one, this.shown) : card(one, this.shown, few ? whole(one, this.shown) : nothing)))}
      </ul>
      ${rest > 0 ? html`<p class="rest">${say.moreIncidents(formatNumber(String(rest), language, 0))}</p>` : nothing}
    </div>`
  }

  /** Who has an incident stands beside it, or where it is narrow in a line of its own. */
  #handLines(): number {
    return this.#size.width < NARROW * this.#size.rem ? 1 : 0
  }

  /** How many incidents told in lines fit whole in so many lines. */
  #told(lines: number): number {
    const { width, rem } = this.#size
    const own = this.#handLines()
    const across = Math.max(6, width / rem - (own ? 1 : 15))
    let left = lines
    const fitting = (this.shown.glass?.incidents ?? []).findIndex((one) => {
      const { head, text } = sayIncident(one, this.shown)
      left -= Math.ceil(((head.length + text.length + 5) * 0.56) / across) + own
      return left < 0
    })
    return fitting < 0 ? (this.shown.glass?.incidents.length ?? 0) : fitting
  }

  /** How many cards fit where so many rem are left to something else: rows as high as the highest of their cards. */
  #room(kept: number): number {
    const { width, height, rem } = this.#size
    if (height === 0) return 1
    const across = Math.max(1, Math.floor((width + 1.4 * rem) / ((WIDTH + 1.4) * rem)))
    const incidents = this.shown.glass?.incidents ?? []
    const letters = (width / across / rem - 2.2) / LETTER
    const high = (one: GlassIncident) => cardLines(one, this.shown, letters) * LINES + GAP
    const rows = Array.from({ length: Math.ceil(incidents.length / across) }, (_, row) =>
      Math.max(...incidents.slice(row * across, (row + 1) * across).map(high)),
    )
    return across * fitting(rows, height / rem - kept + GAP)
  }
}

customElements.define('ops-incidents', OpsIncidents)
