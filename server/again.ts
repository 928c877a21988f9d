/** A question that a thousand screens ask in one pulse is read once: who asks it again is answered before anything else of the web looks at it. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Sent } from './sent.ts'

/** A question that was read, found right and allowed. */
export interface Asked {
  /** What it was read under; under anything else it is read anew. */
  readonly under: readonly unknown[]
  /** Whether this asker, too, may have the answer. */
  readonly allows: (request: IncomingMessage) => boolean
  readonly answer: (gone: AbortSignal) => Promise<Sent>
}

export interface Again {
  /** Notes what `request` asked; `response` has by now the headers of any answer, and none of its own. */
  note(request: IncomingMessage, response: ServerResponse, asked: Asked): void
  /** Answers what was noted; all else, and all that is not simply right, is left to `web`. */
  before(web: RequestListener): RequestListener
}

/** The most questions that are noted at a time. */
const MOST = 500

/** By these a browser or a proxy may want another answer than the whole one: they are weighed by who knows them all. */
const WEIGHED = ['if-modified-since', 'if-match', 'if-unmodified-since', 'range', 'cache-control', 'expect'] as const

/** `now`: what questions are read under at this moment. */
export function startAgain(now: () => readonly unknown[]): Again {
  const noted = new Map<string, Asked & { readonly headers: readonly string[] }>()
  let under: readonly unknown[] = []

  /** Forgets all that was read under something else. */
  function current(): void {
    const newest = now()
    if (newest.every((one, i) => one === under[i])) return
    noted.clear()
    under = newest
  }

  return {
    note(request, response, asked) {
      current()
      if (noted.size >= MOST || !asked.under.every((one, i) => one === under[i])) return
      const headers = response.getHeaderNames().flatMap((name) => [name, String(response.getHeader(name))])
      noted.set(request.url ?? '', { ...asked, headers })
    },
    before: (web) => (request, response) => {
      current()
      const asked = request.method === 'GET' ? noted.get(request.url ?? '') : undefined
      if (!asked || WEIGHED.some((name) => request.headers[name] !== undefined) || !asked.allows(request))
        return web(request, response)
      const gone = new AbortController()
      response.on('close', () => response.writableFinished || gone.abort())
      asked.answer(gone.signal).then(
        ({ body, tag }) => {
          if (response.destroyed) return
          const headers = [...asked.headers, 'Cache-Control', 'no-cache', 'ETag', tag]
          if (request.headers['if-none-match'] === tag) return void response.writeHead(304, headers).end()
          const told = ['Content-Type', JSON_TYPE, 'Content-Length', String(body.length)]
          response.writeHead(200, [...headers, ...told]).end(body)
        },
        // Why there is none is said in the words of the web.
        () => response.destroyed || web(request, response),
      )
    },
  }
}

const JSON_TYPE = 'application/json; charset=utf-8'
