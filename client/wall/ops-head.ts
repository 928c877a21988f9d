/** The header of every screen: its name, how far to believe what is below it, and the server's time. */
import { html, LitElement, nothing } from 'lit'
import { formatAge, formatClock, formatDay, formatNumber } from '../../kpi/format.ts'
import type { Known } from '../known.ts'
import type { Clock } from '../link/clock.ts'
import { EMPTY_DESK } from '../link/desk-route.ts'
import type { Picture } from '../link/picture.ts'
import { type Route, writeRoute } from '../link/route.ts'
import { look } from '../views/look.ts'
import { sayMoment } from '../views/say-when.ts'
import { sign } from '../views/sign.ts'
import { words } from '../words/index.ts'
import { headStyle } from './head-style.ts'
import { type Heed, heed } from './heed.ts'

export class OpsHead extends LitElement {
  static override properties = {
    route: { attribute: false },
    name: { attribute: false },
    catalogue: { attribute: false },
    picture: { attribute: false },
    clock: { attribute: false },
  }
  declare route: Route
  declare name: string
  declare catalogue: Known
  declare picture: Picture | null
  declare clock: Clock

  static override styles = [look, headStyle]

  override render() {
    const { name, picture, catalogue, clock, route } = this
    const { language } = route
    const say = words(language)
    const told = picture ? heed(picture, catalogue) : null
    return html`
      <header class=${clock.stalled ? 'stalled' : ''} data-pulse=${picture?.pulse.at ?? nothing} data-store=${picture?.pulse.store ?? nothing}>
        <div class="name">
          <h1>${name}</h1>
          ${this.#menu()}
        </div>
        ${told?.simulated ? html`<p class="simulated">${say.simulatedData}</p>` : nothing}
        <div class="facts">
          ${clock.stalled ? html`<p class="lost" role="status">${sign('warning')} ${this.#lost()}</p>` : nothing}
          ${told && picture ? this.#facts(told, picture) : html`<p>${say.connecting}</p>`}
        </div>
        <p class="clock" role="timer" aria-label=${say.serverTime}>${clock.at === null ? '' : formatClock(clock.at)}</p>
      </header>
    `
  }

  #lost(): string {
    const say = words(this.route.language)
    const { at, age } = this.clock
    if (at === null) return say.unreachable
    const { language } = this.route
    if (age !== undefined)
      return say.lastPicture(`${formatClock(at)} ${formatDay(at, language)}`, formatAge(age, language))
    return say.lost(formatClock(at))
  }

  #facts(told: Heed, picture: Picture) {
    const { language } = this.route
    const say = words(language)
    const figure = (n: number) => formatNumber(String(n), language, 0)
    const planned = told.sources.filter((source) => !source.up && source.planned)
    const titles = planned.slice(0, 2).map(({ id }) => this.catalogue.sources.get(id)?.title[language] ?? id)
    const { problems } = picture.health
    return html`
      ${picture.awaySince === null ? nothing : html`<p class="warning">${sign('warning')} ${(picture.health.store === 'full' ? say.storeFull : say.storeAway)(formatClock(picture.awaySince))}</p>`}
      ${told.sources.length === 0 ? nothing : this.#sources(told, picture)}
      ${picture.health.queue ? html`<p class="warning">${say.draining(figure(picture.health.queue.batches))}</p>` : nothing}
      ${planned.length > 0 ? html`<p>${say.plannedSources(titles.join(', '))}</p>` : nothing}
      ${
        told.oldest === null
          ? nothing
          : html`<p class=${told.freshness} title=${sayMoment(told.oldest, picture.pulse.at, language)}>
              ${told.freshness === 'fresh' ? nothing : sign(told.freshness)} ${say.worstAge} <b>${formatAge(picture.pulse.at - told.oldest, language)}</b>
            </p>`
      }
      ${told.backfill ? html`<p>${say.backfill(figure(told.backfill.done), figure(told.backfill.wanted))}</p>` : nothing}
      ${this.#incidents(picture)}
      ${problems > 0 ? html`<p class="warning">${sign('warning')} ${say.problems(problems)}</p>` : nothing}
      <p class="version"><span class="heard">${say.version} </span>#${figure(picture.pulse.at)}</p>
    `
  }

  /** How many incidents are open, and how many of them nobody has taken in hand; the way to their board. */
  #incidents({ glass }: Picture) {
    if (!glass) return nothing
    const { route } = this
    const say = words(route.language)
    const figure = (n: number) => formatNumber(String(n), route.language, 0)
    const open = glass.incidents.length + (glass.more ?? 0)
    const untaken = glass.incidents.filter(({ acknowledged }) => !acknowledged).length
    const board = this.catalogue.boards.get('incidents')
    const { unit: _, duty: __, desk: ___, ...plain } = route
    const count = html`${say.incidentCount} <b>${figure(open)}</b>`
    return html`<p class=${untaken > 0 ? 'warning' : ''} data-incidents=${open}>
      ${untaken > 0 ? sign('warning') : nothing}
      ${board ? html`<a href=${writeRoute({ ...plain, board: board.id }, board.layout)}>${count}</a>` : count}
      ${untaken > 0 ? html`· ${say.untaken(figure(untaken))}` : nothing}
    </p>`
  }

  /** How many sources answer; where nobody vouches for any, that it is not known, and since when the collectors are silent. */
  #sources(told: Heed, { pulse, health }: Picture) {
    const { language } = this.route
    const say = words(language)
    const figure = (n: number) => formatNumber(String(n), language, 0)
    if (told.unknown === told.sources.length) {
      const silent =
        told.spoke === null ? say.collectorsUnheard : say.collectorsSilent(sayMoment(told.spoke, pulse.at, language))
      // While the store is away nobody hears them: that is said already. Who drains a full queue is not silent either.
      const heard = health.store !== 'ok' || health.queue !== undefined
      return html`<p class="warning">${sign('warning')} ${heard ? say.sourcesUnknown : `${silent}; ${say.sourcesUnknown}`}</p>`
    }
    const down = told.sources.filter((source) => source.vouched && !source.up && !source.planned)
    const named = down.slice(0, 1)
    const names = named.map((source) => this.catalogue.sources.get(source.id)?.title[language] ?? source.id).join(', ')
    const well = down.length === 0 && told.unknown === 0
    return html`<p class=${well ? '' : 'warning'}>
      ${well ? nothing : sign('warning')} ${say.sourcesUp} <b>${figure(told.up)}/${figure(told.sources.length)}</b>
      ${down.length > 0 ? html`· ${say.sourceDown(names, down.length - named.length)}` : nothing}
      ${told.unknown > 0 ? html`· ${say.someUnknown(figure(told.unknown))}` : nothing}
    </p>`
  }

  #menu() {
    const { route } = this
    const say = words(route.language)
    const other = route.language === 'vi' ? 'en' : 'vi'
    const theme = document.documentElement.dataset.theme === 'light' ? 'dark' : 'light'
    const to = (change: Partial<Route>) => {
      const next: { -readonly [K in keyof Route]: Route[K] } = { ...route, ...change }
      if (change.board !== undefined) {
        delete next.unit
        delete next.desk
        delete next.duty
      }
      return writeRoute(next, this.catalogue.boards.get(next.board)?.layout ?? 'page')
    }
    const { unit: _, desk: __, ...plain } = route
    const duty = writeRoute({ ...plain, board: 'incidents', duty: true })
    return html`<details>
      <summary aria-label=${say.boards}></summary>
      <nav aria-label=${say.boards}>
        ${[...this.catalogue.boards.values()].map(
          (board) =>
            html`<a href=${to({ board: board.id })} aria-current=${board.id === route.board && !route.unit && !route.desk && !route.duty ? 'page' : nothing}>${board.title[route.language]}</a>`,
        )}
        <a href=${to({ desk: route.desk ?? EMPTY_DESK })} aria-current=${route.desk ? 'page' : nothing}>${say.desk}</a>
        <a href=${duty} aria-current=${route.duty ? 'page' : nothing}>${say.duty}</a>
        <a href=${to({ language: other })} hreflang=${other} lang=${other}>${say.otherLanguage}</a>
        <a href=${to({ theme })}>${say.otherTheme}</a>
      </nav>
    </details>`
  }
}

customElements.define('ops-head', OpsHead)
