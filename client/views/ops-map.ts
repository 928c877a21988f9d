/** The units on the map or on a grid of tiles: coloured by what they mean, the ones that need attention named, each a way to its page. */
import { html, nothing, svg } from 'lit'
import type { Reading } from '../../kpi/reading.ts'
import { placeLabels, type Wanted } from '../draw/labels.ts'
import { type Box, drawMap, type Inset, type MapDrawing } from '../draw/map.ts'
import type { Outline } from '../draw/topology.ts'
import { memberName } from '../known.ts'
import { ARCHIPELAGOS, FORMER_DAY, formerOutlines, OUTLINES, placeOf } from '../places.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { type Grades, grades } from './grades.ts'
import { gradeStyle, hatch, legend } from './legend.ts'
import { look } from './look.ts'
import { mapStyle } from './map-style.ts'
import { mapTable } from './map-table.ts'
import { sayTarget, sayValue } from './say.ts'
import { absent, linkOf, type Part, withMissing } from './shown.ts'
import { signAt } from './sign.ts'
import { SizeController } from './size-controller.ts'
import { tiles } from './tiles.ts'
import { ViewElement } from './view-element.ts'

/** How many names are wanted beside the map at most, and how many where nothing is judged. */
const NAMES = 11
const LARGEST = 4
/** Narrower than this, rem, the legend stands under the map; tiles need this height for their names and values … */
const NARROW = 23
const TALL = 29
/** … and tiles this width. */
const TILED = 30
const NEED = ['critical', 'no-data', 'warning']

export class OpsMap extends ViewElement {
  static override properties = { ...ViewElement.properties, chosen: { state: true } }
  /** What whoever reads the page chose; on a wall, which nobody touches, the board says. */
  declare chosen: 'map' | 'tiles' | null

  /** The outlines of former times, once they are here. */
  #former: readonly Outline[] | null = null
  #coming = false
  #size = new SizeController(this, '.room')

  static override styles = [look, gradeStyle, mapStyle]

  /** What is drawn: the units of today, or those of former times, which are fetched when first wanted. */
  #outlines(): readonly Outline[] | null {
    if (this.shown.panel.form !== 'former') return OUTLINES
    if (!this.#former && !this.#coming) {
      this.#coming = true
      const done = (found: readonly Outline[] | null) => {
        this.#coming = false
        this.#former = found
        if (found) this.requestUpdate()
      }
      // What did not come is asked for again with the next picture.
      formerOutlines().then(done, () => done(null))
    }
    return this.#former
  }

  override render() {
    const { language, title, panel, catalogue, now, fit } = this.shown
    const part = this.shown.parts[0]
    if (!part) return nothing
    const outlines = this.#outlines()
    if (!outlines) return html`<div class="room"><p class="empty">${words(language).loading}</p></div>`
    const placed = this.#placed(part, outlines)
    const first = part.readings[0]
    const target = first ? (sayTarget(first, part.indicator, catalogue, language, now)?.value ?? null) : null
    const colours = grades([...placed.values()], part.indicator, target, language)
    const { width, height, rem } = this.#size
    // In narrower ones names and figures do not stand.
    const roomy = width >= TILED * rem
    const tiled = (this.chosen ?? panel.form) === 'tiles' && roomy && (!fit || height >= TALL * rem)
    const below = !tiled && width < NARROW * rem
    const drawn =
      width === 0 || height === 0
        ? nothing
        : tiled
          ? tiles(this.shown, part, placed, colours, legend(colours, ''), width / rem)
          : this.#withLegend(part, outlines, placed, colours, below)
    return html`
      ${fit || panel.form === 'former' || !roomy ? nothing : this.#forms(tiled)}
      ${panel.form === 'former' ? html`<p class="then">${viewWords(language).formerMap}</p>` : nothing}
      <div class="room ${tiled ? 'tiled' : ''}" role="group" aria-label=${words(language).mapLabel(title, placed.size)}>${drawn}</div>
      ${below && width > 0 ? legend(colours, 'below') : nothing}
      ${mapTable(this.shown, part, [...placed.values()], (reading) => this.#name(reading))}
    `
  }

  /** The true map, or each unit an equal tile. */
  #forms(tiled: boolean) {
    const say = viewWords(this.shown.language)
    const choose = (form: 'map' | 'tiles', text: string) =>
      html`<button type="button" aria-pressed=${(form === 'tiles') === tiled} @click=${() => {
        this.chosen = form
      }}>${text}</button>`
    return html`<p class="forms" role="group" aria-label=${say.mapForm}>${choose('map', say.asMap)}${choose('tiles', say.asTiles)}</p>`
  }

  /** The reading of every place: by the unit that stands there now; without a reading, no data. */
  #placed(part: Part, outlines: readonly Outline[]): ReadonlyMap<string, Reading> {
    const { catalogue, panel } = this.shown
    const now = panel.form === 'former' ? FORMER_DAY : this.shown.now
    const unit = catalogue.dimensions.get('unit')
    const readings = new Map(withMissing(part).map((reading) => [reading.key.unit, reading]))
    const members = [...(unit?.members.values() ?? [])].flatMap((member) => {
      const code = placeOf(member, now)
      return code === null ? [] : [[code, member.id] as const]
    })
    const here = new Map(members)
    return new Map(
      outlines.map(({ id }) => {
        const member = here.get(id) ?? id
        return [id, readings.get(member) ?? { ...absent(part.slice), key: { unit: member } }]
      }),
    )
  }

  /** The map and its legend: in the sea at the east, where no name is wanted, or at the west where an inset stands there. */
  #withLegend(
    part: Part,
    outlines: readonly Outline[],
    placed: ReadonlyMap<string, Reading>,
    colours: Grades,
    below: boolean,
  ) {
    const { width, height, rem } = this.#size
    const room = { width, height, rem }
    const plain = drawMap(outlines, ARCHIPELAGOS, room)
    if (below) return this.#map(part, placed, colours, plain, [])
    const size = { width: 10.5 * rem, height: (colours.legend.length * 1.4 + 0.6) * rem }
    const box = { x: width - size.width, y: height - size.height, ...size }
    const east = plain.insets.every((inset) => inset.x + inset.width < box.x || inset.y + inset.height < box.y)
    const taken = east ? box : { ...box, x: 0 }
    // Where the land would lie on the legend it moves aside.
    const over = east ? 0 : size.width + 0.5 * rem - (plain.land(box.y, height)?.left ?? width)
    const drawing = over > 0 ? drawMap(outlines, ARCHIPELAGOS, room, over) : plain
    return html`${this.#map(part, placed, colours, drawing, [taken])}${legend(colours, east ? 'east' : '')}`
  }

  #map(part: Part, placed: ReadonlyMap<string, Reading>, colours: Grades, drawing: MapDrawing, taken: readonly Box[]) {
    const { width, height, rem } = this.#size
    const flagged = (status: string) => status === 'warning' || status === 'critical'
    return html`<svg class="map" width=${width} height=${height} viewBox="0 0 ${width} ${height}">
      ${hatch(rem)}
      ${drawing.shapes.map((shape) => {
        const reading = placed.get(shape.id)
        if (!reading) return nothing
        return svg`<a href=${linkOf(this.shown, reading) ?? nothing} class="${colours.of(reading)} ${reading.freshness}" data-member=${reading.key.unit ?? ''}
          data-status=${reading.status} aria-label=${this.#said(part, reading)}>
          <title>${this.#said(part, reading)}</title><path class="shape" d=${shape.path} />
          ${flagged(reading.status) ? svg`<g color="var(--on-fill)" pointer-events="none">${signAt(reading.status, shape.x, shape.y, 0.55 * rem)}</g>` : nothing}
        </a>`
      })}
      ${drawing.insets.map((inset) => this.#inset(part, inset, placed, colours))}
      ${this.#callouts(part, drawing, placed, colours, taken)}
    </svg>`
  }

  /** Whose an archipelago is, between brackets in `room` rem of its frame: a letter is about half an em wide. */
  #whose(reading: Reading, room: number): string {
    const name = this.#name(reading)
    const letters = Math.max(1, Math.floor((room - 0.6) / 0.45) - 2)
    return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`
  }

  #inset(part: Part, inset: Inset, placed: ReadonlyMap<string, Reading>, colours: Grades) {
    const { rem } = this.#size
    const reading = placed.get(inset.code)
    const name = ARCHIPELAGOS.find(({ code }) => code === inset.code)?.name[this.shown.language]
    if (!reading) return nothing
    return svg`<a class="inset ${colours.of(reading)}" href=${linkOf(this.shown, reading) ?? nothing} data-inset=${inset.code}
      aria-label="${name} · ${this.#said(part, reading)}">
      <rect class="frame" x=${inset.x} y=${inset.y} width=${inset.width} height=${inset.height} rx=${0.15 * rem} />
      ${inset.islands.map(({ x, y }) => svg`<circle class="island" cx=${x} cy=${y} r=${0.17 * rem} />`)}
      <text class="name" x=${inset.x + 0.5 * rem} y=${inset.y + 1.25 * rem}>${name}${inset.low ? svg`<tspan class="whose"> (${this.#whose(reading, inset.width / rem - (name?.length ?? 0) * 0.5)})</tspan>` : nothing}</text>
      ${inset.low ? nothing : svg`<text x=${inset.x + 0.5 * rem} y=${inset.y + inset.height - 0.6 * rem}>(${this.#whose(reading, inset.width / rem)})</text>`}
    </a>`
  }

  #callouts(
    part: Part,
    drawing: MapDrawing,
    placed: ReadonlyMap<string, Reading>,
    colours: Grades,
    taken: readonly Box[],
  ) {
    const { width, height, rem } = this.#size
    const chosen = this.#needs(placed, colours)
    const text = (reading: Reading) => `${this.#name(reading)} ${this.#value(part, reading)}`
    const wanted = chosen.flatMap(([code, reading]): Wanted[] => {
      const shape = drawing.shapes.find(({ id }) => id === code)
      if (!shape) return []
      // A letter of this face is about 0.56 em wide; the sign stands before the name.
      return [{ id: code, x: shape.x, y: shape.y, width: (text(reading).length * 0.56 + 1.6) * rem, height: 1.4 * rem }]
    })
    const labels = placeLabels(wanted, [...drawing.insets, ...taken], drawing.land, { width, height, rem })
    return labels.map((label) => {
      const reading = placed.get(label.id)
      if (!reading) return nothing
      const marked = reading.status === 'not-judged' || reading.status === 'good' ? 0 : 1
      // The sign stands where the line ends, and the name begins or ends beside it.
      const [edge, inward] = label.side === 'east' ? [label.x, 1] : [label.x + label.width, -1]
      const middle = label.y + label.height / 2
      return svg`<g class="callout ${reading.status}" data-callout=${reading.key.unit ?? ''}>
        <line x1=${label.line.x1} y1=${label.line.y1} x2=${label.line.x2} y2=${label.line.y2} />
        <circle class="dot" cx=${label.line.x1} cy=${label.line.y1} r=${marked ? 0 : 0.2 * rem} />
        ${marked ? signAt(reading.status, edge + inward * 0.4 * rem, middle, 0.7 * rem) : nothing}
        <text x=${edge + inward * marked * 1.05 * rem} y=${middle} dy="0.36em" text-anchor=${inward > 0 ? 'start' : 'end'}>${text(reading)}</text>
      </g>`
    })
  }

  /** Who is named: what is critical or missing, then what is in warning, worst first; where nothing is judged the missing and the largest. */
  #needs(placed: ReadonlyMap<string, Reading>, colours: Grades): readonly (readonly [string, Reading])[] {
    const better = this.shown.parts[0]?.indicator.better
    const size = ({ value }: Reading) => (value === null ? 0 : Number(value))
    const order = [...placed].sort(([, a], [, b]) => (better === 'higher' ? size(a) - size(b) : size(b) - size(a)))
    const all = (status: string) => order.filter(([, reading]) => reading.status === status)
    // Where most are silent a few names among them would say nothing; the hatching and the count do.
    const needy = NEED.flatMap((status) => (status === 'no-data' && all(status).length > NAMES ? [] : all(status)))
    const largest = colours.judged ? [] : order.filter(([, { value }]) => value !== null).slice(0, LARGEST)
    return [...needy.slice(0, NAMES), ...largest]
  }

  #name({ key: { unit = '' } }: Reading): string {
    const { catalogue, language } = this.shown
    // A place no declared unit stands at is called as the geometry calls it.
    const place = catalogue.dimensions.get('unit')?.members.has(unit)
      ? null
      : this.#former?.find(({ id }) => id === unit)
    return place?.name ?? memberName(catalogue, unit, language)
  }

  #value(part: Part, reading: Reading): string {
    const { text, unit } = sayValue(reading, part.indicator, this.shown.catalogue, this.shown.language)
    return unit === '%' ? `${text} %` : text
  }

  #said(part: Part, reading: Reading): string {
    return `${this.#name(reading)}: ${this.#value(part, reading)} (${words(this.shown.language)[reading.status]})`
  }
}

customElements.define('ops-map', OpsMap)
