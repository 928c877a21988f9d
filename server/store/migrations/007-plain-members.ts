/** Folds keep their members as plain text: to write and merge maps of dictionary-coded words cost more than all the rest of a fold. */
import type { Dialect } from '../connect.ts'

/** Statements in order; each may be repeated. What is there is rewritten once, and reads the same meanwhile. */
export default function plainMembers({ onCluster }: Dialect): readonly string[] {
  return ['minute', 'hour', 'day'].map(
    (grain) => `ALTER TABLE ${grain} ${onCluster} MODIFY COLUMN members Map(String, String)`,
  )
}
