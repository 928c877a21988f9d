/** Two figures of each member against each other: whether where one is low the other is too; the table beside it has every pair. */
import { html, nothing, svg } from 'lit'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import { drawScatter, nameDots } from '../draw/scatter.ts'
import { memberName, unitOf } from '../known.ts'
import { custom } from '../views/custom.ts'
import { signAt } from '../views/sign.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { ChartElement, type ChartShown } from './chart-element.ts'
import type { Found } from './find.ts'
import { rowKeys } from './grid-keys.ts'
import './ops-find.ts'
import { tickText } from './ops-spread.ts'
import { figureOf } from './said.ts'

export interface ScatterShown extends ChartShown {
  readonly breakdown: Answers['breakdown']
  /** The other figure, once one is chosen, and what it answered. */
  readonly other: Indicator | null
  readonly against: Answers['breakdown'] | null
  /** Those that can be chosen: all, and by what was typed. */
  readonly choices: readonly Found[]
  readonly search: (typed: string) => readonly Found[]
  readonly choose: (found: Found) => void
  /** The page without the other figure. */
  readonly alone: string
}

interface Pair {
  readonly id: string
  readonly up: Reading
  readonly along: Reading
}

export class OpsScatter extends ChartElement<ScatterShown> {
  override render() {
    const { language, other, choices, search, choose, alone } = this.shown
    const say = deskWords(language)
    return html`
      <div class="other">
        <span>${say.against}</span>
        ${other === null ? nothing : html`<a href=${alone} aria-label=${say.remove(other.title[language])}>${other.title[language]} <span aria-hidden="true">×</span></a>`}
        <ops-find .language=${language} .label=${say.against} .hint=${other === null ? say.chooseOther : say.chooseAnother} .all=${choices} .search=${search} .choose=${choose}></ops-find>
      </div>
      ${other === null ? nothing : this.#chart(other)}`
  }

  #pairs(): readonly Pair[] {
    const { breakdown, against, by } = this.shown
    const others = new Map((against?.readings ?? []).map((reading) => [reading.key[by] ?? '', reading]))
    return breakdown.readings.flatMap((up) => {
      const along = others.get(up.key[by] ?? '')
      return up.value === null || along?.value == null ? [] : [{ id: up.key[by] ?? '', up, along }]
    })
  }

  #chart(other: Indicator) {
    const { language, catalogue, against, indicator, by, member } = this.shown
    const say = deskWords(language)
    if (!against) return html`<p class="note" role="status">…</p>`
    const pairs = this.#pairs()
    if (pairs.length === 0) return html`<p class="note">${say.noPairs}</p>`
    const name = (id: string) => memberName(catalogue, id, language, by)
    const pointed = pairs.find(({ id }) => id === this.at)
    const unit = (of: Reading) => unitOf(catalogue, of.unit, language)
    const both = ({ up, along }: Pair) =>
      `${figureOf(up, indicator, language)} ${unit(up)} · ${figureOf(along, other, language)} ${unit(along)}`
    return html`
      <p class="read" aria-hidden="true">${pointed ? html`<b>${name(pointed.id)}</b> ${both(pointed)}` : say.pairs(String(pairs.length))}</p>
      <div class="room" ${custom({ '--high': '26rem' })} @pointerleave=${() => {
        this.at = null
      }}>${this.#draw(pairs, other, name, both)}</div>
      <details><summary>${say.asTable}</summary><div class="scroll"><table>
        <thead><tr><th scope="col">${catalogue.dimensions.get(by)?.title[language] ?? by}</th>
          <th scope="col" class="n">${indicator.title[language]}</th><th scope="col" class="n">${other.title[language]}</th></tr></thead>
        <tbody>${pairs.map(
          (pair) => html`<tr><th scope="row"><a href=${member(pair.id)}>${name(pair.id)}</a></th>
          <td class="n">${figureOf(pair.up, indicator, language)}</td><td class="n">${figureOf(pair.along, other, language)}</td></tr>`,
        )}</tbody>
      </table></div></details>`
  }

  #draw(pairs: readonly Pair[], other: Indicator, name: (id: string) => string, both: (pair: Pair) => string) {
    const { width, height, rem } = this.size
    const { language, indicator, member } = this.shown
    if (width === 0) return nothing
    const room = {
      ...{ width, height, tickWidth: 6 * rem, tickHeight: 3.4 * rem },
      margin: { top: 2 * rem, right: 1.5 * rem, bottom: 3.2 * rem, left: 4.6 * rem },
    }
    const drawing = drawScatter(
      pairs.map(({ up, along }) => [Number(along.value), Number(up.value)]),
      room,
      { along: other.unit === 'percent', up: indicator.unit === 'percent' },
    )
    const flagged = ({ up: { status } }: Pair) => status === 'warning' || status === 'critical'
    const names = nameDots(
      drawing.dots,
      outermost(pairs, flagged).map((dot) => ({ dot, width: name(pairs[dot]?.id ?? '').length * 0.52 * rem })),
      { ...room.margin, right: drawing.right, radius: 0.4 * rem, line: 1.2 * rem },
    )
    const own = pairs.findIndex(({ id }) => id === this.at)
    const cross = drawing.dots[own]
    return svg`<svg width=${width} height=${height} role="group" aria-label=${`${indicator.title[language]} · ${other.title[language]}`} @keydown=${rowKeys}>
      ${drawing.yTicks.map(({ at, value }) => svg`<line x1=${room.margin.left} x2=${drawing.right} y1=${at} y2=${at} stroke="var(--grid)" /><text x=${room.margin.left - 0.5 * rem} y=${at} dy="0.35em" text-anchor="end">${tickText(value, drawing.yTicks, language)}</text>`)}
      ${drawing.xTicks.map(({ at, value }) => svg`<line x1=${at} x2=${at} y1=${room.margin.top} y2=${drawing.bottom} stroke="var(--grid)" /><text x=${at} y=${drawing.bottom + 1.3 * rem} text-anchor="middle">${tickText(value, drawing.xTicks, language)}</text>`)}
      <text class="name" x=${room.margin.left} y=${rem}>↑ ${indicator.title[language]}</text>
      <text class="name" x=${drawing.right} y=${drawing.bottom + 2.7 * rem} text-anchor="end">${other.title[language]} →</text>
      ${cross ? svg`<line x1=${cross.x} x2=${cross.x} y1=${room.margin.top} y2=${drawing.bottom} stroke="var(--ink-3)" /><line x1=${room.margin.left} x2=${drawing.right} y1=${cross.y} y2=${cross.y} stroke="var(--ink-3)" />` : nothing}
      ${pairs.map((pair, i) => {
        const { x, y } = drawing.dots[i] as { x: number; y: number }
        const point = () => {
          this.at = pair.id
        }
        return svg`<a href=${member(pair.id)} tabindex=${i === 0 ? 0 : -1} aria-label=${`${name(pair.id)}: ${both(pair)}${flagged(pair) ? ` · ${words(language)[pair.up.status]}` : ''}`} data-member=${pair.id} @pointerenter=${point} @focus=${point}>
          <circle class="mark" cx=${x} cy=${y} r=${0.4 * rem} fill=${flagged(pair) ? `var(--${pair.up.status}-fill)` : 'var(--data-fill)'} stroke="var(--panel)" />${flagged(pair) ? svg`<g color="var(--on-fill)" pointer-events="none">${signAt(pair.up.status, x, y, 0.5 * rem)}</g>` : nothing}</a>`
      })}
      ${names.map(({ dot, x, y, anchor }) => svg`<text class="name" aria-hidden="true" x=${x} y=${y} dy="0.35em" text-anchor=${anchor}>${name(pairs[dot]?.id ?? '')}</text>`)}
    </svg>`
  }
}

/** Whom a reader asks after first: who is not as it should be, then who is furthest from the middle of all. */
function outermost(pairs: readonly Pair[], flagged: (pair: Pair) => boolean): readonly number[] {
  const spread = (of: (pair: Pair) => number) => {
    const all = pairs.map(of)
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length
    const far = Math.max(...all.map((one) => Math.abs(one - mean))) || 1
    return (pair: Pair) => Math.abs(of(pair) - mean) / far
  }
  const [up, along] = [spread((pair) => Number(pair.up.value)), spread((pair) => Number(pair.along.value))]
  const weight = (pair: Pair) => (flagged(pair) ? 2 : 0) + Math.max(up(pair), along(pair))
  return pairs
    .map((pair, i) => ({ i, weight: weight(pair) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, NAMED)
    .map(({ i }) => i)
}

/** How many are named without being pointed at. */
const NAMED = 12

customElements.define('ops-scatter', OpsScatter)
