/** What is asked, as choices that are links: each is the same page with one thing other. On a phone they fold into a line. */
import { html, nothing } from 'lit'
import { COMPARED_WITH, type ComparedWith, EXPLAINED_WITH, isElsewhere } from '../../kpi/compared.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { GRAINS, type Grain, type Span } from '../../kpi/range.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { comparisonOf, type DeskRoute, STRETCHES, type Stretch } from '../link/desk-route.ts'
import { visit } from '../link/navigate.ts'
import { deskWords } from '../words/desk.ts'
import './ops-fold.ts'
import './ops-when.ts'
import { roam, stopOf } from '../views/roam.ts'
import { readMoment, readSpan, writeMoment, writeSpan } from './when.ts'

export interface Asked {
  readonly desk: DeskRoute
  readonly indicator: Indicator
  readonly catalogue: Known
  readonly language: Language
  readonly span: Span
  /** The server's time, which no moment of knowledge is after. */
  readonly now: number
  /** The grain the answer has. */
  readonly grain: Grain | null
  /** With what the answer is compared; null until it is there. */
  readonly compared: ComparedWith | null
  readonly to: (change: Partial<DeskRoute>) => string
}

interface Choice {
  readonly name: string
  readonly change: Partial<DeskRoute>
  readonly chosen: boolean
}

export function asked(about: Asked) {
  const { desk, indicator, catalogue, language, span, now, grain, to } = about
  const say = deskWords(language)
  const usual = comparisonOf(desk, span)
  const how = usual === 'usual' ? (about.compared ?? 'like') : usual
  const named = (dimension: string) => catalogue.dimensions.get(dimension)?.title[language] ?? dimension
  const group = (title: string, choices: readonly Choice[], more: unknown = nothing) =>
    html`<fieldset @keydown=${roam}><legend>${title}</legend>${choices.map(
      ({ name, change, chosen }, i) =>
        html`<a class="choice" href=${to(change)} tabindex=${stopOf(all(choices), i)} aria-current=${chosen ? 'true' : nothing}>${name}</a>`,
    )}${more}</fieldset>`
  return html`<ops-fold class="asking" .line=${lineOf(about, how)}><div class="asked">
    ${group(
      say.range,
      STRETCHES.filter((range) => !HOURS.has(range) || desk.range === range).map((range) => ({
        name: say.rangeNames[range],
        change: { range, grain: null },
        chosen: desk.range === range,
      })),
      typed(about),
    )}
    ${group(
      say.grain,
      GRAINS.map((one) => ({ name: say.grains[one], change: { grain: one }, chosen: grain === one })),
    )}
    ${group(
      say.compare,
      comparisons(about).map((one) => ({ name: say.with[one], change: { with: one }, chosen: how === one })),
    )}
    ${
      indicator.dimensions.length < 2
        ? nothing
        : group(
            say.split,
            indicator.dimensions.map((by) => ({
              name: desk.by === by && desk.within !== null ? say.splitThen(named(by), named(desk.within)) : named(by),
              // Who turns the two splits round keeps both.
              change: { by, within: desk.within === by ? desk.by : desk.within, sort: null, per: null },
              chosen: desk.by === by,
            })),
          )
    }
    ${group(
      say.units,
      (['then', 'today'] as const).map((units) => ({
        name: units === 'today' ? say.unitsToday : say.unitsThen,
        change: { units },
        chosen: (desk.units ?? 'then') === units,
      })),
    )}
    <fieldset><legend>${say.asOf}</legend><ops-when
      .label=${say.asOf}
      .hint=${say.now}
      .language=${language}
      .value=${desk.asOf === null ? '' : writeMoment(desk.asOf, language)}
      .read=${(raw: string) => (raw.trim() === '' ? { value: null } : readMoment(raw, language, now))}
      .take=${(asOf: number | null) => visit(to({ asOf }))}
    ></ops-when></fieldset>
  </div></ops-fold>`
}

/** What is asked now, in one line. */
function lineOf({ desk, indicator, language, span, grain }: Asked, how: ComparedWith | 'like'): string {
  const say = deskWords(language)
  const range = typeof desk.range === 'string' ? say.rangeNames[desk.range] : writeSpan(span, language)
  const steps = indicator.kind === 'score' || grain === null ? [] : [say.byGrain[grain]]
  return [range, ...steps, say.comparedWith(say.with[how])].join(' · ')
}

/** Hours up to now are come to from a panel of a board; they are no choice of their own among days. */
const HOURS: ReadonlySet<Stretch> = new Set(['60m', '24h'])

const all = (choices: readonly Choice[]) => choices.map(({ chosen }) => chosen)

/** What it may be compared with: units elsewhere only where there are units, and why one is unlike them only of a unit. */
function comparisons({ desk, indicator }: Asked) {
  const units = indicator.dimensions.includes('unit') && indicator.kind !== 'score'
  const alone = desk.where.unit === undefined && (desk.by !== 'unit' || desk.view === 'why')
  return units ? COMPARED_WITH.filter((one) => !(alone && isElsewhere(one))) : EXPLAINED_WITH
}

/** The range as it is, to be written over: a day, a period by its name, or from one day to another. */
function typed({ language, span, to }: Asked) {
  const say = deskWords(language)
  return html`<ops-when
    .label=${say.range}
    .hint=${say.rangeHint}
    .language=${language}
    .value=${writeSpan(span, language)}
    .read=${(raw: string) => readSpan(raw, language)}
    .take=${(range: Span) => visit(to({ range, grain: null }))}
  ></ops-when>`
}
