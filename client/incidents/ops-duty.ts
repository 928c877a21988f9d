/** The duty list, phone first: what is open, who has it, one tap to take it in hand; below, what was closed lately. */
import { html, LitElement, nothing } from 'lit'
import type { Act } from '../../kpi/act.ts'
import { sayPoints } from '../../kpi/incident-say.ts'
import type { Answers } from '../../kpi/query.ts'
import type { KeyAnswer } from '../../kpi/rights.ts'
import type { Language, Text } from '../../kpi/text.ts'
import type { GlassIncident, GlassSilence } from '../../kpi/wire.ts'
import { type Known, memberName } from '../known.ts'
import { AskError } from '../link/ask.ts'
import { AskController } from '../link/ask-controller.ts'
import type { Clock } from '../link/clock.ts'
import type { Picture } from '../link/picture.ts'
import { type Route, writeRoute } from '../link/route.ts'
import { card, cardStyle, nameOf as namesOf } from '../views/incident-cards.ts'
import { look } from '../views/look.ts'
import { sayMoment } from '../views/say-when.ts'
import { sign } from '../views/sign.ts'
import { words } from '../words/index.ts'
import '../wall/ops-head.ts'
import { actForm } from './duty-form.ts'
import { dutyStyle } from './duty-style.ts'

export interface DutyAsks {
  readonly act: (body: Act) => Promise<void>
  /** Whose key this page carries, and what it may. */
  readonly key?: (signal: AbortSignal) => Promise<KeyAnswer>
  readonly incident: (id: string, signal: AbortSignal) => Promise<Answers['incidents']>
  readonly closed: (now: number, signal: AbortSignal) => Promise<Answers['incidents']>
}

/** Whoever has no key is told by the server where to get one. */
const NOBODY: KeyAnswer = { name: null, may: [] }

export class OpsDuty extends LitElement {
  static override properties = {
    route: { attribute: false },
    catalogue: { attribute: false },
    picture: { attribute: false },
    clock: { attribute: false },
    ask: { attribute: false },
    sending: { state: true },
    refused: { state: true },
    opened: { state: true },
  }
  declare route: Route
  declare catalogue: Known
  declare picture: Picture | null
  declare clock: Clock
  declare ask: DutyAsks
  declare sending: string | null
  declare refused: { readonly id: string; readonly text: Text } | null
  /** The incident whose history is unfolded. */
  declare opened: string | null

  #history = new AskController(this, (id: string, signal) => this.ask.incident(id, signal))
  #key = new AskController<null, KeyAnswer>(this, async (_, signal) => (await this.ask.key?.(signal)) ?? NOBODY)
  #closed = new AskController(this, (now: number, signal) => this.ask.closed(now, signal))

  static override styles = [look, cardStyle, dutyStyle]

  constructor() {
    super()
    this.sending = null
    this.refused = null
    this.opened = null
  }

  override render() {
    const { route, catalogue, picture, clock } = this
    const say = words(route.language)
    const glass = picture?.glass ?? null
    const now = clock.at ?? 0
    // Asked anew whenever something opened or closed.
    if (glass) this.#closed.want(now, 'closed', glass.incidents.map(({ id }) => id).join(' '))
    return html`
      <ops-head .name=${say.duty} .route=${route} .catalogue=${catalogue} .picture=${picture} .clock=${clock}></ops-head>
      <main>
        ${this.#onlyLooks() ? html`<p role="status">${say.mayNotOperate(this.#key.answer?.name ?? '')}</p>` : nothing}
        ${
          !glass
            ? html`<p role="status">${say.loading}</p>`
            : glass.incidents.length === 0
              ? html`<p class="quiet" role="status">${sign('good')} ${say.noIncidents}</p>`
              : html`<ul class="open" aria-label=${say.openIncidents}>
                  ${glass.incidents.map((one) => this.#one(one, now))}
                </ul>`
        }
        ${this.#silences(now)} ${this.#lately(now)}
      </main>
    `
  }

  /** Whether this page carries a key that may not act. */
  #onlyLooks(): boolean {
    this.#key.want(null, 'key')
    const { answer } = this.#key
    return answer !== null && answer.name !== null && !answer.may.includes('operate')
  }

  #one(one: GlassIncident, now: number) {
    const { catalogue, route } = this
    const { language } = route
    const say = words(language)
    const busy = this.sending === one.id
    const refused = this.refused?.id === one.id ? this.refused.text[language] : null
    const more = html`
      <div class="acts">
        ${
          this.#onlyLooks()
            ? nothing
            : html`<button class=${one.acknowledged ? 'quiet' : 'take'} ?disabled=${busy} @click=${() => this.#take(one.id)}>
                ${busy ? say.taking : one.acknowledged ? say.takeAgain : say.take}
              </button>`
        }
        <button class="quiet" aria-expanded=${this.opened === one.id} @click=${() => this.#unfold(one.id)}>${say.historyTitle}</button>
      </div>
      ${refused === null ? nothing : html`<p class="refused" role="alert">${refused}</p>`}
      ${this.opened === one.id ? this.#unfolded(one, now) : nothing}
    `
    return card(one, { catalogue, language, now }, more)
  }

  #unfolded(one: GlassIncident, now: number) {
    const { catalogue, route } = this
    const { language } = route
    const say = words(language)
    this.#history.want(
      one.id,
      one.id,
      `${one.changes} ${one.acknowledged?.at} ${one.escalated?.at} ${one.notes.length}`,
    )
    const { answer, error } = this.#history
    const names = sayPoints(one, namesOf(catalogue), language, 40)
    const units = one.points.flatMap(({ key }) => (key.unit ? [key.unit] : [])).slice(0, 12)
    const link = (id: string) =>
      writeRoute({
        board: 'country',
        language,
        theme: route.theme,
        unit: { id, indicator: one.points[0]?.indicator ?? null, range: '1d', grain: null },
      })
    return html`<div class="details">
      <p><b>${say.whatToDo}.</b> ${one.action[language]}</p>
      ${units.length > 0 ? html`<p class="units">${units.map((id) => html`<a href=${link(id)}>${namesOf(catalogue)('unit', id, language)}</a>`)}</p>` : names ? html`<p>${names}</p>` : nothing}
      <ol class="history">
        ${(answer?.history ?? []).flatMap((entry) => {
          const kind = (say as unknown as Record<string, string>)[`entry_${entry.kind}`]
          const also = [entry.said.note, entry.said.reason, entry.said.to].filter(Boolean).join(' · ')
          return kind === undefined
            ? []
            : [
                html`<li><time>${sayMoment(entry.at, now, language)}</time> ${kind}${entry.by ? ` · ${entry.by}` : ''}${also ? `: ${also}` : ''}</li>`,
              ]
        })}
      </ol>
      ${!answer ? html`<p role="status">${error?.[language] ?? say.loading}</p>` : nothing}
      ${
        this.#onlyLooks()
          ? nothing
          : actForm(one, {
              ...{ say, now, pulse: this.picture?.pulse.at ?? now, busy: this.sending === one.id },
              send: (act) => this.#send(one.id, act),
              lacking: () => {
                this.refused = { id: one.id, text: { vi: words('vi').actLacking, en: words('en').actLacking } }
              },
            })
      }
    </div>`
  }

  /** What is silent by plan now, and until when; what a person planned may be ended. */
  #silences(now: number) {
    const { language } = this.route
    const say = words(language)
    const silences = this.picture?.glass?.silences ?? []
    if (silences.length === 0) return nothing
    const end = (silence: string) => void this.#send(silence, { act: 'speak', silence, note: '' })
    return html`<section>
      <h2>${say.silencesTitle}</h2>
      <ul class="closed">
        ${silences.map(
          ({ id, title, about, until, planned }) => html`<li>
            <b>${title[language]}</b> ${about.map((one) => sayAbout(one, this.catalogue, language)).join(', ')}
            <span>${until === null ? nothing : say.silenceUntil(sayMoment(until, now, language))}</span>
            ${planned && !this.#onlyLooks() ? html`<button class="quiet" ?disabled=${this.sending === id} @click=${() => end(id)}>${say.silenceEnd}</button>` : nothing}
            ${this.refused?.id === id ? html`<p class="refused" role="alert">${this.refused.text[language]}</p>` : nothing}
          </li>`,
        )}
      </ul>
    </section>`
  }

  #lately(now: number) {
    const { catalogue, route } = this
    const { language } = route
    const say = words(language)
    const closed = this.#closed.answer?.incidents ?? []
    if (closed.length === 0) return nothing
    return html`<section>
      <h2>${say.recently}</h2>
      <ul class="closed">
        ${closed.map((one) => {
          const names = one.source === null ? sayPoints(one, namesOf(catalogue), language, 3) : ''
          const how = one.ended?.by
            ? say.closedBy(one.ended.by, one.ended.reason)
            : say.closedItself(sayMoment(one.closed ?? now, now, language))
          return html`<li><b>${names || one.title[language]}</b> ${names ? one.title[language] : ''} <span>${how}</span></li>`
        })}
      </ul>
    </section>`
  }

  #unfold(id: string) {
    this.opened = this.opened === id ? null : id
  }

  #take(id: string) {
    void this.#send(id, { act: 'acknowledge', incident: id, note: '' })
  }

  /** Answers whether it was taken. */
  async #send(id: string, body: Act): Promise<boolean> {
    this.sending = id
    this.refused = null
    try {
      await this.ask.act(body)
      return true
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      this.refused = { id, text: error instanceof AskError ? error.text : { vi: said, en: said } }
      return false
    } finally {
      this.sending = null
    }
  }
}

/** What a silence is about, by name. */
function sayAbout({ kind, id }: GlassSilence['about'][number], catalogue: Known, language: Language): string {
  if (kind === 'unit') return memberName(catalogue, id, language)
  const thing = kind === 'source' ? catalogue.sources.get(id) : catalogue.indicators.get(id)
  return thing?.title[language] ?? id
}

customElements.define('ops-duty', OpsDuty)
