/** The journal: incidents, acts of people and messages on their way out; append-only, an entry is the same whichever server wrote it. */
import type { Dialect } from '../connect.ts'

/** Statements in order; each may be repeated. Of entries of one name the first that was stored counts. */
export default function journal({ onCluster, engine }: Dialect): readonly string[] {
  const moment = `DateTime64(3, 'UTC')`
  return [
    `CREATE TABLE IF NOT EXISTS journal ${onCluster} (
      cause String, number UInt32, id String, kind LowCardinality(String), at ${moment}, author String, said String CODEC(ZSTD(3)), stored ${moment}
    ) ENGINE = ${engine('MergeTree')} PARTITION BY toYYYYMM(stored) ORDER BY (cause, number, id, stored)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 10000`,
  ]
}
