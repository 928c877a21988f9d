/** The header of every screen: its name, how far to believe what is below it, and the server's time. */
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { formatAge, formatClock, formatDay, formatNumber } from '../../kpi/format.ts'
import type { Known } from '../known.ts'
import type { Clock } from '../link/clock.ts'
import { EMPTY_DESK } from '../link/desk-route.ts'
import type { Picture } from '../link/picture.ts'
import { type Route, writeRoute } from '../link/route.ts'
import { WALL_SCREEN } from '../shell/style.ts'
import { look } from '../views/look.ts'
import { roam } from '../views/roam.ts'
import { sayMoment } from '../views/say-when.ts'
import { sign } from '../views/sign.ts'
import { SizeController } from '../views/size-controller.ts'
import { words } from '../words/index.ts'
import { factsRoom, linesOf, nameFit } from './head-lines.ts'
import { headStyle } from './head-style.ts'
import { type Heed, heed } from './heed.ts'
import { WaitedController } from './waited-controller.ts'

/** What a header of few lines leaves out first: who does not answer by name, the words around the history, the history, the version, long words for what is wrong, and how many incidents nobody has taken. */
const [NAMES, WORDS, HISTORY, VERSION, LONG, HANDS] = [0, 1, 2, 3, 4, 5] as const
/** Facts take at most so many lines, on every screen. */
const MOST = 2
/** How many letters of a fact the mark of simulated data takes where it stands among them. */
const MARKED = 24

interface Fact {
  /** How many letters it has, its sign counted as two. */
  readonly letters: number
  readonly told: TemplateResult
}

/** How far from the left its words may go, pixels: across several screens no further than the first, so that none lies behind an edge; 0: as far as there is room. */
const freeWidth = () => Number.parseFloat(document.documentElement.style.getPropertyValue('--free')) || 0

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

  #size = new SizeController(this, 'header')
  #wall = window.matchMedia(WALL_SCREEN)
  #waited = new WaitedController(this, () => this.picture === null)

  static override styles = [look, headStyle]

  override render() {
    const { name, picture, catalogue, clock, route } = this
    const { language } = route
    const say = words(language)
    const told = picture ? heed(picture, catalogue) : null
    const free = freeWidth()
    const fit = nameFit(name.length, this.#size.rem > 0 ? (free || this.#size.width) / this.#size.rem : 96)
    const said = html`<div class="name">
          <h1 class=${fit} title=${fit === 'cut' ? name : nothing}>${name}</h1>
          ${this.#menu()}
        </div>
        ${told?.simulated ? html`<p class="simulated">${say.simulatedData}</p>` : nothing}
        <div class="facts">
          ${clock.stalled ? html`<p class="lost" role="status">${sign('warning')} ${this.#lost()}</p>` : nothing}
          ${told && picture ? this.#facts(told, picture) : this.#connecting()}
        </div>`
    return html`
      <header class=${clock.stalled ? 'stalled' : ''} data-pulse=${picture?.pulse.at ?? nothing} data-store=${picture?.pulse.store ?? nothing}>
        ${free > 0 ? html`<div class="said">${said}</div>` : said}
        <p class="clock" role="timer" aria-label=${say.serverTime}>${clock.at === null ? '' : formatClock(clock.at)}</p>
      </header>
    `
  }

  /** Nothing was told yet; since when, once that is worth saying. */
  #connecting() {
    const { language } = this.route
    const say = words(language)
    const { waited } = this.#waited
    return html`<p>${say.connecting}</p>${waited < 1000 ? nothing : html`<p>${say.waited(formatAge(waited, language))}</p>`}`
  }

  #lost(): string {
    const say = words(this.route.language)
    const { at, age } = this.clock
    if (at === null) return say.unreachable
    const { language } = this.route
    if (age !== undefined)
      return say.lastPicture(
        `${formatClock(at)} ${formatDay(at, language)}`,
        age === null ? null : formatAge(age, language),
      )
    return say.lost(formatClock(at))
  }

  /** The facts, as fully as the room beside the name allows. */
  #facts(told: Heed, picture: Picture) {
    const { rem } = this.#size
    const width = freeWidth() || this.#size.width
    const { name } = this
    const wall = this.#wall.matches
    // On a tablet and a phone they stand below the name, after the mark.
    const across = wall ? factsRoom({ width: width / rem, name: name.length, simulated: told.simulated }) : width / rem
    const before = [
      ...(!wall && told.simulated ? [MARKED] : []),
      ...(this.clock.stalled ? [this.#lost().length + 2] : []),
    ]
    const fits = (facts: readonly Fact[]) =>
      linesOf([...before, ...facts.map(({ letters }) => letters)], across) <= MOST
    let facts = this.#told(told, picture, 0)
    for (let brief = 1; width > 0 && brief <= HANDS + 1 && !fits(facts); brief++)
      facts = this.#told(told, picture, brief)
    return facts.map((fact) => fact.told)
  }

  /** What there is to say, `brief` steps shorter. */
  #told(told: Heed, picture: Picture, brief: number): readonly Fact[] {
    const { language } = this.route
    const say = words(language)
    const figure = (n: number) => formatNumber(String(n), language, 0)
    const planned = told.sources.filter((source) => !source.up && source.planned)
    const titles = planned.slice(0, 2).map(({ id }) => this.catalogue.sources.get(id)?.title[language] ?? id)
    const { problems } = picture.health
    const plain = (text: string): Fact => ({ letters: text.length, told: html`<p>${text}</p>` })
    const alarm = (text: string): Fact => ({
      letters: text.length + 2,
      told: html`<p class="warning">${sign('warning')} ${text}</p>`,
    })
    const facts: Fact[] = []
    const short = brief > LONG
    if (picture.awaySince !== null) {
      const full = picture.health.store === 'full'
      const whole = (full ? say.storeFull : say.storeAway)(formatClock(picture.awaySince))
      facts.push(alarm(short ? (full ? say.storeFullBrief : say.storeAwayBrief) : whole))
    }
    if (told.sources.length > 0) facts.push(this.#sources(told, picture, brief))
    if (picture.health.queue) {
      const { draining, drainingBrief } = say
      facts.push(alarm((short ? drainingBrief : draining)(figure(picture.health.queue.batches))))
    }
    if (picture.health.unrecorded) facts.push(alarm(say.unrecorded(figure(picture.health.unrecorded))))
    if (planned.length > 0)
      facts.push(plain(say.plannedSources(brief > NAMES ? figure(planned.length) : titles.join(', '))))
    if (told.oldest !== null) {
      const age = formatAge(picture.pulse.at - told.oldest, language)
      facts.push({
        letters: say.worstAge.length + age.length + 1 + (told.freshness === 'fresh' ? 0 : 2),
        told: html`<p class=${told.freshness} title=${sayMoment(told.oldest, picture.pulse.at, language)}>
              ${told.freshness === 'fresh' ? nothing : sign(told.freshness)} ${say.worstAge} <b>${age}</b>
            </p>`,
      })
    }
    if (told.backfill && brief <= HISTORY) {
      const [done, wanted] = [figure(told.backfill.done), figure(told.backfill.wanted)]
      facts.push(plain(brief > WORDS ? `${say.history} ${done}/${wanted}` : say.backfill(done, wanted)))
    }
    facts.push(...this.#incidents(picture, brief > HANDS))
    if (problems > 0) facts.push(alarm((short ? say.problemsBrief : say.problems)(problems)))
    const version = `#${figure(picture.pulse.at)}`
    // Who listens is told the version also where nobody has room to read it.
    facts.push(
      brief > VERSION
        ? { letters: 0, told: html`<p class="heard">${say.version} ${version}</p>` }
        : {
            letters: version.length,
            told: html`<p class="version"><span class="heard">${say.version} </span>${version}</p>`,
          },
    )
    return facts
  }

  /** How many incidents are open, and how many of them nobody has taken in hand; the way to their board. */
  #incidents({ glass }: Picture, brief: boolean): readonly Fact[] {
    if (!glass) return []
    const { route } = this
    const say = words(route.language)
    const figure = (n: number) => formatNumber(String(n), route.language, 0)
    const open = glass.incidents.length + (glass.more ?? 0)
    const untaken = glass.incidents.filter(({ acknowledged }) => !acknowledged).length
    const board = this.catalogue.boards.get('incidents')
    const { unit: _, duty: __, desk: ___, ...plain } = route
    const count = html`${say.incidentCount} <b>${figure(open)}</b>`
    const told = html`<p class=${untaken > 0 ? 'warning' : ''} data-incidents=${open}>
      ${untaken > 0 ? sign('warning') : nothing}
      ${board ? html`<a href=${writeRoute({ ...plain, board: board.id }, board.layout)}>${count}</a>` : count}
      ${untaken > 0 && !brief ? html`· ${say.untaken(figure(untaken))}` : nothing}
    </p>`
    const more = untaken > 0 && !brief ? say.untaken(figure(untaken)).length + 5 : 0
    return [{ letters: say.incidentCount.length + figure(open).length + 1 + more, told }]
  }

  /** How many sources answer; where nobody vouches for any, that it is not known, and since when the collectors are silent. */
  #sources(told: Heed, { pulse, health }: Picture, brief: number): Fact {
    const { language } = this.route
    const say = words(language)
    const figure = (n: number) => formatNumber(String(n), language, 0)
    if (told.unknown === told.sources.length) {
      const silent =
        told.spoke === null ? say.collectorsUnheard : say.collectorsSilent(sayMoment(told.spoke, pulse.at, language))
      // While the store is away nobody hears them: that is said already. Who drains a full queue is not silent either.
      const heard = health.store !== 'ok' || health.queue !== undefined
      const said = heard ? say.sourcesUnknown : `${silent}; ${say.sourcesUnknown}`
      return { letters: said.length + 2, told: html`<p class="warning">${sign('warning')} ${said}</p>` }
    }
    const down = told.sources.filter((source) => source.vouched && !source.up && !source.planned)
    const titled = down.map((source) => this.catalogue.sources.get(source.id)?.title[language] ?? source.id)
    const well = down.length === 0 && told.unknown === 0
    const count = `${figure(told.up)}/${figure(told.sources.length)}`
    const named =
      down.length > 0 && brief <= NAMES ? `· ${say.sourceDown(titled.slice(0, 1).join(), down.length - 1)}` : ''
    const unsure = told.unknown > 0 && brief <= LONG ? `· ${say.someUnknown(figure(told.unknown))}` : ''
    return {
      letters: [say.sourcesUp, count, named, unsure].join(' ').length + (well ? 0 : 2),
      told: html`<p class=${well ? '' : 'warning'} title=${down.length > 0 ? say.sourceDown(titled.join(', '), 0) : nothing}>
      ${well ? nothing : sign('warning')} ${say.sourcesUp} <b>${count}</b>
      ${named} ${unsure}
    </p>`,
    }
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
    return html`<details @keydown=${menuKeys} @focusout=${menuLeft} @click=${menuChosen}>
      <summary aria-label=${say.boards}></summary>
      <nav aria-label=${say.boards} @keydown=${roam}>
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

/** The menu of a listener on it. */
const menuOf = ({ currentTarget }: Event) => currentTarget as HTMLDetailsElement

/** An arrow opens it and goes to where one is; Escape closes it and goes back to its sign. */
function menuKeys(event: KeyboardEvent): void {
  const menu = menuOf(event)
  const sign = menu.querySelector('summary')
  if (event.key === 'Escape' && menu.open) {
    menu.open = false
    sign?.focus()
  } else if (event.key === 'ArrowDown' && event.target === sign) {
    menu.open = true
    const here = menu.querySelector<HTMLElement>('a[aria-current]') ?? menu.querySelector('a')
    here?.focus()
  } else return
  event.preventDefault()
}

/** Who goes on to what it lies over sees where they are. */
function menuLeft(event: FocusEvent): void {
  const menu = menuOf(event)
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false
}

function menuChosen(event: Event): void {
  if (!(event.target instanceof Element && event.target.closest('a'))) return
  menuOf(event).open = false
  menuOf(event).querySelector('summary')?.focus()
}

customElements.define('ops-head', OpsHead)
