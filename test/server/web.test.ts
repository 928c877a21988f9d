/** HTTP: security headers, refusals with a sentence in the reader's language, questions checked before they reach the store. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disk } from '../../collectors/disk.ts'
import { openProblemLog } from '../../collectors/problem-log.ts'
import { openProblems } from '../../collectors/problems.ts'
import { access } from '../../server/access.ts'
import { createWeb } from '../../server/web.ts'
import { startStore, type TestStore } from '../support/store.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const DAY = 'from=2026-11-22&to=2026-11-23'
const KEY = 'khoa-cua-tuong-0001'
const pages = mkdtempSync(join(tmpdir(), 'toan-canh-pages-'))
const kept = mkdtempSync(join(tmpdir(), 'toan-canh-problems-'))
let house: TestStore
let server: Server
let url = ''

beforeAll(async () => {
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Toàn Cảnh</title>')
  house = await startStore(NOW)
  await house.say({ indicator: 'interchange/sent', unit: 'hue', from: NOW - 600_000 - 60_000, value: '12' })
  await house.fold()
  const web = createWeb({
    access: access({ host: '127.0.0.1', publicUrl: null, keys: [{ name: 'tuong', secret: KEY }] }),
    store: house.store,
    catalogue: () => house.catalogue,
    pulse: () => ({ at: NOW, store: house.storeId }),
    ready: async () => true,
    pages,
    problems: openProblemLog([kept]),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })
  server = createServer(web)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await house.stop()
  for (const folder of [pages, kept]) rmSync(folder, { recursive: true, force: true })
})

async function ask(path: string, init: RequestInit = {}) {
  const answer = await fetch(url + path, init)
  return { status: answer.status, headers: answer.headers, body: (await answer.text()) as string }
}
async function problem(path: string, init: RequestInit = {}) {
  const { status, headers, body } = await ask(path, init)
  expect(headers.get('content-type')).toContain('application/problem+json')
  return {
    ...(JSON.parse(body) as { status: number; title: string; field?: string; messages: { vi: string; en: string } }),
    status,
  }
}

test.each(['/', '/healthz', '/api/catalogue', '/nowhere', '/api/readings?indicator=nothing'])(
  '%s carries the security headers',
  async (path) => {
    const { headers } = await ask(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('x-powered-by')).toBeNull()
  },
)

test.each(['/', '/wall/country', '/wall/a/b', '/boards/published-2020?lang=en'])('%s is the one page', async (path) => {
  expect((await ask(path)).body).toContain('<title>Toàn Cảnh</title>')
})

test('the catalogue tells screens what they need and keeps addresses of sources to itself', async () => {
  const { body } = await ask('/api/catalogue')
  const said = JSON.parse(body) as { indicators: unknown[]; sources: Record<string, unknown>[]; boards: unknown[] }
  expect(said.indicators.length).toBeGreaterThan(10)
  expect(said.boards.length).toBeGreaterThan(1)
  for (const source of said.sources)
    expect(Object.keys(source).filter((name) => !['id', 'title', 'simulated', 'document'].includes(name))).toEqual([])
})

describe('a question', () => {
  test('is answered', async () => {
    const { status, body } = await ask('/api/readings?indicator=interchange/sent&where=unit:hue')
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ readings: [{ value: '12' }], pulse: { store: house.storeId } })
  })
  test.each([
    ['/api/readings?indicator=interchange/snt', 404, 'indicator', 'interchange/sent'],
    ['/api/readings', 400, 'indicator', 'Thiếu tham số indicator'],
    ['/api/readings?indicator=interchange/sent&wher=unit:hue', 400, 'wher', 'có phải ý bạn là where?'],
    ['/api/readings?indicator=interchange/sent&where=unit:hu', 404, 'where', '“hue”'],
    ['/api/readings?indicator=interchange/sent&where=unit', 400, 'where', 'cặp chiều:thành-viên'],
    ['/api/readings?indicator=interchange/sent&by=unit,unit', 400, 'by', 'mỗi chiều một lần'],
    ['/api/readings?indicator=interchange/sent&by=chanel', 404, 'by', 'Không có chiều “chanel”'],
    ['/api/series?indicator=interchange/sent&from=yesterday&to=2026-11-22', 400, 'from', 'thời điểm như'],
    ['/api/series?indicator=interchange/sent&from=2026-11-22&to=2026-11-21', 400, 'to', 'Khoảng thời gian ngược'],
    [
      '/api/series?indicator=interchange/sent&from=2020-01-01&to=2026-01-01&grain=minute',
      422,
      'from',
      'quá dài cho bước minute',
    ],
    [
      '/api/observations?indicator=interchange/sent&from=2026-11-21&to=2026-11-22&limit=9999',
      400,
      'limit',
      'từ 1 đến 5000',
    ],
    ['/api/everything', 404, undefined, 'Không có câu hỏi này'],
    ["/api/readings?indicator=interchange/sent&where=unit:hue'%20OR%201=1", 404, 'where', 'Không có thành viên'],
    ['/nowhere', 404, undefined, 'Không có trang /nowhere'],
    ['/wall/%E0%A4%A', 400, undefined, 'Địa chỉ không đọc được'],
  ])('%s is refused with a sentence', async (path, status, field, sentence) => {
    const said = await problem(path)
    expect(said.status).toBe(status)
    expect(said.field).toBe(field)
    expect(said.title).toContain(sentence)
    expect(said.messages.en).not.toBe('')
  })
  test.each([
    ['/api/readings?indicator=interchange/sent&by=tier', 'by', 'tier'],
    ['/api/readings?indicator=interchange/sent&where=tier:province', 'where', 'tier'],
    ['/api/readings?indicator=work-files/online-share&also=interchange/sent&by=tier', 'by', 'tier'],
    ['/api/readings?indicator=interchange/sent&by=unit,source', 'by', 'source'],
    [`/api/series?indicator=interchange/sent&${DAY}&by=tier`, 'by', 'tier'],
    [`/api/breakdown?indicator=interchange/sent&${DAY}&by=tier`, 'by', 'tier'],
    [`/api/breakdown?indicator=work-files/online-share&${DAY}&by=tier&against=interchange/sent`, 'by', 'tier'],
    [`/api/compare?indicator=interchange/sent&${DAY}&where=tier:province`, 'where', 'tier'],
    [`/api/ranking?indicator=interchange/sent&${DAY}&by=tier`, 'by', 'tier'],
    [`/api/contributions?indicator=interchange/sent&${DAY}&by=tier`, 'by', 'tier'],
    [`/api/anomalies?indicator=interchange/sent&${DAY}&by=tier`, 'by', 'tier'],
    [`/api/observations?indicator=interchange/sent&${DAY}&where=tier:province`, 'where', 'tier'],
    [`/api/observations?indicator=interchange/sent&${DAY}&where=tier:province&whole=1&format=csv`, 'where', 'tier'],
    [`/api/breakdown?indicator=interchange/sent&${DAY}&by=tier&format=xlsx`, 'by', 'tier'],
    [`/api/glass?indicator=interchange/sent&${DAY}&where=tier:province`, 'where', 'tier'],
    [`/api/corrections?indicator=interchange/sent&${DAY}&where=tier:province`, 'where', 'tier'],
    [`/api/page.pdf?indicator=interchange/sent&${DAY}&by=tier`, 'by', 'tier'],
    [`/api/board.yaml?indicator=interchange/sent&${DAY}&by=tier`, 'by', 'tier'],
  ])('%s by what does not divide the indicator is refused, with what does', async (path, field, dimension) => {
    const said = await problem(path)
    expect([said.status, said.field]).toEqual([400, field])
    expect(said.title).toContain(`chỉ tiêu interchange/sent không chia theo “${dimension}”; chiều của nó: unit.`)
    expect(said.messages.en).toContain(
      `the indicator interchange/sent is not divided by “${dimension}”; its dimensions: unit.`,
    )
  })
  test('of what nothing divides is answered by its total, and refused by anything else', async () => {
    const { status, body } = await ask(`/api/breakdown?indicator=system/alarms-open&${DAY}`)
    expect([status, (JSON.parse(body) as { readings: unknown }).readings]).toEqual([200, []])
    const said = await problem('/api/readings?indicator=system/alarms-open&by=unit,tier')
    expect([said.status, said.field]).toEqual([400, 'by'])
    expect(said.title).toContain('nó không chia theo chiều nào')
  })
  test('is refused in English on request', async () => {
    expect((await problem('/api/readings?lang=en')).title).toBe(
      'Parameter indicator is missing: it wants an indicator id such as interchange/sent.',
    )
    expect((await problem('/api/readings', { headers: { 'accept-language': 'en' } })).title).toContain(
      'Parameter indicator is missing',
    )
  })
  test('that changes something needs a key', async () => {
    const said = await problem('/api/readings?indicator=interchange/sent', { method: 'POST' })
    expect(said.status).toBe(401)
    expect(said.title).toContain('cần một khóa có tên')
  })
  test('that carries a key loses the key from its address, and nothing else', async () => {
    const at = async (path: string) => (await ask(path, { redirect: 'manual' })).headers.get('location')
    expect(await at('/wall/settlement?where=unit:hue&key=a-key&night=19:00-06:30')).toBe(
      '/wall/settlement?where=unit%3Ahue&night=19%3A00-06%3A30',
    )
    expect(await at('//evil.example/?key=a-key')).toBe('/evil.example/')
  })
  test.each(['/', '/wall/country', '/api/catalogue'])(
    'for %s keeps a good key for as long as a browser keeps anything, and no other',
    async (path) => {
      const cookieOf = async (headers: Record<string, string>) =>
        (await ask(path, { headers })).headers.get('set-cookie')
      expect(await cookieOf({ cookie: `toan-canh-key=${KEY}` })).toMatch(
        new RegExp(`^toan-canh-key=${KEY}; Max-Age=${400 * 86_400}; .*HttpOnly; SameSite=Strict$`),
      )
      expect(await cookieOf({ cookie: 'toan-canh-key=another' })).toBeNull()
      expect(await cookieOf({ authorization: `Bearer ${KEY}` })).toBeNull()
      expect(await cookieOf({})).toBeNull()
    },
  )
  test('with the key in its address begins so too', async () => {
    const { headers } = await ask(`/wall/country?key=${KEY}`, { redirect: 'manual' })
    expect(headers.get('set-cookie')).toContain(`Max-Age=${400 * 86_400}`)
  })
  test('says whose key it carries, and what it may', async () => {
    const said = async (headers: Record<string, string>) => JSON.parse((await ask('/api/key', { headers })).body)
    expect(await said({ authorization: `Bearer ${KEY}` })).toEqual({
      name: 'tuong',
      may: ['read', 'operate', 'direct'],
    })
    expect(await said({})).toEqual({ name: null, may: [] })
  })
  test('is not answered for another host', async () => {
    const said = await problem('/', { headers: { origin: 'http://evil.example' } })
    expect(said.status).toBe(403)
  })
})

test('GET /api/problems: of every source how many and the newest, of one source its rows; what is no source is refused', async () => {
  const source = [...house.catalogue.sources.keys()][0] ?? ''
  const message = { vi: 'không phải là số', en: 'is not a number' }
  const of = (row: number) => ({
    problem: { place: `source row ${row}`, row, field: 'sent', value: 'x', message, remedy: message },
    row: { row },
  })
  await openProblems(disk, kept, source).keep([of(1), of(2), of(3)], NOW)
  const json = async (path: string) => JSON.parse((await ask(path)).body)
  expect(await json('/api/problems')).toMatchObject({
    sources: [{ source, kept: 3, newest: { message, row: { row: 3 } } }],
  })
  const first = await json(`/api/problems?source=${source}&limit=2`)
  expect(first.problems.map(({ row }: { row: unknown }) => row)).toEqual([{ row: 3 }, { row: 2 }])
  const next = await json(`/api/problems?source=${source}&limit=2&after=${first.next}`)
  expect(next).toMatchObject({ problems: [{ row: { row: 1 } }], next: null })
  expect(await problem('/api/problems?source=demo/interchang')).toMatchObject({ status: 404, field: 'source' })
  expect(await problem('/api/problems?limit=0')).toMatchObject({ status: 400, field: 'limit' })
  const document = await json('/api/openapi.json')
  expect(document.paths['/api/problems'].get.parameters.map(({ name }: { name: string }) => name)).toEqual([
    ...['source', 'limit', 'after', 'lang'],
  ])
})

test('a store that cannot be reached is said to be away; any other error is a fault of our own, and is written down', async () => {
  const written: unknown[] = []
  const askFailing = async (cause: unknown) => {
    const failing = createServer(
      createWeb({
        ...{ access: access({ host: '127.0.0.1', publicUrl: null, keys: [] }), pages, ready: async () => true },
        store: { ...house.store, rows: () => Promise.reject(cause) },
        ...{ catalogue: () => house.catalogue, pulse: () => ({ at: NOW, store: house.storeId }) },
        log: { info: () => {}, warn: () => {}, error: (_text, error) => written.push(error) },
      }),
    )
    await new Promise<void>((ready) => failing.listen(0, '127.0.0.1', ready))
    const { port } = failing.address() as AddressInfo
    const { status } = await fetch(`http://127.0.0.1:${port}/api/readings?indicator=interchange/sent`)
    failing.closeAllConnections()
    failing.close()
    return status
  }
  const unreached = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  expect(await askFailing(unreached)).toBe(503)
  expect(await askFailing(Object.assign(new Error('Headers Timeout'), { code: 'UND_ERR_HEADERS_TIMEOUT' }))).toBe(503)
  expect(written).toEqual([])
  const fault = new Error('no such slice')
  expect(await askFailing(fault)).toBe(500)
  expect(written).toEqual([fault])
})
