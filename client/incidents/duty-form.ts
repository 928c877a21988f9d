/** What a person says about an incident beyond one tap: a note, by when it will be done, who gets it, why it is closed. */
import { html } from 'lit'
import type { Act } from '../../kpi/act.ts'
import { dayBegins, dayOf } from '../../kpi/calendar-days.ts'
import { DAY, HOUR } from '../../kpi/range.ts'
import type { GlassIncident } from '../../kpi/wire.ts'
import type { Words } from '../words/index.ts'

/** What may be promised: from now, or by the end of a working day. */
export const PROMISES = ['none', '1h', '4h', 'today', 'tomorrow'] as const
export type Promised = (typeof PROMISES)[number]
/** When a working day ends. */
const CLOSE = 17 * HOUR

/** The moment a promise means at `now`, UTC milliseconds; null for none. The end of a day that is over is the next day's. */
export function dueOf(promised: Promised, now: number): number | null {
  if (promised === 'none') return null
  if (promised === '1h') return now + HOUR
  if (promised === '4h') return now + 4 * HOUR
  const close = dayBegins(dayOf(now)) + CLOSE
  return promised === 'today' && close > now ? close : close + DAY
}

const WORDS = ['acknowledge', 'note', 'assign', 'close'] as const
export type Word = (typeof WORDS)[number]
/** How much must be written for each. */
const LEAST: Readonly<Record<Word, number>> = { acknowledge: 0, note: 3, assign: 2, close: 3 }

/** The act a form means; null where too little is written for it. `pulse`: the data version the writer sees. */
export function actOf(
  word: Word,
  id: string,
  text: string,
  promised: Promised,
  now: number,
  pulse: number,
): Act | null {
  const said = text.trim()
  if (said.length < LEAST[word]) return null
  const due = dueOf(promised, now)
  switch (word) {
    case 'acknowledge':
      return { act: 'acknowledge', incident: id, note: said, ...(due === null ? {} : { due }) }
    case 'note':
      return { act: 'note', incident: id, note: said, members: {}, pulse }
    case 'assign':
      return { act: 'assign', incident: id, to: said, note: '' }
    case 'close':
      return { act: 'close', incident: id, reason: said }
  }
}

export interface FormAround {
  readonly say: Words
  readonly now: number
  readonly pulse: number
  readonly busy: boolean
  /** Sends an act; answers whether it was taken. */
  readonly send: (act: Act) => Promise<boolean>
  /** Says that too little is written. */
  readonly lacking: () => void
}

/** The form below an unfolded incident. */
export function actForm(one: GlassIncident, { say, now, pulse, busy, send, lacking }: FormAround) {
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const word = WORDS.find((known) => known === (event.submitter as HTMLButtonElement | null)?.value)
    const data = new FormData(form)
    const promised = PROMISES.find((known) => known === data.get('due')) ?? 'none'
    const act = word ? actOf(word, one.id, String(data.get('text') ?? ''), promised, now, pulse) : null
    if (!act) lacking()
    else if (await send(act)) form.reset()
  }
  const label: Readonly<Record<Word, string>> = {
    ...{ acknowledge: say.takeWith, note: say.noteIt, assign: say.giveIt, close: say.closeIt },
  }
  return html`<form class="act" @submit=${submit}>
    <input name="text" maxlength="500" placeholder=${say.actText} aria-label=${say.actText} />
    <label>${say.dueLabel} <select name="due">
      ${PROMISES.map((promised) => html`<option value=${promised}>${say[`due_${promised}`]}</option>`)}
    </select></label>
    <div class="words">
      ${WORDS.map((word) => html`<button class="quiet" value=${word} ?disabled=${busy}>${label[word]}</button>`)}
    </div>
  </form>`
}
