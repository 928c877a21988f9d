/** What a statement is on a cluster: replicated tables on every shard (`…_local`), and before them one distributed table everybody reads and writes. */

/** What keeps all rows of a table that must meet (versions of a key, repeats of an insert) on one shard. */
const SERIES = 'cityHash64(indicator, source, members)'
const SHARDED_BY: Readonly<Record<string, string>> = {
  observation: SERIES,
  minute: SERIES,
  hour: SERIES,
  day: SERIES,
  migration: 'number',
  store: 'cityHash64(id)',
  definition: 'cityHash64(indicator)',
  watermark: 'cityHash64(name)',
  shown: 'cityHash64(slice, key)',
  correction: 'cityHash64(id)',
  retired: 'cityHash64(indicator)',
  touch: 'cityHash64(fold)',
  journal: 'cityHash64(cause)',
  published: 'cityHash64(indicator)',
  saved: 'cityHash64(owner)',
  late: 'cityHash64(batch)',
}

/** The table on a shard behind a distributed one. */
export const localTable = (table: string): string => `${table}_local`

const HEAD = /^\s*(CREATE TABLE IF NOT EXISTS|CREATE TABLE|DROP TABLE IF EXISTS|TRUNCATE TABLE|ALTER TABLE)\s+(\w+)\s+/

/**
 * The statements that do on `cluster` what `sql` does on one server; `sql` itself where it speaks of no cluster.
 * Errors: a table is made of which nobody has said what its rows are sharded by.
 */
export function spread(sql: string, cluster: string): readonly string[] {
  const found = HEAD.exec(sql)
  if (!found || !sql.includes(`ON CLUSTER \`${cluster}\``)) return [sql]
  const [head, verb = '', table = ''] = found
  const own = `${verb} ${localTable(table)} ${sql.slice(head.length)}`
  if (verb.startsWith('DROP')) return [`${verb} ${table} ${sql.slice(head.length)}`, own]
  // A column is there once those who ask by the distributed table know it too.
  if (/ (?:ADD|MODIFY) COLUMN /.test(sql)) return [own, sql]
  if (!verb.startsWith('CREATE')) return [own]
  // A second count is sharded as what it counts.
  const key = SHARDED_BY[table.replace(/^recount_[0-9a-f]{8}_/, '')]
  if (key === undefined) throw new Error(`nobody has said what the rows of ${table} are sharded by`)
  return [
    own,
    `${verb} ${table} ON CLUSTER \`${cluster}\` AS ${localTable(table)} ENGINE = Distributed('${cluster}', currentDatabase(), '${localTable(table)}', ${key})`,
  ]
}

/** A question about one table's own parts, which a distributed table has none of. */
export function ofParts(sql: string): string {
  return sql.replace(/^CHECK TABLE (\w+)/, (_, table: string) => `CHECK TABLE ${localTable(table)}`)
}

/**
 * What every statement on a cluster is sent with. An insert is there when it is acknowledged; a question inside a question sees all
 * shards; a fold gathers before it writes, because the parts of a ratio are on shards of their own; a replica that lags more than
 * half of the folds' overlap is not asked while another is there.
 */
export const ON_CLUSTER = {
  distributed_foreground_insert: 1,
  distributed_product_mode: 'global',
  parallel_distributed_insert_select: '0',
  max_replica_delay_for_distributed_queries: '30',
} as const
