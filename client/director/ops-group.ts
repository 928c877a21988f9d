/** A group of screens in the console: what is on and why, what comes, and the desk to preview, take, undo and give back. */
import { html, LitElement, nothing } from 'lit'
import { formatClock, formatNumber } from '../../kpi/format.ts'
import { partOf, placesOf, sayUnfit } from '../../kpi/mosaic.ts'
import type { ScreenState } from '../../kpi/painted.ts'
import { boardOf } from '../../kpi/parameters.ts'
import type { On, PairedScreen } from '../../kpi/program.ts'
import type { Mosaic } from '../../kpi/scene.ts'
import type { GroupState } from '../../kpi/screens.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import type { DirectAsked } from '../link/direct.ts'
import { custom } from '../views/custom.ts'
import { look } from '../views/look.ts'
import { sign } from '../views/sign.ts'
import { directorWords } from '../words/director.ts'
import { sayPlace } from './about-fields.ts'
import { directorStyle } from './director-style.ts'
import { mosaicStyle } from './mosaic-style.ts'
import './ops-preview.ts'
import './ops-miniature.ts'
import { notWhole, previewsOf, unreadable } from './previews.ts'
import { sayUnreadable } from './say-unreadable.ts'
import { screenCard } from './screen-card.ts'

/** For how long a scene may be taken. */
const STRETCHES = ['5m', '15m', '30m', '1h', '2h'] as const

export class OpsGroup extends LitElement {
  static override properties = {
    group: { attribute: false },
    screens: { attribute: false },
    acts: { attribute: false },
    catalogue: { attribute: false },
    language: { attribute: false },
    now: { attribute: false },
    send: { attribute: false },
    chosen: { state: true },
    preview: { state: true },
    sure: { state: true },
    changing: { state: true },
    into: { state: true },
  }
  declare group: GroupState
  declare screens: readonly ScreenState[]
  /** Whether the key of this page may direct. */
  declare acts: boolean
  declare catalogue: Known
  declare language: Language
  declare now: number
  /** Does something; the console says what was refused. */
  declare send: (act: DirectAsked) => Promise<boolean>
  declare chosen: string | null
  declare preview: boolean
  declare sure: string | null
  /** The screen of which something else is being said, and the group it is to go to. */
  declare changing: string | null
  declare into: string | null

  static override styles = [look, directorStyle, mosaicStyle]

  constructor() {
    super()
    this.chosen = null
    this.preview = false
    this.sure = null
    this.changing = null
    this.into = null
    this.acts = false
  }

  #change(id: string | null) {
    this.changing = id
    this.into = null
  }

  override render() {
    const { group, catalogue, language, screens } = this
    const say = directorWords(language)
    const title = catalogue.groups?.get(group.id)?.title[language] ?? group.id
    const flip = group.flip
    const { mosaic } = catalogue.groups?.get(group.id) ?? {}
    const card = {
      ...(mosaic ? { mosaic } : {}),
      ...{ catalogue, language, now: this.now, sure: this.sure, acts: this.acts },
      ask: (id: string | null) => {
        this.sure = id
      },
      revoke: (id: string) =>
        void this.send({ act: 'revoke', screen: id }).then(() => {
          this.sure = null
        }),
      change: {
        ...{ id: this.changing, group: this.into, begin: (id: string | null) => this.#change(id) },
        choose: (into: string | null) => {
          this.into = into
        },
        send: (act: DirectAsked) =>
          void this.send(act).then((done) => {
            if (done) this.#change(null)
          }),
      },
    }
    return html`<section class="group" data-group=${group.id} aria-label=${title}>
      <h2>${title}</h2>
      ${this.#air()}
      ${group.heldOff ? html`<p class="warn" role="status">${sign('warning')} ${say.heldOff(group.heldOff[language])}</p>` : nothing}
      ${this.acts && (screens.length > 0 || group.taken) ? this.#desk() : nothing}
      ${this.#stage()}
      ${flip && flip.screens > 1 ? html`<p class="flip">${say.flip(flip.screens, formatNumber(String(flip.spread), language, 0), flip.pulses)}</p>` : nothing}
      ${mosaic ? this.#mosaic(mosaic) : nothing}
      ${screens.length === 0 ? html`<p class="flip">${say.noScreens}</p>` : html`<ul class="screens">${screens.map((one) => screenCard(one, card))}</ul>`}
    </section>`
  }

  /** The whole as it hangs: each screen shows here the part that is on its glass. */
  #mosaic(mosaic: Mosaic) {
    const { catalogue, group, language, screens } = this
    const say = directorWords(language)
    const sight = catalogue.screens?.get(catalogue.groups?.get(group.id)?.profile ?? '')
    const cells = placesOf({ places: [], mosaic }).map((place) => {
      const one = screens.find(({ paired }) => paired?.place === place)
      const part = sight ? partOf(mosaic, sight, place) : null
      const { column = 1, row = 1 } = mosaic.cells[place] ?? {}
      return html`<div class="cell" data-place=${place} ${custom({ '--column': column, '--row': row })}>
        ${
          one?.paired
            ? html`<ops-miniature .screen=${one.id} .name=${one.paired.name} .language=${language} .here=${one.state !== 'lost'} .cut=${part} .ratio=${part ? part.width / part.height : 16 / 9}></ops-miniature>`
            : html`<p class="warn">${sign('warning')} ${say.emptyCell(sayPlace(place, mosaic, language))}</p>`
        }
      </div>`
    })
    return html`<div class="mosaic" role="group" aria-label=${say.mosaic(mosaic.columns, mosaic.rows)} ${custom({ '--columns': mosaic.columns })}>${cells}</div>`
  }

  #scene(id: string): string {
    return this.catalogue.scenes?.get(id)?.title[this.language] ?? id
  }

  #board(on: On): string {
    return boardOf(this.catalogue, on.board)?.title[this.language] ?? on.board
  }

  #air() {
    const { group, language } = this
    const say = directorWords(language)
    const { now, next, taken } = group
    if (!now) return nothing
    const { why } = now
    const reason =
      why.kind === 'calendar'
        ? say.byCalendar
        : why.kind === 'incident'
          ? say.byIncident(why.title[language])
          : `${say.takenBy(why.by, formatClock(taken?.at ?? 0))}${why.until === null ? '' : `, ${say.until(formatClock(why.until))}`}`
    return html`<div class="air" data-scene=${now.scene} data-board=${now.board} data-why=${why.kind}>
      <p class="what">${this.#scene(now.scene)} · ${this.#board(now)}</p>
      <p class=${why.kind === 'incident' ? 'warn' : ''}>${say.onAir} ${reason}${taken?.locked ? ` · ${say.lockedNow}` : ''}</p>
      ${next ? html`<p>${say.next(`${next.scene === now.scene ? '' : `${this.#scene(next.scene)} · `}${this.#board(next)}`, formatClock(next.at))}</p>` : nothing}
    </div>`
  }

  #desk() {
    const { group, catalogue, language } = this
    const say = directorWords(language)
    const scenes = [...(catalogue.scenes?.values() ?? [])]
    const chosen = this.chosen ?? scenes[0]?.id ?? ''
    return html`<form class="desk" @submit=${(event: SubmitEvent) => this.#take(event, chosen)}>
      <label>${say.scene}
        <select name="scene" @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
          ${scenes.map((one) => html`<option value=${one.id} ?selected=${one.id === chosen}>${one.title[language]}</option>`)}
        </select>
      </label>
      <label>${say.howLong}
        <select name="for">
          <option value="">${say.untilReleased}</option>
          ${STRETCHES.map((one) => html`<option value=${one}>${one}</option>`)}
        </select>
      </label>
      <label class="check"><input type="checkbox" name="locked" /> ${say.lock}</label>
      <button type="button" class="preview" aria-pressed=${this.preview} @click=${() => (this.preview = !this.preview)}>${this.preview ? say.stopPreview : say.preview}</button>
      <button class="strong take">${say.take}</button>
      <button type="button" class="undo" ?disabled=${!group.undoable} @click=${() => this.send({ act: 'undo', group: group.id })}>${say.undo}</button>
      <button type="button" class="release" ?disabled=${group.taken === null || group.taken.scene === null} @click=${() => this.send({ act: 'release', group: group.id })}>${say.release}</button>
    </form>
    ${this.#unreadable()}`
  }

  /** The screens of the group, as they are paired. */
  #paired(): readonly PairedScreen[] {
    return this.screens.flatMap(({ paired }) => paired ?? [])
  }

  /** The scene that is chosen, and the group as it is declared. */
  #plan() {
    const { catalogue, group } = this
    const scene = catalogue.scenes?.get(this.chosen ?? [...(catalogue.scenes?.keys() ?? [])][0] ?? '')
    const declared = catalogue.groups?.get(group.id)
    return scene && declared ? { scene, declared } : null
  }

  /** What of the chosen scene nobody can read on the screens of this group. */
  #unreadable() {
    const { catalogue, language } = this
    const plan = this.#plan()
    if (!plan) return nothing
    const previews = previewsOf(plan.scene, plan.declared, this.#paired(), language)
    const why = notWhole(plan.scene, plan.declared, catalogue)
    if (why) {
      const titleOf = (indicator: string) => catalogue.indicators.get(indicator)?.title
      return html`<p class="warn" role="status" data-unfit>${sign('warning')} ${sayUnfit(plan.scene.id, why, titleOf)[language]}</p>`
    }
    return unreadable(previews, catalogue).map(
      (one) =>
        html`<p class="warn" role="status" data-unreadable=${one.board}>${sign('warning')} ${sayUnreadable(one, catalogue, language)}</p>`,
    )
  }

  #stage() {
    const { catalogue, language, group } = this
    const plan = this.#plan()
    if (!this.preview || !plan) return nothing
    return html`<ops-preview .scene=${plan.scene} .group=${group.id} .screens=${this.#paired()} .catalogue=${catalogue} .language=${language}></ops-preview>`
  }

  #choose(scene: string) {
    this.chosen = scene
  }

  #take(event: SubmitEvent, scene: string) {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    const long = String(given.get('for') ?? '')
    void this.send({
      ...{ act: 'take', group: this.group.id, scene, locked: given.get('locked') !== null },
      ...(long === '' ? {} : { for: long }),
    }).then((done) => {
      if (done) this.preview = false
    })
  }
}

customElements.define('ops-group', OpsGroup)
