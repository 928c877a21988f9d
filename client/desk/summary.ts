/** The figure of the whole range with all that is needed to believe it: parts, status, change, target, coverage, source time, definition. */
import { html, nothing } from 'lit'
import { isElsewhere } from '../../kpi/compared.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers, Together } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import { judgedAt, targetAt } from '../../kpi/status.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { type Known, memberName, unitOf } from '../known.ts'
import { sayDeadline } from '../views/deadline.ts'
import { sayAge } from '../views/say-when.ts'
import { sign } from '../views/sign.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { changeOf, figureOf, goodOf, partsOf, targetOf } from './said.ts'

/** How many of the missing are named. */
const NAMED = 3

export interface Summary {
  readonly indicator: Indicator
  readonly catalogue: Known
  readonly language: Language
  readonly now: number
  /** Whose figure it is: a target may be set for it alone. */
  readonly where: Reading['key']
  readonly total: Reading | null
  readonly compare: Answers['compare'] | null
  /** What the period will come to; null where it is over, or too little is known. */
  readonly forecast: Answers['forecast'] | null
  /** The country, the region and those of like size, of a unit's figure. */
  readonly peers: Answers['peers'] | null
  /** Why there is no comparison. */
  readonly unfair: Text | null
}

export function summary(about: Summary) {
  const { indicator, catalogue, language, now, where, total, compare, unfair } = about
  const say = words(language)
  if (!total) return html`<section class="card sum"><p class="said">${say.loading}</p></section>`
  const target = targetAt(indicator, { ...where, ...total.key }, judgedAt(now, total))
  // A figure that is not there says so itself, in its place.
  const judged = total.status !== 'not-judged' && total.value !== null
  return html`<section class="card sum" data-value=${total.value ?? nothing} data-status=${total.status}>
    ${judged ? html`<p class=${total.status}>${sign(total.status)} ${say[total.status]}</p>` : nothing}
    <p class="figure">${figureOf(total, indicator, language)}${total.value === null ? nothing : html` <small>${unitOf(catalogue, total.unit, language)}</small>`}</p>
    ${total.numerator === null ? nothing : html`<p>${partsOf(total, indicator, catalogue, language)}</p>`}
    ${changed(about)}
    ${unfair && !compare ? html`<p class="small">${unfair[language]}</p>` : nothing}
    ${target ? html`<p class="small">${targetOf(target, indicator, catalogue, language)}</p>` : nothing}
    ${foretold(about)}
    ${beside(about)}
    ${indicator.deadline ? html`<p class="small">${sayDeadline(indicator.deadline, { catalogue, now, language }).full}</p>` : nothing}
    ${indicator.definition ? html`<p class="small">${indicator.definition[language]}</p>` : nothing}
    <footer>${cover(total, catalogue, language)}
      ${total.marks.map((mark) => html`<span>${say[mark]}</span>`)}
      <span class=${total.freshness}>${total.freshness === 'fresh' ? nothing : sign(total.freshness)} ${sayAge(total, now, language)}</span></footer>
  </section>`
}

/** The same in a sentence, for who hears the page; empty while it is not there. */
export function heard({ indicator, catalogue, language, total, compare }: Summary): string {
  if (!total) return ''
  const say = words(language)
  const unit = total.value === null ? '' : ` ${unitOf(catalogue, total.unit, language)}`
  const change = compare?.total?.change.value ?? null
  return [
    `${figureOf(total, indicator, language)}${unit}`,
    ...(total.status === 'not-judged' || total.value === null ? [] : [say[total.status]]),
    ...(compare && change !== null ? [`${changeOf(change, indicator, language)} ${compare.said[language]}`] : []),
  ].join('; ')
}

function changed({ indicator, language, compare }: Summary) {
  const change = compare?.total?.change
  if (!compare || !change) return nothing
  const said = compare.said[language]
  // The country itself has nothing beside it; each of its parts has.
  if (change.value === null && isElsewhere(compare.with)) return html`<p class="small">${said}</p>`
  // Where there is nothing to compare with, that is said in place of the change.
  if (change.value === null) {
    const earlier = compare.total?.earlier
    return earlier ? html`<p class="small">${said}: ${figureOf(earlier, indicator, language)}</p>` : nothing
  }
  const better = { '1': 'better', '0': '', '-1': 'worse' }[goodOf(change.value, indicator)]
  const relative =
    change.relative === null
      ? ''
      : ` (${changeOf(change.relative, { ...indicator, decimals: 1, unit: { vi: '', en: '' } }, language)} %)`
  return html`<p><b class=${better}>${changeOf(change.value, indicator, language)}${relative}</b> <span class="said">${said}</span></p>
    ${thinner(compare) ? html`<p class="small short">${deskWords(language).thin}</p>` : nothing}`
}

/** A unit's figure beside the country's, its region's and that of others of like size. */
function beside({ indicator, catalogue, language, peers }: Summary) {
  if (!peers || peers.own === null || peers.own.value === null) return nothing
  const say = deskWords(language)
  const figure = ({ each, ...together }: Together) =>
    figureOf({ ...together, value: each ?? together.value }, indicator, language)
  const names = peers.peers.map(({ reading }) => memberName(catalogue, reading.key.unit ?? '', language))
  return html`<p class="small">${[
    say.besideNation(figure(peers.nation)),
    ...(peers.region ? [say.besideRegion(memberName(catalogue, peers.region.id, language), figure(peers.region))] : []),
    ...(peers.alike ? [say.besideAlike(figure(peers.alike), names.join(', '))] : []),
  ].join('; ')}${indicator.ratio ? '' : ` (${say.forEach})`}</p>`
}

/** What the period will come to at this pace, how far to believe it, whether the target is met. */
function foretold({ indicator, language, forecast: answer }: Summary) {
  if (!answer?.forecast) return nothing
  const say = deskWords(language)
  const { value, low, high, held, tries } = answer.forecast
  const { missing } = answer.days
  const figure = (text: string) => figureOf({ value: text, status: 'good' }, indicator, language)
  const { verdict } = answer
  const good = verdict && { met: 'better', missed: 'worse', open: '' }[verdict.verdict]
  const rest = Number(answer.needed)
  const within = indicator.unit !== 'percent' || rest <= 100
  return html`<p data-forecast=${value}>${say.pace(figure(value), low === null || high === null ? null : `${figure(low)} – ${figure(high)}`)}${
    verdict
      ? html`: <b class=${good}>${say.paceMet[verdict.verdict]}</b>, ${say.paceBy(changeOf(verdict.by, indicator, language))}`
      : nothing
  }</p>
    <p class="small">${held === null ? say.paceUntried(String(tries)) : say.paceHeld(String(held), String(tries))}${
      missing > 0 ? `; ${say.paceMissing(missing)}` : ''
    }${
      answer.needed === null || verdict?.verdict === 'met'
        ? nothing
        : `; ${within ? say.paceNeeded(`${figure(answer.needed)}${indicator.unit === 'percent' ? ' %' : ''}`) : say.paceNever}`
    }</p>`
}

/** Whether one side rests on far fewer of its periods than the other: then the change is no change of the country. */
function thinner({ total }: NonNullable<Summary['compare']>): boolean {
  const share = (side: Reading | null) => {
    const spans = side?.coverage.spans
    return spans && spans.expected > 0 ? spans.present / spans.expected : null
  }
  const [now, earlier] = [share(total?.now ?? null), share(total?.earlier ?? null)]
  return now !== null && earlier !== null && Math.min(now, earlier) < 0.9 * Math.max(now, earlier)
}

function cover({ coverage }: Reading, catalogue: Known, language: Language) {
  const say = words(language)
  const { expected, reported, missing } = coverage
  if (expected === null) return nothing
  const names = missing.slice(0, NAMED).map((id) => memberName(catalogue, id, language))
  const named = missing.length > NAMED ? say.andMore(names.join(', '), missing.length - NAMED, null) : names.join(', ')
  const text = say.units(String(reported), String(expected))
  return html`<span class=${missing.length > 0 ? 'short' : ''}>${text}${missing.length > 0 ? ` · ${say.missing(named)}` : ''}</span>`
}
