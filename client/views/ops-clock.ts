/** The server's time, large, with its day: which weekday, and whether people work. It stands when the stream stands. */
import { css, html, nothing } from 'lit'
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { dayOf } from '../../kpi/calendar-days.ts'
import { KINDS, kindOf, reason } from '../../kpi/calendar-kind.ts'
import { TENTATIVE } from '../../kpi/calendar-say.ts'
import { formatClock, formatDay, weekdayName } from '../../kpi/format.ts'
import { words } from '../words/index.ts'
import { viewWords } from '../words/views.ts'
import { look } from './look.ts'
import { ViewElement } from './view-element.ts'

export class OpsClock extends ViewElement {
  static override styles = [
    look,
    css`
      :host {
        display: flex;
        flex-direction: column;
        justify-content: center;
        container-type: inline-size;
      }
      :host([fit]) {
        height: 100%;
        container-type: size;
      }
      .time {
        font-size: min(20cqi, 6rem);
        line-height: 1.2;
        font-weight: 600;
        letter-spacing: -0.01em;
        /* So much of it shines all day long: the header tells the time in full light. */
        color: var(--ink-2);
      }
      :host([fit]) .time {
        font-size: max(1.2rem, min(20cqi, (100cqb - 2.9rem) / 1.2, 9rem));
      }
      .day {
        color: var(--ink-2);
      }
      .day b {
        font-weight: 500;
        color: var(--ink);
      }
    `,
  ]

  override render() {
    const { now, language, catalogue } = this.shown
    if (now <= 0) return html`<p class="day">${viewWords(language).noClock}</p>`
    const day = dayOf(now)
    const calendar = catalogue.calendars.get(PUBLIC_SECTOR)
    const kind = calendar ? kindOf(calendar, day) : null
    const undecided = calendar?.days.get(day)?.official === false
    const said = calendar && kind ? (kind === 'worked' ? KINDS[kind][language] : reason(calendar, day, language)) : ''
    return html`
      <p class="time" role="timer" aria-label=${words(language).serverTime}>${formatClock(now)}</p>
      <p class="day">
        <b>${weekdayName(day, language)} ${formatDay(now, language)}</b>${said ? html` · ${said}` : nothing}${undecided ? html` · ${TENTATIVE[language]}` : nothing}
      </p>
    `
  }
}

customElements.define('ops-clock', OpsClock)
