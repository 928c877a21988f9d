/** How a reading is said in words and figures: the same in every view, label and table. */
import { decimalText, formatExact, formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Reading } from '../../kpi/reading.ts'
import { absentWord } from '../../kpi/reading-words.ts'
import { judgedAt, targetAt } from '../../kpi/status.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, unitOf } from '../known.ts'
import { words } from '../words/index.ts'

export interface SaidValue {
  /** "khoảng", "dưới", "trên"; empty for an exact value. */
  readonly qualifier: string
  /** The number, or the words that stand for it. */
  readonly text: string
  /** Empty when there is no number. */
  readonly unit: string
}

/** Decimals as written; a figure someone stated keeps the precision it was stated with. */
function decimalsOf(reading: Reading, indicator: Indicator): number {
  // A score is computed, also where some of its points were reported.
  if (indicator.kind === 'score') return indicator.decimals
  const stated = reading.value?.split('.')[1]?.length ?? 0
  return reading.marks.includes('reported') || indicator.kind === 'reported' ? stated : indicator.decimals
}

/** The value of a reading: never a naked number, never 0 for what is not there. */
export function sayValue(reading: Reading, indicator: Indicator, catalogue: Known, language: Language): SaidValue {
  const say = words(language)
  if (reading.value === null) return { qualifier: '', text: absentWord(reading.status, language), unit: '' }
  const text = formatNumber(reading.value, language, decimalsOf(reading, indicator))
  return { qualifier: say[reading.qualifier], text, unit: unitOf(catalogue, reading.unit, language) }
}

/** "khoảng 1.250.000 hồ sơ" */
export function sayWhole(reading: Reading, indicator: Indicator, catalogue: Known, language: Language): string {
  const { qualifier, text, unit } = sayValue(reading, indicator, catalogue, language)
  return [qualifier, text, unit].filter(Boolean).join(' ')
}

/** "12.743 / 13.947", or null when the value has no parts. */
export function sayShare(reading: Reading, indicator: Indicator, catalogue: Known, language: Language): string | null {
  if (reading.numerator === null || reading.denominator === null) return null
  const figure = (value: string, id: string | undefined) => {
    const part = id === undefined ? undefined : catalogue.indicators.get(id)
    return formatNumber(value, language, part?.decimals ?? value.split('.')[1]?.length ?? 0)
  }
  return `${figure(reading.numerator, indicator.ratio?.of)} / ${figure(reading.denominator, indicator.ratio?.to)}`
}

/** "12.743 / 13.947 hồ sơ", or null when the value has no parts. */
export function sayParts(reading: Reading, indicator: Indicator, catalogue: Known, language: Language): string | null {
  const share = sayShare(reading, indicator, catalogue, language)
  const unit = indicator.ratio ? unitOf(catalogue, indicator.ratio.to, language) : ''
  return share === null ? null : `${share} ${unit}`.trimEnd()
}

/** The grade of a score as declared, in words; empty where it has none. */
export function sayGrade(reading: Reading, indicator: Indicator, language: Language): string {
  const bands = indicator.score?.grades?.bands ?? []
  return bands.find(({ id }) => id === reading.grade)?.title[language] ?? ''
}

/** The target that holds for a reading, as text and number; null without one. */
export function sayTarget(
  reading: Reading,
  indicator: Indicator,
  catalogue: Known,
  language: Language,
  now: number,
): { readonly value: number; readonly text: string; readonly basis: string } | null {
  const where = { ...(JSON.parse(reading.slice) as [string, string, string[], [string, string][]])[3].reduce(add, {}) }
  // The moment the server judged at, so that the target said is the target meant.
  const at = reading.to > 0 ? judgedAt(now, reading) : now
  const target = targetAt(indicator, { ...where, ...reading.key }, at)
  if (!target) return null
  const text = formatExact(target.value, language)
  const unit = unitOf(catalogue, indicator.id, language)
  return {
    value: target.value,
    text: `${text} ${unit}`.trimEnd(),
    basis: target.label?.[language] ?? sayBasis(target.basis, language),
  }
}

/** What a target or plan rests on, in the reader's language where the declaration says it in both ("… | …"). */
export function sayBasis(basis: string, language: Language): string {
  const [vi = '', en = vi] = basis.split(' | ')
  return (language === 'vi' ? vi : en).replace(/\bunverified\b/g, words(language).unverifiedBasis)
}

const add = (all: Record<string, string>, [dimension, member]: [string, string]) => ({ ...all, [dimension]: member })

/** A tick of an axis, briefly: 4.500, 1,5 triệu, 200 tỷ. */
export function sayTick(value: number, decimals: number, language: Language): string {
  const say = words(language)
  const size = Math.abs(value)
  const [by, word] = size >= 1e9 ? [1e9, say.billion] : size >= 1e6 ? [1e6, say.million] : [1, '']
  const text = formatNumber(
    decimalText(Number((value / by).toFixed(6))),
    language,
    by === 1 ? decimals : Number.isInteger(value / by) ? 0 : 1,
  )
  return word === '' ? text : `${text} ${word}`
}
