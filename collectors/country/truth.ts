/** The truth about the country, corrections included: what its systems would say if nothing ever failed. */
import { floor, GRAIN_MS, type Span } from '../../kpi/range.ts'
import type { Measure, SplitBy } from './measure.ts'
import { MEANS, MEASURES, RATIOS } from './measures.ts'
import { longCode } from './units.ts'
import type { World } from './world.ts'

/** `span` is the indicator's own. */
export const TRUTH_GRAINS = ['span', '5m', 'hour', 'day'] as const
export type TruthGrain = (typeof TRUTH_GRAINS)[number]

/** A row names the member of the dimension it is split by, if any, by the code its system uses. */
export interface TruthRow extends Partial<Readonly<Record<SplitBy, string>>> {
  readonly unit: string
  readonly from: number
  readonly to: number
  /** Null: nothing occurred (0/0). */
  readonly value: number | null
  /** The two parts of a ratio. */
  readonly numerator?: number
  readonly denominator?: number
}

/** Every indicator with a truth. */
export const INDICATORS: readonly string[] = [...Object.keys(MEASURES), ...Object.keys(RATIOS)]

const sizeOf = (grain: TruthGrain, span: number) =>
  grain === 'span' ? span : grain === '5m' ? 300_000 : GRAIN_MS[grain]

/** The starts of the spans of `size` that lie wholly inside `span` and have ended at `now`; days are local. */
export function endedSpans(span: Span, now: number, size: number): readonly number[] {
  const below = floor(span.from, size)
  const first = below < span.from ? below + size : below
  const last = floor(Math.min(span.to, now), size)
  return first >= last ? [] : Array.from({ length: (last - first) / size }, (_, index) => first + index * size)
}

function rowsOf(world: World, measure: Measure, span: Span, size: number, now: number): readonly TruthRow[] {
  const sums = new Map<string, TruthRow>()
  for (const from of endedSpans(span, now, measure.span)) {
    const bucket = floor(from, size)
    for (const [unit, own] of world) {
      for (const code of measure.split?.codes ?? ['']) {
        const name = `${bucket} ${unit.code} ${code}`
        const value = measure.value(own, from, code)
        const before = measure.kind === 'adds' ? (sums.get(name)?.value ?? 0) : 0
        const where = { unit: longCode(unit), ...(measure.split && { [measure.split.by]: code }) }
        sums.set(name, { ...where, from: bucket, to: bucket + size, value: before + value })
      }
    }
  }
  return [...sums.values()]
}

/**
 * The truth of an indicator over a stretch at a grain, per unit (and channel): sums over ended spans, the last one for
 * what stands. Null when the country does not know it, or when the grain is finer than its span.
 */
export function truth(
  world: World,
  indicator: string,
  span: Span,
  grain: TruthGrain,
  now: number,
): readonly TruthRow[] | null {
  const parts = RATIOS[indicator]
  if (parts) {
    const [above, below] = parts.map((part) => truth(world, part, span, grain, now))
    if (!above || !below) return null
    return above.map((row, i): TruthRow => {
      const [numerator, denominator] = [row.value ?? 0, below[i]?.value ?? 0]
      return {
        ...row,
        value: denominator === 0 ? null : ((MEANS.includes(indicator) ? 1 : 100) * numerator) / denominator,
        numerator,
        denominator,
      }
    })
  }
  const measure = Object.hasOwn(MEASURES, indicator) ? MEASURES[indicator] : undefined
  if (!measure) return null
  const size = sizeOf(grain, measure.span)
  return size < measure.span ? null : rowsOf(world, measure, span, size, now)
}
