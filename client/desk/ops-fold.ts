/** What takes a screen of its own on a phone, folded into one line that opens; anywhere else it stands as it is. */
import { css, html, LitElement } from 'lit'
import { look } from '../views/look.ts'

/** Where a page is read as one column. */
const NARROW = '(max-width: 640px)'

export class OpsFold extends LitElement {
  static override properties = { line: { attribute: false }, narrow: { state: true } }
  /** What is said of it while it is folded. */
  declare line: string
  declare narrow: boolean

  #narrow = window.matchMedia(NARROW)
  #measure = () => {
    this.narrow = this.#narrow.matches
  }

  static override styles = [
    look,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      summary {
        box-sizing: border-box;
        min-height: 2.75rem;
        padding: 0.65rem 0;
        color: var(--ink-2);
        cursor: pointer;
      }
    `,
  ]

  override connectedCallback() {
    super.connectedCallback()
    this.#measure()
    this.#narrow.addEventListener('change', this.#measure)
    this.addEventListener('click', this.#chosen)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#narrow.removeEventListener('change', this.#measure)
    this.removeEventListener('click', this.#chosen)
  }

  /** What was chosen in it is on the page now: it folds, and the focus is at its line. */
  #chosen = (event: Event) => {
    const details = this.renderRoot.querySelector('details')
    if (!details || !(event.target instanceof Element) || !event.target.matches('a:not([download])')) return
    details.open = false
    details.querySelector('summary')?.focus()
  }

  override render() {
    return this.narrow ? html`<details><summary>${this.line}</summary><slot></slot></details>` : html`<slot></slot>`
  }
}

customElements.define('ops-fold', OpsFold)
