/** Who may ask and who may change: host, origin and named keys, for HTTP and sockets alike. The only place that decides. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Text } from '../kpi/text.ts'

export interface Key {
  readonly name: string
  readonly secret: string
}

export interface Access {
  /** Why a request is not served at all; null when it is. */
  refused(request: IncomingMessage): { readonly status: number; readonly text: Text } | null
  /** The name of the key a request carries; null when it carries none that is known. */
  keyName(request: IncomingMessage): string | null
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** The name of the cookie a browser keeps its key in, set once by `/?key=…`. */
export const KEY_COOKIE = 'toan-canh-key'

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
}

export function access(options: {
  readonly host: string
  readonly publicUrl: string | null
  readonly keys: readonly Key[]
}): Access {
  const names = new Set(LOOPBACK)
  if (!isLoopback(options.host) && options.host !== '0.0.0.0' && options.host !== '::') names.add(options.host)
  if (options.publicUrl) names.add(new URL(options.publicUrl).hostname)
  const keys = options.keys.map(({ name, secret }) => ({ name, digest: digest(secret) }))
  const open = isLoopback(options.host)

  function keyName(request: IncomingMessage): string | null {
    const given = secretOf(request)
    if (given === null) return null
    const wanted = digest(given)
    return keys.find((key) => timingSafeEqual(key.digest, wanted))?.name ?? null
  }

  return {
    keyName,
    refused(request) {
      if (!names.has(hostname(request.headers.host))) return { status: 421, text: WRONG_HOST }
      const { origin } = request.headers
      if (origin !== undefined && !sameOrigin(origin, request.headers.host)) return { status: 403, text: WRONG_ORIGIN }
      if (SAFE.has(request.method ?? '') && (open || isPublic(request))) return null
      return keyName(request) === null ? { status: 401, text: NO_KEY } : null
    },
  }
}

/** What a watchdog or a browser without a key may still fetch. */
function isPublic(request: IncomingMessage): boolean {
  const path = (request.url ?? '').split('?')[0]
  return path === '/healthz' || path === '/readyz'
}

function hostname(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d+$/, '')
}

function sameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === (host ?? '').toLowerCase()
}

function secretOf(request: IncomingMessage): string | null {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')
  if (bearer?.[1]) return bearer[1]
  const cookie = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim().split('='))
    .find(([name]) => name === KEY_COOKIE)
  return cookie?.[1] ? decoded(cookie[1]) : null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

const WRONG_HOST: Text = {
  vi: 'Tên máy chủ trong yêu cầu không phải của hệ thống này; hãy mở đúng địa chỉ, hoặc khai báo PUBLIC_URL.',
  en: 'The host named in the request is not this system; open the right address, or declare PUBLIC_URL.',
}
const WRONG_ORIGIN: Text = {
  vi: 'Yêu cầu đến từ một trang khác; hãy mở trực tiếp trang của hệ thống này.',
  en: 'The request comes from another site; open a page of this system itself.',
}
const NO_KEY: Text = {
  vi: 'Yêu cầu này cần một khóa có tên: gửi “Authorization: Bearer <khóa>”; khóa được khai báo trong biến KEYS.',
  en: 'This request needs a named key: send “Authorization: Bearer <key>”; keys are declared in KEYS.',
}
