/** An incident as a card: whom it is about, what and since when, who makes it up, and who has it in hand. */
import { css, html, nothing } from 'lit'
import { formatAge, formatNumber } from '../../kpi/format.ts'
import { type NameOf, sayBreach, sayCondition, sayPoints } from '../../kpi/incident-say.ts'
import type { Language } from '../../kpi/text.ts'
import type { GlassIncident } from '../../kpi/wire.ts'
import type { Place } from '../draw/rows.ts'
import { type Known, memberName } from '../known.ts'
import { words } from '../words/index.ts'
import { custom } from './custom.ts'
import { sayMoment } from './say-when.ts'
import { sign } from './sign.ts'

export interface Around {
  readonly catalogue: Known
  readonly language: Language
  /** Server time, UTC milliseconds. */
  readonly now: number
}

/** As many names head a card. */
const FEW = 3

export const nameOf =
  (catalogue: Known): NameOf =>
  (dimension, member, language) =>
    memberName(catalogue, member, language, dimension)

/** Whom or what a card is headed by, and what it says below. */
export function sayIncident(one: GlassIncident, { catalogue, language, now }: Around) {
  const say = words(language)
  const name = nameOf(catalogue)
  const places = one.source === null ? placesOf(one) : 0
  // Of a few places a card is headed by their names; of many by what is wrong, and in how many.
  const many = places > FEW
  const names = places > 0 ? sayPoints(one, name, language, many ? FEW - 1 : FEW) : ''
  const title = one.title[language]
  const since = say.sinceWhen(sayMoment(one.began, now, language))
  const others = one.source === null ? 0 : one.points.filter(({ key }) => key.source === undefined).length + one.more
  const said = [
    many ? names : names ? title : '',
    one.source === null && !one.drill
      ? sayCondition(one.condition, limitOf(one), language, unitOf(one, catalogue))
      : '',
    since,
    others > 0 ? say.keepsOld(formatNumber(String(others), language, 0)) : '',
  ]
  // The mark of a drill stands beside its name, and need not be said twice.
  const plain = one.drill && title.startsWith(`${say.drill}: `) ? title.slice(say.drill.length + 2) : title
  // A number and its percent sign stay in one line.
  const text = said.filter(Boolean).join(' · ').replaceAll(' %', '\u00a0%')
  const head = many ? `${plain} · ${say.places(formatNumber(String(places), language, 0))}` : names || plain
  return { head, text, breach: sayBreach(one, name, language) }
}

/** How many members an incident is about; none where it is about a total. */
const placesOf = ({ points, more }: GlassIncident) => {
  const named = new Set(points.map(({ key }) => JSON.stringify(key)))
  named.delete('{}')
  return named.size === 0 ? 0 : named.size + more
}

const unitOf = ({ points }: GlassIncident, { indicators }: Known) =>
  indicators.get(points[0]?.indicator ?? '')?.unit ?? null
const limitOf = ({ points }: GlassIncident) => points[0]?.limit ?? null

/** Who has it in hand, or for how long nobody has. */
export function sayHand(
  one: GlassIncident,
  { language, now }: Around,
): { readonly text: string; readonly calm: boolean } {
  const say = words(language)
  const { acknowledged: taken, assigned, escalated, grew } = one
  const escalation = escalated ? say.escalatedAt(sayMoment(escalated.at, now, language)) : ''
  if (!taken) {
    const open = say.nobodyHas(formatAge(now - one.opened, language))
    return {
      text: [open, assigned ? say.assignedTo(assigned.to) : '', escalation].filter(Boolean).join(' · '),
      calm: false,
    }
  }
  const late = taken.due !== null && now > taken.due
  const due =
    taken.due === null
      ? ''
      : late
        ? say.overdueSince(formatAge(now - taken.due, language))
        : say.promised(sayMoment(taken.due, now, language))
  const grown = grew !== null && grew > taken.at ? say.grewSince : ''
  const text = [
    say.takenBy(taken.by, sayMoment(taken.at, now, language)),
    assigned && assigned.at > taken.at ? say.assignedTo(assigned.to) : '',
    due,
    grown,
    late ? escalation : '',
  ]
  return { text: text.filter(Boolean).join(' · '), calm: !late && grown === '' }
}

/** One card; `more` stands below who has it; `place`: where it stands among others, pixels, where that is known. */
export function card(one: GlassIncident, around: Around, more: unknown = nothing, place?: Place) {
  const { head, text, breach } = sayIncident(one, around)
  const hand = sayHand(one, around)
  const say = words(around.language)
  const note = one.notes.at(-1)
  return html`<li class="card ${one.severity} ${one.acknowledged ? 'taken' : 'open'}" data-incident=${one.id}
    ${custom(place ? { '--column': place.column + 1, '--line': Math.round(place.top) + 1, '--span': Math.max(1, Math.ceil(place.height)) } : {})}>
    <h2>${sign(one.severity)}<span class="heard">${say[one.severity]}</span> ${one.drill ? html`<b class="drill">${say.drill}</b>` : nothing} ${head}</h2>
    <p>${text}${breach ? html` · ${breach}` : nothing}${one.simulated ? html` · ${say.simulated}` : nothing}</p>
    ${one.undelivered ? html`<p class="note warning">${say.undelivered(formatNumber(String(one.undelivered), around.language, 0))}</p>` : nothing}
    ${note ? html`<p class="note">${say.noteOn(note.by, note.text)}</p>` : nothing}
    <p class="hand ${hand.calm ? 'calm' : 'warning'}">${hand.text}</p>
    ${more}
  </li>`
}

/** All an incident is about, each with its figure, and what is to be done; for a wall with room and little to tell. */
export function whole(one: GlassIncident, around: Around) {
  const { catalogue, language } = around
  const say = words(language)
  const points = one.points.flatMap(({ key, measured, indicator }) => {
    const names = Object.entries(key).map(([dimension, member]) => memberName(catalogue, member, language, dimension))
    const known = catalogue.indicators.get(indicator)
    if (names.length === 0 || measured === null || !known) return []
    const figure = formatNumber(measured, language, known.decimals)
    return [`${names.join(' · ')} ${figure}${known.unit === 'percent' ? '\u00a0%' : ''}`]
  })
  const rest = points.length > 0 && one.more > 0 ? `, +${formatNumber(String(one.more), language, 0)}` : ''
  return html`${points.length > 1 ? html`<p class="whole">${points.join(', ')}${rest}</p>` : nothing}
    <p class="whole"><b>${say.whatToDo}.</b> ${one.action[language]}</p>`
}

/** The same in one line, for a panel with little height. */
export function line(one: GlassIncident, around: Around) {
  const { head, text } = sayIncident(one, around)
  const hand = sayHand(one, around)
  const say = words(around.language)
  const brief = one.acknowledged
    ? say.takenBy(one.acknowledged.by, sayMoment(one.acknowledged.at, around.now, around.language))
    : say.nobodyHas(formatAge(around.now - one.opened, around.language))
  return html`<li class="line ${one.severity}" data-incident=${one.id} title="${head} · ${text} · ${hand.text}">
    <span class="what">${sign(one.severity)}<span class="heard">${say[one.severity]}</span> ${one.drill ? html`<b class="drill">${say.drill}</b>` : nothing} <b>${head}</b> · ${text}</span>
    <span class="hand ${hand.calm ? 'calm' : 'warning'}">${brief}</span>
  </li>`
}

export const cardStyle = css`
  .card {
    display: grid;
    gap: 0.15rem;
    align-content: start;
    min-width: 0;
    padding: 0.1rem 0 0.1rem 0.8rem;
    border-left: 0.2rem solid var(--warning-fill);
    overflow-wrap: anywhere;
  }
  .card.critical {
    border-color: var(--critical-fill);
  }
  .card h2 {
    font-weight: 600;
    color: var(--ink);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    min-width: 0;
    color: var(--ink-2);
  }
  .line .hand {
    margin-left: auto;
    white-space: nowrap;
  }
  .line b {
    font-weight: 600;
    color: var(--ink);
  }
  /* As many lines as there is room for; the last ends in three points. */
  .line .what {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: var(--lines, 1);
    flex: 1 1 60%;
    min-width: 0;
    overflow: hidden;
  }
  .card .sign,
  .line .sign {
    color: var(--warning);
  }
  .line.critical .sign,
  .card.critical .sign {
    color: var(--critical);
  }
  .card p {
    color: var(--ink-2);
  }
  .card .note {
    font-size: var(--small);
  }
  .card .note.warning {
    color: var(--warning);
  }
  .hand.calm {
    color: var(--data);
  }
  .card .hand.calm {
    color: var(--data);
  }
  .card .hand.warning {
    color: var(--warning);
  }
  .drill {
    padding: 0 0.4rem;
    border: 0.1rem solid currentColor;
    border-radius: 0.2rem;
    color: var(--warning);
  }
`
