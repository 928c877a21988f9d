/** A person's refusal is a state of its own, which says no value. Names only: no row is written anew. */
import type { Dialect } from '../connect.ts'

/** Statements in order; each may be repeated. */
export default function refused({ onCluster }: Dialect): readonly string[] {
  return [
    `ALTER TABLE observation ${onCluster} MODIFY COLUMN state Enum8('taken' = 1, 'held' = 2, 'withdrawn' = 3, 'refused' = 4)`,
  ]
}
