/** A year of days at a glance: a cell a day by week and weekday, coloured by how much or how good; a table twin beside it. */
import { css, html, LitElement, nothing, svg } from 'lit'
import type { Calendar } from '../../kpi/calendar.ts'
import { dayOf } from '../../kpi/calendar-days.ts'
import { formatDay, formatShortDay } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import type { Language } from '../../kpi/text.ts'
import { dayGrid } from '../draw/days.ts'
import { stepOf, steps } from '../draw/scale.ts'
import { type Known, unitOf } from '../known.ts'
import { look } from '../views/look.ts'
import { signAt } from '../views/sign.ts'
import { SizeController } from '../views/size-controller.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { figureOf, partsOf } from './said.ts'

export interface DaysShown {
  readonly language: Language
  readonly now: number
  readonly catalogue: Known
  readonly indicator: Indicator
  readonly title: string
  readonly series: Answers['series']
  readonly calendar: Calendar | undefined
}

const STEPS = 5
const FILL = { good: 'var(--sequence-2)', warning: 'var(--warning-fill)', critical: 'var(--critical-fill)' } as const

export class OpsDays extends LitElement {
  static override properties = { shown: { attribute: false }, cursor: { attribute: false } }
  declare shown: DaysShown
  declare cursor: number | null

  #size = new SizeController(this, '.room')

  static override styles = [
    look,
    css`
      .room {
        width: 100%;
        min-height: 12rem;
        overflow-x: auto;
      }
      svg {
        display: block;
      }
      text {
        font-family: inherit;
        font-size: var(--small);
        fill: var(--ink-3);
      }
      .read {
        min-height: 1.5em;
        color: var(--ink-2);
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 1rem;
        padding-top: 0.6rem;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .key svg {
        display: inline-block;
        width: 1em;
        height: 1em;
        vertical-align: -0.1em;
      }
    `,
  ]

  constructor() {
    super()
    this.cursor = null
  }

  override render() {
    const { series, language, now, title } = this.shown
    const say = deskWords(language)
    if (series.grain !== 'day') return html`<p class="read">${say.calendarDays}</p>`
    const points = series.points.filter(({ from }) => from < now)
    const at =
      this.cursor === null ? null : points.find(({ from, to }) => from <= (this.cursor ?? 0) && (this.cursor ?? 0) < to)
    return html`
      <p class="read" aria-hidden="true">${at ? this.#said(at) : ''}</p>
      <div class="room" role="img" aria-label=${title} @pointerleave=${() => this.#tell(null)}>${this.#draw(points)}</div>
      ${this.#key(points)}
      <div class="heard"><table><caption>${title}</caption><tbody>
        ${points.map((point) => html`<tr><th scope="row">${formatDay(point.from, language)}</th><td>${figureOf(point, this.shown.indicator, language)}</td></tr>`)}
      </tbody></table></div>`
  }

  #tell(at: number | null) {
    this.dispatchEvent(new CustomEvent('cursor', { detail: at, bubbles: true, composed: true }))
  }

  #said(point: Point): string {
    const { language, indicator, catalogue, calendar } = this.shown
    const parts = point.numerator === null ? '' : ` · ${partsOf(point, indicator, catalogue, language)}`
    const day = calendar?.days.get(dayOf(point.from))
    const off = day ? ` · ${day.name[language]}` : ''
    const unit = point.value === null ? '' : ` ${unitOf(catalogue, indicator.id, language)}`
    return `${formatDay(point.from, language)}: ${figureOf(point, indicator, language)}${unit}${parts}${off}`
  }

  #bounds(points: readonly Point[]) {
    return steps(
      points.flatMap(({ value }) => (value === null ? [] : [Number(value)])),
      STEPS,
    )
  }

  #fill(point: Point, bounds: readonly number[]): string {
    if (point.value === null) return 'none'
    if (point.status === 'good' || point.status === 'warning' || point.status === 'critical') return FILL[point.status]
    return `var(--sequence-${stepOf(Number(point.value), bounds)})`
  }

  #draw(points: readonly Point[]) {
    const { width, rem } = this.#size
    const { language, calendar } = this.shown
    const grid = dayGrid(points)
    if (width === 0 || grid.columns === 0) return nothing
    const left = 2.6 * rem
    const size = Math.max(0.9 * rem, Math.min(3.2 * rem, (width - left) / grid.columns))
    const gap = Math.max(1, size * 0.08)
    const bounds = this.#bounds(points)
    const height = 7 * size + 1.6 * rem
    const place = ({ column, row }: { column: number; row: number }) => ({ x: left + column * size, y: row * size })
    let labelled = Number.NEGATIVE_INFINITY
    return html`<svg width=${Math.max(width, left + grid.columns * size)} height=${height} aria-hidden="true">
      ${deskWords(language).weekdays.map((name, row) => svg`<text x="0" y=${(row + 0.5) * size} dy="0.35em">${name}</text>`)}
      ${grid.cells.map((cell) => {
        const { x, y } = place(cell)
        const off = calendar?.days.get(dayOf(cell.point.from))?.worked === false
        const own =
          cell.point.from === this.cursor ||
          (this.cursor !== null && cell.point.from <= this.cursor && this.cursor < cell.point.to)
        const troubled = cell.point.status === 'warning' || cell.point.status === 'critical'
        return svg`<g @pointerenter=${() => this.#tell(cell.point.from)}>
          <rect x=${x} y=${y} width=${size - gap} height=${size - gap} rx="2" fill=${this.#fill(cell.point, bounds)} stroke=${own ? 'var(--ink)' : cell.point.value === null ? 'var(--rule)' : 'none'} stroke-dasharray=${cell.point.value === null && !own ? '3 3' : 'none'} stroke-width=${own ? 2 : 1} />
          ${troubled ? svg`<g color="var(--on-fill)">${signAt(cell.point.status, x + (size - gap) / 2, y + (size - gap) / 2, size * 0.36)}</g>` : nothing}
          ${off ? svg`<circle cx=${x + (size - gap) / 2} cy=${y + size - gap - 0.22 * rem} r=${0.1 * rem} fill="var(--ink)" />` : nothing}
        </g>`
      })}
      ${grid.cells
        .filter(({ row }) => row === 0)
        .map(({ column, point }) => {
          const x = left + column * size
          if (x - labelled < 4 * rem) return nothing
          labelled = x
          return svg`<text x=${x} y=${7 * size + 1.1 * rem}>${formatShortDay(point.from, language)}</text>`
        })}
    </svg>`
  }

  #key(points: readonly Point[]) {
    const { language, indicator } = this.shown
    const say = words(language)
    const box = (fill: string) =>
      svg`<svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="1" fill=${fill} /></svg>`
    const judged = (['good', 'warning', 'critical'] as const).filter((status) =>
      points.some((point) => point.status === status),
    )
    const bounds = this.#bounds(points)
    const figure = (value: number) => figureOf({ value: String(value), status: 'good' }, indicator, language)
    return html`<p class="key">
      ${
        judged.length > 0
          ? judged.map((status) => html`<span>${box(FILL[status])} ${say[status]}</span>`)
          : bounds.map((bound, i) => html`<span>${box(`var(--sequence-${i})`)} ${say.least(figure(bound))}</span>`)
      }
    </p>`
  }
}

customElements.define('ops-days', OpsDays)
