/** What others may read: views over the folds that say what the API says, and beside them what people save of their work. */
import type { Dialect } from '../connect.ts'

const MOMENT = `DateTime64(3, 'UTC')`
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1'

/**
 * A row a series and bucket: of several sources the one that speaks. A ratio's `value` is the exact quotient of its parts cut to six places, as the API
 * says it; over several rows it is Σ numerator / Σ denominator, never a mean of values.
 */
const view = (grain: string, onCluster: string) => `
  CREATE VIEW IF NOT EXISTS read_${grain} ${onCluster} AS
  SELECT toString(k.indicator) AS indicator, k.title AS title, k.unit_of_measure AS unit_of_measure, toString(k.speaks.2) AS source,
    k.members['unit'] AS unit, k.members AS members, k."from" AS "from", k."to" AS "to", toDate(k."from", 'Asia/Ho_Chi_Minh') AS local_day,
    multiIf(k.kind != 'ratio', toNullable(toDecimal256(k.speaks.3, 6)), k.speaks.4 = 0, NULL,
      divideDecimal(toDecimal256(k.speaks.3, 6) * k.scale, toDecimal256(if(k.speaks.4 = 0, toDecimal128(1, 6), k.speaks.4), 6), 6)) AS value,
    k.speaks.3 AS numerator, k.speaks.4 AS denominator, k.stands AS stands,
    k.speaks.5 AS source_time, k.speaks.6 AS spans, k.speaks.7 AS held, k.speaks.8 AS corrected
  FROM (
    SELECT f.indicator AS indicator, f.members AS members, f."from" AS "from", f."to" AS "to",
      max(p.title) AS title, max(p.unit) AS unit_of_measure, max(p.kind) AS kind, max(p.scale) AS scale, max(p.stands) AS stands,
      argMin((if(p.rank = 0, 4294967295, p.rank), toString(f.source), f.value, f.base, f.at, f.spans, f.held, f.corrected),
        (if(p.rank = 0, 4294967295, p.rank), toString(f.source))) AS speaks
    FROM (SELECT * FROM ${grain} FINAL WHERE spans > 0) AS f
    LEFT JOIN (SELECT * FROM published FINAL) AS p ON p.indicator = toString(f.indicator) AND p.source = toString(f.source)
    GROUP BY f.indicator, f.members, f."from", f."to"
  ) AS k`

/** Statements in order; each may be repeated. */
export default function read({ onCluster, engine }: Dialect): readonly string[] {
  return [
    `CREATE TABLE IF NOT EXISTS published ${onCluster} (
      indicator String, source String, rank UInt32, kind LowCardinality(String), scale UInt8, stands UInt8, title String, unit String, at ${MOMENT}
    ) ENGINE = ${engine('ReplacingMergeTree', 'at')} ORDER BY (indicator, source) SETTINGS ${DURABLE}`,
    `CREATE TABLE IF NOT EXISTS saved ${onCluster} (
      owner String, id String, at ${MOMENT}, said String CODEC(ZSTD(3)), stored ${MOMENT}
    ) ENGINE = ${engine('MergeTree')} PARTITION BY toYYYYMM(stored) ORDER BY (owner, id, at)
    SETTINGS ${DURABLE}, non_replicated_deduplication_window = 10000`,
    ...['minute', 'hour', 'day'].map((grain) => view(grain, onCluster)),
  ]
}
