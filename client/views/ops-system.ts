/** This system itself: the path of the data link by link, each with its age and state, and every source by name. */
import { css, html, nothing } from 'lit'
import { formatAge, formatNumber } from '../../kpi/format.ts'
import type { Language } from '../../kpi/text.ts'
import type { SourceHealth } from '../../kpi/wire.ts'
import { words } from '../words/index.ts'
import { custom } from './custom.ts'
import { type Link, links, SILENT } from './links.ts'
import { look } from './look.ts'
import { sayMoment } from './say-when.ts'
import { sign } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** More sources than this take as many columns of a wall as fit. */
const MANY = 16
/** On a wall: the least width of a column and height of a source, of one with something to say of its rows, and of a link, rem. */
const [COLUMN, ROW, AIRY_ROW, TROUBLE] = [23, 3.1, 4.3, 1.3]
const LINK = 14

export class OpsSystem extends ViewElement {
  #size = new SizeController(this, '.room')

  static override styles = [
    look,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 1.4rem;
      }
      .chain {
        display: grid;
        grid-template-columns: repeat(var(--links), minmax(0, 1fr));
        gap: 1.2rem;
      }
      .link {
        position: relative;
        display: grid;
        align-content: start;
        gap: 0.4rem;
        padding: 1.1rem 1.1rem 1.3rem;
        border-top: 0.25rem solid var(--data-fill);
        background: var(--raised);
      }
      .link.warning {
        border-color: var(--warning-fill);
      }
      .link.critical {
        border-color: var(--critical-fill);
      }
      .link:not(:last-child)::after {
        content: '';
        position: absolute;
        top: 50%;
        right: -0.8rem;
        width: 0.45rem;
        height: 0.45rem;
        border: solid var(--ink-3);
        border-width: 0.12rem 0.12rem 0 0;
        transform: translateY(-50%) rotate(45deg);
      }
      .title {
        color: var(--ink-2);
      }
      .link.warning .word {
        color: var(--warning);
      }
      .link.critical .word {
        color: var(--critical);
      }
      .word {
        font-size: 1.25rem;
        line-height: 1.25;
        font-weight: 600;
        color: var(--ink);
        overflow-wrap: break-word;
        text-wrap: balance;
      }
      .also {
        font-size: var(--small);
        color: var(--ink-3);
        overflow-wrap: break-word;
      }
      .room {
        flex: 1;
        min-height: 0;
      }
      .sources {
        columns: var(--columns);
        column-gap: 2.4rem;
      }
      .source {
        break-inside: avoid;
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0 0.7rem;
        align-items: baseline;
        padding: 0.4rem 0;
        border-bottom: 1px solid var(--grid);
      }
      .source .who {
        flex: 1 1 12rem;
        overflow-wrap: anywhere;
      }
      .source .state {
        white-space: nowrap;
      }
      .source .note {
        color: var(--ink-3);
        font-size: var(--small);
        text-align: right;
      }
      .source .note .warning {
        color: var(--warning);
      }
      .trouble {
        flex-basis: 100%;
        padding-left: 1.5rem;
        color: var(--ink-3);
        font-size: var(--small);
        display: -webkit-box;
        -webkit-box-orient: vertical;
        overflow: hidden;
      }
      .trouble b {
        margin-right: 0.3em;
        font-weight: 600;
        color: var(--ink-2);
      }
      :host([fit]) .trouble {
        -webkit-line-clamp: 1;
      }
      :host([fit]) {
        height: 100%;
      }
      :host([fit]) .word {
        font-size: 1.35rem;
      }
      :host([fit]) .link {
        padding-block: 1.2rem 1.4rem;
      }
      /* On a wall the sources take the height there is, and those that are well are counted where not all can be read. */
      :host([fit]) .sources {
        columns: auto;
        display: grid;
        height: 100%;
        align-content: start;
        grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
        grid-auto-rows: minmax(min-content, 5rem);
        column-gap: 2.4rem;
      }
      :host([fit]) .source {
        align-content: center;
        font-size: 1.15rem;
      }
      :host([fit]) .source .note {
        font-size: 1rem;
      }
      :host([fit]) .sources.many {
        grid-auto-rows: minmax(min-content, 4.6rem);
        column-gap: 1.8rem;
      }
      :host([fit]) .many .source {
        font-size: 1rem;
      }
      .stacked .note {
        flex-basis: 100%;
        padding-left: 1.5rem;
        text-align: left;
        font-size: var(--small);
      }
      .rest {
        align-content: center;
        justify-content: flex-start;
        color: var(--ink-2);
      }
      .link.last::after {
        display: none;
      }
      /* On a phone a link is its title and its word in one line, where they have room. */
      .chain.down .link {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: baseline;
        gap: 0.2rem 1rem;
        padding: 0.6rem 1rem 0.8rem;
      }
      .chain.down .also {
        flex-basis: 100%;
      }
      .chain.down .link:not(:last-child)::after {
        display: block;
        top: auto;
        right: auto;
        left: 1.2rem;
        bottom: -0.75rem;
        transform: rotate(135deg);
      }
    `,
  ]

  override render() {
    const { health, language, now } = this.shown
    const say = words(language)
    if (!health) return html`<p>${say.loading}</p>`
    const { width, rem } = this.#size
    const chain = links(this.shown, health, now)
    // In rows of one length, each link wide enough for a version in one line.
    const across = [1, 2, 3].map((rows) => chain.length / rows).find((links) => width >= links * LINK * rem) ?? 1
    const many = health.sources.length > MANY
    const columns = Math.max(1, Math.min(many ? 4 : 2, Math.floor(width / (COLUMN * rem))))
    const stacked = many || (width < columns * 38 * rem && width > COLUMN * rem)
    const sources = health.sources.toSorted((a, b) => weight(b) - weight(a))
    const most = this.shown.fit ? this.#most(sources, columns, many ? ROW : AIRY_ROW) : sources.length
    return html`
      <ol class="chain ${across === 1 ? 'down' : ''}" aria-label=${say.chain} ${custom({ '--links': across })}>
        ${chain.map((link, i) => this.#link(link, (i + 1) % across === 0))}
      </ol>
      <div class="room">
        <ul class="sources ${many ? 'many' : ''} ${stacked ? 'stacked' : ''}" ${custom({ '--columns': columns })}>
          ${sources.slice(0, most).map((source) => this.#source(source))}
          ${most < sources.length ? this.#rest(sources.slice(most)) : nothing}
        </ul>
      </div>
    `
  }

  /** How many sources have room, with a place left for what the rest are. */
  #most(sources: readonly SourceHealth[], columns: number, high: number): number {
    const { height, rem } = this.#size
    // A row of the grid is as high as the highest of its sources.
    let [used, shown] = [0, 0]
    while (shown < sources.length) {
      const row = sources.slice(shown, shown + columns)
      used += (high + (row.some(({ trouble }) => trouble) ? TROUBLE : 0)) * rem
      if (used > height) break
      shown += row.length
    }
    return shown >= sources.length ? sources.length : Math.max(0, shown - 1)
  }

  /** Those for which there is no room: how many, and how many of them do not answer. */
  #rest(rest: readonly SourceHealth[]) {
    const say = words(this.shown.language)
    const figure = (n: number) => formatNumber(String(n), this.shown.language, 0)
    const up = rest.filter((source) => source.up).length
    return html`<li class="source rest" data-rest=${rest.length}>⋯ ${say.otherSources(figure(up), figure(rest.length))}</li>`
  }

  #link({ id, title, state, word, also }: Link, last: boolean) {
    return html`<li class="link ${state} ${last ? 'last' : ''}" data-link=${id} data-state=${state}>
      <p class="title">${title}</p>
      <p class="word">${sign(state)} ${word}</p>
      ${also ? html`<p class="also">${also}</p>` : nothing}
    </li>`
  }

  /** Rows that could not be taken: how many, and the newest with what is wrong with it. */
  #trouble({ kept, newest }: NonNullable<SourceHealth['trouble']>) {
    const { language, now } = this.shown
    const rows = words(language).troubles(formatNumber(String(kept), language, 0), sayMoment(newest.at, now, language))
    const where = newest.field === '' ? '' : `${newest.field} = ${newest.value === '' ? '–' : newest.value}: `
    const what = `${where}${newest.message[language]}`
    return html`<span class="trouble" data-kept=${kept} title=${what}><b>${rows}:</b> ${what}</span>`
  }

  #source(source: SourceHealth) {
    const { catalogue, language, now } = this.shown
    const say = words(language)
    const { backfill, seen, up, vouched, run, silence = 0, missed = 0, trouble } = source
    const state = up ? 'good' : vouched ? 'critical' : 'warning'
    const word = up ? say.up : vouched ? say.down : say.unvouched
    const figure = (n: number) => formatNumber(String(n), language, 0)
    const notes = [
      source.simulated ? say.simulated : '',
      run ? say.runBrought(figure(run.rows), formatNumber((run.took / 1000).toFixed(1), language, 1)) : '',
      run?.bytes ? sizeWords(run.bytes, language) : '',
      missed > 0 ? say.missed(figure(missed)) : '',
      run && run.held > 0 ? say.runHeld(figure(run.held)) : '',
      backfill ? `${say.history} ${figure(backfill.done)}/${figure(backfill.wanted)}` : '',
      seen === null
        ? say.neverHeard
        : !up && vouched && silence > 0
          ? say.silentSince(sayMoment(seen - silence * 1000, now, language))
          : now - seen > SILENT
            ? say.silentSince(sayMoment(seen, now, language))
            : say.asked(formatAge(now - seen, language)),
    ].filter(Boolean)
    return html`<li class="source" data-source=${source.id} data-up=${up}>
      <span class=${state}>${sign(state)}<span class="heard">${word}</span></span>
      <span class="who">${catalogue.sources.get(source.id)?.title[language] ?? source.id}${up ? nothing : html` · <span class="state ${state}">${word}</span>`}</span>
      <span class="note">${run && run.refused > 0 ? html`<span class="warning">${sign('warning')} ${say.runRefused(figure(run.refused))}</span> · ` : nothing}${notes.join(' · ')}</span>
      ${trouble ? this.#trouble(trouble) : nothing}
    </li>`
  }
}

/** What comes first: who is silent, who is not vouched for, whose rows could not all be taken. */
const weight = ({ up, vouched, trouble, run }: SourceHealth) =>
  (up ? 0 : vouched ? 8 : 4) + (run && run.refused > 0 ? 2 : 0) + (trouble ? 1 : 0)

/** Bytes as people say them. */
function sizeWords(bytes: number, language: Language): string {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? ['B', 1]
  const amount = bytes / size
  const decimals = size > 1 && amount < 10 ? 1 : 0
  return `${formatNumber(amount.toFixed(decimals), language, decimals)} ${unit}`
}
const UNITS = [
  ['GB', 1_073_741_824],
  ['MB', 1_048_576],
  ['KB', 1024],
] as const

customElements.define('ops-system', OpsSystem)
