/** Which series a fold in progress has touched, and in which spans; worthless an hour later, so nothing of it is forced to the device. */
import type { Dialect } from '../connect.ts'

/** Statements in order; each may be repeated. The table of the first try at this held nothing that outlives its fold. */
export default function touch({ onCluster, engine }: Dialect): readonly string[] {
  const moment = `DateTime64(3, 'UTC')`
  return [
    `DROP TABLE IF EXISTS touched ${onCluster}`,
    `CREATE TABLE IF NOT EXISTS touch ${onCluster} (
      fold String, at DateTime DEFAULT now(), indicator LowCardinality(String), series UInt64,
      above LowCardinality(String), above_series UInt64, below LowCardinality(String), below_series UInt64,
      source LowCardinality(String), members Map(LowCardinality(String), LowCardinality(String)), spans Array(Tuple(${moment}, ${moment}))
    ) ENGINE = ${engine('MergeTree')} ORDER BY fold TTL at + INTERVAL 1 HOUR SETTINGS ttl_only_drop_parts = 1, index_granularity = 128`,
  ]
}
