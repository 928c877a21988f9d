/** A page of the desk as PDF: the figure with its parts and change, its line, its members, and all that is needed to believe them. */
import { z } from 'zod'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { formatDay, formatExact, formatNumber, formatShortDay, formatTime } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { type Answers, type Compared, Query, type QueryOf } from '../../kpi/query.ts'
import { DAY, floor, GRAINS } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { absentWord, MARK_WORDS } from '../../kpi/reading-words.ts'
import { isForEach, judgedAt, targetAt, targetsOver } from '../../kpi/status.ts'
import type { Language } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { breakdown } from '../queries/breakdown.ts'
import { compare } from '../queries/compare.ts'
import { seriesByVersion } from '../queries/versioned.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { aboutOf } from './about.ts'
import type { Exported } from './answer.ts'
import { unitText } from './columns.ts'
import { judgedWord, rowWord, SAY } from './page-words.ts'
import { type Paper, type PaperColumn, type PaperLine, paperPdf } from './paper.ts'

/** What may be asked of a page: what a comparison takes, and the grain of its line. */
export const PageQuery = z.strictObject({ ...Query.compare.shape, grain: z.enum(GRAINS).optional() })
export type PageQuery = z.infer<typeof PageQuery>

export interface PageContext {
  readonly catalogue: Catalogue
  readonly language: Language
  readonly address: string
}

/** What cannot be told of this indicator or range is left out of the page, with its sentence; everything else fails. */
async function orSentence<T>(asking: Promise<T>): Promise<T | Refusal> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
const there = <T>(found: T | Refusal): T | null => (found instanceof Refusal ? null : found)

/** The page as a file. Errors: the Refusals of `breakdown`. */
export async function pageFile(
  store: Store,
  query: PageQuery,
  pulse: Pulse,
  context: PageContext,
  signal?: AbortSignal,
): Promise<Exported> {
  const { with: how, grain, ...asked } = query
  const { catalogue, language } = context
  const indicator = catalogue.indicators.get(query.indicator) as Indicator
  const { by: _, ...whole } = asked
  const line = (span: { readonly from: number; readonly to: number }, step = grain) =>
    orSentence(
      seriesByVersion(store, catalogue, { ...whole, ...span, grain: step } as QueryOf<'series'>, pulse, signal),
    )
  const [all, beside, own] = await Promise.all([
    breakdown(store, catalogue, asked, pulse, signal),
    orSentence(compare(store, catalogue, { ...asked, with: how }, pulse, signal)),
    line(query),
  ])
  const compared = there(beside)
  const series = there(own)
  const earlier = compared?.earlier && series ? there(await line(compared.earlier, series.grain)) : null
  const names = Object.entries(query.where).map(
    ([dimension, id]) => catalogue.dimensions.get(dimension)?.members.get(id)?.name[language] ?? id,
  )
  const body = await paperPdf({
    ...{ language, at: pulse.at, title: indicator.title[language], total: all.total !== null },
    subtitle: [names.join(' · ') || SAY.country[language], rangeOf(query, language)].join(' · '),
    figure: figureOf(indicator, all.total, {
      where: query.where,
      compared,
      unfair: [beside, own],
      catalogue,
      language,
    }),
    lines: linesOf(indicator, query, { series, earlier, compared, language }),
    span: { from: query.from, to: query.to },
    fromZero: indicator.unit !== 'percent',
    sayMoment: (at) => (query.to - query.from <= 2 * DAY ? formatTime(at) : formatShortDay(at, language)),
    sayValue: (value, places) => formatNumber(value.toFixed(places), language, places),
    ...tableOf(indicator, query, { all, compared, catalogue, language }),
    about: aboutOf(
      { catalogue, indicator, where: query.where },
      { pulse, address: context.address, said: compared?.said, total: all.total },
    ).map(([label, said]) => [label[language], said[language]] as const),
    foot: `Toàn Cảnh · ${indicator.id} · ${pulse.at} ${pulse.store}`,
    page: (number, of) => `${number} / ${of}`,
  })
  const stem = indicator.id.replace(/[^a-z0-9]+/gi, '-')
  return { type: 'application/pdf', name: `${stem}-${pulse.at}.pdf`, body }
}

/** What a target rests on, in the reader's language where the declaration says it in both ("… | …"). */
function basisOf(basis: string, language: Language): string {
  const [vi = '', en = vi] = basis.split(' | ')
  return (language === 'vi' ? vi : en).replace(/\bunverified\b/g, SAY.unverified[language])
}

function rangeOf({ from, to }: PageQuery, language: Language): string {
  const [first, last] = [formatDay(from, language), formatDay(to - 1, language)]
  const days = first === last ? first : `${first} – ${last}`
  return [from, to].every((at) => floor(at, 'day') === at) ? days : `${days}, ${formatTime(from)}–${formatTime(to)}`
}

/** A figure with its unit: "95 %", "12.743 hồ sơ". */
const measured = (figure: string, indicator: Indicator, language: Language) =>
  `${figure} ${unitText(indicator, language)}`.trimEnd()

const aim = (value: number, indicator: Indicator, language: Language) =>
  `${SAY.target[language]} ${measured(formatExact(value, language), indicator, language)}`

function say(value: string | null, { decimals }: Indicator, language: Language): string {
  return value === null ? '' : formatNumber(value, language, decimals)
}

/** "12.743 / 13.947" */
function parts(of: Pick<Reading, 'numerator' | 'denominator'> | null, language: Language): string {
  if (of?.numerator == null || of.denominator === null) return ''
  return [of.numerator, of.denominator].map((text) => formatExact(text, language)).join(' / ')
}

function signed(value: string | null, indicator: Indicator, language: Language): string {
  if (value === null) return ''
  const text = say(value, indicator, language)
  const more = /[1-9]/.test(text) && !text.startsWith('−') ? `+${text}` : text
  return indicator.unit === 'percent' ? `${more} ${SAY.points[language]}` : more
}

interface Said {
  readonly where: Reading['key']
  readonly compared: Answers['compare'] | null
  /** What may have been refused, each with its sentence. */
  readonly unfair: readonly unknown[]
  readonly catalogue: Catalogue
  readonly language: Language
}

function figureOf(
  indicator: Indicator,
  total: Reading | null,
  { where, compared, unfair, language }: Said,
): readonly string[] {
  const change = compared?.total?.change.value ?? null
  // As the comparison says it: of whose figure it is, at the end of the range or of what is known of it.
  const target = total && targetAt(indicator, { ...where, ...total.key }, judgedAt(total.asOf ?? total.to, total))
  const status = total?.status ?? 'no-data'
  return [
    total?.value == null
      ? absentWord(status, language)
      : measured(say(total.value, indicator, language), indicator, language),
    [
      total?.value == null ? '' : judgedWord(status, language),
      parts(total, language),
      ...(total?.marks ?? []).map((mark) => MARK_WORDS[mark][language]),
    ]
      .filter(Boolean)
      .join(' · '),
    ...(change === null || !compared ? [] : [`${signed(change, indicator, language)}: ${compared.said[language]}`]),
    ...unfair.flatMap((one) => (one instanceof Refusal ? [one.text[language]] : [])),
    ...(target ? [`${aim(target.value, indicator, language)} (${basisOf(target.basis, language)})`] : []),
  ].filter((line) => line !== '')
}

function linesOf(
  indicator: Indicator,
  { from, to, where }: PageQuery,
  {
    series,
    earlier,
    compared,
    language,
  }: {
    readonly series: Answers['series'] | null
    readonly earlier: Answers['series'] | null
    readonly compared: Answers['compare'] | null
    readonly language: Language
  },
): Paper['lines'] {
  const points = (of: Answers['series'], shift: number): PaperLine['points'] =>
    of.points.map((point) => [point.from + shift, point.value === null ? null : Number(point.value)])
  const shift = compared?.earlier ? compared.now.from - compared.earlier.from : 0
  return [
    ...(series ? [{ points: points(series, 0), sort: 'own' as const, label: SAY.now[language] }] : []),
    ...(earlier ? [{ points: points(earlier, shift), sort: 'other' as const, label: SAY.before[language] }] : []),
    // Each over the days it is set for; what is to be reached by a longer window is no line beside its parts.
    ...(series && isForEach(indicator, series.grain) ? targetsOver(indicator, where, { from, to }) : []).map((one) => ({
      points: [
        [one.from, one.target.value],
        [one.to, one.target.value],
      ] as const,
      sort: 'aim' as const,
      label: aim(one.target.value, indicator, language),
    })),
  ]
}

function tableOf(
  indicator: Indicator,
  { by }: PageQuery,
  {
    all,
    compared,
    catalogue,
    language,
  }: Pick<Said, 'catalogue' | 'compared' | 'language'> & { readonly all: Answers['breakdown'] },
): Pick<Paper, 'columns' | 'rows'> {
  const ratio = indicator.ratio !== undefined
  const others = new Map((compared?.rows ?? []).map((row) => [row.key[by] ?? '', row]))
  const column = (title: string, share: number, right = true): PaperColumn => ({ title, share, right })
  const columns = [
    column(catalogue.dimensions.get(by)?.title[language] ?? by, 24, false),
    column(SAY.value[language], 12),
    ...(ratio ? [column(SAY.parts[language], 20)] : []),
    ...(compared ? [column(SAY.earlier[language], 12), column(SAY.change[language], 15)] : []),
    column(SAY.status[language], 26, false),
    column(SAY.sourceTime[language], 16),
  ]
  const cells = (name: string, reading: Reading | null, other: Compared | null | undefined): readonly string[] => [
    name,
    reading?.value == null ? '–' : say(reading.value, indicator, language),
    ...(ratio ? [parts(reading, language)] : []),
    ...(compared
      ? [otherOf(other, indicator, language), signed(other?.change.value ?? null, indicator, language)]
      : []),
    rowWord(reading, language),
    reading?.asOf == null ? '' : `${formatShortDay(reading.asOf, language)} ${formatTime(reading.asOf)}`,
  ]
  const rows = all.readings.map((reading) => {
    const id = reading.key[by] ?? ''
    return cells(catalogue.dimensions.get(by)?.members.get(id)?.name[language] ?? id, reading, others.get(id))
  })
  return { columns, rows: all.total ? [...rows, cells(SAY.total[language], all.total, compared?.total)] : rows }
}

function otherOf(other: Compared | null | undefined, indicator: Indicator, language: Language): string {
  if (other?.target) return formatExact(other.target.value, language)
  const { beside } = other ?? {}
  return say(beside ? (beside.each ?? beside.value) : (other?.earlier?.value ?? null), indicator, language)
}
