/** The truth about the country, corrections included: what the interchange would say if nothing ever failed. */
import { floor, GRAIN_MS, type Span } from '../../kpi/range.ts'
import type { Fault } from './faults.ts'
import { hCode, PROVINCES, type Province } from './provinces.ts'
import { type Counts, counts, MEASURES, type Measure, SPAN } from './traffic.ts'

export const TRUTH_GRAINS = { '5m': SPAN, hour: GRAIN_MS.hour, day: GRAIN_MS.day } as const
export type TruthGrain = keyof typeof TRUTH_GRAINS

export interface TruthRow {
  readonly unit: string
  readonly from: number
  readonly to: number
  readonly value: number
}

/** Indicator id (`interchange/sent` …) → its rows. */
export type Truth = Readonly<Record<`interchange/${Measure}`, readonly TruthRow[]>>

/** The starts of the spans that lie wholly inside `span` and have ended at `now`. */
export function endedSpans(span: Span, now: number): readonly number[] {
  const first = Math.ceil(span.from / SPAN) * SPAN
  const last = Math.floor(Math.min(span.to, now) / SPAN) * SPAN
  return first >= last ? [] : Array.from({ length: (last - first) / SPAN }, (_, index) => first + index * SPAN)
}

/** Counts of one province and span with every correction of `faults` applied; nothing falls below zero, and nobody accepts more than was received. */
export function truthOf(seed: number, faults: readonly Fault[], province: Province, from: number): Counts {
  const plain = counts(seed, province, from)
  const code = hCode(province)
  const delta = (measure: Measure) =>
    faults.reduce(
      (sum, fault) =>
        fault.kind === 'correction' && fault.h_code === code && fault.from === from && fault.of === measure
          ? sum + fault.delta
          : sum,
      0,
    )
  const received = Math.max(0, plain.received + delta('received'))
  return {
    sent: Math.max(0, plain.sent + delta('sent')),
    received,
    accepted: Math.min(received, Math.max(0, plain.accepted + delta('accepted'))),
  }
}

/** The truth of a stretch at a grain: sums over ended spans per province, hours and days of Asia/Ho_Chi_Minh. */
export function truth(seed: number, faults: readonly Fault[], span: Span, grain: TruthGrain, now: number): Truth {
  const size = TRUTH_GRAINS[grain]
  const corrections = faults.filter((fault) => fault.kind === 'correction')
  const sums = new Map<string, { unit: string; from: number; counts: Record<Measure, number> }>()
  for (const from of endedSpans(span, now)) {
    const bucket = floor(from, size)
    for (const province of PROVINCES) {
      const unit = hCode(province)
      const key = `${bucket} ${unit}`
      const sum = sums.get(key) ?? { unit, from: bucket, counts: { sent: 0, received: 0, accepted: 0 } }
      const now = truthOf(seed, corrections, province, from)
      for (const measure of MEASURES) sum.counts[measure] += now[measure]
      sums.set(key, sum)
    }
  }
  const rows = (measure: Measure): readonly TruthRow[] =>
    [...sums.values()].map(({ unit, from, counts }) => ({ unit, from, to: from + size, value: counts[measure] }))
  return {
    'interchange/sent': rows('sent'),
    'interchange/received': rows('received'),
    'interchange/accepted': rows('accepted'),
  }
}
