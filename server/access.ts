/** Who may ask and who may change: host, origin and named keys, for HTTP and sockets alike. The only place that decides. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { RIGHTS, type Right } from '../kpi/rights.ts'
import type { Text } from '../kpi/text.ts'

export interface Key {
  readonly name: string
  readonly secret: string
  /** What it may; everything where not said. */
  readonly may?: readonly Right[]
}

export interface Access {
  /** Why a request is not served at all; null when it is. */
  refused(request: IncomingMessage): { readonly status: number; readonly text: Text } | null
  /** The name of the key a request carries; null when it carries none that is known. */
  keyName(request: IncomingMessage): string | null
  /** What the key of a request may; nothing where it carries none that is known. */
  mayOf(request: IncomingMessage): readonly Right[]
  /** The paired screen whose key a request carries; null when it carries none. */
  screenOf(request: IncomingMessage): string | null
  /** The push source whose key a request carries as a bearer token; null when it carries none of them. */
  sourceOf(request: IncomingMessage): string | null
}

/** Where sources push to, each with a key of its own that opens nothing else. */
export const PUSHES = '/api/observations'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** The name of the cookie a browser keeps its key in, set once by `/?key=…`. */
export const KEY_COOKIE = 'toan-canh-key'

/** The name of the cookie a paired screen's browser keeps its key in: out of reach of scripts. */
export const SCREEN_COOKIE = 'toan-canh-screen'

/** The views for pages of others: a script that says nothing of any figure, for whoever asks, from wherever. */
const ELEMENTS = '/elements.js'
/** The headers of a file that keeps its name from one build to the next; what is for pages of others may be loaded by them. */
export const headersOf = (file: string): Readonly<Record<string, string>> => ({
  'Cache-Control': 'no-cache',
  ...(file.endsWith(ELEMENTS) && {
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }),
})

/** Where a screen asks for a code, and whether it has been let in. */
export const PAIRING = '/api/screen'

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
}

export function access(options: {
  readonly host: string
  readonly publicUrl: string | null
  readonly keys: readonly Key[]
  /** The push sources as they are declared now: their ids and their secrets. */
  readonly sources?: () => readonly Key[]
  /** The id of the paired screen a key belongs to. */
  readonly screens?: (key: string) => string | null
}): Access {
  const names = new Set(LOOPBACK)
  if (!isLoopback(options.host) && options.host !== '0.0.0.0' && options.host !== '::') names.add(options.host)
  if (options.publicUrl) names.add(new URL(options.publicUrl).hostname)
  const keys = options.keys.map(({ name, secret, may = RIGHTS }) => ({ name, may, digest: digest(secret) }))
  const local = isLoopback(options.host)
  /** Whoever asks by the public name comes from elsewhere, though what stands before this machine hands it on from here. Without any key all may read. */
  const isOpen = (host: string) => local && (keys.length === 0 || LOOPBACK.has(host))

  function keyOf(request: IncomingMessage) {
    const given = secretOf(request)
    if (given === null) return null
    const wanted = digest(given)
    return keys.find((key) => timingSafeEqual(key.digest, wanted)) ?? null
  }
  const keyName = (request: IncomingMessage) => keyOf(request)?.name ?? null

  function sourceOf(request: IncomingMessage): string | null {
    const wanted = digest(bearerOf(request) ?? '')
    // Every key is compared, so that time tells nobody which of them it was.
    const all = (options.sources?.() ?? []).filter(({ secret }) => timingSafeEqual(digest(secret), wanted))
    return all[0]?.name ?? null
  }

  function screenOf(request: IncomingMessage): string | null {
    const given = bearerOf(request) ?? screenKey(request)
    return given === null ? null : (options.screens?.(given) ?? null)
  }

  return {
    keyName,
    mayOf: (request) => keyOf(request)?.may ?? [],
    sourceOf,
    screenOf,
    refused(request) {
      if (!names.has(hostname(request.headers.host))) return { status: 421, text: WRONG_HOST }
      const { origin } = request.headers
      if (origin !== undefined && pathOf(request) !== ELEMENTS && !sameOrigin(origin, request.headers.host))
        return { status: 403, text: WRONG_ORIGIN }
      if (request.method === 'POST' && pathOf(request) === PUSHES)
        return sourceOf(request) === null ? { status: 401, text: NO_SOURCE_KEY } : null
      if (pathOf(request) === PAIRING) return null
      const safe = SAFE.has(request.method ?? '')
      if (safe && (isOpen(hostname(request.headers.host)) || isPublic(request))) return null
      if (keyName(request) !== null || (safe && screenOf(request) !== null)) return null
      return { status: 401, text: NO_KEY }
    },
  }
}

/** What a watchdog or a browser without a key may still fetch. */
function isPublic(request: IncomingMessage): boolean {
  const path = pathOf(request) ?? ''
  // A wall that nobody has let in yet shows its code: the page and what it is built of say nothing of any figure.
  return (
    ['/healthz', '/readyz', '/screen', '/fonts.css', '/icon.svg', ELEMENTS].includes(path) ||
    path.startsWith('/assets/')
  )
}

const pathOf = (request: IncomingMessage) => (request.url ?? '').split('?')[0]

function hostname(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d+$/, '')
}

function sameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === (host ?? '').toLowerCase()
}

const bearerOf = (request: IncomingMessage): string | null =>
  /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null

const secretOf = (request: IncomingMessage): string | null => bearerOf(request) ?? cookieKey(request)

/** The key a person's browser keeps; null where it keeps none. */
export const cookieKey = (request: IncomingMessage): string | null => cookieOf(request, KEY_COOKIE)

/** The key a screen's browser keeps, paired or not yet; null where it keeps none. */
export const screenKey = (request: IncomingMessage): string | null => cookieOf(request, SCREEN_COOKIE)

function cookieOf(request: IncomingMessage, wanted: string): string | null {
  const cookie = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim().split('='))
    .find(([name]) => name === wanted)
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
const NO_SOURCE_KEY: Text = {
  vi: 'Gửi số liệu cần khóa của nguồn: “Authorization: Bearer <khóa>”; khóa được khai ở key: của nguồn kind: push.',
  en: "Pushing needs the key of a source: “Authorization: Bearer <key>”; it is declared as the source's key (kind: push).",
}
