/** Watches a board for an element: its picture, the server's clock and what the server refused. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { startServerTime } from '../../kpi/flip.ts'
import type { Look } from '../../kpi/look.ts'
import type { Painted } from '../../kpi/painted.ts'
import type { Text } from '../../kpi/text.ts'
import type { News } from '../../kpi/wire.ts'
import { type Clock, type ClockDriver, startClock, stopwatch } from './clock.ts'
import { startPacing } from './pacing.ts'
import { fromSnapshot, type Picture, withNews } from './picture.ts'
import { type Link, openLink } from './socket.ts'

/** What time the server has, from all that this page hears. */
const SERVER_TIME = startServerTime()
export const serverTime = (): number | null => SERVER_TIME.at(stopwatch())

export class WatchController implements ReactiveController {
  picture: Picture | null = null
  problem: Text | null = null
  clock: Clock = { at: null, stalled: false }
  /** How often a snapshot was taken: one per connection, so a change means the server was reached anew. */
  snapshots = 0
  /** When the message was heard that the picture is of, by the stopwatch. */
  heard = 0
  /** What this page has painted, when an operator asks. */
  look: (() => Promise<Look>) | null = null
  /** What was heard, until it is shown. */
  #pacing = startPacing<{ readonly picture: Picture; readonly message: News }>((heard) => this.#paint(heard))
  /** How long after its pulse a picture is shown, milliseconds by the server's clock; 0: when it is there. */
  pace = 0

  #host: ReactiveControllerHost
  #url: string
  #board = ''
  #driver: ClockDriver | null = null
  #link: Link | null = null

  #renew: (build: string) => void

  /** `renew` hears of another build of the client that it is this screen's turn to take. */
  constructor(host: ReactiveControllerHost, url = '', renew: (build: string) => void = () => {}) {
    this.#host = host
    this.#url = url
    this.#renew = renew
    host.addController(this)
  }

  /** Watches `board` from now on and lets go of the one before. */
  watch(board: string): void {
    if (board === this.#board) return
    this.#stop()
    this.#board = board
    this.picture = null
    this.problem = null
    this.clock = { at: null, stalled: false }
    this.#start()
  }

  /** Shows a picture that was kept `age` milliseconds ago (null: nobody knows how long), where none has come yet. */
  recall(picture: Picture, age: number | null): void {
    if (this.picture || picture.board !== this.#board) return
    this.picture = picture
    this.#driver?.recall(picture.pulse, age)
  }

  /** What comes from here on waits: the picture stays the one of its pulse until `release`. */
  hold(): void {
    this.#pacing.hold()
  }

  release(): void {
    this.#pacing.release()
  }

  /** Tells the server what was painted. */
  painted(painted: Painted): void {
    this.#link?.painted(painted)
  }

  hostConnected(): void {
    if (!this.#link) this.#start()
  }

  hostDisconnected(): void {
    this.#stop()
  }

  #start(): void {
    if (this.#board === '') return
    this.#driver = startClock((clock) => {
      this.clock = clock
      this.#host.requestUpdate()
    })
    this.#link = openLink(this.#url, this.#board, {
      snapshot: (snapshot) => {
        this.problem = null
        this.snapshots++
        this.#show(fromSnapshot(this.#newest, snapshot), snapshot)
      },
      news: (news) => {
        const newest = this.#newest
        const next = newest && withNews(newest, news)
        if (next) this.#show(next, news)
        return next !== null
      },
      lost: () => this.#driver?.lost(),
      renew: (build) => this.#renew(build),
      look: () => (this.look ? this.look() : Promise.reject(new Error('nothing is painted here'))),
      refused: (problem) => {
        this.problem = problem
        this.#host.requestUpdate()
      },
    })
  }

  /** One message is one paint: picture and clock change together, before the element draws. */
  #show(picture: Picture, message: News): void {
    SERVER_TIME.heard(message.pulse, stopwatch())
    const early = this.picture && this.pace > 0 ? message.pulse.at + this.pace - (serverTime() ?? 0) : 0
    this.#pacing.offer({ picture, message }, Math.min(early, this.pace))
  }

  #paint({ picture, message }: { readonly picture: Picture; readonly message: News }): void {
    this.picture = picture
    this.heard = stopwatch()
    this.#driver?.heard(message.pulse)
  }

  get #newest(): Picture | null {
    return this.#pacing.waiting?.picture ?? this.picture
  }

  #stop(): void {
    this.#pacing.stop()
    this.#link?.close()
    this.#driver?.stop()
    this.#link = null
    this.#driver = null
  }
}
