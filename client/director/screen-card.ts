/** One screen in the director's list: what it painted, how it is, and the way to take its key away. */
import { html, nothing } from 'lit'
import { formatAge, formatNumber } from '../../kpi/format.ts'
import type { ScreenState } from '../../kpi/painted.ts'
import { boardOf } from '../../kpi/parameters.ts'
import type { Mosaic } from '../../kpi/scene.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import type { DirectAsked } from '../link/direct.ts'
import { sayMoment } from '../views/say-when.ts'
import { sign } from '../views/sign.ts'
import { directorWords, sayCondition } from '../words/director.ts'
import { aboutFields, aboutSaid, sayPlace } from './about-fields.ts'
import './ops-miniature.ts'

export interface CardOf {
  readonly catalogue: Known
  readonly language: Language
  /** Server time. */
  readonly now: number
  /** The screen whose revocation is being confirmed. */
  readonly sure: string | null
  /** Of a group that is one picture: it is drawn above, each screen in its place. */
  readonly mosaic?: Mosaic
  /** Whether the key of this page may change or revoke it. */
  readonly acts: boolean
  readonly ask: (id: string | null) => void
  readonly revoke: (id: string) => void
  /** The screen of which something else is being said, and the group chosen for it; absent where nothing can be. */
  readonly change?: {
    readonly id: string | null
    readonly group: string | null
    readonly choose: (group: string | null) => void
    readonly begin: (id: string | null) => void
    readonly send: (act: DirectAsked) => void
  }
}

const SIGN = {
  live: 'good',
  starting: 'not-judged',
  hidden: 'warning',
  message: 'warning',
  lost: 'warning',
  frozen: 'critical',
} as const

export function screenCard(
  one: ScreenState,
  { catalogue, language, now, sure, acts, ask, revoke, change, mosaic }: CardOf,
) {
  const say = directorWords(language)
  const { painted, paired, state } = one
  const figure = (n: number) => formatNumber(String(n), language, 0)
  const board = painted ? (boardOf(catalogue, painted.board)?.title[language] ?? painted.board) : ''
  const name = paired?.name ?? board
  const profile = catalogue.screens?.get(paired?.profile ?? catalogue.groups?.get(paired?.group ?? '')?.profile ?? '')
  const wanted = profile?.pixels
  const [width, height] = [painted?.width ?? wanted?.width ?? 16, painted?.height ?? wanted?.height ?? 9]
  const otherSize = paired && wanted && painted && (wanted.width !== painted.width || wanted.height !== painted.height)
  const since =
    one.since === null ? (state === 'lost' ? say.never : '') : say.since(sayMoment(one.since, now, language))
  return html`<li class="screen ${state}" data-screen=${one.id} data-state=${state} data-painted=${painted?.board ?? nothing}>
    ${mosaic ? nothing : html`<ops-miniature .screen=${one.id} .name=${name} .language=${language} .here=${state !== 'lost'} .ratio=${width / height}></ops-miniature>`}
    <div class="line">
      <h3>${name}${paired?.place ? ` · ${sayPlace(paired.place, mosaic, language)}` : ''}</h3>
      <p class="state ${SIGN[state]}">${sign(SIGN[state])} ${sayCondition(state, language)} ${since}</p>
    </div>
    ${mosaic && !(mosaic.cells[paired?.place ?? ''] ?? null) ? html`<p class="warn">${say.outside}</p>` : nothing}
    ${one.message ? html`<p class="warn" data-message>${one.message[language]}</p>` : paired && board ? html`<p>${board}</p>` : nothing}
    ${
      painted
        ? html`<p class="facts">
            <span>${say.version(figure(painted.pulse))}</span>
            <span>${say.painted(formatAge(Math.max(0, now - (one.at ?? now)), language))}</span>
            ${one.latency === null ? nothing : html`<span>${say.latency(figure(one.latency))}</span>`}
            <span class=${otherSize ? 'warn' : ''}>${say.size(painted.width, painted.height, painted.ratio)}${otherSize ? ` (${say.wrongSize(say.size(wanted.width, wanted.height, 1))})` : ''}</span>
            <span>${painted.language}</span>
            ${painted.busy[0] > 0 ? html`<span class="warn">${say.busy(painted.busy[0], painted.busy[1])}</span>` : nothing}
            ${painted.errors > 0 ? html`<span class="warn">${say.errors(painted.errors)}</span>` : nothing}
            <span>${say.build(painted.build)}</span>
          </p>`
        : nothing
    }
    ${paired?.boards ? html`<p class="facts">${say.scope(paired.boards.map((id) => catalogue.boards.get(id)?.title[language] ?? id).join(', '))}</p>` : nothing}
    ${
      !paired || !acts
        ? nothing
        : sure === one.id
          ? html`<div class="sure" role="alertdialog" aria-label=${say.revoke}>
              <p>${say.revokeSure(paired.name)}</p>
              <button class="strong" @click=${() => revoke(one.id)}>${say.really}</button>
              <button @click=${() => ask(null)}>${say.cancel}</button>
            </div>`
          : change?.id === one.id
            ? html`<form class="change" @submit=${(event: SubmitEvent) => {
                event.preventDefault()
                const said = aboutSaid(event.target as HTMLFormElement, language, paired)
                change.send({ act: 'change', screen: one.id, ...said })
              }}>
                ${aboutFields({ catalogue, language, group: change.group, choose: change.choose, known: paired })}
                <button class="strong">${say.save}</button>
                <button type="button" @click=${() => change.begin(null)}>${say.leave}</button>
              </form>`
            : html`<div>
                ${change ? html`<button class="change" @click=${() => change.begin(one.id)}>${say.change}</button>` : nothing}
                <button class="revoke" @click=${() => ask(one.id)}>${say.revoke}</button>
              </div>`
    }
  </li>`
}
