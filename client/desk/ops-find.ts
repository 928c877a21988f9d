/** The search of the desk: type part of a name, choose with arrows or touch; what is chosen becomes the address. */
import { css, html, LitElement, nothing } from 'lit'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { look } from '../views/look.ts'
import { deskWords } from '../words/desk.ts'
import { type Found, find } from './find.ts'

export class OpsFind extends LitElement {
  static override properties = {
    catalogue: { attribute: false },
    language: { attribute: false },
    choose: { attribute: false },
    typed: { state: true },
    at: { state: true },
  }
  declare catalogue: Known
  declare language: Language
  /** What to do with what was chosen. */
  declare choose: (found: Found) => void
  declare typed: string
  declare at: number

  static override styles = [
    look,
    css`
      :host {
        position: relative;
        z-index: 3;
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
    this.at = 0
  }

  override render() {
    const say = deskWords(this.language)
    const found = this.#found()
    const open = this.typed.trim() !== ''
    return html`
      <input
        type="search"
        role="combobox"
        autocomplete="off"
        aria-label=${say.find}
        aria-expanded=${open}
        aria-controls="found"
        aria-activedescendant=${open && found.length > 0 ? `found-${this.at}` : nothing}
        placeholder=${window.innerWidth < 640 ? say.find : `${say.find}: ${say.findHint}`}
        .value=${this.typed}
        @input=${(event: Event) => {
          this.typed = (event.target as HTMLInputElement).value
          this.at = 0
        }}
        @keydown=${(event: KeyboardEvent) => this.#key(event, found)}
        @blur=${() => {
          this.typed = ''
        }}
      />
      <ul id="found" role="listbox" aria-label=${say.find} ?hidden=${!open}>
        ${found.map(
          (one, i) =>
            html`<li id="found-${i}" role="option" aria-selected=${i === this.at} @pointerdown=${(event: Event) => {
              event.preventDefault()
              this.#take(one)
            }}><span>${one.name}</span><span>${one.about}</span></li>`,
        )}
        ${open && found.length === 0 ? html`<li role="option" aria-disabled="true" aria-selected="false">${say.foundNone(this.typed)}</li>` : nothing}
      </ul>
      <span class="heard" role="status">${open ? say.foundMany(found.length) : ''}</span>
    `
  }

  #found(): readonly Found[] {
    return find(this.catalogue, this.typed, this.language)
  }

  #key(event: KeyboardEvent, found: readonly Found[]) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && found.length > 0) {
      event.preventDefault()
      this.at = (this.at + step + found.length) % found.length
    } else if (event.key === 'Enter') {
      const chosen = found[this.at]
      if (chosen) this.#take(chosen)
    } else if (event.key === 'Escape') this.typed = ''
  }

  #take(found: Found) {
    this.typed = ''
    this.choose(found)
  }
}

customElements.define('ops-find', OpsFind)
