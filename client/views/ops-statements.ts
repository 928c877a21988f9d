/** Published figures, one statement each: value, date, whom it is about, its parts, its marks; the exact quote on demand. */
import { css, html, nothing } from 'lit'
import { formatDay, formatExact, formatNumber } from '../../kpi/format.ts'
import { dayStart } from '../../kpi/range.ts'
import type { Citation, Reading } from '../../kpi/reading.ts'
import { declaredSize, memberNames, unitOf } from '../known.ts'
import { words } from '../words/index.ts'
import { sayDeadline } from './deadline.ts'
import { sayDiffering } from './differing.ts'
import { look } from './look.ts'
import { sayBasis, sayParts, sayValue } from './say.ts'
import { sayLater, sayNames } from './say-names.ts'
import { sayAge, sayDate, sayPeriod } from './say-when.ts'
import { absent, type Part } from './shown.ts'
import { sign } from './sign.ts'
import { ViewElement } from './view-element.ts'

/** How many missing units are named before they are counted. */
const NAMED = 3

export class OpsStatements extends ViewElement {
  static override styles = [
    look,
    css`
      ul.all {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr));
        gap: 1.1rem 1.6rem;
        align-items: start;
      }
      .statement {
        display: grid;
        gap: 0.15rem;
        min-width: 0;
        padding-top: 0.7rem;
        border-top: 1px solid var(--rule);
        color: var(--ink-2);
        overflow-wrap: anywhere;
      }
      .title {
        color: var(--ink);
      }
      .value {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 0.4rem;
        color: var(--ink);
      }
      .value strong {
        font-size: 1.9rem;
        line-height: 1.2;
        font-weight: 600;
        letter-spacing: -0.01em;
      }
      .aside summary {
        font-size: inherit;
      }
      .value strong.words {
        font-size: 1.2rem;
        font-weight: 500;
        color: var(--ink-2);
      }
      .value span {
        color: var(--ink-2);
      }
      .value .parts {
        padding-left: 0.5rem;
      }
      .marks {
        padding: 0.2rem 0;
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 0.5rem;
      }
      .mark {
        padding: 0 0.45rem;
        border: 1px solid var(--rule);
        border-radius: 0.2rem;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .mark.doubt {
        border-color: var(--warning);
        color: var(--warning);
      }
      .reported {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.9rem;
        font-size: var(--small);
        color: var(--ink-3);
      }
      .reported :is(.short, .late, .stale) {
        color: var(--warning);
      }
      .aside {
        padding-left: 0.6rem;
        border-left: 0.15rem dashed var(--rule);
        font-size: var(--small);
      }
      summary {
        width: fit-content;
        cursor: pointer;
        font-size: var(--small);
        text-decoration: underline dotted;
        text-underline-offset: 0.25em;
      }
      .citation {
        display: grid;
        gap: 0.1rem;
        margin: 0.4rem 0 0.6rem;
        font-size: var(--small);
      }
      blockquote {
        padding-left: 0.7rem;
        border-left: 0.15rem solid var(--data-fill);
        color: var(--ink);
      }
      .empty {
        color: var(--ink-3);
      }
    `,
  ]

  override render() {
    const say = words(this.shown.language)
    const all = this.shown.parts.flatMap((part) =>
      (part.readings.length > 0 ? part.readings : [absent(part.slice)]).map((reading) => ({ part, reading })),
    )
    if (all.length === 0) return html`<p class="empty">${say.emptyStatements}</p>`
    return html`<ul class="all">${all.map(({ part, reading }) => this.#statement(part, reading))}</ul>`
  }

  #statement(part: Part, reading: Reading) {
    const { catalogue, language, now } = this.shown
    const say = words(language)
    const said = sayValue(reading, part.indicator, catalogue, language)
    const parts = sayParts(reading, part.indicator, catalogue, language)
    const members = { ...part.slice.where, ...reading.key }
    // Figures of another time speak of the units of that time.
    const at = reading.value === null || reading.to <= 0 ? now : Math.min(now, Math.max(reading.from, reading.to - 1))
    const about = memberNames(catalogue, members, language, at)
    const later = sayLater(catalogue, members, language, at, now)
    const line = [
      about.join(' · ') + (later === null ? '' : ` (${later})`),
      reading.value === null ? '' : sayPeriod(reading, language),
    ]
      .filter(Boolean)
      .join(' · ')
    return html`<li class="statement" data-slice=${reading.slice} data-indicator=${part.indicator.id}>
      <h3 class="title">${part.indicator.title[language]}</h3>
      <p class="value">
        ${said.qualifier ? html`<span>${said.qualifier}</span>` : nothing}
        <strong class=${reading.value === null ? 'words' : ''}>${this.#known(part, reading) ?? said.text}</strong>
        ${said.unit ? html`<span>${said.unit}</span>` : nothing}
        ${parts ? html`<span class="parts">${parts}</span>` : nothing}
      </p>
      <p>${line}</p>
      ${this.#reported(part, reading)} ${this.#marks(part, reading)} ${this.#wanted(part, reading)}
      ${
        reading.citations.length === 0
          ? nothing
          : html`<details>
              <summary>${say.sources(reading.citations.length)}</summary>
              ${reading.citations.map((citation) => this.#citation(citation))}
            </details>`
      }
    </li>`
  }

  /** Who reported, who is missing, and of when it is: of figures that are told again and again. */
  #reported({ indicator }: Part, reading: Reading) {
    if (indicator.rhythm === undefined) return nothing
    const { catalogue, language, now } = this.shown
    const say = words(language)
    const { expected, reported, missing } = reading.coverage
    const figure = (n: number) => formatNumber(String(n), language, 0)
    const counted = expected === null ? '' : say.units(figure(reported), figure(expected))
    const lacking = missing.length > 0 ? say.missing(sayNames(missing, NAMED, catalogue, language)) : ''
    const short = lacking !== '' || (expected !== null && reported < expected)
    const old = reading.freshness === 'fresh' ? nothing : html`${sign(reading.freshness)} ${say[reading.freshness]} · `
    return html`<p class="reported">
      <span class=${short ? 'short' : ''}>${[counted, lacking].filter(Boolean).join(' · ')}</span>
      <span class=${reading.freshness}>${old}${sayAge(reading, now, language)}</span>
    </p>`
  }

  /** What there is instead of a figure, where only a wish was published. */
  #known(part: Part, reading: Reading): string | null {
    if (reading.value !== null || reading.status !== 'no-data') return null
    const say = words(this.shown.language)
    if (targetsOf(part, reading).length > 0) return say.onlyTarget
    return part.indicator.plans.length > 0 ? say.onlyPlan : null
  }

  #marks(part: Part, reading: Reading) {
    const say = words(this.shown.language)
    const marks = reading.marks.map(
      (mark) => html`<li class="mark ${mark === 'held' ? 'doubt' : ''}">${say[mark]}</li>`,
    )
    const apart = sayDiffering(reading, part.indicator, this.shown.catalogue, this.shown.language)
    if (apart !== '') marks.push(html`<li class="mark">${apart}</li>`)
    const size = declaredSize(this.shown.catalogue, { ...part.slice.where, ...reading.key })
    if (size !== null || reading.coverage.basis === 'unverified') {
      const count = size ?? reading.coverage.expected
      const text = count === null ? '' : `${say.groupSize(formatNumber(String(count), this.shown.language, 0))} · `
      marks.push(html`<li class="mark doubt">${text}${say.unverified}</li>`)
    }
    return marks.length === 0 ? nothing : html`<ul class="marks">${marks}</ul>`
  }

  /** Targets and plans stand apart: they are what was wanted, never what was reached. */
  #wanted(part: Part, reading: Reading) {
    const { language } = this.shown
    const say = words(language)
    const targets = targetsOf(part, reading).map((target) => {
      const dates = this.#dates(target.from, target.to)
      const said = [
        `${say.target} ${this.#figure(part, target.value)}`,
        target.label?.[language],
        dates,
        sayBasis(target.basis, language),
      ]
      return this.#aside(said, target.quote)
    })
    const plans = part.indicator.plans.map((plan) => {
      const actual = plan.actual ? `${say.actual} ${sayDate(plan.actual, language)}` : undefined
      return this.#aside(
        [
          `${say.plan} ${sayDate(plan.planned, language)}: ${plan.what[language]}`,
          actual,
          sayBasis(plan.basis, language),
        ],
        plan.quote,
      )
    })
    const { deadline } = part.indicator
    const due = deadline ? [this.#aside([sayDeadline(deadline, this.shown).full], undefined)] : []
    return [...targets, ...plans, ...due]
  }

  /** When a target holds: from a day, until a day, or between two. */
  #dates(from: string | undefined, to: string | undefined): string {
    const { language } = this.shown
    const say = words(language)
    const [first, last] = [from, to].map((date) => (date === undefined ? '' : sayDate(date, language)))
    if (first && last) return `${first}–${last}`
    return first ? `${say.from} ${first}` : last ? `${say.to} ${last}` : ''
  }

  #aside(said: readonly (string | undefined)[], quote: string | undefined) {
    const quoted = quote
      ? html`<details><summary>${words(this.shown.language).quote}</summary><blockquote lang="vi">${quote}</blockquote></details>`
      : nothing
    return html`<div class="aside"><p>${said.filter(Boolean).join(' · ')}</p>${quoted}</div>`
  }

  #figure(part: Part, value: number): string {
    const { catalogue, language } = this.shown
    return `${formatExact(value, language)} ${unitOf(catalogue, part.indicator.id, language)}`.trimEnd()
  }

  #citation(citation: Citation) {
    const { catalogue, language } = this.shown
    const say = words(language)
    const source = catalogue.sources.get(citation.source)
    const document = source?.document
    const published = document?.published ? ` · ${formatDay(dayStart(document.published), language)}` : ''
    return html`<figure class="citation">
      <blockquote lang="vi">${citation.text}</blockquote>
      <figcaption>
        ${document ? html`${source?.title[language]} · ${say.publishedBy(document.publisher[language])}${published} · ${say.file} ${document.file}${document.note ? html` · ${document.note[language]}` : nothing}` : (source?.title[language] ?? citation.source)}
      </figcaption>
    </figure>`
  }
}

/** All targets for those the reading speaks of, whenever they hold: a page of published figures is read long after. */
function targetsOf(part: Part, reading: Reading) {
  const about: Readonly<Record<string, string>> = { ...part.slice.where, ...reading.key }
  return part.indicator.targets.filter((target) =>
    Object.entries(target.where ?? {}).every(([dimension, member]) => about[dimension] === member),
  )
}

customElements.define('ops-statements', OpsStatements)
