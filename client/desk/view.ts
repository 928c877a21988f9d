/** The view below the line: which element draws it, from which answers; what is missing says why. */
import { html, nothing } from 'lit'
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { byPopulation } from '../../kpi/fair-rank.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import { targetAt } from '../../kpi/status.ts'
import type { Text } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { addressOf, type DeskAsk, MOST_AT_ONCE } from '../link/ask-desk.ts'
import type { DeskRoute, DeskView } from '../link/desk-route.ts'
import { visit } from '../link/navigate.ts'
import type { Route } from '../link/route.ts'
import { unitIndicators } from '../unit/about.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { type Found, find, foundOf } from './find.ts'
import './ops-behind.ts'
import './ops-bump.ts'
import './ops-days.ts'
import './ops-glass.ts'
import './ops-list.ts'
import './ops-multiples.ts'
import './ops-odd.ts'
import './ops-scatter.ts'
import './ops-spread.ts'
import './ops-whole.ts'
import './ops-why.ts'

interface Asking<T> {
  readonly answer: T | null
  readonly error: Text | null
}

export interface ViewAbout {
  readonly indicator: Indicator
  readonly about: DeskAsk
  readonly now: number
  readonly route: Route
  readonly catalogue: Known
  readonly cursor: number | null
  readonly to: (change: Partial<DeskRoute>) => string
  readonly asks: {
    readonly line: Asking<Answers['series']>
    readonly breakdown: Asking<Answers['breakdown']>
    readonly compare: Asking<Answers['compare']>
    readonly why: Asking<Answers['contributions']>
    readonly split: Asking<Answers['series']>
    readonly behind: Asking<Answers['observations']>
    readonly ranking: Asking<Answers['ranking']>
    readonly anomalies: Asking<Answers['anomalies']>
    readonly against: Asking<Answers['breakdown']>
    readonly glass: Asking<Answers['glass']>
    readonly reconciliation: Asking<Answers['reconciliation']>
  }
}

export function viewOf(of: ViewAbout): unknown {
  return VIEWS[of.about.desk.view](of)
}

const commonOf = ({ indicator, now, route, catalogue, about }: ViewAbout) => ({
  ...{ language: route.language, now, catalogue, indicator, by: about.desk.by },
})

/** What a member is split by next: as the panel said it came from, else the first other dimension there is. */
const nextOf = ({ dimensions }: Indicator, { by, within }: DeskRoute): string =>
  dimensions.find((one) => one === within) ?? dimensions.find((one) => one !== by) ?? by

/** The page of one member of what the figure is split by. */
const memberOf =
  ({ indicator, about: { desk }, to }: ViewAbout) =>
  (id: string) =>
    to({
      where: { ...desk.where, [desk.by]: id },
      sort: null,
      per: null,
      by: nextOf(indicator, desk),
      within: null,
    })

function waiting({ route }: ViewAbout, error: Text | null) {
  return html`<p class=${error ? 'failed' : 'said waits'} role="status">${error?.[route.language] ?? words(route.language).loading}</p>`
}

/** Draws an answer once it is there. */
const once = <T>(of: ViewAbout, asking: Asking<T>, draw: (answer: T) => unknown): unknown =>
  asking.answer === null ? waiting(of, asking.error) : draw(asking.answer)

const VIEWS: Readonly<Record<DeskView, (of: ViewAbout) => unknown>> = {
  list: (of) =>
    once(
      of,
      of.asks.breakdown,
      (breakdown) =>
        html`<ops-list .shown=${{ ...commonOf(of), sort: of.about.desk.sort, breakdown, compare: of.asks.compare.answer, sorted: (column: string) => of.to({ sort: column }), member: memberOf(of) }}></ops-list>`,
    ),
  why: (of) =>
    once(
      of,
      of.asks.why,
      (answer) => html`<ops-why .shown=${{ ...commonOf(of), answer, member: memberOf(of) }}></ops-why>`,
    ),
  spread: (of) =>
    once(
      of,
      of.asks.breakdown,
      (breakdown) =>
        html`<ops-spread .shown=${{ ...commonOf(of), breakdown, target: targetOf(of), populations: populationsOf(of), member: memberOf(of) }}></ops-spread>`,
    ),
  bump: (of) =>
    once(
      of,
      of.asks.ranking,
      (ranking) => html`<ops-bump .shown=${{ ...commonOf(of), ranking, member: memberOf(of) }}></ops-bump>`,
    ),
  scatter: (of) =>
    once(of, of.asks.breakdown, (breakdown) => {
      const { by, where, against } = of.about.desk
      const asked = [by, ...Object.keys(where)]
      const choices = unitIndicators(of.catalogue).filter(
        ({ id, dimensions }) => id !== of.indicator.id && asked.every((one) => dimensions.includes(one)),
      )
      const other = choices.find(({ id }) => id === against) ?? null
      const error = of.asks.against.error
      const listed = choices.map((one) => foundOf(one, of.route.language))
      const among = new Set<Indicator | null>(choices)
      const search = (typed: string) =>
        find(of.catalogue, typed, of.route.language, (one) => one.unit === null && among.has(one.indicator))
      const choose = ({ indicator }: Found) => visit(of.to({ against: indicator?.id ?? null }))
      return html`<ops-scatter .shown=${{ ...commonOf(of), breakdown, other, against: of.asks.against.answer, choices: listed, search, choose, alone: of.to({ against: null }), member: memberOf(of) }}></ops-scatter>
        ${other !== null && error ? waiting(of, error) : nothing}`
    }),
  odd: (of) =>
    once(of, of.asks.anomalies, (answer) => {
      const { desk } = of.about
      const behind = (id: string | null, { from, to }: Span) =>
        of.to({
          ...{ range: { from, to }, grain: null, view: 'behind' },
          where: id === null ? desk.where : { ...desk.where, [desk.by]: id },
        })
      return html`<ops-odd .shown=${{ ...commonOf(of), answer, behind }}></ops-odd>`
    }),
  multiples: (of) => {
    const { answer, error } = of.asks.split
    const breakdown = of.asks.breakdown.answer
    return answer && breakdown
      ? html`<ops-multiples .cursor=${of.cursor} .shown=${{ ...commonOf(of), span: of.about.span, series: answer, breakdown, member: memberOf(of) }}></ops-multiples>`
      : waiting(of, error)
  },
  calendar: (of) =>
    once(
      of,
      of.asks.line,
      (series) =>
        html`<ops-days .cursor=${of.cursor} .shown=${{ ...commonOf(of), title: of.indicator.title[of.route.language], series, calendar: of.catalogue.calendars.get(PUBLIC_SECTOR) }}></ops-days>`,
    ),
  behind: (of) =>
    once(of, of.asks.behind, ({ observations, next }) => {
      const { route, catalogue, indicator, asks } = of
      const { language } = route
      const glass = asks.glass.answer
      const reconciliation = asks.reconciliation.answer
      const knownAt = (asOf: number) => of.to({ asOf })
      const differingAs = (format: string) =>
        addressOf('reconciliation', of.about, { format, lang: language, limit: String(MOST_AT_ONCE) })
      return html`<ops-whole .language=${language} .address=${(format: string) => addressOf('observations', of.about, { format, whole: '1', lang: language })}></ops-whole>
        <ops-glass .shown=${{ language, catalogue, indicator, glass, reconciliation, knownAt, differingAs }}></ops-glass>
        <ops-behind .shown=${{ language, catalogue, ratio: indicator.ratio !== undefined, observations, more: next !== null }}></ops-behind>`
    }),
}

function targetOf({ indicator, about, now }: ViewAbout): number | null {
  const target =
    indicator.unit === 'percent' ? targetAt(indicator, about.desk.where, Math.min(now, about.span.to - 1)) : null
  return target?.value ?? null
}

/** Counts as they are, or by each list of population there is for what they are split by. */
function populationsOf({ indicator, catalogue, about: { desk }, route, to }: ViewAbout) {
  if (!byPopulation(indicator)) return []
  const lists = [...(catalogue.populations?.values() ?? [])].filter(({ dimension }) => dimension === desk.by)
  return [
    { name: deskWords(route.language).noPopulation, address: to({ per: null }), chosen: desk.per === null },
    ...lists.map(({ id, title }) => ({
      ...{ name: title[route.language], address: to({ per: id }), chosen: desk.per === id },
    })),
  ]
}
