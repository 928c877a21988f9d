/** The observations behind a figure: every version of every statement, who said it, when it came, what it literally said. */
import { css, html, LitElement, nothing } from 'lit'
import { formatClock, formatDay, formatNumber } from '../../kpi/format.ts'
import { sayHeld } from '../../kpi/held-say.ts'
import { STATE_WORDS } from '../../kpi/observation-words.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, memberNames } from '../known.ts'
import { look } from '../views/look.ts'
import { deskWords } from '../words/desk.ts'
import { span } from './said.ts'
import { tableStyle } from './table-style.ts'

export interface BehindShown {
  readonly language: Language
  readonly catalogue: Known
  readonly ratio: boolean
  readonly observations: Answers['observations']['observations']
  /** Whether there is more to ask for. */
  readonly more: boolean
}

export class OpsBehind extends LitElement {
  static override properties = { shown: { attribute: false } }
  declare shown: BehindShown

  static override styles = [
    look,
    tableStyle,
    css`
      /* A number too great to be one still leaves the columns behind it in sight. */
      td.value {
        max-width: 15rem;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      @media (min-width: 641px) {
        .who {
          min-width: 10rem;
        }
        td.value {
          min-width: 6rem;
        }
      }
    `,
  ]

  override render() {
    const { language, catalogue, observations, more, ratio } = this.shown
    const say = deskWords(language)
    if (observations.length === 0) return html`<p class="note">${say.empty}</p>`
    const decided = observations.some((one) => one.decided !== null)
    /** Why a figure waits stands beside the word that it does: wherever there is room for the one there is for the other. */
    const why = ({ decided, reason }: (typeof observations)[number]) => (decided ? '' : sayHeld(reason)[language])
    const when = (at: number) => `${formatDay(at, language)} ${formatClock(at)}`
    return html`<p class="note">${ratio ? `${say.parts} ` : ''}${say.behindNote}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${say.views.behind}><table>
        <thead><tr>
          <th scope="col">${say.span}</th><th scope="col">${say.member}</th><th scope="col" class="n">${say.value}</th>
          <th scope="col">${say.state}</th><th scope="col" class="wide">${say.source}</th><th scope="col" class="n wide">${say.received}</th>
          <th scope="col" class="n wide">${say.stored}</th><th scope="col" class="wide">${say.run}</th>${decided ? html`<th scope="col" class="wide">${say.decided}</th>` : nothing}<th scope="col" class="wide">${say.said}</th>
        </tr></thead>
        <tbody>${observations.map((one) => {
          const name = memberNames(catalogue, one.members, language, one.from).join(' · ')
          const title = ratio ? `${catalogue.indicators.get(one.indicator)?.title[language] ?? one.indicator}` : ''
          return html`<tr class=${one.state === 'taken' ? '' : 'quiet'}>
            <td>${span(one, language)}</td>
            <th scope="row" class="who">${name}${title ? html`<br><span class="quiet">${title}</span>` : nothing}</th>
            <td class="n value">${formatNumber(one.value, language, one.value.split('.')[1]?.length ?? 0)}</td>
            <td class=${one.state === 'held' ? 'worse' : ''}>${STATE_WORDS[one.state][language]}${why(one) ? html`<span class="why">${why(one)}</span>` : nothing}</td>
            <td class="wide source">${catalogue.sources.get(one.source)?.title[language] ?? one.source}</td>
            <td class="n wide">${when(one.received)}</td>
            <td class="n wide">${when(one.stored)}</td>
            <td class="wide quiet run" title=${one.run}>${one.run}</td>
            ${decided ? html`<td class="wide">${one.decided ? html`${one.decided.by}: ${say.decisions[one.decided.decision]} <span class="quiet">${one.decided.why}</span>` : nothing}</td>` : nothing}
            <td class="wide quiet said">${[one.stated, one.citation].filter(Boolean).join(' · ')}</td>
          </tr>`
        })}</tbody>
      </table></div>
      ${more ? html`<p class="note"><button type="button" @click=${() => this.dispatchEvent(new CustomEvent('more', { bubbles: true, composed: true }))}>${say.more}</button></p>` : nothing}`
  }
}

customElements.define('ops-behind', OpsBehind)
