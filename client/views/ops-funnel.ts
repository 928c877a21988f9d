/** Steps or statuses one after another on one scale: how many are at each, and how many more or fewer than at the step before. */
import { css, html, nothing } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Reading } from '../../kpi/reading.ts'
import { fitting } from '../draw/rows.ts'
import { share } from '../draw/scale.ts'
import { memberName, memberNames } from '../known.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { minus } from './change.ts'
import { custom } from './custom.ts'
import { framedStyle } from './drawn-style.ts'
import { look } from './look.ts'
import { sayValue, sayWhole } from './say.ts'
import { absent, type Shown } from './shown.ts'
import { sign } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** Least height of a step, rem, and the width from which differences stand beside the figures. */
const ROW = 1.5
const WIDE = 30
/** Narrower than this, a step takes two lines: its name above its bar. */
const NARROW = 24

interface Step {
  readonly name: string
  readonly indicator: Indicator
  readonly reading: Reading
  /** More or less than the step before; null where there is nothing to take away from. */
  readonly since: string | null
}

export class OpsFunnel extends ViewElement {
  #size = new SizeController(this, '.room')

  static override styles = [
    look,
    framedStyle,
    css`
      ol {
        display: grid;
        grid-template-columns: fit-content(52%) minmax(2.5rem, 1fr) auto auto;
        grid-template-rows: repeat(var(--rows), minmax(min-content, 3.2rem));
        column-gap: 0.7rem;
        height: 100%;
      }
      :host(:not([fit])) ol {
        grid-template-rows: none;
        grid-auto-rows: minmax(2rem, auto);
        height: auto;
      }
      li {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: subgrid;
        align-items: center;
        line-height: 1.2;
      }
      .name {
        min-width: 0;
        overflow-wrap: break-word;
        color: var(--ink);
      }
      .bar {
        height: 55%;
        max-height: 1.4rem;
        min-height: 0.5rem;
        background: var(--track);
      }
      .bar span {
        display: block;
        width: calc(var(--share) * 100%);
        height: 100%;
        background: var(--data-fill);
      }
      .warning .bar span {
        background: var(--warning-fill);
      }
      .critical .bar span {
        background: var(--critical-fill);
      }
      .late .bar span,
      .stale .bar span {
        opacity: 0.55;
      }
      .figure {
        text-align: right;
        font-weight: 600;
        color: var(--ink);
        white-space: nowrap;
      }
      .figure small {
        font-size: var(--small);
        font-weight: 400;
        color: var(--ink-2);
      }
      .figure.none {
        grid-column: 2 / -1;
        font-weight: 400;
        color: var(--ink-3);
      }
      .since {
        text-align: right;
        font-size: var(--small);
        color: var(--ink-2);
        white-space: nowrap;
      }
      ol.narrow {
        grid-template-columns: minmax(2.5rem, 1fr) auto;
        grid-template-rows: none;
        grid-auto-rows: auto;
        align-content: start;
        row-gap: 0.3rem;
      }
      .narrow .name {
        grid-column: 1 / -1;
      }
      .narrow .since {
        display: none;
      }
      .narrow .bar {
        height: 0.7rem;
      }
      .more {
        grid-column: 1 / -1;
        color: var(--ink-3);
        font-size: var(--small);
      }
    `,
  ]

  override render() {
    const steps = stepsOf(this.shown)
    const { language, title, fit } = this.shown
    const say = viewWords(language)
    const { width, height, rem } = this.#size
    const narrow = width < NARROW * rem
    const across = (narrow ? 1 : 0.52) * Math.max(8, width / rem)
    const lines = ({ name }: Step) => Math.ceil((name.length * 0.5) / across) + (narrow ? 1 : 0)
    const most = fit
      ? fitting(
          steps.map((step) => Math.max(ROW, 1.25 * lines(step))),
          height / rem,
        )
      : steps.length
    const shown = steps.slice(0, steps.length > most ? Math.max(1, most - 1) : most)
    const full = Math.max(...steps.map(({ reading }) => Number(reading.value ?? 0)))
    const wide = width >= WIDE * rem
    return html`<div class="room" role="group" aria-label=${say.funnelLabel(title, steps.length)}>
        ${
          width === 0
            ? nothing
            : html`<ol class=${narrow ? 'narrow' : ''} ${custom({ '--rows': Math.max(1, shown.length) })}>
                ${shown.map((step) => this.#step(step, full, wide))}
                ${shown.length < steps.length ? html`<li class="more">⋯ ${say.calm(steps.length - shown.length)}</li>` : nothing}
              </ol>`
        }
      </div>
      ${this.#table(steps)}`
  }

  #step({ name, indicator, reading, since }: Step, full: number, wide: boolean) {
    const { catalogue, language } = this.shown
    const said = sayValue(reading, indicator, catalogue, language)
    const flagged = reading.status === 'warning' || reading.status === 'critical' || reading.value === null
    const label = html`<span class="name">${flagged ? html`<span class=${reading.status}>${sign(reading.status)}</span> ` : nothing}${name}</span>`
    if (reading.value === null)
      return html`<li class=${reading.status}>${label}<span class="figure none">${said.text}</span></li>`
    return html`<li class="${reading.status} ${reading.freshness}">
      ${label}
      <span class="bar"><span ${custom({ '--share': share(Number(reading.value), full) })}></span></span>
      <span class="figure">${said.qualifier ? html`<small>${said.qualifier}</small> ` : nothing}${said.text} <small>${said.unit}</small></span>
      <span class="since">${wide && since !== null ? since : nothing}</span>
    </li>`
  }

  #table(steps: readonly Step[]) {
    const { catalogue, language, title } = this.shown
    const say = words(language)
    return html`<div class="heard"><table>
      <caption>${title}</caption>
      <thead><tr><th scope="col">${viewWords(language).step}</th><th scope="col">${say.value}</th></tr></thead>
      <tbody>
        ${steps.map(
          ({ name, indicator, reading, since }) =>
            html`<tr data-member=${Object.values(reading.key).join(' ')}><th scope="row">${name}</th><td>${sayWhole(reading, indicator, catalogue, language)} (${say[reading.status]})${since === null ? nothing : html`; ${viewWords(language).sinceStep(since)}`}</td></tr>`,
        )}
      </tbody>
    </table></div>`
  }
}

/** Either one indicator by its statuses, in the order they are declared in; or several indicators, each a step after the other. */
function stepsOf({ parts, panel, catalogue, language }: Shown): readonly Step[] {
  const [first] = parts
  const by = first?.slice.by[0]
  if (first && by !== undefined) {
    const known = new Map(first.readings.map((reading) => [reading.key[by], reading]))
    const members = [...(catalogue.dimensions.get(by)?.members.keys() ?? [])]
    return members.map((id) => ({
      name: memberName(catalogue, id, language, by),
      indicator: first.indicator,
      reading: known.get(id) ?? { ...absent(first.slice), key: { [by]: id } },
      since: null,
    }))
  }
  const readings = parts.map(({ slice, readings }) => readings[0] ?? absent(slice))
  const titles = new Set(parts.map(({ indicator }) => indicator.id))
  return parts.map(({ indicator, slice, title }, i) => {
    const reading = readings[i] ?? absent(slice)
    const before = readings[i - 1]?.value
    const about = memberNames(catalogue, slice.where, language).join(' · ')
    const difference =
      before === undefined || before === null || reading.value === null ? null : minus(reading.value, before)
    const text = difference === null ? null : formatNumber(difference, language, indicator.decimals)
    return {
      // Steps of one indicator differ by what they are about, steps of several by their titles.
      name:
        title?.[language] ??
        (titles.size === 1 && about !== ''
          ? about
          : (panel.slices ?? []).length > 0
            ? indicator.title[language]
            : about),
      ...{ indicator, reading },
      since: text === null ? null : /[1-9]/.test(text) && !text.startsWith('−') ? `+${text}` : text,
    }
  })
}

customElements.define('ops-funnel', OpsFunnel)
