/** The analyst's desk: one question, everything of it in the address: what, whose, when, how fine, compared with what, as known when. */
import { html, LitElement, nothing } from 'lit'
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import { floor, type Span } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { type Known, memberName } from '../known.ts'
import { AskController } from '../link/ask-controller.ts'
import { addressOf, askDesk, askPages, type DeskAsk, type DeskQuestion } from '../link/ask-desk.ts'
import type { Clock } from '../link/clock.ts'
import { DESK_VIEWS, type DeskRoute, type DeskView, EMPTY_DESK, spanOf } from '../link/desk-route.ts'
import { visit } from '../link/navigate.ts'
import type { Picture } from '../link/picture.ts'
import { type Route, writeRoute } from '../link/route.ts'
import { tick } from '../unit/about.ts'
import { look } from '../views/look.ts'
import '../wall/ops-head.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { aboutLines } from './about-lines.ts'
import { asked } from './asked.ts'
import { deskStyle } from './desk-style.ts'
import { chosen, type Found, find } from './find.ts'
import { foretold, moved, peered, splitOf, tooFine } from './fitting.ts'
import type { OpsFind } from './ops-find.ts'
import './ops-find.ts'
import './ops-saved.ts'
import './ops-trend.ts'
import { roam } from '../views/roam.ts'
import { out } from './out.ts'
import { printStyle } from './print-style.ts'
import { start } from './start.ts'
import { heard, type Summary, summary } from './summary.ts'
import { viewOf } from './view.ts'
import { writeMoment, writeSpan } from './when.ts'

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

  /** The lines of which nothing finer than days was said. */
  #daily = new Set<string>()

  /** What was said last to who hears the page, and of which question. */
  #told = { subject: '', text: '' }
  /** Whether what is looked at has been answered. */
  #there = false

  /** The question whose observations are shown. */
  #behindOf = ''
  #pagesOf = (subject: string) => (this.pages.of === subject ? this.pages.count : 1)

  /** Whether the focus was within before something was drawn anew. */
  #focused = false

  override willUpdate() {
    this.#focused = this.matches(':focus-within')
  }

  /** Who comes with nothing chosen wants to type, unless that would bring up a keyboard of glass. */
  override async firstUpdated() {
    const { indicator } = this.route.desk ?? EMPTY_DESK
    if (indicator !== null || window.matchMedia('(hover: none), (pointer: coarse)').matches) return
    const search = this.renderRoot.querySelector<OpsFind>('ops-find')
    await search?.updateComplete
    search?.focus()
  }

  /** Whether the next address is one of a view that somebody asked for. */
  #asked = false

  override updated(changed: ReadonlyMap<PropertyKey, unknown>) {
    const view = this.#asked && changed.has('route')
    if (view) this.#asked = false
    const tabs = this.renderRoot.querySelector('.tabs')
    // What was chosen may be gone with the view it stood in: then the next Tab begins at the title, or at the view that was asked for, not at the top of the page.
    if (this.#focused && !this.matches(':focus-within')) {
      const there = view ? tabs?.querySelector<HTMLElement>('[aria-current]') : null
      ;(there ?? this.renderRoot.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: there != null })
    }
    // It is brought into sight, once it is drawn, where most of it would stand below what is seen, as on a phone.
    if (view && tabs)
      requestAnimationFrame(() => {
        if (tabs.getBoundingClientRect().bottom > 0.7 * window.innerHeight) tabs.scrollIntoView()
      })
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
        <ops-find
          .language=${route.language}
          .label=${say.find}
          .hint=${window.innerWidth < 640 ? say.find : `${say.find}: ${say.findHint}`}
          .search=${(typed: string) => find(catalogue, typed, route.language)}
          .choose=${(found: Found) => visit(this.#to(chosen(found, desk)))}
        ></ops-find>
        <ops-saved .language=${route.language} .title=${indicator?.title[route.language] ?? ''} .address=${indicator ? this.#to({}) : null}></ops-saved>
        ${
          indicator
            ? this.#about(indicator, { ...desk, by: splitOf(indicator, desk.by) })
            : html`${desk.indicator === null ? nothing : html`<p class="failed" role="status">${words(route.language).unknownIndicator(desk.indicator)}</p>`}${start(catalogue, route.language, (change) => this.#to(change))}`
        }
        <p class="heard" role="status">${this.#told.text}</p>
      </main>
    `
  }

  #to(change: Partial<DeskRoute>): string {
    return writeRoute({ ...this.route, desk: { ...(this.route.desk ?? EMPTY_DESK), ...change } })
  }

  /** The observations of a moment. */
  #behindOne(range: Span) {
    this.#asked = true
    visit(this.#to({ range, grain: null, view: 'behind' }))
  }

  #about(indicator: Indicator, desk: DeskRoute) {
    const { route, catalogue, clock } = this
    const { language } = route
    const say = deskWords(language)
    const now = desk.asOf ?? clock.at
    document.title = `${indicator.title[language]} · ${say.name} · ${words(language).product}`
    if (now === null) return html`<p class="said" role="status">${words(language).loading}</p>`
    const span = spanOf(desk.range, now)
    const about = this.#by({ desk, span })
    this.#wantAll(indicator, about, now)
    const breakdown = this.#breakdown.answer
    const error = this.#breakdown.error ?? (this.#series === NO_LINE ? null : this.#series.error)
    const filters = Object.entries(desk.where)
    const sum: Summary = {
      indicator,
      catalogue,
      language,
      now,
      where: desk.where,
      total: breakdown?.total ?? null,
      compare: this.#compare.answer,
      unfair: this.#compare.error,
      forecast: foretold(indicator, span, now) ? this.#forecast.answer : null,
      peers: peered(indicator, desk, catalogue) ? this.#peers.answer : null,
    }
    this.#tell(indicator, about, sum)
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
        ${indicator.kind === 'score' ? nothing : html`<section class="card" aria-label=${indicator.title[language]}>${this.#trend(indicator, about, now)}</section>`}
        ${summary(sum)}
      </div>
      ${indicator.kind === 'score' ? html`<p class="said">${say.noLine}</p>` : nothing}
      <section class="card">
        <nav class="tabs" aria-label=${say.name} @keydown=${roam}>
          ${DESK_VIEWS.map(
            (view) =>
              html`<a href=${this.#to({ view })} @click=${() => {
                this.#asked = true
              }} tabindex=${view === desk.view ? 0 : -1} aria-current=${view === desk.view ? 'page' : nothing}>${say.views[view]}</a>`,
          )}
          ${out(this.#out(indicator, about))}
        </nav>
        ${this.#view(indicator, about, now)}
      </section>
      <footer class="printed">${aboutLines(this.#out(indicator, about)).map((line) => html`<p>${line}</p>`)}</footer>
    `
  }

  /** What the page is about: by days where nobody chose a grain and nothing finer was said. */
  #by(about: DeskAsk): DeskAsk {
    const subject = addressOf('series', about)
    const answer = this.#line.about(subject) ?? this.#split.about(addressOf('series', about, { by: about.desk.by }))
    if (about.desk.grain === null && answer && tooFine(answer)) this.#daily.add(subject)
    return this.#daily.has(subject) ? { ...about, desk: { ...about.desk, grain: 'day' } } : about
  }

  /** Says of a new question what its answer is, once all of it is there: a reader who does not see the page is not told of every second. */
  #tell(indicator: Indicator, { desk, span }: DeskAsk, sum: Summary) {
    const { language } = this.route
    const { sort: _, ...question } = desk
    const subject = JSON.stringify([question, language])
    const there = this.#there && (sum.compare !== null || sum.unfair !== null || indicator.kind === 'score')
    if (this.#told.subject === subject || !there) return
    const { whose } = this.#out(indicator, { desk, span })
    const about = [indicator.title[language], whose, writeSpan(span, language), deskWords(language).views[desk.view]]
    this.#told = { subject, text: `${about.join(', ')}: ${heard(sum)}` }
  }

  /** Asks what the page shows; what lies wholly in the past is asked again only when something of it was corrected. What an answer is about is its address: it stands while something else is chosen. */
  #wantAll(indicator: Indicator, about: DeskAsk, now: number) {
    const { desk, span } = about
    const live = desk.asOf === null && span.to > now && document.visibilityState === 'visible'
    const version = `${live ? tick(now) : ''} ${this.picture?.health.declared ?? 0}`
    const own = this.#wantView(indicator, about, version)
    if (indicator.kind === 'score') this.#series = NO_LINE
    else this.#wantLine(about, version)
    this.#breakdown.want(about, addressOf('breakdown', about), version)
    // What stands beside is asked for behind what is looked at.
    const looked = [own, this.#series, this.#breakdown]
    const there = looked.every((one) => one === null || one.answer !== null || one.error !== null)
    this.#there = there
    const compares = there || WITH_CHANGE.has(desk.view)
    if (indicator.kind !== 'score') this.#compare.want(about, addressOf('compare', about), version, compares)
    this.#corrections.want(about, addressOf('corrections', about), version, there)
    if (peered(indicator, desk, this.catalogue)) this.#peers.want(about, addressOf('peers', about), version, there)
    if (foretold(indicator, span, now))
      this.#forecast.want(about, addressOf('forecast', about), String(floor(now, 'day')), there)
    const earlier = this.#compare.answer?.earlier
    if (earlier && indicator.kind !== 'score') {
      const before = { desk: { ...desk, grain: this.#series.answer?.grain ?? desk.grain }, span: earlier }
      this.#before.want(before, addressOf('series', before))
    }
  }

  /** Asks what the view alone shows; null where it shows what the page has anyway. */
  #wantView({ kind }: Indicator, about: DeskAsk, version: string) {
    const { view, against, by } = about.desk
    if (view === 'behind') {
      this.#glass.want(about, addressOf('glass', about), version)
      this.#reconciliation.want(about, addressOf('reconciliation', about), version)
      this.#behindOf = addressOf('observations', about)
      const count = this.#pagesOf(this.#behindOf)
      // More of the same is the same question: what is there stands until it has come.
      this.#behind.want({ about, wanted: PAGE * count }, this.#behindOf, `${version} ${count}`)
      return this.#behind
    }
    const want = (asking: AskController<DeskAsk, unknown>, question: DeskQuestion, more = {}) => {
      asking.want(about, addressOf(question, about, more), version)
      return asking
    }
    const views: Partial<Record<DeskView, () => AskController<DeskAsk, unknown> | null>> = {
      why: () => want(this.#why, 'contributions'),
      bump: () => want(this.#ranking, 'ranking'),
      odd: () => want(this.#anomalies, 'anomalies'),
      multiples: () => want(this.#split, 'series', { by }),
      list: () => (kind === 'score' ? null : want(this.#compare, 'compare')),
      scatter: () => (against === null ? null : want(this.#against, 'breakdown', { indicator: against })),
    }
    return views[view]?.() ?? null
  }

  /** The line alone, unless it comes with those of all members: they are asked together with what they add up to. */
  #wantLine(about: DeskAsk, version: string) {
    const { by, view } = about.desk
    const all = this.#split.about(addressOf('series', about, { by }))
    const subject = addressOf('series', about)
    const together = view === 'multiples' && this.#split.error === null && (all || !this.#line.about(subject))
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

customElements.define('ops-desk', OpsDesk)
