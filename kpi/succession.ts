/** Succession: former members carried to those that followed them. Counts carry over by sums, ratios are recomputed. Pure. */
import type { Dimension, Member } from './dimension.ts'
import { dayStart, validOn } from './range.ts'

/** Which members a question means: those of today, into which the former ones are carried, or those of the time. */
export const UNITS = ['today', 'then'] as const
export type Units = (typeof UNITS)[number]

export interface Heir {
  readonly member: Member
  /** Whether part of the work went elsewhere on the way, so that sums are only nearly right. */
  readonly partly: boolean
}

/** Who stands on the day of `at` for a member: itself while it is there, else its successor; null when nobody or several do. */
export function heirOf(dimension: Dimension, id: string, at: number): Heir | null {
  const seen = new Set<string>()
  let partly = false
  for (let member = dimension.members.get(id); member && !seen.has(member.id); ) {
    if (validOn(member, at)) return { member, partly }
    const [next, ...others] = member.successors
    // What was said of a list says nothing of the list that followed it.
    if (member.members || member.size !== undefined) return null
    // One that is yet to come has no heir, and what several share cannot be divided.
    if (next === undefined || others.length > 0 || (member.from !== undefined && dayStart(member.from) > at))
      return null
    seen.add(member.id)
    partly ||= (member.handed ?? []).length > 0
    member = dimension.members.get(next)
  }
  return null
}

/** Former member → who stands for it on the day of `at`; only those that are carried. */
export function heirs(dimension: Dimension, at: number): ReadonlyMap<string, Heir> {
  const found = new Map<string, Heir>()
  for (const member of dimension.members.values()) {
    if (member.successors.length === 0) continue
    const heir = heirOf(dimension, member.id, at)
    if (heir && heir.member !== member) found.set(member.id, heir)
  }
  return found
}

/** Everyone a member goes on for: those that ended in it, over any number of steps, on the day of `at`. */
export function predecessors(dimension: Dimension, id: string, at: number): readonly string[] {
  return [...heirs(dimension, at)].flatMap(([former, heir]) => (heir.member.id === id ? [former] : []))
}

/** Everyone that followed a member, over any number of steps. */
export function followers(dimension: Dimension, id: string): readonly string[] {
  const seen = new Set(dimension.members.get(id)?.successors ?? [])
  for (const next of seen) for (const after of dimension.members.get(next)?.successors ?? []) seen.add(after)
  return [...seen]
}
