/** Held values wait for a person: listed, released or refused by name and with a reason; the last taken value speaks meanwhile. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Answers } from '../../kpi/query.ts'
import { access } from '../../server/access.ts'
import { heldOf } from '../../server/care/args.ts'
import { decideHeld, listHeld } from '../../server/care/held.ts'
import { createWeb } from '../../server/web.ts'
import { care } from '../support/care.ts'
import { livingAt } from '../support/living.ts'
import { startStore, type TestStore } from '../support/store.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const DAY = 'from=2026-11-22&to=2026-11-23'
const SENT = 'interchange/sent'
let house: TestStore
let server: Server
let url = ''
/** Each test speaks of a span of its own. */
let from = NINE
beforeEach(() => {
  from += 300_000
})

beforeAll(async () => {
  house = await startStore(NOW)
  const web = createWeb({
    access: access({
      ...{ host: '127.0.0.1', publicUrl: null },
      keys: [
        { name: 'truc-ban', secret: 'one' },
        { name: 'lanh-dao', secret: 'two' },
      ],
    }),
    store: house.store,
    catalogue: () => house.catalogue,
    pulse: () => ({ at: house.clock.now, store: house.storeId }),
    ready: async () => true,
    pages: tmpdir(),
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
})

async function say(value: string, state: 'taken' | 'held', unit = 'hue', more: object = {}) {
  house.clock.now += 1000
  await house.say({ indicator: SENT, unit, from, value, state, reason: state === 'held' ? 'too-large' : '', ...more })
}
async function waiting(): Promise<Answers['held']['held']> {
  const answer = await fetch(`${url}/api/held?${DAY}&indicator=${SENT}`)
  return ((await answer.json()) as Answers['held']).held.filter((one) => one.from === from)
}
async function decide(body: object, key = 'one') {
  house.clock.now += 1000
  const answer = await fetch(`${url}/api/decisions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  type Body = { reason: string; title: string; field?: string; messages?: object }
  return { status: answer.status, body: (await answer.json()) as Body }
}
async function value(): Promise<string | null> {
  await house.fold()
  const span = `from=${from}&to=${from + 300_000}`
  const answer = await fetch(`${url}/api/series?indicator=${SENT}&${span}&grain=minute&where=unit:hue`)
  return ((await answer.json()) as Answers['series']).points[0]?.value ?? null
}

test('a held value is listed beside the one that speaks; released it counts, with name and reason', async () => {
  await say('10', 'taken')
  await say('100000', 'held')
  const [one, ...others] = await waiting()
  expect(others).toEqual([])
  expect(one).toMatchObject({ value: '100000', standing: '10', reason: 'too-large', members: { unit: 'hue' } })
  expect(await value()).toBe('10')
  const decision = { id: one?.id, indicator: SENT, from, decision: 'release', reason: 'đã gọi cho đơn vị' }
  const said = await decide(decision)
  expect(said).toMatchObject({
    status: 201,
    body: { value: '100000', state: 'taken', reason: 'released 100000 by truc-ban: đã gọi cho đơn vị' },
  })
  expect(await waiting()).toEqual([])
  expect(await value()).toBe('100000')
  const behind = (await (
    await fetch(`${url}/api/observations?indicator=${SENT}&${DAY}`)
  ).json()) as Answers['observations']
  expect(behind.observations.filter((version) => version.from === from).map(({ decided }) => decided)).toEqual([
    { decision: 'released', value: '100000', by: 'truc-ban', why: 'đã gọi cho đơn vị' },
    null,
    null,
  ])
  expect((await decide(decision)).status).toBe(201)
  expect((await decide({ ...decision, decision: 'refuse' }, 'two')).status).toBe(409)
  expect(await value()).toBe('100000')
})

test('refused, what stood before stands; where nothing stood the key is silent', async () => {
  await say('10', 'taken')
  await say('100000', 'held')
  const [one] = await waiting()
  await decide({ id: one?.id, indicator: SENT, from, decision: 'refuse', reason: 'gõ nhầm' }, 'two')
  expect(await waiting()).toEqual([])
  expect(await value()).toBe('10')
  from += 300_000
  await say('100000', 'held')
  const [alone] = await waiting()
  expect(alone?.standing).toBeNull()
  const said = await decide({ id: alone?.id, indicator: SENT, from, decision: 'refuse', reason: 'gõ nhầm' })
  expect(said.body).toMatchObject({ state: 'refused', reason: 'refused 100000 by truc-ban: gõ nhầm' })
  expect(await waiting()).toEqual([])
  expect(await value()).toBeNull()
})

test('what the source says afterwards ends the waiting; deciding late is refused', async () => {
  await say('100000', 'held')
  const [one] = await waiting()
  await say('12', 'taken')
  expect(await waiting()).toEqual([])
  const said = await decide({ id: one?.id, indicator: SENT, from, decision: 'release', reason: 'muộn' })
  expect(said.status).toBe(409)
  expect(said.body.title).toContain('không còn chờ')
  expect(await value()).toBe('12')
})

test.each(['release', 'refuse'] as const)(
  'a correction received after the held value speaks, though it is stored only after somebody decided to %s it',
  async (decision) => {
    await say('10', 'taken')
    await say('100000', 'held')
    const received = house.clock.now + 1
    house.clock.now += 60_000
    const [one] = await waiting()
    expect((await decide({ id: one?.id, indicator: SENT, from, decision, reason: 'đã gọi' })).status).toBe(201)
    expect(await value()).toBe(decision === 'release' ? '100000' : '10')
    await say('12', 'taken', 'hue', { received })
    expect(await value()).toBe('12')
    expect(await waiting()).toEqual([])
    // A newer one that is held too waits for a decision of its own.
    await say('200000', 'held', 'hue', { received: received + 1 })
    expect(await value()).toBe('12')
    expect((await waiting()).map((held) => held.value)).toEqual(['200000'])
  },
)

test('a correction received before the held value speaks, though it is stored only after somebody refused that one', async () => {
  await say('10', 'taken')
  const received = house.clock.now + 1
  await say('100000', 'held')
  const [one] = await waiting()
  expect((await decide({ id: one?.id, indicator: SENT, from, decision: 'refuse', reason: 'gõ nhầm' })).status).toBe(201)
  expect(await value()).toBe('10')
  await say('11', 'taken', 'hue', { received })
  expect(await value()).toBe('11')
  expect(await waiting()).toEqual([])
})

test('of two who decide at once one decides', async () => {
  await say('100000', 'held')
  const [one] = await waiting()
  const decision = { id: one?.id, indicator: SENT, from, reason: 'cùng lúc' }
  const both = await Promise.all([
    decide({ ...decision, decision: 'release' }, 'one'),
    decide({ ...decision, decision: 'refuse' }, 'two'),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('a value of nobody knows whom cannot be released', async () => {
  await say('7', 'held', 'unknown/qd19/99')
  const [one] = await waiting()
  const decision = { id: one?.id, indicator: SENT, from, reason: 'không rõ đơn vị' }
  const said = await decide({ ...decision, decision: 'release' })
  expect(said.status).toBe(409)
  expect(said.body.title).toContain('không biết giá trị này của đơn vị nào')
  expect((await decide({ ...decision, decision: 'refuse' })).status).toBe(201)
})

test('a decision needs a key, the right fields and a held value', async () => {
  const decision = { id: 'nothing', indicator: SENT, from, decision: 'release', reason: 'thử' }
  expect((await decide(decision, '')).status).toBe(401)
  const unknown = await decide(decision)
  expect(unknown.status).toBe(404)
  expect(Object.keys(unknown.body.messages ?? {})).toEqual(['vi', 'en'])
  expect(await decide({ ...decision, reason: '' })).toMatchObject({ status: 400, body: { field: 'reason' } })
  expect(await decide({ ...decision, decision: 'maybe' })).toMatchObject({ status: 400, body: { field: 'decision' } })
  const broken = await fetch(`${url}/api/decisions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer one' },
    body: '{',
  })
  expect(broken.status).toBe(400)
})

test('by the command line: listed, released with a key from the environment, refused in words', async () => {
  await say('10', 'taken')
  await say('100000', 'held')
  // The list of the command line ends now.
  const env = { PUBLIC_URL: url, LANGUAGE: 'vi', ...livingAt(house.clock.now) }
  const listed = await care(['held'], env)
  expect(listed).toMatchObject({ code: 0, err: '' })
  const [id = ''] = /^\S+(?= {2}interchange\/sent {2}unit:hue)/m.exec(listed.out) ?? []
  expect(listed.out).toContain('100000  (đang hiện: 10)  too-large')
  const release = ['held', 'release', id, '--reason', 'đã gọi cho đơn vị']
  expect(await care(release, { ...env, KEY: 'two' })).toEqual({
    ...{ code: 0, err: '' },
    out: 'Đã chấp nhận 100000 (interchange/sent).\n',
  })
  const again = await care(['held', 'refuse', id, '--reason', 'nhầm'], { ...env, KEY: 'one' })
  expect(again).toMatchObject({ code: 78, out: '' })
  expect(again.err).toContain('Có 0 giá trị đang giữ lại')
})

test('words that say nothing, a house that is away and a key nobody knows are told with what to do', async () => {
  expect(() => heldOf(['release', 'some'])).toThrow('Usage: npm run held')
  const house = { url, key: 'three', language: 'en' } as const
  const span = [NINE - 86_400_000, NINE + 86_400_000] as const
  await expect(listHeld({ ...house, url: 'http://127.0.0.1:1' }, ...span)).rejects.toThrow('cannot be reached')
  await say('100000', 'held')
  const all = await listHeld({ ...house, key: 'one' }, ...span)
  const [one] = all.filter((held) => held.from === from)
  const word = { decision: 'release', reason: 'đã gọi' } as const
  await expect(decideHeld(house, all, one?.id ?? '', word)).rejects.toThrow('Set KEY')
})
