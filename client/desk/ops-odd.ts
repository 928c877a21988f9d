/** Days that are unlike a member's own, the furthest first, with how many of them are to be expected by chance. */
import { html, LitElement, nothing } from 'lit'
import { dayOf } from '../../kpi/calendar-days.ts'
import { formatDay, formatNumber, weekdayName } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import { NO_RATIO, type Parts } from '../../kpi/status.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, memberName } from '../known.ts'
import { look } from '../views/look.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { rowKeys } from './grid-keys.ts'
import { figureOf, partsOf } from './said.ts'
import { tableStyle } from './table-style.ts'

export interface OddShown {
  readonly language: Language
  readonly catalogue: Known
  readonly indicator: Indicator
  readonly by: string
  readonly answer: Answers['anomalies']
  /** The address of the observations behind a member's day. */
  readonly behind: (id: string | null, span: Span) => string
}

export class OpsOdd extends LitElement {
  static override properties = { shown: { attribute: false } }
  declare shown: OddShown

  static override styles = [look, tableStyle]

  override render() {
    const { language, catalogue, indicator, by, answer, behind } = this.shown
    const say = deskWords(language)
    const count = (size: number) => formatNumber(String(size), language, Number.isInteger(size) ? 0 : 1)
    const figure = (value: string | null, parts: Parts = NO_RATIO) => figureOf({ value, ...parts }, indicator, language)
    return html`<p class="note">${say.oddNote(count(answer.found), count(answer.judged), count(answer.expectedFalse))}</p>
      ${
        answer.rows.length === 0
          ? nothing
          : html`<div class="scroll"><table @keydown=${rowKeys}>
        <thead><tr><th scope="col">${say.day}</th><th scope="col">${catalogue.dimensions.get(by)?.title[language] ?? by}</th>
          <th scope="col" class="n">${say.value}</th><th scope="col" class="n">${say.usually}</th>
          <th scope="col" class="n wide">${say.ordinary}</th><th scope="col" class="n wide">${words(language).parts}</th><th scope="col" class="n wide">${say.away}</th></tr></thead>
        <tbody>${answer.rows.map((row, i) => {
          const id = row.key[by] ?? null
          const marks = row.marks.filter((mark) => mark !== 'simulated')
          return html`<tr data-member=${id ?? 'all'}>
            <td><a href=${behind(id, row)} tabindex=${i === 0 ? 0 : -1}>${weekdayName(dayOf(row.from), language)} ${formatDay(row.from, language)}</a></td>
            <th scope="row">${id === null ? say.country : memberName(catalogue, id, language, by)}${marks.map((mark) => html` <span class="quiet">${words(language)[mark]}</span>`)}</th>
            <td class="n value">${figure(row.value, { numerator: row.numerator, denominator: row.denominator })}</td>
            <td class="n">${figure(row.expected)}</td>
            <td class="n wide quiet">${figure(row.low)} – ${figure(row.high)}</td>
            <td class="n wide quiet">${partsOf(row, indicator, catalogue, language)}</td>
            <td class="n wide">${row.score.startsWith('-') ? '↓' : '↑'} ${formatNumber(row.score.replace('-', ''), language, 1)}</td>
          </tr>`
        })}</tbody></table></div>`
      }`
  }
}

customElements.define('ops-odd', OpsOdd)
