/** The analyst's desk: one question, everything of it in the address: what, whose, when, how fine, compared with what, as known when. */
import { html, LitElement, nothing } from 'lit'
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import { DAY, floor, type Span } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { type Known, memberName } from '../known.ts'
import { AskController } from '../link/ask-controller.ts'
import { askDesk, askPages, type DeskAsk, type DeskQuestion } from '../link/ask-desk.ts'
import type { Clock } from '../link/clock.ts'
import { DESK_VIEWS, type DeskRoute, type DeskView, EMPTY_DESK, spanOf } from '../link/desk-route.ts'
import { visit } from '../link/navigate.ts'
import type { Picture } from '../link/picture.ts'
import { type Route, writeRoute } from '../link/route.ts'
import { familyOf, tick, unitIndicators } from '../unit/about.ts'
import { sayFamily } from '../unit/family.ts'
import { look } from '../views/look.ts'
import '../wall/ops-head.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { aboutLines } from './about-lines.ts'
import { asked } from './asked.ts'
import { deskStyle } from './desk-style.ts'
import type { Found } from './find.ts'
import './ops-find.ts'
import './ops-saved.ts'
import './ops-trend.ts'
import { out } from './out.ts'
import { printStyle } from './print-style.ts'
import { roam } from './roam.ts'
import { summary } from './summary.ts'
import { viewOf } from './view.ts'
import { writeMoment } from './when.ts'

/** A score has none: it is put together from parts that each have their own. */
const NO_LINE = {
  answer: null,
  error: { vi: deskWords('vi').noLine, en: deskWords('en').noLine },
} as const

/** Views that show each member's change; elsewhere that of all together stands beside. */
const WITH_CHANGE: ReadonlySet<DeskView> = new Set(['list', 'why'])

/** How many observations the page asks for before somebody wants more. */
const PAGE = 200

export class OpsDesk extends LitElement {
  static override properties = {
    route: { attribute: false },
    catalogue: { attribute: false },
    picture: { attribute: false },
    clock: { attribute: false },
    cursor: { state: true },
    pages: { state: true },
  }
  declare route: Route
  declare catalogue: Known
  declare picture: Picture | null
  declare clock: Clock
  /** The moment pointed at, shared by all charts of the page. */
  declare cursor: number | null
  /** How many pages of observations somebody wants, of one question; of another it is one again. */
  declare pages: { readonly of: string; readonly count: number }

  #line = this.#asks('series')
  /** The line that is drawn. */
  #series: { readonly answer: Answers['series'] | null; readonly error: Text | null } = { answer: null, error: null }
  #before = this.#asks('series')
  #breakdown = this.#asks('breakdown')
  #compare = this.#asks('compare')
  #why = this.#asks('contributions')
  #corrections = this.#asks('corrections')
  #ranking = this.#asks('ranking')
  #anomalies = this.#asks('anomalies')
  #forecast = this.#asks('forecast')
  #glass = this.#asks('glass')
  #peers = this.#asks('peers')
  #reconciliation = this.#asks('reconciliation')
  #against = new AskController(this, (about: DeskAsk, signal) =>
    askDesk('breakdown', about, signal, { indicator: about.desk.against ?? '' }),
  )
  #split = new AskController(this, (about: DeskAsk, signal) => askDesk('series', about, signal, { by: about.desk.by }))
  #behind = new AskController(this, ({ about, wanted }: { about: DeskAsk; wanted: number }, signal) =>
    askPages(wanted, (more) => askDesk('observations', about, signal, more)),
  )

  static override styles = [look, deskStyle, printStyle]

  constructor() {
    super()
    this.cursor = null
    this.pages = { of: '', count: 1 }
  }

  #asks<Q extends Exclude<DeskQuestion, 'observations'>>(question: Q) {
    return new AskController<DeskAsk, Answers[Q]>(this, (about, signal) => askDesk(question, about, signal))
  }

  /** The question whose observations are shown. */
  #behindOf = ''
  #pagesOf = (subject: string) => (this.pages.of === subject ? this.pages.count : 1)

  /** Whether the focus was within before something was drawn anew. */
  #focused = false

  override willUpdate() {
    this.#focused = this.matches(':focus-within')
  }

  /** What was chosen may be gone with the view it stood in: then the next Tab begins at the title, not at the top of the page. */
  override updated() {
    if (this.#focused && !this.matches(':focus-within')) this.renderRoot.querySelector('h1')?.focus()
  }

  override render() {
    const { route, catalogue, picture, clock } = this
    const say = deskWords(route.language)
    const desk = route.desk ?? EMPTY_DESK
    const indicator = desk.indicator === null ? undefined : catalogue.indicators.get(desk.indicator)
    return html`
      <ops-head .name=${say.name} .route=${route} .catalogue=${catalogue} .picture=${picture} .clock=${clock}></ops-head>
      <main
        @cursor=${(event: CustomEvent<number | null>) => {
          this.cursor = event.detail
        }}
        @zoom=${(event: CustomEvent<Span>) => visit(this.#to({ range: event.detail, grain: null }))}
        @behind=${({ detail }: CustomEvent<Span>) => this.#behindOne(detail)}
        @more=${() => {
          this.pages = { of: this.#behindOf, count: this.#pagesOf(this.#behindOf) + 1 }
        }}
      >
        <ops-find .catalogue=${catalogue} .language=${route.language} .choose=${(found: Found) => this.#choose(found)}></ops-find>
        <ops-saved .language=${route.language} .title=${indicator?.title[route.language] ?? ''} .address=${indicator ? this.#to({}) : null}></ops-saved>
        ${
          indicator
            ? this.#about(indicator, desk)
            : html`${desk.indicator === null ? nothing : html`<p class="failed" role="status">${words(route.language).unknownIndicator(desk.indicator)}</p>`}${this.#start()}`
        }
      </main>
    `
  }

  #to(change: Partial<DeskRoute>): string {
    return writeRoute({ ...this.route, desk: { ...(this.route.desk ?? EMPTY_DESK), ...change } })
  }

  /** The observations of a moment. */
  #behindOne(range: Span) {
    visit(this.#to({ range, grain: null, view: 'behind' }))
    void this.#bring()
  }

  /** Brings the view that was just chosen into sight where most of it would stand below what is seen, as on a phone. */
  async #bring() {
    await this.updateComplete
    const tabs = this.renderRoot.querySelector('.tabs')
    if (tabs && tabs.getBoundingClientRect().bottom > 0.7 * window.innerHeight) tabs.scrollIntoView()
  }

  #choose({ indicator, unit }: Found) {
    const desk = this.route.desk ?? EMPTY_DESK
    const to = {
      ...(indicator
        ? {
            indicator: indicator.id,
            sort: null,
            per: null,
            within: null,
            by: indicator.dimensions.includes(desk.by) ? desk.by : (indicator.dimensions[0] ?? 'unit'),
          }
        : {}),
      ...(unit === null ? {} : { where: { ...desk.where, unit } }),
    }
    visit(this.#to(indicator && !indicator.dimensions.includes('unit') ? { ...to, where: {} } : to))
  }

  /** Every indicator by its family, until one is chosen. */
  #start() {
    const { language } = this.route
    const all = unitIndicators(this.catalogue)
    const families = [...new Set(all.map(({ id }) => familyOf(id)))]
    return html`<section class="card start">
      <p>${deskWords(language).start}</p>
      ${families.map(
        (family) => html`<div><h2>${sayFamily(family, language)}</h2><ul>
          ${all
            .filter(({ id }) => familyOf(id) === family)
            .map(
              ({ id, title, dimensions }) =>
                html`<li><a href=${this.#to({ indicator: id, by: dimensions[0] ?? 'unit' })}>${title[language]}</a></li>`,
            )}
        </ul></div>`,
      )}
    </section>`
  }

  #about(indicator: Indicator, desk: DeskRoute) {
    const { route, catalogue, clock } = this
    const { language } = route
    const say = deskWords(language)
    const now = desk.asOf ?? clock.at
    document.title = `${indicator.title[language]} · ${say.name} · ${words(language).product}`
    if (now === null) return html`<p class="said" role="status">${words(language).loading}</p>`
    const span = spanOf(desk.range, now)
    this.#wantAll(indicator, { desk, span }, now)
    const breakdown = this.#breakdown.answer
    const error = this.#breakdown.error ?? (this.#series === NO_LINE ? null : this.#series.error)
    const filters = Object.entries(desk.where)
    return html`
      <div class="title">
        <h1 tabindex="-1">${indicator.title[language]}</h1>
        ${filters.length === 0 ? html`<span class="said">${say.country}</span>` : nothing}
        ${filters.map(([dimension, member]) => {
          const { [dimension]: _, ...rest } = desk.where
          const name = memberName(catalogue, member, language, dimension)
          return html`<a class="chip" href=${this.#to({ where: rest })} aria-label=${say.remove(name)}>${name} <span aria-hidden="true">×</span></a>`
        })}
        ${desk.asOf === null ? nothing : html`<a class="chip" href=${this.#to({ asOf: null })}>${say.asKnown(writeMoment(desk.asOf, language))} <span aria-hidden="true">×</span></a>`}
      </div>
      ${asked({ desk, indicator, catalogue, language, span, now: clock.at ?? now, grain: this.#series.answer?.grain ?? null, compared: this.#comparedWith(span), to: (change) => this.#to(change) })}
      ${error ? html`<p class="failed" role="status">${error[language]}</p>` : nothing}
      <div class="top">
        ${indicator.kind === 'score' ? nothing : html`<section class="card" aria-label=${indicator.title[language]}>${this.#trend(indicator, { desk, span }, now)}</section>`}
        ${summary({ indicator, catalogue, language, now, where: desk.where, total: breakdown?.total ?? null, compare: this.#compare.answer, unfair: this.#compare.error, forecast: foretold(indicator, span, now) ? this.#forecast.answer : null, peers: peered(indicator, desk, catalogue) ? this.#peers.answer : null })}
      </div>
      ${indicator.kind === 'score' ? html`<p class="said">${say.noLine}</p>` : nothing}
      <section class="card">
        <nav class="tabs" aria-label=${say.name} @keydown=${roam}>
          ${DESK_VIEWS.map((view) => html`<a href=${this.#to({ view })} @click=${() => void this.#bring()} tabindex=${view === desk.view ? 0 : -1} aria-current=${view === desk.view ? 'page' : nothing}>${say.views[view]}</a>`)}
          ${out(this.#out(indicator, { desk, span }))}
        </nav>
        ${this.#view(indicator, { desk, span }, now)}
      </section>
      <footer class="printed">${aboutLines(this.#out(indicator, { desk, span })).map((line) => html`<p>${line}</p>`)}</footer>
    `
  }

  /** Asks what the page shows; what lies wholly in the past is asked again only when something of it was corrected. */
  #wantAll(indicator: Indicator, about: DeskAsk, now: number) {
    const { desk, span } = about
    const live = desk.asOf === null && span.to > now && document.visibilityState === 'visible'
    const version = `${live ? tick(now) : ''} ${this.picture?.health.declared ?? 0}`
    const { view: _, sort: __, within: ___, ...question } = desk
    const per = desk.view === 'spread' || desk.view === 'bump' ? desk.per : null
    const subject = JSON.stringify([{ ...question, per }, span])
    const own = this.#wantView(indicator, about, subject, version)
    if (indicator.kind === 'score') this.#series = NO_LINE
    else this.#wantLine(about, subject, version)
    this.#breakdown.want(about, subject, version)
    // What stands beside is asked for behind what is looked at.
    const looked = [own, this.#series, this.#breakdown]
    const there = looked.every((one) => one === null || one.answer !== null || one.error !== null)
    if (indicator.kind !== 'score') this.#compare.want(about, subject, version, there || WITH_CHANGE.has(desk.view))
    this.#corrections.want(about, subject, version, there)
    if (peered(indicator, desk, this.catalogue)) this.#peers.want(about, subject, version, there)
    if (foretold(indicator, span, now)) this.#forecast.want(about, subject, String(floor(now, 'day')), there)
    const earlier = this.#compare.answer?.earlier
    if (earlier && indicator.kind !== 'score')
      this.#before.want(
        { desk: { ...desk, grain: this.#series.answer?.grain ?? desk.grain }, span: earlier },
        `${subject} ${earlier.from} ${earlier.to}`,
        '',
      )
  }

  /** Asks what the view alone shows; null where it shows what the page has anyway. */
  #wantView({ kind }: Indicator, about: DeskAsk, subject: string, version: string) {
    const { view, against } = about.desk
    if (view === 'behind') {
      this.#glass.want(about, subject, version)
      this.#reconciliation.want(about, subject, version)
      this.#behindOf = subject
      const count = this.#pagesOf(subject)
      // More of the same is the same question: what is there stands until it has come.
      this.#behind.want({ about, wanted: PAGE * count }, subject, `${version} ${count}`)
      return this.#behind
    }
    const views: Partial<Record<DeskView, AskController<DeskAsk, unknown> | null>> = {
      ...{ why: this.#why, bump: this.#ranking, odd: this.#anomalies, multiples: this.#split },
      ...{ list: kind === 'score' ? null : this.#compare, scatter: against === null ? null : this.#against },
    }
    const own = views[view] ?? null
    own?.want(about, subject, version)
    return own
  }

  /** The line alone, unless it comes with those of all members: they are asked together with what they add up to. */
  #wantLine(about: DeskAsk, subject: string, version: string) {
    const all = this.#split.about(subject)
    const together =
      about.desk.view === 'multiples' && this.#split.error === null && (all || !this.#line.about(subject))
    if (!together) this.#line.want(about, subject, version)
    const alone = this.#line.about(subject)
    this.#series = { answer: together ? (all ?? alone) : (alone ?? all), error: together ? null : this.#line.error }
  }

  /** With what the answer that is there is compared, if it is about this range. */
  #comparedWith({ from }: Span) {
    const { answer } = this.#compare
    return answer?.now.from === from ? answer.with : null
  }

  #trend(indicator: Indicator, { desk, span }: DeskAsk, now: number) {
    const { language } = this.route
    const series = this.#series.answer
    if (!series) return html`<p class="said">${this.#series.error?.[language] ?? words(language).loading}</p>`
    const compare = this.#compare.answer
    const { catalogue } = this
    return html`<ops-trend
      .cursor=${this.cursor}
      .shown=${{
        ...{ language, now, catalogue, indicator, span, series, where: desk.where, title: indicator.title[language] },
        before: moved(this.#before.answer?.points ?? [], compare),
        against: deskWords(language).earlier,
        corrections: this.#corrections.answer?.corrections ?? [],
        calendar: catalogue.calendars.get(PUBLIC_SECTOR),
      }}
    ></ops-trend>`
  }

  /** What leaves the page, and what a picture or paper says of itself. */
  #out(indicator: Indicator, about: DeskAsk) {
    const { catalogue, route } = this
    const where = Object.entries(about.desk.where)
    const names = where.map(([dimension, member]) => memberName(catalogue, member, route.language, dimension))
    return {
      ...{ indicator, about, catalogue, language: route.language, root: this.renderRoot },
      ...{ breakdown: this.#breakdown.answer, compare: this.#compare.answer, address: location.href },
      comparable: indicator.kind !== 'score' && this.#compare.error === null,
      whose: names.length === 0 ? deskWords(route.language).country : names.join(' · '),
    }
  }

  #view(indicator: Indicator, about: DeskAsk, now: number) {
    return viewOf({
      ...{ indicator, about, now, route: this.route, catalogue: this.catalogue, cursor: this.cursor },
      to: (change) => this.#to(change),
      asks: {
        ...{
          line: this.#series,
          breakdown: this.#breakdown,
          compare: this.#compare,
          why: this.#why,
          split: this.#split,
        },
        ...{ behind: this.#behind, ranking: this.#ranking, anomalies: this.#anomalies, against: this.#against },
        ...{ glass: this.#glass, reconciliation: this.#reconciliation },
      },
    })
  }
}

/** Whether a range is a period that runs, of a kind that has days: only then is there anything to foretell. */
const foretold = ({ kind }: Indicator, { from, to }: Span, now: number): boolean =>
  kind !== 'score' && kind !== 'reported' && to - floor(now, 'day') > DAY && from <= now && to - from <= 370 * DAY

/** Whether it is a unit's figure, which has others to stand beside. */
const peered = (
  { kind, dimensions }: Indicator,
  { where: { unit } }: DeskRoute,
  { dimensions: known }: Known,
): boolean => {
  if (unit === undefined || !dimensions.includes('unit') || kind === 'score' || kind === 'reported') return false
  // A group is made of units and has none of its like.
  return known.get('unit')?.members.get(unit)?.members === undefined
}

/** The earlier points, moved to the moments they are compared with. */
function moved(points: readonly Point[], compare: Answers['compare'] | null): readonly Point[] {
  if (!compare?.earlier) return []
  const shift = compare.now.from - compare.earlier.from
  return points.map((point) => ({ ...point, from: point.from + shift, to: point.to + shift }))
}

customElements.define('ops-desk', OpsDesk)
