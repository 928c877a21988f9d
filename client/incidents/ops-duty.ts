/** The duty list, phone first: what is open, who has it, one tap to take it in hand; below, what was closed lately. */
import { html, LitElement, nothing } from 'lit'
import type { Act } from '../../kpi/act.ts'
import { sayPoints } from '../../kpi/incident-say.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Text } from '../../kpi/text.ts'
import type { GlassIncident } from '../../kpi/wire.ts'
import type { Known } from '../known.ts'
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
import { dutyStyle } from './duty-style.ts'

export interface DutyAsks {
  readonly act: (body: Act) => Promise<void>
  readonly incident: (id: string, signal: AbortSignal) => Promise<Answers['incidents']>
  readonly closed: (now: number, signal: AbortSignal) => Promise<Answers['incidents']>
}

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
        ${
          !glass
            ? html`<p role="status">${say.loading}</p>`
            : glass.incidents.length === 0
              ? html`<p class="quiet" role="status">${sign('good')} ${say.noIncidents}</p>`
              : html`<ul class="open" aria-label=${say.openIncidents}>
                  ${glass.incidents.map((one) => this.#one(one, now))}
                </ul>`
        }
        ${this.#lately(now)}
      </main>
    `
  }

  #one(one: GlassIncident, now: number) {
    const { catalogue, route } = this
    const { language } = route
    const say = words(language)
    const busy = this.sending === one.id
    const refused = this.refused?.id === one.id ? this.refused.text[language] : null
    const more = html`
      <div class="acts">
        <button class=${one.acknowledged ? 'quiet' : 'take'} ?disabled=${busy} @click=${() => this.#take(one.id)}>
          ${busy ? say.taking : one.acknowledged ? say.takeAgain : say.take}
        </button>
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
      <form @submit=${(event: SubmitEvent) => this.#close(event, one.id)}>
        <input name="reason" required minlength="3" maxlength="500" placeholder=${say.closeReason} aria-label=${say.closeReason} />
        <button class="quiet">${say.closeIt}</button>
      </form>
    </div>`
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

  #close(event: SubmitEvent, id: string) {
    event.preventDefault()
    const reason = String(new FormData(event.target as HTMLFormElement).get('reason') ?? '')
    void this.#send(id, { act: 'close', incident: id, reason })
  }

  async #send(id: string, body: Act): Promise<void> {
    this.sending = id
    this.refused = null
    try {
      await this.ask.act(body)
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      this.refused = { id, text: error instanceof AskError ? error.text : { vi: said, en: said } }
    }
    this.sending = null
  }
}

customElements.define('ops-duty', OpsDuty)
