/** What an HTTP source may declare, over real HTTP: methods, pages, conditions, who asks, how patiently, and within which bounds. */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Kept, openKept } from '../../../../collectors/kept.ts'
import { http } from '../../../../collectors/kinds/http.ts'
import type { FetchContext } from '../../../../collectors/kinds/kind.ts'
import type { SourceOf } from '../../../../kpi/source.ts'
import { eventually } from '../../../support/eventually.ts'
import { type Answering, type Failing, startWorld, type World } from '../../../support/world.ts'
import { asking, httpSource } from '../../rig.ts'

const WINDOW = { from: Date.parse('2026-11-21T17:00:00Z'), to: Date.parse('2026-11-22T17:00:00Z') }

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let world: World
let kept: Kept
let asked: Asked[]
let answer: (one: Asked, at: number) => Answering | Failing
let waits: number[]

beforeAll(async () => {
  world = await startWorld(async (url, request) => {
    let body = ''
    for await (const part of request) body += part
    asked.push({ method: request.method ?? '', path: `${url.pathname}${url.search}`, headers: request.headers, body })
    return answer(asked.at(-1) as Asked, asked.length - 1)
  })
})
afterAll(() => world.stop())
beforeEach(() => {
  kept = openKept()
  asked = []
  waits = []
  return () => kept.stop()
})

async function fetched(more: Record<string, unknown>, context: Partial<FetchContext> = {}) {
  const source = httpSource(world.url, { url: `${world.url}/a`, rows: '', ...more }) as SourceOf<'http'>
  const pause = async (ms: number) => void waits.push(ms)
  const said = await http.fetch(source, { group: '', window: WINDOW }, asking({ kept, pause, ...context }))
  return {
    said,
    rows: 'rows' in said ? said.rows : null,
    content: 'content' in said ? said.content : undefined,
    wrong: 'wrong' in said ? said.wrong.en : null,
  }
}
const list = (...rows: readonly unknown[]): Answering => ({ body: JSON.stringify(rows) })
const paths = () => asked.map(({ path }) => path)

describe('what is asked', () => {
  test('moments in the form a system wants, in Viet Nam’s zone; the last moment of a window is inside it', async () => {
    answer = () => list()
    await fetched({
      url: `${world.url}/a?d={from:yyyy-MM-dd}&e={last:yyyy-MM-dd}&t={to:epoch-s}`,
      headers: { 'X-From': '{from:HHmm}' },
    })
    expect(paths()).toEqual([`/a?d=2026-11-22&e=2026-11-22&t=${WINDOW.to / 1000}`])
    expect(asked[0]?.headers['x-from']).toBe('0000')
  })

  test.each([
    [
      { year: '{from:yyyy}', page: '{page}', at: ['{from:epoch-ms}'], deep: { keep: 1 } },
      'application/json',
      JSON.stringify({ year: '2026', page: 1, at: [WINDOW.from], deep: { keep: 1 } }),
    ],
    ['a={from:yyyy-MM-dd}&p={page}', 'application/x-www-form-urlencoded', 'a=2026-11-22&p=1'],
    ['<q from="{from:yyyy}"><p>{page}</p></q>', 'application/xml; charset=utf-8', '<q from="2026"><p>1</p></q>'],
  ])('POST sends its body as what it is: %j', async (body, type, sent) => {
    answer = () => list()
    await fetched({ method: 'POST', body, paging: { by: 'page', size: 10 } })
    expect(asked[0]).toMatchObject({ method: 'POST', body: sent, headers: { 'content-type': type } })
  })
})

describe('pages', () => {
  const three = [[{ a: 1 }, { a: 2 }], [{ a: 3 }, { a: 4 }], [{ a: 5 }]]
  const all = [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }, { a: 5 }]
  test('by number, until one is shorter', async () => {
    answer = (_, at) => list(...(three[at] ?? []))
    expect((await fetched({ url: `${world.url}/a?p={page}&n={size}`, paging: { by: 'page', size: 2 } })).rows).toEqual(
      all,
    )
    expect(paths()).toEqual(['/a?p=1&n=2', '/a?p=2&n=2', '/a?p=3&n=2'])
  })
  test('by offset, by what really came', async () => {
    answer = (_, at) => list(...(three[at] ?? []))
    await fetched({ url: `${world.url}/a?o={offset}`, paging: { by: 'offset', size: 2 } })
    expect(paths()).toEqual(['/a?o=0', '/a?o=2', '/a?o=4'])
  })
  test('by cursor, which the first question leaves out', async () => {
    answer = (_, at) => ({ body: JSON.stringify({ data: three[at], next: at < 2 ? `c ${at}` : null }) })
    const { rows } = await fetched({
      ...{ method: 'POST', rows: 'data', url: `${world.url}/a?after={cursor}&x=1`, body: { after: '{cursor}' } },
      paging: { by: 'cursor', next: 'next' },
    })
    expect(rows).toEqual(all)
    expect(paths()).toEqual(['/a?x=1', '/a?after=c%200&x=1', '/a?after=c%201&x=1'])
    expect(asked.map(({ body }) => body)).toEqual(['{}', '{"after":"c 0"}', '{"after":"c 1"}'])
  })
  test('by Link header (RFC 8288), relative ones too, or by an address in the answer', async () => {
    answer = (_, at) => ({
      ...list(...(three[at] ?? [])),
      headers: at < 2 ? { link: `</a?at=${at}>; x=">"; title="n, m"; rel="prev next", </z>; rel=last` } : {},
    })
    expect((await fetched({ paging: { by: 'link' } })).rows).toEqual(all)
    answer = (_, at) => ({ body: JSON.stringify({ value: three[at % 3], next: at % 3 < 2 ? `/b?at=${at}` : '' }) })
    asked = []
    expect((await fetched({ rows: 'value', paging: { by: 'link', next: '$.next' } })).rows).toEqual(all)
    expect(paths()).toEqual(['/a', '/b?at=0', '/b?at=1'])
  })
  test.each<[string, Record<string, unknown>, (at: number) => Answering, string]>([
    [
      'another host',
      { paging: { by: 'link' } },
      () => ({ ...list(1), headers: { link: '<http://169.254.169.254/x>; rel=next' } }),
      'another host (169.254.169.254)',
    ],
    [
      'another scheme',
      { paging: { by: 'link' } },
      () => ({ ...list(1), headers: { link: '<file:///etc/passwd>; rel=next' } }),
      'another host',
    ],
    [
      'the same page for ever',
      { paging: { by: 'page' }, url: 'U/a?p={page}' },
      () => list(1),
      'two pages that are the same',
    ],
    [
      'more pages than declared',
      { paging: { by: 'page' }, url: 'U/a?p={page}', limits: { pages: 3 } },
      list,
      'more than 3 pages',
    ],
    [
      'more rows than declared',
      { paging: { by: 'page' }, url: 'U/a?p={page}', limits: { rows: 2 } },
      list,
      'more than 2 rows',
    ],
  ])('%s is a sentence and no half answer', async (_, more, say, sentence) => {
    answer = (_, at) => say(at)
    const { wrong } = await fetched({ ...more, url: String(more.url ?? 'U/a').replace('U', world.url) })
    expect(wrong).toContain(sentence)
  })
})

describe('answers known already', () => {
  test('ETag and Last-Modified are shown again, and 304 says nothing new', async () => {
    answer = ({ headers }) =>
      headers['if-none-match'] === '"v1"' && headers['if-modified-since'] !== undefined
        ? { status: 304 }
        : { ...list({ a: 1 }), headers: { etag: '"v1"', 'last-modified': 'Sat, 21 Nov 2026 00:00:00 GMT' } }
    const { content, rows } = await fetched({})
    expect(rows).toEqual([{ a: 1 }])
    expect((await fetched({}, { heard: content })).said).toEqual({ same: true })
    expect(asked[1]?.headers).toMatchObject({ 'if-none-match': '"v1"' })
    expect((await fetched({})).rows, 'asked without conditions where something does not stand').toEqual([{ a: 1 }])
  })
  test('a source that answers 304 unasked is not taken at its word', async () => {
    answer = () => ({ status: 304 })
    expect((await fetched({})).rows).toBeNull()
  })
  test('the same pages say nothing new', async () => {
    answer = ({ path }) => (path.endsWith('1') ? list({ a: 1 }) : list())
    const paged = { url: `${world.url}/a?p={page}`, paging: { by: 'page' } }
    const { content } = await fetched(paged)
    expect((await fetched(paged, { heard: content })).said).toEqual({ same: true })
  })
})

describe('packed answers', () => {
  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('%s is unpacked, and its bound is that of what it holds', async (name, pack) => {
    answer = () => ({ body: pack(JSON.stringify([{ a: 1 }])), headers: { 'content-encoding': name } })
    expect((await fetched({})).rows).toEqual([{ a: 1 }])
    answer = () => ({ body: pack(Buffer.alloc(5_000_000, ' ')), headers: { 'content-encoding': name } })
    expect((await fetched({ limits: { bytes: '100kB' } })).wrong).toContain('larger than 100kB')
    answer = () => ({ body: pack(Buffer.from('[1,2,3]')).subarray(0, -3), headers: { 'content-encoding': name } })
    expect((await fetched({})).wrong).toContain('broke off')
  })
  test('an unknown packing is named', async () => {
    answer = () => ({ body: 'x', headers: { 'content-encoding': 'zstd' } })
    expect((await fetched({})).wrong).toContain('packed as “zstd”')
  })
})

describe('who asks', () => {
  test('bearer, basic, and a key in a header or in the query', async () => {
    answer = () => list()
    await fetched({ auth: { bearer: 'mã-bí-mật' } }).catch(() => {})
    await fetched({ auth: { bearer: 'abc.def' } })
    await fetched({ auth: { basic: { user: 'ông', password: 'p:ă' } } })
    await fetched({ auth: { key: { header: 'X-Api-Key', value: 'k1' } } })
    await fetched({ url: `${world.url}/a?x=1`, auth: { key: { query: 'api_key', value: 'k 2&' } } })
    const [bearer, basic, header, query] = asked.slice(-4)
    expect(bearer?.headers.authorization).toBe('Bearer abc.def')
    expect(basic?.headers.authorization).toBe(`Basic ${Buffer.from('ông:p:ă').toString('base64')}`)
    expect(header?.headers['x-api-key']).toBe('k1')
    expect(query?.path).toBe('/a?x=1&api_key=k%202%26')
  })

  const oauth = { token: 'U/token', client: 'trung-tam', secret: 'b1-m4t-l4m-day', scope: 'read all' }
  const authed = (more = {}) => ({ auth: { oauth: { ...oauth, token: `${world.url}/token`, ...more } } })
  let tokens = 0
  const guard = ({ path, headers }: Asked): Answering =>
    path === '/token'
      ? {
          body: JSON.stringify({ access_token: `token-${++tokens}-0123456789`, token_type: 'Bearer', expires_in: 600 }),
        }
      : headers.authorization === `Bearer token-${tokens}-0123456789`
        ? list({ a: 1 })
        : { status: 401 }

  test('OAuth 2 client credentials: one token for all, renewed before it ends and once when it is refused', async () => {
    answer = guard
    let now = 0
    const ask = () => fetched(authed(), { now: () => now })
    expect((await Promise.all([ask(), ask(), ask()])).map(({ rows }) => rows)).toEqual(Array(3).fill([{ a: 1 }]))
    const sent = asked.filter(({ path }) => path === '/token')
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      body: 'scope=read+all&grant_type=client_credentials',
    })
    // Both parts are form-encoded before they are joined (RFC 6749 §2.3.1).
    const pair = Buffer.from(sent[0]?.headers.authorization?.slice(6) ?? '', 'base64').toString()
    expect(decodeURIComponent(pair)).toBe('trung-tam:b1-m4t-l4m-day')
    now = 560_000
    await ask()
    now = 571_000
    await ask()
    expect(paths().filter((path) => path === '/token')).toHaveLength(2)
    tokens += 1
    expect((await ask()).rows, 'taken back before its time').toEqual([{ a: 1 }])
    answer = (one) => (one.path === '/token' ? guard(one) : { status: 401 })
    expect((await ask()).wrong).toContain('status 401')
  })
  test('a server that gives the same token again is understood', async () => {
    answer = ({ path }) =>
      path === '/token'
        ? { body: '{"access_token":"the-same-token-again","token_type":"bearer","expires_in":1}' }
        : list({ a: 1 })
    let now = 0
    for (now of [0, 5000, 10_000]) expect((await fetched(authed(), { now: () => now })).rows).toEqual([{ a: 1 }])
    expect(asked.filter(({ headers }) => headers.authorization === 'Bearer the-same-token-again')).toHaveLength(3)
  })
  test('a refused client is a sentence with the word of the server; the form way is spoken too', async () => {
    answer = () => ({ status: 401, body: '{"error":"invalid_client","error_description":"b1-m4t-l4m-day"}' })
    expect((await fetched(authed())).wrong).toMatch(/no access token.*(401|invalid_client)/)
    answer = guard
    expect((await fetched(authed({ by: 'form' }))).rows).toEqual([{ a: 1 }])
    expect(asked.at(-2)?.body).toContain('client_secret=b1-m4t-l4m-day')
    answer = () => ({ body: '<html>' })
    expect((await fetched(authed({ client: 'khac' }))).wrong).toContain('not of OAuth 2')
  })
  test('what a source echoes of a secret is masked before anybody reads it', async () => {
    const digest = (text: unknown) => createHash('sha256').update(JSON.stringify(text)).digest('hex')
    answer = (one) => (one.path === '/token' ? guard(one) : list({ echo: one.headers, note: 'Hà Nội b1-m4t-l4m-day' }))
    const { rows } = await fetched(authed())
    expect(JSON.stringify(rows)).not.toMatch(/b1-m4t|token-\d/)
    expect(JSON.stringify(rows)).toContain('Hà Nội ***')
    expect(digest(rows)).toBeTruthy()
  })
})

describe('manners', () => {
  const down = (status: number, headers = {}): Answering => ({ status, headers })
  test('what may pass is asked again, ever later and with chance; what may not is not', async () => {
    answer = (_, at) => (at < 2 ? down(503) : list({ a: 1 }))
    expect((await fetched({ retries: 2 })).rows).toEqual([{ a: 1 }])
    expect(waits).toHaveLength(2)
    expect(waits[0]).toBeGreaterThanOrEqual(250)
    expect(waits[1]).toBeGreaterThanOrEqual(500)
    answer = () => down(404)
    asked = []
    expect((await fetched({ retries: 5 })).wrong).toContain('status 404')
    expect(asked).toHaveLength(1)
  })
  test('a source that is due again soon does not insist', async () => {
    answer = () => down(500)
    await fetched({ retries: 5 }, { soon: () => true })
    expect(asked).toHaveLength(1)
  })
  test('Retry-After, seconds or a date: a short one is sat out, a long one leaves the host alone for all its sources', async () => {
    let now = Date.parse('2026-11-22T03:00:00Z')
    const sit = async (ms: number) => {
      waits.push(ms)
      now += ms
    }
    answer = (_, at) => (at === 0 ? down(429, { 'retry-after': '7' }) : list(1))
    expect((await fetched({ retries: 1 }, { now: () => now, pause: sit })).rows).toEqual([1])
    expect(waits).toEqual([7000])
    answer = () => down(503, { 'retry-after': 'Sun, 22 Nov 2026 03:02:07 GMT' })
    expect((await fetched({ retries: 3 }, { now: () => now })).wrong).toContain('asks to wait 120 seconds')
    const before = asked.length
    answer = () => list(2)
    const other = await fetched({ url: `${world.url}/other` }, { now: () => now })
    expect(other.wrong).toMatch(/127\.0\.0\.1:\d+ asks to wait .Retry-After.; it is left alone until 10:02:07/)
    expect(asked).toHaveLength(before)
    now += 120_000
    expect((await fetched({}, { now: () => now })).rows).toEqual([2])
  })
  test('a host that fails five times in a row is left alone, tried once, and trusted again when it answers', async () => {
    let now = 0
    const ask = () => fetched({}, { now: () => now })
    answer = () => 'down'
    for (let i = 0; i < 5; i++) expect((await ask()).wrong).toContain('cannot be reached')
    expect((await ask()).wrong).toContain('failed 5 times in a row; it is left alone until 07:00:05')
    now = 5000
    expect((await ask()).wrong).toContain('cannot be reached')
    expect((await ask()).wrong).toContain('left alone until 07:00:15')
    now = 15_000
    answer = () => list(1)
    const before = asked.length
    expect(
      (await Promise.all([ask(), ask(), ask()])).map(({ rows }) => rows),
      'the others wait for the one that tries',
    ).toEqual([[1], [1], [1]])
    expect(asked).toHaveLength(before + 3)
    now = 0
    answer = () => 'down'
    for (let i = 0; i < 5; i++) await ask()
    now = 5000
    const tries = asked.length
    const said = await Promise.all([ask(), ask(), ask()])
    expect(said.filter(({ wrong }) => wrong?.includes('left alone'))).toHaveLength(2)
    // The one that tried: its connection was closed, and asked once more.
    expect(asked.length - tries).toBeLessThanOrEqual(2)
    now = 65_000
    answer = () => list(1)
    expect((await ask()).rows).toEqual([1])
    now = 0
    answer = () => down(500)
    for (let i = 0; i < 9; i++) expect((await ask()).wrong, 'one bad path is no bad host').toContain('status 500')
  })
  test('no more than declared are under way at one host', async () => {
    let [open, most] = [0, 0]
    const gate: (() => void)[] = []
    const busy = await startWorld(async ({ pathname }) => {
      if (pathname === '/there-and-back') return list(1)
      most = Math.max(most, ++open)
      await new Promise<void>((go) => gate.push(go))
      open -= 1
      return list(1)
    })
    const all = Array.from({ length: 7 }, (_, i) => fetched({ url: `${busy.url}/${i}`, concurrency: i === 3 ? 2 : 8 }))
    for (let left = all.length; left > 0; left--) {
      await eventually(() => expect(gate.length).toBe(Math.min(2, left)))
      // Time enough for a third to come, were it let go.
      await (await fetch(`${busy.url}/there-and-back`)).text()
      expect(most).toBe(2)
      gate.shift()?.()
    }
    await Promise.all(all)
    await busy.stop()
  })
})
