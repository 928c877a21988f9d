/** What is under way until it is said to be done: the whole fold of a changed definition; and batches that were seen in the store long after they were stamped. */
import type { Dialect } from '../connect.ts'

const MOMENT = `DateTime64(3, 'UTC')`

/** Statements in order; each may be repeated. What was registered before was folded, as far as anybody knows. */
export default function unfinished({ onCluster, engine }: Dialect): readonly string[] {
  return [
    `ALTER TABLE definition ${onCluster} ADD COLUMN IF NOT EXISTS folded UInt8 DEFAULT 1`,
    `CREATE TABLE IF NOT EXISTS late ${onCluster} (batch String, stored ${MOMENT}, at ${MOMENT})
     ENGINE = ${engine('MergeTree')} ORDER BY at SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1`,
  ]
}
