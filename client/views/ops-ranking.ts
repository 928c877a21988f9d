/** Members side by side on one scale: a bar and a number each, the missing named as missing, all of them where they fit. */
import { html, nothing, svg } from 'lit'
import { LEAST_CASES } from '../../kpi/fair-rank.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language } from '../../kpi/text.ts'
import { arrange, columnsFor, extremes, rowsWithin } from '../draw/arrange.ts'
import { linesOf, widthOf } from '../draw/letters.ts'
import { type Bar, type Ranking, rank } from '../draw/ranking.ts'
import { memberNames, nounOf } from '../known.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { custom } from './custom.ts'
import { sayDeadline } from './deadline.ts'
import { framedStyle } from './drawn-style.ts'
import { look } from './look.ts'
import { rankingStyle } from './ranking-style.ts'
import { sayGrade, sayParts, sayShare, sayTarget, sayValue } from './say.ts'
import { linkOf, type Part, withMissing } from './shown.ts'
import { sign } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** Least height of a row (a list in columns is long and wants air; long names take two lines) and least width of a column, in rem. */
const ROW = 1.26
const AIRY_ROW = 1.6
const TALL_ROW = 2.6
const COLUMN = 19
/** How wide a sign is, rem: one may stand before a name, one behind it. */
const SIGN = 1.3
/** From how wide a column on, rem, the parts of a ratio stand beside it; and how wide a letter of them is. */
const [PARTED, SHARE_LETTER] = [27, 0.47]

export class OpsRanking extends ViewElement {
  #size = new SizeController(this, '.room')
  #mixed = false

  static override styles = [look, framedStyle, rankingStyle]

  override render() {
    const part = this.shown.parts[0]
    const say = words(this.shown.language)
    if (!part) return nothing
    const rows = withMissing(part)
    if (rows.every(({ value }) => value === null))
      return html`<div class="room"><p class="empty">${nothingRanked(rows, this.shown.language, this.#noun(part))}</p></div>${this.#table(part, rank(rows, part.indicator.better, null).bars)}`
    const first = rows.find((reading) => reading.value !== null) ?? rows[0]
    const { catalogue, language, now } = this.shown
    const target = first ? sayTarget(first, part.indicator, catalogue, language, now) : null
    const shared = part.indicator.unit === 'percent' ? (target?.value ?? null) : null
    const ranking = rank(rows, part.indicator.better, shared)
    // Where all are of one age the foot says it once.
    this.#mixed = new Set(rows.filter(({ value }) => value !== null).map(({ freshness }) => freshness)).size > 1
    return html`
      ${this.#key(target && shared !== null ? say.mark(target.text) : '', ranking)}
      <div class="room" role="group" aria-label=${say.rankingLabel(this.shown.title, rows.length, this.#noun(part))}>
        ${this.#columns(part, ranking.bars, ranking.target)}
      </div>
      ${this.#table(part, ranking.bars)}
    `
  }

  /** What the mark across the bars is, why some ranks are left open, and why some have none. */
  #key(mark: string, { open, few }: Pick<Ranking, 'open' | 'few'>) {
    const say = viewWords(this.shown.language)
    const cases = formatNumber(String(LEAST_CASES), this.shown.language, 0)
    const said = [open ? say.openRanks : '', few ? say.fewCases(cases) : '', mark].filter(Boolean)
    if (said.length === 0) return nothing
    return html`<p class="key" title=${open ? say.openRanksFull : nothing}>${said.map((one) => html`<span>${one}</span>`)}</p>`
  }

  #columns(part: Part, bars: readonly Bar[], target: number | null) {
    const { width, height, rem } = this.#size
    if (width === 0) return nothing
    const longest = Math.max(...bars.map((bar) => widthOf(this.#name(bar.reading))))
    const fits = (room: number, least: number) => Math.max(1, Math.floor(room / (least * rem)))
    // A page has the height for fewer columns, in which names need not wrap.
    const widest = fits(width, this.shown.fit ? COLUMN : Math.max(COLUMN, longest / 0.6))
    const whole = this.shown.panel.show !== 'extremes'
    const dated = bars.some((bar) => this.#deadline(part, bar.reading) !== null)
    const figures = Math.max(...bars.map(({ reading }) => this.#figure(part, reading).length)) * 0.62 + 0.3
    const parted = (across: number) =>
      across > PARTED
        ? Math.max(0, ...bars.map(({ reading }) => this.#share(part, reading).length * SHARE_LETTER + 1.2))
        : 0
    // Beside names stand the rank, the least bar, the figure and its parts.
    const namesIn = (across: number) =>
      Math.max(6, Math.min(longest + 2 * SIGN, across - figures - parted(across) - 7.6))
    // In several columns all rows are of one height; in one, those are higher whose name wraps where it has most of the column.
    const most = (0.6 * width) / rem
    const tallIn = (columns: number) => {
      if (!dated && longest + 2 * SIGN <= most / columns) return AIRY_ROW
      const across = namesIn(width / rem / columns) - 2 * SIGN
      return Math.max(TALL_ROW, 1.2 * Math.max(...bars.map((bar) => linesOf(this.#name(bar.reading), across))) + 0.2)
    }
    const tall = (bar: Bar) =>
      dated ? TALL_ROW : Math.max(ROW, 1.2 * linesOf(this.#name(bar.reading), most - 2 * SIGN))
    const placed = (count: number, rows: number, columns: number) =>
      whole ? arrange(count, rows, columns) : extremes(count, rows)
    const rowsIn = (columns: number, list: readonly Bar[]) =>
      !this.shown.fit
        ? whole
          ? Math.ceil(list.length / columns)
          : 99
        : columns > 1
          ? fits(height, tallIn(columns))
          : rowsWithin(list.map(tall), height / rem, ROW, (rows) => placed(list.length, rows, 1))
    // Where all stand under each other in one, names need not wrap and bars are long.
    const single = !whole || (this.shown.fit && bars.length * AIRY_ROW * rem <= height)
    const valued = bars.filter((bar) => bar.length !== null)
    const airy = (columns: number) => tallIn(columns) === AIRY_ROW && columns * rowsIn(columns, bars) >= bars.length
    const columns = single
      ? 1
      : this.shown.fit
        ? columnsFor(valued.length, widest, (columns) => rowsIn(columns, valued), airy)
        : widest
    // Where not all fit the room is for figures; who is missing is named below.
    const folds = !whole || bars.length > rowsIn(columns, bars) * columns
    const listed = folds && valued.length > 0 ? valued : bars
    const set = placed(listed.length, rowsIn(columns, listed), columns)
    // The parts of a ratio need room of their own; where there is none the table twin has them.
    const partsFit = bars.some((bar) => bar.reading.denominator !== null)
    const wide = width / set.columns > PARTED * rem && partsFit
    // In narrow columns the sign says that there is no figure.
    const brief = set.columns > 1 && width / set.columns < PARTED * rem
    const row = (bar: Bar) => this.#row(part, bar, target, wide, brief)
    const between = (count: number) =>
      count > 0 ? [html`<li class="between">⋯ ${words(this.shown.language).between(count, this.#noun(part))}</li>`] : []
    const folded = listed.slice(set.first, listed.length - set.last)
    // Whose page this is stands in its place even where the middle is folded.
    const own = folded.findIndex(({ reading }) => reading.key.unit === this.shown.own)
    const middle =
      own < 0 ? between(set.between) : [...between(own), row(folded[own] as Bar), ...between(folded.length - own - 1)]
    const drawn = [
      ...listed.slice(0, set.first).map(row),
      ...middle,
      ...(set.last > 0 ? listed.slice(-set.last).map(row) : []),
    ]
    const rowsDrawn = set.columns === 1 ? drawn.length : set.rows
    const column = (i: number) => drawn.slice(i * rowsDrawn, (i + 1) * rowsDrawn)
    // On one scale bars of the same value are of the same length, in every column.
    const names = namesIn(width / rem / set.columns)
    const same =
      set.columns > 1
        ? { '--names': `${names}rem`, '--figures': `minmax(${figures}rem, auto)` }
        : { '--most-high': '3rem' }
    return html`<div class="columns" ${custom({ '--columns': set.columns, '--rows': rowsDrawn, ...same })}>
      ${Array.from({ length: set.columns }, (_, i) => html`<ol>${column(i)}</ol>`)}
    </div>`
  }

  #row(part: Part, bar: Bar, target: number | null, parts: boolean, brief: boolean) {
    const { catalogue, language } = this.shown
    const { reading } = bar
    const said = sayValue(reading, part.indicator, catalogue, language)
    const flagged = reading.status === 'warning' || reading.status === 'critical'
    const start = html`<span class="rank">${bar.rank}</span>
      <span class="name">${flagged || bar.length === null ? sign(reading.status) : nothing} ${this.#linked(reading)}
        ${this.#mixed && reading.freshness !== 'fresh' ? html`<span class=${reading.freshness}>${sign(reading.freshness)}</span>` : nothing}
        ${this.#due(part, reading)}</span>`
    if (bar.length === null)
      return html`<li class=${reading.status}>${start}<span class="none">${brief ? html`–<span class="heard">${said.text}</span>` : said.text}</span></li>`
    const own = reading.key.unit === this.shown.own
    return html`<li class="${reading.status} ${reading.freshness} ${own ? 'own' : ''}">
      ${start}
      <svg class="bar">
        <rect width="100%" height="100%" fill="var(--track)" />
        <rect class="value-bar" width="${bar.length * 100}%" height="100%" />
        ${target === null ? nothing : svg`<rect x="${target * 100}%" y="-30%" width="0.12rem" height="160%" fill="var(--ink)" />`}
      </svg>
      <span class="figure">${said.qualifier ? html`<small>${said.qualifier}</small> ` : nothing}${said.text}</span>
      ${parts ? html`<span class="parts">${this.#share(part, reading)}</span>` : nothing}
    </li>`
  }

  /** What a figure is made of, and what it is called. */
  #share({ indicator }: Part, reading: Reading): string {
    const { catalogue, language } = this.shown
    return [sayShare(reading, indicator, catalogue, language), sayGrade(reading, indicator, language)]
      .filter(Boolean)
      .join(' · ')
  }

  #figure(part: Part, reading: Reading): string {
    const { qualifier, text } = sayValue(reading, part.indicator, this.shown.catalogue, this.shown.language)
    return reading.value === null ? '' : [qualifier, text].filter(Boolean).join(' ')
  }

  /** How long the step of a row may take. */
  #deadline(part: Part, reading: Reading) {
    const [by = ''] = part.slice.by
    const member = this.shown.catalogue.dimensions.get(by)?.members.get(reading.key[by] ?? '')
    return member?.deadline ? sayDeadline(member.deadline, this.shown) : null
  }

  #due(part: Part, reading: Reading) {
    const said = this.#deadline(part, reading)
    return said ? html`<small class="due" title=${said.full}>${said.brief}</small>` : nothing
  }

  #linked(reading: Reading) {
    const address = linkOf(this.shown, reading)
    return address === null ? this.#name(reading) : html`<a href=${address}>${this.#name(reading)}</a>`
  }

  /** What is ranked, where it is not units. */
  #noun(part: Part): string | null {
    return nounOf(this.shown.catalogue, part.slice.by[0] ?? 'unit', this.shown.language)
  }

  #name(reading: Reading): string {
    const { catalogue, language, now } = this.shown
    // A unit is called as it was when the figure ends.
    const at = reading.to > 0 ? Math.min(now, reading.to - 1) : now
    return memberNames(catalogue, reading.key, language, at).join(' · ')
  }

  #table(part: Part, bars: readonly Bar[]) {
    const { catalogue, language, title } = this.shown
    const say = words(language)
    const [by = 'unit'] = part.slice.by
    return html`<div class="heard"><table>
      <caption>${title}</caption>
      <thead>
        <tr><th scope="col">${say.rank}</th><th scope="col">${catalogue.dimensions.get(by)?.title[language] ?? by}</th><th scope="col">${say.value}</th><th scope="col">${say.parts}</th></tr>
      </thead>
      <tbody>
        ${bars.map(({ reading, rank: place }) => {
          const said = sayValue(reading, part.indicator, catalogue, language)
          const parts = sayParts(reading, part.indicator, catalogue, language)
          const grade = sayGrade(reading, part.indicator, language)
          return html`<tr data-member=${Object.values(reading.key).join(' ')}>
            <td>${place}</td><td>${[this.#name(reading), this.#deadline(part, reading)?.full].filter(Boolean).join(': ')}</td>
            <td>${[said.qualifier, said.text, said.unit].filter(Boolean).join(' ')} (${[grade, say[reading.status]].filter(Boolean).join(', ')})</td><td>${parts}</td>
          </tr>`
        })}
      </tbody>
    </table></div>`
  }
}

/** Why there is nothing to rank: nothing occurred, nothing can be divided, nobody spoke, or nobody is expected. */
function nothingRanked(rows: readonly Reading[], language: Language, of: string | null): string {
  const say = words(language)
  const count = (status: Reading['status']) => rows.filter((reading) => reading.status === status).length
  const figure = (n: number) => formatNumber(String(n), language, 0)
  const [nothing, divided, silent] = [count('nothing-occurred'), count('zero-denominator'), count('no-data')]
  const said = [
    nothing > 0 ? say.noneOccurred(figure(nothing), of) : '',
    divided > 0 ? say.noneDivided(figure(divided), of) : '',
    silent > 0 ? say.noneSpoke(figure(silent), of) : '',
  ]
  return said.filter(Boolean).join('; ') || say.emptyRanking
}

customElements.define('ops-ranking', OpsRanking)
