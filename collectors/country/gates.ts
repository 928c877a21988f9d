/** Doors that speak other dialects of HTTP: XML behind OAuth 2 page by page with a cursor, and POST whose pages are linked. */
import { createHash } from 'node:crypto'
import { HOUR, type Span } from '../../kpi/range.ts'
import { DOORS, type Door, type Item } from './systems.ts'

/** Who may ask the feedback system for its export. It protects nothing: the demonstration is open to everybody on this machine. */
export const CLIENT = { id: 'toan-canh', secret: 'demonstration' } as const

/** What a gate was asked. */
export interface Question {
  readonly span: Span
  readonly skip: number
  readonly size: number
}

export interface Written {
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Gate {
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly door: Door
  /** Whether a token is wanted. */
  readonly guarded: boolean
  /** Null where the question cannot be understood. */
  ask(url: URL, body: unknown): Question | null
  /** A page, and where the next begins, if any. */
  write(items: readonly Item[], next: number | null, asked: Question): Written
}

const MOST_SIZE = 5000
const spanOf = (from: unknown, to: unknown): Span | null => {
  const [a, b] = [from, to].map((text) => Date.parse(typeof text === 'string' ? text : ''))
  return a !== undefined && b !== undefined && a <= b ? { from: a, to: b } : null
}
const count = (text: unknown, otherwise: number) => (/^\d{1,6}$/.test(String(text ?? '')) ? Number(text) : otherwise)

const doorAt = (path: string): Door => {
  const door = DOORS.find((one) => one.path === path)
  if (!door) throw new Error(`there is no door ${path}`)
  return door
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (value: unknown) => String(value ?? '').replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? '')

/** The cursor is opaque to who asks. */
const cursorOf = (skip: number) => Buffer.from(`sau:${skip}`).toString('base64url')
const skipOf = (cursor: string | null) =>
  count(
    Buffer.from(cursor ?? '', 'base64url')
      .toString()
      .replace('sau:', ''),
    0,
  )

const feedback: Gate = {
  ...{ path: '/feedback/export.xml', method: 'GET', guarded: true, door: doorAt('/feedback/summary') },
  ask(url) {
    const { searchParams: asked } = url
    const span = spanOf(asked.get('from'), asked.get('to'))
    const size = Math.min(MOST_SIZE, count(asked.get('size'), 500))
    return span && { span, skip: skipOf(asked.get('after')), size }
  },
  write: (items, next) => ({
    type: 'application/xml',
    body: [
      `<?xml version="1.0" encoding="UTF-8"?>\n<pa:ketQua xmlns:pa="urn:vn:demo:feedback"><pa:danhSach>`,
      ...items.map(({ unit, start, ...numbers }) => {
        const fields = Object.entries(numbers).map(([name, value]) => `<pa:${name}>${escaped(value)}</pa:${name}>`)
        return `<pa:dong donVi="${escaped(unit)}"><pa:batDau>${escaped(start)}</pa:batDau>${fields.join('')}</pa:dong>`
      }),
      `</pa:danhSach><pa:tiepTheo>${next === null ? '' : cursorOf(next)}</pa:tiepTheo></pa:ketQua>`,
    ].join('\n'),
  }),
}

const acceptance: Gate = {
  ...{ path: '/portal/acceptance/query', method: 'POST', guarded: false, door: doorAt('/portal/acceptance') },
  ask(url, body) {
    const { tu, den, soDong } = (typeof body === 'object' && body !== null ? body : {}) as Readonly<
      Record<string, unknown>
    >
    const span = spanOf(tu, den)
    return (
      span && { span, skip: count(url.searchParams.get('boQua'), 0), size: Math.min(MOST_SIZE, count(soDong, 500)) }
    )
  },
  write: (items, next) => ({
    type: 'application/json',
    body: JSON.stringify({ code: 'OK', data: { items } }),
    headers: next === null ? {} : { link: `</portal/acceptance/query?boQua=${next}>; rel="next"` },
  }),
}

export const GATES: readonly Gate[] = [feedback, acceptance]

const LIFE = HOUR
const sealed = (seed: number, until: number) =>
  `${until}.${createHash('sha256').update(`${seed} ${until}`).digest('base64url')}`

/** The token endpoint (RFC 6749 §4.4): what it answers to a form and an Authorization header. */
export function tokenFor(
  form: string,
  authorization: string,
  seed: number,
  now: number,
): { readonly status: number; readonly said: object } {
  const pair = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':')
    .map(decodeURIComponent)
  const asked = new URLSearchParams(form)
  const [id, secret] = authorization === '' ? [asked.get('client_id'), asked.get('client_secret')] : pair
  if (asked.get('grant_type') !== 'client_credentials')
    return { status: 400, said: { error: 'unsupported_grant_type' } }
  if (id !== CLIENT.id || secret !== CLIENT.secret) return { status: 401, said: { error: 'invalid_client' } }
  return {
    status: 200,
    said: { access_token: sealed(seed, now + LIFE), token_type: 'Bearer', expires_in: LIFE / 1000 },
  }
}

/** Whether a token is one of ours and has not ended. */
export function admits(authorization: string, seed: number, now: number): boolean {
  const token = authorization.replace(/^Bearer /, '')
  const until = Number(token.split('.')[0])
  return until > now && token === sealed(seed, until)
}
