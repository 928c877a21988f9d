/** The cells of a score of one unit: points by column and part, what they come from, how they are known, and what would raise the score most. */
import { css, html, LitElement, nothing } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, CellAnswer } from '../../kpi/query.ts'
import type { Language } from '../../kpi/text.ts'
import { AskController } from '../link/ask-controller.ts'
import { look } from '../views/look.ts'
import { words } from '../words/index.ts'
import type { UnitAsks } from './unit-asks.ts'

export class OpsScore extends LitElement {
  static override properties = {
    indicator: { attribute: false },
    unit: { attribute: false },
    language: { attribute: false },
    version: { attribute: false },
    ask: { attribute: false },
  }
  declare indicator: Indicator
  declare unit: string
  declare language: Language
  /** Changes when it should ask again. */
  declare version: string
  declare ask: UnitAsks

  #cells = new AskController(this, ({ id, unit }: { readonly id: string; readonly unit: string }, signal) =>
    this.ask.score(id, unit, signal),
  )

  static override styles = [
    look,
    css`
      :host {
        padding: calc(var(--pad) * 1.15);
        border-radius: 0.25rem;
        background: var(--panel);
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      caption,
      th {
        text-align: left;
      }
      caption {
        padding-bottom: 0.5rem;
      }
      th,
      td {
        padding: 0.25rem 0.8rem 0.25rem 0;
        font-weight: 400;
        vertical-align: top;
      }
      thead th,
      .how,
      .sums {
        font-size: var(--small);
        color: var(--ink-2);
      }
      .points {
        white-space: nowrap;
        text-align: right;
      }
      .column {
        border-top: 0.06rem solid var(--track);
      }
      .column th,
      .column td,
      h3 {
        font-weight: 600;
      }
      h3 {
        padding: 1rem 0 0.3rem;
      }
      ul span {
        color: var(--ink-2);
      }
      @media (max-width: 640px) {
        table,
        caption,
        tbody {
          display: block;
        }
        thead {
          display: none;
        }
        tr {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
          padding: 0.25rem 0;
        }
        th,
        td {
          padding: 0;
        }
        .sums,
        .how {
          grid-column: 1 / -1;
        }
      }
    `,
  ]

  override render() {
    const { indicator, unit, language } = this
    this.#cells.want({ id: indicator.id, unit }, `${indicator.id} ${unit}`, this.version)
    const { answer, error } = this.#cells
    if (!answer) return html`<p role="status">${error?.[language] ?? words(language).loading}</p>`
    return html`${this.#table(answer)}${answer.raise.length > 0 ? this.#raise(answer) : nothing}`
  }

  #number(value: string | null): string {
    const places = Math.min(value?.split('.')[1]?.length ?? 0, this.indicator.decimals)
    return value === null ? '–' : formatNumber(value, this.language, places)
  }

  #table({ points, outOf, maximum, columns, conventions, grades }: Answers['score']) {
    const { language } = this
    const say = words(language)
    const total = points === null ? say['no-data'] : say.scoreOf(this.#number(points), this.#number(outOf), maximum)
    return html`<table>
      <caption>${total}. ${this.#grade(grades)} ${conventions.said.map((one) => one[language]).join(' ')}</caption>
      <thead>
        <tr>
          <th scope="col">${say.scorePart}</th>
          <th scope="col" class="points">${say.scorePoints}</th>
          <th scope="col">${say.parts}</th>
          <th scope="col">${say.scoreHow}</th>
        </tr>
      </thead>
      ${columns.map(
        (column) => html`<tbody>
          <tr class="column">
            <th scope="rowgroup">${column.title[language]}</th>
            <td class="points">${this.#number(column.points)} / ${column.maximum}</td>
            <td></td>
            <td class="how">${this.#partly(column)}</td>
          </tr>
          ${column.cells.map((cell) => this.#row(cell))}
        </tbody>`,
      )}
    </table>`
  }

  /** The grade, from how many points, and what it leans on where nobody has seen that. */
  #grade(grades: Answers['score']['grades']) {
    const band = grades?.bands.find(({ id }) => id === grades.reached)
    if (!grades || !band) return ''
    const say = words(this.language)
    return say.scoreGrade(band.title[this.language], String(band.from), grades.basis === 'unverified')
  }

  /** Said where a column counts from fewer points than it could have. */
  #partly({ points, outOf, maximum }: Answers['score']['columns'][number]) {
    if (points === null || outOf === maximum) return nothing
    return words(this.language).scoreOf(this.#number(points), this.#number(outOf), maximum)
  }

  #row({ title, points, maximum, numerator, denominator, known, note }: CellAnswer) {
    const sums = numerator === null ? '' : `${this.#number(numerator)} / ${this.#number(denominator)}`
    return html`<tr>
      <th scope="row">${title[this.language]}</th>
      <td class="points">${this.#number(points)} / ${maximum}</td>
      <td class="sums">${sums}</td>
      <td class="how">${words(this.language)[known]}${note ? `. ${note[this.language]}` : nothing}</td>
    </tr>`
  }

  #raise({ raise, columns }: Answers['score']) {
    const { language } = this
    const say = words(language)
    const titles = new Map(columns.flatMap(({ cells }) => cells).map(({ part, title }) => [part, title[language]]))
    return html`<h3>${say.raiseTitle}</h3>
      <ul>
        ${raise.map(({ part, missing, cases, gain }) => {
          const more =
            cases === null || gain === null
              ? ''
              : `; ${say.raiseCases(this.#number(String(cases)), this.#number(gain))}`
          return html`<li>${titles.get(part)}: <span>${say.raiseMissing(this.#number(missing))}${more}</span></li>`
        })}
      </ul>`
  }
}

customElements.define('ops-score', OpsScore)
