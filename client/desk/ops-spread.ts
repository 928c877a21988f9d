/** How members spread on one scale, and where each may stand: ranks with intervals, whoever cannot be told apart sharing them. */
import { html, nothing, svg } from 'lit'
import { type FairRank, rankText } from '../../kpi/fair-rank.ts'
import { formatDay, formatNumber } from '../../kpi/format.ts'
import type { Answers } from '../../kpi/query.ts'
import { dayStart } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language } from '../../kpi/text.ts'
import { drawSpread, type SpreadDrawing } from '../draw/spread.ts'
import { memberName, peersName, unitOf } from '../known.ts'
import { custom } from '../views/custom.ts'
import { sayTick } from '../views/say.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { ChartElement, type ChartShown } from './chart-element.ts'
import { rowKeys } from './grid-keys.ts'
import { figureOf, partsOf } from './said.ts'

export interface SpreadShown extends ChartShown {
  readonly breakdown: Answers['breakdown']
  readonly target: number | null
  /** Lists of population a count may be told by, with the address that does; the first is none. */
  readonly populations: readonly { readonly name: string; readonly address: string; readonly chosen: boolean }[]
}

/** Those who are ranked with each other. */
interface Group {
  readonly peers: string
  readonly rows: readonly Row[]
  readonly drawing: SpreadDrawing | null
}

type Row = { readonly rank: FairRank; readonly reading: Answers['breakdown']['readings'][number] }

export class OpsSpread extends ChartElement<SpreadShown> {
  override render() {
    const { language, breakdown, populations } = this.shown
    const say = deskWords(language)
    const { ranks, readings } = breakdown
    const rows = ranks.rows
      .map((rank, i): Row => ({ rank, reading: readings[i] as Row['reading'] }))
      .sort((a, b) => order(a.rank) - order(b.rank) || this.#along(a.rank) - this.#along(b.rank))
    const valued = rows.filter(({ rank }) => rank.value !== null)
    if (readings.every(({ status }) => status === 'no-data')) return html`<p class="note">${say.empty}</p>`
    const groups = this.#groups(rows)
    const pointed = rows.find(({ rank }) => rank.key[this.shown.by] === this.at)
    return html`
      ${populations.length < 2 ? nothing : html`<p class="per">${populations.map(({ name, address, chosen }) => html`<a href=${address} aria-current=${chosen ? 'true' : nothing}>${name}</a>`)}</p>`}
      <p class="note">${this.#note()}</p>
      <p class="read" aria-hidden="true">${pointed ? html`<b>${this.#name(pointed.rank)}</b> ${this.#said(pointed)}` : valued.length === 0 ? nothing : say.spreadOf(String(valued.length))}</p>
      ${groups.map((group) => {
        const own = group.rows.filter(({ rank }) => rank.value !== null)
        return own.length === 0
          ? nothing
          : html`${groups.length > 1 ? html`<h2>${this.#titled(group)}</h2>` : nothing}
      <div class="room" ${custom({ '--high': '9rem' })} aria-hidden="true" @pointerleave=${() => {
        this.at = null
      }}>${group.drawing ? this.#draw(own, group.drawing) : nothing}</div>`
      })}
      ${this.#table(groups)}`
  }

  /** Each kind by itself, the most numerous first, all on one scale. */
  #groups(rows: readonly Row[]): readonly Group[] {
    const valued = rows.filter(({ rank }) => rank.value !== null)
    return [...new Set(rows.map(({ rank }) => rank.peers))]
      .map((peers): Group => {
        const own = rows.filter(({ rank }) => rank.peers === peers)
        const drawing = this.#drawn(
          own.filter(({ rank }) => rank.value !== null),
          valued,
        )
        return { peers, rows: own, drawing }
      })
      .sort((a, b) => b.rows.length - a.rows.length)
  }

  #titled({ peers, rows }: Group): string {
    const { catalogue, language, by } = this.shown
    const among = rows.find(({ rank }) => rank.best !== null)?.rank.among ?? 0
    const name = peersName(catalogue, peers, language, by)
    return among === 0 ? name : deskWords(language).rankedAmong(name, String(among))
  }

  /** The highest first, or the lowest where that is better. */
  #along(rank: FairRank): number {
    const size = Number(rank.value ?? 0)
    return this.shown.breakdown.ranks.first === 'lowest' ? size : -size
  }

  #note() {
    const { language, breakdown } = this.shown
    const say = deskWords(language)
    const { method, together, least, per } = breakdown.ranks
    const sure = formatNumber(String(100 * together), language, 0)
    return [
      say.rankNote[method](sure),
      ...(method === 'wilson' ? [say.least(String(least))] : []),
      ...(per
        ? [
            `${say.perPeople(formatNumber(String(per.per), language, 0), per.unit[language])}: ${per.title[language]}, ${formatDay(dayStart(per.on), language)}, ${per.basis === 'unverified' ? say.unverified : per.basis}.`,
          ]
        : []),
    ].join(' ')
  }

  #name({ key }: FairRank): string {
    const { catalogue, language, by } = this.shown
    return memberName(catalogue, key[by] ?? '', language, by)
  }

  #figure(value: string | null, status: Reading['status'] = 'no-data'): string {
    const { breakdown, indicator, language } = this.shown
    const places = breakdown.ranks.per ? Math.max(2, indicator.decimals) : indicator.decimals
    return figureOf({ value, status }, { ...indicator, decimals: places }, language)
  }

  #said({ rank, reading }: Row): string {
    const { catalogue, indicator, language } = this.shown
    const unit = rank.value === null ? '' : ` ${unitOf(catalogue, reading.unit, language)}`
    return [
      `${this.#figure(rank.value, reading.status)}${unit}`,
      partsOf(reading, indicator, catalogue, language),
      this.#rank(rank),
    ]
      .filter(Boolean)
      .join(' · ')
  }

  #rank({ best, worst, among, unranked }: FairRank): string {
    const say = deskWords(this.shown.language)
    if (best === null || worst === null) return unranked === 'few' ? say.few : ''
    return say.rankOf(rankText({ best, worst }), String(among))
  }

  /** `valued`: who is drawn; `all`: whom the scale must hold. */
  #drawn(valued: readonly Row[], all: readonly Row[]): SpreadDrawing | null {
    const { width, rem } = this.size
    if (width === 0) return null
    const { breakdown, indicator, target } = this.shown
    const ends = all.flatMap(({ rank: { value, low, high } }) =>
      [value, low, high].flatMap((end) => (end === null ? [] : [Number(end)])),
    )
    const whole =
      breakdown.ranks.per || indicator.kind !== 'ratio' ? [] : [Number(breakdown.total?.value ?? Number.NaN)]
    return drawSpread(
      valued.map(({ rank }) => Number(rank.value)),
      {
        ...{ width, height: 7 * rem, radius: 0.42 * rem, tickWidth: 6 * rem, percent: indicator.unit === 'percent' },
        include: [...ends, ...[...whole, ...(target === null ? [] : [target])].filter(Number.isFinite)],
      },
    )
  }

  #draw(valued: readonly Row[], drawing: SpreadDrawing) {
    const { width, rem } = this.size
    const { breakdown, indicator, language, target, by } = this.shown
    const bottom = 7 * rem
    const mark = (value: number, name: string, dash: string) => {
      const x = drawing.xOf(value)
      const end = x > width - 8 * rem
      return svg`<line x1=${x} x2=${x} y1="0" y2=${bottom} stroke="var(--ink-2)" stroke-dasharray=${dash} />
        <text class="name" x=${x + (end ? -0.4 : 0.4) * rem} y=${1.2 * rem} text-anchor=${end ? 'end' : 'start'}>${name}</text>`
    }
    const total = breakdown.total?.value
    return svg`<svg width=${width} height=${9 * rem}>
      <line x1="0" x2=${width} y1=${bottom} y2=${bottom} stroke="var(--rule)" />
      ${drawing.ticks.map(({ x, value }) => svg`<line x1=${x} x2=${x} y1=${bottom} y2=${bottom + 0.3 * rem} stroke="var(--rule)" /><text x=${x} y=${bottom + 1.3 * rem} text-anchor=${x > width - 2 * rem ? 'end' : x < 2 * rem ? 'start' : 'middle'}>${tickText(value, drawing.ticks, language)}</text>`)}
      ${indicator.kind === 'ratio' && total ? mark(Number(total), deskWords(language).together, 'none') : nothing}
      ${
        target === null || breakdown.ranks.per
          ? nothing
          : svg`<line x1=${drawing.xOf(target)} x2=${drawing.xOf(target)} y1="0" y2=${bottom} stroke="var(--ink-2)" stroke-dasharray="6 4" />
        <text class="name" x=${drawing.xOf(target) - 0.4 * rem} y=${2.5 * rem} text-anchor="end">${words(language).target}</text>`
      }
      ${drawing.dots.map(({ x, y }, i) => {
        const { rank, reading } = valued[i] as Row
        const id = rank.key[by] ?? ''
        const fill = FILL[reading.status as keyof typeof FILL] ?? 'var(--data-fill)'
        return svg`<circle class="dot" cx=${x} cy=${y} r=${drawing.radius * 0.92} fill=${rank.unranked === 'few' ? 'none' : fill} stroke=${this.at === id ? 'var(--ink)' : rank.unranked === 'few' ? 'var(--ink-3)' : 'none'} stroke-width=${this.at === id ? 2 : 1} @pointerenter=${() => {
          this.at = id
        }} />`
      })}
    </svg>`
  }

  #table(groups: readonly Group[]) {
    const { language, catalogue, by, member, breakdown, indicator } = this.shown
    const say = deskWords(language)
    const intervals = breakdown.ranks.method !== 'value'
    const { width } = this.size
    // One scale: any of the drawings has it.
    const drawing = groups.find((one) => one.drawing !== null)?.drawing
    const place = (text: string | null) => (drawing && text !== null ? (100 * drawing.xOf(Number(text))) / width : 0)
    const columns = intervals ? 6 : 5
    const first = groups[0]?.rows[0]?.rank
    return html`<p class="keys" id="keys">${say.rowKeys}</p><div class="scroll"><table aria-describedby="keys" @keydown=${rowKeys}>
      <thead><tr>
        <th scope="col" class="n">${say.rank}</th>
        <th scope="col">${catalogue.dimensions.get(by)?.title[language] ?? by}</th>
        <th scope="col" class="n">${breakdown.ranks.per ? say.perPeople(formatNumber(String(breakdown.ranks.per.per), language, 0), breakdown.ranks.per.unit[language]) : say.value}</th>
        ${intervals ? html`<th scope="col" class="n wide">${say.interval}</th>` : nothing}
        <th scope="col" class="wide bars" aria-hidden="true"></th>
        <th scope="col" class="n wide">${breakdown.ranks.per ? say.counted : words(language).parts}</th>
      </tr></thead>
      ${groups.map(
        (group) =>
          html`<tbody>${groups.length > 1 ? html`<tr><th scope="rowgroup" colspan=${columns}>${this.#titled(group)}</th></tr>` : nothing}${group.rows.map(
            ({ rank, reading }) => {
              const id = rank.key[by] ?? ''
              const { best, worst, low, high } = rank
              return html`<tr data-member=${id} class=${this.at === id ? 'own' : ''} @pointerenter=${() => {
                this.at = id
              }}>
          <td class="n">${best === null || worst === null ? (rank.unranked === 'few' ? html`<span class="quiet">${say.few}</span>` : '') : rankText({ best, worst })}</td>
          <th scope="row"><a href=${member(id)} tabindex=${rank === first ? 0 : -1} @focus=${() => {
            this.at = id
          }}>${this.#name(rank)}</a></th>
          <td class="n ${rank.value === null ? 'quiet' : 'value'}">${this.#figure(rank.value, reading.status)}</td>
          ${intervals ? html`<td class="n wide quiet">${low === null || high === null ? '' : `${this.#figure(low)} – ${this.#figure(high)}`}</td>` : nothing}
          <td class="wide" aria-hidden="true">${
            rank.value === null
              ? nothing
              : html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
            <line x1="0" x2="100" y1="5" y2="5" stroke="var(--grid)" stroke-width="0.6" />
            ${low === null || high === null ? nothing : svg`<rect x=${place(low)} y="3.4" width=${Math.max(0.2, place(high) - place(low))} height="3.2" fill="var(--data)" opacity="0.4" />`}
            <rect x=${place(rank.value) - 0.3} y="1" width="0.6" height="8" fill="var(--ink)" />
          </svg>`
          }</td>
          <td class="n wide quiet">${breakdown.ranks.per ? `${reading.value === null ? '' : figureOf(reading, indicator, language)}${rank.population === null ? '' : ` / ${formatNumber(String(rank.population), language, 0)}`}` : partsOf(reading, indicator, catalogue, language)}</td>
        </tr>`
            },
          )}</tbody>`,
      )}</table></div>`
  }
}

const FILL = { warning: 'var(--warning-fill)', critical: 'var(--critical-fill)' } as const

/** Ranked ones first, then those with too few cases, then the silent. */
const order = ({ unranked }: FairRank) => (unranked === null ? 0 : unranked === 'few' ? 1 : 2)

export function tickText(value: number, all: readonly { readonly value: number }[], language: Language): string {
  const step = Math.abs((all[1]?.value ?? 1) - (all[0]?.value ?? 0))
  return sayTick(value, Math.min(6, Math.max(0, Math.ceil(-Math.log10(step || 1) - 1e-9))), language)
}

customElements.define('ops-spread', OpsSpread)
