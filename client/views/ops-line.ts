/** A value over time: the line, its gaps as gaps, its axes, its last point, and the same as a table. */
import { css, html, nothing, svg } from 'lit'
import { dayOf } from '../../kpi/calendar-days.ts'
import { TENTATIVE } from '../../kpi/calendar-say.ts'
import { decimalText, formatDay, formatNumber, formatShortDay, formatTime, weekdayName } from '../../kpi/format.ts'
import type { Point } from '../../kpi/query.ts'
import { DAY } from '../../kpi/range.ts'
import type { Mark } from '../../kpi/reading.ts'
import { absentWord } from '../../kpi/reading-words.ts'
import type { Language } from '../../kpi/text.ts'
import { drawLine, type LineDrawing } from '../draw/line.ts'
import { unitOf } from '../known.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { WEEK } from './against.ts'
import { anchor, sayMark, sayStep } from './axis.ts'
import { drawnStyle } from './drawn-style.ts'
import { HELD_SIGN, heldMark, lineMeaning, movedBefore, revisedMark, strokes } from './history.ts'
import { look } from './look.ts'
import { sayTarget } from './say.ts'
import { absent, type Part } from './shown.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** Narrower than this, rem, the heading says only the last value and which stroke is which. */
const NARROW = 42
/** The least height of a line, and of one with axes, rem. */
const [LEAST, AXES] = [1.2, 3.2]

export class OpsLine extends ViewElement {
  #size = new SizeController(this, '.room')

  static override styles = [
    look,
    drawnStyle,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 0.3rem;
        height: 16rem;
      }
      :host([fit]) {
        height: 100%;
      }
      .over {
        font-size: var(--small);
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 1rem;
        color: var(--ink-2);
      }
      .over strong {
        font-weight: 600;
        color: var(--ink);
      }
      .keys {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1rem;
      }
      .key {
        white-space: nowrap;
      }
      svg.stroke {
        display: inline-block;
        width: 1.4em;
        height: 0.7em;
      }
      .room {
        flex: 1;
        min-height: 0;
        overflow: hidden;
      }
      .empty {
        display: grid;
        place-content: center;
        height: 100%;
        color: var(--ink-3);
      }
    `,
  ]

  override render() {
    const { series, span, parts, language, title } = this.shown
    const part = parts[0]
    const say = words(language)
    if (!part || !series || !span) return html`<div class="room"><p class="empty">${say.loading}</p></div>`
    const unit = unitOf(this.shown.catalogue, part.indicator.id, language)
    // What stands at a moment is not counted by the hour.
    const { grows } = lineMeaning(this.shown, part, span)
    const per = grows ? { minute: say.perMinute, hour: say.perHour, day: say.perDay }[series.grain] : ''
    const valued = series.points.filter((point) => point.value !== null)
    const last = valued.at(-1)
    const said = (point: Point) => `${this.#figure(point, part)} ${unit}`
    const label = say.lineLabel(
      title,
      moment(span.from, language),
      moment(span.to, language),
      last ? said(last) : say['no-data'],
    )
    // Where room is scarce the title says what is counted, and the hollow point that it still is.
    const narrow = this.shown.fit && this.#size.width < NARROW * this.#size.rem
    return html`
      <p class="over">
        <span class="keys">${narrow ? nothing : `${unit} ${per}`}${this.#key(part, narrow)}</span>
        ${
          last
            ? html`<span
                ><strong>${said(last)}</strong> · ${this.#when(last)}${
                  !narrow && last.to > this.shown.now && grows ? ` · ${say.inProgress}` : ''
                }</span
              >`
            : nothing
        }
      </p>
      <div class="room" role="img" aria-label=${label}>
        ${valued.length === 0 ? html`<p class="empty">${say.emptyLine}</p>` : this.#drawing(part)}
      </div>
      ${this.#breaks()}
      ${series.coarser > 0 ? html`<p class="over">${say.coarser(series.coarser)}</p>` : nothing}
      ${this.#table(part, series.points)}
    `
  }

  /** Since when the definition of today holds, and what held before. */
  #breaks() {
    const { series, language, catalogue } = this.shown
    const named = (formula: string) =>
      formula
        .split(' / ')
        .map((id) => catalogue.indicators.get(id)?.title[language] ?? id)
        .join(' / ')
    return (series?.breaks ?? []).map(
      ({ at, version, was }) =>
        html`<p class="over">${words(language).newDefinition(formatDay(at, language), version, named(was.formula))}</p>`,
    )
  }

  /** Which stroke is which. */
  #key(part: Part, narrow: boolean) {
    const { language, against, series, span } = this.shown
    const say = words(language)
    const more = viewWords(language)
    const own = part.slice.window === 'today' ? say.range1d : say.thisTime
    const usual = series?.usual ?? []
    const unfair = against && 'unfair' in against ? against.unfair[language] : null
    const compared = this.#before().some((point) => point.value !== null)
    const meaning = span ? lineMeaning(this.shown, part, span) : null
    const target = meaning?.target == null ? null : this.#target(part)
    const marked = (mark: Mark) => (series?.points ?? []).some(({ marks }) => marks.includes(mark))
    const days = Math.max(0, ...usual.map((one) => one.days))
    return [
      compared || usual.length > 0 ? key(STROKE('--data'), own) : nothing,
      compared ? key(STROKE('--before'), this.#then()) : nothing,
      usual.length > 0
        ? key(
            svg`<rect width="20" height="10" fill="var(--usual)" /><path d="M0 5H20" stroke="var(--before)" />`,
            narrow ? more.usualBrief : more.usual(days),
          )
        : nothing,
      unfair && usual.length === 0 ? html`<span class="key" title=${unfair}>${say.noFair}</span>` : nothing,
      target === null ? nothing : key(STROKE('--ink-2', '4 3'), `${say.target} ${target}`),
      marked('corrected') ? key(svg`<path d="M5 8.5h10l-5 -7z" fill="var(--ink-2)" />`, say.corrected) : nothing,
      marked('held') ? key(HELD_SIGN, say.held) : nothing,
    ]
  }

  #target(part: Part): string {
    const reading = part.readings[0] ?? absent(part.slice)
    const { catalogue, language, now } = this.shown
    return sayTarget(reading, part.indicator, catalogue, language, now)?.text ?? ''
  }

  /** The day compared with, until enough of them are known to say what is usual. */
  #before(): readonly Point[] {
    return (this.shown.series?.usual?.length ?? 0) > 0 ? [] : movedBefore(this.shown)
  }

  /** How the days compared with are called. */
  #then(): string {
    const { against, language, span } = this.shown
    const say = words(language)
    if (!span || !against || 'unfair' in against) return say.weekBefore
    const mark = against.tentative ? `, ${TENTATIVE[language]}` : ''
    if (against.shift === WEEK) return say.weekBefore + mark
    const at = span.from - against.shift
    return `${weekdayName(dayOf(at), language)} ${formatShortDay(at, language)}${mark}`
  }

  #drawing(part: Part) {
    const { series, span } = this.shown
    const { width, height, rem } = this.#size
    if (!series || !span || width === 0 || height < LEAST * rem) return nothing
    // Too low for axes the line stands alone, and the heading says its last value.
    const bare = height < AXES * rem
    const meaning = lineMeaning(this.shown, part, span)
    const before = this.#before()
    const labels = (drawing: LineDrawing) =>
      drawing.yTicks.map((tick) => sayStep(tick.value, drawing.yTicks, this.shown.language).length)
    const lay = (left: number) => {
      const margin = bare
        ? { top: 0.3 * rem, right: 0.5 * rem, bottom: 0.3 * rem, left: 0 }
        : { top: 0.7 * rem, right: 1.5 * rem, bottom: 1.6 * rem, left }
      const room = { width, height, margin, tickWidth: 4.5 * rem, tickHeight: 4 * rem }
      return { room, drawing: drawLine(series.points, room, meaning, before, series.usual) }
    }
    // The labels need the ticks and the ticks do not need the labels: once to know them, once to draw.
    const left = (Math.max(2, ...labels(lay(rem).drawing)) * 0.62 + 0.8) * rem
    const { room, drawing } = lay(left)
    return bare ? strokes(drawing, room, rem) : strokes(drawing, room, rem, this.#axes(drawing, rem, left))
  }

  #axes(drawing: LineDrawing, rem: number, left: number) {
    const { language, span } = this.shown
    const day = (at: number) => sayMark(at, span ?? { from: at, to: at }, language)
    const y = (at: number, className: string, dash: string) =>
      svg`<line x1=${left} x2=${drawing.right} y1=${at} y2=${at} stroke="var(${className})" stroke-dasharray=${dash} />`
    return svg`
      ${drawing.yTicks.map(
        (tick) => svg`${y(tick.y, '--grid', 'none')}
          <text x=${left - 0.5 * rem} y=${tick.y} dy="0.35em" text-anchor="end">${sayStep(tick.value, drawing.yTicks, language)}</text>`,
      )}
      ${drawing.xTicks.map(
        (
          tick,
        ) => svg`<line x1=${tick.x} x2=${tick.x} y1=${drawing.bottom} y2=${drawing.bottom + 0.3 * rem} stroke="var(--rule)" />
          <text x=${tick.x} y=${drawing.bottom + 1.3 * rem} text-anchor=${anchor(tick.x, left, drawing.right, rem)}>${day(tick.at)}</text>`,
      )}
      ${drawing.breaks.map(({ x }) => svg`<line class="break" x1=${x} x2=${x} y1="0" y2=${drawing.bottom} stroke="var(--ink-2)" stroke-dasharray="${0.1 * rem} ${0.15 * rem}" />`)}
      ${drawing.targetY === null ? nothing : y(drawing.targetY, '--ink-2', `${0.3 * rem} ${0.2 * rem}`)}
      ${drawing.revised.map(({ x }) => revisedMark(x, drawing.bottom, rem))}
      ${drawing.waiting.map((x) => heldMark(x, rem))}
    `
  }

  #figure(point: Point, part: Part): string {
    const { language } = this.shown
    if (point.value !== null) return formatNumber(point.value, language, part.indicator.decimals)
    return absentWord(point.status, language)
  }

  #when(point: Point): string {
    if (point.to - point.from >= DAY) return formatDay(point.from, this.shown.language)
    return `${formatTime(point.from)}–${formatTime(point.to)}`
  }

  #beside(before: ReadonlyMap<number, Point>, { from }: Point, part: Part) {
    const then = before.get(from)
    return before.size === 0 ? nothing : html`<td>${then ? this.#figure(then, part) : nothing}</td>`
  }

  #table(part: Part, points: readonly Point[]) {
    const { language, series } = this.shown
    const say = words(language)
    const before = new Map(movedBefore(this.shown).map((point) => [point.from, point]))
    const usual = new Map((series?.usual ?? []).map((one) => [one.from, one]))
    const figure = (value: number) =>
      formatNumber(decimalText(Number(value.toFixed(6))), language, part.indicator.decimals)
    const band = (from: number) => {
      const one = usual.get(from)
      return one ? `${figure(one.low)} – ${figure(one.high)}` : ''
    }
    const marked = ({ marks }: Point) =>
      marks.filter((mark) => mark === 'corrected' || mark === 'held').map((mark) => ` (${say[mark]})`)
    return html`<div class="heard"><table>
      <caption>${this.shown.title}</caption>
      <thead><tr><th scope="col">${say.from}</th><th scope="col">${say.to}</th><th scope="col">${say.value}</th>${before.size > 0 ? html`<th scope="col">${this.#then()}</th>` : nothing}${usual.size > 0 ? html`<th scope="col">${viewWords(language).usualBrief}</th>` : nothing}</tr></thead>
      <tbody>
        ${points.map(
          (point) =>
            html`<tr><td>${moment(point.from, language)}</td><td>${moment(point.to, language)}</td><td>${this.#figure(point, part)}${marked(point)}</td>${this.#beside(before, point, part)}${usual.size > 0 ? html`<td>${band(point.from)}</td>` : nothing}</tr>`,
        )}
      </tbody>
    </table></div>`
  }
}

/** A stroke of the key, and what stands beside its sign. */
const STROKE = (colour: string, dash = 'none') =>
  svg`<path d="M1 5H19" stroke="var(${colour})" stroke-width="2.4" stroke-linecap=${dash === 'none' ? 'round' : 'butt'} stroke-dasharray=${dash} />`
const key = (sign: unknown, text: string) =>
  html`<span class="key"><svg class="stroke" viewBox="0 0 20 10" aria-hidden="true">${sign}</svg> ${text}</span>`

const moment = (at: number, language: Language) => `${formatDay(at, language)} ${formatTime(at)}`

customElements.define('ops-line', OpsLine)
