/** Takes every observation of a range away as one file of any form, with how far it has come; can be stopped. */
import { css, html, LitElement, nothing } from 'lit'
import type { Format } from '../../kpi/exported.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { AskError } from '../link/ask.ts'
import { fetchWhole, type Progress } from '../link/whole.ts'
import { look } from '../views/look.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { download } from './chart-file.ts'

type Form = Exclude<Format, 'json'>
const FORMS: readonly Form[] = ['csv', 'csv-excel', 'xlsx', 'parquet']

export class OpsWhole extends LitElement {
  static override properties = {
    language: { attribute: false },
    address: { attribute: false },
    progress: { state: true },
    wrong: { state: true },
  }
  declare language: Language
  /** Where a form of it is to be had. */
  declare address: (format: Form) => string
  declare progress: Progress | null
  declare wrong: Text | null

  #running: AbortController | null = null

  static override styles = [
    look,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 0.8rem;
        padding: 0.3rem 0;
        color: var(--ink-2);
      }
      button {
        padding: 0.3rem 0.8rem;
        border: 1px solid var(--rule);
        border-radius: 0.25rem;
        background: var(--raised);
        color: var(--ink);
        font: inherit;
        cursor: pointer;
      }
      progress {
        width: 14rem;
        accent-color: var(--data);
      }
      .failed {
        color: var(--critical);
      }
    `,
  ]

  constructor() {
    super()
    this.progress = null
    this.wrong = null
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#running?.abort()
  }

  override render() {
    const say = deskWords(this.language)
    const { progress, wrong } = this
    return html`<p>
      ${
        progress === null
          ? html`<span>${say.whole}:</span>${FORMS.map((form) => html`<button type="button" @click=${() => void this.#take(form)}>${say.wholeAs[form]}</button>`)}`
          : html`<button type="button" @click=${() => this.#running?.abort()}>${say.stop}</button>
            <progress max=${progress.rows === null ? nothing : (progress.total ?? nothing)} value=${progress.rows === null || progress.total === null ? nothing : Math.min(progress.rows, progress.total)} aria-label=${say.whole}></progress>
            <span role="status">${this.#said(progress)}</span>`
      }
      ${wrong ? html`<span class="failed" role="status">${wrong[this.language]}</span>` : nothing}
    </p>`
  }

  #said({ rows, bytes, total }: Progress): string {
    const say = deskWords(this.language)
    const count = (size: number) => formatNumber(String(size), this.language, 0)
    const all = total === null ? null : count(total)
    return rows === null
      ? say.megabytes(formatNumber(String(bytes / 1e6), this.language, 1), all)
      : say.rows(count(rows), all)
  }

  async #take(form: Form) {
    const running = new AbortController()
    this.#running = running
    this.progress = { rows: null, bytes: 0, total: null }
    this.wrong = null
    try {
      const { name, body } = await fetchWhole(
        this.address(form),
        (progress) => {
          this.progress = progress
        },
        running.signal,
      )
      download(name, body)
    } catch (error) {
      if (!running.signal.aborted)
        this.wrong =
          error instanceof AskError ? error.text : { vi: words('vi').unreachable, en: words('en').unreachable }
    } finally {
      this.progress = null
    }
  }
}

customElements.define('ops-whole', OpsWhole)
