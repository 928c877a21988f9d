/** Turns `where` and `by` into SQL over members: identifiers from the catalogue only, values always bound. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Dimension, groupMembers } from '../../kpi/dimension.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Params } from './connect.ts'

export interface Filter {
  readonly sql: string
  readonly params: Params
}

/** A member and everything below it on the day of `at`: a nation its regions and provinces, a group its list. */
export function descendants(dimension: Dimension | undefined, id: string, at: number): readonly string[] {
  const found = new Set([id])
  for (const each of found) if (dimension) for (const member of groupMembers(dimension, each, at)) found.add(member.id)
  return [...found]
}

/** SQL that keeps only series whose members lie in `where`. */
export function filter(catalogue: Pick<Catalogue, 'dimensions'>, where: Members, at: number): Filter {
  const entries = Object.entries(where)
  const params: Record<string, unknown> = {}
  const parts = entries.map(([dimension, member], i) => {
    params[`dimension${i}`] = dimension
    params[`within${i}`] = descendants(catalogue.dimensions.get(dimension), member, at)
    return `has({within${i}: Array(String)}, members[{dimension${i}: String}])`
  })
  return { sql: parts.length === 0 ? '1' : parts.join(' AND '), params }
}
