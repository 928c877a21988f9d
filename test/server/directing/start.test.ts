/** Screens over real HTTP and real sockets on a real store: code, confirmation, key, scope, program, report, revocation, restart. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Incident } from '../../../kpi/incident.ts'
import type { Painted } from '../../../kpi/painted.ts'
import type { Program } from '../../../kpi/program.ts'
import type { Reading } from '../../../kpi/reading.ts'
import type { ActsAnswer, ScreensAnswer } from '../../../kpi/screens.ts'
import type { WatchAnswer } from '../../../kpi/wire.ts'
import { access } from '../../../server/access.ts'
import { directed } from '../../../server/directing/painted.ts'
import { type Directing, startDirecting } from '../../../server/directing/start.ts'
import { type Hub, startHub } from '../../../server/live/hub.ts'
import { createWeb } from '../../../server/web.ts'
import { english } from '../../support/english.ts'
import { eventually } from '../../support/eventually.ts'
import { startStore, type TestStore } from '../../support/store.ts'

const NOW = Date.parse('2026-11-26T09:00:00+07:00')
const KEY = 'khoa-cua-dao-dien-1'
const OPERATOR = 'khoa-cua-truc-ban-01'
const log = { info: () => {}, warn: () => {}, error: () => {} }

let house: TestStore
let server: Running
const watch = { time: 0 }
const incidents: Incident[] = []
beforeAll(async () => {
  house = await startStore(NOW)
  server = await open()
})
afterAll(async () => {
  await server.stop()
  await house.stop()
})
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close()
})

interface Running {
  readonly url: string
  readonly directing: Directing
  readonly hub: Hub
  stop(): Promise<void>
}

/** A server that is open to the network: whatever carries no key is refused. */
async function open(): Promise<Running> {
  const directing = await startDirecting({
    ...{ store: house.store, catalogue: house.catalogue, incidents: () => incidents, watch: () => watch.time, log },
  })
  const gate = access({
    ...{ host: '0.0.0.0', publicUrl: null },
    keys: [
      { name: 'dao-dien', secret: KEY },
      { name: 'truc', secret: OPERATOR, may: ['read', 'operate'] },
    ],
    screens: (key) => directing.screenOfKey(key)?.id ?? null,
  })
  let hub: Hub | undefined
  const web = createWeb({
    ...{ access: gate, store: house.store, catalogue: () => house.catalogue, log, pages: tmpdir() },
    pulse: () => ({ at: house.clock.now, store: house.storeId }),
    ready: async () => true,
    proxies: ['loopback'],
    directing: { directing, changed: () => hub?.direct(), look: async (link) => (hub ? hub.look(link) : null) },
  })
  const http: Server = createServer(web)
  hub = startHub(http, {
    allow: (request) => gate.refused(request) === null,
    snapshot: async (board) => ({
      ...{ board, pulse: { at: house.clock.now, store: house.storeId }, readings: [], revised: [] },
      health: { store: 'ok', sources: [], problems: 0 },
    }),
    directing: directed(directing, gate.screenOf),
  })
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
  const own = hub
  return {
    ...{ directing, hub },
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async stop() {
      await own.stop()
      http.closeAllConnections()
    },
  }
}

const person = { authorization: `Bearer ${KEY}` }
const json = { 'content-type': 'application/json' }
async function ask(path: string, headers: Record<string, string> = {}, body?: object) {
  const init = body ? { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) } : { headers }
  const answer = await fetch(server.url + path, init)
  const said = (await answer.json()) as Record<string, never>
  const cookie = /toan-canh-screen=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? ''
  return { status: answer.status, said, cookie: { cookie: `toan-canh-screen=${cookie}` } }
}
const direct = (body: object) => ask('/api/directing', person, body)
const answer = async () => (await ask('/api/screens', person)).said as unknown as ScreensAnswer

/** A screen that asked for a code and was let in. */
async function letIn(name: string, more: object = {}) {
  const { said, cookie } = await ask('/api/screen', {}, { width: 1920, height: 1080 })
  const pair = await direct({ act: 'pair', code: said.code, name, group: 'duty', ...more })
  expect([pair.said, pair.status]).toEqual([expect.objectContaining({ entry: expect.any(String) }), 201])
  const id = (await answer()).screens.find(({ paired }) => paired?.name === name)?.id ?? ''
  return { cookie, id }
}

/** Connects; what the server does not take is an error. */
async function connect(path: string, headers: Record<string, string>): Promise<Socket> {
  const options = { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: headers }
  const socket = io(server.url + path, options)
  sockets.push(socket)
  await new Promise<void>((ready, failed) => {
    socket.once('connect', ready)
    socket.once('connect_error', failed)
  })
  return socket
}

/** The link of a paired screen, with every program it was told. */
async function told(headers: Record<string, string>) {
  const programs: (Program | null)[] = []
  const options = { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: headers }
  const socket = io(`${server.url}/screen`, options)
  sockets.push(socket)
  socket.on('program', (program: Program | null) => programs.push(program))
  await eventually(() => expect(programs.length).toBeGreaterThan(0))
  return { socket, programs }
}

describe('pairing', () => {
  test('behind a proxy on this machine each screen asks by its own address', async () => {
    const waits = async (from: string) => {
      const { said } = await ask('/api/screen', { 'x-forwarded-for': from }, {})
      return (await answer()).waiting.find(({ code }) => code === said.code)?.address
    }
    expect([await waits('10.1.0.7'), await waits('10.1.0.8')]).toEqual(['10.1.0.7', '10.1.0.8'])
  })

  test('without a key a screen gets nothing but its code; the code alone opens nothing', async () => {
    for (const path of ['/api/screens', '/api/catalogue', '/api/readings?indicator=interchange/sent'])
      expect((await ask(path)).status).toBe(401)
    const { said, cookie, status } = await ask('/api/screen', {}, {})
    expect([status, said.state]).toEqual([201, 'waiting'])
    expect((await ask('/api/screen', cookie)).said).toEqual(said)
    // Asking once more does not make it another screen.
    expect(await ask('/api/screen', cookie, {})).toMatchObject({
      said,
      status: 200,
      cookie: { cookie: 'toan-canh-screen=' },
    })
    expect((await ask('/api/catalogue', cookie)).status).toBe(401)
    await expect(connect('', cookie)).rejects.toThrow()
    expect((await answer()).waiting.map(({ code }) => code)).toContain(said.code)
  })

  test('a person with a key lets it in by the code, typed as people type; nobody else does', async () => {
    const { said, cookie } = await ask('/api/screen', {}, {})
    const code = String(said.code)
    const typed = `${code.slice(0, 3)} - ${code.slice(3)}`.toLowerCase()
    const body = { act: 'pair', code: typed, name: 'Tường trái', group: 'duty', place: 'left' }
    expect((await ask('/api/directing', {}, body)).status).toBe(401)
    expect((await ask('/api/directing', cookie, body)).status).toBe(401)
    // A key that may act on incidents may look at screens, and not direct them.
    const operator = { authorization: `Bearer ${OPERATOR}` }
    expect(await ask('/api/directing', operator, body)).toMatchObject({
      status: 403,
      said: { messages: { vi: expect.stringContaining('“truc”'), en: expect.stringContaining('the right direct') } },
    })
    expect((await ask('/api/screens', operator)).status).toBe(200)
    expect((await ask('/api/key', operator)).said).toEqual({ name: 'truc', may: ['read', 'operate'] })
    expect((await direct({ ...body, group: 'nowhere' })).said).toMatchObject({ field: 'group', status: 404 })
    expect((await direct({ ...body, place: 'above' })).said).toMatchObject({ field: 'place', status: 404 })
    expect((await direct({ ...body, code: '222222' })).said).toMatchObject({ field: 'code', status: 404 })
    expect((await direct(body)).status).toBe(201)
    expect((await ask('/api/screen', cookie)).said).toMatchObject({
      state: 'paired',
      screen: { name: 'Tường trái', group: 'duty', place: 'left', by: 'dao-dien' },
    })
    expect((await ask('/api/catalogue', cookie)).status).toBe(200)
    // The console is for people, and a screen never acts.
    expect((await ask('/api/screens', cookie)).status).toBe(403)
    expect((await ask('/api/directing', cookie, { act: 'undo', group: 'duty' })).status).toBe(401)
    const again = await ask('/api/screen', {}, {})
    expect((await direct({ ...body, code: again.said.code })).said).toMatchObject({ field: 'name', status: 409 })
  })

  test('a screen that asks while it is being let in is told that it waits or that it is in, never that nobody knows it', async () => {
    const { said, cookie } = await ask('/api/screen', {}, {})
    const letting = direct({ act: 'pair', code: said.code, name: 'Hỏi giữa chừng', group: 'duty' })
    const states = new Set<string>()
    while (!states.has('paired')) states.add(String((await ask('/api/screen', cookie)).said.state))
    expect((await letting).status).toBe(201)
    expect(states).not.toContain('unknown')
  })

  test('the store holds no key, and a server that starts anew knows the screen by it', async () => {
    const { cookie } = await letIn('Nhớ lâu')
    const key = cookie.cookie.split('=')[1] ?? ''
    const rows = await house.store.rows<{ said: string }>('ask', 'SELECT said FROM journal')
    expect(rows.map(({ said }) => said).join()).not.toContain(key)
    await server.stop()
    server = await open()
    expect((await ask('/api/screen', cookie)).said).toMatchObject({ state: 'paired', screen: { name: 'Nhớ lâu' } })
  })
})

describe('a paired screen', () => {
  test('with boards of its own watches and asks about those, and nothing else', async () => {
    const { cookie, id } = await letIn('Chỉ liên thông', { boards: ['interchange'] })
    const socket = await connect('', cookie)
    const watching = async (board: string) =>
      (await socket.timeout(60_000).emitWithAck('watch', { board })) as WatchAnswer
    expect((await watching('interchange')).ok).toBe(true)
    expect(await watching('settlement')).toMatchObject({
      ok: false,
      problem: { en: expect.stringContaining('may not show') },
    })
    expect((await ask('/api/readings?indicator=interchange/sent', cookie)).status).toBe(200)
    for (const path of [
      '/api/readings?indicator=filings/received',
      '/api/readings?indicator=interchange/sent&also=filings/received',
      '/api/breakdown?indicator=interchange/sent&from=2026-11-21&to=2026-11-22&against=filings/received',
      '/api/problems',
      '/api/incidents',
      '/api/shown?board=country&at=2026-11-22',
    ])
      expect((await ask(path, cookie)).status, path).toBe(403)
    expect((await ask('/api/readings?indicator=filings/received', { ...cookie, ...person })).status).toBe(200)
    // What somebody who may know it has just been answered is no answer to this screen.
    const line = '/api/series?indicator=filings/received&from=2026-11-21&to=2026-11-22'
    expect((await ask(line, person)).status).toBe(200)
    expect((await ask(line, cookie)).status).toBe(403)
    expect((await ask(line)).status).toBe(401)
    expect((await ask(line, person)).status).toBe(200)
    // Its group shows a board that it may not: it is told so, and not the board.
    expect((await told(cookie)).programs[0]).toMatchObject({
      now: null,
      problem: { vi: expect.stringContaining('không được phép') },
    })
    // It is there, and says so: what it shows is no board.
    const own = async () => (await answer()).screens.find((one) => one.id === id)
    expect((await own())?.state).toBe('starting')
    const { socket: link } = await told(cookie)
    link.emit('says', 7)
    link.emit('says', { vi: 'không được phép', en: 'may not' })
    await eventually(async () =>
      expect(await own()).toMatchObject({ state: 'message', message: { vi: 'không được phép' }, painted: null }),
    )
    // What it looks at is taken from it while it looks.
    expect((await watching('interchange')).ok).toBe(true)
    house.clock.now += 1000
    const change = { act: 'change', screen: id, name: 'Chỉ cổng', group: 'duty', boards: ['portal'] }
    expect((await direct(change)).status).toBe(201)
    await eventually(() => expect(socket.connected).toBe(false))
    await direct({ act: 'revoke', screen: id })
  })

  test('is told what is on, and what was taken before it counts; undone, what was on before', async () => {
    const { cookie } = await letIn('Bên phải', { place: 'right' })
    const { programs } = await told(cookie)
    expect(programs[0]).toMatchObject({
      screen: { name: 'Bên phải' },
      now: { scene: 'desks', board: 'incidents' },
      next: null,
    })
    await direct({ act: 'take', group: 'duty', scene: 'night' })
    await eventually(() => expect(programs.at(-1)?.now?.why.kind).toBe('calendar'))
    house.clock.now += 2500
    server.hub.direct()
    await eventually(() =>
      expect(programs.at(-1)?.now).toMatchObject({ scene: 'night', why: { kind: 'taken', by: 'dao-dien' } }),
    )
    expect((await direct({ act: 'take', group: 'duty', scene: 'night', for: 'soon' })).said).toMatchObject({
      field: 'for',
    })
    await direct({ act: 'take', group: 'duty', scene: 'country', for: '5m' })
    await eventually(() =>
      expect(programs.at(-1)?.next).toMatchObject({
        scene: 'country',
        at: Math.ceil(house.clock.now / 1000) * 1000 + 2000,
      }),
    )
    await direct({ act: 'undo', group: 'duty' })
    house.clock.now += 4000
    server.hub.direct()
    await eventually(() => expect(programs.at(-1)).toMatchObject({ now: { scene: 'night' }, next: null }))
    await direct({ act: 'undo', group: 'duty' })
    house.clock.now += 4000
    server.hub.direct()
    await eventually(() => expect(programs.at(-1)?.now?.scene).toBe('desks'))
    expect((await direct({ act: 'undo', group: 'duty' })).said).toMatchObject({ status: 409 })
    const { acts } = await answer()
    expect(acts.slice(0, 2).map(({ act, by }) => `${act} ${by}`)).toEqual(['undone dao-dien', 'undone dao-dien'])
    // All of the journal is read page by page, and the last page says so.
    const pages: string[] = []
    for (let before: string | null = ''; before !== null; ) {
      const { said } = await ask(`/api/directing?limit=3${before && `&before=${before}`}`, person)
      const page = said as unknown as ActsAnswer
      pages.push(...page.acts.map(({ id }) => id))
      before = page.next
    }
    expect(pages).toEqual(acts.map(({ id }) => id))
    expect((await ask('/api/directing?before=nobody-did-this', person)).said).toMatchObject({
      field: 'before',
      status: 404,
    })
    expect((await ask('/api/directing', cookie)).status).toBe(403)
  })

  test('another server hears of an act through the store', async () => {
    const { cookie } = await letIn('Máy khác')
    const first = server
    const second = await open()
    await direct({ act: 'take', group: 'hall', scene: 'units' })
    house.clock.now += 3000
    await second.directing.beat()
    expect(second.directing.answer().groups.find(({ id }) => id === 'hall')).toMatchObject({
      now: { scene: 'units', board: 'settlement?unit=ha-noi' },
      taken: { by: 'dao-dien' },
    })
    expect(second.directing.screenOfKey(cookie.cookie.split('=')[1] ?? '')).toMatchObject({ name: 'Máy khác' })
    await second.stop()
    expect(server).toBe(first)
  })

  test('whose key is taken away is told so, loses its connections, and is nobody', async () => {
    const { cookie, id } = await letIn('Thu hồi')
    const link = await told(cookie)
    const board = await connect('', cookie)
    await direct({ act: 'revoke', screen: id })
    await eventually(() =>
      expect([link.programs.at(-1), link.socket.connected, board.connected]).toEqual([null, false, false]),
    )
    expect((await ask('/api/screen', cookie)).said).toEqual({ state: 'unknown' })
    expect((await ask('/api/catalogue', cookie)).status).toBe(401)
    await expect(connect('', cookie)).rejects.toThrow()
    expect((await direct({ act: 'revoke', screen: id })).status).toBe(404)
  })
})

describe('what a screen says it painted', () => {
  const painted = (more: Partial<Painted> = {}): Painted => ({
    ...{ page: 'page-x', board: 'interchange', pulse: house.clock.now, took: 9, width: 1920, height: 1080, ratio: 1 },
    ...{ language: 'vi', build: 'index-x', visible: true, busy: [1, 80], errors: 0 },
    ...more,
  })

  test('is in the list of screens; nonsense is not; who stops saying so while pulses go out stands still', async () => {
    const { cookie, id } = await letIn('Đứng hình')
    const socket = await connect('', cookie)
    const own = async () => (await answer()).screens.find((one) => one.id === id)
    socket.emit('painted', { page: 'page-x', board: 7 })
    socket.emit('painted', null)
    socket.emit('painted', painted())
    await eventually(async () => expect(await own()).toMatchObject({ state: 'live', painted: painted() }))
    for (let i = 0; i < 5; i++) {
      watch.time += 1000
      server.directing.table.told('interchange', house.clock.now)
    }
    expect(await own()).toMatchObject({ state: 'frozen', since: house.clock.now })
    socket.emit('painted', painted())
    await eventually(async () => expect((await own())?.state).toBe('live'))
    socket.close()
    await eventually(async () => {
      watch.time += 4000
      expect((await own())?.state).toBe('lost')
    })
  })

  test('how many of those that are paired paint is said once a minute, and what a rule reads', async () => {
    const warned: string[] = []
    const directing = await startDirecting({
      ...{ store: house.store, catalogue: house.catalogue, incidents: () => incidents, watch: () => watch.time },
      log: { ...log, warn: (text) => void warned.push(english(text)) },
    })
    const [one, two] = [await letIn('Đang vẽ'), await letIn('Tắt máy')]
    const minute = async () => {
      house.clock.now += 60_000
      watch.time += 60_000
      await directing.beat()
      directing.table.painted('link', one.id, painted())
      await directing.beat()
      house.clock.now += 60_000
      watch.time += 1000
      await directing.beat()
      await house.fold()
      const { said } = await ask('/api/readings?indicator=system/screens-well&window=latest', person)
      return (said as unknown as { readings: Reading[] }).readings[0]
    }
    const well = await minute()
    const paired = directing.answer().screens.filter((each) => each.paired).length
    expect(well).toMatchObject({ numerator: '1', denominator: String(paired), status: 'critical' })
    directing.table.joined('other', two.id)
    directing.table.left('other')
    watch.time += 4000
    await directing.beat()
    await directing.beat()
    expect(warned.filter((text) => text.includes('Tắt máy is lost'))).toHaveLength(1)
  })

  test('a look is what the screen answers; one that does not answer says so', async () => {
    const { cookie, id } = await letIn('Nhìn')
    const socket = await connect('', cookie)
    expect((await ask(`/api/screens/${id}/look`, person)).status).toBe(504)
    socket.on('look', (say: (look: object) => void) => say({ board: 'interchange', drawn: [] }))
    socket.emit('painted', painted({ page: 'page-y' }))
    await eventually(async () =>
      expect(await ask(`/api/screens/${id}/look`, person)).toMatchObject({
        status: 200,
        said: { board: 'interchange' },
      }),
    )
    expect((await ask('/api/screens/screen-nobody/look', person)).status).toBe(404)
    // A page that has just left is no fault, and no line in the console of whoever looked at it.
    const gone = await fetch(`${server.url}/api/screens/page:nobody/look`, { headers: person })
    expect([gone.status, await gone.text()]).toEqual([204, ''])
  })
})

test('a screen of one picture is told which part of it is its own, and the same program as its neighbour', async () => {
  const left = await letIn('Ghép trái', { group: 'wide', place: 'left' })
  const right = await letIn('Ghép phải', { group: 'wide', place: 'right' })
  const [one, other] = [await told(left.cookie), await told(right.cookie)]
  const of = { width: 7680, height: 2160 }
  expect(one.programs.at(-1)?.part).toEqual({ x: 0, y: 0, width: 3840, height: 2160, of, free: null })
  expect(other.programs.at(-1)?.part).toEqual({ x: 3840, y: 0, width: 3840, height: 2160, of, free: null })
  expect(other.programs.at(-1)?.now).toEqual(one.programs.at(-1)?.now)
  // They change places while they run.
  house.clock.now += 1000
  await direct({ act: 'change', screen: left.id, name: 'Ghép trái', group: 'wide', place: 'right' })
  await eventually(() => expect([one, other].map(({ programs }) => programs.at(-1)?.part?.x)).toEqual([3840, 0]))
  for (const { id } of [left, right]) await direct({ act: 'revoke', screen: id })
})
