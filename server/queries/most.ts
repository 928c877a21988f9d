/** Where nearly all is meant, all is read: to look at each row's members costs more. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Plan } from './bundle.ts'
import { seriesOfEach } from './coverage.ts'
import { expectedMembers } from './judge.ts'

/** Whether a filter keeps half of those who should report: then it is quicker to read all of them than to look at each row's members. */
export function keepsMost(
  catalogue: Catalogue,
  indicator: Indicator,
  { where, span, units }: Pick<Plan, 'where' | 'span' | 'units'>,
  now: number,
): boolean {
  const [dimension, ...more] = Object.keys(where)
  if (dimension === undefined || dimension !== indicator.dimensions[0] || more.length > 0) return false
  const slice: Slice = { indicator: indicator.id, window: 'today', by: [], where }
  const [kept, all] = [where, {}].map((within) =>
    expectedMembers(catalogue, indicator, { ...slice, where: within }, { span, units }, now),
  )
  return kept != null && all != null && 2 * kept.length >= all.length && all.length > 0
}

/** The most buckets that are read one by one; those who speak without being expected come on top. */
const FEW_BUCKETS = 40_000

/** Whether those who are meant are most of those who should speak, and their buckets, `step` milliseconds long, not too many to be read one by one. */
export function areFewAndMost(
  catalogue: Catalogue,
  indicator: Indicator,
  plan: Parameters<typeof keepsMost>[2],
  step: number,
  now: number,
): boolean {
  const everyone: Slice = { indicator: indicator.id, window: 'today', by: [], where: {} }
  const all = expectedMembers(catalogue, indicator, everyone, plan, now)
  if (all === null || all.length === 0) return false
  const series = all.length * seriesOfEach(catalogue, indicator, {}, Math.min(now, plan.span.to - 1))
  const few = series * ((plan.span.to - plan.span.from) / step) <= FEW_BUCKETS
  return few && (Object.keys(plan.where).length === 0 || keepsMost(catalogue, indicator, plan, now))
}
