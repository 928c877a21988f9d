/** An incident where the value it is about is shown: which rule, whom, since when, and who has it, in one line that leads to it. */
import { css, html, nothing } from 'lit'
import { formatNumber } from '../../kpi/format.ts'
import { sayPoints } from '../../kpi/incident-say.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Glass, GlassIncident } from '../../kpi/wire.ts'
import { words } from '../words/index.ts'
import { type Around, nameOf, sayHand } from './incident-cards.ts'
import { sayMoment } from './say-when.ts'
import { sign } from './sign.ts'

/** Incidents that are about what a slice shows: its indicator, and of the members it is of or splits by; the gravest first. */
export function incidentsOf(
  glass: Glass | null,
  slice: string,
  readings: readonly Reading[],
): readonly GlassIncident[] {
  if (!glass) return []
  const [indicator, , by, where] = JSON.parse(slice) as [string, string, string[], [string, string][]]
  const sources = new Set(readings.flatMap((reading) => reading.sources))
  const fits = (members: Readonly<Record<string, string>>) =>
    where.every(
      ([dimension, member]) =>
        by.includes(dimension) || members[dimension] === undefined || members[dimension] === member,
    )
  return glass.incidents.filter(
    ({ points, source }) =>
      (source !== null && sources.has(source)) ||
      points.some((point) => point.indicator === indicator && fits(point.members)),
  )
}

/** Incidents that are about a unit: it is one of their points, or makes up a good part of a national breach; the gravest first. */
export function incidentsAbout(glass: Glass | null, unit: string): readonly GlassIncident[] {
  return (glass?.incidents ?? []).filter(
    ({ points, contributions }) =>
      points.some(({ members }) => members.unit === unit) ||
      (contributions?.by === 'unit' && contributions.named.some(({ id }) => id === unit)),
  )
}

/** What of an incident is said beside a value: the rule, since when, who has it; whom it names is told where one asks. */
export function sayHere(one: GlassIncident, { catalogue, language, now }: Around) {
  const say = words(language)
  const names = one.source === null ? sayPoints(one, nameOf(catalogue), language, 2) : ''
  const since = say.sinceWhen(sayMoment(one.began, now, language))
  return { what: one.title[language], since, names, hand: sayHand(one, { catalogue, language, now }) }
}

/** The line of the gravest of several, and how many more there are; nothing without any. `href`: where it leads. */
export function here(own: readonly GlassIncident[], around: Around, href: string | null) {
  const [worst, ...rest] = own
  if (!worst) return nothing
  const { what, since, hand } = sayHere(worst, around)
  const more = rest.length > 0 ? ` (+${formatNumber(String(rest.length), around.language, 0)})` : ''
  const all = own.map((one) => {
    const said = sayHere(one, around)
    return [said.what, said.since, said.hand.text, said.names].filter(Boolean).join(' · ')
  })
  const inside = html`${sign(worst.severity)} <b>${what}</b>${more} · ${since} · <span class="hand ${hand.calm ? 'calm' : ''}">${hand.text}</span>`
  const kinds = `broke ${worst.severity} ${worst.acknowledged ? 'taken' : ''}`
  return href === null
    ? html`<span class=${kinds} data-incident=${worst.id} title=${all.join('\n')}>${inside}</span>`
    : html`<a class=${kinds} data-incident=${worst.id} title=${all.join('\n')} href=${href}>${inside}</a>`
}

export const hereStyle = css`
  .broke {
    min-width: 0;
    overflow-wrap: anywhere;
    text-decoration: none;
    color: var(--ink-2);
  }
  .broke b {
    font-weight: 600;
    color: var(--ink);
  }
  .broke .sign,
  .broke .hand {
    color: var(--warning);
  }
  .broke.critical .sign {
    color: var(--critical);
  }
  .broke .hand.calm {
    color: var(--data);
  }
  a.broke:hover b {
    text-decoration: underline;
  }
`
