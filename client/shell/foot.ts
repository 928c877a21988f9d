/** The foot of a panel: coverage with the missing named, marks, source time and age. */
import { html, nothing } from 'lit'
import { formatDay, formatNumber } from '../../kpi/format.ts'
import { windowSpan } from '../../kpi/range.ts'
import type { Freshness, Mark, Reading } from '../../kpi/reading.ts'
import { memberNames } from '../known.ts'
import { writeRoute } from '../link/route.ts'
import { redefined } from '../views/against.ts'
import { sayCorrection } from '../views/correction.ts'
import { sayDiffering } from '../views/differing.ts'
import { here, incidentsOf } from '../views/incident-here.ts'
import { notesOf, sayNote } from '../views/notes.ts'
import { sayAge, sayMoment } from '../views/say-when.ts'
import type { Shown } from '../views/shown.ts'
import { sign } from '../views/sign.ts'
import { words } from '../words/index.ts'
import { cover, LETTER, narrow } from './cover.ts'

/** Panels of this many columns say by how much a figure was corrected; wider ones say why, too. */
const BRIEF = 4
/** How many letters the other marks and the time of a foot take, and the room between them. */
const OTHERS = 46
const WORST: readonly Freshness[] = ['stale', 'late', 'fresh']

/** Coverage, marks and age of what a framed panel shows. `unrenewed`: of when its drawing is, where that could not be renewed. */
export function foot(shown: Shown, readings: readonly Reading[], unrenewed: number | null = null) {
  const newest = readings.reduce<Reading | null>((a, b) => ((a?.asOf ?? -1) >= (b.asOf ?? -1) && a ? a : b), null)
  const worst = WORST.find((state) => readings.some((reading) => reading.freshness === state)) ?? 'fresh'
  const say = words(shown.language)
  const { text, short, full } = cover(shown, readings)
  // Where room is scarce a coverage that falls short says already that periods are missing.
  const implied = (mark: Mark) => mark === 'partial' && short && narrow(shown)
  const mended = correction(shown, text.length)
  const apart = differing(shown)
  const told = (mark: Mark) =>
    (mark === 'corrected' && mended !== nothing) || (mark === 'differing' && apart !== nothing)
  const marks = [...new Set(readings.flatMap((reading) => reading.marks))].filter(
    (mark) => !implied(mark) && !told(mark),
  )
  return html`<footer>
    <span class="cover ${short ? 'short' : ''}" title=${full === text ? nothing : full}>${text}</span>
    ${marks.map((mark) => html`<span class="mark ${mark}">${say[mark]}</span>`)}
    ${mended} ${apart}
    ${unrenewed === null ? nothing : old(shown, unrenewed)}
    ${since(shown, readings)}
    ${newest ? age(shown, newest, worst) : nothing}
    ${broken(shown, readings)} ${notes(shown, readings)}
    ${marks.includes('held' satisfies Mark) ? html`<span class="why">${say.heldNote}</span>` : nothing}
  </footer>`
}

/** Of when the drawing is, since it could not be renewed; where room is scarce that alone. */
function old(shown: Shown, at: number) {
  const say = words(shown.language)
  const when = sayMoment(at, shown.now, shown.language)
  const full = say.unrenewed(when)
  const text = narrow(shown) ? say.unrenewedBrief(when) : full
  return html`<span class="mark unrenewed" title=${text === full ? nothing : full}>${sign('late')} ${text}</span>`
}

/** What incident is open on a figure: which rule, since when, who has it. Where many are drawn, the sign above says that there is one. */
function broken(shown: Shown, readings: readonly Reading[]) {
  const slice = readings[0]?.slice
  if (!slice || shown.parts.some(({ slice: { by } }) => by.length > 0)) return nothing
  const { catalogue, language } = shown
  const board = catalogue.boards.get('incidents')
  const href = board ? writeRoute({ board: board.id, language, theme: null }, board.layout) : null
  return here(incidentsOf(shown.glass ?? null, slice, readings), shown, href)
}

/** The newest note on what this panel shows, how many more there are in its title. */
function notes(shown: Shown, readings: readonly Reading[]) {
  const all = notesOf(shown).map((note) => sayNote(note, readings, shown))
  const [first, ...rest] = all
  if (first === undefined) return nothing
  return html`<span class="noted" title=${all.join('\n')}>${first}${rest.length > 0 ? html` (+${formatNumber(String(rest.length), shown.language, 0)})` : nothing}</span>`
}

/** Since when a figure counts whose window reaches back to days of another definition. */
function since({ parts, language, now }: Shown, readings: readonly Reading[]) {
  const [part] = parts
  const changed = part && redefined(part.indicator)
  if (!part || !changed || part.slice.window === 'latest') return nothing
  if (windowSpan(part.slice.window, now).from >= changed || !readings.some(({ from }) => from === changed))
    return nothing
  return html`<span class="mark since">${words(language).sinceChange(formatDay(changed, language))}</span>`
}

/** What of this panel was corrected: one figure by how much, why and when; of several how many, the rest where there is room to ask. */
function correction(shown: Shown, beside: number) {
  const { corrections, language, catalogue, now } = shown
  if (corrections.length === 0) return nothing
  const say = words(language)
  const said = corrections.flatMap((one) => {
    const indicator = catalogue.indicators.get((JSON.parse(one.slice) as [string])[0])
    return indicator ? [sayCorrection(one, indicator, catalogue, language, now)] : []
  })
  const [only] = said
  if (!only) return nothing
  const all = said.map(({ brief, why }) => `${brief} (${why})`).join('; ')
  const forms =
    said.length > 1
      ? [say.correctedUnits(formatNumber(String(said.length), language, 0))]
      : [...(shown.panel.width <= BRIEF ? [] : [`${only.brief} (${only.why})`]), only.brief].map(say.correctedBy)
  // Two lines of a wall's panel hold it beside coverage, other marks and the time; where they do not, its title says how much.
  const room = shown.fit && shown.across ? (2 * shown.across) / LETTER - beside - OTHERS : Number.POSITIVE_INFINITY
  const text = forms.find(({ length }) => length <= room) ?? say.corrected
  return html`<span class="mark corrected" title=${all}>${text}${text.includes(only.why) ? nothing : html`<span class="heard">: ${all}</span>`}</span>`
}

/** What other sources say instead: of one figure what, of several how many, the rest where there is room to ask. */
function differing({ parts, catalogue, language }: Shown) {
  const said = parts.flatMap(({ indicator, readings }) =>
    readings.flatMap((reading) => {
      const what = sayDiffering(reading, indicator, catalogue, language)
      return what === '' ? [] : [{ who: memberNames(catalogue, reading.key, language).join(', '), what }]
    }),
  )
  const [only] = said
  if (!only) return nothing
  const say = words(language)
  const all = said.map(({ who, what }) => `${who === '' ? '' : `${who}: `}${what}`).join('; ')
  const text =
    said.length > 1
      ? say.differingUnits(formatNumber(String(said.length), language, 0))
      : say.differingBy(`${only.who === '' ? '' : `${only.who}: `}${only.what}`)
  return html`<span class="mark differing" title=${all}>${text}${said.length > 1 ? html`<span class="heard">: ${all}</span>` : nothing}</span>`
}

function age(shown: Shown, reading: Reading, worst: Freshness) {
  const { language, now } = shown
  const said = sayAge(reading, now, language)
  const say = words(language)
  if (worst === 'stale')
    return html`<span class="age stale">${sign(worst)} <time>${say.staleSince(said)}</time></span>
      <span class="why stale">${why(shown, reading)}</span>`
  const flag = worst === 'fresh' ? nothing : html`${sign(worst)} ${say[worst]} · `
  return html`<span class="age ${worst}">${flag}<time>${said}</time></span>`
}

/** Why a value is stale: its source is silent, or has nothing newer. */
function why(shown: Shown, reading: Reading): string {
  const say = words(shown.language)
  const silent = shown.health?.sources.find((source) => reading.sources.includes(source.id) && !source.up)
  if (!silent) return say.staleNothingNew
  if (!silent.vouched) return say.unvouched
  return say.staleSilent(shown.catalogue.sources.get(silent.id)?.title[shown.language] ?? silent.id)
}
