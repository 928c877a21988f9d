/** Who may ask and who may change: host, origin and named keys, over real HTTP and real sockets. */
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { access, headersOf } from '../../server/access.ts'
import { startHub } from '../../server/live/hub.ts'

const SECRET = 'khoá-bí-mật-0123456789'
const local = access({ host: '127.0.0.1', publicUrl: null, keys: [{ name: 'truc-ban', secret: SECRET }] })
const open = access({
  host: '0.0.0.0',
  publicUrl: 'https://toan-canh.example.gov.vn',
  keys: [{ name: 'truc-ban', secret: SECRET }],
})

const asked = (headers: Record<string, string>, method = 'GET', url = '/') =>
  ({ headers, method, url }) as unknown as IncomingMessage
const key = { authorization: `Bearer ${encodeURIComponent(SECRET)}` }
const plainKey = access({
  host: '127.0.0.1',
  publicUrl: null,
  keys: [{ name: 'truc-ban', secret: 'plain-secret-0123456789' }],
})

describe('the host a request names', () => {
  test.each(['127.0.0.1:8080', 'localhost:8080', '[::1]:8080', 'LOCALHOST'])('%s is this system', (host) => {
    expect(local.refused(asked({ host }))).toBeNull()
  })
  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:8080', '', '10.0.0.1:8080', '0.0.0.0'])(
    '%j is not: a rebound name is refused',
    (host) => {
      expect(local.refused(asked({ host }))?.status).toBe(421)
    },
  )
  test('the public address counts once it is declared', () => {
    expect(open.refused(asked({ host: 'toan-canh.example.gov.vn', ...key }))?.status).not.toBe(421)
    expect(local.refused(asked({ host: 'toan-canh.example.gov.vn' }))?.status).toBe(421)
  })
})

test('who reads by the public name needs a key where there are any, also through what stands on this machine', () => {
  const [host, publicUrl] = ['toan-canh.example.gov.vn', 'https://toan-canh.example.gov.vn']
  const behind = access({
    host: '127.0.0.1',
    publicUrl,
    keys: [{ name: 'truc-ban', secret: 'plain-secret-0123456789' }],
  })
  expect(behind.refused(asked({ host }))?.status).toBe(401)
  expect(behind.refused(asked({ host, authorization: 'Bearer plain-secret-0123456789' }))).toBeNull()
  expect(behind.refused(asked({ host: '127.0.0.1:8080' }))).toBeNull()
  expect(behind.refused(asked({ host }, 'GET', '/screen'))).toBeNull()
  expect(access({ host: '127.0.0.1', publicUrl, keys: [] }).refused(asked({ host }))).toBeNull()
})

describe('the origin a browser names', () => {
  const host = '127.0.0.1:8080'
  test('the views for pages of others are for whoever asks, and nothing else is', () => {
    const origin = 'https://cong.example.gov.vn'
    expect(local.refused(asked({ host, origin }, 'GET', '/elements.js'))).toBeNull()
    expect(local.refused(asked({ host, origin }, 'GET', '/elements.js/../api/readings'))?.status).toBe(403)
    expect(local.refused(asked({ host, origin }, 'GET', '/api/readings'))?.status).toBe(403)
    expect(headersOf('/srv/client/elements.js')['Access-Control-Allow-Origin']).toBe('*')
    expect(headersOf('/srv/client/standby.js')).toEqual({ 'Cache-Control': 'no-cache' })
  })
  test('the same origin, or none from a program', () => {
    expect(local.refused(asked({ host, origin: 'http://127.0.0.1:8080' }))).toBeNull()
    expect(local.refused(asked({ host }))).toBeNull()
  })
  test.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1:8081',
    'http://127.0.0.1:8080.evil.example',
    'http://user@evil.example',
    'http://localhost:8080',
    'file://',
    'http://127.0.0.1',
    'http://xn--127-0-0-1.example:8080',
    '',
  ])('%j is refused', (origin) => expect(local.refused(asked({ host, origin }))?.status).toBe(403))
})

describe('changing anything', () => {
  const host = '127.0.0.1:8080'
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s needs a named key', (method) => {
    expect(plainKey.refused(asked({ host }, method))?.status).toBe(401)
    expect(plainKey.refused(asked({ host, authorization: 'Bearer wrong' }, method))?.status).toBe(401)
    const good = asked({ host, authorization: 'Bearer plain-secret-0123456789' }, method)
    expect(plainKey.refused(good)).toBeNull()
    expect(plainKey.keyName(good)).toBe('truc-ban')
  })
  test('without any declared key nothing may be changed', () => {
    const none = access({ host: '127.0.0.1', publicUrl: null, keys: [] })
    expect(none.refused(asked({ host, authorization: 'Bearer ' }, 'POST'))?.status).toBe(401)
  })
})

test('a key may what is said of it, and everything where nothing is', () => {
  const some = access({
    ...{ host: '127.0.0.1', publicUrl: null },
    keys: [
      { name: 'tat-ca', secret: 'secret-of-everything' },
      { name: 'truc', secret: 'secret-of-operators', may: ['read', 'operate'] },
    ],
  })
  const may = (secret: string) => some.mayOf(asked({ host: 'localhost', authorization: `Bearer ${secret}` }))
  expect(may('secret-of-everything')).toEqual(['read', 'operate', 'direct'])
  expect(may('secret-of-operators')).toEqual(['read', 'operate'])
  expect(may('nobody')).toEqual([])
})

describe('beyond this machine', () => {
  const host = 'toan-canh.example.gov.vn'
  test('reading needs a key too; the watchdog may still knock', () => {
    expect(open.refused(asked({ host }))?.status).toBe(401)
    expect(open.refused(asked({ host }, 'GET', '/api/readings'))?.status).toBe(401)
    expect(open.refused(asked({ host }, 'GET', '/healthz'))).toBeNull()
  })
  test('a browser keeps its key in a cookie', () => {
    const cookie = `other=1; toan-canh-key=${encodeURIComponent(SECRET)}`
    expect(open.keyName(asked({ host, cookie }))).toBe('truc-ban')
    expect(open.refused(asked({ host, cookie }))).toBeNull()
    expect(open.keyName(asked({ host, cookie: 'toan-canh-key=%E0%A4%A' }))).toBeNull()
  })
})

describe('a socket', () => {
  const http = createServer()
  const hub = startHub(http, {
    allow: (one) => local.refused(one) === null,
    snapshot: () => Promise.reject(new Error('no board here')),
  })
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
    port = (http.address() as AddressInfo).port
  })
  afterAll(() => hub.stop())

  const connects = (headers: Record<string, string>) =>
    new Promise<boolean>((done) => {
      const socket = io(`http://127.0.0.1:${port}`, {
        transports: ['websocket'],
        reconnection: false,
        extraHeaders: headers,
        forceNew: true,
      })
      socket.once('connect', () => {
        socket.close()
        done(true)
      })
      socket.once('connect_error', () => done(false))
    })

  test('opens for this system only', async () => {
    expect(await connects({})).toBe(true)
    expect(await connects({ origin: `http://127.0.0.1:${port}` })).toBe(true)
    expect(await connects({ origin: 'http://evil.example' })).toBe(false)
    expect(await connects({ host: 'evil.example' })).toBe(false)
  })

  test('is not offered as long polling', async () => {
    const status = await new Promise<number>((done) => {
      request({ port, path: '/socket.io/?EIO=4&transport=polling' }, (answer) => {
        answer.resume()
        done(answer.statusCode ?? 0)
      }).end()
    })
    expect(status).toBe(400)
  })
})
