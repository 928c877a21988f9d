/** The foot of a panel: coverage with the missing named, marks, source time and age. */
import { html, nothing } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import type { Freshness, Mark, Reading } from '../../kpi/reading.ts'
import { memberNames } from '../known.ts'
import { sayAge, sayMoment, sayNames } from '../views/say.ts'
import type { Shown } from '../views/shown.ts'
import { sign } from '../views/sign.ts'
import { words } from '../words/index.ts'

/** How many missing units are named before they are counted. */
const NAMED = 3
/** Panels of this many columns have room for one name. */
const NARROW = 3
const WORST: readonly Freshness[] = ['stale', 'late', 'fresh']

/** Coverage, marks and age of what a framed panel shows. */
export function foot(shown: Shown, readings: readonly Reading[]) {
  const newest = readings.reduce<Reading | null>((a, b) => ((a?.asOf ?? -1) >= (b.asOf ?? -1) && a ? a : b), null)
  const worst = WORST.find((state) => readings.some((reading) => reading.freshness === state)) ?? 'fresh'
  const marks = [...new Set(readings.flatMap((reading) => reading.marks))]
  const say = words(shown.language)
  return html`<footer>
    <span class="cover">${cover(shown, readings)}</span>
    ${marks.map((mark) => html`<span class="mark ${mark}">${say[mark]}</span>`)}
    ${newest ? age(shown, newest, worst) : nothing}
    ${marks.includes('held' satisfies Mark) ? html`<span class="why">${say.heldNote}</span>` : nothing}
  </footer>`
}

function cover(shown: Shown, readings: readonly Reading[]) {
  const { catalogue, language } = shown
  const say = words(language)
  const by = shown.parts[0]?.slice.by[0]
  const members = readings.filter((reading) => by !== undefined && reading.key[by] !== undefined)
  const only = readings[0]
  if (!only) return nothing
  const whole = members.length > 0 ? ofMembers(members, by as string) : only.coverage
  const named = shown.panel.width <= NARROW ? 1 : NAMED
  const figure = (n: number) => formatNumber(String(n), language, 0)
  const missing = members.length > 0 ? whole.missing : only.coverage.missing
  const { spans, basis, standing, late } = only.coverage
  const said = [
    whole.expected === null
      ? whole.reported > 0
        ? say.unitsOnly(figure(whole.reported))
        : ''
      : say.units(figure(whole.reported), figure(whole.expected)),
    missing.length > 0 ? say.missing(sayNames(missing, named, catalogue, language)) : '',
    members.length === 0 && few(late) ? say.lateUnits(sayNames(late, NAMED, catalogue, language)) : '',
    members.length === 0 && !few(late) && standing > 0 ? say.standing(figure(standing)) : '',
    spans && spans.present < spans.expected ? say.spans(figure(spans.present), figure(spans.expected)) : '',
    basis === 'unverified' ? say.unverified : '',
  ].filter(Boolean)
  const about = members.length > 0 ? [] : memberNames(catalogue, shown.parts[0]?.slice.where ?? {}, language)
  const short = missing.length > 0 || (whole.expected !== null && whole.reported < whole.expected)
  return html`<span class=${short ? 'short' : ''}>${[...about, ...said].join(' · ')}</span>`
}

/** Names help while they can be read; beyond that the count says more. */
const few = (ids: readonly string[]) => ids.length > 0 && ids.length <= 2 * NAMED

function ofMembers(readings: readonly Reading[], by: string) {
  const named = new Set(readings.flatMap((reading) => reading.coverage.missing))
  for (const reading of readings) if (reading.status === 'no-data') named.add(reading.key[by] ?? '')
  const there = readings.filter((reading) => reading.status !== 'no-data').map((reading) => reading.key[by])
  const missing = [...named].filter((id) => !there.includes(id))
  return { expected: there.length + missing.length, reported: there.length, missing }
}

function age(shown: Shown, reading: Reading, worst: Freshness) {
  const { language, now } = shown
  const said = sayAge(reading, now, language)
  const flag = worst === 'fresh' ? nothing : html`${sign(worst)} ${words(language)[worst]} · `
  return html`<span class="age ${worst}">${flag}<time>${said}</time></span>
    ${worst === 'stale' ? html`<span class="why stale">${why(shown, reading)}</span>` : nothing}`
}

/** Since when a value is stale, and whether its source is silent or has nothing newer. */
function why(shown: Shown, reading: Reading): string {
  const say = words(shown.language)
  const since = reading.asOf === null ? say.noSourceTime : sayMoment(reading.asOf, shown.now)
  const silent = shown.health?.sources.find((source) => reading.sources.includes(source.id) && !source.up)
  if (!silent) return say.staleNothingNew(since)
  return say.staleSilent(since, shown.catalogue.sources.get(silent.id)?.title[shown.language] ?? silent.id)
}
