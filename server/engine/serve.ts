/** ClickHouse's HTTP interface, the part its client uses, in front of the pool. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Ballast } from './ballast.ts'
import type { Answer } from './chdb.ts'
import { settingsOf, withSettings } from './clauses.ts'
import { denied, EngineError, engineError } from './fault.ts'
import { fromFile, type LaidDown, layDown } from './native.ts'
import { withParameters } from './parameters.ts'
import type { Pool } from './pool.ts'
import { checkKey, type Request, readRequest } from './request.ts'
import { readStatement, type Statement } from './statement.ts'

export interface Serving {
  readonly key: string
  readonly database: string
  readonly pool: Pool
  readonly ballast: Ballast
  /** Where rows in Native format are laid down for the engine to read. */
  readonly incoming: string
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [
    /^(JSONEachRow|JSONCompactEachRow|JSONStringsEachRow|JSONCompactStringsEachRow)/,
    'application/x-ndjson; charset=UTF-8',
  ],
  [/^JSON/, 'application/json; charset=UTF-8'],
  [/^CSV/, 'text/csv; charset=UTF-8; header=absent'],
  [/^(TSV|TabSeparated)/, 'text/tab-separated-values; charset=UTF-8'],
]
const TEXT = 'text/plain; charset=UTF-8'
const ROW_FORMATS = /^(JSON|CSV|TSV|TSKV|TabSeparated|CustomSeparated|Values|LineAsString)/i

/** Rows of an insert that come as lines: those that are not blank. chDB itself reports 0. */
function linesIn({ data, format = '' }: Statement): number {
  if (data === '' || /Columns/i.test(format)) return 0
  let count = 0
  let blank = true
  for (let i = 0; i < data.length; i++) {
    const code = data.charCodeAt(i)
    if (code === 10) {
      if (!blank) count++
      blank = true
    } else if (blank && code !== 32 && code !== 13 && code !== 9) blank = false
  }
  return blank ? count : count + 1
}

/** The SQL to run and the format of its answer. */
function prepare(
  statement: Statement,
  request: Request,
  rows: LaidDown | undefined,
  alone: boolean,
): { sql: string; format: string } {
  const fallback = request.url.get('default_format') ?? 'TabSeparated'
  const format = statement.kind === 'insert' ? 'Null' : (statement.format ?? fallback)
  let source = statement
  if (statement.kind === 'explain' && statement.format !== undefined) {
    // EXPLAIN takes FORMAT for a part of the explained query; the answer's format travels beside it.
    const cut = statement.tokens.findLastIndex((token) => token.text.toUpperCase() === 'FORMAT')
    const head = statement.head.slice(0, statement.tokens[cut]?.start)
    source = { ...statement, head, tokens: statement.tokens.slice(0, cut) }
  }
  const settings = settingsOf(request.url)
  // Askers who are not alone have a thread each: several long questions by two would leave a short one a tenth of the machine.
  if (request.purpose === 'ask' && !alone) settings.set('max_threads', '1')
  const head = withParameters(withSettings(source, settings), (name) => request.url.get(`param_${name}`) ?? undefined)
  if (rows) return { sql: fromFile(head, rows), format }
  return { sql: statement.data === '' ? head : `${head}\n${statement.data}`, format }
}

/** The longest a statement may take, seconds; 0: its request does not say, it says so itself, or it waits for what goes on behind it, as a changed column does. */
function limitOf({ kind, tokens }: Statement, { url }: Request): number {
  const isTimed =
    (kind === 'read' || kind === 'insert') && !tokens.some(({ text }) => /^max_execution_time$/i.test(text))
  return isTimed ? Number(url.get('max_execution_time')) || 0 : 0
}

function checkAllowed(statement: Statement, request: Request, ballast: Ballast): void {
  if (request.readOnly && statement.kind !== 'read' && statement.kind !== 'explain') {
    throw new EngineError(164, 'READONLY', 'Cannot execute query in readonly mode: use POST')
  }
  if (statement.kind !== 'insert') {
    // readonly = 2 does not stop these.
    if (request.purpose === 'ask' && statement.kind === 'bare') throw denied('Askers only read')
    return
  }
  if (statement.format !== undefined && request.native === undefined && !ROW_FORMATS.test(statement.format)) {
    throw new EngineError(73, 'UNKNOWN_FORMAT', `Rows in ${statement.format} are not offered: use JSONEachRow`)
  }
  if (!ballast.inPlace()) {
    throw new EngineError(
      243,
      'NOT_ENOUGH_SPACE',
      'The disk of the data folder is full: free some space, rows are taken again by themselves',
    )
  }
}

const takesGzip = ({ headers }: IncomingMessage) => /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://engine')
  const id = url.searchParams.get('query_id') ?? randomUUID()
  response.setHeader('X-ClickHouse-Query-Id', id.replace(/[^\x20-\x7e]/g, '?'))
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  if (request.method === 'GET' && url.pathname === '/ping') {
    response.writeHead(200, { 'Content-Type': TEXT }).end('Ok.\n')
    return
  }
  const gone = new AbortController()
  response.once('close', () => response.writableFinished || gone.abort())
  const began = process.hrtime.bigint()
  checkKey(request, url.searchParams, serving.key)
  const read = await readRequest(request, url.searchParams)
  const statement = readStatement(read.sql)
  checkAllowed(statement, read, serving.ballast)
  const rows = read.native && (await layDown(serving.incoming, read.native))
  const { sql, format } = prepare(statement, read, rows, serving.pool.busy(read.purpose) === 0)
  const database = read.url.get('database') ?? serving.database
  // Rows that are already here are stored, whether or not their sender still waits; a retry carries a token.
  const signal = statement.data === '' && !rows ? gone.signal : new AbortController().signal
  const job = { purpose: read.purpose, database, sql, format, limit: limitOf(statement, read), gone: signal }
  const result = await serving.pool.run(job).finally(() => rows?.remove())
  const isPacked = read.url.get('enable_http_compression') === '1' && takesGzip(request)
  const bytes = isPacked ? await promisify(gzip)(result.bytes) : result.bytes
  response.writeHead(200, {
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
    'Content-Type': TYPES.find(([pattern]) => pattern.test(format))?.[1] ?? TEXT,
    'X-ClickHouse-Format': format,
    'X-ClickHouse-Summary': summary(result, statement, process.hrtime.bigint() - began),
    'Content-Length': bytes.length,
  })
  response.end(bytes)
}

function summary(result: Answer, statement: Statement, elapsed: bigint): string {
  const { data } = statement
  const written = linesIn(statement)
  return JSON.stringify({
    read_rows: String(result.rowsRead || written),
    read_bytes: String(result.bytesRead || data.length),
    written_rows: String(written),
    written_bytes: String(data.length),
    total_rows_to_read: '0',
    result_rows: String(written),
    result_bytes: String(result.bytes.length),
    elapsed_ns: String(elapsed),
  })
}

/** Listens on loopback. `port` 0 takes any free one; the server is not listening yet when this returns. */
export function createEngineServer(serving: Serving): Server {
  const server = createServer({ maxHeaderSize: 8 * 1024 * 1024, keepAliveTimeout: 30_000 }, (request, response) => {
    answer(serving, request, response).catch((thrown: unknown) => {
      const error = engineError(thrown)
      if (error.code === 243) serving.ballast.drop()
      if (response.headersSent || response.destroyed) return
      response.writeHead(error.status, { 'Content-Type': TEXT, 'X-ClickHouse-Exception-Code': error.code })
      response.end(`${error.message}\n`)
      request.resume()
    })
  })
  server.requestTimeout = 0
  return server
}
