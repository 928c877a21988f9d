/** Which former units an answer carried to which of today's, so that nobody takes a sum over a merger for what one unit said. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import type { CarriedUnit } from '../../kpi/query.ts'
import { DAY, dayStart, type Span } from '../../kpi/range.ts'
import { heirs, type Units } from '../../kpi/succession.ts'
import { columnsOf } from '../store/columns.ts'
import { descendants } from '../store/filter.ts'

/** Whose units a question means: what may not be added up is never carried, whatever was asked. */
export function unitsOf(catalogue: Catalogue, indicator: Indicator, asked: Units | undefined): Units {
  return columnsOf(indicator, catalogue.indicators).across === 'sum' ? (asked ?? 'then') : 'then'
}

/** The day (UTC milliseconds) whose units are each other's peers: today where figures are carried to those of today, else the last of a range that ends at `to`. */
export const dayOfUnits = (units: Units, to: number, now: number): number =>
  units === 'today' ? now : Math.min(now, to - 1)

/** The former units whose days lie in a span, with who stands for them at `at`; undefined when the question means the units of the time. */
export function carriedUnits(
  catalogue: Catalogue,
  indicator: Indicator,
  asked: { readonly units: Units | undefined; readonly span: Span; readonly where: Members },
  at: number,
): { readonly carried?: readonly CarriedUnit[] } {
  if (unitsOf(catalogue, indicator, asked.units) === 'then') return {}
  const dimension = catalogue.dimensions.get(indicator.dimensions[0] ?? '')
  if (!dimension) return {}
  const within = asked.where[dimension.id]
  const scope = { from: asked.span.from, to: at + 1, units: 'today' } as const
  const kept = within === undefined ? null : new Set(descendants(dimension, within, scope))
  const carried = [...heirs(dimension, at)].flatMap(([former, { member, partly }]) => {
    const to = dimension.members.get(former)?.to
    const there = to !== undefined && dayStart(to) + DAY > asked.span.from && (kept === null || kept.has(former))
    return there ? [{ former, into: member.id, partly }] : []
  })
  return { carried }
}
