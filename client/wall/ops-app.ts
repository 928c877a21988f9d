/** The page: reads the address, asks for the catalogue, watches the board, and says so where it cannot. */
import { css, html, LitElement } from 'lit'
import { boardOf } from '../../kpi/parameters.ts'
import type { Text } from '../../kpi/text.ts'
import type { Glass } from '../../kpi/wire.ts'
import { changesOf, INCIDENT_EVENT } from '../incidents/changes.ts'
import { type Sound, startSound } from '../incidents/sound.ts'
import { type Known, memberName } from '../known.ts'
import { askCatalogue } from '../link/ask.ts'
import { AskController } from '../link/ask-controller.ts'
import { isWall } from '../link/build.ts'
import { followLinks } from '../link/navigate.ts'
import { type Route, readRoute, writeRoute } from '../link/route.ts'
import { WatchController } from '../link/watch-controller.ts'
import { lowerLight, readFrom } from '../shell/style.ts'
import { look } from '../views/look.ts'
import { words } from '../words/index.ts'
import { CareController } from './care-controller.ts'
import { isDark } from './dark.ts'
import './ops-wall.ts'
import { ASKS, DUTY_ASKS } from './page-asks.ts'
import { PaintController } from './paint-controller.ts'
import { isFramed } from './renew.ts'
import { standWall } from './stand-wall.ts'
import type { Standing } from './standing.ts'
import { startWandering } from './wander.ts'

const NO_CALENDARS: Known['calendars'] = new Map()

export class OpsApp extends LitElement {
  #route: Route = readRoute(new URL(window.location.href))
  #watch = new WatchController(this, '', (build) => this.#standing?.offered(build))
  #standing: Standing | null = null
  /** What was declared when the last picture was kept, while that is shown. */
  #recalled: Known | null = null
  #catalogue = new AskController<null, Known>(this, (_, signal) => askCatalogue(signal))

  static override styles = [
    look,
    css`
      .alone {
        display: grid;
        place-content: center;
        gap: 0.8rem;
        min-height: 100dvh;
        padding: 1.5rem;
        color: var(--ink-2);
      }
      .alone > * {
        translate: var(--wander, none);
      }
      h1 {
        font-size: 1.5rem;
        font-weight: 700;
        color: var(--ink);
      }
    `,
  ]

  #unfollow = () => {}
  #glass: Glass | null = null
  #sound: Sound | null = null
  #care = new CareController(this)
  #rest = () => {}
  /** Browsers let a page sound once somebody touched it. */
  #allow = () => this.#sound?.allow()

  constructor() {
    super()
    new PaintController(this, this.#watch, () => ({ language: this.#route.language, onStage: true, flip: null }))
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#watch.watch(this.#route.board)
    this.#unfollow = followLinks(this, (route) => this.#go(route), isFramed() ? window.top : null)
    this.#rest = isWall() ? startWandering() : () => {}
    // A paired screen stands by itself (`screen/ops-screen.ts`).
    if (isWall() && !this.#route.screen)
      this.#standing = standWall(this, this.#watch, this.#route.board, (catalogue) => {
        this.#recalled = catalogue
      })
    this.#sound = this.#route.sound ? startSound(this.#route.sound.quiet) : null
    this.addEventListener('pointerdown', this.#allow)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#unfollow()
    this.#standing?.stop()
    this.#rest()
    this.removeEventListener('pointerdown', this.#allow)
  }

  /** Tells the page what happened to incidents, so that a scene may take over; and sounds where this screen may. */
  #tell(glass: Glass | null) {
    const changes = changesOf(this.#glass, glass)
    if (glass) this.#glass = glass
    for (const detail of changes)
      this.dispatchEvent(new CustomEvent(INCIDENT_EVENT, { detail, bubbles: true, composed: true }))
    if (changes.length > 0) this.#sound?.tell(changes, this.#watch.clock.at ?? 0)
  }

  protected override updated() {
    this.#tell(this.#watch.picture?.glass ?? null)
    const { night, light } = this.#route
    const at = this.#care.at(this.#watch.clock)
    const own = night ? { night: { hours: night, calendar: '' } } : this.#profile()
    if ((own || light) && at !== null)
      lowerLight(isDark(light, own, at, this.#catalogue.answer?.calendars ?? NO_CALENDARS))
    if (this.#catalogue.answer) void this.#standing?.drawn(this.#catalogue.answer)
  }

  /** The screen profile its address names; null where it names none, or nothing is known of it. */
  #profile() {
    const { profile = '' } = this.#route
    return (this.#catalogue.answer ?? this.#recalled)?.screens?.get(profile) ?? null
  }

  #go(route: Route) {
    const elsewhere =
      route.duty !== this.#route.duty ||
      route.director !== this.#route.director ||
      route.unit?.id !== this.#route.unit?.id ||
      route.board !== this.#route.board ||
      (route.desk === undefined) !== (this.#route.desk === undefined)
    this.#route = route
    document.documentElement.lang = route.language
    this.#watch.watch(route.board)
    this.requestUpdate()
    if (elsewhere) window.scrollTo(0, 0)
  }

  override render() {
    const route = this.#route
    if (route.screen) {
      void import('../screen/ops-screen.ts')
      return html`<ops-screen .route=${route}></ops-screen>`
    }
    // Declarations may have changed: after a new snapshot, when the server says so, and when a slice is told of that was not there before.
    const { snapshots, picture } = this.#watch
    this.#catalogue.want(
      null,
      'catalogue',
      `${snapshots} ${picture?.health.declared ?? 0} ${picture?.slices.size ?? 0}`,
    )
    const catalogue = this.#catalogue.answer ?? this.#recalled
    if (!catalogue) return this.#alone(this.#catalogue.error)
    if (route.unit) return this.#unit(catalogue)
    if (route.desk) return this.#desk(catalogue)
    if (route.duty) return this.#duty(catalogue)
    if (route.director) return this.#director(catalogue)
    const board = boardOf(catalogue, route.board)
    if (!board) return this.#unknown(catalogue)
    document.title = `${board.title[route.language]} · ${words(route.language).product}`
    readFrom(this.#profile())
    document.documentElement.dataset.theme = route.theme ?? (board.layout === 'wall' ? 'dark' : 'auto')
    return html`<ops-wall
      ?fit=${board.layout === 'wall'}
      ?still=${!isWall()}
      .route=${route}
      .board=${board}
      .catalogue=${catalogue}
      .picture=${picture}
      .clock=${this.#watch.clock}
      .ask=${ASKS}
    ></ops-wall>`
  }

  #unit(catalogue: Known) {
    const route = this.#route
    const name = memberName(catalogue, route.unit?.id ?? '', route.language)
    void import('../unit/ops-unit.ts')
    document.title = `${name} · ${words(route.language).product}`
    document.documentElement.dataset.theme = route.theme ?? 'auto'
    return html`<ops-unit
      .route=${route}
      .catalogue=${catalogue}
      .picture=${this.#watch.picture}
      .clock=${this.#watch.clock}
      .ask=${ASKS}
    ></ops-unit>`
  }

  #desk(catalogue: Known) {
    const route = this.#route
    document.documentElement.dataset.theme = route.theme ?? 'auto'
    // A wall needs none of it.
    void import('../desk/ops-desk.ts')
    return html`<ops-desk .route=${route} .catalogue=${catalogue} .picture=${this.#watch.picture} .clock=${this.#watch.clock}></ops-desk>`
  }

  #duty(catalogue: Known) {
    const route = this.#route
    const say = words(route.language)
    void import('../incidents/ops-duty.ts')
    document.title = `${say.duty} · ${say.product}`
    document.documentElement.dataset.theme = route.theme ?? 'auto'
    return html`<ops-duty
      .route=${route}
      .catalogue=${catalogue}
      .picture=${this.#watch.picture}
      .clock=${this.#watch.clock}
      .ask=${DUTY_ASKS}
    ></ops-duty>`
  }

  #director(catalogue: Known) {
    const route = this.#route
    document.documentElement.dataset.theme = route.theme ?? 'auto'
    void import('../director/ops-director.ts')
    return html`<ops-director .route=${route} .catalogue=${catalogue} .ask=${ASKS}></ops-director>`
  }

  #alone(error: Text | null) {
    const say = words(this.#route.language)
    return html`<main class="alone">
      <h1>${say.product}</h1>
      <p role="status">${error?.[this.#route.language] ?? say.loading}</p>
    </main>`
  }

  #unknown(catalogue: Known) {
    const { language } = this.#route
    const say = words(language)
    return html`<main class="alone">
      <h1>${say.product}</h1>
      <p role="status">${this.#watch.problem?.[language] ?? say.unknownBoard(this.#route.board)}</p>
      <ul>
        ${[...catalogue.boards.values()].map(
          (board) =>
            html`<li><a href=${writeRoute({ ...this.#route, board: board.id }, board.layout)}>${board.title[language]}</a></li>`,
        )}
      </ul>
    </main>`
  }
}

customElements.define('ops-app', OpsApp)
