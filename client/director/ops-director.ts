/** The director's console: every screen with what it painted, groups and what is on in them, codes that wait, and the journal. Desk and phone. */
import { html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { formatClock } from '../../kpi/format.ts'
import type { KeyAnswer } from '../../kpi/rights.ts'
import type { DirectingAct, ScreensAnswer } from '../../kpi/screens.ts'
import type { Text } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { AskError } from '../link/ask.ts'
import { AskController } from '../link/ask-controller.ts'
import { askActs, askScreens, type DirectAsked, direct } from '../link/direct.ts'
import { askKey } from '../link/key.ts'
import { FIRST_BOARD, type Route, writeRoute } from '../link/route.ts'
import { look } from '../views/look.ts'
import { sayMoment } from '../views/say-when.ts'
import { sign } from '../views/sign.ts'
import { directorWords, sayCondition } from '../words/director.ts'
import { words } from '../words/index.ts'
import { directorStyle } from './director-style.ts'
import './ops-group.ts'
import './ops-pairing.ts'
import { sayAct } from './say-act.ts'
import { screenCard } from './screen-card.ts'

/** Between two looks at all screens, milliseconds. */
const EVERY = 1000
/** How many acts are listed at first. */
const ACTS = 30

export class OpsDirector extends LitElement {
  static override properties = {
    route: { attribute: false },
    catalogue: { attribute: false },
    answer: { state: true },
    trouble: { state: true },
    refused: { state: true },
    older: { state: true },
  }
  declare route: Route
  declare catalogue: Known
  declare answer: ScreensAnswer | null
  declare trouble: Text | null
  /** What the server said of the last act. */
  declare refused: Text | null
  /** Acts of the journal beyond those that come with the screens; null while only the newest are listed. */
  declare older: readonly DirectingAct[] | null

  #timer: ReturnType<typeof setTimeout> | undefined
  #key = new AskController<null, KeyAnswer>(this, (_, signal) => askKey(signal))
  #all = false

  static override styles = [look, directorStyle]

  constructor() {
    super()
    this.answer = null
    this.trouble = null
    this.refused = null
    this.older = null
  }

  override connectedCallback() {
    super.connectedCallback()
    void this.#look()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      this.answer = await askScreens()
      this.trouble = null
    } catch (error) {
      this.trouble = textOf(error)
    }
    if (this.isConnected) this.#timer = setTimeout(() => void this.#look(), EVERY)
  }

  protected override updated() {
    const { language } = this.route
    document.documentElement.lang = language
    document.title = `${directorWords(language).title} · ${words(language).product}`
  }

  /** Does something and looks again at once. Answers whether it was done. */
  #send = async (act: DirectAsked): Promise<boolean> => {
    this.refused = null
    try {
      await direct(act)
    } catch (error) {
      this.refused = textOf(error)
      return false
    }
    await this.#look()
    return true
  }

  /** Why this page can only be looked at; null where its key may direct, or nothing is known of it yet. */
  #onlyLooks(): string | null {
    const say = directorWords(this.route.language)
    this.#key.want(null, 'key')
    const { answer } = this.#key
    if (answer?.may.includes('direct') !== false) return null
    return answer.name === null ? say.onlyLooks : say.mayNot(answer.name)
  }

  override render() {
    const { answer, catalogue, route } = this
    const { language } = route
    const say = directorWords(language)
    const only = this.#onlyLooks()
    const acts = only === null && (this.#key.answer !== null || this.#key.error !== null)
    const plain = { board: FIRST_BOARD, language, theme: route.theme }
    return html`
      <header class="top">
        <h1>${say.title}</h1>
        ${this.#summary()}
        <nav aria-label=${say.boards}>
          <a href=${writeRoute(plain, 'wall')}>${say.boards}</a>
          <a href=${writeRoute({ ...plain, board: 'incidents', duty: true })}>${words(language).duty}</a>
        </nav>
        <p class="clock" role="timer" aria-label=${words(language).serverTime}>${answer ? formatClock(answer.at) : ''}</p>
      </header>
      <main>
        ${this.trouble ? html`<p class="refused" role="alert">${this.trouble[language]}</p>` : nothing}
        ${this.refused ? html`<p class="refused" role="alert">${this.refused[language]}</p>` : nothing}
        ${
          answer
            ? html`
                ${only === null ? nothing : html`<p role="status">${only}</p>`}
                <ops-pairing .acts=${acts} .waiting=${answer.waiting} .catalogue=${catalogue} .language=${language} .send=${this.#send}></ops-pairing>
                ${repeat(
                  groupsInOrder(answer),
                  ({ id }) => id,
                  (group) =>
                    html`<ops-group
                      .group=${group}
                      .acts=${acts}
                      .screens=${answer.screens.filter(({ paired }) => paired?.group === group.id)}
                      .catalogue=${catalogue}
                      .language=${language}
                      .now=${answer.at}
                      .send=${this.#send}
                    ></ops-group>`,
                )}
                ${this.#others(answer, acts)} ${this.#journal(answer)}
              `
            : html`<p role="status">${say.loading}</p>`
        }
      </main>
    `
  }

  /** How many screens there are, and how many of them want somebody's eye. */
  #summary() {
    const { answer } = this
    const { language } = this.route
    const say = directorWords(language)
    if (!answer) return nothing
    const paired = answer.screens.filter((one) => one.paired !== null)
    const odd = (['frozen', 'lost', 'message', 'hidden'] as const).flatMap((state) => {
      const count = paired.filter((one) => one.state === state).length
      return count === 0 ? [] : [{ state, count }]
    })
    return html`<p data-screens=${paired.length}>${say.screens(paired.length)}</p>
      ${odd.map(({ state, count }) => html`<p class=${state === 'frozen' ? 'refused' : 'warn'}>${sign(state === 'frozen' ? 'critical' : 'warning')} ${count} ${sayCondition(state, language)}</p>`)}
      ${paired.length > 0 && odd.length === 0 ? html`<p>${say.allLive}</p>` : nothing}`
  }

  /** Screens whose group is no longer declared, and pages that nobody paired. */
  #others({ screens, groups, at }: ScreensAnswer, acts: boolean) {
    const { language } = this.route
    const say = directorWords(language)
    const known = new Set(groups.map(({ id }) => id))
    const others = screens.filter(({ paired, state }) => (paired ? !known.has(paired.group) : state !== 'lost'))
    if (others.length === 0) return nothing
    const card = {
      ...{ catalogue: this.catalogue, language, now: at, sure: null, acts, ask: () => undefined },
      revoke: (id: string) => void this.#send({ act: 'revoke', screen: id }),
    }
    return html`<section>
      <h2>${say.others}</h2>
      <ul class="screens">${repeat(
        others,
        ({ id }) => id,
        (one) => screenCard(one, card),
      )}</ul>
    </section>`
  }

  /** Lists more of the journal: all that came with the screens, then page by page those before. */
  async #older(shown: readonly DirectingAct[]): Promise<void> {
    const last = this.older === null ? this.answer?.acts.at(-1) : shown.at(-1)
    if (!last) return
    try {
      const { acts, next } = await askActs(last.id)
      this.older = [...(this.older ?? this.answer?.acts ?? []), ...acts]
      this.#all = next === null
    } catch (error) {
      this.trouble = textOf(error)
    }
  }

  #journal({ acts, at }: ScreensAnswer) {
    const { language } = this.route
    const say = directorWords(language)
    // What was done since the older ones were fetched stands before them.
    const known = new Set(this.older?.map(({ id }) => id))
    const shown =
      this.older === null ? acts.slice(0, ACTS) : [...acts.filter(({ id }) => !known.has(id)), ...this.older]
    const more = !this.#all && (this.older !== null || acts.length > ACTS)
    const names = {
      group: (id: string) => this.catalogue.groups?.get(id)?.title[language] ?? id,
      scene: (id: string) => this.catalogue.scenes?.get(id)?.title[language] ?? id,
      when: formatClock,
    }
    return html`<section>
      <h2>${say.journal}</h2>
      ${shown.length === 0 ? html`<p>${say.noActs}</p>` : nothing}
      <ol class="journal">
        ${shown.map((act) => html`<li data-act=${act.act}><time>${sayMoment(act.at, at, language)}</time> · <b>${act.by}</b> ${sayAct(act, names, language)}</li>`)}
      </ol>
      ${more ? html`<div><button class="older" @click=${() => void this.#older(shown)}>${say.older}</button></div>` : nothing}
    </section>`
  }
}

/** Groups with screens first: whoever looks here looks for those. */
function groupsInOrder({ groups, screens }: ScreensAnswer): ScreensAnswer['groups'] {
  const used = new Set(screens.map(({ paired }) => paired?.group))
  return groups.toSorted((a, b) => Number(used.has(b.id)) - Number(used.has(a.id)))
}

function textOf(error: unknown): Text {
  if (error instanceof AskError) return error.text
  const said = error instanceof Error ? error.message : String(error)
  return { vi: said, en: said }
}

customElements.define('ops-director', OpsDirector)
