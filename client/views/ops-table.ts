/** Units by rows, indicators by columns: each cell a value with its status, each column with its own coverage and age, the worst rows first. */
import { css, html, nothing } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import type { Reading } from '../../kpi/reading.ts'
import { linesOf, widthOf } from '../draw/letters.ts'
import { fitting } from '../draw/rows.ts'
import { memberName, nounOf } from '../known.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { custom } from './custom.ts'
import { look } from './look.ts'
import { sayParts, sayTarget, sayValue } from './say.ts'
import { sayAge, sayMoment } from './say-when.ts'
import { absent, linkOf, type Part, type Shown, withMissing } from './shown.ts'
import { sign } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { tableLook } from './table-look.ts'
import { ViewElement } from './view-element.ts'

/** Least height of a row on a wall, of each further line of a name, least width of a column of figures and of the names, rem. */
const ROW = 1.5
const LINE = 1.15
const AIRY = 1.9
const TALL = 2.3
const COLUMN = 6.4
const NAMES = 10
/** A column of figures wider than this needs no more; what is over goes to the names. */
const COMFORT = 8.2
/** What a cell leaves free at a side, how large small text is, how high a line of it in the head and how wide a sign before it, rem. */
const [APART, SMALL, HEAD_LINE, SIGN] = [0.5, 0.9, 1.05, 0.9]
/** So many of those who said nothing are named; the rest is counted. */
const NAMED = 4
/** Rows a phone shows first. */
const FIRST = 8

interface Row {
  readonly id: string
  readonly cells: readonly (Reading | null)[]
}

/** What is said below the rows, with the sign it begins with. */
interface Said {
  readonly status?: (typeof SIGNED)[number]
  readonly text: string
  readonly silent?: boolean
}

/** Cells that are a sign for lack of a figure. */
const SIGNED = ['no-data', 'nothing-occurred', 'zero-denominator'] as const

export class OpsTable extends ViewElement {
  static override properties = { ...ViewElement.properties, whole: { state: true } }
  /** On a phone the first rows come first, and all when they are wanted. */
  declare whole: boolean
  #size = new SizeController(this, '.room')

  static override styles = [look, css`:host([fit]) { height: 100% }`, tableLook]

  override render() {
    const { parts, language, title, fit } = this.shown
    const [first] = parts
    if (!first) return nothing
    const say = viewWords(language)
    const rows = rowsOf(parts)
    if (rows.length === 0) return html`<p class="empty">${say.noRows}</p>`
    const { width, height, rem } = this.#size
    const narrow = width > 0 && width < (NAMES + parts.length * COLUMN) * rem
    const names = this.#names(rows)
    const head = this.#headHeight(names)
    const silent = rows.filter(({ cells: [cell] }) => cell?.status === 'no-data').map(({ id }) => this.#name(id))
    const signs = SIGNED.filter((status) => rows.some(({ cells }) => cells.some((cell) => cell?.status === status)))
    // What the signs are, who is missing and how many rows are left out take a line below.
    const said = (rest: number) => this.#said(rest, silent, signs)
    const within = (rest: number) => (height - head) / rem - this.#belowHeight(said(rest))
    const whole = this.#fitting(rows, within(0), names)
    const all = narrow
      ? this.#blocks()
      : whole === rows.length
        ? whole
        : this.#fitting(rows, within(rows.length), names)
    const most = fit && width > 0 ? all : narrow && !this.whole ? FIRST : rows.length
    const shown = rows.slice(0, most)
    const rest = rows.length - shown.length
    return html`<div class="room ${narrow ? 'narrow' : ''}" ${custom({ '--row': `${this.#rowHeight(within(rest), shown, names)}rem`, '--names': `${names}rem` })}>
      <table aria-label=${say.tableLabel(title, rows.length)}>
        <thead>
          <tr><th scope="col" class="who">${nounOf(this.shown.catalogue, first.slice.by[0] ?? 'unit', language) ?? say.unitNoun}</th>
            ${parts.map((part) => this.#head(part))}</tr>
        </thead>
        <tbody>
          ${shown.map((row) => this.#row(row))}
        </tbody>
      </table>
      ${fit || rest === 0 ? this.#below(said(rest)) : this.#more(rest)}
    </div>`
  }

  #more(rest: number) {
    return html`<button type="button" class="more" @click=${() => {
      this.whole = true
    }}>${viewWords(this.shown.language).calm(rest)}</button>`
  }

  /** What is not in the rows, each with the sign it begins with: how many there are, who said nothing, and what the signs are. */
  #said(rest: number, silent: readonly string[], signs: readonly (typeof SIGNED)[number][]): readonly Said[] {
    const { language } = this.shown
    const named = silent.slice(0, NAMED).join(', ')
    const more = silent.length > NAMED ? ` +${formatNumber(String(silent.length - NAMED), language, 0)}` : ''
    return [
      ...(rest > 0 ? [{ text: `⋯ ${viewWords(language).calm(rest)}` }] : []),
      ...(silent.length > 0
        ? [{ status: SIGNED[0], text: `${words(language)['no-data']}: ${named}${more}`, silent: true }]
        : []),
      ...signs
        .filter((status) => status !== 'no-data' || silent.length === 0)
        .map((status) => ({ status, text: words(language)[status] })),
    ]
  }

  #below(said: readonly Said[]) {
    if (said.length === 0) return nothing
    return html`<p class="rest">${said.map(
      (one) =>
        html`<span class=${one.silent ? 'silent' : ''}>${one.status ? sign(one.status) : nothing} ${one.text}</span>`,
    )}</p>`
  }

  /** How high that is, rem: what has no room beside another goes to the next line. */
  #belowHeight(said: readonly Said[]): number {
    const { width, rem } = this.#size
    const room = width / rem
    let [lines, left] = [0, 0]
    for (const one of said) {
      const wide = widthOf(one.text) * SMALL + (one.status ? SIGN : 0)
      if (wide > left) [lines, left] = [lines + Math.max(1, Math.ceil(wide / Math.max(1, room))), room]
      left -= wide + 1.2
    }
    return lines === 0 ? 0 : lines * 1.35 + 0.2
  }

  /** The width of the names, rem: as the longest asks, when the figures keep what they need. */
  #names(rows: readonly Row[]): number {
    const { width, rem } = this.#size
    const widest = Math.max(0, ...rows.map(({ id }) => widthOf(this.#name(id)))) + APART + 0.05
    // Letters are a little narrower than they are taken for.
    const left = 1.02 * (width / rem - this.shown.parts.length * COMFORT)
    return Math.max(NAMES, Math.min(widest, left))
  }

  #lines = (id: string, names: number) => linesOf(this.#name(id), names - APART)

  /** How many rows fit into a height; a name of two lines takes more. */
  #fitting(rows: readonly Row[], height: number, names: number): number {
    const tall = rows.map(({ id }) => Math.max(ROW, LINE * this.#lines(id, names) + 0.15))
    return fitting(tall, height)
  }

  /** How many rows fit where each is a block: its name, and a line or more for each column. */
  #blocks(): number {
    const { parts, language } = this.shown
    const { width, height, rem } = this.#size
    const lines = (text: string, across: number) => Math.ceil((text.length * 0.53 * rem) / Math.max(rem, across))
    const name = 1.3 * Math.max(1, ...rowsOf(parts).map(({ id }) => lines(this.#name(id), width)))
    const each = parts.reduce((sum, part) => sum + 1.25 * lines(titleOf(part)[language], 0.5 * width), name)
    return Math.max(1, Math.floor((height - 2 * rem) / ((each + 0.5) * rem)))
  }

  #name(id: string): string {
    const { parts, language, catalogue } = this.shown
    return memberName(catalogue, id, language, parts[0]?.slice.by[0] ?? 'unit')
  }

  /** Rows share the height there is (rem), as far as air helps reading. */
  #rowHeight(height: number, rows: readonly Row[], names: number): number {
    const { fit } = this.shown
    const high = rows.filter(({ id }) => this.#lines(id, names) > 1)
    const left = height - high.reduce((sum, { id }) => sum + LINE * this.#lines(id, names) + 0.15, 0)
    const low = rows.length - high.length
    return fit && low > 0 ? Math.min(TALL, Math.max(ROW, left / low)) : fit ? ROW : AIRY
  }

  /** What the head of the columns takes: long titles wrap. */
  #headHeight(names: number): number {
    const { parts, language } = this.shown
    const { width, rem } = this.#size
    const across = (width - names * rem) / Math.max(1, parts.length)
    const lines = (text: string) => linesOf(text, Math.max(1, across / rem - 2 * APART) / SMALL)
    const tallest = Math.max(
      ...parts.map(
        (part) =>
          lines(`${titleOf(part)[language]}${joint(this.#unit(part))}${this.#unit(part)}`) +
          lines(this.#about(part)) +
          (this.#troubled(part).length > 0 ? 1 : 0),
      ),
    )
    return (tallest * HEAD_LINE + 0.5) * rem
  }

  #head(part: Part) {
    const { language, catalogue, now } = this.shown
    const { indicator } = part
    const first = part.readings[0]
    const target = first ? sayTarget(first, indicator, catalogue, language, now) : null
    const unit = this.#unit(part)
    const worst = (['stale', 'late'] as const).find((state) =>
      part.readings.some(({ freshness }) => freshness === state),
    )
    return html`<th scope="col">
      <span class="title">${titleOf(part)[language]}${unit ? html`${joint(unit)}<small>${unit}</small>` : nothing}</span>
      ${this.#troubled(part).map(([status, count]) => html`<span class="count ${status}">${sign(status)} ${count}</span>`)}
      <span class="about ${worst ?? ''}" title=${target ? `${words(language).target} ${target.text}` : nothing}>${worst ? sign(worst) : nothing} ${this.#about(part)}</span>
    </th>`
  }

  /** The unit of a column, where its title does not name it. */
  #unit(part: Part): string {
    const { language, catalogue } = this.shown
    const { readings, indicator } = part
    // Who has no figure has no unit either: any that has one tells it.
    const known = readings.find(({ value }) => value !== null) ?? readings[0]
    const unit = known ? sayValue(known, indicator, catalogue, language).unit : ''
    return titleOf(part)[language].toLocaleLowerCase().includes(unit.toLocaleLowerCase()) ? '' : unit
  }

  /** How many rows of a column are critical or in warning. */
  #troubled({ readings }: Part): readonly (readonly ['critical' | 'warning', string])[] {
    const count = (status: Reading['status']) => readings.filter((one) => one.status === status).length
    return (['critical', 'warning'] as const).flatMap((status) =>
      count(status) > 0 ? [[status, formatNumber(String(count(status)), this.shown.language, 0)] as const] : [],
    )
  }

  /** Who of a column has spoken, and of when the newest is. */
  #about(part: Part): string {
    const { language, now } = this.shown
    const by = part.slice.by[0] ?? 'unit'
    const all = withMissing(part).filter((reading) => reading.key[by] !== undefined)
    const there = all.filter(({ status }) => status !== 'no-data').length
    const newest = Math.max(0, ...part.readings.map(({ asOf }) => asOf ?? 0))
    const figure = (n: number) => formatNumber(String(n), language, 0)
    // How old that is the sign says, and each cell on demand.
    const age = newest > 0 ? sayMoment(newest, now, language) : words(language).noSourceTime
    return `${figure(there)}/${figure(all.length)} · ${age}`
  }

  #row({ id, cells }: Row) {
    const { parts } = this.shown
    const name = this.#name(id)
    const some = cells.find((cell) => cell !== null)
    const address = some ? linkOf(this.shown, some) : null
    return html`<tr data-member=${id}>
      <th scope="row" class="who">${address === null ? name : html`<a href=${address}>${name}</a>`}</th>
      ${cells.map((cell, i) => this.#cell(cell, parts[i] as Part))}
    </tr>`
  }

  #cell(reading: Reading | null, part: Part) {
    const { language, catalogue, now } = this.shown
    const { indicator } = part
    // On a phone each figure stands beside its title, and the title names the unit as the head of the column does.
    const title = [titleOf(part)[language], this.#unit(part)].filter(Boolean).join(' ')
    if (!reading)
      return html`<td class="no-data" data-title=${title}><span>–<span class="heard">${viewWords(language).notAsked}</span></span></td>`
    const said = sayValue(reading, indicator, catalogue, language)
    const flagged = reading.status === 'warning' || reading.status === 'critical' || reading.value === null
    const parts = sayParts(reading, indicator, catalogue, language)
    const told = [reading.value === null ? said.text : '', parts, sayAge(reading, now, language)].filter(Boolean)
    // A table of words hides its figures: what has none is a sign, named below and to those who listen.
    const figure = reading.value === null ? html`<span class="heard">${said.text}</span>` : said.text
    return html`<td class="${reading.status} ${reading.freshness}" data-title=${title} data-status=${reading.status} title=${told.join(' · ')}>
      <span>${flagged ? sign(reading.status) : nothing} ${said.qualifier ? html`<small>${said.qualifier}</small> ` : nothing}${figure}${
        reading.freshness === 'fresh'
          ? nothing
          : html` <span class=${reading.freshness}>${sign(reading.freshness)}</span>`
      }<span class="heard"> ${said.unit} (${words(language)[reading.status]})</span></span>
    </td>`
  }
}

/** What heads a column: as the board calls it, or as the indicator is called. */
const titleOf = ({ title, indicator }: Part) => title ?? indicator.title

/** A short unit stays beside the last word of a title. */
const joint = (unit: string) => (unit.length > 2 ? ' ' : '\u00a0')

const GRAVITY: Readonly<Partial<Record<Reading['status'], number>>> = { critical: 1000, warning: 1 }

/**
 * A row for each member any column speaks of: those with most that is critical or in warning first, then by the first column, the worst
 * first, or the largest where neither is better. Who has no figure there stands behind those who have one, and is named below.
 */
function rowsOf(parts: Shown['parts']): readonly Row[] {
  const by = parts[0]?.slice.by[0] ?? 'unit'
  const columns = parts.map((part) => new Map(withMissing(part).map((reading) => [reading.key[by] ?? '', reading])))
  const ids = [...new Set(columns.flatMap((column) => [...column.keys()]))].filter((id) => id !== '')
  const better = parts[0]?.indicator.better ?? 'neither'
  const gravity = ({ cells }: Row) => cells.reduce((sum, cell) => sum + (cell ? (GRAVITY[cell.status] ?? 0) : 0), 0)
  const size = ({ cells: [cell] }: Row) =>
    cell?.value == null ? Number.POSITIVE_INFINITY : better === 'higher' ? Number(cell.value) : -Number(cell.value)
  const rows = ids.map(
    (id): Row => ({ id, cells: columns.map((column, i) => column.get(id) ?? silent(parts[i], by, id)) }),
  )
  return rows.sort((a, b) => gravity(b) - gravity(a) || (size(a) === size(b) ? 0 : size(a) - size(b)))
}

/** A column that has spoken of nobody is waited for; one that has spoken of others has nothing to say of this row. */
function silent(part: Part | undefined, by: string, id: string): Reading | null {
  return part && part.readings.length === 0 ? { ...absent(part.slice), key: { [by]: id } } : null
}

customElements.define('ops-table', OpsTable)
