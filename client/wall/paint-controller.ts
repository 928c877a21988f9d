/** Says what this page really painted: after each painted pulse, about once a second, with how long it took and how the page is doing. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Painted } from '../../kpi/painted.ts'
import { stopwatch } from '../link/clock.ts'
import type { Picture } from '../link/picture.ts'
import type { WatchController } from '../link/watch-controller.ts'
import { pageHealth } from './page-health.ts'
import { isFramed } from './renew.ts'

/** Between two reports, milliseconds: a beat where screens are few, two where they are many. */
const OFTEN = 900
const SELDOM = 1900
const MANY = 1000
/** Whether nobody stands before this page: a preview within another page, or a build on trial behind the one that is shown. */
const isUnseen = () => window.parent !== window && (!isFramed() || (window.frameElement as HTMLIFrameElement).inert)

export interface PaintedBy {
  readonly language: Painted['language']
  /** Whether what this element draws can be seen: what is drawn ahead, out of sight, is not painted yet. */
  readonly onStage: boolean
  /** The announced moment of the flip that brought it on stage. */
  readonly flip: number | null
}

export class PaintController implements ReactiveController {
  #watch: WatchController
  #by: () => PaintedBy
  #pulse = -1
  #last = Number.NEGATIVE_INFINITY
  #flip: number | null = null
  #waiting = false
  #seen: { readonly picture: Picture | null; readonly heard: number } = { picture: null, heard: 0 }
  #after = new MessageChannel()
  #hidden = () => {
    if (document.visibilityState === 'hidden') this.#report(0, this.#watch.picture)
  }

  constructor(host: ReactiveControllerHost, watch: WatchController, by: () => PaintedBy) {
    this.#watch = watch
    this.#by = by
    host.addController(this)
  }

  hostConnected(): void {
    this.#watch.look = () => import('./look-of.ts').then(({ lookOf }) => lookOf(this.#watch.picture))
    this.#after.port1.onmessage = () => this.#painted()
    document.addEventListener('visibilitychange', this.#hidden)
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#hidden)
    this.#after.port1.onmessage = null
  }

  hostUpdated(): void {
    const { picture } = this.#watch
    const { onStage, flip } = this.#by()
    if (!picture || !onStage || this.#waiting || isUnseen()) return
    const flipped = flip !== null && flip !== this.#flip
    if (picture.pulse.at === this.#pulse && !flipped) return
    this.#waiting = true
    // A frame is painted once its callbacks are done: a message posted from one is heard after that, maybe long after. What counts is what this frame shows.
    requestAnimationFrame(() => {
      this.#seen = { picture: this.#watch.picture, heard: this.#watch.heard }
      this.#after.port2.postMessage(null)
    })
  }

  #painted(): void {
    this.#waiting = false
    const { picture, heard } = this.#seen
    const { flip } = this.#by()
    if (!picture) return
    const now = stopwatch()
    const flipped = flip !== null && flip !== this.#flip
    const gap = (picture.health.screens ?? 0) > MANY ? SELDOM : OFTEN
    this.#pulse = picture.pulse.at
    if (!flipped && now - this.#last < gap) return
    this.#last = now
    this.#flip = flip
    this.#report(now - heard, picture, flipped ? flip : undefined)
  }

  #report(took: number, picture: Picture | null, flip?: number): void {
    const { language, onStage } = this.#by()
    if (!onStage || isUnseen() || !picture) return
    this.#watch.painted({
      ...pageHealth(),
      board: picture.board,
      pulse: picture.pulse.at,
      took: Math.round(took),
      language,
      ...(flip === undefined ? {} : { flip }),
    })
  }
}
