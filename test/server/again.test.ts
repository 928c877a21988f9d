/** What was just asked: answered before the web for whoever may have it, as long as it is true; all else is the web's. */
import { once } from 'node:events'
import { createServer, get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { startAgain } from '../../server/again.ts'
import { sentOf } from '../../server/sent.ts'
import { eventually } from '../support/eventually.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A web that reads each question as `web.ts` does, and says which came to it. */
async function open(answer: (gone: AbortSignal) => Promise<object>) {
  let pulse = 1
  const read: string[] = []
  const again = startAgain(() => [pulse])
  const server = createServer(
    again.before((request, response) => {
      read.push(`${request.method} ${request.url}`)
      response.setHeader('X-Guarded', 'yes')
      if (request.headers.cookie === 'other') return void response.writeHead(403).end()
      const allows = (one: IncomingMessage) => one.headers.cookie !== 'other'
      again.note(request, response, { under: [pulse], allows, answer: (gone) => answer(gone).then(said) })
      answer(new AbortController().signal).then(
        (one) => response.setHeader('ETag', said(one).tag).end(said(one).body),
        () => response.writeHead(503).end(),
      )
    }),
  )
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  stops.push(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  })
  const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  const ask = async (path: string, headers: IncomingHttpHeaders = {}, method = 'GET') => {
    const [response] = (await once(get(at(path), { headers, method }), 'response')) as [IncomingMessage]
    return { status: response.statusCode, headers: response.headers, text: await text(response) }
  }
  return {
    ...{ read, at, ask },
    beat() {
      pulse++
    },
  }
}

const said = (one: object) => sentOf(one, (told) => told)
const ANSWER = { points: [1, 2] }

test('who asks the same in the same pulse has the same answer without the web; in the next it is read anew', async () => {
  const { ask, read, beat } = await open(async () => ANSWER)
  const first = await ask('/api/series?a=1')
  const second = await ask('/api/series?a=1')
  expect(second).toMatchObject({ status: 200, text: JSON.stringify(ANSWER), headers: { 'x-guarded': 'yes' } })
  expect(second.headers.etag).toBe(first.headers.etag)
  expect(read).toEqual(['GET /api/series?a=1'])
  expect(await ask('/api/series?a=1', { 'if-none-match': second.headers.etag })).toMatchObject({
    status: 304,
    text: '',
  })
  expect(await ask('/api/series?a=1', { 'if-none-match': 'W/"else"' })).toMatchObject({ status: 200 })
  expect(read).toHaveLength(1)
  await ask('/api/series?a=2')
  beat()
  await ask('/api/series?a=1')
  expect(read).toEqual(['GET /api/series?a=1', 'GET /api/series?a=2', 'GET /api/series?a=1'])
})

test('who may not have it, asks otherwise, or wants it weighed, is left to the web', async () => {
  const { ask, read } = await open(async () => ANSWER)
  await ask('/api/series')
  expect(await ask('/api/series', { cookie: 'other' })).toMatchObject({ status: 403, text: '' })
  await ask('/api/series', {}, 'HEAD')
  await ask('/api/series', { 'cache-control': 'no-cache' })
  await ask('/api/series', { range: 'bytes=0-1' })
  expect(read).toHaveLength(5)
})

test('why there is no answer is said by the web; who leaves is waited for no more', async () => {
  let gone: AbortSignal | undefined
  let fails = false
  const { ask, read, at } = await open(async (signal) => {
    if (fails) throw new Error('away')
    if (read.length < 2) return ANSWER
    gone = signal
    return new Promise<object>(() => {})
  })
  await ask('/api/series')
  fails = true
  expect(await ask('/api/series')).toMatchObject({ status: 503 })
  expect(read).toHaveLength(2)
  fails = false
  const leaving = get(at('/api/series'))
  leaving.on('error', () => {})
  await eventually(() => expect(gone).toBeDefined())
  expect(gone?.aborted).toBe(false)
  leaving.destroy()
  await eventually(() => expect(gone?.aborted).toBe(true))
  expect(read).toHaveLength(2)
})
