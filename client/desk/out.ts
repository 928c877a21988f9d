/** What can be taken away of a page: the answer as files, the chart as a picture, the page on paper, a board to commit. */
import { html } from 'lit'
import type { Indicator } from '../../kpi/indicator.ts'
import { addressOf, type DeskAsk, type DeskQuestion, MOST_AT_ONCE, pageAddress } from '../link/ask-desk.ts'
import { type DeskView, whereText } from '../link/desk-route.ts'
import { fontFaces } from '../link/fonts.ts'
import { deskWords } from '../words/desk.ts'
import { aboutLines, type PictureAbout } from './about-lines.ts'
import { chartPng, chartSvg, download } from './chart-file.ts'
import './ops-fold.ts'
import { roam } from '../views/roam.ts'
import { seenOf } from './seen-file.ts'
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
  const { view, by, where, against } = about.desk
  const say = deskWords(language)
  const question = view === 'list' && comparable ? 'compare' : QUESTION[view]
  const more = (format: string): Readonly<Record<string, string>> => ({
    ...(view === 'multiples' ? { by } : {}),
    ...(view === 'scatter' && against !== null ? { against } : {}),
    // Every row of the range, of both parts of a ratio; JSON comes in pages, and says where it goes on.
    ...(view === 'behind' ? (format === 'json' ? { limit: String(MOST_AT_ONCE) } : { whole: '1' }) : {}),
  })
  const board = new URLSearchParams({
    ...{ indicator: indicator.id, from: String(about.span.from), to: String(about.span.to), by },
    ...(Object.keys(where).length > 0 && { where: whereText(where) }),
  })
  const picture = (form: 'svg' | 'png') =>
    html`<button type="button" tabindex="-1" @click=${() => void take(of, form)}>${form.toUpperCase()}</button>`
  return html`<ops-fold class="files" .line=${say.download}><span class="out" @keydown=${roam}><span class="named">${say.download}:</span>
    ${Object.entries(FORMS).map(([format, name], i) => html`<a href=${addressOf(question, about, { ...more(format), format, lang: language })} tabindex=${i === 0 ? 0 : -1} download>${name}</a>`)}
    ${picture('svg')}${picture('png')}
    <a href=${pageAddress(about, language)} tabindex="-1" download>PDF</a>
    <button type="button" tabindex="-1" @click=${() => window.print()}>${say.print}</button>
    <a href=${`/api/board.yaml?${board}`} tabindex="-1" download>${say.board}</a>
  </span></ops-fold>`
}

/** What of a view is its picture; a view that is a list has that of the line above it. */
const PICTURES: Partial<Readonly<Record<DeskView, readonly [element: string, parts: string]>>> = {
  ...{ why: ['ops-why', '.scroll'], spread: ['ops-spread', 'h2, .room, .scroll'], bump: ['ops-bump', 'h2, .room'] },
  ...{
    scatter: ['ops-scatter', '.room'],
    multiples: ['ops-multiples', '.grid'],
    calendar: ['ops-days', '.room, .key'],
  },
}

/** The picture of the view, else of the line, and whose it is. */
function pictureOf(root: ParentNode, view: DeskView) {
  for (const [own, [name, parts]] of [
    [true, PICTURES[view] ?? ['ops-trend', '.room']],
    [false, ['ops-trend', '.room']],
  ] as const) {
    const host = root.querySelector(name)
    const drawn = host?.shadowRoot ? seenOf([...host.shadowRoot.querySelectorAll(parts)].filter(isSeen)) : null
    if (host && drawn) return { host, drawn, own: own && PICTURES[view] !== undefined }
  }
  return null
}

/** Not folded away, as a table twin may be. */
const isSeen = (part: Element) => part.closest('details') === null && part.getClientRects().length > 0

async function take(of: Out, form: 'svg' | 'png'): Promise<void> {
  const { about, indicator, language, whose, root } = of
  const found = pictureOf(root, about.desk.view)
  if (!found) return
  const view = found.own ? ` · ${deskWords(language).views[about.desk.view]}` : ''
  const picture = chartSvg(found.drawn, found.host, {
    title: indicator.title[language],
    subtitle: `${whose} · ${writeSpan(about.span, language)}${view}`,
    lines: aboutLines(of),
    fonts: await fontFaces(['400', '600']),
  })
  const name = `${nameOf(indicator)}-${about.desk.view}.${form}`
  download(name, form === 'png' ? await chartPng(picture) : new Blob([picture.text], { type: 'image/svg+xml' }))
}

const nameOf = ({ id }: Indicator) => id.replace(/[^a-z0-9]+/gi, '-')
