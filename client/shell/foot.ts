/** The foot of a panel: coverage with the missing named, marks, source time and age. */
import { html, nothing } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import type { Freshness, Mark, Reading } from '../../kpi/reading.ts'
import { memberNames } from '../known.ts'
import { sayCorrection } from '../views/correction.ts'
import { sayAge, sayNames } from '../views/say.ts'
import type { Shown } from '../views/shown.ts'
import { sign } from '../views/sign.ts'
import { words } from '../words/index.ts'

/** How many missing units are named before they are counted. */
const NAMED = 3
/** Panels of this many columns have room for one name. */
const NARROW = 3
/** Panels of this many columns say by how much a figure was corrected; wider ones say why, too. */
const BRIEF = 4
const WORST: readonly Freshness[] = ['stale', 'late', 'fresh']

/** Coverage, marks and age of what a framed panel shows. */
export function foot(shown: Shown, readings: readonly Reading[]) {
  const newest = readings.reduce<Reading | null>((a, b) => ((a?.asOf ?? -1) >= (b.asOf ?? -1) && a ? a : b), null)
  const worst = WORST.find((state) => readings.some((reading) => reading.freshness === state)) ?? 'fresh'
  const say = words(shown.language)
  const { text, short } = cover(shown, readings)
  // Where room is scarce a coverage that falls short says already that periods are missing.
  const implied = (mark: Mark) => mark === 'partial' && short && narrow(shown)
  const mended = correction(shown)
  const told = (mark: Mark) => mark === 'corrected' && mended !== nothing
  const marks = [...new Set(readings.flatMap((reading) => reading.marks))].filter(
    (mark) => !implied(mark) && !told(mark),
  )
  return html`<footer>
    <span class="cover ${short ? 'short' : ''}">${text}</span>
    ${marks.map((mark) => html`<span class="mark ${mark}">${say[mark]}</span>`)}
    ${mended}
    ${newest ? age(shown, newest, worst) : nothing}
    ${marks.includes('held' satisfies Mark) ? html`<span class="why">${say.heldNote}</span>` : nothing}
  </footer>`
}

/** What of this panel was corrected: one figure by how much, why and when; of several how many, the rest where there is room to ask. */
function correction(shown: Shown) {
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
  const text =
    said.length > 1
      ? say.correctedUnits(formatNumber(String(said.length), language, 0))
      : say.correctedBy(shown.panel.width <= BRIEF ? only.brief : `${only.brief} (${only.why})`)
  return html`<span class="mark corrected" title=${all}>${text}${text.includes(only.why) ? nothing : html`<span class="heard">: ${all}</span>`}</span>`
}

function cover(shown: Shown, readings: readonly Reading[]) {
  const { catalogue, language } = shown
  const say = words(language)
  const by = shown.parts[0]?.slice.by[0]
  const members = readings.filter((reading) => by !== undefined && reading.key[by] !== undefined)
  const only = readings[0]
  if (!only) return { text: '', short: false }
  const whole = members.length > 0 ? ofMembers(members, by as string) : only.coverage
  const brief = narrow(shown)
  const named = brief ? 1 : NAMED
  const figure = (n: number) => formatNumber(String(n), language, 0)
  const missing = members.length > 0 ? whole.missing : only.coverage.missing
  const { spans, basis, standing, late } = only.coverage
  const about = members.length > 0 ? [] : memberNames(catalogue, shown.parts[0]?.slice.where ?? {}, language)
  const short = missing.length > 0 || (whole.expected !== null && whole.reported < whole.expected)
  // A group named by its own size, "34 provinces", says what of what in one, where the foot has nothing graver to say.
  const group = brief ? about.find((name) => name.startsWith(`${whole.expected} `)) : undefined
  const said = [
    whole.expected === null
      ? whole.reported > 0
        ? say.unitsOnly(figure(whole.reported))
        : ''
      : group === undefined || short
        ? say.units(figure(whole.reported), figure(whole.expected))
        : `${figure(whole.reported)}/${group}`,
    missing.length > 0 ? say.missing(sayNames(missing, named, catalogue, language)) : '',
    members.length === 0 && few(late) ? say.lateUnits(sayNames(late, NAMED, catalogue, language)) : '',
    members.length === 0 && !few(late) && standing > 0 && !brief ? say.standing(figure(standing)) : '',
    spans && spans.present < spans.expected && !brief ? say.spans(figure(spans.present), figure(spans.expected)) : '',
    basis === 'unverified' ? say.unverified : '',
  ].filter(Boolean)
  return { text: [...(group === undefined ? about : []), ...said].join(' · '), short }
}

const narrow = ({ panel }: Shown) => panel.width <= NARROW

/** Names help while they can be read; beyond that the count says more. */
const few = (ids: readonly string[]) => ids.length > 0 && ids.length <= 2 * NAMED

function ofMembers(readings: readonly Reading[], by: string) {
  const named = new Set(readings.flatMap((reading) => reading.coverage.missing))
  for (const reading of readings) if (reading.status === 'no-data') named.add(reading.key[by] ?? '')
  const there = readings.filter((reading) => reading.status !== 'no-data')
  const ids = new Set(there.map((reading) => reading.key[by]))
  const missing = [...named].filter((id) => !ids.has(id))
  // Whose figure only stands has one, and has not reported.
  const standing = there.filter(({ coverage }) => coverage.reported === 0 && coverage.standing > 0).length
  return { expected: there.length + missing.length, reported: there.length - standing, missing }
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
  return say.staleSilent(shown.catalogue.sources.get(silent.id)?.title[shown.language] ?? silent.id)
}
