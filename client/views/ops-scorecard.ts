/** The card of a score: its points, each column as far as it got and what is still to be had, and what would raise it most. */
import { html, nothing, svg } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import type { Answers } from '../../kpi/query.ts'
import { linesOf } from '../draw/letters.ts'
import { fitting } from '../draw/rows.ts'
import { share } from '../draw/scale.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { custom } from './custom.ts'
import { look } from './look.ts'
import { scoreStyle } from './score-style.ts'
import type { Part } from './shown.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

type Card = Answers['score']

/** Heights, rem: the sum above, a column, a line of what would raise it; and the width from which a line has room for how many cases. */
const [HEAD, ROW, AIRY, LINE] = [3.2, 1.5, 2.4, 1.4]
/** With height to spare lines of what would raise it are this many times as high; and then a column and a line may be as high as this, rem. */
const LOOSE = 1.45
const [HIGH, HIGH_LINE] = [4.8, 3.2]
const WIDE = 46
/** What would raise a score most, at most so many; the cells have them all. */
const MOST = 8

export class OpsScorecard extends ViewElement {
  #size = new SizeController(this, '.room')

  static override styles = [look, scoreStyle]

  override render() {
    const { score, parts, language, title } = this.shown
    const [part] = parts
    const say = words(language)
    if (!part || !score) return html`<p class="empty">${say.loading}</p>`
    const label = viewWords(language).cardLabel(title, score.columns.length)
    return html`<div class="room ${this.#room(score).loose ? 'spare' : ''}" role="group" aria-label=${label}>
        ${this.#sum(part, score)} ${this.#columns(part, score)} ${this.#raise(part, score)}
      </div>
      ${this.#table(part, score)}`
  }

  #number(value: string | null, { indicator }: Part): string {
    const places = Math.min(value?.split('.')[1]?.length ?? 0, indicator.decimals)
    return value === null ? '–' : formatNumber(value, this.shown.language, places)
  }

  #sum(part: Part, { points, outOf, maximum, grades }: Card) {
    const { language } = this.shown
    const grade = grades?.bands.find(({ id }) => id === grades.reached)?.title[language]
    if (points === null) return html`<p class="sum">${words(language)['no-data']}</p>`
    return html`<p class="sum">
      <b>${this.#number(points, part)}</b>
      <span>${viewWords(language).cardOf(this.#number(outOf, part), this.#number(maximum, part))}</span>
      ${grade ? html`<span class="grade">${grade}</span>` : nothing}
    </p>`
  }

  /** The heights of the columns, rem, by how often their names wrap, and of what would raise it. */
  #heights({ columns, raise }: Card) {
    const { language } = this.shown
    const across = Math.max(8, this.#size.width / this.#size.rem)
    const titles = new Map(columns.flatMap(({ cells }) => cells).map((cell) => [cell.part, cell.title[language]]))
    const lines = (text: string, room: number) => linesOf(text, Math.max(4, room))
    return {
      tall: columns.map(({ title }) => Math.max(ROW, 1.2 * lines(title[language], 0.45 * across))),
      rise: raise.map(({ part }) => LINE * lines(titles.get(part) ?? '', across - 10)),
    }
  }

  /** How many lines of what would raise it fit under its columns, whether with height to spare, and how high a column is without, rem. */
  #room(card: Card): { readonly most: number; readonly row: number; readonly loose: boolean } {
    const { height, rem } = this.#size
    const { tall, rise } = this.#heights(card)
    if (!this.shown.fit) return { most: Math.min(MOST, rise.length), row: AIRY, loose: false }
    const needed = tall.reduce((sum, one) => sum + one, 0)
    const left = height / rem - HEAD - needed
    const most = left < LINE + 1 ? 0 : Math.min(MOST, fitting(rise, left - LINE - 1, 0))
    const lines = rise.slice(0, most).reduce((sum, one) => sum + one, 0)
    const spare = left - (most === 0 ? 0 : LINE + 1 + lines)
    const loose = spare - (AIRY - ROW) * tall.length > (LOOSE - 1) * lines + 1
    return {
      ...{ most, loose },
      row: Math.min(AIRY, ROW + Math.max(0, spare / tall.length)),
    }
  }

  /** A bar as long as what a column can give; filled as far as it got, dashed where nobody stated a figure. */
  #columns(part: Part, card: Card) {
    const { columns } = card
    const most = Math.max(...columns.map(({ maximum }) => Number(maximum)))
    return html`<ol ${custom({ '--row': `${this.#room(card).row}rem`, '--most-high': `${HIGH * columns.length}rem` })}>
      ${columns.map(({ column, title, points, outOf, maximum }) => {
        const whole = Number(maximum)
        const [got, known] = [share(Number(points ?? 0), whole), share(Number(outOf), whole)]
        return html`<li data-column=${column}>
          <span class="name">${title[this.shown.language]}</span>
          <svg class="bar" aria-hidden="true" ${custom({ '--whole': share(whole, most) })}>
            <rect width="${known * 100}%" height="100%" fill="var(--track)" />
            <rect width="${got * 100}%" height="100%" fill="var(--data-fill)" />
            ${
              known < 1
                ? svg`<rect class="unknown" x="${known * 100}%" width="${(1 - known) * 100}%" height="100%" />`
                : nothing
            }
          </svg>
          <span class="figure"><b>${this.#number(points, part)}</b> / ${this.#number(maximum, part)}</span>
        </li>`
      })}
    </ol>`
  }

  #raise(part: Part, card: Card) {
    const { columns, raise } = card
    const { language } = this.shown
    const { width, rem } = this.#size
    const { most, loose } = this.#room(card)
    if (raise.length === 0 || most === 0 || width === 0) return nothing
    const say = words(language)
    const titles = new Map(columns.flatMap(({ cells }) => cells).map((cell) => [cell.part, cell.title[language]]))
    return html`<h3>${say.raiseTitle}</h3>
      <ul class="raise ${loose ? 'loose' : ''}" ${custom({ '--most-high': `${HIGH_LINE * most}rem` })}>
        ${raise.slice(0, most).map(({ part: id, missing, cases, gain }) => {
          const how =
            width < WIDE * rem || cases === null || gain === null
              ? ''
              : say.raiseCases(this.#number(String(cases), part), this.#number(gain, part))
          return html`<li>
            <span>${titles.get(id)}${how ? html` <span class="more">· ${how}</span>` : nothing}</span>
            <span class="gain">${say.raiseMissing(this.#number(missing, part))}</span>
          </li>`
        })}
      </ul>`
  }

  #table(part: Part, { columns }: Card) {
    const { language, title } = this.shown
    const say = words(language)
    return html`<div class="heard"><table>
      <caption>${title}</caption>
      <thead><tr><th scope="col">${say.scorePart}</th><th scope="col">${say.scorePoints}</th><th scope="col">${say.scoreHow}</th></tr></thead>
      <tbody>
        ${columns
          .flatMap(({ cells }) => cells)
          .map(
            (cell) =>
              html`<tr data-member=${cell.part}><th scope="row">${cell.title[language]}</th><td>${this.#number(cell.points, part)} / ${cell.maximum}</td><td>${say[cell.known]}</td></tr>`,
          )}
      </tbody>
    </table></div>`
  }
}

customElements.define('ops-scorecard', OpsScorecard)
