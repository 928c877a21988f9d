/** One indicator of a unit as a row: its name and value, its parts, state, place and source time, its day as a quiet line; the whole row leads to the details. */
import { html, LitElement, nothing } from 'lit'
import type { Correction } from '../../kpi/correction.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Span } from '../../kpi/range.ts'
import type { Mark, Reading } from '../../kpi/reading.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import type { Language } from '../../kpi/text.ts'
import { drawLine } from '../draw/line.ts'
import type { Known } from '../known.ts'
import { AskController } from '../link/ask-controller.ts'
import type { Picture } from '../link/picture.ts'
import type { Asks } from '../shell/asks.ts'
import { historySpan, historyVersion } from '../shell/panel-parts.ts'
import { sayCorrection } from '../views/correction.ts'
import { sayDiffering } from '../views/differing.ts'
import { lineMeaning, strokes } from '../views/history.ts'
import { look } from '../views/look.ts'
import { sayParts, sayTarget, sayValue } from '../views/say.ts'
import { sayAge, sayMoment } from '../views/say-when.ts'
import type { Part, Shown } from '../views/shown.ts'
import { SightController } from '../views/sight-controller.ts'
import { sign } from '../views/sign.ts'
import { SizeController } from '../views/size-controller.ts'
import { words } from '../words/index.ts'
import { ofUnit } from './about.ts'
import { figureStyle } from './figure-style.ts'

export class OpsFigure extends LitElement {
  static override properties = {
    indicator: { attribute: false },
    reading: { attribute: false },
    mended: { attribute: false },
    notes: { attribute: false },
    unit: { attribute: false },
    place: { attribute: false },
    href: { attribute: false },
    chosen: { type: Boolean, reflect: true },
    catalogue: { attribute: false },
    picture: { attribute: false },
    language: { attribute: false },
    now: { attribute: false },
    ask: { attribute: false },
  }
  declare indicator: Indicator
  declare reading: Reading
  /** The newest correction of what is shown, where it had been shown before. */
  declare mended: Correction | undefined
  /** What people noted of it, in sentences, the newest first. */
  declare notes: readonly string[]
  declare unit: string
  /** "hạng 3/34 từ thấp lên"; empty without peers. */
  declare place: string
  declare href: string
  declare chosen: boolean
  declare catalogue: Known
  declare picture: Picture
  declare language: Language
  declare now: number
  declare ask: Asks

  #size = new SizeController(this, '.behind')
  #sight = new SightController(this)
  #history = new AskController(this, ({ slice, span }: { slice: Slice; span: Span }, signal) =>
    this.ask.series(slice, span, signal, undefined),
  )

  static override styles = [look, figureStyle]

  override render() {
    const { indicator, reading, catalogue, language, now } = this
    const say = words(language)
    const { qualifier, text, unit } = sayValue(reading, indicator, catalogue, language)
    const target = sayTarget(reading, indicator, catalogue, language, now)
    const judged = ['good', 'warning', 'critical'].includes(reading.status)
    const mended = this.mended && sayCorrection(this.mended, indicator, catalogue, language, now, false)
    const apart = sayDiffering(reading, indicator, catalogue, language)
    const instead: Partial<Record<Mark, string>> = {
      ...(mended && { corrected: say.correctedBy(`${mended.brief} (${mended.why})`) }),
      ...(apart !== '' && { differing: say.differingBy(apart) }),
    }
    const told = (['corrected'] as const).filter((mark) => mended && !reading.marks.includes(mark))
    const marks = [...reading.marks.filter((mark) => mark !== 'simulated'), ...told].map(
      (mark) => instead[mark] ?? say[mark],
    )
    const said = [
      sayParts(reading, indicator, catalogue, language) ?? '',
      target ? `${say.target} ${target.text}` : '',
      ...marks,
      this.place,
      reading.freshness === 'fresh' && reading.asOf !== null ? sayMoment(reading.asOf, now, language) : '',
    ].filter(Boolean)
    return html`<a
      class="row ${reading.status} ${reading.freshness}"
      href=${this.href}
      aria-current=${this.chosen ? 'true' : nothing}
      data-status=${reading.status}
      data-value=${reading.value ?? nothing}
    >
      <span class="line"><span class="title">${indicator.title[language]}</span>
      <span class="value ${reading.value === null ? 'words' : ''}">${qualifier ? html`<small>${qualifier}</small> ` : nothing}<b>${text}</b>${unit ? html` <small>${unit}</small>` : nothing}</span></span>
      <span class="line"><span class="under">
        ${judged ? html`<span class="status ${reading.status}">${sign(reading.status)} ${say[reading.status]}</span>` : nothing}
        ${this.#age()} ${said.map((one) => html`<span>${one}</span>`)}
        ${this.notes?.[0] ? html`<span class="noted" title=${this.notes.join('\n')}>${this.notes[0]}${this.notes.length > 1 ? ` (+${this.notes.length - 1})` : ''}</span>` : nothing}
      </span>
      <span class="behind" aria-hidden="true">${this.#line()}</span></span>
    </a>`
  }

  /** Only what is no longer fresh says so, since when. */
  #age() {
    const { reading, now, language } = this
    const say = words(language)
    if (reading.freshness === 'fresh') return nothing
    const age = sayAge(reading, now, language)
    return html`<span class=${reading.freshness}>${sign(reading.freshness)} ${reading.freshness === 'stale' ? say.staleSince(age) : `${say.late} · ${age}`}</span>`
  }

  #line() {
    const { indicator, reading, catalogue, language, now, picture } = this
    const slice = ofUnit(indicator, this.unit)
    if (!this.#sight.seen || indicator.rhythm === undefined || slice.window === 'latest') return nothing
    const span = historySpan(slice.window, now)
    const part: Part = { slice, indicator, readings: [reading] }
    this.#history.want({ slice, span }, sliceKey(slice), historyVersion(part, span, picture))
    const { width, height, rem } = this.#size
    const series = this.#history.answer
    if (!series || width === 0) return nothing
    const shown: Pick<Shown, 'now' | 'catalogue' | 'language'> = { now, catalogue, language }
    const margin = { top: 0.25 * rem, right: 0.3 * rem, bottom: 0.2 * rem, left: 0 }
    const room = { width, height, margin, tickWidth: width, tickHeight: height }
    return strokes(
      drawLine(series.points, room, { ...lineMeaning({ ...shown, series }, part, span), target: null }),
      room,
      rem,
    )
  }
}

customElements.define('ops-figure', OpsFigure)
