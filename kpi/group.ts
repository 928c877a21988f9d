/** Groups: lists of members valid on a date, so that a denominator is never carried past the day its list ended. */
import type { Dimension, Member } from './dimension.ts'
import { validOn } from './range.ts'

const CHILDREN = new WeakMap<Dimension, ReadonlyMap<string, readonly Member[]>>()

function childrenOf(dimension: Dimension, parent: string): readonly Member[] {
  const known = CHILDREN.get(dimension)
  if (known) return known.get(parent) ?? []
  const index = new Map<string, Member[]>()
  for (const member of dimension.members.values())
    for (const id of new Set(member.parents)) {
      const list = index.get(id)
      if (list) list.push(member)
      else index.set(id, [member])
    }
  CHILDREN.set(dimension, index)
  return index.get(parent) ?? []
}

/**
 * The group that is meant by `group` on the day of `at`: itself, or the one that followed it or went before it then
 * (22 ministries until 2025-02-28, 17 since). Null when there is none on that day.
 */
export function groupOn(dimension: Dimension, group: string, at: number): Member | null {
  const asked = dimension.members.get(group)
  if (asked && validOn(asked, at)) return asked
  const all = [...dimension.members.values()]
  const seen = new Set([group])
  for (const id of seen) {
    const one = dimension.members.get(id)
    if (!one) continue
    if (validOn(one, at)) return one
    for (const next of one.successors) seen.add(next)
    for (const before of all) if (before.successors.includes(id)) seen.add(before.id)
  }
  return null
}

const EVER = new WeakMap<Dimension, Map<string, readonly Member[]>>()

/** Everything that ever belonged to a group: its list, a group in it standing for all of its own; or the members that name it as parent. */
export function everInGroup(dimension: Dimension, group: string): readonly Member[] {
  const known = EVER.get(dimension) ?? new Map<string, readonly Member[]>()
  EVER.set(dimension, known)
  const found = known.get(group) ?? collected(dimension, group, [])
  known.set(group, found)
  return found
}

function collected(dimension: Dimension, group: string, inside: readonly string[]): readonly Member[] {
  const list = dimension.members.get(group)?.members
  if (!list) return childrenOf(dimension, group)
  const found = list.flatMap((id) => {
    const one = dimension.members.get(id)
    if (!one?.members || inside.includes(id)) return one ?? []
    return collected(dimension, id, [...inside, group])
  })
  return [...new Set(found)]
}

/** The members of a group valid at `at`: its list, or the members that name it as parent. Empty when only its size is known. */
export function groupMembers(dimension: Dimension, group: string, at: number): readonly Member[] {
  return everInGroup(dimension, group).filter((member) => validOn(member, at))
}

/** Who belongs to `group` or to what stood in its place on the day of `at`; null when nobody has said who. */
export function expectedOn(dimension: Dimension, group: string, at: number): readonly Member[] | null {
  if (!dimension.members.has(group)) return groupMembers(dimension, group, at)
  const then = groupOn(dimension, group, at)
  return then === null ? null : groupMembers(dimension, then.id, at)
}
