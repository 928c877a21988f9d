/** Every view as an element of its own for any page: `<kpi-number>`, `<kpi-line>` …, fed by plain properties, with a look that needs nothing of the page. */
import { type CSSResultGroup, css, html, LitElement, type PropertyValues, unsafeCSS } from 'lit'
import type { Panel, View } from '../kpi/board.ts'
import type { Answers } from '../kpi/query.ts'
import type { Language } from '../kpi/text.ts'
import type { Health } from '../kpi/wire.ts'
import { HEIGHTS, isFilling } from './elements/heights.ts'
import { given, type PlainIndicator, type PlainMember, type PlainPoint, type PlainReading } from './elements/plain.ts'
import { screenClock } from './link/clock.ts'
import type { Picture } from './link/picture.ts'
import type { Asks } from './shell/asks.ts'
import './shell/ops-panel.ts'
import { DARK, LIGHT, MEASURES } from './shell/style.ts'
import { VIEW } from './views/index.ts'
// What walls load only when they need it is here at once: this is one file.
import './views/ops-clock.ts'
import './views/ops-funnel.ts'
import './views/ops-heatmap.ts'
import './views/ops-scorecard.ts'
import './views/ops-stack.ts'
import './views/ops-statements.ts'
import './views/ops-system.ts'
import './views/ops-table.ts'
import './views/ops-text.ts'

/** How often ages are told anew, milliseconds. */
const BEAT = 1000

export class PlainElement extends LitElement {
  static readonly view: View = 'number'

  static override properties = {
    indicator: { attribute: false },
    readings: { attribute: false },
    points: { attribute: false },
    members: { attribute: false },
    panel: { attribute: false },
    score: { attribute: false },
    health: { attribute: false },
    glass: { attribute: false },
    now: { attribute: false },
    language: { attribute: 'lang' },
  }
  /** What is measured: title, unit, decimals, better, limits, target. */
  declare indicator: PlainIndicator | null
  /** The figures; one, or one of each member. */
  declare readings: readonly PlainReading[]
  /** Their history, where the view draws one. */
  declare points: readonly PlainPoint[]
  /** Whom figures speak of; without any, units are the 34 by their codes. */
  declare members: readonly PlainMember[]
  /** What a panel of a board may declare besides, e.g. `{ form: 'tiles' }`. */
  declare panel: Partial<Panel>
  /** `kpi-scorecard`: what `GET /api/score` answers. */
  declare score: Answers['score'] | null
  /** `kpi-system`: how the system is doing. */
  declare health: Health | null
  /** `kpi-incidents`: what is open. */
  declare glass: Picture['glass']
  /** The moment ages are counted at, UTC milliseconds; the page's clock where none is given. */
  declare now: number | null
  /** As its attribute `lang`, or that of what it stands in: English where it begins with `en`, else Vietnamese. */
  declare language: string | null

  #version = 0
  #beat: ReturnType<typeof setInterval> | undefined

  static override styles: CSSResultGroup = css`
    :host {
      ${unsafeCSS(DARK)}
      ${unsafeCSS(MEASURES)}
      display: block;
      min-width: 0;
      font-family: var(--sans);
      font-size: 1rem;
      text-align: start;
      background: var(--panel);
      color: var(--ink);
    }
    :host([theme='light']) {
      ${unsafeCSS(LIGHT)}
    }
    @media (prefers-color-scheme: light) {
      :host(:not([theme])) {
        ${unsafeCSS(LIGHT)}
      }
    }
    ops-panel {
      height: 100%;
      /* What is set around the element is not meant for it. */
      font-style: normal;
      font-weight: 400;
      letter-spacing: normal;
      text-transform: none;
      white-space: normal;
    }
  `

  constructor() {
    super()
    this.indicator = null
    this.readings = []
    this.points = []
    this.members = []
    this.panel = {}
    this.score = null
    this.health = null
    this.glass = null
    this.now = null
    this.language = null
  }

  override connectedCallback() {
    super.connectedCallback()
    // Ages go on by themselves, unless the page says what time it is.
    this.#beat = setInterval(() => this.now === null && this.requestUpdate(), BEAT)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearInterval(this.#beat)
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('points')) this.#version++
  }

  override render() {
    const { view } = this.constructor as typeof PlainElement
    const spoken = this.language ?? this.closest<HTMLElement>('[lang]')?.lang ?? ''
    const language: Language = spoken.startsWith('en') ? 'en' : 'vi'
    const { indicator, readings, points, members, panel, health, glass } = this
    const now = this.now ?? screenClock()
    const told = { view, indicator, readings, points, members, panel, health, glass, now, version: this.#version }
    const { catalogue, picture, series, panel: whole } = given(told)
    const ask: Asks = {
      series: async (slice, span) => series(slice, span),
      score: async () => this.score ?? Promise.reject(new Error('score')),
      total: async () => null,
    }
    return html`<ops-panel
      .panel=${whole}
      .catalogue=${catalogue}
      .picture=${picture}
      .now=${now}
      .language=${language}
      .fit=${isFilling(view)}
      .ask=${ask}
      .desk=${false}
    ></ops-panel>`
  }
}

for (const view of Object.keys(VIEW) as View[]) {
  const name = `kpi-${view}`
  // A page may have loaded this file twice.
  if (customElements.get(name)) continue
  customElements.define(
    name,
    class extends PlainElement {
      static override readonly view = view
      static override styles = [PlainElement.styles, css`:host { height: ${unsafeCSS(HEIGHTS[view])} }`]
    },
  )
}
