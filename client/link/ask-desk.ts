/** The questions of the analyst's desk: each is one GET whose address can be copied out of the page. */
import type { Answers } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import { ask } from './ask.ts'
import { comparisonOf, type DeskRoute, whereText } from './desk-route.ts'

export type DeskQuestion =
  | ('series' | 'breakdown' | 'compare' | 'contributions' | 'observations' | 'corrections')
  | ('ranking' | 'anomalies' | 'forecast' | 'glass' | 'reconciliation' | 'peers')

/** What a page asks about: the address of the desk, and the moments its range means now. */
export interface DeskAsk {
  readonly desk: DeskRoute
  readonly span: Span
}

type Extra = Readonly<Record<string, string>>

const PARAMETERS: Readonly<Record<DeskQuestion, (about: DeskAsk) => Extra>> = {
  series: ({ desk }) => ({ ...grain(desk), ...units(desk), ...known(desk), ...where(desk) }),
  breakdown: ({ desk }) => ({ by: desk.by, ...per(desk), ...units(desk), ...known(desk), ...where(desk) }),
  ranking: ({ desk }) => ({ by: desk.by, ...per(desk), ...units(desk), ...known(desk), ...where(desk) }),
  anomalies: ({ desk }) => ({ by: desk.by, ...units(desk), ...known(desk), ...where(desk) }),
  forecast: ({ desk }) => ({ ...units(desk), ...known(desk), ...where(desk) }),
  compare: ({ desk, span }) => ({
    by: desk.by,
    ...compared(desk, span),
    ...units(desk),
    ...known(desk),
    ...where(desk),
  }),
  contributions: ({ desk, span }) => ({
    ...{ by: desk.by, ...compared(desk, span), ...units(desk), ...known(desk), ...where(desk) },
  }),
  observations: ({ desk }) => ({ limit: '200', ...known(desk), ...where(desk) }),
  corrections: ({ desk }) => ({ of: 'figure', limit: '1000', ...known(desk), ...where(desk) }),
  glass: ({ desk }) => where(desk),
  peers: ({ desk }) => ({ ...units(desk), ...known(desk), ...where(desk) }),
  reconciliation: ({ desk }) => ({ ...known(desk), ...where(desk) }),
}

/** Only where ranks are looked at: everything else says counts. */
const per = ({ per: asked, view }: DeskRoute): Extra =>
  asked !== null && (view === 'spread' || view === 'bump') ? { per: asked } : {}
const grain = ({ grain: asked }: DeskRoute): Extra => (asked === null ? {} : { grain: asked })
const units = ({ units: asked }: DeskRoute): Extra => (asked === null ? {} : { units: asked })
const known = ({ asOf }: DeskRoute): Extra => (asOf === null ? {} : { asOf: String(asOf) })
const where = ({ where: asked }: DeskRoute): Extra =>
  Object.keys(asked).length === 0 ? {} : { where: whereText(asked) }
const compared = (desk: DeskRoute, span: Span): Extra => ({ with: comparisonOf(desk, span) })

/** The address of a question, for asking and for handing on. */
export function addressOf(question: DeskQuestion, about: DeskAsk, more: Extra = {}): string {
  const query = new URLSearchParams({
    ...{ indicator: about.desk.indicator ?? '', from: String(about.span.from), to: String(about.span.to) },
    ...PARAMETERS[question](about),
    ...more,
  })
  return `/api/${question}?${query}`
}

/** The address of the page as PDF: the comparison of the page, and the grain of its line. */
export function pageAddress(about: DeskAsk, lang: string): string {
  return addressOf('compare', about, { ...grain(about.desk), lang }).replace('/api/compare', '/api/page.pdf')
}

/** The most observations one question answers. */
export const MOST_AT_ONCE = 5000

/**
 * The first `wanted` observations of an indicator as one answer, page behind page; `next` is where it would go on. `askOne` asks one page.
 * Throws what a page throws.
 */
export async function askPages(
  wanted: number,
  askOne: (more: Extra) => Promise<Answers['observations']>,
): Promise<Answers['observations']> {
  const size = (have: number) => String(Math.min(MOST_AT_ONCE, wanted - have))
  let answer = await askOne({ limit: size(0) })
  while (answer.next !== null && answer.observations.length < wanted) {
    const page = await askOne({ limit: size(answer.observations.length), after: answer.next })
    answer = { ...page, observations: [...answer.observations, ...page.observations] }
  }
  return answer
}

/** The answer to a question of the desk. Throws AskError, or the abort of `signal`. */
export function askDesk<Q extends DeskQuestion>(
  question: Q,
  about: DeskAsk,
  signal: AbortSignal,
  more: Extra = {},
): Promise<Answers[Q]> {
  return ask(addressOf(question, about, more), signal)
}
