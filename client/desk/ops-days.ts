/** A year of days at a glance: a cell a day by week and weekday, coloured by how much or how good; a table twin beside it. */
import { html, LitElement, nothing, svg } from 'lit'
import { guard } from 'lit/directives/guard.js'
import type { Calendar } from '../../kpi/calendar.ts'
import { dayOf } from '../../kpi/calendar-days.ts'
import { decimalText, formatDay, formatShortDay } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import type { Language } from '../../kpi/text.ts'
import { type DayCell, type DayGrid, dayGrid } from '../draw/days.ts'
import { stepOf, steps } from '../draw/scale.ts'
import { type Known, unitOf } from '../known.ts'
import { look } from '../views/look.ts'
import { signAt } from '../views/sign.ts'
import { SizeController } from '../views/size-controller.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { daysStyle } from './days-style.ts'
import { within } from './grid-keys.ts'
import { figureOf, partsOf } from './said.ts'
import { tableStyle } from './table-style.ts'

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
/** So wide a day has room for its figure, rem. */
const FIGURE_ROOM = 4.2
const FILL = { good: 'var(--sequence-2)', warning: 'var(--warning-fill)', critical: 'var(--critical-fill)' } as const

export class OpsDays extends LitElement {
  static override properties = { shown: { attribute: false }, cursor: { attribute: false }, twin: { state: true } }
  declare shown: DaysShown
  declare cursor: number | null
  /** Whether the table is open: nobody waits for a year of rows who does not look. */
  declare twin: boolean

  #laid: { readonly grid: DayGrid; readonly left: number; readonly size: number; readonly high: number } | null = null
  #size = new SizeController(this, '.room')

  static override styles = [look, tableStyle, daysStyle]

  constructor() {
    super()
    this.cursor = null
    this.twin = false
  }

  override render() {
    const { series, language, now, title } = this.shown
    const say = deskWords(language)
    if (series.grain !== 'day') return html`<p class="read">${say.calendarDays}</p>`
    const points = series.points.filter(({ from }) => from < now)
    const { cursor } = this
    const at = cursor === null ? -1 : points.findIndex(({ from, to }) => from <= cursor && cursor < to)
    const here = points[at]
    const last = points.length - 1
    const said = points[at < 0 ? last : at]
    return html`
      <p class="read" aria-hidden="true">${here ? this.#said(here) : html`<span class="keys">${say.calendarKeys}</span>`}</p>
      <div
        class="room"
        tabindex="0"
        role="slider"
        aria-label=${`${title}. ${say.calendarKeys}`}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, last)}
        aria-valuenow=${Math.max(0, at < 0 ? last : at)}
        aria-valuetext=${said ? this.#said(said) : say.empty}
        @pointermove=${(event: PointerEvent) => this.#point(event, points)}
        @pointerdown=${(event: PointerEvent) => event.pointerType === 'touch' && this.#point(event, points)}
        @pointerleave=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#tell('cursor', null)}
        @click=${(event: PointerEvent) => event.pointerType !== 'touch' && here && this.#tell('behind', { from: here.from, to: here.to })}
        @keydown=${(event: KeyboardEvent) => this.#stride(event, points, at)}
      >${this.#draw(points, here)}</div>
      ${this.#key(points)}
      <p class="touched">${here ? html`<button type="button" @click=${() => this.#tell('behind', { from: here.from, to: here.to })}>${say.behindOf(formatDay(here.from, language))}</button>` : say.touchKeys}</p>
      <details @toggle=${(event: Event) => {
        this.twin = (event.currentTarget as HTMLDetailsElement).open
      }}><summary>${say.asTable}</summary>${this.twin ? this.#table(points) : nothing}</details>`
  }

  /** The same as figures, the newest first. */
  #table(points: readonly Point[]) {
    const { language, indicator, catalogue, calendar, title } = this.shown
    const say = deskWords(language)
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${say.asTable}><table><caption>${title}</caption>
      <thead><tr><th scope="col">${say.day}</th><th scope="col" class="n">${say.value}</th><th scope="col" class="n wide">${words(language).parts}</th><th scope="col" class="wide">${say.status}</th></tr></thead>
      <tbody>${[...points].reverse().map(
        (point) => html`<tr><th scope="row">${formatDay(point.from, language)}</th>
        <td class="n ${point.value === null ? 'quiet' : 'value'}">${figureOf(point, indicator, language)}</td>
        <td class="n wide quiet">${partsOf(point, indicator, catalogue, language)}</td>
        <td class="wide quiet">${[point.status === 'not-judged' ? '' : words(language)[point.status], calendar?.days.get(dayOf(point.from))?.name[language] ?? ''].filter(Boolean).join(' · ')}</td></tr>`,
      )}</tbody></table></div>`
  }

  #tell(name: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }))
  }

  #point(event: PointerEvent, points: readonly Point[]) {
    const laid = this.#laid
    const box = this.renderRoot.querySelector('.room svg')?.getBoundingClientRect()
    if (!laid || !box) return
    const column = Math.floor((event.clientX - box.left - laid.left) / laid.size)
    const row = Math.floor((event.clientY - box.top) / laid.high)
    const cell = laid.grid.cells.find((one) => one.column === column && one.row === row)
    this.#tell('cursor', cell && points.includes(cell.point) ? cell.point.from : null)
  }

  #stride(event: KeyboardEvent, points: readonly Point[], at: number) {
    const place = at < 0 ? points.length : at
    const to = {
      ...{ ArrowRight: place + 7, ArrowLeft: place - 7, ArrowDown: place + 1, ArrowUp: place - 1 },
      ...{ Home: 0, End: points.length - 1 },
    }[event.key]
    const here = points[at]
    if (to !== undefined) this.#tell('cursor', points[within(to, points.length)]?.from ?? null)
    else if (event.key === 'Escape') this.#tell('cursor', null)
    else if (event.key === 'Enter' && here) this.#tell('behind', { from: here.from, to: here.to })
    else return
    event.preventDefault()
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
      this.shown.indicator.decimals,
    )
  }

  #fill(point: Point, bounds: readonly number[]): string {
    if (point.value === null) return 'none'
    if (point.status === 'good' || point.status === 'warning' || point.status === 'critical') return FILL[point.status]
    return `var(--sequence-${stepOf(Number(point.value), bounds)})`
  }

  #draw(points: readonly Point[], here: Point | undefined) {
    const { width, rem } = this.#size
    const { language, calendar, series } = this.shown
    const grid = dayGrid(points)
    if (width === 0 || grid.columns === 0) return nothing
    const left = 2.6 * rem
    // Where weeks are few, each day says its figure below its colour.
    const share = (width - left) / grid.columns
    const figures = share >= FIGURE_ROOM * rem
    const size = figures ? Math.min(7.5 * rem, share) : Math.max(0.9 * rem, Math.min(3.2 * rem, share))
    const high = figures ? 2.9 * rem : size
    this.#laid = { grid, left, size, high }
    const gap = figures ? 0.3 * rem : Math.max(1, size * 0.08)
    const block = figures ? 1.35 * rem : size - gap
    const height = 7 * high + 1.6 * rem
    const place = ({ column, row }: DayCell) => ({ x: left + column * size, y: row * high })
    const own = here && grid.cells.find(({ point }) => point === here)
    const pointed = own && place(own)
    return html`<svg width=${Math.max(width, left + grid.columns * size)} height=${height} aria-hidden="true">
      ${guard([series, points.length, width, rem, language, calendar], () => {
        const bounds = this.#bounds(points)
        let labelled = Number.NEGATIVE_INFINITY
        return svg`
      ${deskWords(language).weekdays.map((name, row) => svg`<text x="0" y=${row * high + block / 2} dy="0.35em">${name}</text>`)}
      ${grid.cells.map((cell) => {
        const { x, y } = place(cell)
        const off = calendar?.days.get(dayOf(cell.point.from))?.worked === false
        const troubled = cell.point.status === 'warning' || cell.point.status === 'critical'
        const none = cell.point.value === null
        return svg`<rect x=${x} y=${y} width=${size - gap} height=${block} rx="2" fill=${this.#fill(cell.point, bounds)} stroke=${none ? 'var(--rule)' : 'none'} stroke-dasharray=${none ? '3 3' : nothing} />
          ${troubled ? svg`<g color="var(--on-fill)">${signAt(cell.point.status, x + (size - gap) / 2, y + block / 2, Math.min(size, block) * 0.4)}</g>` : nothing}
          ${figures ? svg`<text class="figure" x=${x + (size - gap) / 2} y=${y + block + 1.05 * rem} text-anchor="middle">${this.#brief(cell.point, (size - gap) / (0.56 * rem))}</text>` : nothing}
          ${off ? svg`<circle cx=${x + (size - gap) / 2} cy=${y + block - 0.22 * rem} r=${0.1 * rem} fill="var(--ink)" />` : nothing}`
      })}
      ${grid.cells
        .filter(({ row }) => row === 0)
        .map(({ column, point }) => {
          const x = left + column * size
          if (x - labelled < 4 * rem) return nothing
          labelled = x
          // The last begins at its week, unless it would leave the picture.
          const end = x + 3 * rem > left + grid.columns * size
          return svg`<text x=${end ? left + grid.columns * size : x} y=${7 * high + 1.1 * rem} text-anchor=${end ? 'end' : 'start'}>${formatShortDay(point.from, language)}</text>`
        })}`
      })}
      ${pointed ? svg`<rect x=${pointed.x} y=${pointed.y} width=${size - gap} height=${block} rx="2" fill="none" stroke="var(--ink)" stroke-width="2" />` : nothing}
    </svg>`
  }

  /** The figure of a day, where it has one and there is room for so many letters. */
  #brief(point: Point, letters: number): string {
    if (point.value === null) return ''
    const text = figureOf(point, this.shown.indicator, this.shown.language)
    return text.length <= letters ? text : ''
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
    const figure = (value: number) => figureOf({ value: decimalText(value), status: 'good' }, indicator, language)
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
