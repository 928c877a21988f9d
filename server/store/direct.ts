/** Short questions and rows, straight over ClickHouse's HTTP interface: a picture needs many a second, and each costs half of what a general client takes. */
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { ClickHouseError, parseError } from '@clickhouse/client'
import { Pool } from 'undici'

export interface Asked {
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
  /** Lets a statement be found again, to be killed. */
  readonly id?: string
  readonly signal?: AbortSignal
}

/** Rejects with ClickHouseError where the store answers with an error, else with undici's. */
export interface Direct {
  /** The rows of a SELECT without FORMAT. */
  rows<Row>(asked: Asked): Promise<readonly Row[]>
  /** The answer to a SELECT that names its FORMAT, as it came. */
  bytes(asked: Asked): Promise<Uint8Array>
  /** Sends an insert as `insertion` made it, as one block, under its token. */
  insert(insertion: string, token: string): Promise<void>
  close(): Promise<void>
}

export interface DirectOptions {
  /** `http(s)://user:key@host:port/database`. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly settings: Readonly<Record<string, unknown>>
  /** How long an answer may take, milliseconds. */
  readonly timeout: number
  readonly connections: number
  /** Whether rows and answers travel packed: between machines, not within one. */
  readonly packed: boolean
}

/** How long an idle connection is kept, milliseconds: shorter than any server or what stands before it keeps one. */
const IDLE = 1500
/** Characters of an address that everything between two machines lets pass; longer parameters travel in the body. */
const ADDRESS = 2000
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
}

const escaped = (text: string) => text.replace(/[\\'\t\n\r\0]/g, (sign) => ESCAPES[sign] as string)

/** A value as HTTP parameters write it. Errors: TypeError for what is neither text, number, truth value, nothing nor a list of those. */
export function parameter(value: unknown, within = false): string {
  if (typeof value === 'string') return within ? `'${escaped(value)}'` : escaped(value)
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) return String(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value === null) return within ? 'NULL' : '\\N'
  if (Array.isArray(value)) return `[${value.map((one) => parameter(one, true)).join(',')}]`
  throw new TypeError(
    `a parameter cannot be ${typeof value}: give text, a number, a truth value, null or a list of those`,
  )
}

/** One insert is one block, whatever its size and number of rows. */
export const ONE_BLOCK = {
  max_insert_block_size: '1048576',
  min_insert_block_size_rows: '1048576',
  min_insert_block_size_bytes: '0',
} as const

/** An INSERT of rows, by column: half as long as row by row, and read in half the time. What a row leaves out is nothing: empty text, zero. */
export function insertion(table: string, rows: readonly object[]): string {
  const found = new Set<string>()
  for (const row of rows) for (const name in row) found.add(name)
  const names = [...found]
  const columns = names.map((name) => rows.map((row) => (row as Record<string, unknown>)[name]))
  return `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) FORMAT JSONCompactColumns\n${JSON.stringify(columns)}`
}

/** A form of the fields. */
function form(fields: readonly (readonly [string, string])[]): { readonly type: string; readonly body: string } {
  const boundary = randomUUID()
  const parts = fields.map(
    ([name, text]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
  )
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` }
}

const textOf = (body: Uint8Array) => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')

/** What every answer of a store carries, and none of what stands before it. */
const MARK = 'x-clickhouse-query-id'

/** That something before the store answered in its place: no answer of the store, and tried again as none. */
const notTheStore = (status: number) =>
  Object.assign(new Error(`HTTP ${status} before the store`), { code: 'ECONNREFUSED' })

/** A gateway that does not reach the store may answer 200 with a page of its own: then nothing was done. Errors: such an answer. */
export function checkFromStore(status: number, headers: Readonly<Record<string, unknown>>): void {
  if (headers[MARK] === undefined) throw notTheStore(status)
}

/** What stands before a store answers for one that it does not reach. */
function refusedWith(status: number, error: Error): Error {
  return error instanceof ClickHouseError || status < 500 ? error : notTheStore(status)
}

export function startDirect({ url, headers, settings, timeout, connections, packed }: DirectOptions): Direct {
  const { origin, username, password, pathname } = new URL(url)
  const limits = { headersTimeout: timeout, bodyTimeout: timeout, keepAliveTimeout: IDLE, keepAliveMaxTimeout: IDLE }
  const pool = new Pool(origin, { connections, ...limits })
  const key = Buffer.from(`${decodeURIComponent(username) || 'default'}:${decodeURIComponent(password)}`).toString(
    'base64',
  )
  const always = {
    ...headers,
    authorization: `Basic ${key}`,
    ...(packed ? { 'accept-encoding': 'gzip' } : {}),
  }
  const fixed = new URLSearchParams({
    database: decodeURIComponent(pathname.slice(1)) || 'default',
    default_format: 'JSONEachRow',
    // An error after the first rows would stand among them.
    wait_end_of_query: '1',
    ...(packed ? { enable_http_compression: '1' } : {}),
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
  }).toString()

  async function send(
    own: URLSearchParams,
    body: string | Buffer,
    more: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ) {
    const answer = await pool.request({
      method: 'POST',
      path: `/?${fixed}&${own}`,
      headers: { ...always, ...more },
      body,
      ...(signal ? { signal } : {}),
    })
    const isPacked = answer.headers['content-encoding'] === 'gzip'
    const came = await answer.body.bytes()
    const told = isPacked ? await promisify(gunzip)(came) : came
    if (answer.statusCode !== 200 || answer.headers['x-clickhouse-exception-code'] !== undefined)
      throw refusedWith(answer.statusCode, parseError(textOf(told)))
    checkFromStore(answer.statusCode, answer.headers)
    return told
  }

  function bytes({ sql, params, id, signal }: Asked): Promise<Uint8Array> {
    const fields = Object.entries(params).map(([name, value]) => [`param_${name}`, parameter(value)] as const)
    const own = new URLSearchParams(id === undefined ? {} : { query_id: id })
    const isLong = fields.reduce((all, [, text]) => all + text.length, 0) > ADDRESS
    if (!isLong) for (const [name, text] of fields) own.set(name, text)
    const long = isLong ? form([...fields, ['query', sql]]) : undefined
    return send(own, long?.body ?? sql, long ? { 'content-type': long.type } : {}, signal)
  }

  return {
    bytes,
    async rows<Row>(asked: Asked) {
      const text = textOf(await bytes(asked))
      // A line end within a row is escaped.
      return JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as Row[]
    },
    async insert(insertion, token) {
      const own = new URLSearchParams({ ...ONE_BLOCK, insert_deduplication_token: token })
      if (packed) await send(own, await promisify(gzip)(insertion), { 'content-encoding': 'gzip' })
      else await send(own, insertion, {})
    },
    close: () => pool.close(),
  }
}
