/** What is past its retention: which days of which indicator and source are, at which level, no longer there, or are about to go. */
import type { Dialect } from '../connect.ts'

/** Statements in order; each may be repeated. A day is marked before anything of it is removed. */
export default function retired({ onCluster, engine }: Dialect): readonly string[] {
  const moment = `DateTime64(3, 'UTC')`
  return [
    `CREATE TABLE IF NOT EXISTS retired ${onCluster} (
      level LowCardinality(String), source LowCardinality(String), indicator LowCardinality(String), day ${moment}, at ${moment}
    ) ENGINE = ${engine('MergeTree')} ORDER BY (level, indicator, source, day)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1`,
  ]
}
