/** Codes: which member a code of a code system means on a day. */
import type { Code, Dimension, Member } from './dimension.ts'
import { validOn } from './range.ts'

export type Resolution =
  | { readonly member: Member }
  /** `known` lists the members that carry the code on other dates. */
  | { readonly member: null; readonly known: readonly Member[] }

type Entry = { readonly member: Member; readonly code: Code }
const CODES = new WeakMap<Dimension, ReadonlyMap<string, readonly Entry[]>>()

/** Codes are compared without spaces around them and without regard to case: h41 is H41. */
export const codeKey = (system: string, code: string) => `${system} ${code.trim().toUpperCase()}`

function codesOf(dimension: Dimension): ReadonlyMap<string, readonly Entry[]> {
  const known = CODES.get(dimension)
  if (known) return known
  const index = new Map<string, Entry[]>()
  for (const member of dimension.members.values())
    for (const code of member.codes) {
      const key = codeKey(code.system, code.code)
      const entries = index.get(key)
      if (entries) entries.push({ member, code })
      else index.set(key, [{ member, code }])
    }
  CODES.set(dimension, index)
  return index
}

/** Resolves a code by code system and date to its member; a code used outside its validity resolves to nothing. */
export function resolve(dimension: Dimension, system: string, code: string, at: number): Resolution {
  const entries = codesOf(dimension).get(codeKey(system, code)) ?? []
  const found = entries.find((entry) => validOn(entry.code, at) && validOn(entry.member, at))
  return found ? { member: found.member } : { member: null, known: entries.map(({ member }) => member) }
}
