/** A proxy between the house and its store that fails on demand: what lies between two machines. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { ownPort } from './port.ts'

/**
 * `refuse`: nobody takes a connection. `hang`: a request is read and never answered. `cut`: it is passed on, and the line breaks
 * in the middle of the answer. `reset`: the line breaks before anything is read. `slow`: every answer takes its time. `restart`: every
 * line breaks, for a while nobody takes a connection, and then it is there again by itself. `hold`: an insert of observations is kept,
 * its sender told that there is no answer, and it is passed on only when `release` is called.
 */
export type Fault = 'none' | 'refuse' | 'hang' | 'cut' | 'reset' | 'slow' | 'restart' | 'hold'

/** An insert as it came over the line. */
export interface Seen {
  readonly table: string
  readonly token: string
  /** Of all its bytes, and of its rows without when they were stored. */
  readonly body: string
  readonly rows: string
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

/** How long a slow answer takes, and how long whoever restarts is away, milliseconds. */
const [SLOW, AWAY] = [80, 1500]

const hash = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

/** The rows of an insert by column, but for the column that says when they were stored. */
function unstamped(body: string): string {
  const [head = '', columns = '[]'] = body.split('\n', 2)
  const stamp = [...head.matchAll(/"(\w+)"/g)].findIndex(([, name]) => name === 'stored')
  return JSON.stringify((JSON.parse(columns) as unknown[]).filter((_, i) => i !== stamp))
}

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
  let returning: NodeJS.Timeout | undefined

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

  /** Notes an insert by column; answers its table. */
  function note(body: Buffer, query: URLSearchParams, now: Fault): string | undefined {
    const [head = ''] = body.subarray(0, 1000).toString().split('\n')
    const table = /^INSERT INTO (\w+) .* FORMAT JSONCompactColumns$/.exec(head)?.[1]
    const token = query.get('insert_deduplication_token')
    if (!token || table === undefined) return undefined
    inserts.push({ table, token, body: hash(body), rows: hash(unstamped(body.toString())), fault: now })
    return table
  }

  // Like what stands between two machines, it takes no address longer than Node's own limit (16 kB).
  const server = createServer((incoming, response) => {
    const now = fault
    const parts: Buffer[] = []
    incoming.on('error', () => undefined)
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const body = Buffer.concat(parts)
      const table = note(body, new URL(incoming.url ?? '/', target).searchParams, now)
      if (now === 'hold' && table === 'observation' && body.includes(spoken)) {
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
      clearTimeout(returning)
      spoken = about
      fault = next
      breakAll()
      const isThere = next !== 'refuse' && next !== 'restart'
      if (!isThere && server.listening) await close()
      if (isThere && !server.listening) await listen(port)
      if (next !== 'restart') return
      returning = setTimeout(() => {
        fault = 'none'
        void listen(port)
      }, AWAY)
    },
    async release() {
      for (const one of held.splice(0)) await one()
    },
    async stop() {
      clearTimeout(returning)
      if (server.listening) await close()
    },
  }
}
