/** Units by rows, days by columns: each cell coloured by what the day means, the worst rows first, the whole period beside them. */
import { css, html, nothing, svg } from 'lit'
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { dayOf } from '../../kpi/calendar-days.ts'
import { formatDay, formatNumber, formatShortDay } from '../../kpi/format.ts'
import type { Point } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import { absentWord } from '../../kpi/reading-words.ts'
import { type HeatColumn, heatColumns } from '../draw/heatmap.ts'
import { linesOf, widthOf } from '../draw/letters.ts'
import { rank } from '../draw/ranking.ts'
import { fitting } from '../draw/rows.ts'
import { memberName, nounOf } from '../known.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { custom } from './custom.ts'
import { framedStyle } from './drawn-style.ts'
import { type Grades, grades } from './grades.ts'
import { gradeStyle, hatch, legend } from './legend.ts'
import { look } from './look.ts'
import { sayTarget, sayTick, sayValue } from './say.ts'
import { linkOf, type Part, withMissing } from './shown.ts'
import { sign, signAt } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** Least height of a row, least width of a block of rows and of a label of a day, rem. */
const ROW = 1.3
const BLOCK = 30
const LABEL = 3.6
/** The line that counts what does not fit, rem. */
const REST = 1.4

interface Lane {
  readonly id: string
  readonly reading: Reading
  readonly points: readonly Point[]
}

export class OpsHeatmap extends ViewElement {
  #size = new SizeController(this, '.room')

  static override styles = [
    look,
    framedStyle,
    gradeStyle,
    css`
      :host {
        gap: 0.3rem;
      }
      .room {
        min-height: 3rem;
      }
      :host([fit]) .room {
        overflow: hidden;
      }
      .blocks {
        display: grid;
        grid-template-columns: repeat(var(--blocks), minmax(0, 1fr));
        gap: 0 1.6rem;
        align-items: start;
      }
      .block {
        display: grid;
        grid-template-columns: var(--names) minmax(0, 1fr) var(--figures);
        grid-auto-rows: minmax(var(--row), auto);
        column-gap: 0.6rem;
        align-items: center;
        line-height: 1.15;
      }
      .lane {
        display: contents;
      }
      .name {
        min-width: 0;
        overflow-wrap: anywhere;
        color: var(--ink);
      }
      .name a {
        text-decoration: none;
      }
      .name a:hover {
        text-decoration: underline;
      }
      .strip,
      .days {
        display: block;
        width: 100%;
        height: calc(var(--row) - 0.12rem);
        overflow: visible;
      }
      .cell {
        fill: var(--fill);
        stroke: var(--panel);
        stroke-width: 0.1rem;
      }
      .patterns {
        position: absolute;
      }
      .days text {
        font-family: inherit;
        font-size: var(--small);
        fill: var(--ink-3);
      }
      .figure {
        text-align: right;
        font-weight: 600;
        white-space: nowrap;
        color: var(--ink);
      }
      .figure.no-data,
      .figure.zero-denominator,
      .figure.nothing-occurred {
        font-weight: 400;
        color: var(--ink-3);
      }
      .top {
        font-size: var(--small);
        color: var(--ink-3);
        text-align: right;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.1rem;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .rest,
      .empty {
        color: var(--ink-3);
        font-size: var(--small);
      }
    `,
  ]

  override render() {
    const { parts, series, span, language, title } = this.shown
    const [part] = parts
    if (!part || !series || !span) return html`<div class="room"><p class="empty">${words(language).loading}</p></div>`
    const lanes = this.#lanes(part)
    const days = series.points.filter(({ from }) => from <= this.shown.now)
    const cells = lanes.flatMap(({ points }) => points)
    if (cells.every(({ value }) => value === null))
      return html`<div class="room"><p class="empty">${words(language).emptyLine}</p></div>${this.#table(part, lanes, days)}`
    const first = part.readings[0]
    const target = first
      ? (sayTarget(first, part.indicator, this.shown.catalogue, language, this.shown.now)?.value ?? null)
      : null
    const colours = grades(cells, part.indicator, target, language)
    return html`<svg class="patterns" width="0" height="0" aria-hidden="true">${hatch(this.#size.rem)}</svg>
      <div class="room" role="group" aria-label=${viewWords(language).heatLabel(title, lanes.length, days.length)}>
        ${this.#size.width === 0 ? nothing : this.#blocks(part, lanes, days, colours)}
      </div>
      ${legend(colours, '')}
      ${this.#table(part, lanes, days)}`
  }

  /** A row for each member, in the order of the whole period. */
  #lanes(part: Part): readonly Lane[] {
    const by = part.slice.by[0] ?? 'unit'
    const lines = new Map((this.shown.series?.split ?? []).map(({ key, points }) => [key[by] ?? '', points]))
    const { bars } = rank(withMissing(part), part.indicator.better, null)
    return bars.map(({ reading }) => {
      const id = reading.key[by] ?? ''
      return { id, reading, points: lines.get(id) ?? [] }
    })
  }

  #blocks(part: Part, lanes: readonly Lane[], days: readonly Point[], colours: Grades) {
    const { width, height, rem } = this.#size
    const { fit, catalogue, language } = this.shown
    const by = part.slice.by[0] ?? 'unit'
    const name = (id: string) => memberName(catalogue, id, language, by)
    const whole = ({ reading }: Lane) => sayValue(reading, part.indicator, catalogue, language).text
    const brief = (lane: Lane) =>
      lane.reading.value === null ? whole(lane) : sayTick(Number(lane.reading.value), part.indicator.decimals, language)
    // A sign may stand before a name.
    const long = (id: string) => (widthOf(name(id)) + 1.3) * rem
    const widest = Math.max(4 * rem, ...lanes.map(({ id }) => long(id)))
    const blocks = Math.max(1, Math.floor(width / (BLOCK * rem)))
    // A line of days stands above each block, and what does not fit is counted below.
    const across = (0.4 * width) / blocks
    const tall = lanes.map(({ id }) => Math.max(ROW, 1.2 * linesOf(name(id), across / rem - 1.3)))
    const least = blocks > 1 ? Math.max(...tall) : ROW
    const within = (rest: number) => fitting(blocks > 1 ? tall.map(() => least) : tall, height / rem - rest - ROW, 2)
    const all = !fit || within(0) * blocks >= lanes.length
    const rows = fit ? within(all ? 0 : REST) : Math.ceil(lanes.length / blocks)
    // The worst are what somebody must see; those for which there is no room are counted.
    const drawn = lanes.slice(0, rows * blocks)
    const between = lanes.length - drawn.length
    const used = Math.max(1, Math.min(blocks, Math.ceil(drawn.length / rows)))
    const each = Math.ceil(drawn.length / used)
    const wide = width / used
    const valued = lanes.filter(({ reading }) => reading.value !== null)
    const figuresIn = (figure: (lane: Lane) => string) =>
      (Math.max(viewWords(language).whole.length, ...valued.map((lane) => figure(lane).length)) * 0.64 + 0.3) * rem
    // Where figures have no room they are told briefly, and whole in the table.
    const figure = figuresIn(whole) > 0.32 * wide ? brief : whole
    const figures = figuresIn(figure)
    const names = Math.min(widest, 0.4 * wide)
    const room = {
      names,
      figures: Math.min(figures, 0.32 * wide),
      strip: Math.max(rem, wide - names - figures - 2.8 * rem),
    }
    // The days above take a row, too.
    const extra = tall.slice(0, each).reduce((sum, one) => sum + one - ROW, 0)
    const row = fit ? Math.min(2.2, Math.max(ROW, (height / rem - (all ? 0 : REST) - extra) / (each + 1))) : 1.6
    const columns = heatColumns(days, this.shown.now, room.strip, LABEL * rem)
    return html`<div class="blocks" ${custom({ '--blocks': used, '--names': `${room.names}px`, '--figures': `${room.figures}px`, '--row': `${row}rem` })}>
        ${Array.from(
          { length: used },
          (_, i) => html`<div class="block">
            ${this.#days(columns, row * rem)}
            ${drawn.slice(i * each, (i + 1) * each).map((lane) => this.#lane(lane, name(lane.id), figure(lane), columns, colours, { width: room.strip, height: row * rem }))}
          </div>`,
        )}
      </div>
      ${between > 0 ? html`<p class="rest">⋯ ${viewWords(language).others(between, nounOf(catalogue, by, language))}</p>` : nothing}`
  }

  #days(columns: readonly HeatColumn[], height: number) {
    const { language } = this.shown
    const last = columns.length - 1
    // Where every day has its label each stands over its cells; else the outer ones lean inwards.
    const roomy = columns.every(({ labelled }) => labelled)
    return html`<span></span>
      <svg class="days" aria-hidden="true">
        ${columns.map(({ from, x, width, labelled }, i) =>
          labelled
            ? svg`<text x="${(roomy ? x + width / 2 : i === last ? x + width : i === 0 ? x : x + width / 2) * 100}%" y=${height * 0.7} text-anchor=${roomy ? 'middle' : i === last ? 'end' : i === 0 ? 'start' : 'middle'}>${formatShortDay(from, language)}</text>`
            : nothing,
        )}
      </svg>
      <span class="top">${viewWords(language).whole}</span>`
  }

  #lane(
    { id, reading, points }: Lane,
    name: string,
    figure: string,
    columns: readonly HeatColumn[],
    colours: Grades,
    room: { readonly width: number; readonly height: number },
  ) {
    const known = new Map(points.map((point) => [point.from, point]))
    const address = linkOf(this.shown, reading)
    const flagged = reading.status === 'warning' || reading.status === 'critical'
    const high = room.height - 2
    return html`<div class="lane" data-member=${id}>
      <span class="name">${flagged ? html`<span class=${reading.status}>${sign(reading.status)}</span> ` : nothing}${address === null ? name : html`<a href=${address}>${name}</a>`}</span>
      <svg class="strip" aria-hidden="true">
        ${columns.map(({ from, x, width }) => {
          const point = known.get(from)
          const grade = point ? colours.of(point) : 'no-data'
          const troubled = point?.status === 'warning' || point?.status === 'critical'
          const size = Math.min(width * room.width * 0.4, high * 0.42)
          return svg`<rect class="cell ${grade}" x="${x * 100}%" width="${width * 100}%" height="100%" />
            ${troubled && size > 4 && point ? svg`<svg x="${(x + width / 2) * 100}%" y="50%" overflow="visible" color="var(--on-fill)">${signAt(point.status, 0, 0, size)}</svg>` : nothing}`
        })}
      </svg>
      <span class="figure ${reading.status}">${reading.value === null ? html`<span class="heard">${figure}</span>${sign(reading.status)}` : figure}</span>
    </div>`
  }

  #table(part: Part, lanes: readonly Lane[], days: readonly Point[]) {
    const { catalogue, language, title } = this.shown
    const by = part.slice.by[0] ?? 'unit'
    const say = words(language)
    const calendar = catalogue.calendars.get(PUBLIC_SECTOR)
    const off = (from: number) =>
      calendar?.days.get(dayOf(from))?.worked === false ? ` (${viewWords(language).dayOff})` : ''
    const said = (point: Point | undefined) =>
      point?.value == null
        ? absentWord(point?.status ?? 'no-data', language)
        : formatNumber(point.value, language, part.indicator.decimals)
    return html`<div class="heard"><table>
      <caption>${title}</caption>
      <thead><tr><th scope="col">${catalogue.dimensions.get(by)?.title[language] ?? by}</th><th scope="col">${viewWords(language).whole}</th>${days.map(({ from }) => html`<th scope="col">${formatDay(from, language)}${off(from)}</th>`)}</tr></thead>
      <tbody>
        ${lanes.map(({ id, reading, points }) => {
          const known = new Map(points.map((point) => [point.from, point]))
          const whole = sayValue(reading, part.indicator, catalogue, language)
          return html`<tr data-member=${id}><th scope="row">${memberName(catalogue, id, language, by)}</th><td>${[whole.text, whole.unit].filter(Boolean).join(' ')} (${say[reading.status]})</td>${days.map(({ from }) => html`<td>${said(known.get(from))}</td>`)}</tr>`
        })}
      </tbody>
    </table></div>`
  }
}

customElements.define('ops-heatmap', OpsHeatmap)
