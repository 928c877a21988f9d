/** What a panel shows, put together from its declaration, the catalogue and the picture. */
import type { Panel, View } from '../../kpi/board.ts'
import { panelSlice } from '../../kpi/catalogue.ts'
import type { Correction } from '../../kpi/correction.ts'
import { DAY, floor, HOUR, MINUTE, type Span, type Window, windowSpan } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey, sliceKey } from '../../kpi/slice.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import type { Picture } from '../link/picture.ts'
import { earlier } from '../views/against.ts'
import type { Part } from '../views/shown.ts'
import { words } from '../words/index.ts'

/** Views that show no slice. */
const WHOLE: readonly View[] = ['system', 'incidents', 'text', 'clock']

export type Parts = { readonly parts: readonly Part[] } | { readonly problem: string }

/** The slices of a panel with what is known of them, or the sentence that says what is wrong with its declaration. */
export function panelParts(panel: Panel, catalogue: Known, picture: Picture | null, language: Language): Parts {
  const say = words(language)
  const declared: NonNullable<Panel['slices']> = [...(panel.slice ? [panel.slice] : []), ...(panel.slices ?? [])]
  if (WHOLE.includes(panel.view)) return { parts: [] }
  if (declared.length === 0) return { problem: say.noSlice }
  const unknown = declared.find((slice) => !catalogue.indicators.has(slice.indicator))
  if (unknown) return { problem: say.unknownIndicator(unknown.indicator) }
  const parts = declared.flatMap((panelsSlice): Part[] => {
    const indicator = catalogue.indicators.get(panelsSlice.indicator)
    // `panelSlice` reads only the indicators, which both catalogues have.
    const slice = panelSlice(catalogue as unknown as Parameters<typeof panelSlice>[0], panelsSlice)
    const readings = [...(picture?.slices.get(sliceKey(slice))?.values() ?? [])]
    return indicator ? [{ slice, indicator, readings, title: panelsSlice.title }] : []
  })
  return { parts }
}

/** The newest correction of each reading, of the span it speaks of. */
export function corrections(parts: readonly Part[], picture: Picture): readonly Correction[] {
  return parts.flatMap(({ slice, readings }) => {
    const known = picture.corrections.get(sliceKey(slice))
    if (!known) return []
    return readings.flatMap((reading) => {
      const one = known.get(pointKey(reading.key))
      return one && one.from === reading.from && one.to === reading.to ? [one] : []
    })
  })
}

/** The history drawn behind a window: its own span, so that a day is drawn from its midnight to the next; the newest figure has 24 hours. */
export function historySpan(window: Window, now: number): Span {
  if (window !== 'latest' && window !== '24h') return windowSpan(window, now)
  const to = floor(now, 'hour') + HOUR
  return { from: to - DAY, to }
}

/** What a reading already counts, that much earlier: from the start of its window to its source time. Null where that is nothing. */
export function soFarBefore(part: Part, shift: number): Span | null {
  const reading = part.readings[0]
  if (!reading || reading.value === null || reading.asOf === null || part.slice.window === 'latest') return null
  // What stands at a moment is in the minute that begins with it; what happened ends before it.
  const end = reading.asOf + (STANDING.includes(part.indicator.kind) ? MINUTE : 0)
  const span = { from: reading.from, to: Math.min(end, reading.to) }
  return span.to > span.from && span.to - span.from <= DAY ? earlier(span, shift) : null
}
const STANDING = ['level', 'running']

/** Changes whenever the history of a part may have changed. */
export function historyVersion(part: Part, span: Span, picture: Picture | null): string {
  const said = part.readings.map((r: Reading) => [r.value, r.numerator, r.denominator, r.asOf, r.status].join())
  return [span.from, revision(part, picture), ...said].join(' ')
}

/** When the past of a part last changed. */
export function revision({ indicator: { id, ratio } }: Pick<Part, 'indicator'>, picture: Picture | null): number {
  const ids = ratio ? [id, ratio.of, ratio.to] : [id]
  return Math.max(0, ...ids.map((one) => picture?.revised.get(one) ?? 0))
}
