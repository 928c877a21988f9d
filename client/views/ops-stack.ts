/** A count over time by its parts: columns of parts on top of each other, a legend with what each part is over the whole time. */
import { css, html, nothing, svg } from 'lit'
import { formatDay, formatNumber, formatTime } from '../../kpi/format.ts'
import type { Point } from '../../kpi/query.ts'
import { absentWord } from '../../kpi/reading-words.ts'
import { drawStack } from '../draw/stack.ts'
import { memberName, unitOf } from '../known.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { anchor, sayMark, sayStep } from './axis.ts'
import { drawnStyle } from './drawn-style.ts'
import { look } from './look.ts'
import { sayValue } from './say.ts'
import { shadeStyle } from './shade-style.ts'
import { absent, type Part } from './shown.ts'
import { sign } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** How many parts can be told apart; what comes after is drawn in the last shade and named like all. */
const SHADES = 5

interface Line {
  readonly id: string
  readonly name: string
  readonly points: readonly Point[]
}

export class OpsStack extends ViewElement {
  #size = new SizeController(this, '.room')

  static override styles = [
    look,
    drawnStyle,
    shadeStyle,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 0.3rem;
        height: 18rem;
      }
      :host([fit]) {
        height: 100%;
      }
      .room {
        flex: 1;
        min-height: 0;
        overflow: hidden;
      }
      .part {
        stroke: var(--panel);
        stroke-width: 0.08rem;
      }
      .growing {
        fill-opacity: 0.55;
      }
      .part,
      .swatch rect {
        fill: var(--shade);
      }
      .over,
      .parts {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.2rem;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .parts li {
        display: flex;
        align-items: baseline;
        gap: 0.4em;
      }
      .parts b {
        font-weight: 600;
        color: var(--ink);
      }
      .swatch {
        width: 0.9em;
        height: 0.9em;
        flex: none;
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
    const { parts, series, span, language, title, catalogue } = this.shown
    const [part] = parts
    const say = words(language)
    if (!part || !series || !span) return html`<div class="room"><p class="empty">${say.loading}</p></div>`
    const lines = this.#lines(part)
    const per = { minute: say.perMinute, hour: say.perHour, day: say.perDay }[series.grain]
    const none = lines.every(({ points }) => points.every(({ value }) => value === null))
    return html`
      <p class="over">${unitOf(catalogue, part.indicator.id, language)} ${per}</p>
      <div class="room" role="img" aria-label=${viewWords(language).stackLabel(title, lines.length)}>
        ${none ? html`<p class="empty">${say.emptyLine}</p>` : this.#drawing(lines)}
      </div>
      ${this.#key(part, lines)}
      ${series.coarser > 0 ? html`<p class="over">${say.coarser(series.coarser)}</p>` : nothing}
      ${this.#table(part, lines)}
    `
  }

  /** A line for each part that spoke, in the order the dimension declares them. */
  #lines(part: Part): readonly Line[] {
    const { catalogue, language, series } = this.shown
    const by = part.slice.by[0] ?? ''
    const told = new Map((series?.split ?? []).map(({ key, points }) => [key[by] ?? '', points]))
    const read = new Set(part.readings.map(({ key }) => key[by] ?? ''))
    const order = [...(catalogue.dimensions.get(by)?.members.keys() ?? [])]
    return order
      .filter((id) => told.has(id) || read.has(id))
      .map((id) => ({ id, name: memberName(catalogue, id, language, by), points: told.get(id) ?? [] }))
  }

  #drawing(lines: readonly Line[]) {
    const { span, now, language } = this.shown
    const { width, height, rem } = this.#size
    if (!span || width === 0 || height < 3 * rem) return nothing
    const lay = (left: number) => {
      const margin = { top: 0.8 * rem, right: rem, bottom: 1.6 * rem, left }
      return drawStack(lines, { width, height, margin, tickWidth: 4.5 * rem, tickHeight: 3.4 * rem }, { span, now })
    }
    const label = ({ value }: { readonly value: number }, ticks: readonly { readonly value: number }[]) =>
      sayStep(value, ticks, language)
    const rough = lay(rem)
    const left = (Math.max(2, ...rough.yTicks.map((tick) => label(tick, rough.yTicks).length)) * 0.62 + 0.8) * rem
    const drawing = lay(left)
    const shade = new Map(lines.map(({ id }, i) => [id, Math.min(i, SHADES - 1)]))
    return html`<svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
      ${drawing.yTicks.map(
        (tick) => svg`<line x1=${left} x2=${drawing.right} y1=${tick.y} y2=${tick.y} stroke="var(--grid)" />
          <text x=${left - 0.5 * rem} y=${tick.y} dy="0.35em" text-anchor="end">${label(tick, drawing.yTicks)}</text>`,
      )}
      ${drawing.xTicks.map(
        (tick) =>
          svg`<text x=${tick.x} y=${drawing.bottom + 1.3 * rem} text-anchor=${anchor(tick.x, left, drawing.right, rem)}>${sayMark(tick.at, span, language)}</text>`,
      )}
      ${drawing.gaps.map((gap) => svg`<rect class="gap" x=${gap.x} y="0" width=${gap.width} height=${drawing.bottom} fill="var(--track)" opacity="0.6" />`)}
      ${drawing.segments.map(
        (one) =>
          svg`<rect class="part shade-${shade.get(one.id) ?? 0} ${one.growing ? 'growing' : ''}" data-part=${one.id} x=${one.x} y=${one.y} width=${one.width} height=${one.height} />`,
      )}
    </svg>`
  }

  #key(part: Part, lines: readonly Line[]) {
    const { catalogue, language } = this.shown
    const by = part.slice.by[0] ?? ''
    return html`<ul class="parts">
      ${lines.map(({ id, name }, i) => {
        const reading = part.readings.find(({ key }) => key[by] === id) ?? absent(part.slice)
        const said = sayValue(reading, part.indicator, catalogue, language)
        const flagged = reading.status === 'warning' || reading.status === 'critical'
        return html`<li class="shade-${Math.min(i, SHADES - 1)}" data-member=${id}>
          <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" /></svg>
          ${flagged ? html`<span class=${reading.status}>${sign(reading.status)}</span>` : nothing} ${name} <b>${said.text}</b>
        </li>`
      })}
    </ul>`
  }

  #table(part: Part, lines: readonly Line[]) {
    const { language, title } = this.shown
    const say = words(language)
    const spans = [...new Set(lines.flatMap(({ points }) => points.map(({ from }) => from)))].sort((a, b) => a - b)
    const known = lines.map(({ points }) => new Map(points.map((point) => [point.from, point])))
    const said = (point: Point | undefined) =>
      point?.value == null
        ? absentWord(point?.status ?? 'no-data', language)
        : formatNumber(point.value, language, part.indicator.decimals)
    return html`<div class="heard"><table>
      <caption>${title}</caption>
      <thead><tr><th scope="col">${say.from}</th>${lines.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>
        ${spans.map((from) => html`<tr><th scope="row">${formatDay(from, language)} ${formatTime(from)}</th>${known.map((line) => html`<td>${said(line.get(from))}</td>`)}</tr>`)}
      </tbody>
    </table></div>`
  }
}

customElements.define('ops-stack', OpsStack)
