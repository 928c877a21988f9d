/** What drawings over time say along their edges: moments below, round numbers at the left. */
import { formatShortDay, formatTime } from '../../kpi/format.ts'
import { DAY, floor, type Span } from '../../kpi/range.ts'
import type { Language } from '../../kpi/text.ts'
import { sayTick } from './say.ts'

/** A moment of the axis: the day at midnight and over more than two days, else the time. */
export function sayMark(at: number, span: Span, language: Language): string {
  const long = span.to - span.from > 2 * DAY
  return long || floor(at, 'day') === at ? formatShortDay(at, language) : formatTime(at)
}

/** A number of the axis, as finely as the steps need. */
export function sayStep(value: number, ticks: readonly { readonly value: number }[], language: Language): string {
  const step = Math.abs((ticks[1]?.value ?? 1) - (ticks[0]?.value ?? 0))
  const decimals = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step || 1) - 1e-9)))
  return sayTick(value, decimals, language)
}

/** Labels at the ends lean inwards, so that none is cut. */
export function anchor(x: number, left: number, right: number, rem: number): 'start' | 'middle' | 'end' {
  if (x > right - 1.2 * rem) return 'end'
  return x < left + 0.2 * rem ? 'start' : 'middle'
}
