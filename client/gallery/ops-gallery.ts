/** The gallery: every view in the states that differ in kind, every state of one view (`?states=`), or one whole board, always marked as examples. */
import { css, html, LitElement } from 'lit'
import { HEIGHTS, isFilling } from '../elements/heights.ts'
import type { Known } from '../known.ts'
import { AskError, askCatalogue } from '../link/ask.ts'
import { AskController } from '../link/ask-controller.ts'
import { readRoute } from '../link/route.ts'
import type { Asks } from '../shell/asks.ts'
import '../shell/ops-panel.ts'
import { WALL_SCREEN } from '../shell/style.ts'
import '../unit/ops-unit.ts'
// The gallery shows what walls load only when they need it.
import '../views/ops-clock.ts'
import '../views/ops-funnel.ts'
import '../views/ops-heatmap.ts'
import '../views/ops-scorecard.ts'
import '../views/ops-stack.ts'
import '../views/ops-statements.ts'
import '../views/ops-system.ts'
import '../views/ops-table.ts'
import '../views/ops-text.ts'
import { custom } from '../views/custom.ts'
import { look } from '../views/look.ts'
import '../wall/ops-wall.ts'
import { words } from '../words/index.ts'
import { BOARDS } from './boards.ts'
import type { Case } from './case.ts'
import { CASES } from './cases.ts'
import { COUNTRY } from './country.ts'
import { NOW, picture, splitSeries, weekAgo } from './readings.ts'
import { inventedScore } from './score.ts'
import { beforeShipped, longNamed, SHIPPED_STATES, shipped } from './shipped.ts'
import { STATED, statesOf } from './states.ts'
import { inventedUnit } from './unit.ts'

const invented: Asks = {
  series: async (slice, span, _, grain, usual) => splitSeries(slice, span, 'day', grain, COUNTRY, usual),
  score: async (indicator) => inventedScore(COUNTRY, indicator, 'whole'),
  total: async (slice, span) => weekAgo(slice, span),
}
/** What of a score is known where so much of a history is. */
const SCORES: Readonly<Record<string, 'faulty' | 'unknown'>> = { gap: 'faulty', empty: 'unknown' }
/** And in which state of a board. */
const SCORED: Readonly<Record<string, 'faulty' | 'unknown'>> = { faulty: 'faulty', away: 'faulty', empty: 'unknown' }
const FAILURE = { vi: 'kho dữ liệu không trả lời', en: 'the data store does not answer' }

export class OpsGallery extends LitElement {
  #url = new URL(window.location.href)
  #catalogue = new AskController<null, Known>(this, (_, signal) => askCatalogue(signal))

  static override styles = [
    look,
    css`
      .all {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr));
        gap: 1.4rem 1rem;
        align-items: start;
        padding: 1rem;
      }
      @media (min-width: 900px) {
        .wide {
          grid-column: span 2;
        }
      }
      h1 {
        padding: 1rem 1rem 0;
        font-size: 1.3rem;
        font-weight: 600;
      }
      figcaption {
        padding-bottom: 0.2rem;
        font-size: var(--small);
        color: var(--ink-3);
      }
      .fixed ops-panel {
        height: var(--height);
      }
      .example {
        position: fixed;
        right: 0.4rem;
        bottom: 0;
        font-size: var(--small);
        color: var(--ink-3);
      }
    `,
  ]

  /** A shipped board, with the catalogue of whoever serves this page. */
  #shipped(id: string) {
    const route = readRoute(this.#url)
    this.#catalogue.want(null, 'catalogue')
    const told = this.#catalogue.answer
    const state = SHIPPED_STATES.find((one) => one === this.#url.searchParams.get('state')) ?? 'whole'
    const catalogue = told && state === 'extreme' ? longNamed(told) : told
    const board = catalogue?.boards.get(id)
    if (!catalogue || !board) return html`<p role="status">${this.#catalogue.error?.[route.language] ?? id}</p>`
    const gap = state === 'faulty' || state === 'away'
    const shape = state === 'empty' ? 'empty' : state === 'extreme' ? 'huge' : gap ? 'gap' : 'day'
    // What was not told yet is not answered either.
    const never = new Promise<never>(() => undefined)
    const ask: Asks = {
      total: async (of) => (state === 'loading' ? never : state === 'empty' ? null : beforeShipped(catalogue, of)),
      score: async (indicator) =>
        state === 'loading' ? never : inventedScore(catalogue, indicator, SCORED[state] ?? 'whole'),
      series: async (slice, span, _, grain, usual) =>
        state === 'loading' ? never : splitSeries(slice, span, shape, grain, catalogue, usual),
    }
    return html`<ops-wall
        ?fit=${board.layout === 'wall'}
        .route=${{ ...route, board: id }}
        .board=${board}
        .catalogue=${catalogue}
        .picture=${shipped(catalogue, board, state)}
        .clock=${{ at: state === 'loading' ? null : NOW, stalled: state === 'stalled' }}
        .ask=${ask}
      ></ops-wall>
      <footer class="example">${words(route.language).example}</footer>`
  }

  override render() {
    const route = readRoute(this.#url)
    const id = this.#url.searchParams.get('shipped')
    if (id !== null) return this.#shipped(id)
    const shown = BOARDS[this.#url.searchParams.get('board') ?? '']
    const say = words(route.language)
    const unit = this.#url.searchParams.get('unit')
    if (unit !== null) {
      const asked = readRoute(new URL(`/units/${unit}${this.#url.search}`, this.#url))
      return html`<ops-unit
          .route=${{ ...asked, board: 'map' }}
          .catalogue=${COUNTRY}
          .picture=${picture([])}
          .clock=${{ at: NOW, stalled: false }}
          .ask=${{ ...invented, ...inventedUnit }}
        ></ops-unit>
        <footer class="example">${say.example}</footer>`
    }
    if (!shown) {
      const stated = STATED.find((view) => view === this.#url.searchParams.get('states'))
      return html`<main>
        <h1>${say.product}: ${say.example}</h1>
        <div class="all">${(stated ? statesOf(stated, this.#url.searchParams.get('marks') === 'turn' ? 'turn' : 'all') : CASES.filter(({ wall }) => !wall || window.matchMedia(WALL_SCREEN).matches)).map((one) => this.#case(one))}</div>
      </main>`
    }
    return html`<ops-wall
        ?fit=${shown.board.layout === 'wall'}
        .route=${{ ...route, board: shown.board.id }}
        .board=${shown.board}
        .catalogue=${COUNTRY}
        .picture=${shown.picture}
        .clock=${{ at: NOW, stalled: shown.stalled }}
        .ask=${invented}
      ></ops-wall>
      <footer class="example">${say.example}</footer>`
  }

  #case(one: Case) {
    const { language } = readRoute(this.#url)
    const fit = one.fit ?? isFilling(one.panel.view)
    const height = one.height ?? HEIGHTS[one.panel.view]
    const ask: Asks = {
      ...invented,
      series: async (slice, span, _, grain, usual) => {
        if (one.history === 'fails') throw new AskError(FAILURE)
        return splitSeries(slice, span, one.history, grain, COUNTRY, usual)
      },
      score: async (indicator) => {
        if (one.history === 'fails') throw new AskError(FAILURE)
        return inventedScore(COUNTRY, indicator, SCORES[one.history] ?? 'whole')
      },
    }
    return html`<figure class="${fit ? 'fixed' : ''} ${one.panel.width > 4 ? 'wide' : ''}" data-case=${one.name} ${custom({ '--height': height })}>
      <figcaption>${one.name} · ${words(language).example}</figcaption>
      <ops-panel
        .panel=${one.panel}
        .catalogue=${COUNTRY}
        .picture=${picture(one.readings, one.health, one.corrections, one.glass)}
        .now=${NOW}
        .language=${language}
        .fit=${fit}
        .ask=${ask}
        .link=${(id: string) => `/gallery.html?unit=${id}`}
      ></ops-panel>
    </figure>`
  }
}

customElements.define('ops-gallery', OpsGallery)
