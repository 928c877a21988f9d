/** One number, large: its value and unit, its parts, its target, and the day behind it as a quiet line. */
import { css, html, nothing } from 'lit'
import { drawLine } from '../draw/line.ts'
import { words } from '../words/index.ts'
import { sayChange } from './change.ts'
import { custom } from './custom.ts'
import { sayDeadline } from './deadline.ts'
import { lineMeaning, movedBefore, strokes } from './history.ts'
import { look } from './look.ts'
import { sayGrade, sayParts, sayShare, sayTarget, sayValue } from './say.ts'
import { absent, type Part } from './shown.ts'
import { SizeController } from './size-controller.ts'
import { ViewElement } from './view-element.ts'

/** The least height a quiet line can be read at, in rem. */
const LEAST = 1.3
/** A figure that changed within so long, milliseconds of server time, changes without a flash. */
const CALM = 5000

export class OpsNumber extends ViewElement {
  #size = new SizeController(this, '.behind')
  #before = ''
  #changed = 0

  static override styles = [
    look,
    css`
      :host {
        display: flex;
        flex-direction: column;
        container-type: inline-size;
      }
      :host([fit]) {
        height: 100%;
        container-type: size;
      }
      .value {
        --size: min(calc(94cqi / var(--chars)), 3.6rem);
        display: flex;
        align-items: baseline;
        gap: 0.18em;
        font-size: max(1rem, var(--size));
        line-height: 1.12;
        font-weight: 600;
        letter-spacing: -0.015em;
        white-space: nowrap;
        color: var(--ink);
      }
      /*
       * As large as its neighbours in the row, whatever each has to say: by the height of the panel (--high, shell/ops-panel.ts) less its
       * title, the line of parts and a foot of two lines, with room for the quiet line where there is any. A foot that grows (silence,
       * age) takes the quiet line first, the figure last.
       */
      :host(:not([fit])) .value {
        flex-wrap: wrap;
      }
      :host([fit]) .value {
        --room: max(min(2.6rem, (var(--high) - 5.7rem) / 1.14), (var(--high) - 7.7rem) / 1.14);
        --size: min(var(--value-room, 94cqi) / var(--chars), (var(--value-room, 94cqi) - var(--beside)) / var(--figure), 16.5cqi, var(--room), (100cqb - 1.4rem) / 1.14, 5.6rem);
      }
      .value small {
        font-size: max(0.9rem, 0.36em);
        font-weight: 400;
        letter-spacing: 0;
        color: var(--ink-2);
      }
      .value.words {
        font-size: min(calc(150cqi / var(--chars)), 1.9rem);
        font-weight: 500;
        letter-spacing: 0;
        color: var(--ink-2);
      }
      .value.warning {
        color: var(--warning);
      }
      .value.critical {
        color: var(--critical);
      }
      .value.stale {
        color: var(--ink-3);
      }
      .under {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 1rem;
        color: var(--ink-2);
      }
      /* Parts and target in one line also where the panel is narrow. */
      @container (width < 17.5rem) {
        .under {
          gap: 0 0.6rem;
          font-size: var(--small);
        }
      }
      .change {
        position: relative;
        flex: none;
        color: var(--ink-2);
        font-size: var(--small);
      }
      @container (height < 6.4rem) {
        .change.fit {
          display: none;
        }
      }
      .change summary {
        width: fit-content;
        cursor: pointer;
        list-style: none;
      }
      .change p {
        position: absolute;
        z-index: 1;
        left: 0;
        bottom: 100%;
        padding: 0.4rem 0.6rem;
        background: var(--raised);
        border: 1px solid var(--rule);
        border-radius: 0.2rem;
        color: var(--ink);
      }
      .behind {
        flex: 1 1 2.6rem;
        min-height: 0;
        margin-top: 0.35rem;
        overflow: hidden;
      }
      :host(:not([fit])) .behind {
        flex-basis: 3rem;
        height: 3rem;
      }
      svg {
        display: block;
        overflow: visible;
      }
    `,
  ]

  override render() {
    const { language, catalogue, now } = this.shown
    const part = this.shown.parts[0]
    if (!part) return nothing
    const reading = part.readings[0] ?? absent(part.slice)
    const { qualifier, text, unit } = sayValue(reading, part.indicator, catalogue, language)
    const whole = sayParts(reading, part.indicator, catalogue, language)
    const target = sayTarget(reading, part.indicator, catalogue, language, now)
    const grade = sayGrade(reading, part.indicator, language)
    const { width, rem } = this.#size
    // Parts and target share a line; where it is too short for both, the unit is the figure's own affair.
    const said = (whole?.length ?? 0) + (target ? target.text.length + words(language).target.length + 3 : 0)
    const short = this.shown.fit && width > 0 && said * 0.5 * rem > width
    const parts = whole && short ? sayShare(reading, part.indicator, catalogue, language) : whole
    const none = reading.value === null
    // A unit that would leave the figure no room stands below it.
    const beneath = this.shown.fit && !none && !whole && width > 0 && unit.length * rem > width
    const near = beneath ? '' : unit
    const figure = none ? text.length : widthOf(text)
    const chars = none ? text.length : figure + beside(qualifier) + beside(near)
    // The small letters beside a figure stay legible however many figures there are.
    const least = none
      ? 0
      : [qualifier, near].reduce((sum, { length }) => sum + (length === 0 ? 0 : 0.5 + 0.52 * length), 0)
    const state = reading.freshness === 'stale' ? 'stale' : reading.status
    return html`
      <p class="value ${none ? 'words' : state}" ${custom({ '--chars': chars, '--figure': figure, '--beside': `${least}rem` })}>
        ${qualifier ? html`<small>${qualifier}</small> ` : nothing}<span class="figure">${text}</span>
        ${near ? html`<small>${near}</small>` : nothing}
      </p>
      ${
        parts || beneath || target || grade
          ? html`<p class="under">
              <span>${parts ?? (beneath ? unit : nothing)}</span>
              ${grade ? html`<span class="grade">${grade}</span>` : nothing}
              ${target ? html`<span>${words(language).target} ${target.text}</span>` : nothing}
            </p>`
          : nothing
      }
      ${this.shown.series && this.shown.span ? this.#behind() : nothing}
      ${this.#due(part)} ${this.#change(part)}
    `
  }

  #due({ indicator }: Part) {
    if (!indicator.deadline) return nothing
    const said = sayDeadline(indicator.deadline, this.shown)
    const { width, rem } = this.#size
    // On a wall a sentence that takes two lines would take the room of the figure.
    if (this.shown.fit && width > 0 && said.brief.length * 0.46 * rem > width) return nothing
    return html`<details class="change due ${this.shown.fit ? 'fit' : ''}">
      <summary>${said.brief}</summary>
      <p>${said.full}</p>
    </details>`
  }

  #change(part: Part) {
    const change = sayChange(this.shown, part)
    if (!change) return nothing
    return html`<details class="change ${this.shown.fit ? 'fit' : ''}">
      <summary>${change.brief}</summary>
      <p>${change.full}</p>
    </details>`
  }

  #behind() {
    const { series, span, parts } = this.shown
    const { width, height, rem } = this.#size
    const part = parts[0]
    const room = {
      width,
      height,
      margin: { top: 0.35 * rem, right: 0.35 * rem, bottom: 0.3 * rem, left: 0 },
      tickWidth: width,
      tickHeight: height,
    }
    if (!part || !series || !span || height < LEAST * rem) return html`<div class="behind" aria-hidden="true"></div>`
    const own = lineMeaning(this.shown, part, span)
    // Without an axis a level shows how it moved; from nought it would be a block.
    const meaning = { ...own, target: null, fromZero: own.fromZero && own.grows }
    const drawing = drawLine(series.points, room, meaning, movedBefore(this.shown))
    return html`<div class="behind" aria-hidden="true">${strokes(drawing, room, rem)}</div>`
  }

  protected override updated() {
    const figure = this.renderRoot.querySelector('.figure')
    const text = figure?.textContent ?? ''
    const { now } = this.shown
    if (this.#before !== '' && text !== this.#before) {
      // What changes all the time needs no sign that it did.
      const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches
      if (now - this.#changed > CALM && !still())
        figure?.animate([{ opacity: 0.35 }, { opacity: 1 }], { duration: 320, easing: 'ease-out' })
      this.#changed = now
    }
    this.#before = text
  }
}

/** Widths in em of the value's size: a figure is about 0.64, what parts figures half of that, a letter of the small unit about 0.25. */
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (/[\d%]/.test(letter) ? 0.64 : 0.32), 0)
const beside = (unit: string) => (unit === '' ? 0 : 0.2 + Math.max(0.4, unit.length * 0.25))

customElements.define('ops-number', OpsNumber)
