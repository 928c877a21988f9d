/** Starts the demonstration country: a real HTTP service on loopback that speaks like a document interchange and tells the truth about itself. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DAY, type Span } from '../../kpi/range.ts'
import { Fault, openFaults } from './faults.ts'
import { asCsv, asJson, CONTENT_FAULTS, type ContentFault, items } from './interchange.ts'
import { TRUTH_GRAINS, type TruthGrain, truth } from './truth.ts'

export interface CountryOptions {
  /** 0 takes any free port. */
  readonly port: number
  readonly seed: number
  /** The country's clock, UTC milliseconds. */
  readonly now: () => number
  /** Folder that keeps faults and corrections across restarts; null keeps them in memory. */
  readonly state: string | null
}

export interface Country {
  readonly url: string
  stop(): Promise<void>
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** The most one interchange answer covers. */
const MOST = 7 * DAY
const MOST_TRUTH = 100 * DAY
const MOST_BODY = 10_000

const json = (value: unknown, status = 200): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})
const refusal = (message: string, status = 400) => json({ code: 'REFUSED', message }, status)

function asked(url: URL, most: number): Span | null {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(url.searchParams.get(name) ?? ''))
  if (from === undefined || to === undefined || !(from <= to) || to - from > most) return null
  return { from, to }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > MOST_BODY) return null
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function send(response: ServerResponse, reply: Reply) {
  const length = Buffer.byteLength(reply.body)
  response.writeHead(reply.status, { 'content-type': `${reply.type}; charset=utf-8`, 'content-length': length })
  response.end(reply.body)
}

/** Starts the country on 127.0.0.1. Rejects when the port is taken or the state folder cannot be written. */
export async function startCountry({ port, seed, now, state }: CountryOptions): Promise<Country> {
  const faults = openFaults(state)

  function interchange(request: IncomingMessage, response: ServerResponse, url: URL) {
    const struck = faults.strike(['down', 'hang', 'status500', 'cut'])
    if (struck === 'down') return void request.socket.destroy()
    if (struck === 'hang') return
    if (struck === 'status500') return send(response, refusal('the interchange is out of order', 500))
    const span = asked(url, MOST)
    if (!span) return send(response, refusal('give from and to as ISO 8601, at most seven days apart'))
    const content = faults.strike(CONTENT_FAULTS) as ContentFault | null
    const list = items(seed, faults.list(), content, span, now())
    const csv = url.pathname.endsWith('.csv')
    const reply: Reply = {
      status: 200,
      type: csv ? 'text/csv' : 'application/json',
      body: csv ? asCsv(list) : asJson(list),
    }
    if (struck !== 'cut') return send(response, reply)
    const whole = Buffer.from(reply.body)
    response.writeHead(200, { 'content-type': reply.type, 'content-length': whole.length })
    response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => request.socket.destroy())
  }

  function truthReply(url: URL): Reply {
    const span = asked(url, MOST_TRUTH)
    const grain = url.searchParams.get('grain') ?? '5m'
    if (!span || !Object.hasOwn(TRUTH_GRAINS, grain))
      return refusal('give from and to as ISO 8601, at most 100 days apart, and grain 5m, hour or day')
    const at = now()
    return json({ seed, now: at, truth: truth(seed, faults.list(), span, grain as TruthGrain, at) })
  }

  async function faultsReply(request: IncomingMessage, url: URL): Promise<Reply> {
    if (request.method === 'GET') return json(faults.list())
    // A page in a browser cannot send this type across origins unasked; so only a tool can set faults.
    if (request.method === 'POST' && request.headers['content-type']?.startsWith('application/json')) {
      const fault = Fault.safeParse(await bodyOf(request))
      if (!fault.success) return refusal(fault.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '))
      faults.set(fault.data)
      return json(faults.list(), 201)
    }
    if (request.method === 'DELETE') {
      faults.clear(url.searchParams.get('kind') ?? undefined)
      return json(faults.list())
    }
    return refusal('GET lists, POST {"kind": …} as application/json sets, DELETE clears', 405)
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://country')
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    if (host !== '127.0.0.1' && host !== 'localhost') return send(response, refusal('loopback only', 403))
    if (url.pathname === '/faults') return send(response, await faultsReply(request, url))
    if (request.method !== 'GET') return send(response, refusal('only GET', 405))
    if (url.pathname === '/truth') return send(response, truthReply(url))
    if (/^\/interchange\/summary(\.csv)?$/.test(url.pathname)) return interchange(request, response, url)
    send(response, refusal('there are /interchange/summary, /interchange/summary.csv, /truth and /faults', 404))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
