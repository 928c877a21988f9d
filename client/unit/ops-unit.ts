/** The page of one unit: its indicators by family with their place among peers, and one of them over time. Everything it shows is in its address. */
import { html, LitElement, nothing } from 'lit'
import type { Panel } from '../../kpi/board.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Reading } from '../../kpi/reading.ts'
import { type Known, memberName } from '../known.ts'
import { AskController } from '../link/ask-controller.ts'
import type { Clock } from '../link/clock.ts'
import type { Picture } from '../link/picture.ts'
import { RANGES, type Route, type UnitRoute, writeRoute } from '../link/route.ts'
import '../shell/ops-panel.ts'
import { look } from '../views/look.ts'
import '../wall/ops-head.ts'
import { words } from '../words/index.ts'
import { askAll, familyOf, ofUnit, pictureOf, placeAmong, tick, unitIndicators, WINDOW } from './about.ts'
import { sayFamily } from './family.ts'
import type { UnitAsks } from './unit-asks.ts'
import { unitStyle } from './unit-style.ts'

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
  #seen = '0'

  static override styles = [look, unitStyle]

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
    // What is published once need not be asked twice.
    this.#live.want({ asked: all.filter(({ rhythm }) => rhythm !== undefined) }, 'live', this.#seen)
    this.#fixed.want({ asked: all.filter(({ rhythm }) => rhythm === undefined) }, 'fixed')
    const error = this.#live.error
    if (!picture || !this.#live.answer || !this.#fixed.answer)
      return html`<p role="status">${error?.[this.route.language] ?? say.loading}</p>`
    const answers = new Map([...this.#live.answer, ...this.#fixed.answer])
    const own = (id: string) => answers.get(id)?.find(({ key }) => key.unit === unit.id)
    const shown = all.filter(({ id }) => (own(id)?.status ?? 'no-data') !== 'no-data')
    // Who should report and did not is silent; what was only ever published about others does not concern this unit.
    const silent = all.filter(({ id, rhythm }) => own(id)?.status === 'no-data' && rhythm !== undefined)
    const asked = catalogue.indicators.get(unit.indicator ?? '')
    const chosen = asked?.dimensions.includes('unit')
      ? asked
      : (shown.find(({ rhythm }) => rhythm) ?? shown[0] ?? silent[0])
    if (!chosen) return html`<p role="status">${say.nothingOfUnit}</p>`
    const trend = chosen.rhythm !== undefined
    if (trend) this.#ranged.want({ indicator: chosen, unit }, `${chosen.id} ${unit.id} ${unit.range}`, this.#seen)
    const drawn = pictureOf(picture, unit.id, catalogue, answers, trend ? (this.#ranged.answer ?? []) : [])
    const families = [...new Set(shown.map(({ id }) => familyOf(id)))]
    return html`
      ${trend ? this.#trend(unit, chosen, drawn, answers.get(chosen.id) ?? []) : nothing}
      ${families.map(
        (family) => html`<section aria-labelledby="family-${family}">
          <h2 id="family-${family}">${sayFamily(family, this.route.language)}</h2>
          <div class="panels">${shown.filter(({ id }) => familyOf(id) === family).map((one) => this.#card(unit, one, chosen, drawn, answers.get(one.id) ?? []))}</div>
        </section>`,
      )}
      ${silent.length > 0 ? this.#silent(unit, silent) : nothing}
    `
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

  #card(unit: UnitRoute, indicator: Indicator, chosen: Indicator, picture: Picture, readings: readonly Reading[]) {
    const say = words(this.route.language)
    const isChosen = indicator.id === chosen.id
    return html`<div class="card ${isChosen ? 'chosen' : ''}" data-indicator=${indicator.id}>
      ${this.#panel({ view: 'number', width: 4, slice: ofPanel(ofUnit(indicator, unit.id)) }, picture)}
      <p class="more">
        <span>${this.#place(unit, indicator, readings)}</span>
        ${
          indicator.rhythm === undefined
            ? nothing
            : html`<a href=${this.#to(unit, { indicator: indicator.id })} aria-current=${isChosen ? 'true' : nothing} aria-label="${say.details}: ${indicator.title[this.route.language]}">${say.details}</a>`
        }
      </p>
    </div>`
  }

  #place(unit: UnitRoute, indicator: Indicator, readings: readonly Reading[]) {
    const { language } = this.route
    const say = words(language)
    const found = placeAmong(readings, unit.id, indicator, this.catalogue)
    if (!found || found.count < 2) return nothing
    const place = `${found.place}${found.shared ? '=' : ''}`
    const count = formatNumber(String(found.count), language, 0)
    return indicator.better === 'higher' ? say.placeLow(place, count) : say.placeHigh(place, count)
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

const ofPanel = ({ indicator, window, by, where }: ReturnType<typeof ofUnit>) => ({
  ...{ indicator, window, by: [...by], where: { ...where } },
})

customElements.define('ops-unit', OpsUnit)
