/** What the interchange answers: one item per province and ended span, as JSON or CSV, with the faults that touch its content. */
import { type Span, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Fault, FaultKind } from './faults.ts'
import { hCode, PROVINCES } from './provinces.ts'
import { SPAN } from './traffic.ts'
import { endedSpans, truthOf } from './truth.ts'

/** Faults that change what a whole answer says. */
export const CONTENT_FAULTS = ['wrongType', 'duplicate', 'zero'] as const satisfies readonly FaultKind[]
export type ContentFault = (typeof CONTENT_FAULTS)[number]

export interface Item {
  readonly h_code: string
  /** Start of the span in local time, yyyyMMddHHmmss. */
  readonly period: string
  readonly sent: number | string
  readonly received: number | string
  readonly accepted: number | string
}

/** UTC milliseconds → local yyyyMMddHHmmss. */
export const period = (at: number): string => new Date(at + ZONE_OFFSET).toISOString().replace(/\D/g, '').slice(0, 14)

/** The items of a stretch as the interchange knows them at `now`. */
export function items(
  seed: number,
  faults: readonly Fault[],
  strike: ContentFault | null,
  span: Span,
  now: number,
): readonly Item[] {
  const corrections = faults.filter((fault) => fault.kind === 'correction')
  const units = PROVINCES.map((province) => {
    const own = faults.filter((fault) => 'h_code' in fault && fault.h_code === hCode(province))
    const late = Math.max(0, ...own.map((fault) => (fault.kind === 'late' ? fault.spans : 0)))
    return { province, silent: own.some((fault) => fault.kind === 'silence'), known: now - late * SPAN }
  })
  const all = endedSpans(span, now).flatMap((from) =>
    units
      .filter((unit) => !unit.silent && from + SPAN <= unit.known)
      .map(({ province }): Item => {
        const item = { h_code: hCode(province), period: period(from) }
        if (strike === 'zero') return { ...item, sent: 0, received: 0, accepted: 0 }
        if (strike === 'wrongType') return { ...item, sent: 'abc', received: 'abc', accepted: 'abc' }
        return { ...item, ...truthOf(seed, corrections, province, from) }
      }),
  )
  return strike === 'duplicate' ? all.flatMap((item) => [item, item]) : all
}

export const asJson = (list: readonly Item[]): string => JSON.stringify({ code: 'OK', data: { items: list } })

export const asCsv = (list: readonly Item[]): string =>
  ['h_code,period,sent,received,accepted', ...list.map((item) => Object.values(item).join(','))]
    .join('\r\n')
    .concat('\r\n')
