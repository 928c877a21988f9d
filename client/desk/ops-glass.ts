/** Beside the observations: what screens said of the figure while the range ran, and where two sources disagree. */
import { css, html, LitElement, nothing } from 'lit'
import { formatDay, formatNumber, formatTime } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Window } from '../../kpi/range.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, memberNames } from '../known.ts'
import { look } from '../views/look.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { figureOf, partsOf, span } from './said.ts'
import { tableStyle } from './table-style.ts'

export interface GlassShown {
  readonly language: Language
  readonly catalogue: Known
  readonly indicator: Indicator
  readonly glass: Answers['glass'] | null
  readonly reconciliation: Answers['reconciliation'] | null
  /** Where the differences are a file of a form. */
  readonly differingAs: (format: string) => string
  /** The page as the figure was known at a moment. */
  readonly knownAt: (at: number) => string
}

const FORMS = ['csv', 'csv-excel', 'xlsx', 'parquet'] as const

export class OpsGlass extends LitElement {
  static override properties = { shown: { attribute: false } }
  declare shown: GlassShown

  static override styles = [
    look,
    tableStyle,
    css`
      .files {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.2rem 0.8rem;
        color: var(--ink-2);
      }
      .files a {
        display: inline-flex;
        align-items: center;
        min-height: 2.75rem;
      }
    `,
  ]

  override render() {
    return html`${this.#differing()}${this.#glass()}`
  }

  #when(at: number): string {
    const { language } = this.shown
    return `${formatDay(at, language)} ${formatTime(at)}`
  }

  #glass() {
    const { glass, language, indicator, catalogue, knownAt } = this.shown
    const say = deskWords(language)
    if (!glass) return nothing
    if (glass.said.length === 0) return html`<p class="note">${say.glassNone}</p>`
    return html`<div class="scroll"><table>
      <caption>${say.glassNote}</caption>
      <thead><tr><th scope="col">${say.shownAt}</th><th scope="col">${say.window}</th><th scope="col" class="n">${say.value}</th>
        <th scope="col" class="n wide">${words(language).parts}</th><th scope="col" class="wide">${say.status}</th><th scope="col" class="n wide">${say.sourceTime}</th></tr></thead>
      <tbody>${glass.said.map(
        ({ at, window, reading }) => html`<tr>
        <td><a href=${knownAt(at)}>${this.#when(at)}</a></td>
        <td>${say.windowNames[window as Window] ?? window}</td>
        <td class="n value">${figureOf(reading, indicator, language)}</td>
        <td class="n wide quiet">${partsOf(reading, indicator, catalogue, language)}</td>
        <td class="wide ${reading.status}">${words(language)[reading.status]}${reading.marks.filter((mark) => mark !== 'simulated').map((mark) => ` · ${words(language)[mark]}`)}</td>
        <td class="n wide quiet">${reading.asOf === null ? '' : this.#when(reading.asOf)}</td>
      </tr>`,
      )}</tbody></table></div>`
  }

  #differing() {
    const { reconciliation, language, catalogue, indicator: shown } = this.shown
    const say = deskWords(language)
    if (!reconciliation || reconciliation.differing.length === 0) return nothing
    const source = (id: string) => catalogue.sources.get(id)?.title[language] ?? id
    const number = (text: string) => formatNumber(text, language, text.split('.')[1]?.length ?? 0)
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${say.differingNote}><table>
      <caption>${say.differingNote}</caption>
      <thead><tr><th scope="col">${say.span}</th><th scope="col">${say.member}</th><th scope="col">${say.source}</th>
        <th scope="col" class="n">${say.value}</th><th scope="col" class="n">${say.change}</th><th scope="col" class="n wide">${say.since}</th></tr></thead>
      <tbody>${reconciliation.differing.map(({ indicator, from, to, members, statements, speaks }) =>
        statements.map(
          (one, i) => html`<tr>
          <td>${i === 0 ? span({ from, to }, language) : ''}</td>
          <th scope="row">${i === 0 ? memberNames(catalogue, members, language, from).join(' · ') : ''}${i === 0 && indicator !== shown.id ? html` <span class="quiet">${catalogue.indicators.get(indicator)?.title[language] ?? indicator}</span>` : nothing}</th>
          <td>${source(one.source)}${one.source === speaks ? html` <span class="quiet">${say.speaks}</span>` : nothing}</td>
          <td class="n value">${number(one.value)}</td>
          <td class="n ${Number(one.difference) === 0 ? 'quiet' : 'worse'}">${Number(one.difference) === 0 ? '' : number(one.difference)}</td>
          <td class="n wide quiet">${this.#when(one.since)}</td>
        </tr>`,
        ),
      )}</tbody></table></div>
      <p class="files"><span>${say.download}:</span>${FORMS.map((form) => html`<a href=${this.shown.differingAs(form)} download>${say.wholeAs[form]}</a>`)}</p>`
  }
}

customElements.define('ops-glass', OpsGlass)
