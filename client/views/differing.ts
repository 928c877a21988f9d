/** How it is said that sources differ: who says otherwise, and what the figure would be by them. */
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language } from '../../kpi/text.ts'
import { type Known, unitOf } from '../known.ts'
import { words } from '../words/index.ts'

/** "Cổng Dịch vụ công: 97,5 %"; empty where no source says otherwise. As many places as it takes to look different, at most six. */
export function sayDiffering(reading: Reading, indicator: Indicator, catalogue: Known, language: Language): string {
  const say = words(language)
  const unit = unitOf(catalogue, reading.unit, language)
  const said = (reading.differing ?? []).map(({ source, value }) => {
    // It differs where it speaks: without a value nothing stands below its line.
    const figure =
      value === null
        ? say[indicator.ratio ? 'zero-denominator' : 'no-data']
        : `${apart(value, reading.value, indicator, language)} ${unit}`
    return `${catalogue.sources.get(source)?.title[language] ?? source}: ${figure.trimEnd()}`
  })
  return said.join('; ')
}

function apart(value: string, beside: string | null, indicator: Indicator, language: Language): string {
  for (let places = indicator.decimals; places < 6; places++) {
    const text = formatNumber(value, language, places)
    if (beside === null || text !== formatNumber(beside, language, places)) return text
  }
  return formatNumber(value, language, 6)
}
