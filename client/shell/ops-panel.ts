/** A panel: title and status, the view, coverage and age; what fails, fails here and says so. */
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Panel } from '../../kpi/board.ts'
import { floor, grainOf, type Span } from '../../kpi/range.ts'
import { type Reading, STATUSES } from '../../kpi/reading.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { AskController } from '../link/ask-controller.ts'
import { deskOf } from '../link/desk-route.ts'
import type { Picture } from '../link/picture.ts'
import { FIRST_BOARD, readRoute, writeRoute } from '../link/route.ts'
import { against, earlier, redefined } from '../views/against.ts'
import { custom } from '../views/custom.ts'
import { hereStyle, incidentsOf } from '../views/incident-here.ts'
import { bring, VIEW } from '../views/index.ts'
import { look } from '../views/look.ts'
import { sayValue } from '../views/say.ts'
import { sayMoment } from '../views/say-when.ts'
import { absent, type Part, type Shown } from '../views/shown.ts'
import { sign } from '../views/sign.ts'
import { SizeController } from '../views/size-controller.ts'
import { FAILED } from '../views/view-element.ts'
import { words } from '../words/index.ts'
import type { Asks } from './asks.ts'
import { foot } from './foot.ts'
import { startPace } from './pace.ts'
import { corrections, historySpan, historyVersion, panelParts, revision, soFarBefore } from './panel-parts.ts'
import { panelStyle } from './panel-style.ts'
import { drawnOf, isSame } from './redraw.ts'
import { waiting } from './waiting.ts'

interface Asked {
  readonly slice: Slice
  readonly span: Span
}

/** Panels of this many columns tell on a wall only how many need attention; their drawing has the rest. */
const NARROW = 5
/** Title and status of so many letters do not stand in one line of a figure's panel. */
const LONG = 24
/** A figure and unit of fewer letters leaves room beside it. */
const SHORT = 10

export class OpsPanel extends LitElement {
  static override properties = {
    panel: { attribute: false },
    catalogue: { attribute: false },
    picture: { attribute: false },
    now: { attribute: false },
    language: { attribute: false },
    fit: { attribute: false },
    ask: { attribute: false },
    link: { attribute: false },
    own: { attribute: false },
    desk: { attribute: false },
    failed: { state: true },
  }
  declare panel: Panel
  declare catalogue: Known
  declare picture: Picture | null
  declare now: number
  declare language: Language
  declare fit: boolean
  declare ask: Asks
  declare link: Shown['link']
  declare own: Shown['own']
  /** Whether there is a desk its title leads to. */
  declare desk: boolean
  declare failed: string | null

  #history = new AskController(this, ({ slice, span }: Asked, signal) =>
    this.ask.series(slice, span, signal, this.#grain()),
  )
  #before = new AskController(this, ({ slice, span }: Asked, signal) =>
    this.ask.series(slice, span, signal, this.#grain()),
  )
  /** What is usual changes with the day, not with every news: asked apart from the history. */
  #usual = new AskController(this, ({ slice, span }: Asked, signal) =>
    this.ask.series(slice, span, signal, this.#grain(), VIEW[this.panel.view].usual),
  )
  #score = new AskController(this, ({ slice }: Pick<Asked, 'slice'>, signal) =>
    this.ask.score(slice.indicator, slice.where.unit ?? null, signal),
  )
  #lastWeek = new AskController(this, ({ slice, span }: Asked, signal) =>
    this.ask.total(slice, span, this.catalogue.indicators.get(slice.indicator)?.dimensions[0] ?? 'unit', signal),
  )

  #size = new SizeController(this, 'article')

  /** The part as it was when its past was asked last. */
  #pace = startPace<Part>()

  static override styles = [look, panelStyle, hereStyle]

  constructor() {
    super()
    this.failed = null
    this.link = null
    this.own = null
    this.desk = true
    this.addEventListener(FAILED, (event) => {
      const error: unknown = (event as CustomEvent).detail
      this.failed = error instanceof Error ? error.message : String(error)
    })
  }

  #drawn: readonly unknown[] | null = null

  /** A picture that says nothing new of this panel is not drawn again. */
  protected override shouldUpdate(changed: PropertyValues<this>) {
    const before = this.#drawn
    this.#drawn = drawnOf(this.panel, this.catalogue, this.picture, this.now)
    const only = changed.size > 0 && [...changed.keys()].every((name) => name === 'picture' || name === 'now')
    return !only || this.failed !== null || this.#pace.isDue(this.now) || !isSame(before, this.#drawn)
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    // What could not be drawn may have been a passing state of the data: try the next picture.
    if (changed.has('picture') || changed.has('panel')) this.failed = null
  }

  protected override updated() {
    this.toggleAttribute('wall', this.fit)
  }

  override render() {
    const { panel, catalogue, picture, language, now, fit } = this
    const view = VIEW[panel.view]
    bring(panel.view)
    const put = panelParts(panel, catalogue, picture, language)
    if ('problem' in put) return this.#frame(panel.title?.[language] ?? '', [], html`${this.#sentence(put.problem)}`)
    // Before the first snapshot nothing is known, and "no data" would be a claim.
    const part = put.parts[0]
    const title = panel.title?.[language] ?? (view.framed ? part?.indicator.title[language] : '') ?? ''
    if (!picture) return this.#frame(title, [], waiting(panel.view, put.parts, title, language))
    const history = part && wantsHistory(view.history, part) ? historySpan(part.slice.window, now) : null
    const asked = part && history ? this.#paced(part, history, picture) : part
    if (asked && history) {
      this.#history.want(
        { slice: asked.slice, span: history },
        `${sliceKey(asked.slice)} ${this.#grain() ?? ''}`,
        historyVersion(asked, history, picture),
      )
    }
    if (part && view.score) {
      const { slice, readings } = part
      this.#score.want({ slice }, sliceKey(slice), readings.map(({ value, asOf }) => `${value} ${asOf}`).join())
    }
    const shown: Shown = {
      ...{
        language,
        now,
        catalogue,
        panel,
        title,
        fit,
        span: history,
        parts: put.parts,
        link: this.link,
        own: this.own,
        across: this.#size.width / this.#size.rem,
      },
      corrections: corrections(put.parts, picture),
      health: picture.health,
      awaySince: picture.awaySince,
      glass: picture.glass ?? null,
      series: part && history ? this.#withUsual(part, history, picture) : null,
      score: view.score ? this.#score.answer : null,
      ...this.#likeBefore(asked, history, picture),
    }
    const error = view.score ? this.#score.error : view.history === 'always' ? this.#history.error : null
    const body = this.failed ?? (error && !shown.series && !shown.score ? error[language] : null)
    const readings = put.parts.flatMap((one) => (one.readings.length > 0 ? one.readings : [absent(one.slice)]))
    const inside = body === null ? view.draw(shown) : this.#sentence(body)
    if (!view.framed) return this.#frame(title, [], inside)
    return this.#frame(title, readings, inside, foot(shown, readings, this.#unrenewed()))
  }

  /** The data version of what is drawn of the past, where that should be newer and could not be had; null where it is as new as it should be. */
  #unrenewed(): number | null {
    const old = [this.#history, this.#score, this.#before, this.#usual].flatMap(({ answer, error }) =>
      answer && error ? [answer.pulse.at] : [],
    )
    return old.length === 0 ? null : Math.min(...old)
  }

  /** The grain of the history: as the panel declares, or as its view needs. */
  #grain() {
    const { grain, view, slice } = this.panel
    const window = slice?.window ?? this.catalogue.indicators.get(slice?.indicator ?? '')?.window
    // Behind a figure of many days a line of hours would only tremble.
    const days = view === 'number' && (window === '7d' || window === '30d') ? 'day' : undefined
    return grain ?? VIEW[view].grain ?? days
  }

  /** The history, and beside it what is usual where its view draws that. */
  #withUsual(part: Part, span: Span, picture: Picture): Shown['series'] {
    const { usual } = VIEW[this.panel.view]
    const line = this.#history.answer
    if (usual === undefined || (this.#grain() ?? grainOf(span)) === 'minute') return line
    this.#usual.want({ slice: part.slice, span }, sliceKey(part.slice), `${span.from} ${revision(part, picture)}`)
    const known = this.#usual.answer?.usual
    return line && known ? { ...line, usual: known } : line
  }

  /** What to ask the past of: a value that moves with every pulse asks in its turn, a new hour, window or revision at once. */
  #paced(part: Part, history: Span, picture: Picture): Part {
    const key = sliceKey(part.slice)
    const urgent = [key, history.from, floor(this.now, 'hour'), revision(part, picture)].join(' ')
    return this.#pace.take(key, urgent, historyVersion(part, history, picture), this.now, part)
  }

  /** The same history, and the same value up to the same time, of the last like day: asked once, and again when the past was revised. */
  #likeBefore(
    part: Part | undefined,
    history: Span | null,
    picture: Picture,
  ): Pick<Shown, 'before' | 'lastWeek' | 'against'> {
    const { before } = VIEW[this.panel.view]
    const like =
      part && history && before !== 'nothing'
        ? against(history, this.catalogue.calendars, redefined(part.indicator))
        : null
    if (!part || !history || !like || 'unfair' in like) return { before: null, lastWeek: null, against: like }
    const span = earlier(history, like.shift)
    const soFar = before === 'both' ? soFarBefore(part, like.shift) : null
    const key = sliceKey(part.slice)
    const version = String(revision(part, picture))
    this.#before.want({ slice: part.slice, span }, `${key} ${span.from}`, version)
    if (soFar) this.#lastWeek.want({ slice: part.slice, span: soFar }, `${key} ${soFar.from} ${soFar.to}`, version)
    return { before: this.#before.answer, lastWeek: soFar ? this.#lastWeek.answer : null, against: like }
  }

  #frame(title: string, readings: readonly Reading[], body: unknown, under: unknown = nothing) {
    const slice = readings[0]?.slice
    const beside = this.#beside(title, readings[0])
    return html`<article class="${this.panel.view} ${beside ? 'beside' : ''}" aria-label=${title || nothing} data-slice=${slice ?? nothing} data-status=${readings[0]?.status ?? nothing} data-value=${readings[0]?.value ?? nothing}
      ${custom({ '--high': `${this.#size.height > 0 ? this.#size.height / this.#size.rem : 11}rem` })}>
      ${
        title || readings.length > 0
          ? html`<header>
              <h2 class="title">${this.#titled(title, readings[0])}</h2>
              <p class="statuses">${this.#incidents(readings)} ${readings.length === 1 ? this.#status(readings) : this.#counts(readings)}</p>
            </header>`
          : nothing
      }
      <div class="body">${body}</div>
      ${under}
    </article>`
  }

  /** The title leads to the desk, with what the panel shows (of several slices the first), also where nothing was said yet; board and look are those it is left from. */
  #titled(title: string, reading: Reading | undefined) {
    const slice = this.panel.slice ?? this.panel.slices?.[0]
    const indicator = slice && this.catalogue.indicators.get(slice.indicator)
    if (!this.desk || !slice || !indicator) return title
    const { indicator: id, by = [], where = {}, window = indicator.window } = slice
    const { board, theme } = readRoute(new URL(location.href))
    const desk = deskOf({ indicator: id, by, where, window }, reading)
    return html`<a href=${writeRoute({ board: board || FIRST_BOARD, language: this.language, theme, desk })}>${title}</a>`
  }

  /** The sign that an incident is open on what this panel shows. */
  #incidents(readings: readonly Reading[]) {
    const slice = readings[0]?.slice
    const own = slice ? incidentsOf(this.picture?.glass ?? null, slice, readings) : []
    const [worst] = own
    if (!worst) return nothing
    const say = words(this.language)
    // Whoever has it is named where the incident itself is told.
    const taken = own.every(({ acknowledged }) => acknowledged)
    const by = worst.acknowledged
      ? say.takenBy(worst.acknowledged.by, sayMoment(worst.acknowledged.at, this.now, this.language))
      : ''
    return html`<span class="status incident ${taken ? 'taken' : worst.severity}" data-incident=${worst.id} title=${by || nothing}>${sign(worst.severity)} ${say.incidentHere(own.length)}</span>`
  }

  /** Whether the status of a figure stands beside the figure: its title takes the line, and the figure leaves room. */
  #beside(title: string, reading: Reading | undefined): boolean {
    const indicator = reading && this.#indicator(reading)
    if (this.panel.view !== 'number' || !reading || !indicator || reading.value === null) return false
    const { text, unit } = sayValue(reading, indicator, this.catalogue, this.language)
    const word = words(this.language)[reading.status]
    return this.#judged(reading) && title.length + word.length > LONG && text.length + unit.length < SHORT
  }

  /** Whether there is anything to judge a reading by. */
  #judged(reading: Reading): boolean {
    const indicator = this.#indicator(reading)
    const judged = indicator?.better !== 'neither' && Boolean(indicator?.limits || indicator?.targets.length)
    return reading.status !== 'not-judged' || judged
  }

  #status([reading]: readonly Reading[]) {
    if (!reading) return nothing
    const word = words(this.language)[reading.status]
    // Without limits or targets there is nothing to judge by: said to those who listen, not to everyone on every panel.
    // A figure that is not there says so itself, in its place.
    const said = reading.value === null && this.panel.view === 'number'
    const plain = said || !this.#judged(reading)
    if (plain) return html`<span class="heard">${word}</span>`
    return html`<span class="status ${reading.status}" data-status=${reading.status}>${sign(reading.status)} ${word}</span>`
  }

  #indicator(reading: Reading) {
    return this.catalogue.indicators.get((JSON.parse(reading.slice) as [string])[0])
  }

  /** Of many readings: how many need attention, by status. */
  #counts(readings: readonly Reading[]) {
    const say = words(this.language)
    return STATUSES.toReversed().flatMap((status) => {
      const count = readings.filter((reading) => reading.status === status).length
      if (count === 0 || status === 'good' || status === 'not-judged') return []
      // The missing are counted and named below.
      if (status === 'nothing-occurred' && this.fit && this.panel.width <= NARROW) return []
      if (status === 'no-data' && readings.some(({ value }) => value !== null)) return []
      return [html`<span class="status ${status}">${sign(status)} ${count} ${say[status]}</span>`]
    })
  }

  #sentence(text: string) {
    return html`<p class="failed" role="status"><b>${words(this.language).error}</b><span>${text}</span></p>`
  }
}

/** A trend is worth asking for where news is expected; a figure published once has none. */
function wantsHistory(rule: 'always' | 'never' | 'rhythm', part: Part): boolean {
  // A score has no series: asking for one would only be refused.
  if (part.indicator.score) return false
  if (rule === 'rhythm') return part.indicator.rhythm !== undefined && part.slice.window !== 'latest'
  return rule === 'always'
}

customElements.define('ops-panel', OpsPanel)
