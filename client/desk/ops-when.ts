/** A field for a range or a moment as people write it; what cannot be read is said at once, and nothing changes. */
import { css, html, LitElement, nothing } from 'lit'
import type { Read } from '../../kpi/parse-text.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { look } from '../views/look.ts'

export class OpsWhen extends LitElement {
  static override properties = {
    label: { attribute: false },
    value: { attribute: false },
    hint: { attribute: false },
    language: { attribute: false },
    read: { attribute: false },
    take: { attribute: false },
    error: { state: true },
  }
  declare label: string
  declare value: string
  declare hint: string
  declare language: Language
  declare read: (raw: string) => Read<unknown>
  declare take: (value: never) => void
  declare error: Text | null

  static override styles = [
    look,
    css`
      :host {
        display: inline-block;
      }
      input {
        width: 15.5rem;
        max-width: 100%;
        padding: 0.2rem 0.5rem;
        border: 1px solid var(--rule);
        border-radius: 0.25rem;
        background: var(--ground);
        color: var(--ink);
        font: inherit;
        font-size: var(--small);
      }
      @media (max-width: 640px), (hover: none) and (pointer: coarse) {
        input {
          min-height: 2.75rem;
        }
      }
      input::placeholder {
        color: var(--ink-3);
        opacity: 1;
      }
      input[aria-invalid='true'] {
        border-color: var(--warning);
      }
      p {
        max-width: 26rem;
        font-size: var(--small);
        color: var(--warning);
      }
    `,
  ]

  constructor() {
    super()
    this.error = null
  }

  override render() {
    return html`<input
        type="text"
        autocomplete="off"
        aria-label=${this.label}
        aria-invalid=${this.error !== null}
        aria-describedby="why"
        placeholder=${this.hint}
        .value=${this.value}
        @change=${(event: Event) => this.#typed((event.target as HTMLInputElement).value)}
      />
      <p id="why" role="status" ?hidden=${this.error === null}>${this.error?.[this.language] ?? nothing}</p>`
  }

  #typed(raw: string) {
    if (raw.trim() === this.value.trim()) return
    const read = this.read(raw)
    this.error = 'wrong' in read ? read.wrong : null
    if ('value' in read) this.take(read.value as never)
  }
}

customElements.define('ops-when', OpsWhen)
