/** One request and its whole answer: at most three redirects on the same host, an end to waiting, and a sentence for every way to fail. */
import { type Dispatcher, request } from 'undici'
import { duration } from '../../../kpi/range.ts'
import { sizeOf } from '../../../kpi/source-network.ts'
import { ACCEPTED, bytesOf, discard } from './bytes.ts'
import { Failure } from './failure.ts'
import { Refused, refusedHost } from './network.ts'
import { retryAfter } from './patience.ts'
import { waiting } from './waiting.ts'

export interface Request {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** How a source is reached, as declared. */
export interface Reach {
  readonly allow: readonly string[]
  readonly timeout: string
  readonly limits: { readonly bytes: string }
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly bytes: Buffer
  /** Where the answer came from, redirects followed. */
  readonly url: URL
}

const MOST_REDIRECTS = 3
/** Statuses that speak of the host and not of this question. */
const HOST_STATUSES = new Set([429, 502, 503, 504])
const AGAIN_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504])

const codeOf = (cause: unknown): string => {
  const { code, message } = (cause ?? {}) as { readonly code?: string; readonly message?: string }
  return code ?? message ?? String(cause)
}

/** A refused address may be wrapped, and stand among several. */
function refusedIn(cause: unknown): Refused | null {
  if (cause instanceof Refused) return cause
  const inner = cause as { readonly cause?: unknown; readonly errors?: readonly unknown[] } | null
  for (const next of [inner?.cause, ...(inner?.errors ?? [])]) {
    const found = next === undefined ? null : refusedIn(next)
    if (found) return found
  }
  return null
}

/** A kept connection may be closed by the other side in the very moment it is used again: asking once more harms no question. */
async function once(ask: Request, dispatcher: Dispatcher, signal: AbortSignal) {
  const options = {
    ...{ method: ask.method, headers: ask.headers, body: ask.body ?? null, dispatcher, signal },
    ...{ headersTimeout: 0, bodyTimeout: 0 },
  }
  try {
    return await request(ask.url, options)
  } catch (error) {
    if (!['UND_ERR_SOCKET', 'ECONNRESET'].includes(codeOf(error))) throw error
    return request(ask.url, options)
  }
}

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header

/** What a header may hold (RFC 9110 §5.5): no line break, and no letter beyond one byte. */
const HEADER = /^[\t\x20-\x7e\x80-\xff]*$/

/** Refuses a header nobody can send, by its name alone: its value may be a secret. */
function sendable({ headers }: Request): void {
  const wrong = Object.entries(headers).find(([, value]) => !HEADER.test(value))
  if (wrong)
    throw new Failure({
      vi: `${wrong[0]}: giá trị có ký tự xuống dòng hoặc chữ có dấu, không gửi được; kiểm tra headers, auth và biến môi trường`,
      en: `${wrong[0]}: its value holds a line break or letters beyond one byte and cannot be sent; look at headers, auth and the environment`,
    })
}

/** The next address of a redirect: the same host, and never from https to http. */
function redirected(ask: Request, status: number, location: string, hops: number): URL {
  const next = URL.canParse(location, ask.url) ? new URL(location, ask.url) : null
  const away = next === null || next.host !== ask.url.host || !['https:', ask.url.protocol].includes(next.protocol)
  if (away)
    throw new Failure({
      vi: `nguồn chuyển hướng sang máy khác: ${next?.host ?? '?'}`,
      en: `the source redirects to another host: ${next?.host ?? '?'}`,
    })
  if (ask.method === 'POST' && status !== 307 && status !== 308)
    throw new Failure({
      vi: `nguồn chuyển hướng một câu hỏi POST (mã ${status}); hãy khai đúng địa chỉ`,
      en: `the source redirects a POST (status ${status}); declare the address it stands at`,
    })
  if (hops >= MOST_REDIRECTS)
    throw new Failure({
      vi: 'nguồn chuyển hướng quá ba lần',
      en: 'the source redirects more than three times',
    })
  return next
}

/** What to look at first, by what a status says. */
const LOOK: Readonly<Record<number, readonly [vi: string, en: string]>> = {
  401: ['kiểm tra auth: khóa hoặc mã truy cập', 'look at auth: the key or the token'],
  403: ['kiểm tra auth và quyền của tài khoản ở nguồn', 'look at auth, and at what the account may see at the source'],
  404: ['kiểm tra url', 'look at the url'],
  405: ['kiểm tra method: GET hay POST', 'look at method: GET or POST'],
  415: ['kiểm tra body và content-type', 'look at body and content-type'],
}

function statusFailure(status: number, header: string | undefined, now: number): Failure {
  const after = HOST_STATUSES.has(status) ? retryAfter(header, now) : null
  const wait = after === null ? null : Math.ceil(after / 1000)
  const look = LOOK[status]
  return new Failure(
    {
      vi: `nguồn trả lời mã ${status}${wait === null ? '' : `, yêu cầu đợi ${wait} giây`}${look ? `; ${look[0]}` : ''}`,
      en: `the source answers with status ${status}${wait === null ? '' : ` and asks to wait ${wait} seconds`}${look ? `; ${look[1]}` : ''}`,
    },
    { host: HOST_STATUSES.has(status), again: AGAIN_STATUSES.has(status), after, status },
  )
}

async function follow(
  first: Request,
  reach: Reach,
  dispatcher: Dispatcher,
  signal: AbortSignal,
  now: number,
  got: () => void,
): Promise<Answered> {
  for (let ask = first, hops = 0; ; hops++) {
    const refused = refusedHost(ask.url, reach.allow)
    if (refused) throw new Failure(refused)
    const { statusCode: status, headers: raw, body } = await once(ask, dispatcher, signal)
    got()
    const headers = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, one(value)]))
    if (status >= 300 && status <= 399 && status !== 304 && headers.location !== undefined) {
      discard(body)
      ask = { ...ask, url: redirected(ask, status, headers.location, hops) }
      continue
    }
    if (status === 304) return { status, headers, bytes: Buffer.alloc(0), url: ask.url }
    if (status < 200 || status > 299) {
      discard(body)
      throw statusFailure(status, headers['retry-after'], now)
    }
    const encoding = headers['content-encoding'] ?? ''
    const bytes = await bytesOf(body, encoding, sizeOf(reach.limits.bytes), reach.limits.bytes)
    return { status, headers, bytes, url: ask.url }
  }
}

/** Sends a request over `dispatcher`, whose connections reach only what `reach` allows. Throws a `Failure`. */
export async function exchange(
  ask: Request,
  reach: Reach,
  dispatcher: Dispatcher,
  signal: AbortSignal,
  now: () => number,
): Promise<Answered> {
  sendable(ask)
  const control = new AbortController()
  let [late, answered] = [false, false]
  const callOff = waiting(duration(reach.timeout) ?? 0, () => {
    late = true
    control.abort()
  })
  const stop = () => control.abort()
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  const headers = { 'accept-encoding': ACCEPTED, 'user-agent': 'toan-canh', ...ask.headers }
  try {
    return await follow({ ...ask, headers }, reach, dispatcher, control.signal, now(), () => {
      answered = true
    })
  } catch (cause) {
    control.abort()
    if (cause instanceof Failure) throw cause
    const refused = refusedIn(cause)
    if (refused) throw new Failure(refused.text)
    const verdict = { host: !signal.aborted, again: !signal.aborted }
    if (late)
      throw new Failure(
        {
          vi: `nguồn không trả lời trong ${reach.timeout}`,
          en: `the source does not answer within ${reach.timeout}`,
        },
        verdict,
      )
    throw answered
      ? new Failure(
          {
            vi: `câu trả lời bị đứt giữa chừng (${codeOf(cause)})`,
            en: `the answer broke off in the middle (${codeOf(cause)})`,
          },
          verdict,
        )
      : new Failure(
          {
            vi: `không kết nối được tới nguồn (${codeOf(cause)})`,
            en: `the source cannot be reached (${codeOf(cause)})`,
          },
          verdict,
        )
  } finally {
    callOff()
    signal.removeEventListener('abort', stop)
  }
}
