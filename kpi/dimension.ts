/** A dimension: a way to split. Its members have permanent ids, names, codes per code system, validity and successors. */
import { z } from 'zod'
import { Deadline } from './deadline.ts'
import { DateText, Id } from './indicator.ts'
import { Text } from './text.ts'

export { codeKey, type Resolution, resolve } from './code.ts'
export { expectedOn, groupMembers, groupOn } from './group.ts'

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
export type Code = Readonly<z.infer<typeof Code>>

/** What a member was called, or what kind it was, until a date. Its own `name` and `kind` are those of today. */
export const Former = z.strictObject({
  name: Text.optional(),
  kind: Id.optional(),
  from: DateText.optional(),
  /** Last day. */
  to: DateText,
  basis: z.string().optional(),
})

/** Part of what a member did that went elsewhere than to its successor, so that its counts carry over only nearly. */
export const Handed = z.strictObject({ to: Id, what: Text, basis: z.string().optional() })

export const Member = z.strictObject({
  id: Id,
  name: Text,
  kind: Id.optional(),
  was: z.array(Former).optional(),
  /** Other spellings by which lists write it. */
  aliases: z.array(z.string().min(1)).optional(),
  codes: z.array(Code).default([]),
  parents: z.array(Id).default([]),
  from: DateText.optional(),
  /** Last day on which the member exists. */
  to: DateText.optional(),
  /** Who goes on with all it counted. Several: nobody knows how the counts divide, and they stay with the time. */
  successors: z.array(Id).default([]),
  handed: z.array(Handed).optional(),
  /** Groups: the ids of what belongs to it, where the list is known. */
  members: z.array(Id).optional(),
  /** Groups whose list is not known: how many belong to it. */
  size: z.int().positive().optional(),
  /** Of a step: how long it may take. */
  deadline: Deadline.optional(),
  basis: z.string().optional(),
})
export type Member = Readonly<z.infer<typeof Member>>

/** How codes of a system look and where they come from. */
export const CodeSystem = z.strictObject({
  title: Text,
  basis: z.string().optional(),
  /** Codes of this many digits, leading zeros included. */
  digits: z.int().positive().optional(),
  /** Another spelling of the codes of that system: `as` with `{code}` in it, written nowhere else. */
  spells: Id.optional(),
  as: z.string().includes('{code}').optional(),
})
export type CodeSystem = Readonly<z.infer<typeof CodeSystem>>

/** A kind of member, and how lists write it before (or in English after) the name. */
export const KindOf = z.strictObject({
  title: Text,
  titles: z.array(z.string().min(1)).optional(),
  /** Kinds of one level are peers: a province and a city both stand at level province. */
  level: Id.optional(),
  /** Too many to tell every screen; their bare names yield to those of other kinds. */
  detail: z.boolean().optional(),
})
export type KindOf = Readonly<z.infer<typeof KindOf>>

/** One list of members. `dimensions/unit/provinces.yaml` goes on with the dimension of `dimensions/unit.yaml`. */
export const DimensionFile = z.strictObject({
  title: Text,
  /** What the list is taken from: the number of a decision. */
  basis: z.string().optional(),
  systems: z.record(Id, CodeSystem).optional(),
  kinds: z.record(Id, KindOf).optional(),
  members: z.array(Member).min(1),
})
export type DimensionFile = z.infer<typeof DimensionFile>

export interface Dimension {
  readonly id: string
  readonly title: Text
  readonly members: ReadonlyMap<string, Member>
  readonly kinds?: Readonly<Record<string, KindOf>>
  readonly systems?: Readonly<Record<string, CodeSystem>>
  /** The lists it was put together from, with what each is taken from. */
  readonly lists?: readonly { readonly id: string; readonly title: Text; readonly basis?: string | undefined }[]
}
