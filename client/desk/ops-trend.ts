/** A figure over time for work: its comparison, targets by their days, breaks, days off and corrections; a crosshair to read it, a brush to zoom. */
import { html, LitElement, nothing, svg } from 'lit'
import type { Calendar } from '../../kpi/calendar.ts'
import type { Correction } from '../../kpi/correction.ts'
import { formatDay, formatNumber, formatShortDay, formatTime } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import { DAY, floor, GRAIN_MS, type Span } from '../../kpi/range.ts'
import { isForEach, isGrowing, type TargetSpan, targetsOver } from '../../kpi/status.ts'
import type { Language } from '../../kpi/text.ts'
import { drawLine, type LineDrawing, type LineRoom } from '../draw/line.ts'
import { type Known, unitOf } from '../known.ts'
import { drawnStyle } from '../views/drawn-style.ts'
import { HELD_SIGN, heldMark, revisedMark, strokes } from '../views/history.ts'
import { look } from '../views/look.ts'
import { sayTick } from '../views/say.ts'
import { SizeController } from '../views/size-controller.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { figureOf, partsOf, span, targetOf } from './said.ts'
import { tableStyle } from './table-style.ts'
import { daysOffIn, revisedOf } from './trend-marks.ts'
import { trendStyle } from './trend-style.ts'
import { correctionsTable, earlierOf, saidOf, trendTable } from './trend-twin.ts'
import { writeSpan } from './when.ts'

export interface TrendShown {
  readonly language: Language
  readonly now: number
  readonly catalogue: Known
  readonly indicator: Indicator
  readonly title: string
  readonly span: Span
  readonly where: Readonly<Record<string, string>>
  readonly series: Answers['series']
  /** The points compared with, moved to the moments they are compared with; what they are called. */
  readonly before: readonly Point[]
  readonly against: string
  readonly corrections: readonly Correction[]
  readonly calendar: Calendar | undefined
}

export class OpsTrend extends LitElement {
  static override properties = {
    shown: { attribute: false },
    cursor: { attribute: false },
    brushing: { state: true },
    open: { state: true },
  }
  declare shown: TrendShown
  /** The moment pointed at, in any chart of the page; null: none. */
  declare cursor: number | null
  declare brushing: { readonly from: number; readonly to: number } | null
  /** Whether the table is open: nobody waits for a year of rows who does not look. */
  declare open: boolean

  #size = new SizeController(this, '.room')
  #drawing: LineDrawing | null = null

  static override styles = [look, drawnStyle, tableStyle, trendStyle]

  constructor() {
    super()
    this.cursor = null
    this.brushing = null
    this.open = false
  }

  override render() {
    const { shown } = this
    const { corrections } = shown
    const say = deskWords(shown.language)
    const points = shown.series.points.filter(({ from }) => from <= shown.now)
    const at = this.#at(points)
    const label = `${shown.title}, ${writeSpan(shown.span, shown.language)}`
    return html`
      <p class="read" aria-hidden="true">${this.#read(at ?? points.findLast(({ value }) => value !== null) ?? null)}</p>
      <div
        class="room"
        tabindex="0"
        role="slider"
        aria-label=${label}
        aria-describedby="pressed"
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, points.length - 1)}
        aria-valuenow=${at ? points.indexOf(at) : Math.max(0, points.length - 1)}
        aria-valuetext=${this.#heard(at ?? points.at(-1) ?? null)}
        @pointermove=${this.#point}
        @pointerleave=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#tell('cursor', null)}
        @pointerdown=${this.#press}
        @pointerup=${this.#release}
        @pointercancel=${() => {
          this.brushing = null
        }}
        @keydown=${(event: KeyboardEvent) => this.#key(event, points)}
      >${this.#draw(at)}</div>
      <p class="keys">${this.#notes()}<span class="pressed" id="pressed">${say.trendKeys}</span><span class="touched">${at ? this.#toBehind(at) : say.touchKeys}</span></p>
      <details @toggle=${(event: Event) => {
        this.open = (event.currentTarget as HTMLDetailsElement).open
      }}><summary>${say.asTable}</summary>${this.open ? trendTable(shown, points) : nothing}</details>
      ${corrections.length === 0 ? nothing : html`<details class="revisions"><summary>${say.revised(formatNumber(String(corrections.length), shown.language, 0))}</summary>${correctionsTable(shown, corrections)}</details>`}
    `
  }

  /** A finger has no Enter: what it points at says where its observations are. */
  #toBehind({ from, to }: Point) {
    const { language } = this.shown
    return html`<button type="button" @click=${() => this.#tell('behind', { from, to })}>${deskWords(language).behindOf(span({ from, to }, language))}</button>`
  }

  #at(points: readonly Point[]): Point | null {
    const { cursor } = this
    return cursor === null ? null : (points.findLast(({ from }) => from <= cursor) ?? null)
  }

  /** What stands at a point, beside what it is compared with. */
  #read(point: Point | null) {
    if (!point) return nothing
    const { language, indicator, catalogue, against } = this.shown
    const then = earlierOf(this.shown.before, point)
    const more = saidOf(point, this.shown)
    const unit = unitOf(catalogue, indicator.id, language)
    return html`<span>${span(point, language)}</span>
      <span><b>${figureOf(point, indicator, language)}${point.value === null ? '' : ` ${unit}`}</b></span>
      ${point.numerator === null ? nothing : html`<span>${partsOf(point, indicator, catalogue, language)}</span>`}
      ${then ? html`<span>${against}: ${figureOf(then, indicator, language)}</span>` : nothing}
      ${more === '' ? nothing : html`<span class="mark">${more}</span>`}`
  }

  #heard(point: Point | null): string {
    if (!point) return words(this.shown.language)['no-data']
    const { language, indicator, catalogue } = this.shown
    const parts = point.numerator === null ? '' : `, ${partsOf(point, indicator, catalogue, language)}`
    const more = saidOf(point, this.shown)
    const unit = point.value === null ? '' : ` ${unitOf(catalogue, indicator.id, language)}`
    return `${span(point, language)}: ${figureOf(point, indicator, language)}${unit}${parts}${more === '' ? '' : `, ${more}`}`
  }

  #draw(at: Point | null) {
    const { shown } = this
    const { width, height, rem } = this.#size
    if (width === 0 || height < 6 * rem) return nothing
    const percent = shown.indicator.unit === 'percent'
    const targets = this.#targets()
    const meaning = {
      ...{ span: shown.span, now: shown.now, grows: isGrowing(shown.indicator), fromZero: !percent },
      ...{ target: null, include: targets.map(({ target }) => target.value) },
      breaks: (shown.series.breaks ?? []).map((one) => one.at),
    }
    // Beside the line where there is room for it, else on it.
    const beside = targets.length > 0 && width > 40 * rem
    const named = words(shown.language).target
    const right = (beside ? named.length * 0.52 + 0.9 : 1.5) * rem
    const lay = (left: number): { room: LineRoom; drawing: LineDrawing } => {
      const margin = { top: 0.8 * rem, right, bottom: 1.7 * rem, left }
      const room = { width, height, margin, tickWidth: 5 * rem, tickHeight: 3.4 * rem }
      return { room, drawing: drawLine(shown.series.points, room, meaning, shown.before) }
    }
    const labels = lay(rem).drawing.yTicks.map(({ value }, _, all) => tick(value, all, shown.language).length)
    const left = (Math.max(2, ...labels) * 0.62 + 0.8) * rem
    const { room, drawing } = lay(left)
    this.#drawing = drawing
    return strokes(
      drawing,
      room,
      rem,
      svg`
      ${this.#daysOff(drawing)}
      ${drawing.yTicks.map(
        ({ y, value }) => svg`<line x1=${left} x2=${drawing.right} y1=${y} y2=${y} stroke="var(--grid)" />
          <text x=${left - 0.5 * rem} y=${y} dy="0.35em" text-anchor="end">${tick(value, drawing.yTicks, shown.language)}</text>`,
      )}
      ${drawing.xTicks.map(
        ({
          x,
          at: when,
        }) => svg`<line x1=${x} x2=${x} y1=${drawing.bottom} y2=${drawing.bottom + 0.3 * rem} stroke="var(--rule)" />
          <text x=${x} y=${drawing.bottom + 1.3 * rem} text-anchor=${x > drawing.right - 1.5 * rem ? 'end' : x < left + 0.3 * rem ? 'start' : 'middle'}>${tickDay(when, shown)}</text>`,
      )}
      ${targets.map(({ from, to, target }, i) => {
        const [x1, x2] = [Math.max(left, drawing.xOf(from)), Math.min(drawing.right, drawing.xOf(to))]
        const y = drawing.yOf(target.value)
        return svg`<line class="target" x1=${x1} x2=${x2} y1=${y} y2=${y} stroke="var(--ink-2)" stroke-dasharray="6 4"><title>${this.#sayTarget(target)}</title></line>
          ${i === targets.length - 1 ? svg`<text class="named" x=${drawing.right + (beside ? 0.4 * rem : 0)} y=${y} dy=${beside ? '0.35em' : '-0.35em'} text-anchor=${beside ? 'start' : 'end'}>${named}</text>` : nothing}`
      })}
      ${drawing.breaks.map(({ x }) => svg`<line x1=${x} x2=${x} y1="0" y2=${drawing.bottom} stroke="var(--ink-2)" stroke-dasharray="2 3" />`)}
      ${revisedOf(shown.series.points, shown.corrections).map(({ from, to }) => revisedMark(drawing.xOf((from + to) / 2), drawing.bottom, rem))}
      ${drawing.waiting.map((x) => heldMark(x, rem))}
      ${this.#pointed(drawing, at, rem)}
    `,
    )
  }

  /** Days off lie as a quiet band behind: a fall on a holiday is none. */
  #daysOff(drawing: LineDrawing) {
    const { calendar, span: whole, language } = this.shown
    return daysOffIn(calendar, whole).map(({ from, to, name }) => {
      const [x, end] = [drawing.xOf(Math.max(from, whole.from)), drawing.xOf(Math.min(to, whole.to))]
      return svg`<rect class="off" x=${x} y="0" width=${Math.max(1, end - x)} height=${drawing.bottom} fill="var(--track)" opacity="0.5"><title>${deskWords(language).dayOff(name[language])}</title></rect>`
    })
  }

  #pointed(drawing: LineDrawing, at: Point | null, rem: number) {
    const { brushing } = this
    const middle = at && drawing.xOf((at.from + at.to) / 2)
    return svg`
      ${
        middle === null
          ? nothing
          : svg`<line x1=${middle} x2=${middle} y1="0" y2=${drawing.bottom} stroke="var(--ink-2)" />
        ${at?.value == null ? nothing : svg`<circle cx=${middle} cy=${drawing.yOf(Number(at.value))} r=${0.3 * rem} fill="var(--ink)" />`}`
      }
      ${brushing === null ? nothing : svg`<rect x=${Math.min(brushing.from, brushing.to)} y="0" width=${Math.abs(brushing.to - brushing.from)} height=${drawing.bottom} fill="var(--data)" opacity="0.18" />`}
    `
  }

  /** The targets that hold for each point, over the days they are set for. */
  #targets(): readonly TargetSpan[] {
    const { indicator, where, span: whole, series } = this.shown
    return isForEach(indicator, series.grain) ? targetsOver(indicator, where, whole) : []
  }

  #sayTarget(target: TargetSpan['target']): string {
    const { language, indicator, catalogue } = this.shown
    return targetOf(target, indicator, catalogue, language)
  }

  #notes() {
    const { language, series, catalogue, indicator, where, span: whole } = this.shown
    const say = deskWords(language)
    const waiting = series.points.filter(({ marks }) => marks.includes('held')).length
    const named = (formula: string) =>
      formula
        .split(' / ')
        .map((id) => catalogue.indicators.get(id)?.title[language] ?? id)
        .join(' / ')
    return [
      ...(series.breaks ?? []).map(({ at, version, was }) =>
        words(language).newDefinition(formatDay(at, language), version, named(was.formula)),
      ),
      // What is to be reached by a whole window is no line beside its points, but it is said.
      ...(isForEach(indicator, series.grain)
        ? []
        : targetsOver(indicator, where, whole).map(({ target }) =>
            say.targetOfWindow(this.#sayTarget(target), say.windowNames[indicator.window]),
          )),
      ...(series.coarser > 0 ? [words(language).coarser(series.coarser)] : []),
      ...(waiting > 0
        ? [
            html`<svg class="sign" viewBox="0 0 20 10" aria-hidden="true">${HELD_SIGN}</svg> ${say.waiting(formatNumber(String(waiting), language, 0))}`,
          ]
        : []),
    ].map((text) => html`<span>${text}</span> `)
  }

  #x(event: PointerEvent): number {
    const box = this.renderRoot.querySelector('.room')?.getBoundingClientRect()
    return event.clientX - (box?.left ?? 0)
  }

  #point(event: PointerEvent) {
    const x = this.#x(event)
    if (this.brushing) this.brushing = { ...this.brushing, to: x }
    const moment = this.#drawing?.momentAt(x)
    const { from, to } = this.shown.span
    this.#tell('cursor', moment === undefined ? null : Math.min(to - 1, Math.max(from, moment)))
  }

  #press(event: PointerEvent) {
    // A finger points; what drags is a mouse.
    if (event.pointerType === 'touch') return this.#point(event)
    if (event.button !== 0) return
    const x = this.#x(event)
    this.brushing = { from: x, to: x }
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
  }

  #release(event: PointerEvent) {
    const { brushing } = this
    this.brushing = null
    if (!brushing || !this.#drawing) return
    const [a, b] = [brushing.from, this.#x(event)].map((x) => this.#drawing?.momentAt(x) ?? 0) as [number, number]
    if (Math.abs(brushing.from - this.#x(event)) > 8) return this.#zoom(Math.min(a, b), Math.max(a, b))
    const here = this.#at(this.shown.series.points.filter(({ from }) => from <= this.shown.now))
    if (here) this.#tell('behind', { from: here.from, to: here.to })
  }

  /** Tells a new range, its ends on buckets of the drawn grain. */
  #zoom(from: number, to: number) {
    const { grain } = this.shown.series
    const size = GRAIN_MS[grain]
    const span = { from: floor(from, grain), to: Math.max(floor(from, grain) + size, floor(to, grain) + size) }
    this.#tell('zoom', span)
  }

  #key(event: KeyboardEvent, points: readonly Point[]) {
    const here = this.#at(points)
    const place = here ? points.indexOf(here) : points.length - 1
    const to = {
      ArrowRight: place + 1,
      ArrowLeft: place - 1,
      Home: 0,
      End: points.length - 1,
      PageUp: place - 10,
      PageDown: place + 10,
    }[event.key]
    if (to !== undefined) this.#tell('cursor', points[Math.min(points.length - 1, Math.max(0, to))]?.from ?? null)
    else if (event.key === 'Escape') this.#tell('cursor', null)
    else if (event.key === 'Enter' && here) this.#tell('behind', { from: here.from, to: here.to })
    else if (event.key === '+' || event.key === '=' || event.key === '-') {
      const { from, to: end } = this.shown.span
      const middle = here ? (here.from + here.to) / 2 : (from + end) / 2
      const half = ((end - from) / 2) * (event.key === '-' ? 2 : 0.5)
      this.#zoom(middle - half, middle + half - 1)
    } else return
    event.preventDefault()
  }

  #tell(name: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }))
  }
}

function tick(value: number, all: readonly { readonly value: number }[], language: Language): string {
  const step = Math.abs((all[1]?.value ?? 1) - (all[0]?.value ?? 0))
  return sayTick(value, Math.min(6, Math.max(0, Math.ceil(-Math.log10(step || 1) - 1e-9))), language)
}

const tickDay = (at: number, { span: whole, language }: TrendShown) =>
  whole.to - whole.from > 2 * DAY || floor(at, 'day') === at ? formatShortDay(at, language) : formatTime(at)

customElements.define('ops-trend', OpsTrend)
