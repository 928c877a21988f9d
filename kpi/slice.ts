/** A slice: the part of an indicator a panel shows. Equal slices have equal keys, and only equal slices do. */
import { type Members, members } from './observation.ts'
import type { Window } from './range.ts'

export interface Slice {
  readonly indicator: string
  readonly window: Window
  /** Dimensions to split by; empty for the total. */
  readonly by: readonly string[]
  readonly where: Members
}

/** The slice's key: canonical text, safe in a URL and as a map key. */
export function sliceKey(slice: Slice): string {
  const known = KEYS.get(slice)
  if (known !== undefined) return known
  const { indicator, window, by, where } = slice
  const key = JSON.stringify([indicator, window, [...by].sort(), Object.entries(members(where))])
  KEYS.set(slice, key)
  return key
}
/** The slices of rules and boards are asked for at every pulse. */
const KEYS = new WeakMap<Slice, string>()

/** Whether the slice with this key is of the newest statements, which have no window in common. */
export const isNewest = (key: string): boolean => (JSON.parse(key) as [string, Window])[1] === 'latest'

/** The key of one point of a slice: its members in the order of `members()`. */
export function pointKey(key: Members): string {
  const entries = Object.entries(key)
  // Asked for every series of every slice, most of which have one dimension.
  return JSON.stringify(entries.length > 1 ? Object.entries(members(key)) : entries)
}
