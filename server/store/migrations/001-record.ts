/** The record: observations append-only, their folds, what the glass said, and how far folding has come. */
import type { Dialect } from '../connect.ts'

/** Durable means fsync: without these a power cut loses acknowledged batches and the store may not open again. */
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1'

/** Folds and questions touch a few spans of many series: small granules keep what they must read small. */
const FINE = 'index_granularity = 1024'

const MEMBERS = 'Map(LowCardinality(String), LowCardinality(String))'
const MOMENT = `DateTime64(3, 'UTC')`
const QUALIFIER = `Enum8('exact' = 1, 'about' = 2, 'below' = 3, 'above' = 4)`

/** How far folding has come, and whether a restore is under way: that is said before any other table is there. */
export const watermark = ({ onCluster, engine }: Dialect): string =>
  `CREATE TABLE IF NOT EXISTS watermark ${onCluster} (name String, at ${MOMENT})
     ENGINE = ${engine('ReplacingMergeTree', 'at')} ORDER BY name SETTINGS ${DURABLE}`

/** Statements in order; each may be repeated. */
export default function record(dialect: Dialect): readonly string[] {
  const { onCluster, engine } = dialect
  const folded = (grain: string) => `
    CREATE TABLE IF NOT EXISTS ${grain} ${onCluster} (
      indicator LowCardinality(String), source LowCardinality(String), members ${MEMBERS}, series UInt64,
      "from" ${MOMENT}, "to" ${MOMENT},
      value Decimal(38, 6), base Decimal(38, 6), at ${MOMENT}, qualifier ${QUALIFIER},
      spans UInt32, held UInt32, corrected UInt32,
      stored ${MOMENT}, version UInt64
    ) ENGINE = ${engine('ReplacingMergeTree', 'version')}
    PARTITION BY toYear("from") ORDER BY (indicator, series, "from", "to")
    SETTINGS ${FINE}, ${DURABLE}`
  return [
    `CREATE TABLE IF NOT EXISTS store ${onCluster} (id String, created ${MOMENT})
     ENGINE = ${engine('MergeTree')} ORDER BY created SETTINGS ${DURABLE}`,
    `CREATE TABLE IF NOT EXISTS observation ${onCluster} (
      indicator LowCardinality(String), source LowCardinality(String), members ${MEMBERS},
      series UInt64 MATERIALIZED cityHash64(indicator, source, members),
      "from" ${MOMENT}, "to" ${MOMENT}, value Decimal(38, 6), qualifier ${QUALIFIER},
      state Enum8('taken' = 1, 'held' = 2, 'withdrawn' = 3), reason String,
      received ${MOMENT}, stored ${MOMENT}, id String, run String, batch String, stated String, citation String,
      INDEX stored_range stored TYPE minmax GRANULARITY 1,
      PROJECTION deliveries (SELECT toStartOfHour(stored), batch, max(stored), count(), min("from"), max("from"), groupUniqArray(indicator) GROUP BY toStartOfHour(stored), batch)
    ) ENGINE = ${engine('MergeTree')}
    PARTITION BY toYYYYMM(stored) ORDER BY (indicator, series, "from", "to", received, id)
    SETTINGS ${FINE}, ${DURABLE}, non_replicated_deduplication_window = 10000`,
    folded('minute'),
    folded('hour'),
    folded('day'),
    `CREATE TABLE IF NOT EXISTS definition ${onCluster} (indicator String, hash String, generation UInt32, stored ${MOMENT})
     ENGINE = ${engine('MergeTree')} ORDER BY (indicator, generation) SETTINGS ${DURABLE}`,
    watermark(dialect),
    `CREATE TABLE IF NOT EXISTS shown ${onCluster} (
      slice String, key String, pulse ${MOMENT}, reading String CODEC(ZSTD(3))
    ) ENGINE = ${engine('MergeTree')} PARTITION BY toYYYYMM(pulse) ORDER BY (slice, key, pulse) SETTINGS ${DURABLE}`,
  ]
}
