/** HTTP sources: asks a window of time at a URL and reads the rows of the answer; every way to fail has its sentence. */
import { createHash } from 'node:crypto'
import { duration } from '../../kpi/range.ts'
import type { SourceOf } from '../../kpi/source.ts'
import { beginning, historyAsk, length, liveAsks, missing, type Timing, wanted } from '../windows.ts'
import { readRows } from './formats/index.ts'
import type { Answer, Ask, Kind, Wrong } from './kind.ts'

type Http = SourceOf<'http'>

const MOST_BYTES = 50 * 1024 * 1024
const MOST_REDIRECTS = 3

const ms = (text: string) => duration(text) ?? 0

/** A URL without {from} answers with whatever it has now; there is nothing to ask by time. */
const windowed = (source: Http) => source.url.includes('{from}')

const timingOf = (source: Http): Timing => ({
  span: ms(source.span),
  chunk: ms(source.chunk),
  delay: ms(source.delay),
  backfill: ms(source.backfill),
  revisit: ms(source.revisit),
})

function addressOf(source: Http, ask: Ask): string {
  const moment = (at: number) => encodeURIComponent(new Date(at).toISOString())
  return ask.window === null
    ? source.url
    : source.url.replaceAll('{from}', moment(ask.window.from)).replaceAll('{to}', moment(ask.window.to))
}

/** A failure on its way from deep inside `fetch` to the answer. */
class Failure extends Error {
  readonly wrong: Wrong
  constructor(vi: string, en: string, cause?: unknown) {
    super(en, { cause })
    this.wrong = { wrong: { vi, en }, cause }
  }
}

/** A kept connection may be closed by the other side in the very moment it is used again: asking once more harms no GET. */
async function getOnce(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: string } }
    if (cause?.code !== 'UND_ERR_SOCKET' && cause?.code !== 'ECONNRESET') throw error
    return fetch(url, init)
  }
}

/** Follows at most three redirects, and only on the same host: a source cannot send the collector elsewhere. */
async function follow(url: URL, init: RequestInit): Promise<Response> {
  for (let at = url, hops = 0; ; hops++) {
    const response = await getOnce(at, { ...init, redirect: 'manual' })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return response
    await response.body?.cancel()
    const next = new URL(location, at)
    if (next.host !== url.host)
      throw new Failure(
        `nguồn chuyển hướng sang máy khác: ${next.host}`,
        `the source redirects to another host: ${next.host}`,
      )
    if (hops >= MOST_REDIRECTS)
      throw new Failure('nguồn chuyển hướng quá ba lần', 'the source redirects more than three times')
    at = next
  }
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    parts.push(part)
    size += part.byteLength
    if (size > MOST_BYTES)
      throw new Failure(
        'câu trả lời lớn hơn 50 MB: hãy khai báo chunk nhỏ hơn',
        'the answer is larger than 50 MB: declare a smaller chunk',
      )
  }
  return Buffer.concat(parts)
}

const codeOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return (inner as NodeJS.ErrnoException)?.code ?? (inner instanceof Error ? inner.message : String(inner))
}

async function get(source: Http, ask: Ask, signal: AbortSignal): Promise<Uint8Array | Wrong> {
  const control = new AbortController()
  let late = false
  const timer = setTimeout(() => {
    late = true
    control.abort()
  }, ms(source.timeout))
  const stop = () => control.abort()
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  let answered = false
  try {
    const response = await follow(new URL(addressOf(source, ask)), { headers: source.headers, signal: control.signal })
    answered = true
    if (response.ok) return await bytesOf(response)
    await response.body?.cancel()
    return {
      wrong: { vi: `nguồn trả lời mã ${response.status}`, en: `the source answers with status ${response.status}` },
    }
  } catch (cause) {
    if (cause instanceof Failure) return cause.wrong
    if (late)
      return {
        wrong: {
          vi: `nguồn không trả lời trong ${source.timeout}`,
          en: `the source does not answer within ${source.timeout}`,
        },
        cause,
      }
    return answered
      ? { wrong: { vi: 'câu trả lời bị đứt giữa chừng', en: 'the answer broke off in the middle' }, cause }
      : {
          wrong: {
            vi: `không kết nối được tới nguồn (${codeOf(cause)})`,
            en: `the source cannot be reached (${codeOf(cause)})`,
          },
          cause,
        }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    control.abort()
  }
}

export const http: Kind<Http> = {
  whole: false,
  async asks(source, cursor, now) {
    if (!windowed(source)) return [{ group: '', window: null }]
    const timing = timingOf(source)
    return liveAsks(timing, wanted(timing, cursor.begin, now), cursor.done).map((window) => ({ group: '', window }))
  },
  history(source, cursor, now) {
    const timing = timingOf(source)
    const window = windowed(source) ? historyAsk(timing, wanted(timing, cursor.begin, now), cursor.done) : null
    return window && { group: '', window }
  },
  begin: (source, cursor, now) => (windowed(source) ? beginning(timingOf(source), cursor.begin, now) : null),
  horizon(source, cursor, now) {
    if (!windowed(source)) return null
    const timing = timingOf(source)
    return wanted(timing, cursor.begin, now).to - timing.revisit
  },
  async fetch(source, ask, { heard, signal }): Promise<Answer> {
    const bytes = await get(source, ask, signal)
    if ('wrong' in bytes) return bytes
    const content = createHash('sha256').update(bytes).digest('hex')
    if (content === heard) return { same: true }
    const read = await readRows(bytes, source)
    return 'wrong' in read ? read : { rows: read.rows, digest: '', content }
  },
  progress(source, cursor, now) {
    if (!windowed(source)) return { done: cursor.turn > 0 ? 1 : 0, wanted: 1 }
    const timing = timingOf(source)
    const want = wanted(timing, cursor.begin, now)
    const all = Math.floor((want.to - want.from) / timing.span)
    return { done: all - Math.ceil(length(missing(want, cursor.done)) / timing.span), wanted: all }
  },
}
