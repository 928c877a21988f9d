/** A proxy between the house and its store that fails on demand: what lies between two machines. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { ownPort } from './port.ts'

/**
 * `refuse`: nobody takes a connection. `hang`: a request is read and never answered. `cut`: it is passed on, and the line breaks
 * in the middle of the answer. `reset`: the line breaks before anything is read. `slow`: every answer takes its time. `hold`: an insert of
 * observations is kept, its sender told that there is no answer, and it is passed on only when `release` is called.
 */
export type Fault = 'none' | 'refuse' | 'hang' | 'cut' | 'reset' | 'slow' | 'hold'

/** An insert as it came over the line. */
export interface Seen {
  readonly token: string
  readonly body: string
  readonly fault: Fault
}

export interface Faults {
  /** The store's address through the proxy. */
  readonly url: string
  readonly inserts: readonly Seen[]
  /** From now on; lines that are open break, as they do when a server restarts. `about`: what an insert must speak of to be held. */
  set(fault: Fault, about?: string): Promise<void>
  /** Passes on what was held, in the order in which it came; resolves when the store has answered to all of it. */
  release(): Promise<void>
  stop(): Promise<void>
}

/** How long a slow answer takes, milliseconds. */
const SLOW = 300

/** Starts a proxy before the store at `target`. */
export async function startFaults(target: string): Promise<Faults> {
  const store = new URL(target)
  const inserts: Seen[] = []
  const open = new Set<Socket>()
  let fault: Fault = 'none'
  let spoken = ''
  const held: (() => Promise<void>)[] = []

  /** Passes a request on for nobody: who sent it has been told that there is no answer. */
  function passLate({ method, url, headers }: IncomingMessage, body: Buffer): Promise<void> {
    return new Promise((done, failed) => {
      const onward = request({ host: store.hostname, port: store.port, method, path: url, headers }, (answer) => {
        answer.resume()
        answer.once('end', () =>
          answer.statusCode === 200 ? done() : failed(new Error(`the store answered ${answer.statusCode}`)),
        )
      })
      onward.on('error', failed)
      onward.end(body)
    })
  }

  function pass(incoming: IncomingMessage, body: Buffer, response: ServerResponse, now: Fault): void {
    const { method, url, headers } = incoming
    const onward = request({ host: store.hostname, port: store.port, method, path: url, headers }, (answer) => {
      if (now === 'cut') {
        answer.resume()
        answer.once('end', () => {
          // The store has done what it was asked; who asked does not hear of it.
          response.writeHead(200, { ...answer.headers, 'content-length': '1000' })
          response.write('half', () => incoming.socket.destroy())
        })
        return
      }
      const send = () => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      }
      if (now === 'slow') setTimeout(send, SLOW)
      else send()
    })
    onward.on('error', () => incoming.socket.destroy())
    onward.end(body)
  }

  // Like what stands between two machines, it takes no address longer than Node's own limit (16 kB).
  const server = createServer((incoming, response) => {
    const now = fault
    const parts: Buffer[] = []
    incoming.on('error', () => undefined)
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const body = Buffer.concat(parts)
      const query = new URL(incoming.url ?? '/', target).searchParams
      const token = query.get('insert_deduplication_token')
      const isInsert = (query.get('query') ?? body.subarray(0, 100).toString()).includes('INSERT INTO observation')
      if (token && isInsert) inserts.push({ token, body: createHash('sha256').update(body).digest('hex'), fault: now })
      if (now === 'hold' && isInsert && body.includes(spoken)) {
        held.push(() => passLate(incoming, body))
        response.writeHead(500).end('the gateway has waited long enough')
      } else if (now !== 'hang') pass(incoming, body, response, now)
    })
  })
  server.on('connection', (socket) => {
    if (fault === 'reset') return void socket.resetAndDestroy()
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  const listen = (port: number) => new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const breakAll = () => {
    for (const socket of open) socket.destroy()
  }
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed())
      breakAll()
    })
  const port = await ownPort()
  await listen(port)
  const url = new URL(target)
  url.port = `${port}`
  return {
    url: url.toString(),
    inserts,
    async set(next, about = '') {
      spoken = about
      const before = fault
      fault = next
      breakAll()
      if (next === 'refuse' && before !== 'refuse') await close()
      if (next !== 'refuse' && before === 'refuse') await listen(port)
    },
    async release() {
      for (const one of held.splice(0)) await one()
    },
    async stop() {
      if (server.listening) await close()
    },
  }
}
