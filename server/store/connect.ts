/** The one door to ClickHouse: clients by purpose, bounded statements, the store's clock. Embedded engine, server and cluster alike. */

import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type ClickHouseClient, ClickHouseError, type ClickHouseSettings, createClient } from '@clickhouse/client'
import { localTable, ON_CLUSTER, ofParts, spread } from './cluster.ts'
import { type Asked, checkFromStore, type Direct, insertion, ONE_BLOCK, startDirect } from './direct.ts'
import { persistently } from './persistently.ts'

/**
 * `write` inserts, `fold` folds (beside it: an insert never waits for a fold), `pulse` reads for the live picture, `ask` answers
 * people (read-only), `care` reads whatever its size for backups and checks, `control` kills and checks.
 */
export const PURPOSES = ['write', 'fold', 'pulse', 'ask', 'care', 'control'] as const
export type Purpose = (typeof PURPOSES)[number]

export type Params = Readonly<Record<string, unknown>>

export interface Store {
  /** The store's clock, UTC milliseconds. */
  now(): number
  /** Runs a SELECT; Decimals come as text, times as the statement makes them. Rejects with the engine's error. */
  rows<Row>(purpose: Purpose, sql: string, params?: Params, signal?: AbortSignal): Promise<readonly Row[]>
  /** Runs a SELECT that names its FORMAT: its answer as it comes. */
  bytes(purpose: Purpose, sql: string, params?: Params, signal?: AbortSignal): Promise<Uint8Array>
  /** Runs a statement that answers nothing. */
  run(purpose: Purpose, sql: string, params?: Params): Promise<void>
  /**
   * Inserts rows as one block; a retry with the same token is stored once. `there` tells before a retry whether they are stored already;
   * without a purpose it is `write`.
   */
  insert(
    table: string,
    rows: readonly object[],
    token: string,
    how?: { readonly there?: () => Promise<boolean>; readonly purpose?: Purpose },
  ): Promise<void>
  /** Runs a SELECT without FORMAT; its answer as a stream of bytes in Native format. */
  native(sql: string, params?: Params): Promise<Readable>
  /** Inserts rows in Native format as one block of one partition: all or nothing. */
  insertNative(table: string, columns: readonly string[], rows: Readable): Promise<void>
  /** The server's version, asked without any setting: one that is too old knows not all of ours. */
  version(): Promise<string>
  /** How tables are made here: engine names and ON CLUSTER differ between one server and a cluster. */
  readonly dialect: Dialect
  close(): Promise<void>
}

interface Asking {
  readonly sql: string
  readonly params: Params | undefined
  readonly signal: AbortSignal | undefined
}

export interface Dialect {
  /** `ON CLUSTER name` or nothing. */
  readonly onCluster: string
  /** The engine clause for a MergeTree family member, replicated on a cluster. */
  engine(name: 'MergeTree' | 'ReplacingMergeTree', args?: string): string
  /** A table of `system` as all servers tell it, to stand behind FROM. */
  system(table: string): string
  /** The table whose parts hold the rows. */
  parts(table: string): string
}

/** The longest a statement may take by purpose, seconds; the fold's overlap is longer than the longest write. */
export const TIME_LIMIT: Readonly<Record<Purpose, number>> = {
  write: 30,
  fold: 30,
  pulse: 10,
  ask: 10,
  care: 300,
  control: 5,
}

const BASE: ClickHouseSettings = {
  output_format_json_quote_decimals: 1,
  output_format_json_quote_64bit_integers: 0,
  do_not_merge_across_partitions_select_final: 1,
  // In SQL of ours a bare name is the column, also where an output is called the same.
  prefer_column_name_to_alias: 1,
}

/** CHECK TABLE answers a row for each part; it takes this from the request only. */
const BY_PART: ClickHouseSettings = { check_query_single_value_result: 0 }

/** Every question is bounded in time, rows and memory; the engine's own defaults are no limits at all. */
const LIMITS: Readonly<Record<Purpose, ClickHouseSettings>> = {
  write: { ...BASE, max_execution_time: TIME_LIMIT.write, async_insert: 0, wait_end_of_query: 1 },
  fold: { ...BASE, max_execution_time: TIME_LIMIT.fold, wait_end_of_query: 1 },
  pulse: { ...BASE, max_execution_time: TIME_LIMIT.pulse, max_threads: 2 },
  ask: {
    ...BASE,
    max_execution_time: TIME_LIMIT.ask,
    max_threads: 2,
    max_rows_to_read: '300000000',
    max_result_rows: '200000',
    max_result_bytes: '67108864',
    max_memory_usage: '2000000000',
  },
  care: { ...BASE, max_execution_time: TIME_LIMIT.care, max_threads: 2, max_result_rows: '0', ...BY_PART },
  control: { ...BASE, max_execution_time: TIME_LIMIT.control },
}

/** The most connections at a time. */
const CONNECTIONS: Readonly<Record<Purpose, number>> = { write: 4, fold: 4, pulse: 4, ask: 8, care: 4, control: 4 }

/** Whether a host is another machine: then rows and answers travel packed. */
export const isFar = (host: string): boolean => !/^(localhost|127\.|\[::1\])/.test(host)

/**
 * Opens the store behind a ClickHouse URL (`http://user:key@host:port/database`, `?cluster=name` for a cluster,
 * `compression=gzip` or `none` where what travels shall, or shall not, be packed; by itself it is between machines).
 * `now` is the store's clock: the real one in production, the hand's in tests.
 */
export function connect(options: { readonly url: string; readonly now: () => number }): Store {
  const url = new URL(options.url)
  const cluster = url.searchParams.get('cluster')
  const compression = url.searchParams.get('compression')
  for (const own of ['cluster', 'compression']) url.searchParams.delete(own)
  const settings = (purpose: Purpose) => ({ ...LIMITS[purpose], ...(cluster !== null && ON_CLUSTER) })
  // To the embedded engine the care of the store is one more asker.
  const headers = (purpose: Purpose) => ({ 'X-Purpose': purpose === 'care' ? 'ask' : purpose })
  const timeout = (purpose: Purpose) => (TIME_LIMIT[purpose] + 2) * 1000
  const packed = compression === null ? isFar(url.hostname) : compression === 'gzip'
  const each = <T>(make: (purpose: Purpose) => T) =>
    Object.fromEntries(PURPOSES.map((purpose) => [purpose, make(purpose)])) as Record<Purpose, T>
  const clients = each(
    (purpose): ClickHouseClient =>
      createClient({
        url,
        application: 'toan-canh',
        request_timeout: timeout(purpose),
        max_open_connections: CONNECTIONS[purpose],
        keep_alive: { idle_socket_ttl: 1500 },
        compression: { request: packed, response: packed },
        // What stands between two machines takes no long addresses: long parameters travel in the body.
        use_multipart_params_auto: true,
        http_headers: headers(purpose),
        clickhouse_settings: settings(purpose),
        log: { level: 127 as never },
      }),
  )
  const direct = each(
    (purpose): Direct =>
      startDirect({
        ...{ url: url.href, headers: headers(purpose), settings: settings(purpose), packed },
        ...{ timeout: timeout(purpose), connections: CONNECTIONS[purpose] },
      }),
  )
  const own = dialect(cluster)
  const { onCluster } = own
  /** Asks a SELECT; one whose asker has left is killed. */
  async function killed<T>({ sql, params = {}, signal }: Asking, ask: (asked: Asked) => Promise<T>): Promise<T> {
    const query = cluster === null ? sql : ofParts(sql)
    if (signal === undefined) return ask({ sql: query, params })
    const id = randomUUID()
    // A server goes on with a statement whose asker has left, unless it is told.
    const kill = () =>
      void clients.control
        .command({ query: `KILL QUERY ${onCluster} WHERE query_id = '${id}' ASYNC` })
        .catch(() => undefined)
    // One asker's question may take a dozen statements.
    if (signal) setMaxListeners(0, signal)
    signal.addEventListener('abort', kill, { once: true })
    try {
      return await ask({ sql: query, params, id, signal })
    } finally {
      signal.removeEventListener('abort', kill)
    }
  }
  return {
    now: options.now,
    dialect: own,
    rows: <Row>(purpose: Purpose, sql: string, params?: Params, signal?: AbortSignal) =>
      killed({ sql, params, signal }, (asked) => direct[purpose].rows<Row>(asked)),
    bytes: (purpose, sql, params, signal) => killed({ sql, params, signal }, (asked) => direct[purpose].bytes(asked)),
    async run(purpose, sql, params = {}) {
      const query_params = { ...params }
      for (const query of cluster === null ? [sql] : spread(sql, cluster)) {
        if (!isLong(params)) {
          checkFromStore(200, (await clients[purpose].command({ query, query_params })).response_headers)
          continue
        }
        // Only a query may put its parameters into the body; an INSERT … SELECT answers it with nothing.
        const told = await clients[purpose].query({ query, query_params, format: 'JSONEachRow' })
        checkFromStore(200, told.response_headers)
        await told.text()
      }
    },
    async insert(table, rows, token, { there, purpose = 'write' } = {}) {
      if (rows.length === 0) return
      // The same bytes under the same token: whether an earlier try was stored or not, it is stored once.
      const body = insertion(table, rows)
      let tried = false
      await persistently(async () => {
        if (tried && (await there?.())) return
        tried = true
        await direct[purpose].insert(body, token)
      })
    },
    async native(sql, params = {}) {
      return (await clients.care.exec({ query: `${sql} FORMAT Native`, query_params: { ...params } })).stream
    },
    async insertNative(table, columns, rows) {
      const query = `INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) FORMAT Native`
      const told = await clients.fold.exec({ query, values: rows, clickhouse_settings: ONE_BLOCK })
      told.stream.resume()
      await finished(told.stream)
      checkFromStore(200, told.response_headers)
    },
    async version() {
      const bare = createClient({ url, request_timeout: TIME_LIMIT.control * 1000, log: { level: 127 as never } })
      try {
        const answer = await bare.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' })
        return (await answer.json<{ version: string }>())[0]?.version ?? '?'
      } finally {
        await bare.close()
      }
    },
    async close() {
      await Promise.all(PURPOSES.flatMap((purpose) => [clients[purpose].close(), direct[purpose].close()]))
    },
  }
}

/** Characters of parameters that an address surely takes. */
const SHORT = 2000

function isLong(params: Params): boolean {
  const text = JSON.stringify(params, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
  return text.length > SHORT
}

function dialect(cluster: string | null): Dialect {
  if (cluster !== null && !/^[\w-]+$/.test(cluster))
    throw new Error(`cluster name ${JSON.stringify(cluster)}: letters, digits, _ and - only`)
  return {
    onCluster: cluster === null ? '' : `ON CLUSTER \`${cluster}\``,
    engine: (name, args = '') => (cluster === null ? `${name}(${args})` : `Replicated${name}(${args})`),
    system: (table) => (cluster === null ? `system.${table}` : `clusterAllReplicas('${cluster}', system.${table})`),
    parts: (table) => (cluster === null ? table : localTable(table)),
  }
}

/** Whether the store itself answered with an error, as opposed to not answering at all. */
export function isAnswer(error: unknown): error is ClickHouseError {
  return error instanceof ClickHouseError
}

/** Whether the store answered that its disk takes no more rows. */
export function isFull(error: unknown): boolean {
  return isAnswer(error) && error.code === '243'
}
