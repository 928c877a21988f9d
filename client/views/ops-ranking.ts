/** Members side by side on one scale: a bar and a number each, the missing named as missing, all of them where they fit. */
import { css, html, nothing, svg } from 'lit'
import type { Reading } from '../../kpi/reading.ts'
import { arrange, type Bar, rank } from '../draw/ranking.ts'
import { memberNames } from '../known.ts'
import { words } from '../words/index.ts'
import { custom } from './custom.ts'
import { look } from './look.ts'
import { sayParts, sayShare, sayTarget, sayValue } from './say.ts'
import { absent, type Part } from './shown.ts'
import { sign } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** Least height of a row and least width of a column, in rem. */
const ROW = 1.32
const TALL_ROW = 2.6
const COLUMN = 19
const LONG_NAME = 22

export class OpsRanking extends ViewElement {
  #size = new SizeController(this, '.room')

  static override styles = [
    look,
    css`
      :host([fit]) {
        height: 100%;
      }
      .room {
        height: 100%;
        min-height: 1.5rem;
      }
      .columns {
        display: grid;
        grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
        grid-template-rows: minmax(0, 1fr);
        gap: 0 1.6rem;
        height: 100%;
      }
      ol {
        display: grid;
        grid-template-columns: auto fit-content(48%) minmax(2.5rem, 1fr) auto auto;
        grid-template-rows: repeat(var(--rows), minmax(min-content, 2.5rem));
        align-content: start;
        column-gap: 0.6rem;
        min-width: 0;
      }
      :host(:not([fit])) .columns {
        grid-template-rows: auto;
      }
      :host(:not([fit])) ol {
        grid-template-rows: none;
        grid-auto-rows: minmax(1.75rem, auto);
      }
      li {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: subgrid;
        align-items: center;
        min-height: 0;
        line-height: 1.2;
      }
      .rank {
        color: var(--ink-3);
        font-size: var(--small);
        min-width: 1.9em;
      }
      .name {
        overflow-wrap: break-word;
        min-width: 0;
      }
      .warning .name,
      .critical .name {
        color: inherit;
      }
      .good .name,
      .not-judged .name {
        color: var(--ink);
      }
      .bar {
        display: block;
        width: 100%;
        height: 0.5rem;
        overflow: visible;
      }
      .bar .value-bar {
        fill: var(--data-fill);
      }
      .warning .bar .value-bar {
        fill: var(--warning-fill);
      }
      .critical .bar .value-bar {
        fill: var(--critical-fill);
      }
      .stale .bar .value-bar,
      .late .bar .value-bar {
        fill-opacity: 0.55;
      }
      .figure {
        text-align: right;
        font-weight: 600;
        color: var(--ink);
        white-space: nowrap;
      }
      .figure small {
        font-size: var(--small);
        font-weight: 400;
        color: var(--ink-2);
      }
      .parts {
        padding-left: 0.6rem;
        text-align: right;
        color: var(--ink-3);
        font-size: var(--small);
        white-space: nowrap;
      }
      .none {
        grid-column: 3 / -1;
        color: var(--ink-3);
        text-align: right;
      }
      .between {
        grid-column: 2 / -1;
        color: var(--ink-3);
        font-size: var(--small);
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
    const part = this.shown.parts[0]
    const say = words(this.shown.language)
    if (!part) return nothing
    const rows = withMissing(part)
    if (rows.length === 0) return html`<div class="room"><p class="empty">${say.emptyRanking}</p></div>`
    const first = rows.find((reading) => reading.value !== null) ?? rows[0]
    const { catalogue, language, now } = this.shown
    const target = first ? (sayTarget(first, part.indicator, catalogue, language, now)?.value ?? null) : null
    const shared = part.indicator.unit === 'percent' ? target : null
    const ranking = rank(rows, part.indicator.better, shared)
    return html`
      <div class="room" role="img" aria-label=${say.rankingLabel(this.shown.title, rows.length)}>
        ${this.#columns(part, ranking.bars, ranking.target)}
      </div>
      ${this.#table(part, ranking.bars)}
    `
  }

  #columns(part: Part, bars: readonly Bar[], target: number | null) {
    const { width, height, rem } = this.#size
    if (width === 0) return nothing
    const longest = Math.max(...bars.map((bar) => this.#name(bar.reading).length))
    const fits = (room: number, least: number) => Math.max(1, Math.floor(room / (least * rem)))
    const columns = fits(width, COLUMN)
    const tall = longest > LONG_NAME ? TALL_ROW : ROW
    const rows = this.shown.fit ? fits(height, tall) : Math.ceil(bars.length / columns)
    // The parts of a ratio need room of their own; where there is none the table twin has them.
    const partsFit = bars.some((bar) => bar.reading.denominator !== null)
    const set = arrange(bars.length, rows, columns)
    const wide = width / set.columns > 27 * rem && partsFit
    const row = (bar: Bar) => this.#row(part, bar, target, wide)
    const drawn = [
      ...bars.slice(0, set.first).map(row),
      ...(set.between > 0 ? [html`<li class="between">⋯ ${words(this.shown.language).between(set.between)}</li>`] : []),
      ...bars.slice(bars.length - set.last, bars.length).map(row),
    ]
    const column = (i: number) => drawn.slice(i * set.rows, (i + 1) * set.rows)
    return html`<div class="columns" ${custom({ '--columns': set.columns, '--rows': set.rows })}>
      ${Array.from({ length: set.columns }, (_, i) => html`<ol>${column(i)}</ol>`)}
    </div>`
  }

  #row(part: Part, bar: Bar, target: number | null, parts: boolean) {
    const { catalogue, language } = this.shown
    const { reading } = bar
    const said = sayValue(reading, part.indicator, catalogue, language)
    const flagged = reading.status === 'warning' || reading.status === 'critical'
    const start = html`<span class="rank">${bar.rank}</span>
      <span class="name">${flagged || bar.length === null ? sign(reading.status) : nothing} ${this.#name(reading)}
        ${reading.freshness === 'fresh' ? nothing : html`<span class="late">${sign('late')}</span>`}</span>`
    if (bar.length === null)
      return html`<li class=${reading.status}>${start}<span class="none">${said.text}</span></li>`
    return html`<li class="${reading.status} ${reading.freshness}">
      ${start}
      <svg class="bar">
        <rect width="100%" height="100%" fill="var(--track)" />
        <rect class="value-bar" width="${bar.length * 100}%" height="100%" />
        ${target === null ? nothing : svg`<rect x="${target * 100}%" y="-30%" width="0.12rem" height="160%" fill="var(--ink)" />`}
      </svg>
      <span class="figure">${said.qualifier ? html`<small>${said.qualifier}</small> ` : nothing}${said.text}</span>
      ${parts ? html`<span class="parts">${sayShare(reading, part.indicator, catalogue, language)}</span>` : nothing}
    </li>`
  }

  #name(reading: Reading): string {
    return memberNames(this.shown.catalogue, reading.key, this.shown.language).join(' · ')
  }

  #table(part: Part, bars: readonly Bar[]) {
    const { catalogue, language, title } = this.shown
    const say = words(language)
    return html`<div class="heard"><table>
      <caption>${title}</caption>
      <thead>
        <tr><th scope="col">${say.rank}</th><th scope="col">${say.unit}</th><th scope="col">${say.value}</th><th scope="col">${say.parts}</th></tr>
      </thead>
      <tbody>
        ${bars.map(({ reading, rank: place }) => {
          const said = sayValue(reading, part.indicator, catalogue, language)
          const parts = sayParts(reading, part.indicator, catalogue, language)
          return html`<tr data-member=${Object.values(reading.key).join(' ')}>
            <td>${place}</td><td>${this.#name(reading)}</td>
            <td>${[said.qualifier, said.text, said.unit].filter(Boolean).join(' ')} (${say[reading.status]})</td><td>${parts}</td>
          </tr>`
        })}
      </tbody>
    </table></div>`
  }
}

/** The readings that have a member, and one without value for each member that coverage says is missing. */
function withMissing(part: Part): readonly Reading[] {
  const by = part.slice.by[0]
  if (by === undefined) return part.readings
  const own = part.readings.filter((reading) => reading.key[by] !== undefined)
  const there = new Set(own.map((reading) => reading.key[by]))
  const missing = new Set(part.readings.flatMap((reading) => reading.coverage.missing))
  const gone = [...missing].filter((id) => !there.has(id))
  return [...own, ...gone.map((id): Reading => ({ ...absent(part.slice), key: { [by]: id } }))]
}

customElements.define('ops-ranking', OpsRanking)
