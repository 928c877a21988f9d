/** What can be taken away of a page: the answer as files, the chart as a picture, the page on paper, a board to commit. */
import { html } from 'lit'
import type { Indicator } from '../../kpi/indicator.ts'
import { addressOf, type DeskAsk, type DeskQuestion, pageAddress } from '../link/ask-desk.ts'
import { type DeskView, whereText } from '../link/desk-route.ts'
import { fontFaces } from '../link/fonts.ts'
import { deskWords } from '../words/desk.ts'
import { aboutLines, type PictureAbout } from './about-lines.ts'
import { chartPng, chartSvg, download } from './chart-file.ts'
import { roam } from './roam.ts'
import { writeSpan } from './when.ts'

export interface Out extends PictureAbout {
  readonly about: DeskAsk
  /** Whether there is, or will be, something it is compared with. */
  readonly comparable: boolean
  /** Whose figure it is, in words. */
  readonly whose: string
  /** Where the charts are. */
  readonly root: ParentNode
}

const FORMS = { xlsx: 'Excel', 'csv-excel': 'CSV', parquet: 'Parquet', json: 'JSON' } as const

/** Which question a view is the answer of. */
const QUESTION: Readonly<Record<DeskView, DeskQuestion>> = {
  ...{ list: 'breakdown', why: 'contributions', spread: 'breakdown', scatter: 'breakdown', bump: 'ranking' },
  ...{ odd: 'anomalies', multiples: 'series', calendar: 'series', behind: 'observations' },
}

export function out(of: Out) {
  const { about, indicator, language, comparable } = of
  const { view, by, where } = about.desk
  const say = deskWords(language)
  const question = view === 'list' && comparable ? 'compare' : QUESTION[view]
  const more = {
    ...(view === 'multiples' ? { by } : {}),
    ...(view === 'behind' && indicator.ratio ? { indicator: indicator.ratio.of } : {}),
  }
  const board = new URLSearchParams({
    ...{ indicator: indicator.id, from: String(about.span.from), to: String(about.span.to), by },
    ...(Object.keys(where).length > 0 && { where: whereText(where) }),
  })
  const picture = (form: 'svg' | 'png') =>
    html`<button type="button" tabindex="-1" @click=${() => void take(of, form)}>${form.toUpperCase()}</button>`
  return html`<span class="out" @keydown=${roam}>${say.download}:
    ${Object.entries(FORMS).map(([format, name], i) => html`<a href=${addressOf(question, about, { ...more, format, lang: language })} tabindex=${i === 0 ? 0 : -1} download>${name}</a>`)}
    ${picture('svg')}${picture('png')}
    <a href=${pageAddress(about, language)} tabindex="-1" download>PDF</a>
    <button type="button" tabindex="-1" @click=${() => window.print()}>${say.print}</button>
    <a href=${`/api/board.yaml?${board}`} tabindex="-1" download>${say.board}</a>
  </span>`
}

const CHARTS: Partial<Readonly<Record<DeskView, string>>> = {
  ...{ spread: 'ops-spread', bump: 'ops-bump', scatter: 'ops-scatter', calendar: 'ops-days' },
}

/** The chart of the view, else the line. */
function chartOf(root: ParentNode, view: DeskView): SVGSVGElement | undefined {
  for (const name of [CHARTS[view], 'ops-trend']) {
    const found =
      name === undefined ? null : root.querySelector(name)?.shadowRoot?.querySelector<SVGSVGElement>('.room svg')
    if (found) return found
  }
  return undefined
}

async function take(of: Out, form: 'svg' | 'png'): Promise<void> {
  const { about, indicator, language, whose, root } = of
  const chart = chartOf(root, about.desk.view)
  if (!chart) return
  const picture = chartSvg(chart, {
    title: indicator.title[language],
    subtitle: `${whose} · ${writeSpan(about.span, language)} · ${deskWords(language).views[about.desk.view]}`,
    lines: aboutLines(of),
    fonts: await fontFaces(['400', '600']),
  })
  const name = `${nameOf(indicator)}-${about.desk.view}.${form}`
  download(name, form === 'png' ? await chartPng(picture) : new Blob([picture.text], { type: 'image/svg+xml' }))
}

const nameOf = ({ id }: Indicator) => id.replace(/[^a-z0-9]+/gi, '-')
