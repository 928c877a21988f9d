/** A wall that is directed: shows its code until somebody lets it in, then what it is told; nothing to press, nowhere to log in. */
import { html, LitElement, nothing } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { formatClock } from '../../kpi/format.ts'
import type { Part } from '../../kpi/mosaic.ts'
import { boardOf, readBoardName } from '../../kpi/parameters.ts'
import type { Program } from '../../kpi/program.ts'
import type { Text } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { AskError, askCatalogue } from '../link/ask.ts'
import { AskController } from '../link/ask-controller.ts'
import { askAdmission, askCode, openPaired, type PairedLink } from '../link/paired.ts'
import type { Route } from '../link/route.ts'
import { lowerLight, readFrom } from '../shell/style.ts'
import { custom } from '../views/custom.ts'
import { look } from '../views/look.ts'
import { sign } from '../views/sign.ts'
import { forgetPictures, keepProgram, type LastPicture, recallPicture, recallProgram } from '../wall/last-picture.ts'
import { isFramed } from '../wall/renew.ts'
import { type Glass, NOTHING, PATIENCE, type Standing, startStanding } from '../wall/standing.ts'
import { WALL_ASKS } from '../wall/wall-asks.ts'
import { words } from '../words/index.ts'
import { screenWords } from '../words/screen.ts'
import { isNight, profileOf } from './light.ts'
import './ops-showing.ts'
import type { OpsShowing, Stands } from './ops-showing.ts'
import { screenStyle } from './screen-style.ts'
import { cleared, directed, EMPTY, flipped, placed, type Stage } from './stage.ts'

/** How often a screen that waits asks whether it has been let in, milliseconds. */
const ASK_EVERY = 1500
/** How long after a flip what was on before is taken away, milliseconds: work that no other screen of the group should see. */
const CLEARS = 1000

export class OpsScreen extends LitElement {
  static override properties = {
    route: { attribute: false },
    code: { state: true },
    program: { state: true },
    stage: { state: true },
    trouble: { state: true },
    silent: { state: true },
  }
  declare route: Route
  /** The code it shows; null while none is known, or none is needed. */
  declare code: string | null
  declare program: Program | null
  declare stage: Stage
  declare trouble: Text | null
  /** Of a part of one picture: since when its own line brings nothing, server time; the header of the whole may be on another screen, whose line is well. */
  declare silent: number | null

  #catalogue = new AskController<null, Known>(this, (_, signal) => askCatalogue(signal))
  #version = 0
  /** How often declarations had changed when the server spoke last. */
  #declared = 0
  #link: PairedLink | null = null
  /** The sentence it shows in place of a board. */
  #says: Text | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #asking: AbortController | null = null
  #glass: Glass = NOTHING
  #standing: Standing | null = null
  /** How often it was said that this screen waits. */
  #waited = 0
  /** The boards it may show, as it was told last. */
  #scope = 'null'
  /** What it showed last, while it has not heard what to show. */
  #last: LastPicture | null = null
  /** One object for as long as it says the same: another would draw every board anew, in the moment of a flip. */
  #on: Route = { board: '', language: 'vi', theme: 'dark' }
  #clears: ReturnType<typeof setTimeout> | undefined
  /** Where boards are drawn. */
  #places: readonly (string | null)[] = []
  /** The part that was told last to the page around; nothing before the first. */
  #part: string | undefined
  /** Whether the board on stage shows a sentence in its place. */
  #instead = false
  #stands: Stands = {
    offered: (build) => this.#standing?.offered(build),
    drawn: (glass, at) => void this.#keep(glass, at),
    says: (text) => {
      this.#link?.says(text)
      this.#instead = text !== null
      this.#cut()
    },
  }

  static override styles = [look, screenStyle]

  constructor() {
    super()
    this.code = null
    this.program = null
    this.stage = EMPTY
    this.trouble = null
    this.silent = null
  }

  override connectedCallback() {
    super.connectedCallback()
    document.documentElement.dataset.theme = 'dark'
    // The page's own element: what is left behind by a new build goes as a whole.
    const page = (this.getRootNode() as ShadowRoot).host
    this.#standing = startStanding(page, () => this.#glass)
    setTimeout(() => void this.#recall(), PATIENCE)
    void this.#admit()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#standing?.stop()
    this.#standing = null
    clearTimeout(this.#timer)
    clearTimeout(this.#clears)
    this.#asking?.abort()
    this.#link?.close()
    this.#link = null
  }

  /** Asks who this screen is, and for a code where it is nobody; again and again until it is let in. */
  async #admit(): Promise<void> {
    clearTimeout(this.#timer)
    this.#asking?.abort()
    const asking = new AbortController()
    this.#asking = asking
    let wait = ASK_EVERY
    try {
      let said = await askAdmission(asking.signal)
      if (asking.signal.aborted) return
      if (said.state === 'unknown') {
        this.#forget()
        said = await askCode({ width: window.innerWidth, height: window.innerHeight })
      }
      if (asking.signal.aborted) return
      this.trouble = null
      if (said.state === 'paired') {
        this.code = null
        this.#link ??= openPaired({
          connected: () => this.#again(),
          program: (program) => this.#take(program),
          doubted: () => this.#doubt(),
        })
        return
      }
      if (this.program) this.#forget()
      if (said.state === 'waiting') {
        this.code = said.code
        void this.updateComplete.then(() => this.#standing?.waits(++this.#waited))
      }
    } catch (error) {
      if (asking.signal.aborted) return
      // A picture that is there stands; its own header says since when nothing new came.
      if (error instanceof AskError) {
        this.trouble = error.text
        wait = 10 * ASK_EVERY
      } else this.trouble = screenWords.unreachable
    }
    this.#timer = setTimeout(() => void this.#admit(), wait)
  }

  /** Whether it is still let in is asked anew, soon and not twice at a time. */
  #doubt(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#admit(), ASK_EVERY / 3)
  }

  #forget(): void {
    // Nothing of what it may no longer show stays in its browser.
    void forgetPictures(null, this.program !== null)
    this.#scope = 'null'
    this.#link?.close()
    this.#link = null
    this.program = null
    this.stage = EMPTY
    this.#glass = NOTHING
    this.#last = null
  }

  /** What it showed last, where the server does not say in time what to show. */
  async #recall(): Promise<void> {
    const told = this.program ? null : await recallProgram()
    const last = told && (await recallPicture(told.board))
    if (!told?.program.now || !last || this.program || this.code !== null || !this.isConnected) return
    this.#last = last
    this.program = { ...told.program, now: { ...told.program.now, board: told.board }, next: null }
    this.stage = directed(EMPTY, this.program)
  }

  /** Sees to what was drawn on stage just now. */
  async #keep(glass: Glass, at: number | null): Promise<void> {
    this.#glass = glass
    const { program } = this
    this.silent = program?.part && !glass.live ? (glass.picture?.pulse.at ?? null) : null
    const catalogue = this.#catalogue.answer
    const known = catalogue ?? this.#last?.catalogue
    if (known && program && at !== null) lowerLight(isNight(program, known, at))
    if (!catalogue || !program || !glass.picture) return
    // What was shown last is for the start only.
    if (glass.live) this.#last = null
    const { declared = 0 } = glass.picture.health
    if (declared !== this.#declared) this.#again()
    this.#declared = declared
    const { board } = glass.picture
    if (!(await this.#standing?.drawn(catalogue))) return
    // It may have lost its key, or this board, while the picture was kept.
    const boards: readonly string[] | null = this.program ? this.program.screen.boards : []
    if (!boards || boards.includes(readBoardName(board).board)) await keepProgram(program, board)
  }

  #take(program: Program | null): void {
    if (!program) {
      this.#forget()
      void this.#admit()
      return
    }
    const { boards } = program.screen
    if (boards && JSON.stringify(boards) !== this.#scope) void forgetPictures(boards, true)
    this.#scope = JSON.stringify(boards)
    this.program = program
    this.stage = directed(this.stage, program)
    // Only what is not known is a reason to ask: new declarations draw every panel anew, in the moment of a flip.
    const known = this.#catalogue.answer
    const named = [program.now, program.next].flatMap((on) => (on ? [on.board] : []))
    if (known && named.some((board) => !boardOf(known, board))) this.#again()
  }

  /** Declarations may be others: they are asked for again. */
  #again(): void {
    this.#version++
    this.requestUpdate()
  }

  protected override updated() {
    // A board that is on stage says itself what it shows.
    if (this.#says || this.stage.now === null) this.#link?.says(this.#says)
    this.#cut()
  }

  /** Tells the page around which part of what this one draws belongs into the window: of a code or a sentence all of it, which every screen says by itself. */
  #cut(): void {
    const { program, stage } = this
    const board = program?.now?.board ?? stage.coming?.board ?? null
    const part = board === null || this.#says !== null || this.#instead ? null : (program?.part ?? null)
    const told = JSON.stringify(part)
    if (told === this.#part) return
    this.#part = told
    const { style } = document.documentElement
    if (part?.free) style.setProperty('--free', `${part.free}px`)
    else style.removeProperty('--free')
    this.#standing?.cut(part)
  }

  override render() {
    const { program, stage } = this
    this.#says = null
    if (!program)
      return this.code === null ? this.#alone(this.trouble ?? screenWords.connecting) : this.#code(this.code)
    const language = program.screen.language
    // Said anew, the same language would have the style of everything computed anew.
    if (document.documentElement.lang !== language) document.documentElement.lang = language
    this.#catalogue.want(null, 'catalogue', String(this.#version))
    const catalogue = this.#catalogue.answer ?? this.#last?.catalogue
    document.title = program.screen.name
    if (!catalogue) return this.#alone(this.#catalogue.error ?? screenWords.connecting)
    // Type is as large as those who sit farthest need; without a profile, as the size of the screen has it.
    readFrom(profileOf(program, catalogue))
    if (program.problem) return this.#alone(program.problem)
    // A part of one picture is drawn by a page as large as the whole, which is about to take the place of this one (`wall/renew.ts`).
    if (program.part && !isFramed()) return nothing
    if (!program.now && !stage.now && !stage.coming) return this.#alone(screenWords.nothingOn)
    if (this.#on.language !== language) this.#on = { ...this.#on, language }
    // Not `repeat`: it leaves a comment behind for whatever goes (lit issue 5298), and a wall changes its board for months.
    this.#places = placed(this.#places, stage)
    const shown = this.#places.map((board) => {
      const on = board === stage.now
      if (board === null) return nothing
      return keyed(
        board,
        html`<ops-showing
          .name=${board}
          .route=${this.#on}
          .catalogue=${catalogue}
          .ask=${WALL_ASKS}
          .stands=${this.#stands}
          .last=${this.#last?.picture.board === board ? this.#last : null}
          .at=${stage.coming?.board === board ? stage.coming.at : null}
          .together=${program.part !== undefined}
          .leaves=${board === stage.leaving}
          ?on-stage=${on}
          aria-hidden=${on ? nothing : 'true'}
          .flip=${on ? stage.flip : null}
          data-scene=${program.now?.scene ?? nothing}
          data-why=${program.now?.why.kind ?? nothing}
          @due=${() => this.#due(board)}
          @awaits=${({ detail }: CustomEvent<boolean>) => this.renderRoot.querySelector<OpsShowing>('ops-showing[on-stage]')?.still(detail)}
        ></ops-showing>`,
      )
    })
    const { silent } = this
    // One template whatever is said: the boards in it stay.
    return html`${shown}${silent === null || !program.part ? nothing : this.#silence(program.part, silent)}`
  }

  /** That the line of this screen brings nothing, in the corner of its part. */
  #silence({ x, y, width, height, of }: Part, since: number) {
    const { language } = this.program?.screen ?? this.route
    const edges = { '--right': `${of.width - x - width}px`, '--bottom': `${of.height - y - height}px` }
    return html`<p class="silent" role="status" ${custom(edges)}>${sign('warning')} ${words(language).lost(formatClock(since))}</p>`
  }

  #due(board: string): void {
    if (this.stage.coming?.board !== board) return
    this.stage = flipped(this.stage)
    clearTimeout(this.#clears)
    this.#clears = setTimeout(() => {
      this.stage = cleared(this.stage)
    }, CLEARS)
  }

  #code(code: string) {
    const { language } = this.route
    const say = screenWords
    const half = Math.ceil(code.length / 2)
    return html`<main>
      <h1>${say.notPaired[language]}</h1>
      <p class="code" aria-label=${[...code].join(' ')} data-code=${code}><span>${code.slice(0, half)}</span>${code.slice(half)}</p>
      <div class="how">
        <p>${say.how[language]}</p>
        <p><b>${window.location.origin}/director</b></p>
        ${this.trouble ? html`<p role="status">${this.trouble[language]}</p>` : nothing}
      </div>
    </main>`
  }

  #alone(text: Text) {
    // Who still begins shows nothing in place of a board.
    this.#says = text === screenWords.connecting ? null : text
    return html`<p class="alone" role="status">${text[this.program?.screen.language ?? this.route.language]}</p>`
  }
}

customElements.define('ops-screen', OpsScreen)
