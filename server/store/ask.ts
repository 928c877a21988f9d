/** Asks one SELECT over ClickHouse's HTTP interface; a picture needs many short answers a second, and here each costs half of what a general client takes. */
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parseError } from '@clickhouse/client'
import { Pool } from 'undici'

export interface Asked {
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
  /** Lets a statement be found again, to be killed. */
  readonly id?: string
  readonly signal?: AbortSignal
}

export interface Asker {
  /** The rows of a SELECT without FORMAT. Rejects with ClickHouseError where the store answers with an error, else with undici's. */
  rows<Row>(asked: Asked): Promise<readonly Row[]>
  close(): Promise<void>
}

export interface AskerOptions {
  /** `http(s)://user:key@host:port/database`. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly settings: Readonly<Record<string, unknown>>
  /** How long an answer may take, milliseconds. */
  readonly timeout: number
  readonly connections: number
  /** Whether answers travel packed: between machines, not within one. */
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

/** A form of the fields. */
function form(fields: readonly (readonly [string, string])[]): { readonly type: string; readonly body: string } {
  const boundary = randomUUID()
  const parts = fields.map(
    ([name, text]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
  )
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` }
}

export function startAsker({ url, headers, settings, timeout, connections, packed }: AskerOptions): Asker {
  const { origin, username, password, pathname } = new URL(url)
  const limits = { headersTimeout: timeout, bodyTimeout: timeout, keepAliveTimeout: IDLE, keepAliveMaxTimeout: IDLE }
  const pool = new Pool(origin, { connections, ...limits })
  const key = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
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

  return {
    async rows<Row>({ sql, params, id, signal }: Asked) {
      const fields = Object.entries(params).map(([name, value]) => [`param_${name}`, parameter(value)] as const)
      const own = new URLSearchParams(id === undefined ? {} : { query_id: id })
      const isLong = fields.reduce((all, [, text]) => all + text.length, 0) > ADDRESS
      if (!isLong) for (const [name, text] of fields) own.set(name, text)
      const long = isLong ? form([...fields, ['query', sql]]) : undefined
      const answer = await pool.request({
        method: 'POST',
        path: `/?${fixed}&${own}`,
        headers: long ? { ...always, 'content-type': long.type } : always,
        body: long?.body ?? sql,
        ...(signal ? { signal } : {}),
      })
      const isPacked = answer.headers['content-encoding'] === 'gzip'
      const text = isPacked
        ? (await promisify(gunzip)(await answer.body.bytes())).toString('utf8')
        : await answer.body.text()
      if (answer.statusCode !== 200 || answer.headers['x-clickhouse-exception-code'] !== undefined)
        throw parseError(text)
      // A line end within a row is escaped.
      return JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as Row[]
    },
    close: () => pool.close(),
  }
}
