/** Ranks over time: a line for each member from period to period, each kind of member by itself; the table beside it has every rank with its interval. */
import { html, nothing, svg } from 'lit'
import { type FairRank, rankText } from '../../kpi/fair-rank.ts'
import { formatShortDay } from '../../kpi/format.ts'
import type { Answers } from '../../kpi/query.ts'
import { drawBump } from '../draw/bump.ts'
import { memberName, peersName } from '../known.ts'
import { custom } from '../views/custom.ts'
import { deskWords } from '../words/desk.ts'
import { ChartElement, type ChartShown } from './chart-element.ts'
import { rowKeys } from './grid-keys.ts'
import { figureOf } from './said.ts'

export interface BumpShown extends ChartShown {
  readonly ranking: Answers['ranking']
}

interface Line {
  readonly id: string
  readonly places: readonly (number | null)[]
  readonly ranks: readonly (FairRank | null)[]
}

/** Those who are ranked with each other. */
interface Group {
  readonly peers: string
  readonly lines: readonly Line[]
}

export class OpsBump extends ChartElement<BumpShown> {
  override render() {
    const { language, catalogue, by, ranking, member } = this.shown
    const say = deskWords(language)
    const groups = this.#groups()
    if (groups.length === 0) return html`<p class="note">${say.empty}</p>`
    const name = (id: string) => memberName(catalogue, id, language, by)
    const titled = ({ peers, lines }: Group) =>
      say.rankedAmong(peersName(catalogue, peers, language, by), String(lines.length))
    return html`<p class="note">${say.bumpNote}</p><p class="keys">${say.rowKeys}</p>
      ${groups.map(
        (group) => html`${groups.length > 1 ? html`<h2>${titled(group)}</h2>` : nothing}
      <div class="room" ${custom({ '--high': `${2.2 + 1.45 * group.lines.length}rem` })} @pointerleave=${() => {
        this.at = null
      }}>${this.#draw(group.lines, name)}</div>`,
      )}
      <details><summary>${say.asTable}</summary><div class="scroll"><table>
        <thead><tr><th scope="col">${catalogue.dimensions.get(by)?.title[language] ?? by}</th>
          ${ranking.periods.map(({ label }) => html`<th scope="col" class="n">${label[language]}</th>`)}</tr></thead>
        ${groups.map(
          (
            group,
          ) => html`<tbody>${groups.length > 1 ? html`<tr><th scope="rowgroup" colspan=${1 + ranking.periods.length}>${titled(group)}</th></tr>` : nothing}
          ${group.lines.map(
            ({ id, ranks }) => html`<tr data-member=${id}><th scope="row"><a href=${member(id)}>${name(id)}</a></th>
          ${ranks.map((rank) => html`<td class="n">${this.#cell(rank)}</td>`)}</tr>`,
          )}</tbody>`,
        )}
      </table></div></details>`
  }

  /** By whom each is ranked with last, the most numerous first. */
  #groups(): readonly Group[] {
    const { ranking, by } = this.shown
    const own = new Map(
      ranking.periods.flatMap(({ ranks }) => ranks.rows.map(({ key, peers }) => [key[by] ?? '', peers])),
    )
    return [...new Set(own.values())]
      .map((peers): Group => ({ peers, lines: this.#lines((id) => own.get(id) === peers) }))
      .filter(({ lines }) => lines.length > 0)
      .sort((a, b) => b.lines.length - a.lines.length)
  }

  #cell(rank: FairRank | null): string {
    const { indicator, language } = this.shown
    if (rank === null || rank.value === null) return ''
    const figure = figureOf({ value: rank.value, status: 'good' }, indicator, language)
    return rank.best === null || rank.worst === null
      ? figure
      : `${rankText({ best: rank.best, worst: rank.worst })}/${rank.among} (${figure})`
  }

  /** The places of some members among each other by the figure itself, in the order of the last period that has any. */
  #lines(among: (id: string) => boolean): readonly Line[] {
    const { ranking, by } = this.shown
    const sign = ranking.periods[0]?.ranks.first === 'lowest' ? 1 : -1
    const columns = ranking.periods.map(({ ranks }) => {
      const ordered = ranks.rows
        .filter(({ key, value, unranked }) => among(key[by] ?? '') && value !== null && unranked === null)
        .sort((a, b) => sign * (Number(a.value) - Number(b.value)))
      return {
        places: new Map(ordered.map(({ key }, i) => [key[by] ?? '', i])),
        ranks: new Map(ranks.rows.map((rank) => [rank.key[by] ?? '', rank])),
      }
    })
    const ids = [...new Set(columns.flatMap(({ places }) => [...places.keys()]))]
    const last = (line: Line) => line.places.findLast((place) => place !== null) ?? 999
    return ids
      .map((id) => ({
        id,
        places: columns.map(({ places }) => places.get(id) ?? null),
        ranks: columns.map(({ ranks }) => ranks.get(id) ?? null),
      }))
      .sort((a, b) => Number(a.places.at(-1) === null) - Number(b.places.at(-1) === null) || last(a) - last(b))
  }

  #draw(lines: readonly Line[], name: (id: string) => string) {
    const { width, rem } = this.size
    const { ranking, language, member } = this.shown
    if (width === 0) return nothing
    const longest = Math.max(...lines.map(({ id }) => name(id).length))
    const right = Math.min(0.45 * width, (longest * 0.52 + 1.2) * rem)
    const room = { width, left: 2.4 * rem, right, top: 2 * rem, row: 1.45 * rem }
    const drawing = drawBump(
      lines.map(({ places }) => places),
      ranking.periods.length,
      room,
    )
    const step = Math.max(
      1,
      Math.ceil((5 * rem) / ((drawing.columns[1] ?? width) - (drawing.columns[0] ?? 0) || width)),
    )
    return svg`<svg width=${width} height=${room.top + lines.length * room.row} role="group" aria-label=${deskWords(language).views.bump} @keydown=${rowKeys}>
      ${ranking.periods.map(({ from }, i) => {
        const x = drawing.columns[i] ?? 0
        return svg`<line x1=${x} x2=${x} y1=${1.6 * rem} y2=${drawing.height} stroke="var(--grid)" />
          ${(ranking.periods.length - 1 - i) % step === 0 ? svg`<text x=${x} y=${rem} text-anchor="middle">${formatShortDay(from, language)}</text>` : nothing}`
      })}
      ${lines.map(({ id, ranks }, i) => {
        const { path, spots } = drawing.lines[i] as (typeof drawing.lines)[number]
        const own = this.at === id
        const end = spots.findLast((spot) => spot !== null)
        const point = () => {
          this.at = id
        }
        const stroke = own ? 'var(--ink)' : 'var(--data-fill)'
        return svg`<a class=${own ? 'own' : ''} href=${member(id)} data-member=${id} tabindex=${i === 0 ? 0 : -1} aria-label=${`${name(id)}: ${this.#cell(ranks.at(-1) ?? null)}`} @pointerenter=${point} @focus=${point}>
          <path d=${path} fill="none" stroke=${stroke} stroke-width=${own ? 3 : 1.6} opacity=${this.at === null || own ? 1 : 0.35} />
          ${spots.map((spot) => (spot ? svg`<circle class="mark" cx=${spot.x} cy=${spot.y} r=${own ? 0.32 * rem : 0.22 * rem} fill=${stroke} />` : nothing))}
          ${end ? svg`<text class="name" x=${width - right + 0.7 * rem} y=${end.y} dy="0.35em">${end.x < width - right - 1 ? '' : name(id)}</text>` : nothing}
        </a>`
      })}
    </svg>`
  }
}

customElements.define('ops-bump', OpsBump)
