/** Reads one HTTP request as ClickHouse's interface defines it: who asks, what for, which SQL, which rows. */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { EngineError } from './fault.ts'
import { PURPOSES, type Purpose } from './pool.ts'

/** An insert whose rows follow in Native format, the one binary format that is taken. */
const NATIVE_ROWS = /^\s*INSERT\s[\s\S]*\sFORMAT\s+Native\s*$/i

/** The largest body taken, bytes, before and after inflating. */
const LARGEST = 256 * 1024 * 1024

export interface Request {
  readonly url: URLSearchParams
  readonly purpose: Purpose
  /** The statement, with its rows behind it. */
  readonly sql: string
  /** Rows in Native format, where the statement in the address says so; then `sql` is the statement alone. */
  readonly native: Buffer | undefined
  /** Where the answer must not write: a GET may only read. */
  readonly readOnly: boolean
}

function passwordOf(request: IncomingMessage, url: URLSearchParams): string {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic !== undefined)
    return Buffer.from(basic, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '')
  const header = request.headers['x-clickhouse-key']
  return (Array.isArray(header) ? header[0] : header) ?? url.get('password') ?? ''
}

/** Errors: 516 when the password is not the engine's key. */
export function checkKey(request: IncomingMessage, url: URLSearchParams, key: string): void {
  const given = Buffer.from(passwordOf(request, url))
  const wanted = Buffer.from(key)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new EngineError(516, 'AUTHENTICATION_FAILED', 'Authentication failed: password is incorrect')
  }
}

function purposeOf(request: IncomingMessage): Purpose {
  const named = request.headers['x-purpose'] ?? 'write'
  const purpose = PURPOSES.find((known) => known === named)
  if (purpose === undefined) {
    throw new EngineError(36, 'BAD_ARGUMENTS', `X-Purpose must be one of ${PURPOSES.join(', ')}`)
  }
  return purpose
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).length
    if (size > LARGEST) throw new EngineError(241, 'MEMORY_LIMIT_EXCEEDED', `The body is larger than ${LARGEST} bytes`)
    parts.push(part as Buffer)
  }
  const whole = Buffer.concat(parts)
  const coding = request.headers['content-encoding'] ?? 'identity'
  if (coding === 'identity' || coding === '') return whole
  if (coding === 'gzip') return promisify(gunzip)(whole, { maxOutputLength: LARGEST })
  if (coding === 'deflate') return promisify(inflate)(whole, { maxOutputLength: LARGEST })
  throw new EngineError(89, 'UNKNOWN_COMPRESSION_METHOD', `Content-Encoding ${coding} is not offered: use gzip`)
}

/** Parts of a multipart form become parameters of the URL, as ClickHouse reads long parameters. */
function addParts(body: string, boundary: string, url: URLSearchParams): void {
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const head = part.indexOf('\r\n\r\n')
    const name = /name="([^"]+)"/.exec(part.slice(0, head))?.[1]
    if (head < 0 || name === undefined) throw new EngineError(36, 'BAD_ARGUMENTS', 'Cannot read a part of the form')
    url.append(name, part.slice(head + 4).replace(/\r\n$/, ''))
  }
}

function text(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw new EngineError(36, 'BAD_ARGUMENTS', 'The body is not UTF-8 text: binary formats are not offered')
  }
}

/** Reads the whole request; `url` are the parameters of its address. Errors: an EngineError that says what cannot be read. */
export async function readRequest(request: IncomingMessage, address: URLSearchParams): Promise<Request> {
  // Those of an address write the whole of it anew whenever one is added.
  const url = new URLSearchParams(address)
  const purpose = purposeOf(request)
  const bytes = await bodyOf(request)
  const query = url.get('query')
  const readOnly = request.method !== 'POST'
  if (query !== null && NATIVE_ROWS.test(query)) return { url, purpose, sql: query, native: bytes, readOnly }
  let body = text(bytes)
  const boundary = /^multipart\/form-data;\s*boundary="?([^";]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (boundary !== undefined) {
    addParts(body, boundary, url)
    body = ''
  }
  // The form may hold the statement, too.
  const named = url.get('query')
  const sql = named === null ? body : body === '' ? named : `${named}\n${body}`
  if (url.has('session_id'))
    throw new EngineError(36, 'BAD_ARGUMENTS', 'Sessions are not offered: one request, one statement')
  return { url, purpose, sql, native: undefined, readOnly }
}
