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
  return JSON.stringify([slice.indicator, slice.window, [...slice.by].sort(), Object.entries(members(slice.where))])
}

/** The key of one point of a slice. */
export function pointKey(key: Members): string {
  return JSON.stringify(Object.entries(members(key)))
}
