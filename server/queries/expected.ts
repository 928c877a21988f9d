/** What a weekday and hour usually bring: the same hour of like weekdays before, their median and how far they usually lie from it. */

import type { PartFigures } from '../../kpi/breach.ts'
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { type Day, dayOf } from '../../kpi/calendar-days.ts'
import { kindOf } from '../../kpi/calendar-kind.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { median } from '../../kpi/plausible.ts'
import { DAY, duration, floor, HOUR, type Span } from '../../kpi/range.ts'
import type { BandRule } from '../../kpi/rule.ts'
import type { Expected } from '../../kpi/sight.ts'
import { pointKey, type Slice } from '../../kpi/slice.ts'
import { LATE_AFTER } from '../../kpi/status.ts'
import type { Purpose, Store } from '../store/connect.ts'
import type { Knowledge } from '../store/known.ts'
import { type Fact, type Facts, factsOf } from './facts.ts'

/** Fewer earlier hours than this are no habit. */
export const FEWEST = 3
/** How many weeks back like days are looked for. */
const REACH = 26
/** A normal spread's median deviation is so much smaller than its standard deviation. */
const NORMAL = 1.4826

export interface Usual {
  /** The hour (or day, where the rhythm is no shorter) that is compared. */
  readonly span: Span
  /** By `pointKey` of the split members; `{}` of a total. */
  readonly points: ReadonlyMap<string, Expected>
  /** Of the hour itself and of each like hour before: what each part said. Empty for what does not add up. */
  readonly parts: { readonly now: readonly PartFigures[]; readonly before: readonly (readonly PartFigures[])[] }
}

/** The last whole hour whose sources have had time to speak at `now`. */
export function lastWhole(rhythm: string | undefined, now: number): Span {
  const beat = rhythm === undefined ? 0 : (duration(rhythm) ?? 0)
  const step = beat >= DAY ? DAY : HOUR
  const end = floor(now - Math.min(LATE_AFTER * beat, step), step)
  return { from: end - step, to: end }
}

/** The same span on like weekdays before, the nearest first; looked for so many weeks back at most. */
export function likeSpans(
  catalogue: Pick<Catalogue, 'calendars'>,
  span: Span,
  weeks: number,
  reach = REACH,
): readonly Span[] {
  const calendar = catalogue.calendars.get(PUBLIC_SECTOR)
  const kind = (day: Day) => (calendar ? kindOf(calendar, day) : null)
  const own = kind(dayOf(span.from))
  const found: Span[] = []
  for (let back = 1; back <= reach && found.length < weeks; back++) {
    const shift = back * 7 * DAY
    if (kind(dayOf(span.from - shift)) === own) found.push({ from: span.from - shift, to: span.to - shift })
  }
  return found
}

/** Reads what is usual for the points of a slice at `now`. */
export async function usualOf(
  store: Store,
  catalogue: Catalogue,
  slice: Slice,
  band: BandRule,
  options: { readonly now: number; readonly purpose: Purpose; readonly known?: Knowledge },
): Promise<Usual> {
  const indicator = catalogue.indicators.get(slice.indicator)
  const span = lastWhole(indicator?.rhythm, options.now)
  const grain = span.to - span.from >= DAY ? 'day' : 'hour'
  const spans = [span, ...likeSpans(catalogue, span, band.weeks)]
  const read = await Promise.all(
    spans.map((over) =>
      factsOf(store, catalogue, [slice], {
        ...options,
        now: Math.min(options.now, over.to),
        over: { span: over, grain },
      }),
    ),
  )
  const [current, ...earlier] = read.map(([facts]) => facts as Facts)
  return usualFrom(catalogue, slice, band, span, current as Facts, earlier)
}

/** What is usual, from the facts of a span and of those like it before. Pure. */
export function usualFrom(
  catalogue: Catalogue,
  slice: Slice,
  band: BandRule,
  span: Span,
  current: Facts,
  earlier: readonly Facts[],
): Usual {
  const adds = catalogue.indicators.get(slice.indicator)?.kind === 'flow'
  return {
    span,
    points: pointsOf(current, earlier, slice, band, span),
    parts: adds ? { now: partsOf(current), before: earlier.map(partsOf) } : { now: [], before: [] },
  }
}

const partsOf = (facts: Facts): readonly PartFigures[] =>
  [...(facts.parts.get(pointKey({})) ?? [])].map(([id, { numerator }]) => ({
    id,
    numerator: numerator ?? '0',
    denominator: null,
  }))

function pointsOf(current: Facts, earlier: readonly Facts[], slice: Slice, band: BandRule, { from }: Span) {
  const factOf = (facts: Facts, name: string): Fact | null =>
    slice.by.length === 0 ? facts.total : (facts.points.get(name) ?? null)
  const names =
    slice.by.length === 0
      ? [pointKey({})]
      : [...new Set([current, ...earlier].flatMap(({ points }) => [...points.keys()]))]
  return new Map(
    names.flatMap((name) => {
      const before = earlier.flatMap((facts) => factOf(facts, name)?.value ?? [])
      if (before.length < FEWEST) return []
      return [[name, usual(factOf(current, name)?.value ?? null, before.map(Number), band, from)] as const]
    }),
  )
}

/** The band of earlier values: their median, and `width` typical deviations to each side, but at least `least` percent of it. */
export function usual(
  value: string | null,
  before: readonly number[],
  { width, least }: BandRule,
  from: number,
): Expected {
  const middle = median(before)
  const spread = NORMAL * median(before.map((one) => Math.abs(one - middle)))
  const reach = Math.max(width * spread, (Math.abs(middle) * least) / 100)
  const cut = (n: number) => Number(n.toFixed(6))
  return { from, value, median: cut(middle), low: cut(middle - reach), high: cut(middle + reach), weeks: before.length }
}
