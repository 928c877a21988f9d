/** The page of one unit: its indicators by family with their place among peers, and one of them over time. Everything it shows is in its address. */
import { html, LitElement, nothing } from 'lit'
import type { Panel } from '../../kpi/board.ts'
import type { Correction } from '../../kpi/correction.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { DAY, MINUTE } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { GlassNote } from '../../kpi/wire.ts'
import { type Known, memberName } from '../known.ts'
import { AskController } from '../link/ask-controller.ts'
import type { Clock } from '../link/clock.ts'
import type { Picture } from '../link/picture.ts'
import { RANGES, type Route, type UnitRoute, writeRoute } from '../link/route.ts'
import '../shell/ops-panel.ts'
import { here, hereStyle, incidentsAbout } from '../views/incident-here.ts'
import { look } from '../views/look.ts'
import { sayNote } from '../views/notes.ts'
import '../wall/ops-head.ts'
import { words } from '../words/index.ts'
import {
  askAll,
  correctionOf,
  familyOf,
  figuresOf,
  ofUnit,
  pictureOf,
  placeAmong,
  tick,
  unitIndicators,
  WINDOW,
} from './about.ts'
import { sayFamily } from './family.ts'
import './ops-figure.ts'
import './ops-note.ts'
import './ops-score.ts'
import type { UnitAsks } from './unit-asks.ts'
import { unitStyle } from './unit-style.ts'

/** The most notes shown above the figures; the newest. */
const MOST_NOTES = 5
const PHONE = '(max-width: 640px)'

interface AllAbout {
  readonly asked: readonly Indicator[]
}

export class OpsUnit extends LitElement {
  static override properties = {
    route: { attribute: false },
    catalogue: { attribute: false },
    picture: { attribute: false },
    clock: { attribute: false },
    ask: { attribute: false },
  }
  declare route: Route
  declare catalogue: Known
  declare picture: Picture | null
  declare clock: Clock
  declare ask: UnitAsks

  #live = new AskController(this, ({ asked }: AllAbout, signal) => askAll(asked, this.ask, signal))
  #fixed = new AskController(this, ({ asked }: AllAbout, signal) => askAll(asked, this.ask, signal))
  #ranged = new AskController(this, async ({ indicator, unit }: { indicator: Indicator; unit: UnitRoute }, signal) => {
    const windows = new Set([WINDOW[unit.range], WINDOW['30d']])
    const answers = await Promise.all(
      [...windows].map((window) => this.ask.reading(ofUnit(indicator, unit.id, window), signal)),
    )
    return answers.flatMap(({ readings }) => readings)
  })
  #corrected = new AskController(this, ({ unit, at }: { unit: string; at: number }, signal) =>
    this.ask.corrections(unit, { from: at - 2 * DAY, to: at + MINUTE }, signal),
  )
  #noted = new AskController(this, ({ unit }: { unit: string }, signal) => this.ask.notes(unit, signal))
  #seen = '0'
  #phone = window.matchMedia(PHONE)
  #again = () => this.requestUpdate()

  static override styles = [look, unitStyle, hereStyle]

  override connectedCallback() {
    super.connectedCallback()
    this.#phone.addEventListener('change', this.#again)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#phone.removeEventListener('change', this.#again)
  }

  override render() {
    const { route, catalogue, picture, clock } = this
    const { language, unit } = route
    const say = words(language)
    const known = unit !== undefined && catalogue.dimensions.get('unit')?.members.has(unit.id)
    const board = catalogue.boards.get(route.board)
    const back = { board: route.board, language, theme: route.theme }
    return html`
      <ops-head
        .name=${memberName(catalogue, unit?.id ?? '', language)}
        .route=${route}
        .catalogue=${catalogue}
        .picture=${picture}
        .clock=${clock}
      ></ops-head>
      <main>
        ${board ? html`<a class="back" href=${writeRoute(back, board.layout)}>‹ ${say.backTo(board.title[language])}</a>` : nothing}
        ${unit && known ? this.#about(unit) : html`<p role="status">${say.unknownUnit(unit?.id ?? '')}</p>`}
      </main>
    `
  }

  #about(unit: UnitRoute) {
    const { catalogue, picture, clock } = this
    const say = words(this.route.language)
    // Out of sight nothing is asked again; when it is seen again, at once.
    if (document.visibilityState === 'visible') this.#seen = tick(clock.at ?? 0)
    const all = unitIndicators(catalogue)
    // What is published once need not be asked twice; a score moves with its parts.
    const moves = ({ rhythm, score }: Indicator) => rhythm !== undefined || score !== undefined
    this.#live.want({ asked: all.filter(moves) }, 'live', this.#seen)
    this.#fixed.want({ asked: all.filter((one) => !moves(one)) }, 'fixed')
    // Before the first pulse nobody knows which days are meant.
    if (clock.at !== null) this.#corrected.want({ unit: unit.id, at: clock.at }, unit.id, this.#seen)
    // A note just written is on every glass at once: then the week's are asked for again.
    this.#noted.want({ unit: unit.id }, unit.id, `${this.#seen} ${picture?.glass?.notes[0]?.id ?? ''}`)
    const corrected = this.#corrected.answer?.corrections ?? []
    const error = this.#live.error
    if (!picture || !this.#live.answer || !this.#fixed.answer)
      return html`<p role="status">${error?.[this.route.language] ?? say.loading}</p>`
    const answers = new Map([...this.#live.answer, ...this.#fixed.answer])
    const own = (id: string) => of(answers, id, unit.id)
    const shown = all.filter(({ id }) => (own(id)?.status ?? 'no-data') !== 'no-data')
    // Who should report and did not is silent; what was only ever published about others does not concern this unit.
    const silent = all.filter(({ id, rhythm }) => own(id)?.status === 'no-data' && rhythm !== undefined)
    const asked = catalogue.indicators.get(unit.indicator ?? '')
    const chosen = asked?.dimensions.includes('unit')
      ? asked
      : (this.#first(shown) ?? figuresOf(shown, false).find(({ rhythm }) => rhythm) ?? shown[0] ?? silent[0])
    if (!chosen) return html`<p role="status">${say.nothingOfUnit}</p>`
    const trend = chosen.rhythm !== undefined
    if (trend) this.#ranged.want({ indicator: chosen, unit }, `${chosen.id} ${unit.id} ${unit.range}`, this.#seen)
    const drawn = pictureOf(picture, unit.id, catalogue, answers, trend ? (this.#ranged.answer ?? []) : [], corrected)
    const details = chosen.score
      ? this.#score(unit, chosen)
      : trend
        ? this.#trend(unit, chosen, drawn, answers.get(chosen.id) ?? [])
        : nothing
    // On a phone one thing at a time: the figures, or one of them over time.
    if (this.#phone.matches && asked === chosen && details !== nothing)
      return html`<a class="back" href=${this.#to(unit, { indicator: null, grain: null })}>‹ ${say.indicatorsOf(memberName(catalogue, unit.id, this.route.language))}</a>
        ${details} ${this.#write(unit.id, chosen, own(chosen.id))}`
    return html`
      ${this.#incidents(unit.id)} ${this.#notes(shown, answers, unit.id)} ${this.#write(unit.id, chosen, own(chosen.id))} ${this.#phone.matches ? nothing : details} ${shown.length > 0 ? this.#choice(unit, shown) : nothing}
      <div class="families">${this.#families(unit, shown, chosen, drawn, answers, corrected)}</div>
      ${silent.length > 0 ? this.#silent(unit, silent) : nothing}
    `
  }

  /** What is open about this unit, each a way to the duty list. */
  #incidents(unit: string) {
    const { catalogue, clock, route } = this
    const { language, theme } = route
    const own = incidentsAbout(this.picture?.glass ?? null, unit)
    if (own.length === 0) return nothing
    const around = { catalogue, language, now: clock.at ?? 0 }
    const href = writeRoute({ board: 'incidents', language, theme, duty: true })
    return html`<ul class="notes incidents" aria-label=${words(language).openIncidents}>${own.map((one) => html`<li>${here([one], around, href)}</li>`)}</ul>`
  }

  /** Notes on the unit itself, and on figures of it that have no row here. */
  #notes(shown: readonly Indicator[], answers: ReadonlyMap<string, readonly Reading[]>, unit: string) {
    const rows = new Set(shown.map(({ id }) => id))
    const own = (this.#noted.answer?.notes ?? []).filter(({ indicator }) => !indicator || !rows.has(indicator))
    if (own.length === 0) return nothing
    return html`<ul class="notes">${own.slice(0, MOST_NOTES).map((note) => html`<li data-note=${note.id}>${this.#say(note, of(answers, note.indicator ?? '', unit))}</li>`)}</ul>`
  }

  /** Where a person writes a note on the unit or on the figure that is chosen. */
  #write(unit: string, indicator: Indicator, reading: Reading | undefined) {
    const { act } = this.ask
    if (!act) return nothing
    return html`<ops-note
      .unit=${unit}
      .indicator=${indicator}
      .reading=${reading}
      .pulse=${this.picture?.pulse.at ?? 0}
      .language=${this.route.language}
      .act=${act}
    ></ops-note>`
  }

  #say(note: GlassNote, reading: Reading | undefined): string {
    const { catalogue, clock, route } = this
    const { unit: _, ...members } = note.members
    return sayNote({ ...note, members }, reading ? [reading] : [], {
      ...{ catalogue, language: route.language, now: clock.at ?? 0 },
    })
  }

  #onBoard() {
    const panels = this.catalogue.boards.get(this.route.board)?.rows.flatMap((row) => row.panels) ?? []
    return panels.flatMap(({ slice, slices }) => [...(slice ? [slice] : []), ...(slices ?? [])])
  }

  /** What the board compares units by is what is asked of a unit first. */
  #first(shown: readonly Indicator[]): Indicator | undefined {
    const compared = this.#onBoard().find(({ by }) => by?.includes('unit'))?.indicator
    return shown.find(({ id, rhythm }) => id === compared && rhythm)
  }

  /** The figures that matter, or all of them. */
  #choice(unit: UnitRoute, shown: readonly Indicator[]) {
    const { language } = this.route
    const say = words(language)
    const figure = (n: number) => formatNumber(String(n), language, 0)
    const { all: _, ...few } = unit
    const to = (one: UnitRoute) => writeRoute({ ...this.route, unit: one })
    return html`<nav class="choices" aria-label=${say.whichIndicators}>
      <div>
        <a href=${to(few)} aria-current=${unit.all ? nothing : 'true'}>${say.keyFigures(figure(figuresOf(shown, false).length))}</a>
        <a href=${to({ ...unit, all: true })} aria-current=${unit.all ? 'true' : nothing}>${say.allFigures(figure(shown.length))}</a>
      </div>
    </nav>`
  }

  #families(
    unit: UnitRoute,
    shown: readonly Indicator[],
    chosen: Indicator,
    picture: Picture,
    answers: ReadonlyMap<string, readonly Reading[]>,
    corrected: readonly Correction[],
  ) {
    const { language } = this.route
    const figures = figuresOf(shown, unit.all === true)
    // In the order of the board it was opened from.
    const order = [...this.#onBoard().map(({ indicator }) => indicator), ...shown.map(({ id }) => id)].map(familyOf)
    const families = [...new Set(order)].filter((family) => shown.some(({ id }) => familyOf(id) === family))
    return families.map((family) => {
      const own = figures.filter(({ id }) => familyOf(id) === family)
      const simulated = own.some(({ id }) => of(answers, id, unit.id)?.marks.includes('simulated'))
      return html`<section class="family" aria-labelledby="family-${family}">
        <header>
          <h2 id="family-${family}">${sayFamily(family, language)}</h2>
          ${simulated ? html`<span class="mark">${words(language).simulated}</span>` : nothing}
        </header>
        <ul>${own.map((one) => this.#row(unit, one, chosen, picture, answers, corrected))}</ul>
      </section>`
    })
  }

  #row(
    unit: UnitRoute,
    indicator: Indicator,
    chosen: Indicator,
    picture: Picture,
    answers: ReadonlyMap<string, readonly Reading[]>,
    corrected: readonly Correction[],
  ) {
    const reading = of(answers, indicator.id, unit.id)
    if (!reading) return nothing
    return html`<li>
      <ops-figure
        data-indicator=${indicator.id}
        .indicator=${indicator}
        .reading=${reading}
        .mended=${correctionOf(reading, corrected)}
        .notes=${(this.#noted.answer?.notes ?? []).filter((note) => note.indicator === indicator.id).map((note) => this.#say(note, reading))}
        .unit=${unit.id}
        .place=${this.#place(unit, indicator, answers.get(indicator.id) ?? [], true)}
        .href=${this.#to(unit, { indicator: indicator.id })}
        .chosen=${indicator.id === chosen.id && !this.#phone.matches}
        .catalogue=${this.catalogue}
        .picture=${picture}
        .language=${this.route.language}
        .now=${this.clock.at ?? 0}
        .ask=${this.ask}
      ></ops-figure>
    </li>`
  }

  /** Indicators this unit should report and has not: named, each a way to its past. */
  #silent(unit: UnitRoute, silent: readonly Indicator[]) {
    const { language } = this.route
    return html`<section aria-labelledby="silent">
      <h2 id="silent">${words(language).silentOf(silent.length)}</h2>
      <ul class="silent">
        ${silent.map(({ id, title }) => html`<li><a href=${this.#to(unit, { indicator: id })}>${title[language]}</a></li>`)}
      </ul>
    </section>`
  }

  #to(unit: UnitRoute, change: Partial<UnitRoute>): string {
    return writeRoute({ ...this.route, unit: { ...unit, ...change } })
  }

  #place(unit: UnitRoute, indicator: Indicator, readings: readonly Reading[], brief = false) {
    const { language } = this.route
    const say = words(language)
    const found = placeAmong(readings, unit.id, indicator, this.catalogue)
    if (!found || found.count < 2) return ''
    const { place } = found
    const count = formatNumber(String(found.count), language, 0)
    if (indicator.better === 'higher') return brief ? say.rankLow(place, count) : say.placeLow(place, count)
    return brief ? say.rankHigh(place, count) : say.placeHigh(place, count)
  }

  #score(unit: UnitRoute, indicator: Indicator) {
    return html`<section aria-labelledby="score">
      <h2 id="score">${words(this.route.language).scoreCells(indicator.title[this.route.language])}</h2>
      <ops-score
        .indicator=${indicator}
        .unit=${unit.id}
        .language=${this.route.language}
        .version=${this.#seen}
        .ask=${this.ask}
      ></ops-score>
    </section>`
  }

  #trend(unit: UnitRoute, indicator: Indicator, picture: Picture, readings: readonly Reading[]) {
    const { language } = this.route
    const say = words(language)
    const grain = unit.grain ?? (unit.range === '30d' ? 'day' : 'hour')
    const title = (how: string) => ({ vi: `${indicator.title.vi}, ${how}`, en: `${indicator.title.en}, ${how}` })
    const line = (window: (typeof WINDOW)['1d'], step: 'hour' | 'day', how: string): Panel => ({
      ...{ view: 'line', width: 12, title: title(how), grain: step },
      slice: ofPanel(ofUnit(indicator, unit.id, window)),
    })
    const ranking: Panel = {
      ...{ view: 'ranking', width: 4, show: 'extremes', title: title(say.amongPeers) },
      slice: { indicator: indicator.id, window: indicator.window, by: ['unit'], where: {} },
    }
    const range = { '1d': say.range1d, '7d': say.range7d, '30d': say.range30d }
    const how = grain === 'hour' ? say.byHour : say.byDay
    return html`<section class="trend" aria-label=${say.details}>
      <nav class="choices" aria-label=${say.rangeLabel}>
        <div>
          ${RANGES.map((one) => html`<a href=${this.#to(unit, { indicator: indicator.id, range: one, grain: null })} aria-current=${one === unit.range ? 'true' : nothing}>${range[one]}</a>`)}
        </div>
        ${
          unit.range === '1d'
            ? nothing
            : html`<div>
                ${(['hour', 'day'] as const).map((one) => html`<a href=${this.#to(unit, { indicator: indicator.id, grain: one })} aria-current=${one === grain ? 'true' : nothing}>${one === 'hour' ? say.byHour : say.byDay}</a>`)}
              </div>`
        }
      </nav>
      <div class="wide">
        <div class="card hero">
          ${this.#panel({ view: 'number', width: 4, slice: ofPanel(ofUnit(indicator, unit.id)) }, picture)}
          <p class="more"><span>${this.#place(unit, indicator, readings)}</span></p>
        </div>
        <div class="lines">
          ${this.#panel(line(WINDOW[unit.range], grain, `${range[unit.range]}, ${how}`), picture)}
          ${unit.range === '1d' ? this.#panel(line(WINDOW['30d'], 'day', `${say.range30d}, ${say.byDay}`), picture) : nothing}
        </div>
        <div class="peers">${this.#panel(ranking, picture)}</div>
      </div>
    </section>`
  }

  #panel(panel: Panel, picture: Picture) {
    return html`<ops-panel
      .panel=${panel}
      .catalogue=${this.catalogue}
      .picture=${picture}
      .now=${this.clock.at ?? 0}
      .language=${this.route.language}
      .fit=${false}
      .ask=${this.ask}
      .own=${this.route.unit?.id ?? null}
      .link=${(id: string, indicator: string) => writeRoute({ ...this.route, unit: { id, indicator, range: this.route.unit?.range ?? '1d', grain: null } })}
    ></ops-panel>`
  }
}

/** What is known of a unit in the answers for all of them. */
const of = (answers: ReadonlyMap<string, readonly Reading[]>, indicator: string, unit: string) =>
  answers.get(indicator)?.find(({ key }) => key.unit === unit)

const ofPanel = ({ indicator, window, by, where }: ReturnType<typeof ofUnit>) => ({
  ...{ indicator, window, by: [...by], where: { ...where } },
})

customElements.define('ops-unit', OpsUnit)
