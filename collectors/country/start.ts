/** Starts the demonstration country: real HTTP services on loopback, each with its own dialect, that tell the truth about themselves. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DAY, type Span } from '../../kpi/range.ts'
import { CONTENT_FAULTS, items } from './answer.ts'
import { Fault, openFaults } from './faults.ts'
import { scores } from './points.ts'
import { DOORS, type Door } from './systems.ts'
import { FLOWS } from './traffic.ts'
import { INDICATORS, TRUTH_GRAINS, type TruthGrain, truth } from './truth.ts'
import { unitOf } from './units.ts'
import { type Correction, openWorld, type World } from './world.ts'

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

/** The most one answer covers. */
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

  let corrected = ''
  let world: World = openWorld(seed, [])

  /** The world as corrected so far; worked out anew only when a correction comes or goes. */
  function theWorld(): World {
    const corrections = faults.list().flatMap((fault): readonly Correction[] => {
      const unit = fault.kind === 'correction' ? unitOf(fault.h_code) : undefined
      return fault.kind === 'correction' && unit ? [{ ...fault, unit }] : []
    })
    const name = JSON.stringify(corrections)
    if (name !== corrected) world = openWorld(seed, corrections)
    corrected = name
    return world
  }

  function system(door: Door, request: IncomingMessage, response: ServerResponse, url: URL) {
    const struck = faults.strike(['down', 'hang', 'status500', 'cut'], door.service)?.kind
    if (struck === 'down') return void request.socket.destroy()
    if (struck === 'hang') return
    if (struck === 'status500') return send(response, refusal(`${door.service} is out of order`, 500))
    const span = asked(url, MOST)
    if (!span) return send(response, refusal('give from and to as ISO 8601, at most seven days apart'))
    const strike = faults.strike(CONTENT_FAULTS, door.service)
    const reply: Reply = { status: 200, ...door.write(items(door, theWorld(), faults.list(), strike, span, now())) }
    if (struck !== 'cut') return send(response, reply)
    const whole = Buffer.from(reply.body)
    response.writeHead(200, { 'content-type': reply.type, 'content-length': whole.length })
    response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => request.socket.destroy())
  }

  function truthReply(url: URL): Reply {
    const span = asked(url, MOST_TRUTH)
    const grain = (url.searchParams.get('grain') ?? 'span') as TruthGrain
    const named = url.searchParams.get('indicator')
    if (!span || !TRUTH_GRAINS.includes(grain))
      return refusal(`give from and to as ISO 8601, at most 100 days apart, and grain ${TRUTH_GRAINS.join(', ')}`)
    const at = now()
    const ids = named === null ? FLOWS.map((flow) => `interchange/${flow}`) : named.split(',')
    const said = ids.map((id) => [id, truth(theWorld(), id, span, grain, at)] as const)
    const unknown = said.filter(([, rows]) => rows === null).map(([id]) => id)
    if (unknown.length > 0)
      return refusal(`no truth at grain ${grain} about ${unknown.join(', ')}; there are ${INDICATORS.join(', ')}`)
    return json({ seed, now: at, truth: Object.fromEntries(said) })
  }

  function scoresReply(url: URL): Reply {
    const span = asked(url, MOST_TRUTH)
    if (!span) return refusal('give from and to as ISO 8601, at most 100 days apart')
    const at = now()
    return json({ seed, now: at, truth: scores(theWorld(), span, at) })
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
    if (url.pathname === '/truth/index-766') return send(response, scoresReply(url))
    const door = DOORS.find(({ path }) => path === url.pathname)
    if (door) return system(door, request, response, url)
    send(response, refusal(`there are ${DOORS.map(({ path }) => path).join(', ')}, /truth and /faults`, 404))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy())
  })
  // Longer than any source's rhythm: a connection closed just as it is used again would look like a country that is down.
  server.keepAliveTimeout = 75_000
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
