/** How a correction is said: from how much to how much, of whom, why and since when. */
import type { Correction, Figures } from '../../kpi/correction.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { absentWord } from '../../kpi/reading-words.ts'
import { absence } from '../../kpi/status.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, memberNames } from '../known.ts'
import { words } from '../words/index.ts'
import { sayMoment } from './say-when.ts'

export interface SaidCorrection {
  /** "1.250 → 1.228", with the unit's name before it where it is of one. */
  readonly brief: string
  /** "nguồn sửa số, 09:41" */
  readonly why: string
}

/** Figures that differ must look different: as many places as that takes, at most six. */
function figures(correction: Correction, indicator: Indicator, language: Language): readonly [string, string] {
  const { before, after } = correction
  const value = (of: Figures, places: number) =>
    of.value === null ? absentWord(absence(of), language) : formatNumber(of.value, language, places)
  for (let places = indicator.decimals; places <= 6; places++) {
    const pair = [value(before, places), value(after, places)] as const
    if (pair[0] !== pair[1]) return pair
  }
  const parts = ({ numerator, denominator }: Figures) =>
    [numerator, denominator].map((part) => (part === null ? '–' : formatNumber(part, language, 0))).join(' / ')
  return [parts(before), parts(after)]
}

/** `named`: with the name of whom it is of. */
export function sayCorrection(
  correction: Correction,
  indicator: Indicator,
  catalogue: Known,
  language: Language,
  now: number,
  named = true,
): SaidCorrection {
  const say = words(language)
  const [from, to] = figures(correction, indicator, language)
  const who = named ? memberNames(catalogue, correction.key, language).join(', ') : ''
  const why = correction.why.map((cause) => say[`why-${cause}`]).join(', ')
  return {
    brief: `${who === '' ? '' : `${who} `}${from} → ${to}`,
    why: `${why}, ${sayMoment(correction.since, now, language)}`,
  }
}
