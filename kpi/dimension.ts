/** A dimension: a way to split. Its members have permanent ids, names, codes per code system, validity and successors. */
import { z } from 'zod'
import { DateText, Id } from './indicator.ts'
import { validOn } from './range.ts'
import { Text } from './text.ts'

export { dayStart, validOn } from './range.ts'

export const Code = z.strictObject({
  /** Code system, e.g. `qd19` (two digits of Quyết định 19/2025/QĐ-TTg), `qd20` (H41), `qcvn102` (000.00.00.H41). */
  system: Id,
  code: z.string().min(1),
  from: DateText.optional(),
  /** Last day on which the code is valid. */
  to: DateText.optional(),
  basis: z.string().optional(),
})

export const Member = z.strictObject({
  id: Id,
  name: Text,
  kind: Id.optional(),
  codes: z.array(Code).default([]),
  parents: z.array(Id).default([]),
  from: DateText.optional(),
  /** Last day on which the member exists. */
  to: DateText.optional(),
  successors: z.array(Id).default([]),
  /** Groups: the ids of what belongs to it, where the list is known. */
  members: z.array(Id).optional(),
  /** Groups whose list is not known: how many belong to it. */
  size: z.int().positive().optional(),
  basis: z.string().optional(),
})
export type Member = Readonly<z.infer<typeof Member>>

export const DimensionFile = z.strictObject({ title: Text, members: z.array(Member).min(1) })
export type DimensionFile = z.infer<typeof DimensionFile>

export interface Dimension {
  readonly id: string
  readonly title: Text
  readonly members: ReadonlyMap<string, Member>
}

export type Resolution =
  | { readonly member: Member }
  /** `known` lists the members that carry the code on other dates. */
  | { readonly member: null; readonly known: readonly Member[] }

/** Resolves a code by code system and date to its member; a code used outside its validity resolves to nothing. */
export function resolve(dimension: Dimension, system: string, code: string, at: number): Resolution {
  const known: Member[] = []
  for (const member of dimension.members.values()) {
    for (const entry of member.codes) {
      if (entry.system !== system || entry.code !== code) continue
      if (validOn(entry, at) && validOn(member, at)) return { member }
      known.push(member)
    }
  }
  return { member: null, known }
}

/** The members of a group valid at `at`: its list, or the members that name it as parent. Empty when only its size is known. */
export function groupMembers(dimension: Dimension, group: string, at: number): readonly Member[] {
  const list = dimension.members.get(group)?.members
  const found = list
    ? list.flatMap((id) => dimension.members.get(id) ?? [])
    : [...dimension.members.values()].filter((member) => member.parents.includes(group))
  return found.filter((member) => validOn(member, at))
}
