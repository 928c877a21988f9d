/** One board on a screen that is directed: drawn ahead out of sight, on stage with the first pulse at or after the announced one, at the moment all screens agree on. */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import { flipAt } from '../../kpi/flip.ts'
import { boardOf } from '../../kpi/parameters.ts'
import type { Text } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import type { Route } from '../link/route.ts'
import { serverTime, WatchController } from '../link/watch-controller.ts'
import type { Asks } from '../shell/asks.ts'
import { look } from '../views/look.ts'
import { CareController } from '../wall/care-controller.ts'
import type { LastPicture } from '../wall/last-picture.ts'
import '../wall/ops-wall.ts'
import { PaintController } from '../wall/paint-controller.ts'
import type { Renewing } from '../wall/renew.ts'
import type { Glass } from '../wall/standing.ts'
import { words } from '../words/index.ts'

/** Told once the picture is there and its pulse has come: whoever shows it brings it on stage in the same frame. */
export const DUE = 'due'
/** Told with whether it now waits for its moment: what is on stage stands still meanwhile, so that nothing is drawn in that moment, and no older picture follows a newer one. */
export const AWAITS = 'awaits'

/** How long after its pulse a picture is shown where several screens show parts of it, milliseconds: by then all of them have heard of it. */
const TOGETHER = 150

let uppermost = 0

/** What keeps a screen standing, as a board on it sees it. */
export interface Stands extends Pick<Renewing, 'offered'> {
  /** `at`: the time of care for the panel. */
  drawn(glass: Glass, at: number | null): void
  /** The sentence it shows in place of the board; null: the board is there. */
  says(text: Text | null): void
}

export class OpsShowing extends LitElement {
  static override properties = {
    name: { attribute: false },
    route: { attribute: false },
    catalogue: { attribute: false },
    ask: { attribute: false },
    at: { attribute: false },
    onStage: { type: Boolean, attribute: 'on-stage', reflect: true },
    flip: { attribute: false },
    stands: { attribute: false },
    last: { attribute: false },
    leaves: { attribute: false },
    together: { attribute: false },
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
  /** Hears what is drawn on stage, and that the server hands out another build. */
  declare stands: Stands | null
  /** What was shown last of this board, while the server has not spoken. */
  declare last: LastPicture | null
  /** Was on stage, and is about to be taken away: it draws no more. */
  declare leaves: boolean
  /** Whether it is a part of one picture: every screen then shows a pulse at the same moment. */
  declare together: boolean

  #watch = new WatchController(this, '', (build) => this.stands?.offered(build))
  #care = new CareController(this)
  #drawn = false
  #own: Route | null = null
  /** Until the moment at which all screens change. */
  #due: ReturnType<typeof setTimeout> | undefined
  #awaits = false

  static override styles = [
    look,
    css`
      /* Painted before it is seen, on a surface of its own: what is as good as transparent is ready on the glass, what is hidden would be painted in the moment of the flip. */
      :host {
        position: absolute;
        inset: 0;
        overflow: hidden;
        contain: strict;
        background: var(--ground);
        opacity: 0.001;
        will-change: opacity;
      }
      :host([on-stage]) {
        opacity: 1;
      }
      .alone {
        display: grid;
        place-content: center;
        height: 100%;
        padding: 2rem;
        color: var(--ink-2);
        text-align: center;
        translate: var(--wander, none);
      }
    `,
  ]

  constructor() {
    super()
    this.at = null
    this.onStage = false
    this.flip = null
    this.stands = null
    this.last = null
    this.leaves = false
    this.together = false
    new PaintController(this, this.#watch, () => ({
      language: this.route.language,
      onStage: this.onStage,
      flip: this.flip,
    }))
  }

  override connectedCallback() {
    super.connectedCallback()
    // Over what is on: what lies behind it is not made ready. It stays there, since another order would be painted anew.
    this.style.zIndex = String(++uppermost)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#due)
    this.#tell(false)
  }

  /** Stands still on what it shows, or goes on with the newest. */
  still(on: boolean): void {
    if (on) this.#watch.hold()
    else this.#watch.release()
  }

  protected override shouldUpdate() {
    return !this.leaves
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    // Announced for another moment; on stage it goes on by itself, once it was seen.
    if (changed.has('at') && !this.onStage) this.#await(null)
    if (changed.has('route') || changed.has('name')) this.#own = { ...this.route, board: this.name }
    this.#watch.pace = this.together ? TOGETHER : 0
    this.#watch.watch(this.name)
    if (this.last) this.#watch.recall(this.last.picture, this.last.age)
  }

  override render() {
    const { catalogue, route } = this
    const board = boardOf(catalogue, this.name)
    const problem = this.#watch.problem
    const instead = this.#instead()
    if (!board || instead) return html`<p class="alone" role="status">${instead?.[route.language]}</p>`
    return html`<ops-wall
      ?fit=${board.layout === 'wall'}
      .route=${this.#own}
      .board=${board}
      .catalogue=${catalogue}
      .picture=${this.#watch.picture}
      .clock=${this.#watch.clock}
      .ask=${this.ask}
      data-problem=${problem ? '' : nothing}
    ></ops-wall>`
  }

  #unknown: Text | null = null
  /** Why there is no board to draw; null where there is one. The same object as long as it says the same. */
  #instead(): Text | null {
    const { problem, picture } = this.#watch
    if (problem && !picture) return problem
    if (boardOf(this.catalogue, this.name)) return null
    this.#unknown ??= { vi: words('vi').unknownBoard(this.name), en: words('en').unknownBoard(this.name) }
    return this.#unknown
  }

  protected override updated() {
    const { picture, problem, clock } = this.#watch
    if (this.onStage) {
      const live = clock.at !== null && !clock.stalled
      this.stands?.says(this.#instead())
      this.stands?.drawn({ on: this, picture, live }, this.#care.at(clock))
    }
    if (this.onStage || (!picture && !problem)) return
    // The first drawing takes longest: it is done out of sight, before the pulse that brings it on stage.
    if (!this.#drawn) {
      this.#drawn = true
      requestAnimationFrame(() => this.requestUpdate())
      return
    }
    if (this.at === null || !picture) this.dispatchEvent(new CustomEvent(DUE))
    else if (picture.pulse.at >= this.at && this.#due === undefined) this.#await(picture.pulse.at)
  }

  /** Brings this board on stage when all screens do; the first pulse at or after the announced one is what all of them show then. */
  #await(pulse: number | null): void {
    clearTimeout(this.#due)
    this.#due = undefined
    this.still(pulse !== null)
    this.#tell(pulse !== null)
    if (pulse === null) return
    const now = serverTime() ?? Number.POSITIVE_INFINITY
    this.#due = setTimeout(
      () => {
        this.#awaits = false
        this.dispatchEvent(new CustomEvent(DUE))
        // Once it has been seen with that pulse it goes on with the newest.
        requestAnimationFrame(() => requestAnimationFrame(() => this.#watch.release()))
      },
      Math.max(0, flipAt(pulse) - now),
    )
  }

  #tell(awaits: boolean): void {
    if (awaits !== this.#awaits) this.dispatchEvent(new CustomEvent<boolean>(AWAITS, { detail: awaits }))
    this.#awaits = awaits
  }
}

customElements.define('ops-showing', OpsShowing)
