/** Codes: which member a code of a code system means on a day. */
import type { Code, Dimension, Member } from './dimension.ts'
import { validOn } from './range.ts'

export type Resolution =
  | { readonly member: Member }
  /** `known` lists the members that carry the code on other dates. */
  | { readonly member: null; readonly known: readonly Member[] }

type Entry = { readonly member: Member; readonly code: Code }
const CODES = new WeakMap<Dimension, ReadonlyMap<string, readonly Entry[]>>()

/** Signs that are not seen, and spaces: copied lists hold them. */
const UNSEEN = /[\p{Cf}\s]+/gu

/** Codes are compared without spaces, unseen signs, wide letters and case: "h41 " and "Ｈ41" are H41. */
export const codeKey = (system: string, code: string) =>
  `${system} ${code.normalize('NFKC').replace(UNSEEN, '').toUpperCase()}`

/** A code as its system writes it: where all have so many digits, leading zeros that a spreadsheet took off come back. */
function whole(dimension: Dimension, system: string, code: string): string {
  const digits = dimension.systems?.[system]?.digits
  const plain = code.normalize('NFKC').replace(UNSEEN, '')
  return digits !== undefined && /^\d+$/.test(plain) ? plain.padStart(digits, '0') : plain
}

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
  const entries = codesOf(dimension).get(codeKey(system, whole(dimension, system, code))) ?? []
  const found = entries.find((entry) => validOn(entry.code, at) && validOn(entry.member, at))
  return found ? { member: found.member } : { member: null, known: entries.map(({ member }) => member) }
}
