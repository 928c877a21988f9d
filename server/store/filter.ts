/** Turns `where` and `by` into SQL over members: identifiers from the catalogue only, values always bound. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Dimension } from '../../kpi/dimension.ts'
import { everInGroup } from '../../kpi/group.ts'
import type { Members } from '../../kpi/observation.ts'
import { DAY, dayStart, type Span } from '../../kpi/range.ts'
import { heirs, type Units } from '../../kpi/succession.ts'
import type { Params } from './connect.ts'

export interface Filter {
  readonly sql: string
  readonly params: Params
}

/** Days a question covers, and whether it means the units of those days or those of today with all they took over. */
export interface Scope extends Span {
  readonly units: Units
}

/** A moment as a scope: the units of that day. */
export const onDay = (at: number): Scope => ({ from: at, to: at + 1, units: 'then' })

function thereWithin({ from, to }: { from?: string | undefined; to?: string | undefined }, span: Span): boolean {
  return (from === undefined || dayStart(from) < span.to) && (to === undefined || span.from < dayStart(to) + DAY)
}

/** A member and everything below it on the days of a scope: a nation its regions and provinces, a group its list. */
export function descendants(dimension: Dimension | undefined, id: string, scope: Scope): readonly string[] {
  const found = new Set([id])
  if (!dimension) return [...found]
  const last = scope.to - 1
  const days: Span = scope.units === 'today' ? { from: last, to: scope.to } : scope
  for (const each of found)
    for (const member of everInGroup(dimension, each)) if (thereWithin(member, days)) found.add(member.id)
  if (scope.units === 'today')
    for (const [former, { member }] of heirs(dimension, last)) if (found.has(member.id)) found.add(former)
  return [...found]
}

/** SQL that is true of every row. */
export const EVERYTHING = '1'

/** SQL that keeps only series whose members lie in `where`. `name`: what its parameters begin with, where several filters stand in one statement. */
export function filter(catalogue: Pick<Catalogue, 'dimensions'>, where: Members, scope: Scope, name = ''): Filter {
  const entries = Object.entries(where)
  const params: Record<string, unknown> = {}
  const parts = entries.map(([dimension, member], i) => {
    params[`${name}dimension${i}`] = dimension
    params[`${name}within${i}`] = descendants(catalogue.dimensions.get(dimension), member, scope)
    return `has({${name}within${i}: Array(String)}, members[{${name}dimension${i}: String}])`
  })
  return { sql: parts.length === 0 ? EVERYTHING : parts.join(' AND '), params }
}

/** The same as a rule, for rows that were read for several filters at once. */
export function keeps(catalogue: Pick<Catalogue, 'dimensions'>, where: Members, scope: Scope) {
  const sets = Object.entries(where).map(
    ([dimension, member]) =>
      [dimension, new Set(descendants(catalogue.dimensions.get(dimension), member, scope))] as const,
  )
  return (members: Members): boolean => sets.every(([dimension, within]) => within.has(members[dimension] ?? ''))
}

/** SQL that keeps only versions stored by a moment of knowledge, bound as `asOf`; all of them when there is none. */
export function knownBy(asOf: number | undefined): string {
  return asOf === undefined ? '' : `AND stored <= fromUnixTimestamp64Milli({asOf: Int64}, 'UTC')`
}
