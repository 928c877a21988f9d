/** The comparison as a table: every member with its value, parts, other side and change; sorted by the address; the total is recomputed, never added up here. */
import { html, LitElement, nothing } from 'lit'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Compared } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, memberNames } from '../known.ts'
import { look } from '../views/look.ts'
import { sayMoment } from '../views/say-when.ts'
import { sign } from '../views/sign.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { rowKeys } from './grid-keys.ts'
import { changeOf, figureOf, goodOf, partsOf } from './said.ts'
import { tableStyle } from './table-style.ts'

export interface ListShown {
  readonly language: Language
  readonly now: number
  readonly catalogue: Known
  readonly indicator: Indicator
  readonly by: string
  readonly sort: string | null
  readonly breakdown: Answers['breakdown']
  readonly compare: Answers['compare'] | null
  /** The address of the page sorted by a column, and of the page of one member. */
  readonly sorted: (column: string) => string
  readonly member: (id: string) => string
}

interface Row {
  readonly key: Reading['key']
  readonly now: Reading | null
  readonly other: Compared | null
}

const COLUMNS = ['name', 'value', 'earlier', 'change', 'asOf'] as const
type Column = (typeof COLUMNS)[number]

export class OpsList extends LitElement {
  static override properties = { shown: { attribute: false } }
  declare shown: ListShown

  static override styles = [look, tableStyle]

  override render() {
    const { language, breakdown, compare, indicator, catalogue, by } = this.shown
    const say = deskWords(language)
    const rows = this.#rows()
    if (rows.length === 0) return html`<p class="note">${say.empty}</p>`
    const ratio = indicator.ratio !== undefined
    const other = otherTitle(compare, language)
    const total = { key: {}, now: breakdown.total, other: compare?.total ?? null }
    const dimension = catalogue.dimensions.get(by)?.title[language] ?? by
    return html`<p class="keys" id="keys">${say.rowKeys}</p>
      <div class="scroll"><table aria-describedby="keys" @keydown=${rowKeys}>
      <thead><tr>
        ${this.#head('name', dimension, false)}
        ${this.#head('value', say.value, true)}
        ${ratio ? html`<th scope="col" class="n wide">${words(language).parts}</th>` : nothing}
        ${compare ? this.#head('earlier', other, true, 'wide') : nothing}
        ${compare ? this.#head('change', say.change, true) : nothing}
        <th scope="col" class="wide">${say.status}</th>
        ${this.#head('asOf', say.sourceTime, true, 'wide')}
      </tr></thead>
      <tbody>${rows.map((row, i) => this.#row(row, ratio, i === 0))}</tbody>
      <tfoot>${this.#row(total, ratio, false, say.total)}</tfoot>
    </table></div>`
  }

  #rows(): readonly Row[] {
    const { breakdown, compare, by } = this.shown
    const name = (reading: { readonly key: Reading['key'] }) => reading.key[by] ?? ''
    const others = new Map((compare?.rows ?? []).map((row) => [name(row), row]))
    const here: readonly Row[] = breakdown.readings.map((now) => ({
      key: now.key,
      now,
      other: others.get(name(now)) ?? null,
    }))
    const known = new Set(here.map(name))
    const gone = (compare?.rows ?? []).filter((row) => !known.has(name(row)) && row.earlier?.value != null)
    return this.#ordered([...here, ...gone.map((other): Row => ({ key: other.key, now: null, other }))])
  }

  #ordered(rows: readonly Row[]): readonly Row[] {
    const { sort, language } = this.shown
    const column = COLUMNS.find((one) => one === sort?.replace('-', ''))
    if (!column) return rows
    const down = sort?.startsWith('-') ? -1 : 1
    if (column === 'name') return [...rows].sort((a, b) => down * this.#name(a).localeCompare(this.#name(b), language))
    const of = (row: Row): number | null => {
      if (column === 'asOf') return row.now?.asOf ?? null
      const text = { value: row.now?.value, earlier: otherValue(row.other), change: row.other?.change.value }[column]
      return text == null ? null : Number(text)
    }
    // What has no value is last whichever way.
    return [...rows].sort((a, b) => {
      const [one, other] = [of(a), of(b)]
      return one === null || other === null ? Number(one === null) - Number(other === null) : down * (one - other)
    })
  }

  #head(column: Column, title: string, number: boolean, more = '') {
    const { sort, sorted, language } = this.shown
    const own = sort?.replace('-', '') === column
    const next = sort === `-${column}` ? column : own ? `-${column}` : number ? `-${column}` : column
    return html`<th scope="col" class="${number ? 'n' : ''} ${more}" aria-sort=${own ? (sort?.startsWith('-') ? 'descending' : 'ascending') : nothing}>
      <a href=${sorted(next)} title=${deskWords(language).sortBy(title)}>${title}${own ? (sort?.startsWith('-') ? ' ↓' : ' ↑') : ''}</a>
    </th>`
  }

  #name({ key, now, other }: Row): string {
    const { catalogue, language } = this.shown
    const at = now ?? other?.earlier
    return memberNames(
      catalogue,
      key,
      language,
      at && at.to > 0 ? Math.min(this.shown.now, at.to - 1) : this.shown.now,
    ).join(' · ')
  }

  #row(row: Row, ratio: boolean, first: boolean, called?: string) {
    const { language, indicator, catalogue, compare, by, now } = this.shown
    const reading = row.now
    const change = row.other?.change.value ?? null
    const better = { '1': 'better', '0': '', '-1': 'worse' }[goodOf(change, indicator)]
    const id = row.key[by]
    const status = reading?.status ?? 'no-data'
    const marks = (reading?.marks ?? []).filter((mark) => mark !== 'simulated')
    return html`<tr data-member=${id ?? nothing}>
      <th scope="row">${called ?? (id === undefined ? '' : html`<a href=${this.shown.member(id)} tabindex=${first ? 0 : -1}>${this.#name(row)}</a>`)}</th>
      <td class="n ${reading?.value == null ? 'quiet' : 'value'}">${reading ? figureOf(reading, indicator, language) : words(language)['no-data']}</td>
      ${ratio ? html`<td class="n wide quiet">${reading ? partsOf(reading, indicator, catalogue, language) : ''}</td>` : nothing}
      ${compare ? html`<td class="n wide quiet">${sayOther(row.other, indicator, language)}</td><td class="n ${better}">${changeOf(change, indicator, language)}</td>` : nothing}
      <td class="wide">${status === 'not-judged' ? nothing : html`<span class=${status}>${sign(status)} ${words(language)[status]}</span>`}
        ${marks.length === 0 ? nothing : html`<span class="quiet">${status === 'not-judged' ? '' : '· '}${marks.map((mark) => words(language)[mark]).join(' · ')}</span>`}</td>
      <td class="n wide quiet">${reading?.asOf == null ? '' : sayMoment(reading.asOf, now, language)}</td>
    </tr>`
  }
}

/** What stands in the column of the other side. */
function otherTitle(compare: Answers['compare'] | null, language: Language): string {
  const say = deskWords(language)
  if (compare?.with === 'nation' || compare?.with === 'peers') return say.elsewhere[compare.with]
  return compare?.with === 'target' ? words(language).target : say.earlier
}

const otherValue = (other: Compared | null) =>
  other?.target?.value ?? other?.beside?.each ?? other?.beside?.value ?? other?.earlier?.value ?? null

function sayOther(other: Compared | null, indicator: Indicator, language: Language): string {
  if (other?.target)
    return figureOf(
      { value: other.target.value, status: 'good' },
      { ...indicator, decimals: other.target.value.split('.')[1]?.length ?? 0 },
      language,
    )
  if (other?.beside) {
    const { each, ...together } = other.beside
    return figureOf({ ...together, value: each ?? together.value }, indicator, language)
  }
  return other?.earlier ? figureOf(other.earlier, indicator, language) : ''
}

customElements.define('ops-list', OpsList)
