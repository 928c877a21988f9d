/** What a picture or a printed page says of itself: definition, version, source time, coverage, data version, address. */
import { formatDay, formatNumber, formatTime } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, memberName, unitOf } from '../known.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'
import { figureOf, partsOf } from './said.ts'

export interface PictureAbout {
  readonly indicator: Indicator
  readonly catalogue: Known
  readonly language: Language
  readonly breakdown: Answers['breakdown'] | null
  readonly compare: Answers['compare'] | null
  readonly address: string
}

export function aboutLines({
  indicator,
  catalogue,
  language,
  breakdown,
  compare,
  address,
}: PictureAbout): readonly string[] {
  const say = deskWords(language).printed
  const { ratio, definition, version } = indicator
  const title = (id: string) => catalogue.indicators.get(id)?.title[language] ?? id
  const when = (at: number) => `${formatDay(at, language)} ${formatTime(at)}`
  const total = breakdown?.total
  const cover = total?.coverage
  const missing = (cover?.missing ?? []).map((id) => memberName(catalogue, id, language))
  return [
    ...(total
      ? [
          [
            `${say.figure}: ${figureOf(total, indicator, language)} ${total.value === null ? '' : unitOf(catalogue, total.unit, language)}`.trim(),
            partsOf(total, indicator, catalogue, language),
            ...total.marks.map((mark) => words(language)[mark]),
          ]
            .filter(Boolean)
            .join(' · '),
        ]
      : []),
    ...(definition ? [`${say.definition}: ${definition[language]}`] : []),
    ...(ratio ? [`${say.formula}: Σ ${title(ratio.of)} / Σ ${title(ratio.to)}`] : []),
    `${say.version}: ${indicator.id}, ${version}`,
    ...(compare ? [compare.said[language]] : []),
    ...(total?.asOf == null ? [] : [`${say.sourceTime}: ${when(total.asOf)}`]),
    ...(cover?.expected == null
      ? []
      : [
          `${say.coverage}: ${formatNumber(String(cover.reported), language, 0)}/${formatNumber(String(cover.expected), language, 0)}${missing.length > 0 ? `; ${words(language).missing(missing.join(', '))}` : ''}`,
        ]),
    ...(breakdown
      ? [`${say.snapshot}: ${breakdown.pulse.at} ${breakdown.pulse.store} (${when(breakdown.pulse.at)})`]
      : []),
    `${say.address}: ${address}`,
  ]
}
