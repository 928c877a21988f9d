/** The small declared steps between a row and its statements: split, scale, share, totals → increments, identities. */
import { DateTime } from 'luxon'
import { decimal, micro } from '../kpi/decimal.ts'
import { decimal as canonical } from '../kpi/observation.ts'
import { duration, type Span } from '../kpi/range.ts'
import type { Source } from '../kpi/source.ts'
import type { ObservationMapping } from '../kpi/source-mapping.ts'
import type { Text } from '../kpi/text.ts'
import { fieldOf, type Statement } from './map.ts'
import { masked } from './personal.ts'
import type { RowProblem } from './problems.ts'
import { REMEDY } from './remedies.ts'

const MICRO = 1_000_000n

/** A value times a declared factor, exactly; null when that needs more than six places or too many digits. */
export function scaled(value: string, scale: number): string | null {
  const factor = canonical(scale < 1e-6 ? '' : String(scale))
  if (factor === null) return null
  const size = micro(value) * micro(factor)
  return size % MICRO === 0n ? canonical(decimal(size / MICRO)) : null
}

/** `percent` of a number, both in millionths, rounded half up to a whole number. */
export function shareOf(percent: bigint, of: bigint): string {
  const hundredth = 100n * MICRO * MICRO
  const doubled = 2n * percent * of
  const sign = doubled < 0n ? -1n : 1n
  return String(sign * ((sign * doubled + hundredth) / (2n * hundredth)))
}

/** The row with the parts of its split fields as fields of their own, each of which may be split again; or what is wrong with one of them. */
export function splitRow(
  row: unknown,
  splits: Source['split'],
  at: number,
): { row: unknown } | { problem: RowProblem } {
  let all = row
  for (const { field, at: sign, into } of splits) {
    const text = String(fieldOf(all, field) ?? '')
    const parts = text.split(sign).map((part) => part.trim())
    if (parts.length !== into.length) {
      const message: Text = {
        vi: `có ${parts.length} phần khi cắt ở “${sign}”, cần ${into.length} (${into.join(', ')})`,
        en: `has ${parts.length} parts when cut at “${sign}”, needs ${into.length} (${into.join(', ')})`,
      }
      const value = masked(text).slice(0, 120)
      return { problem: { place: `source row ${at}`, row: at, field, value, message, remedy: REMEDY.split } }
    }
    all = { ...(all as object), ...Object.fromEntries(into.map((name, i) => [name, parts[i]])) }
  }
  return { row: all }
}

/** What the statements of one row say against an identity; null when they keep it or do not say all of it. */
export function brokenIdentity(
  statements: readonly Statement[],
  { of, to, within }: Source['identities'][number],
): string | null {
  const sumOf = (indicator: string) => {
    const own = statements.filter((one) => one.indicator === indicator && one.state !== 'withdrawn')
    return own.length === 0 ? null : own.reduce((sum, one) => sum + micro(one.value), 0n)
  }
  const sides = [of, to].map((side) => side.map((indicator) => ({ indicator, sum: sumOf(indicator) })))
  if (sides.flat().some(({ sum }) => sum === null)) return null
  const [left = 0n, right = 0n] = sides.map((side) => side.reduce((sum, one) => sum + (one.sum ?? 0n), 0n))
  const apart = left > right ? left - right : right - left
  if (apart <= BigInt(Math.round(within * 1e6))) return null
  const [one, other] = sides.map((side) =>
    side.map(({ indicator, sum }) => `${indicator} ${decimal(sum ?? 0n)}`).join(' + '),
  )
  return `identity-broken ${one} = ${decimal(left)}; ${other} = ${decimal(right)}`
}

/** The question as it is put: where totals become increments, one span earlier, for the total before the first. */
export function put<A extends { readonly window: Span | null }>(ask: A, { observations }: Source): A {
  const spans = observations.flatMap(({ cumulative, span }) => (cumulative && span ? (duration(span) ?? 0) : []))
  const { window } = ask
  return window === null || spans.length === 0
    ? ask
    : { ...ask, window: { from: window.from - Math.max(...spans), to: window.to } }
}

export type Incremented = { readonly statement: Statement } | { readonly base: true } | { readonly unknown: true }

/** Whether counting begins again at a moment of the declared zone. */
function begins(at: number, zone: string, resets: 'day' | 'month' | 'year'): boolean {
  const local = DateTime.fromMillis(at, { zone })
  return local.startOf(resets).toMillis() === at
}

/**
 * Totals → increments for the rows of one answer about `window`. A total's predecessor is the row that ends where it begins. Rows
 * before the window are only asked for as predecessors: they are the `base` of what follows and state nothing. `unknown`: the total before is not in the answer.
 */
export function incrementRule(window: Span | null) {
  const totals = new Map<string, { readonly to: number; readonly value: string }>()
  return (statement: Statement, { cumulative, from }: ObservationMapping): Incremented => {
    const resets = cumulative?.resets
    if (resets === undefined || statement.state === 'withdrawn') return { statement }
    const series = JSON.stringify([statement.indicator, statement.members])
    const before = totals.get(series)
    totals.set(series, { to: statement.to, value: statement.value })
    if (window !== null && statement.from < window.from) return { base: true }
    if (resets !== 'never' && resets !== 'any' && begins(statement.from, from.zone, resets)) return { statement }
    if (before?.to !== statement.from) return { unknown: true }
    const more = micro(statement.value) - micro(before.value)
    if (more >= 0n) return { statement: { ...statement, value: decimal(more) } }
    // The counter was restarted within the span: what it has counted since is the least that came.
    if (resets === 'any') return { statement: { ...statement, qualifier: 'above' } }
    const reason = `total-fell ${before.value} ${statement.value}`
    return {
      statement: {
        ...statement,
        value: decimal(more),
        state: 'held',
        reason: [statement.reason, reason].filter(Boolean).join('; '),
      },
    }
  }
}
