/** Starts the demonstration country: real HTTP services on loopback, each with its own dialect, that tell the truth about themselves. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DAY, type Span } from '../../kpi/range.ts'
import { CONTENT_FAULTS, items } from './answer.ts'
import { Drop, drop, surveys } from './drop.ts'
import { dayOf, EVALUATION_DOOR, EVALUATION_PATH, evaluationData, readQuestion } from './evaluation-api.ts'
import { Fault, openFaults } from './faults.ts'
import { admits, GATES, type Gate, tokenFor } from './gates.ts'
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
  /** Folder that files are dropped into on demand; without it none are. */
  readonly drop?: string
}

export interface Country {
  readonly url: string
  stop(): Promise<void>
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The most one answer covers. */
const MOST = 7 * DAY
const MOST_TRUTH = 100 * DAY
const MOST_BODY = 10_000
const PATHS = [...DOORS, ...GATES, EVALUATION_DOOR].map(({ path }) => path)

const json = (value: unknown, status = 200): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})
const refusal = (message: string, status = 400) => json({ code: 'REFUSED', message }, status)

function asked(url: URL, most: number): Span | null {
  const given = (...names: readonly string[]) =>
    Date.parse(names.map((name) => url.searchParams.get(name)).find(Boolean) ?? '')
  const [from, to] = [given('from', 'startPeriod'), given('to', 'endPeriod')]
  if (!(from <= to) || to - from > most) return null
  return { from, to }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > MOST_BODY) return ''
  }
  return text
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse(await textOf(request))
  } catch {
    return null
  }
}

function send(response: ServerResponse, reply: Reply) {
  const length = Buffer.byteLength(reply.body)
  response.writeHead(reply.status, {
    ...{ 'content-type': `${reply.type}; charset=utf-8`, 'content-length': length },
    ...reply.headers,
  })
  response.end(reply.body)
}

/** A whole answer under a mark of its content: who shows the mark again is told that nothing changed. */
function sendMarked(request: IncomingMessage, response: ServerResponse, reply: Reply) {
  const etag = `"${createHash('sha256').update(reply.body).digest('base64url').slice(0, 22)}"`
  if (request.headers['if-none-match'] !== etag)
    return send(response, { ...reply, headers: { ...reply.headers, etag } })
  response.writeHead(304, { etag })
  response.end()
}

/** Starts the country on 127.0.0.1. Rejects when the port is taken or the state folder cannot be written. */
export async function startCountry({ port, seed, now, state, drop: folder }: CountryOptions): Promise<Country> {
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

  /** What a door says of a stretch, with the faults that touch its content. */
  const said = (door: Door, span: Span) =>
    items(door, theWorld(), faults.list(), faults.strike(CONTENT_FAULTS, door.service), span, now())

  /** Answers by `answer` unless a fault strikes first. */
  function system(door: Door, request: IncomingMessage, response: ServerResponse, answer: () => Reply) {
    const struck = faults.strike(['down', 'hang', 'status500', 'cut'], door.service)?.kind
    if (struck === 'down') return void request.socket.destroy()
    if (struck === 'hang') return
    if (struck === 'status500') return send(response, refusal(`${door.service} is out of order`, 500))
    const reply = answer()
    if (struck !== 'cut') return reply.status === 200 ? sendMarked(request, response, reply) : send(response, reply)
    const whole = Buffer.from(reply.body)
    response.writeHead(200, { 'content-type': reply.type, 'content-length': whole.length })
    response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => request.socket.destroy())
  }

  function doorReply(door: Door, url: URL, accept = ''): Reply {
    const span = asked(url, MOST)
    if (!span) return refusal('give from and to as ISO 8601, at most seven days apart')
    return { status: 200, ...door.write(said(door, span), accept) }
  }

  function gateReply(gate: Gate, request: IncomingMessage, url: URL, body: unknown): Reply {
    if (gate.guarded && !admits(request.headers.authorization ?? '', seed, now()))
      return { ...refusal('a token of POST /token is needed', 401), headers: { 'www-authenticate': 'Bearer' } }
    const question = gate.ask(url, body)
    if (!question || question.span.to - question.span.from > MOST)
      return refusal('give the stretch as ISO 8601, at most seven days long')
    const all = said(gate.door, question.span)
    const end = question.skip + question.size
    return { status: 200, ...gate.write(all.slice(question.skip, end), end < all.length ? end : null, question) }
  }

  function evaluationReply(body: unknown): Reply {
    const question = readQuestion(body)
    if (!question) return json({ code: 'BAD_REQUEST', data: null }, 201)
    const day = dayOf(question, now())
    if (!day) return json({ code: 'NOT_YET', data: null }, 201)
    return json({ code: 'OK', data: evaluationData(said(EVALUATION_DOOR, day), question, faults.list()) }, 201)
  }

  /** What other dialects are asked; null where the address is none of theirs. */
  async function dialect(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
    if (request.method === 'POST' && url.pathname === '/token') {
      const { status, said } = tokenFor(await textOf(request), request.headers.authorization ?? '', seed, now())
      send(response, { ...json(said, status), headers: { 'cache-control': 'no-store' } })
      return true
    }
    if (request.method === 'POST' && url.pathname === EVALUATION_PATH) {
      const body = await bodyOf(request)
      system(EVALUATION_DOOR, request, response, () => evaluationReply(body))
      return true
    }
    const gate = GATES.find(({ path, method }) => path === url.pathname && method === request.method)
    if (!gate) return false
    const body = gate.method === 'POST' ? await bodyOf(request) : null
    system(gate.door, request, response, () => gateReply(gate, request, url, body))
    return true
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

  async function dropReply(request: IncomingMessage): Promise<Reply> {
    if (folder === undefined) return refusal('this country has no folder to drop files into', 404)
    const asked = Drop.safeParse(await bodyOf(request))
    if (!asked.success) return refusal(asked.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '))
    const span = { from: Date.parse(asked.data.from), to: Date.parse(asked.data.to) }
    if (!(span.from <= span.to) || span.to - span.from > MOST) return refusal('from and to, at most seven days apart')
    const strike = faults.strike(CONTENT_FAULTS, surveys.service)
    const all = items(surveys, theWorld(), faults.list(), strike, span, now())
    const cut = faults.strike(['cut'], surveys.service) !== null
    return json({ file: await drop(folder, all, asked.data, cut), rows: all.length }, 201)
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://country')
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    if (host !== '127.0.0.1' && host !== 'localhost') return send(response, refusal('loopback only', 403))
    if (url.pathname === '/faults') return send(response, await faultsReply(request, url))
    if (url.pathname === '/drop' && request.method === 'POST') return send(response, await dropReply(request))
    if (await dialect(request, response, url)) return
    if (request.method !== 'GET') return send(response, refusal('only GET', 405))
    if (url.pathname === '/truth') return send(response, truthReply(url))
    if (url.pathname === '/truth/index-766') return send(response, scoresReply(url))
    const door = DOORS.find(({ path }) => path === url.pathname)
    if (door) return system(door, request, response, () => doorReply(door, url, request.headers.accept))
    send(response, refusal(`there are ${PATHS.join(', ')}, /truth, /faults and /drop`, 404))
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
