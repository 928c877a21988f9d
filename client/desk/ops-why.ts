/** Why a figure changed: what each part brings, as bars from a common zero, with what they add up to. */
import { html, LitElement, nothing, svg } from 'lit'
import { isElsewhere } from '../../kpi/compared.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Language } from '../../kpi/text.ts'
import { span as lengths } from '../draw/bars.ts'
import { type Known, memberName } from '../known.ts'
import { look } from '../views/look.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { rowKeys } from './grid-keys.ts'
import { changeOf, figureOf, goodOf, partsOf } from './said.ts'
import { tableStyle } from './table-style.ts'

/** Rows shown before the rest is put together. */
const MOST = 20

export interface WhyShown {
  readonly language: Language
  readonly catalogue: Known
  readonly indicator: Indicator
  readonly by: string
  readonly answer: Answers['contributions']
  readonly member: (id: string) => string
}

export class OpsWhy extends LitElement {
  static override properties = { shown: { attribute: false } }
  declare shown: WhyShown

  static override styles = [look, tableStyle]

  override render() {
    const { language, answer, indicator, catalogue, by } = this.shown
    const say = deskWords(language)
    const total = answer.total
    if (!total || answer.rows.length === 0) return html`<p class="note">${say.whyNone}</p>`
    const split = answer.rows.some(({ rate }) => rate !== null)
    const aim = answer.with === 'target'
    const away = isElsewhere(answer.with)
    const other = isElsewhere(answer.with) ? say.elsewhere[answer.with] : say.earlier
    const note = aim ? say.aimNote : away ? say.awayNote : say.countNote
    const amounts = answer.rows.map(({ amount }) => Number(amount))
    const [shown, rest] = [answer.rows.slice(0, MOST), answer.rows.slice(MOST)]
    const scale = lengths(amounts)
    const places = placesOf(amounts, indicator)
    const said = (text: string | null) => changeOf(text, indicator, language, places, true)
    return html`
      <p class="note">${note} ${split ? `${say.rateNote} ` : ''}${upper(answer.said[language])}.</p>
      ${this.#uneven()}
      ${this.#lacking()}
      <p class="keys" id="keys">${say.rowKeys}</p>
      <div class="scroll"><table aria-describedby="keys" @keydown=${rowKeys}>
        <thead><tr>
          <th scope="col">${catalogue.dimensions.get(by)?.title[language] ?? by}</th>
          <th scope="col" class="n">${say.brings}</th>
          <th scope="col" class="wide" aria-hidden="true"></th>
          ${split ? html`<th scope="col" class="n wide">${say.rate}</th><th scope="col" class="n wide">${say.mix}</th>` : nothing}
          ${aim ? nothing : html`<th scope="col" class="n wide">${other}</th>`}
          <th scope="col" class="n wide">${away ? say.ownSide : say.here}</th>
        </tr></thead>
        <tbody>
          ${shown.map((row, i) => {
            const amount = Number(row.amount)
            // What is shown as nothing is neither for the better nor for the worse.
            const good = /[1-9]/.test(said(row.amount)) ? goodOf(row.amount, indicator) : 0
            const better = { '1': 'better', '0': '', '-1': 'worse' }[good]
            const id = row.key[by] ?? ''
            const { x, width, zero } = scale(amount)
            return html`<tr data-member=${id}>
              <th scope="row"><a href=${this.shown.member(id)} tabindex=${i === 0 ? 0 : -1}>${memberName(catalogue, id, language, by)}</a></th>
              <td class="n value ${better}">${said(row.amount)}</td>
              <td class="wide" aria-hidden="true"><svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect x=${x} y="1" width=${width} height="8" fill=${better === 'worse' ? 'var(--warning-fill)' : 'var(--data-fill)'} />
                ${svg`<rect x=${zero - 0.15} y="0" width="0.3" height="10" fill="var(--ink-3)" />`}
              </svg></td>
              ${split ? html`<td class="n wide quiet">${said(row.rate)}</td><td class="n wide quiet">${said(row.mix)}</td>` : nothing}
              ${aim ? nothing : html`<td class="n wide quiet">${besideOrEarlier(row, indicator, catalogue, language)}</td>`}
              <td class="n wide quiet">${side(row.now, indicator, catalogue, language)}</td>
            </tr>`
          })}
          ${rest.length === 0 ? nothing : html`<tr><th scope="row" class="quiet">${say.rest(rest.length)}</th><td class="n quiet">${said(sum(rest))}</td></tr>`}
        </tbody>
        <tfoot><tr>
          <th scope="row">${say.total}</th>
          <td class="n">${said(total.change.value)}</td>
          <td class="wide"></td>
          ${split ? html`<td class="n wide">${said(sumOf(answer.rows.map(({ rate }) => rate)))}</td><td class="n wide">${said(sumOf(answer.rows.map(({ mix }) => mix)))}</td>` : nothing}
          ${aim ? nothing : html`<td class="n wide">${besideOrEarlier(total, indicator, catalogue, language)}</td>`}
          <td class="n wide">${side(total.now, indicator, catalogue, language)}</td>
        </tr></tfoot>
      </table></div>`
  }

  /** A change that comes from who reported is said before anybody is blamed for it. */
  #uneven() {
    const { language, catalogue, by, answer } = this.shown
    const say = deskWords(language)
    const names = (ids: readonly string[]) => ids.map((id) => memberName(catalogue, id, language, by)).join(', ')
    const said = say.uneven(names(answer.uneven.onlyNow), names(answer.uneven.onlyEarlier))
    return said === '' ? nothing : html`<p class="note warning">${said}. ${say.unevenNote}</p>`
  }

  /** What was missing, late or corrected on each side: a change may come from it. */
  #lacking() {
    const { language, catalogue, by, indicator, answer } = this.shown
    const say = deskWords(language)
    const who = indicator.dimensions[0] ?? by
    const names = (ids: readonly string[], of: string) => {
      const named = ids.slice(0, NAMED).map((id) => memberName(catalogue, id, language, of))
      return ids.length > NAMED ? words(language).andMore(named.join(', '), ids.length - NAMED, null) : named.join(', ')
    }
    const count = (many: number) => formatNumber(String(many), language, 0)
    const side = (lacking: Answers['contributions']['lacking']['now'], title: string) => {
      if (!lacking) return nothing
      const { missing, late, corrected, held, spans } = lacking
      const said = [
        missing !== null &&
          missing.length > 0 &&
          `${say.lacking.missing(String(missing.length))}: ${names(missing, who)}`,
        late.length > 0 && `${say.lacking.late(String(late.length))}: ${names(late, who)}`,
        corrected.length > 0 && `${say.lacking.corrected(String(corrected.length))}: ${names(corrected, by)}`,
        held.length > 0 && `${say.lacking.held(String(held.length))}: ${names(held, by)}`,
        spans && spans.present < spans.expected && say.lacking.spans(count(spans.present), count(spans.expected)),
      ].filter(Boolean)
      return html`<p class="note" data-lacking>${title}: ${said.length === 0 ? (missing === null ? say.lacking.unknown : say.lacking.nothing) : said.join('; ')}.</p>`
    }
    return html`${side(answer.lacking.now, upper(isElsewhere(answer.with) ? say.ownSide : say.here))}
      ${side(answer.lacking.earlier, upper(say.lacking.earlier))}`
  }
}

type Row = Answers['contributions']['rows'][number]

/** How many are named before the rest is counted. */
const NAMED = 5

function side(reading: Row['now'], indicator: Indicator, catalogue: Known, language: Language): string {
  if (!reading) return ''
  const parts = partsOf(reading, indicator, catalogue, language)
  return parts === '' ? figureOf(reading, indicator, language) : `${figureOf(reading, indicator, language)} (${parts})`
}

/** Places by which the shares of a column are told apart and seen to add up: two digits of the largest. */
function placesOf(amounts: readonly number[], { unit, decimals }: Indicator): number {
  const most = Math.max(0, ...amounts.map(Math.abs))
  const needed = most > 0 && most < 1 ? Math.min(4, 1 - Math.floor(Math.log10(most))) : 0
  return Math.max(decimals, unit === 'percent' ? 2 : 0, needed)
}

/** The other side: what was earlier, or what others come to; of counts what that is for one of them. */
function besideOrEarlier(
  { earlier, beside }: Pick<Row, 'earlier' | 'beside'>,
  indicator: Indicator,
  catalogue: Known,
  language: Language,
): string {
  if (!beside) return side(earlier, indicator, catalogue, language)
  const figure = figureOf({ ...beside, value: beside.each ?? beside.value }, indicator, language)
  const parts = partsOf(beside, indicator, catalogue, language)
  return parts === '' ? figure : `${figure} (${parts})`
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const sum = (rows: readonly Row[]) => sumOf(rows.map(({ amount }) => amount))

/** Exact: shares are whole millionths. */
function sumOf(texts: readonly (string | null)[]): string {
  const micro = texts.reduce((all, text) => all + BigInt(Math.round(Number(text ?? 0) * 1e6)), 0n)
  const size = (micro < 0n ? -micro : micro).toString().padStart(7, '0')
  return `${micro < 0n ? '-' : ''}${size.slice(0, -6)}.${size.slice(-6)}`
}

customElements.define('ops-why', OpsWhy)
