/** Small multiples: a line for each member, all on one scale and one crosshair, so that shapes and sizes can be compared. */
import { html, LitElement, nothing, svg } from 'lit'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Point } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language } from '../../kpi/text.ts'
import { drawMultiples } from '../draw/multiples.ts'
import { type Known, memberName } from '../known.ts'
import { look } from '../views/look.ts'
import { sign } from '../views/sign.ts'
import { SizeController } from '../views/size-controller.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { stepIn, within } from './grid-keys.ts'
import { multiplesStyle } from './multiples-style.ts'
import { figureOf, span as saySpan } from './said.ts'
import { tableStyle } from './table-style.ts'

export interface MultiplesShown {
  readonly language: Language
  readonly now: number
  readonly catalogue: Known
  readonly indicator: Indicator
  readonly by: string
  readonly span: Span
  readonly series: Answers['series']
  readonly breakdown: Answers['breakdown']
  readonly member: (id: string) => string
}

type Drawings = ReturnType<typeof drawMultiples>

export class OpsMultiples extends LitElement {
  static override properties = {
    shown: { attribute: false },
    cursor: { attribute: false },
    at: { state: true },
    twin: { state: true },
  }
  declare shown: MultiplesShown
  /** The member the keys have come to. */
  declare at: string | null
  /** Whether the table is open: a year of 34 has twelve thousand cells, which nobody waits for who does not look. */
  declare twin: boolean
  declare cursor: number | null

  #size = new SizeController(this, '.one .room')
  #kept: { readonly of: readonly unknown[]; readonly drawings: Drawings } | null = null

  static override styles = [look, tableStyle, multiplesStyle]

  constructor() {
    super()
    this.cursor = null
    this.at = null
    this.twin = false
  }

  override render() {
    const { language, series, breakdown, by, indicator } = this.shown
    const say = deskWords(language)
    const lines = new Map((series.split ?? []).map(({ key, points }) => [key[by] ?? '', points]))
    const whole = new Map(breakdown.readings.map((reading) => [reading.key[by] ?? '', reading]))
    const order = [
      ...breakdown.readings.map(({ key }) => key[by] ?? '').filter((id) => lines.has(id)),
      ...[...lines.keys()].filter((id) => !whole.has(id)),
    ]
    if (order.length === 0) return html`<p class="note">${say.empty}</p>`
    const { width, height, rem } = this.#size
    const { span, now } = this.shown
    const room = { width, height, span, now, fromZero: indicator.unit !== 'percent', pad: 0.25 * rem }
    const all = order.map((id) => lines.get(id) ?? [])
    const over = (all[0] ?? []).filter(({ to }) => to <= now).length
    const drawings = this.#drawn([series, breakdown, width, height, rem, span.from, span.to, over], () =>
      drawMultiples(all, room),
    )
    const first = this.at !== null && order.includes(this.at) ? this.at : order[0]
    return html`<p class="note">${say.multiplesNote} <b class="when">${this.#when()}</b><span class="keys" id="keys">${say.multiplesKeys}</span></p>
      <div class="grid" role="group" aria-label=${say.views.multiples} aria-describedby="keys" @keydown=${this.#key}>${order.map((id, i) => this.#one(id, lines.get(id) ?? [], whole.get(id), { drawing: drawings[i], first: id === first }))}</div>
      <details @toggle=${(event: Event) => {
        this.twin = (event.currentTarget as HTMLDetailsElement).open
      }}><summary>${say.asTable}</summary>${this.twin ? this.#table(order, lines) : nothing}</details>`
  }

  /** The drawings as they are while nothing they are made of changes: the crosshair moves sixty times a second. */
  #drawn(of: readonly unknown[], draw: () => Drawings): Drawings {
    const known = this.#kept
    if (known && of.every((part, i) => part === known.of[i])) return known.drawings
    this.#kept = { of, drawings: draw() }
    return this.#kept.drawings
  }

  #one(
    id: string,
    points: readonly Point[],
    reading: Reading | undefined,
    { drawing, first }: { readonly drawing: Drawings[number] | undefined; readonly first: boolean },
  ) {
    const { language, indicator, catalogue, by, member } = this.shown
    const { cursor } = this
    const at = cursor === null ? undefined : points.find(({ from, to }) => from <= cursor && cursor < to)
    const said = at ?? reading ?? points.findLast(({ value }) => value !== null)
    const status = reading?.status ?? 'no-data'
    const flagged = status === 'warning' || status === 'critical'
    const { width, height } = this.#size
    const name = memberName(catalogue, id, language, by)
    const figure = said ? figureOf(said, indicator, language) : words(language)['no-data']
    return html`<a class="one" href=${member(id)} data-member=${id} tabindex=${first ? 0 : -1} aria-label="${name}: ${figure}" @focus=${() => {
      this.at = id
    }}>
      <span class="head">
        <span class="name">${flagged ? html`<span class=${status}>${sign(status)}</span> ` : nothing}${name}</span>
        <span class="figure ${flagged ? status : ''}">${figure}</span>
      </span>
      <span class="room" @pointermove=${(event: PointerEvent) => this.#point(event, drawing)} @pointerleave=${() => this.#tell(null)}>
        ${
          !drawing || width === 0
            ? nothing
            : html`<svg class="line" width=${width} height=${height} aria-hidden="true">
          <line x1="0" x2=${width} y1=${height - 0.5} y2=${height - 0.5} stroke="var(--rule)" />
          <path d=${drawing.area} fill="var(--data-wash)" />
          <path d=${drawing.line} fill="none" stroke="var(--data)" stroke-width="1.6" stroke-linejoin="round" />
          ${cursor === null ? nothing : svg`<line x1=${drawing.xOf(cursor)} x2=${drawing.xOf(cursor)} y1="0" y2=${height} stroke="var(--ink-3)" />`}
        </svg>`
        }
      </span>
    </a>`
  }

  /** The same as figures: a row a stretch, the newest first, a column a member. */
  #table(order: readonly string[], lines: ReadonlyMap<string, readonly Point[]>) {
    const { language, catalogue, indicator, by } = this.shown
    const say = deskWords(language)
    const stretches = [...(lines.get(order[0] ?? '') ?? [])].reverse()
    const known = new Map(order.map((id) => [id, new Map((lines.get(id) ?? []).map((point) => [point.from, point]))]))
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${say.asTable}><table>
      <thead><tr><th scope="col">${say.span}</th>${order.map((id) => html`<th scope="col" class="n">${memberName(catalogue, id, language, by)}</th>`)}</tr></thead>
      <tbody>${stretches.map(
        (stretch) => html`<tr><th scope="row">${saySpan(stretch, language)}</th>
        ${order.map((id) => {
          const point = known.get(id)?.get(stretch.from)
          return html`<td class="n ${point?.value == null ? 'quiet' : ''}">${point ? figureOf(point, indicator, language) : ''}</td>`
        })}</tr>`,
      )}</tbody>
    </table></div>`
  }

  /** The stretch pointed at: its figures are then those of the cells. */
  #when(): string {
    const { cursor } = this
    const { series, language } = this.shown
    const at = cursor === null ? undefined : series.points.find(({ from, to }) => from <= cursor && cursor < to)
    return at ? saySpan(at, language) : ''
  }

  /** From one to the next as they stand, and with Shift along their time. */
  #key(event: KeyboardEvent) {
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.one')]
    const here = all.indexOf(event.target as HTMLElement)
    if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const to = stepIn(all, here, event.key)
    if (event.shiftKey && along !== undefined) this.#tell(this.#beside(along))
    else if (event.key === 'Escape') this.#tell(null)
    else if (to !== undefined) all[to]?.focus()
    else return
    event.preventDefault()
  }

  /** The moment one stretch before or after the one pointed at; the last one of all where there is none. */
  #beside(step: number): number | null {
    const { cursor } = this
    const points = this.shown.series.points.filter(({ from }) => from <= this.shown.now)
    const here = cursor === null ? points.length : points.findLastIndex(({ from }) => from <= cursor)
    return points[within(here + step, points.length)]?.from ?? null
  }

  #point(event: PointerEvent, drawing: Drawings[number] | undefined) {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    if (drawing) this.#tell(drawing.momentAt(event.clientX - box.left))
  }

  #tell(at: number | null) {
    this.dispatchEvent(new CustomEvent('cursor', { detail: at, bubbles: true, composed: true }))
  }
}

customElements.define('ops-multiples', OpsMultiples)
