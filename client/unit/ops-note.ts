/** Writing a note on a unit, or on its figure as it stands: bound to the data version the writer sees. */
import { css, html, LitElement, nothing } from 'lit'
import type { Act } from '../../kpi/act.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { look } from '../views/look.ts'
import { words } from '../words/index.ts'

/** The act a note means: on the unit, or on `reading` of the chosen indicator. Null while too little is written. */
export function noteOf(
  text: string,
  unit: string,
  figure: { readonly indicator: string; readonly value: string | null } | null,
  pulse: number,
): Act | null {
  const note = text.trim()
  if (note.length < 3) return null
  const about = { act: 'note' as const, note, members: { unit }, pulse }
  if (!figure) return about
  return { ...about, indicator: figure.indicator, ...(figure.value === null ? {} : { value: figure.value }) }
}

export class OpsNote extends LitElement {
  static override properties = {
    unit: { attribute: false },
    indicator: { attribute: false },
    reading: { attribute: false },
    pulse: { attribute: false },
    language: { attribute: false },
    act: { attribute: false },
    sending: { state: true },
    refused: { state: true },
  }
  declare unit: string
  declare indicator: Indicator
  declare reading: Reading | undefined
  /** The data version on the glass. */
  declare pulse: number
  declare language: Language
  declare act: (body: Act) => Promise<void>
  declare sending: boolean
  declare refused: Text | null

  static override styles = [
    look,
    css`
      summary {
        width: fit-content;
        padding: 0.35rem 0;
        color: var(--ink-2);
        cursor: pointer;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem;
        padding: 0.5rem 0;
      }
      input,
      select,
      button {
        min-width: 0;
        min-height: 2.6rem;
        padding: 0 0.8rem;
        font: inherit;
        color: var(--ink);
        background: var(--raised);
        border: 1px solid var(--rule);
        border-radius: 0.25rem;
      }
      input {
        flex: 4 1 16rem;
      }
      select {
        flex: 1 1 12rem;
      }
      button {
        cursor: pointer;
      }
      p {
        color: var(--critical);
      }
    `,
  ]

  constructor() {
    super()
    this.sending = false
    this.refused = null
  }

  override render() {
    const say = words(this.language)
    return html`<details>
      <summary>${say.writeNote}</summary>
      <form @submit=${(event: SubmitEvent) => void this.#send(event)}>
        <input name="text" maxlength="500" required minlength="3" placeholder=${say.noteIt} aria-label=${say.noteIt} />
        <select name="about" aria-label=${say.noteAbout}>
          <option value="figure">${this.indicator.title[this.language]}</option>
          <option value="unit">${say.noteUnit}</option>
        </select>
        <button ?disabled=${this.sending}>${say.noteIt}</button>
      </form>
      ${this.refused ? html`<p role="alert">${this.refused[this.language]}</p>` : nothing}
    </details>`
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    const figure =
      data.get('about') === 'figure' ? { indicator: this.indicator.id, value: this.reading?.value ?? null } : null
    const act = noteOf(String(data.get('text') ?? ''), this.unit, figure, this.pulse)
    if (!act) return
    this.sending = true
    this.refused = null
    try {
      await this.act(act)
      form.reset()
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      this.refused = (error as { readonly text?: Text }).text ?? { vi: said, en: said }
    } finally {
      this.sending = false
    }
  }
}

customElements.define('ops-note', OpsNote)
