/** The questions over HTTP on a test store, as screens and scripts ask them. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { access } from '../../server/access.ts'
import { createWeb } from '../../server/web.ts'
import type { TestStore } from './store.ts'

export interface TestWeb {
  readonly url: string
  readonly server: Server
  /** The answer to a question; throws with its problem when there is none. */
  ask<T>(path: string): Promise<T>
  /** The problem a question is refused with. */
  refused(path: string): Promise<{ readonly status: number; readonly title: string; readonly field?: string }>
  /** Sends a body with the key `one` of truc-ban. */
  post(path: string, body: object): Promise<number>
  stop(): Promise<void>
}

export async function startWeb(
  house: TestStore,
  catalogue: () => Catalogue = () => house.catalogue,
  pages = tmpdir(),
): Promise<TestWeb> {
  const server = createServer(
    createWeb({
      access: access({ host: '127.0.0.1', publicUrl: null, keys: [{ name: 'truc-ban', secret: 'one' }] }),
      store: house.store,
      catalogue,
      pulse: () => ({ at: house.clock.now, store: house.storeId }),
      ready: async () => true,
      pages,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    }),
  )
  // Lines end by who asks: none is closed in the moment in which it is used again.
  server.keepAliveTimeout = 0
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    server,
    async ask<T>(path: string) {
      const answer = await fetch(url + path)
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as T
    },
    async refused(path) {
      const answer = await fetch(url + path)
      return { ...((await answer.json()) as { title: string; field?: string }), status: answer.status }
    },
    async post(path, body) {
      const headers = { 'content-type': 'application/json', authorization: 'Bearer one' }
      return (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).status
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
