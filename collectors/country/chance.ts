/** Chance that is the same on every machine: integers mixed from integers, never a float function. */
import type { Unit } from './units.ts'

/** A 32-bit mix of integers. */
export function mix(...parts: readonly number[]): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < parts.length; i++) {
    hash = Math.imul(hash ^ (parts[i] ?? 0), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}

/** The mix of what `hash` is a mix of and one integer more. */
export function mixed(hash: number, part: number): number {
  let own = Math.imul(hash ^ part, 0x85ebca6b)
  own = Math.imul(own ^ (own >>> 13), 0xc2b2ae35)
  return (own ^ (own >>> 16)) >>> 0
}

/** Integer share with a seeded remainder, so that small rates still give one now and then. */
export const draw = (thousandths: number, hash: number): number =>
  Math.floor(thousandths / 1000) + (hash % 1000 < thousandths % 1000 ? 1 : 0)

const KEYS = new Map<Unit, number>()

/** A number of the unit's own, from its code. */
export function keyOf(unit: Unit): number {
  const known = KEYS.get(unit) ?? mix(...Array.from(unit.code, (character) => character.charCodeAt(0)))
  KEYS.set(unit, known)
  return known
}

/** `thousandths` of `n`, at most all of it, with a seeded remainder. */
export const part = (n: number, thousandths: number, hash: number): number => Math.min(n, draw(n * thousandths, hash))
