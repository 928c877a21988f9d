/** Units by rows, indicators by columns: each cell a value with its status, each column with its own coverage and age, the worst rows first. */
import { css, html, nothing } from 'lit'
import { formatAge, formatNumber } from '../../kpi/format.ts'
import type { Reading } from '../../kpi/reading.ts'
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

/** Least height of a row on a wall, least width of a column of figures and of the names, rem. */
const ROW = 1.5
const AIRY = 1.9
const TALL = 2.3
const COLUMN = 6.4
const NAMES = 10

interface Row {
  readonly id: string
  readonly cells: readonly (Reading | null)[]
}

export class OpsTable extends ViewElement {
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
    const head = this.#headHeight()
    const fitting = Math.max(1, Math.floor((height - head) / (ROW * rem)))
    const most = !fit || width === 0 ? rows.length : narrow ? this.#blocks() : fitting
    const shown = rows.slice(0, rows.length > most ? Math.max(1, most - 1) : most)
    const rest = rows.length - shown.length
    return html`<div class="room ${narrow ? 'narrow' : ''}" ${custom({ '--row': `${this.#rowHeight(height - head, shown.length + Math.sign(rest))}rem`, '--names': `${NAMES}rem` })}>
      <table aria-label=${say.tableLabel(title, rows.length)}>
        <thead>
          <tr><th scope="col" class="who">${nounOf(this.shown.catalogue, first.slice.by[0] ?? 'unit', language) ?? say.unitNoun}</th>
            ${parts.map((part) => this.#head(part))}</tr>
        </thead>
        <tbody>
          ${shown.map((row) => this.#row(row))}
        </tbody>
      </table>
      ${rest > 0 ? html`<p class="rest">⋯ ${say.calm(rest)}</p>` : nothing}
    </div>`
  }

  /** How many rows fit where each is a block: its name, and a line or more for each column. */
  #blocks(): number {
    const { parts, language } = this.shown
    const { width, height, rem } = this.#size
    const lines = (text: string, across: number) => Math.ceil((text.length * 0.53 * rem) / Math.max(rem, across))
    const name = 1.3 * Math.max(1, ...rowsOf(parts).map(({ id }) => lines(this.#name(id), width)))
    const each = parts.reduce((sum, { indicator }) => sum + 1.25 * lines(indicator.title[language], 0.5 * width), name)
    return Math.max(1, Math.floor((height - 2 * rem) / ((each + 0.5) * rem)))
  }

  #name(id: string): string {
    const { parts, language, catalogue } = this.shown
    return memberName(catalogue, id, language, parts[0]?.slice.by[0] ?? 'unit')
  }

  /** Rows share the height there is, as far as air helps reading. */
  #rowHeight(height: number, rows: number): number {
    const { fit } = this.shown
    return fit && rows > 0 ? Math.min(TALL, Math.max(ROW, height / rows / this.#size.rem)) : AIRY
  }

  /** What the head of the columns takes: long titles wrap. */
  #headHeight(): number {
    const { parts, language } = this.shown
    const { width, rem } = this.#size
    const across = (width - NAMES * rem) / Math.max(1, parts.length)
    const lines = (text: string) => Math.ceil((text.length * 0.53 * rem) / Math.max(rem, across - rem))
    const tallest = Math.max(
      ...parts.map(
        (part) =>
          lines(part.indicator.title[language]) + lines(this.#about(part)) + (this.#troubled(part).length > 0 ? 1 : 0),
      ),
    )
    return (tallest * 1.3 + 0.8) * rem
  }

  #head(part: Part) {
    const { language, catalogue, now } = this.shown
    const { indicator } = part
    const first = part.readings[0]
    const target = first ? sayTarget(first, indicator, catalogue, language, now) : null
    const unit = first ? sayValue(first, indicator, catalogue, language).unit : ''
    const worst = (['stale', 'late'] as const).find((state) =>
      part.readings.some(({ freshness }) => freshness === state),
    )
    return html`<th scope="col">
      <span class="title">${indicator.title[language]}${unit ? html` <small>${unit}</small>` : nothing}</span>
      ${this.#troubled(part).map(([status, count]) => html`<span class="count ${status}">${sign(status)} ${count}</span>`)}
      <span class="about ${worst ?? ''}" title=${target ? `${words(language).target} ${target.text}` : nothing}>${worst ? sign(worst) : nothing} ${this.#about(part)}</span>
    </th>`
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
    const age =
      newest > 0
        ? `${sayMoment(newest, now, language)} · ${formatAge(now - newest, language)}`
        : words(language).noSourceTime
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

  #cell(reading: Reading | null, { indicator }: Part) {
    const { language, catalogue, now } = this.shown
    const title = indicator.title[language]
    if (!reading)
      return html`<td class="no-data" data-title=${title}><span>–<span class="heard">${viewWords(language).notAsked}</span></span></td>`
    const said = sayValue(reading, indicator, catalogue, language)
    const flagged = reading.status === 'warning' || reading.status === 'critical' || reading.value === null
    const parts = sayParts(reading, indicator, catalogue, language)
    return html`<td class="${reading.status} ${reading.freshness}" data-title=${title} data-status=${reading.status} title=${[parts, sayAge(reading, now, language)].filter(Boolean).join(' · ')}>
      <span>${flagged ? sign(reading.status) : nothing} ${said.qualifier ? html`<small>${said.qualifier}</small> ` : nothing}${said.text}${
        reading.freshness === 'fresh'
          ? nothing
          : html` <span class=${reading.freshness}>${sign(reading.freshness)}</span>`
      }<span class="heard"> ${said.unit} (${words(language)[reading.status]})</span></span>
    </td>`
  }
}

const GRAVITY: Readonly<Partial<Record<Reading['status'], number>>> = { critical: 10_000, 'no-data': 100, warning: 1 }

/** A row for each member any column speaks of: those with most that is critical, missing or in warning first, then by the first column. */
function rowsOf(parts: Shown['parts']): readonly Row[] {
  const by = parts[0]?.slice.by[0] ?? 'unit'
  const columns = parts.map((part) => new Map(withMissing(part).map((reading) => [reading.key[by] ?? '', reading])))
  const ids = [...new Set(columns.flatMap((column) => [...column.keys()]))].filter((id) => id !== '')
  const better = parts[0]?.indicator.better ?? 'neither'
  const gravity = ({ cells }: Row) => cells.reduce((sum, cell) => sum + (cell ? (GRAVITY[cell.status] ?? 0) : 0), 0)
  const size = ({ cells }: Row) =>
    Number(cells[0]?.value ?? (better === 'higher' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY))
  const rows = ids.map(
    (id): Row => ({ id, cells: columns.map((column, i) => column.get(id) ?? silent(parts[i], by, id)) }),
  )
  return rows.sort(
    (a, b) =>
      gravity(b) - gravity(a) ||
      (size(a) === size(b) ? 0 : better === 'higher' ? size(a) - size(b) : size(b) - size(a)),
  )
}

/** A column that has spoken of nobody is waited for; one that has spoken of others has nothing to say of this row. */
function silent(part: Part | undefined, by: string, id: string): Reading | null {
  return part && part.readings.length === 0 ? { ...absent(part.slice), key: { [by]: id } } : null
}

customElements.define('ops-table', OpsTable)
