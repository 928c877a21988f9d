/** The line over time as a table: every point with what it is compared with, its day and its marks; and what had been shown and was corrected. */
import { html, nothing } from 'lit'
import type { Correction } from '../../kpi/correction.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Point } from '../../kpi/query.ts'
import { sayCorrection } from '../views/correction.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import type { TrendShown } from './ops-trend.ts'
import { figureOf, partsOf, span } from './said.ts'
import { dayNamed } from './trend-marks.ts'

/** What is compared with a point: what began at its moment. */
export const earlierOf = (before: readonly Point[], point: Point): Point | undefined =>
  before.find(({ from, to }) => from <= point.from && point.from < to)

/** What a point says of itself besides its figure: its status where it is judged, its marks, and its day. */
export function saidOf(point: Point, { language, calendar }: Pick<TrendShown, 'language' | 'calendar'>): string {
  const say = words(language)
  return [
    point.status === 'good' || point.status === 'warning' || point.status === 'critical' ? say[point.status] : '',
    ...point.marks.filter((mark) => mark !== 'simulated').map((mark) => say[mark]),
    dayNamed(calendar, point, language),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The points, the newest first. */
export function trendTable(shown: TrendShown, points: readonly Point[]) {
  const { language, indicator, catalogue, before, against, title } = shown
  const say = deskWords(language)
  const ratio = indicator.ratio !== undefined
  const beside = before.length > 0
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${say.asTable}><table><caption>${title}</caption>
    <thead><tr><th scope="col">${say.span}</th><th scope="col" class="n">${say.value}</th>
      ${ratio ? html`<th scope="col" class="n wide">${words(language).parts}</th>` : nothing}
      ${beside ? html`<th scope="col" class="n">${against}</th>` : nothing}
      <th scope="col">${say.status}</th></tr></thead>
    <tbody>${[...points].reverse().map((point) => {
      const then = beside ? earlierOf(before, point) : undefined
      return html`<tr><th scope="row">${span(point, language)}</th>
        <td class="n ${point.value === null ? 'quiet' : 'value'}">${figureOf(point, indicator, language)}</td>
        ${ratio ? html`<td class="n wide quiet">${partsOf(point, indicator, catalogue, language)}</td>` : nothing}
        ${beside ? html`<td class="n quiet">${then ? figureOf(then, indicator, language) : ''}</td>` : nothing}
        <td class="quiet">${saidOf(point, shown)}</td></tr>`
    })}</tbody></table></div>`
}

/** What had been shown and was corrected, the newest first. */
export function correctionsTable({ language, indicator, catalogue, now }: TrendShown, all: readonly Correction[]) {
  const say = deskWords(language)
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${say.revised(formatNumber(String(all.length), language, 0))}><table>
    <thead><tr><th scope="col">${say.span}</th><th scope="col" class="n">${say.beforeAfter}</th><th scope="col">${say.whyChanged}</th></tr></thead>
    <tbody>${all.map((one) => {
      const { brief, why } = sayCorrection(one, indicator, catalogue, language, now, false)
      return html`<tr><th scope="row">${span(one, language)}</th><td class="n value">${brief}</td><td>${why}</td></tr>`
    })}</tbody></table></div>`
}
