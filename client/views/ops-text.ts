/** Words an operator put on a board: plain paragraphs, nothing else. */
import { css, html, nothing } from 'lit'
import { look } from './look.ts'
import { ViewElement } from './view-element.ts'

export class OpsText extends ViewElement {
  static override styles = [
    look,
    css`
      :host([fit]) {
        height: 100%;
      }
      /* More than there is room for never runs over what stands below: it is read by going down in it. \`verify\` names a wall whose words have no room. */
      :host([fit]) .words {
        height: 100%;
        overflow-y: auto;
      }
      .words {
        display: grid;
        gap: 0.7rem;
        align-content: start;
        max-width: 46rem;
        color: var(--ink-2);
        overflow-wrap: anywhere;
      }
      p {
        white-space: pre-line;
      }
    `,
  ]

  override render() {
    const said = this.shown.panel.text?.[this.shown.language] ?? ''
    const paragraphs = said.split(/\n\s*\n/).filter((one) => one.trim() !== '')
    return html`<div class="words" tabindex=${this.shown.fit ? 0 : nothing}>${paragraphs.map((one) => html`<p>${one.trim()}</p>`)}</div>`
  }
}

customElements.define('ops-text', OpsText)
