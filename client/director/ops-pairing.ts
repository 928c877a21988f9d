/** Screens that wait with a code, and the form by which an operator lets one in under a name, in a group. */
import { html, LitElement, nothing } from 'lit'
import { CODE_LENGTH } from '../../kpi/code-letters.ts'
import type { Waiting } from '../../kpi/screens.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import type { DirectAsked } from '../link/direct.ts'
import { look } from '../views/look.ts'
import { directorWords } from '../words/director.ts'
import { aboutFields, aboutSaid } from './about-fields.ts'
import { directorStyle } from './director-style.ts'

export class OpsPairing extends LitElement {
  static override properties = {
    waiting: { attribute: false },
    acts: { attribute: false },
    catalogue: { attribute: false },
    language: { attribute: false },
    send: { attribute: false },
    open: { state: true },
    group: { state: true },
  }
  declare waiting: readonly Waiting[]
  /** Whether the key of this page may let somebody in. */
  declare acts: boolean
  declare catalogue: Known
  declare language: Language
  declare send: (act: DirectAsked) => Promise<boolean>
  declare open: boolean
  declare group: string | null

  static override styles = [look, directorStyle]

  constructor() {
    super()
    this.open = false
    this.group = null
    this.acts = false
  }

  override render() {
    const { waiting, language, acts } = this
    const say = directorWords(language)
    return html`<section aria-label=${say.waiting}>
      <h2>${say.waiting}</h2>
      ${
        waiting.length === 0
          ? html`<p class="flip">${say.noneWaiting}</p>`
          : html`<ul class="waiting">
              ${waiting.map(
                ({ code, address, width, height }) =>
                  html`<li data-waiting=${code}><b>${code.slice(0, 3)} ${code.slice(3)}</b> <span>${say.size(width, height, 1)} ${say.from(address)}</span>
                    ${acts ? html`<button @click=${() => this.#use(code)}>${say.use}</button>` : nothing}</li>`,
              )}
            </ul>`
      }
      ${!acts ? nothing : this.open || waiting.length > 0 ? this.#form() : html`<div><button @click=${() => (this.open = true)}>${say.pair}</button></div>`}
    </section>`
  }

  #form() {
    const { catalogue, language } = this
    const say = directorWords(language)
    return html`<form @submit=${(event: SubmitEvent) => this.#pair(event)}>
      <label>${say.code}<input class="code" name="code" required autocomplete="off" spellcheck="false" maxlength=${CODE_LENGTH + 3} /></label>
      ${aboutFields({ catalogue, language, group: this.group, choose: (group) => (this.group = group) })}
      <button class="strong pair">${say.pair}</button>
    </form>`
  }

  #use(code: string) {
    const field = this.renderRoot.querySelector<HTMLInputElement>('input.code')
    if (field) field.value = code
    this.renderRoot.querySelector<HTMLInputElement>('input[name=name]')?.focus()
  }

  #pair(event: SubmitEvent) {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const code = String(new FormData(form).get('code') ?? '').trim()
    void this.send({ act: 'pair', code, ...aboutSaid(form, this.language) }).then((done) => {
      if (!done) return
      form.reset()
      this.open = false
    })
  }
}

customElements.define('ops-pairing', OpsPairing)
