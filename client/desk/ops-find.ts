/** A search: type part of a name, choose with arrows, a click or a finger; nothing typed, an arrow or a click lists what there is to choose from. */
import { css, html, LitElement, nothing } from 'lit'
import type { Language } from '../../kpi/text.ts'
import { look } from '../views/look.ts'
import { deskWords } from '../words/desk.ts'
import type { Found } from './find.ts'

export class OpsFind extends LitElement {
  static override properties = {
    label: { attribute: false },
    hint: { attribute: false },
    language: { attribute: false },
    search: { attribute: false },
    all: { attribute: false },
    choose: { attribute: false },
    typed: { state: true },
    listed: { state: true },
    at: { state: true },
  }
  declare label: string
  /** What stands in the field while nothing is typed. */
  declare hint: string
  declare language: Language
  /** What fits what was typed, the best first. */
  declare search: (typed: string) => readonly Found[]
  /** All there is, where it is few enough to be listed. */
  declare all: readonly Found[]
  /** What to do with what was chosen. */
  declare choose: (found: Found) => void
  declare typed: string
  /** Whether all are listed, nothing being typed. */
  declare listed: boolean
  declare at: number

  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override styles = [
    look,
    css`
      :host {
        position: relative;
      }
      /* Its list lies over what is below, the menu of the header over both. */
      :host(:focus-within) {
        z-index: 1;
      }
      input {
        width: 100%;
        padding: 0.6rem 0.9rem;
        border: 1px solid var(--rule);
        border-radius: 0.25rem;
        background: var(--panel);
        color: var(--ink);
        font: inherit;
      }
      input::placeholder {
        color: var(--ink-3);
        opacity: 1;
      }
      ul {
        position: absolute;
        top: calc(100% + 0.2rem);
        left: 0;
        right: 0;
        max-height: 60vh;
        overflow-y: auto;
        border: 1px solid var(--rule);
        border-radius: 0.25rem;
        background: var(--raised);
        box-shadow: 0 0.5rem 1.5rem #0006;
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: 1rem;
        padding: 0.55rem 0.9rem;
        cursor: pointer;
      }
      li[aria-selected='true'] {
        background: var(--track);
        box-shadow: inset 0.2rem 0 var(--data);
      }
      li span:last-child {
        flex: none;
        color: var(--ink-3);
      }
      p {
        padding: 0.55rem 0.9rem;
        color: var(--ink-3);
      }
    `,
  ]

  constructor() {
    super()
    this.typed = ''
    this.listed = false
    this.all = []
    this.at = 0
  }

  /** The list is brought into sight, and what is chosen next where it is longer than its box. */
  override updated(changed: ReadonlyMap<PropertyKey, unknown>) {
    if (changed.has('typed') || changed.has('listed'))
      this.renderRoot.querySelector('ul')?.scrollIntoView({ block: 'nearest' })
    if (changed.has('at')) this.renderRoot.querySelector(`#found-${this.at}`)?.scrollIntoView({ block: 'nearest' })
  }

  override render() {
    const say = deskWords(this.language)
    const typing = this.typed.trim() !== ''
    const found = typing ? this.search(this.typed) : this.listed ? this.all : []
    const open = typing || found.length > 0
    return html`
      <input
        type="search"
        role="combobox"
        autocomplete="off"
        aria-label=${this.label}
        aria-expanded=${open}
        aria-controls="found"
        aria-activedescendant=${open && found.length > 0 ? `found-${this.at}` : nothing}
        placeholder=${this.hint}
        .value=${this.typed}
        @input=${(event: Event) => {
          this.typed = (event.target as HTMLInputElement).value
          this.at = 0
        }}
        @keydown=${(event: KeyboardEvent) => this.#key(event, found)}
        @click=${() => this.#list(true)}
        @blur=${this.#close}
      />
      <ul id="found" role="listbox" aria-label=${this.label} ?hidden=${!open} @pointerdown=${(event: Event) => event.preventDefault()}>
        ${found.map(
          (one, i) =>
            html`<li id="found-${i}" role="option" aria-selected=${i === this.at} @click=${() => this.#take(one)}><span>${one.name}</span><span>${one.about}</span></li>`,
        )}
        ${typing && found.length === 0 ? html`<li role="option" aria-disabled="true" aria-selected="false">${say.foundNone(this.typed)}</li>` : nothing}
      </ul>
      <span class="heard" role="status">${open ? say.foundMany(found.length) : ''}</span>
    `
  }

  #key(event: KeyboardEvent, found: readonly Found[]) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      if (found.length === 0) this.#list(true)
      else this.at = (this.at + step + found.length) % found.length
    } else if (event.key === 'Enter') {
      const chosen = found[this.at]
      if (chosen) this.#take(chosen)
    } else if (event.key === 'Escape') this.#close()
  }

  #list(listed: boolean) {
    this.listed = listed
    this.at = 0
  }

  #close() {
    this.typed = ''
    this.#list(false)
  }

  #take(found: Found) {
    this.#close()
    this.choose(found)
  }
}

customElements.define('ops-find', OpsFind)
