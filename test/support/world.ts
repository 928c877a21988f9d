/** A real HTTP server on port 0 that answers what a test says and fails on demand. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `cut` ends the connection in the middle of the body; `hang` never answers; `down` closes the connection unanswered. */
export type Failing = 'cut' | 'hang' | 'down'

export interface Answering {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface World {
  readonly url: string
  /** Every request so far, oldest first. */
  readonly asked: readonly URL[]
  stop(): Promise<void>
}

/** Starts a world; `answer` decides for every request. */
export async function startWorld(
  answer: (url: URL, request: IncomingMessage) => Answering | Failing | Promise<Answering | Failing>,
): Promise<World> {
  const asked: URL[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://world')
    asked.push(url)
    const said = await answer(url, request)
    if (said === 'hang') return
    if (said === 'down') return void request.socket.destroy()
    if (said === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
      return void response.write('{"data":', () => request.socket.destroy())
    }
    const body = said.body ?? ''
    response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers })
    response.end(body)
  })
  // Lines end by who asks: none is closed in the moment in which it is used again.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
