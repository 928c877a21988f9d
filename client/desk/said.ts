/** How the desk says values and their times: points, changes and their parts, the same in lists, charts and tables. */
import { formatDay, formatExact, formatNumber, formatTime, round } from '../../kpi/format.ts'
import type { Indicator, Target } from '../../kpi/indicator.ts'
import { DAY, type Span } from '../../kpi/range.ts'
import type { Status } from '../../kpi/reading.ts'
import { absentWord } from '../../kpi/reading-words.ts'
import { absence, type Parts } from '../../kpi/status.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, unitOf } from '../known.ts'
import { sayBasis } from '../views/say.ts'
import { deskWords } from '../words/desk.ts'
import { words } from '../words/index.ts'

/** What may have no value says why by its status, or by its parts where it was never judged. */
type Valued = { readonly value: string | null } & ({ readonly status: Status } | Parts)

/** The number, or the words that stand for it. */
export function figureOf(of: Valued, { decimals }: Indicator, language: Language): string {
  if (of.value !== null) return formatNumber(of.value, language, decimals)
  return absentWord('status' in of ? of.status : absence(of), language)
}

/** "12.743 / 13.947 hồ sơ"; empty where there are no parts. */
export function partsOf(of: Parts, indicator: Indicator, catalogue: Known, language: Language): string {
  const { ratio } = indicator
  if (of.numerator === null || of.denominator === null || !ratio) return ''
  const part = (value: string, id: string) =>
    formatNumber(value, language, catalogue.indicators.get(id)?.decimals ?? value.split('.')[1]?.length ?? 0)
  return `${part(of.numerator, ratio.of)} / ${part(of.denominator, ratio.to)} ${unitOf(catalogue, ratio.to, language)}`.trimEnd()
}

/** A target with its unit, and what it rests on or how it is called. */
export function targetOf(
  { value, basis, label }: Target,
  { id }: Pick<Indicator, 'id'>,
  catalogue: Known,
  language: Language,
): string {
  const figure = `${formatExact(value, language)} ${unitOf(catalogue, id, language)}`.trimEnd()
  return deskWords(language).targetUntil(figure, label?.[language] ?? sayBasis(basis, language))
}

/** The most places a small difference is shown with. */
const MOST_PLACES = 4

/** "+1,25 điểm", "−3": a difference with its sign; of a percent in points. One that would round to nothing shows the places it needs; `exactly` so many where a column is to be seen to add up. */
export function changeOf(
  value: string | null,
  indicator: Indicator,
  language: Language,
  places = 0,
  exactly = false,
): string {
  if (value === null) return ''
  const least = Math.max(indicator.decimals, places)
  const needed = Array.from({ length: MOST_PLACES }, (_, i) => i).find((n) => /[1-9]/.test(round(value, n)))
  const text = formatNumber(value, language, exactly ? places : Math.max(least, needed ?? least))
  const signed = /[1-9]/.test(text) && !text.startsWith('−') ? `+${text}` : text
  return indicator.unit === 'percent' ? `${signed} ${words(language).points}` : signed
}

/** Whether a change is for the better (1), for the worse (−1) or neither. */
export function goodOf(value: string | null, { better }: Indicator): 1 | 0 | -1 {
  if (value === null || better === 'neither' || !/[1-9]/.test(value)) return 0
  return value.startsWith('-') === (better === 'lower') ? 1 : -1
}

/** "22/11/2026 09:30" */
export const moment = (at: number, language: Language) => `${formatDay(at, language)} ${formatTime(at)}`

/** "22/11/2026", "22/11/2026 09:00–10:00" */
export function span({ from, to }: Span, language: Language): string {
  if (to - from >= DAY)
    return to - from === DAY
      ? formatDay(from, language)
      : `${formatDay(from, language)} – ${formatDay(to - 1, language)}`
  return from === to ? moment(from, language) : `${formatDay(from, language)} ${formatTime(from)}–${formatTime(to)}`
}
