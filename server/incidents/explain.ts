/** Who makes up a national breach: of a limit by every part's own shortfall, of a fall by what each usually brings. Exact. Pure. */

import { type Breach, breachOf, type PartFigures, shortfalls } from '../../kpi/breach.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { micro } from '../../kpi/decimal.ts'
import { decimalText, round } from '../../kpi/format.ts'
import { pointKey } from '../../kpi/slice.ts'
import { targetAt } from '../../kpi/status.ts'
import type { Usual } from '../queries/expected.ts'
import type { Facts } from '../queries/facts.ts'
import type { Watched } from './rounds.ts'

const MICRO = 1_000_000n

/** Which limit a rule compares its values with, and on which side the breach lies; null where its condition has none. */
function limitOf(
  { rule, slice }: Watched,
  catalogue: Catalogue,
  now: number,
): { readonly limit: number; readonly worse: 'above' | 'below' } | null {
  const { when } = rule
  const indicator = catalogue.indicators.get(slice.indicator)
  if (!indicator) return null
  if (when.above !== undefined) return { limit: when.above, worse: 'above' }
  if (when.below !== undefined) return { limit: when.below, worse: 'below' }
  const worse = indicator.better === 'higher' ? 'below' : 'above'
  if (when.status && indicator.limits) return { limit: indicator.limits[when.status], worse }
  const target = when.target ? targetAt(indicator, slice.where, now) : null
  if (!target) return null
  const short = when.target?.short ?? 0
  return { limit: worse === 'below' ? target.value - short : target.value + short, worse }
}

/** Contributions of the parts of a slice that is not split, to the breach of a rule's limit. Null where they do not add up to it. */
export function explainLimit(one: Watched, catalogue: Catalogue, facts: Facts, now: number): Breach | null {
  const indicator = catalogue.indicators.get(one.slice.indicator)
  const limit = limitOf(one, catalogue, now)
  const parts = facts.parts.get(pointKey({}))
  if (!indicator || !limit || !parts || parts.size < 2) return null
  const ratio = indicator.kind === 'ratio'
  // A count short of a limit has no part that is: nobody has said how much each should bring.
  if (!ratio && limit.worse === 'below') return null
  const figures = [...parts].map(([id, { numerator, denominator }]): PartFigures => {
    return { id, numerator: numerator ?? '0', denominator: ratio ? (denominator ?? '0') : null }
  })
  const percent = ratio && indicator.unit === 'percent'
  const amounts = shortfalls(figures, ratio ? limit.limit : 0, limit.worse, percent)
  const size = (percent ? 100n : 1n) * MICRO * MICRO
  const enough = ratio ? 0n : MICRO * micro(round(decimalText(limit.limit), 6))
  return breachOf(amounts, indicator.dimensions[0] ?? 'unit', size, enough)
}

/** Contributions to how far an hour lies below (or above) what it usually brings: of each part its mean of the like hours less its own. */
export function explainBand(one: Watched, catalogue: Catalogue, usual: Usual): Breach | null {
  const { now, before } = usual.parts
  const indicator = catalogue.indicators.get(one.slice.indicator)
  if (!indicator || before.length === 0) return null
  const weeks = BigInt(before.length)
  const point = usual.points.get(pointKey({}))
  const fell = point?.value != null && Number(point.value) < point.median
  const amounts = new Map<string, bigint>()
  const add = (id: string, amount: bigint) => amounts.set(id, (amounts.get(id) ?? 0n) + (fell ? amount : -amount))
  for (const parts of before) for (const { id, numerator } of parts) add(id, micro(numerator))
  for (const { id, numerator } of now) add(id, -weeks * micro(numerator))
  const whole = [...amounts.values()].reduce((sum, each) => sum + each, 0n)
  // Explained is what makes up four fifths.
  return breachOf(amounts, indicator.dimensions[0] ?? 'unit', weeks * MICRO, whole / 5n)
}
