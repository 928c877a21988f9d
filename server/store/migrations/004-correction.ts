/** Corrections of what had been shown: one row per delivery and point, the same whichever server saw it. */
import type { Dialect } from '../connect.ts'

/** Statements in order; each may be repeated. */
export default function correction({ onCluster, engine }: Dialect): readonly string[] {
  return [
    `CREATE TABLE IF NOT EXISTS correction ${onCluster} (
      since DateTime64(3, 'UTC'), id String, indicator LowCardinality(String), said String CODEC(ZSTD(3))
    ) ENGINE = ${engine('ReplacingMergeTree')} PARTITION BY toYYYYMM(since) ORDER BY (since, id)
    SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1`,
  ]
}
