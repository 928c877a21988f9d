/** What is open: a card for each incident, the gravest first; as many as fit a wall, the rest counted. */
import { css, html, nothing } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import type { GlassIncident } from '../../kpi/wire.ts'
import { linesOf } from '../draw/letters.ts'
import { type Place, packed } from '../draw/rows.ts'
import { words } from '../words/index.ts'
import { custom } from './custom.ts'
import { card, cardStyle, line, sayIncident, whole } from './incident-cards.ts'
import { look } from './look.ts'
import { sign } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** Below the room of one card, rem, each incident is told in one line. */
const HEIGHT = 7
const TALL = 9.2
const NARROW = 26
/** The room of the line that counts what does not fit. */
const REST = 2
/** The height of a line of an incident told in lines, and what stands between two of them, rem. */
const [LINE, BETWEEN] = [1.36, 0.15]
/** So few are told in larger type, with all they are about and what is to be done. */
const FEW = 4
/** Least width of cards, what parts them across and down and what stands above them, rem: as a rule, and of few. */
const CARDS = { width: 20, across: 1.4, down: 1, above: 0 }
const LARGE = { width: 38, across: 3, down: 2.4, above: 0.8 }
/** A page shows so many first, and all when they are wanted. */
const FIRST = 8
/** A card that was never drawn is taken to be as low as one can be, rem: then it is drawn, and known. */
const LOWEST = 4.5

export class OpsIncidents extends ViewElement {
  static override properties = { ...ViewElement.properties, whole: { state: true } }
  declare whole: boolean
  #size = new SizeController(this, '.room')
  /** How high cards are as they were drawn last, pixels, by incident, at one width. */
  #heights = new Map<string, number>()
  #wide = ''

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
      /* Each where there is room for it: the lines of this grid are pixels. */
      .cards.packed {
        grid-auto-rows: 1px;
        row-gap: 0;
      }
      .packed .card {
        grid-column: var(--column);
        grid-row: var(--line) / span var(--span);
      }
      .cards.few .note {
        font-size: 1.1rem;
      }
      .cards.brief {
        grid-template-columns: minmax(0, 1fr);
        gap: 0.15rem;
      }
      /* Where it is narrow who has an incident stands below it, so that the words have the whole width. */
      .brief.narrow .what {
        flex-basis: 100%;
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
      .more {
        min-height: 2.75rem;
        margin-top: 0.8rem;
        padding: 0.4rem 0.9rem;
        border: 1px solid var(--rule);
        border-radius: 0.25rem;
        background: var(--raised);
        color: var(--ink);
        font: inherit;
        cursor: pointer;
      }
    `,
  ]

  override connectedCallback() {
    super.connectedCallback()
    // Cards that were drawn in another typeface were as high as that made them.
    void document.fonts.ready.then(() => this.requestUpdate())
  }

  override render() {
    const { glass, language, fit } = this.shown
    const say = words(language)
    if (!glass) return html`<p class="quiet">${say.loading}</p>`
    const { incidents } = glass
    if (incidents.length === 0)
      return html`<div class="room"><p class="quiet" role="status">${sign('good')} ${say.noIncidents}</p></div>`
    const { width, height, rem } = this.#size
    // A low panel tells each incident in one line; a large one with little to tell, in larger type.
    const tall = width < 2 * CARDS.width * rem && width < NARROW * rem ? TALL : HEIGHT
    const brief = fit && height > 0 && height < (incidents.length > 1 ? tall + REST : tall) * rem
    const few = fit && !brief && incidents.length <= FEW && height > 3 * HEIGHT * rem
    const lines = Math.floor(height / ((LINE + BETWEEN) * rem))
    const most = this.#fitting(brief, few)
    const shown = incidents.slice(0, most)
    const places = fit && !brief && height > 0 ? this.#places(0, few) : []
    const rest = incidents.length - shown.length + (glass.more ?? 0)
    // Nobody's name is cut while there is room for it.
    const room = brief ? Math.max(1, lines - (rest > 0 ? 1 : 0) - (shown.length === 1 ? this.#handLines() : 0)) : 1
    return html`<div class="room" ${custom({ '--lines': room })}>
      <ul class="cards ${places.length > 0 ? 'packed' : ''} ${brief ? (this.#handLines() ? 'brief narrow' : 'brief') : few ? 'few' : ''}" aria-label=${say.openIncidents}>
        ${shown.map((one, i) => (brief ? line(one, this.shown) : card(one, this.shown, few ? whole(one, this.shown) : nothing, places[i])))}
      </ul>
      ${rest > 0 ? this.#rest(incidents.length - shown.length, rest) : nothing}
    </div>`
  }

  /** What is not told: on a wall how many there are; on a page what it was told of them is there for the asking. */
  #rest(here: number, rest: number) {
    const { language, fit } = this.shown
    const text = words(language).moreIncidents(formatNumber(String(rest), language, 0))
    if (fit || here === 0) return html`<p class="rest">${text}</p>`
    return html`<button type="button" class="more" @click=${() => {
      this.whole = true
    }}>${text}</button>`
  }

  /** A card is as high as its words make it: known once it is drawn, before it is painted. */
  protected override updated() {
    const { width, rem } = this.#size
    const cards = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.cards:not(.brief) .card') ?? [])]
    if (!this.shown.fit || width === 0 || cards.length === 0) return
    const wide = `${width} ${rem} ${cards[0]?.parentElement?.className}`
    const open = new Set(this.shown.glass?.incidents.map(({ id }) => id))
    for (const id of this.#heights.keys()) if (wide !== this.#wide || !open.has(id)) this.#heights.delete(id)
    this.#wide = wide
    let other = false
    for (const card of cards) {
      const [id, { height }] = [card.dataset.incident ?? '', card.getBoundingClientRect()]
      other ||= Math.abs((this.#heights.get(id) ?? 0) - height) > 0.5
      this.#heights.set(id, height)
    }
    if (other) this.requestUpdate()
  }

  /** How many incidents are told; what does not fit is counted in a line of its own, which takes its room too. */
  #fitting(brief: boolean, few: boolean): number {
    const all = this.shown.glass?.incidents.length ?? 0
    if (!this.shown.fit) return this.whole ? all : Math.min(all, FIRST)
    const room = (kept: number) => (brief ? this.#told(kept) : this.#places(kept * REST, few).length)
    const whole = (this.shown.glass?.more ?? 0) === 0 && room(0) >= all
    return whole ? all : Math.min(all, Math.max(1, room(1)))
  }

  /** Who has an incident stands beside it, or where it is narrow in a line of its own. */
  #handLines(): number {
    return this.#size.width < NARROW * this.#size.rem ? 1 : 0
  }

  /** How many incidents told in lines fit whole where so many lines are left to something else. */
  #told(kept: number): number {
    const { width, height, rem } = this.#size
    const own = this.#handLines()
    const across = Math.max(6, width / rem - (own ? 0 : 15))
    let left = height / rem + BETWEEN - kept * (LINE + BETWEEN)
    const fitting = (this.shown.glass?.incidents ?? []).findIndex((one) => {
      const { head, text } = sayIncident(one, this.shown)
      // Before the words a sign, as wide as a letter m and more; what is bold is a little wider.
      const drill = one.drill ? `${words(this.shown.language).drill} m ` : ''
      left -= LINE * (linesOf(`mi ${drill}${head} · ${text}`, 0.98 * across) + own) + BETWEEN
      return left < 0
    })
    return fitting < 0 ? (this.shown.glass?.incidents.length ?? 0) : fitting
  }

  /** Places for the cards that fit where so many rem are left to something else. */
  #places(kept: number, few: boolean): readonly Place[] {
    const { width, height, rem } = this.#size
    const set = few ? LARGE : CARDS
    const across = Math.max(1, Math.floor((width + set.across * rem) / ((set.width + set.across) * rem)))
    const high = ({ id }: GlassIncident) => this.#heights.get(id) ?? LOWEST * rem
    const tall = (this.shown.glass?.incidents ?? []).map(high)
    const room = height - (set.above + kept) * rem
    const found = packed(tall, across, room, set.down * rem)
    // One is told, whatever room there is.
    return found.length > 0 ? found : [{ column: 0, top: 0, height: tall[0] ?? 0 }]
  }
}

customElements.define('ops-incidents', OpsIncidents)
