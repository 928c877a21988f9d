/** Views a person keeps, by collection: opened with one click, this page added under a name; only with a named key. */
import { css, html, LitElement, nothing } from 'lit'
import type { Saved, SavedAnswer } from '../../kpi/saved.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { AskError } from '../link/ask.ts'
import { askSaved, tellSaved } from '../link/saved.ts'
import { look } from '../views/look.ts'
import { deskWords } from '../words/desk.ts'

export class OpsSaved extends LitElement {
  static override properties = {
    language: { attribute: false },
    title: { attribute: false },
    address: { attribute: false },
    answer: { state: true },
    wrong: { state: true },
    done: { state: true },
  }
  declare language: Language
  /** What this page would be called, and its address. */
  declare title: string
  declare address: string | null
  declare answer: SavedAnswer | null
  declare wrong: Text | null
  /** What was done last. */
  declare done: string

  static override styles = [
    look,
    css`
      summary {
        padding: 0.3rem 0;
        color: var(--ink-2);
        cursor: pointer;
      }
      .all {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr));
        gap: 0.6rem 1.6rem;
        padding: 0.4rem 0 0.6rem;
      }
      h3 {
        font-size: var(--small);
        color: var(--ink-3);
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: 0.6rem;
        padding: 0.15rem 0;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem 0.6rem;
        padding: 0.4rem 0;
      }
      input {
        min-width: 10rem;
        padding: 0.35rem 0.6rem;
        border: 1px solid var(--rule);
        border-radius: 0.25rem;
        background: var(--panel);
        color: var(--ink);
        font: inherit;
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
      li button {
        padding: 0 0.5rem;
        border: 0;
        background: none;
        color: var(--ink-3);
      }
      @media (max-width: 640px), (hover: none) and (pointer: coarse) {
        summary {
          padding: 0.75rem 0;
        }
        input,
        button,
        li a {
          min-width: 2.75rem;
          min-height: 2.75rem;
        }
        li {
          align-items: center;
        }
        li a {
          display: flex;
          align-items: center;
        }
      }
      .done {
        color: var(--ink-2);
      }
      .note {
        color: var(--ink-3);
      }
      .failed {
        color: var(--critical);
      }
    `,
  ]

  constructor() {
    super()
    this.answer = null
    this.wrong = null
    this.done = ''
  }

  override render() {
    const say = deskWords(this.language).kept
    const { answer, wrong } = this
    return html`<details @toggle=${(event: Event) => (event.target as HTMLDetailsElement).open && this.#ask()}>
      <summary>${say.title}${answer && answer.saved.length > 0 ? ` (${answer.saved.length})` : ''}</summary>
      ${wrong ? html`<p class="failed" role="status">${wrong[this.language]}</p>` : nothing}
      <p class="done" role="status">${this.done}</p>
      ${answer === null ? nothing : answer.owner === null ? html`<p class="note">${say.noKey}</p>` : this.#own(answer)}
    </details>`
  }

  #own({ saved }: SavedAnswer) {
    const say = deskWords(this.language).kept
    const collections = [...new Set(saved.map(({ collection }) => collection))]
    return html`
      ${
        this.address === null
          ? nothing
          : html`<form @submit=${this.#keep}>
        <input name="title" required maxlength="120" aria-label=${say.name} placeholder=${say.name} .value=${this.title} />
        <input name="collection" maxlength="80" aria-label=${say.collection} placeholder=${say.collection} list="collections" />
        <datalist id="collections">${collections.filter(Boolean).map((name) => html`<option value=${name}></option>`)}</datalist>
        <button>${say.keep}</button>
      </form>`
      }
      ${saved.length === 0 ? html`<p class="note">${say.none}</p>` : nothing}
      <div class="all">${collections.map(
        (name) => html`<section><h3>${name || say.loose}</h3><ul>
          ${saved
            .filter(({ collection }) => collection === name)
            .map(
              (one) => html`<li><a href=${one.address}>${one.title}</a>
            <button type="button" aria-label=${say.remove(one.title)} @click=${() => this.#remove(one)}>×</button></li>`,
            )}</ul></section>`,
      )}</div>`
  }

  #keep(event: SubmitEvent) {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const [title, collection] = [String(form.get('title')), String(form.get('collection'))]
    if (this.address !== null)
      this.#tell({ title, collection, address: this.address }, deskWords(this.language).kept.saved(title))
  }

  #remove({ id, title, address }: Saved) {
    // The button goes with its view: the focus is then where it can be saved again.
    this.renderRoot.querySelector<HTMLElement>(this.address === null ? 'summary' : 'input')?.focus()
    this.#tell({ id, title, address, remove: true }, deskWords(this.language).kept.removed(title))
  }

  #tell(body: Parameters<typeof tellSaved>[0], done: string) {
    this.done = ''
    tellSaved(body).then(
      () => {
        this.done = done
        this.#ask()
      },
      (error: unknown) => this.#fail(error),
    )
  }

  #ask() {
    askSaved().then(
      (answer) => {
        this.answer = answer
        this.wrong = null
      },
      (error: unknown) => this.#fail(error),
    )
  }

  #fail(error: unknown) {
    const said = error instanceof Error ? error.message : String(error)
    this.wrong = error instanceof AskError ? error.text : { vi: said, en: said }
  }
}

customElements.define('ops-saved', OpsSaved)
