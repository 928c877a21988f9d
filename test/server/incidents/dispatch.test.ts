/** Messages out, to a real SMTP server and a real webhook receiver with faults: at least once, repeats marked, dead ones visible, drills unmistakable. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import { type Entry, inOrder, lifeOf } from '../../../kpi/incident.ts'
import { DAY, HOUR, MINUTE } from '../../../kpi/range.ts'
import { type Role, RoleFile } from '../../../kpi/role.ts'
import { RETRIES, UNHEARD } from '../../../server/incidents/dispatch.ts'
import { owedBy } from '../../../server/incidents/duty.ts'
import { type Mailer, startMailer } from '../../../server/incidents/mail.ts'
import { type Incidents, startIncidents } from '../../../server/incidents/start.ts'
import { appendEntries, entriesOf } from '../../../server/store/journal.ts'
import { eventually } from '../../support/eventually.ts'
import { ruleOf } from '../../support/rule.ts'
import { startStore, type TestStore } from '../../support/store.ts'

/** A working day, within working hours. */
const NOW = Date.parse('2026-11-23T09:41:00+07:00')
const SECRET = `whsec_${Buffer.from('a key of the test').toString('base64')}`
const folder = mkdtempSync(join(tmpdir(), 'toan-canh-hook-'))
const log = { info: () => {}, warn: () => {}, error: () => {} }

let house: TestStore
let mails: string[] = []
/** What the mail server says to the next messages; nothing: it takes them. */
let refusals: string[] = []
let hooks: { headers: Record<string, unknown>; body: string }[] = []
/** The statuses the receiver answers next with; then 200. */
let statuses: number[] = []
/** Answers that are held back until these are called. */
let held: (() => void)[] | null = null
let smtp: SMTPServer
let receiver: Server
let mailer: Mailer

beforeAll(async () => {
  house = await startStore(NOW)
  smtp = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk
      })
      stream.on('end', () => {
        const refusal = refusals.shift()
        if (refusal) return done(Object.assign(new Error(refusal), { responseCode: 451 }))
        mails.push(text)
        done()
      })
    },
  })
  smtp.on('error', () => {})
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      hooks.push({ headers: request.headers, body })
      response.statusCode = statuses.shift() ?? 200
      if (held) held.push(() => response.destroy())
      else response.end()
    })
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  mailer = startMailer(`smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`, 'toan-canh@example.org')
})
afterAll(async () => {
  mailer.stop()
  await new Promise<void>((done) => smtp.close(() => done()))
  receiver.closeAllConnections()
  await new Promise((done) => receiver.close(done))
  await house.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  house.clock.now += DAY
  ;[mails, refusals, hooks, statuses, held] = [[], [], [], [], null]
})

const role = (id: string, file: object): [string, Role] => [
  id,
  { ...RoleFile.parse({ title: { vi: id, en: id }, ...file }), id },
]
const hook = () => ({
  kind: 'webhook',
  url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`,
  secret: SECRET,
})
const mail = { kind: 'mail', to: 'truc-ban@example.org' }

function open(...roles: readonly [string, Role][]): Incidents & { readonly catalogue: Catalogue } {
  const catalogue = { ...house.catalogue, roles: new Map(roles) }
  const incidents = startIncidents({
    store: house.store,
    catalogue,
    watchedElsewhere: () => undefined,
    log,
    mailer,
    publicUrl: 'https://toan-canh.example.org/',
  })
  return { ...incidents, catalogue: incidents.adopt(catalogue) }
}
const drill = async (of: Incidents, roles: readonly string[], severity: 'warning' | 'critical' = 'critical') => {
  const { incident } = await of.act(
    { act: 'drill', title: 'mất kết nối Trục', severity, roles: [...roles] },
    'truc-ban',
  )
  if (!incident) throw new Error('no drill')
  return incident
}
async function lifeNow({ cause, number }: { readonly cause: string; readonly number: number }) {
  const entries = await entriesOf(house.store, 'pulse', [{ cause, number }])
  return { life: lifeOf(entries), entries }
}
/** A subject as people read it: the mail's own encoding undone. */
const subjectOf = (text: string) => {
  const header = /^Subject: ((?:.*)(?:\r?\n[ \t].*)*)/m.exec(text)?.[1] ?? ''
  return header
    .replace(/\r?\n[ \t]+/g, '')
    .replace(/=\?UTF-8\?B\?([^?]+)\?=/gi, (_, coded: string) => Buffer.from(coded, 'base64').toString())
    .replace(/=\?UTF-8\?Q\?([^?]+)\?=/gi, (_, coded: string) =>
      Buffer.from(
        coded
          .replaceAll('_', ' ')
          .replace(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString(),
    )
}

test('a drill goes out by mail, webhook and program, says so everywhere, and the webhook is signed', async () => {
  const file = join(folder, 'said.json')
  const script = `let t='';process.stdin.on('data',c=>t+=c).on('end',()=>require('fs').writeFileSync(${JSON.stringify(file)},t))`
  const program = { kind: 'command', run: [process.execPath, '-e', script] }
  const here = open(role('duty', { ways: [mail, hook(), program] }))
  const incident = await drill(here, ['duty'])
  await here.send()
  expect(mails.length).toBe(1)
  expect(subjectOf(mails[0] ?? '')).toBe('[DIỄN TẬP] Sự cố mới: DIỄN TẬP: mất kết nối Trục')
  const [said] = hooks
  const headers = said?.headers as Record<string, string>
  const wanted = createHmac('sha256', Buffer.from('a key of the test'))
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${said?.body}`)
    .digest()
  const given = Buffer.from((headers['webhook-signature'] ?? '').replace(/^v1,/, ''), 'base64')
  expect(timingSafeEqual(wanted, given)).toBe(true)
  expect(Number(headers['webhook-timestamp'])).toBe(Math.floor(house.clock.now / 1000))
  expect(JSON.parse(said?.body ?? '')).toMatchObject({
    type: 'incident',
    data: { again: false, news: [{ what: 'opened', incident: { drill: true } }] },
  })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    subject: '[DIỄN TẬP] Sự cố mới: DIỄN TẬP: mất kết nối Trục',
  })
  expect((await lifeNow(incident)).life?.messages).toEqual({ owed: 3, sent: 3, dead: 0 })
  await here.send()
  expect([mails.length, hooks.length]).toEqual([1, 1])
})

test('who refuses is tried again, later each time, under the same id; given up at last, which is visible and holds no address', async () => {
  const here = open(role('duty', { ways: [mail, hook()] }))
  const incident = await drill(here, ['duty'])
  refusals = ['try later']
  statuses = Array.from({ length: 20 }, () => 503)
  await here.send()
  expect(mails).toEqual([])
  await here.send()
  expect(hooks.length).toBe(1)
  for (const wait of RETRIES) {
    house.clock.now += wait
    await here.send()
  }
  expect(mails.length).toBe(1)
  expect(hooks.length).toBe(RETRIES.length + 1)
  // It was heard each time, whatever was answered: from the second on it says so. A mail that was refused is none.
  const again = hooks.map(({ body }) => (JSON.parse(body) as { data: { again: boolean } }).data.again)
  expect(again).toEqual([false, ...RETRIES.map(() => true)])
  expect(subjectOf(mails[0] ?? '')).not.toContain('có thể đã gửi')
  expect(new Set(hooks.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  const { life, entries } = await lifeNow(incident)
  expect(life?.messages).toEqual({ owed: 2, sent: 1, dead: 1 })
  expect(entries.filter(({ kind }) => kind === 'failed' || kind === 'dead').map(({ said }) => said.error)).toContain(
    'HTTP 503',
  )
  expect(JSON.stringify(entries)).not.toMatch(/example\.org|127\.0\.0\.1|whsec/)
})

test('a server that dies between sending and writing it down leaves a try unheard: it is sent again, and says it may be a repeat', async () => {
  const here = open(role('duty', { ways: [hook()] }))
  const { cause, number } = await drill(here, ['duty'])
  const { entries } = await lifeNow({ cause, number })
  const message = entries.find(({ kind }) => kind === 'owed')?.said.message ?? ''
  const claim: Entry = {
    cause,
    number,
    id: `trying-1-${message}`,
    kind: 'trying',
    at: house.clock.now,
    by: '',
    said: { message, role: 'duty', way: 0, server: 'gone' },
  }
  await appendEntries(house.store, [claim])
  await here.send()
  expect(hooks).toEqual([])
  house.clock.now += UNHEARD
  await here.send()
  expect(JSON.parse(hooks[0]?.body ?? '')).toMatchObject({ data: { again: true } })
})

test('a receiver that hangs keeps no other way waiting; cut off, it is told again, marked, and in its turn', async () => {
  held = []
  const here = open(role('duty', { ways: [hook(), mail] }))
  await drill(here, ['duty'])
  await drill(here, ['duty'])
  const sending = here.send()
  await eventually(() => expect([mails.length, hooks.length]).toEqual([2, 1]))
  for (const cut of held ?? []) cut()
  await sending
  held = null
  // The other drill waits no longer than until the next time; the first for its retry.
  await here.send()
  expect(hooks.length).toBe(2)
  house.clock.now += RETRIES[0] ?? 0
  await here.send()
  const again = hooks.map(({ body }) => (JSON.parse(body) as { data: { again: boolean } }).data.again)
  expect(again).toEqual([false, false, true])
  expect(hooks[2]?.headers['webhook-id']).toBe(hooks[0]?.headers['webhook-id'])
})

test('two servers at once send a message once', async () => {
  const [one, two] = [open(role('duty', { ways: [hook()] })), open(role('duty', { ways: [hook()] }))]
  await drill(one, ['duty'])
  await Promise.all([one.send(), two.send()])
  await Promise.all([one.send(), two.send()])
  expect(hooks.length).toBe(1)
})

test('what is done within one millisecond stands in the order in which it was done; of two who close at once one is told it is closed', async () => {
  const here = open(role('duty', {}))
  const { id, ...named } = await drill(here, ['duty'])
  const notes = Array.from({ length: 12 }, (_, i) => `ghi chú ${i}`)
  for (const note of notes) await here.act({ act: 'note', incident: id, note, members: {}, pulse: NOW }, 'truc-ban')
  await here.act({ act: 'assign', incident: id, to: 'Sở Nội vụ', note: '' }, 'truc-ban')
  await here.act({ act: 'acknowledge', incident: id, note: 'đã nhận' }, 'truc-ban')
  const close = { act: 'close', incident: id, reason: 'xong' } as const
  const closed = await Promise.allSettled([here.act(close, 'truc-ban'), here.act(close, 'lanh-dao')])
  expect(closed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { life, entries } = await lifeNow(named)
  expect(new Set(entries.map(({ at }) => at)).size).toBe(1)
  expect(life?.notes.map(({ text }) => text)).toEqual(notes)
  const kinds = ['opened', ...notes.map(() => 'noted'), 'assigned', 'acknowledged', 'closed']
  expect(inOrder(entries).map(({ kind }) => kind)).toEqual(kinds)
})

test('nothing of simulated data goes out unless a role wants it; who is off duty passes it on, or it waits; a digest is one message', async () => {
  const here = open(
    role('duty', { ways: [hook()] }),
    role('trainer', { ways: [hook()], simulated: true }),
    role('day', { ways: [hook()], duty: [{ kind: 'work', hours: '08:00-17:00' }], otherwise: 'duty' }),
    role('office', { ways: [hook()], duty: [{ kind: 'work', hours: '08:00-17:00' }] }),
    role('digest', { ways: [hook()], digest: '1h' }),
  )
  const standing = {
    ...{
      cause: 'x',
      rule: 'x',
      title: { vi: 'x', en: 'x' },
      action: { vi: 'x', en: 'x' },
      severity: 'warning' as const,
    },
    ...{ source: null, points: [], more: 0, contributions: null, simulated: true },
  }
  const opened = (at: number, roles: readonly string[], change: object = {}): Entry => ({
    ...{
      cause: 'x',
      number: 1,
      id: 'opened',
      kind: 'opened',
      at,
      by: '',
      said: { standing: { ...standing, ...change }, roles },
    },
  })
  const told = (entry: Entry) => owedBy(entry, undefined, here.catalogue).map(({ said }) => said.role)
  expect(told(opened(NOW, ['duty', 'trainer']))).toEqual(['trainer'])
  expect(told(opened(NOW, ['day'], { simulated: false }))).toEqual(['day'])
  const night = Date.parse('2026-11-24T02:00:00+07:00')
  expect(told(opened(night, ['day', 'office'], { simulated: false }))).toEqual(['duty', 'office'])
  house.clock.now = Date.parse('2027-03-01T02:00:00+07:00')
  await drill(here, ['office'])
  await here.send()
  expect(hooks).toEqual([])
  house.clock.now += 7 * HOUR
  await here.send()
  expect(hooks.length).toBe(1)
  await drill(here, ['digest'], 'warning')
  await drill(here, ['digest'], 'warning')
  await here.send()
  expect(hooks.length).toBe(1)
  house.clock.now += HOUR + MINUTE
  await here.send()
  expect(hooks.length).toBe(2)
  expect(JSON.parse(hooks[1]?.body ?? '').data.news.length).toBe(2)
})

test('whoever was off duty over a long holiday is told of what is still open; of what is over it is said that nobody was told', async () => {
  const here = open(role('office', { ways: [hook()], duty: [{ kind: 'work', hours: '08:00-17:00' }] }))
  // A Saturday night; nobody comes back before Monday of the week after.
  house.clock.now = Date.parse('2027-05-01T02:00:00+07:00')
  const [lasting, over] = [await drill(here, ['office']), await drill(here, ['office'])]
  await here.act({ act: 'close', incident: over.id, reason: 'xong' }, 'truc-ban')
  house.clock.now = Date.parse('2027-05-08T02:00:00+07:00')
  await here.send()
  expect(hooks).toEqual([])
  expect((await lifeNow(over)).life?.messages).toMatchObject({ owed: 1, sent: 0, dead: 1 })
  house.clock.now = Date.parse('2027-05-10T09:00:00+07:00')
  await here.send()
  expect(hooks.length).toBe(1)
  expect((await lifeNow(lasting)).life?.messages).toEqual({ owed: 1, sent: 1, dead: 0 })
})

test('declarations changed in the middle of a beat end no incident: what is not read yet is not over', async () => {
  const when = { slice: { indicator: 'interchange/sent', window: 'today' as const }, when: { above: 10 }, for: '0s' }
  const rule = ruleOf({ ...when, severity: 'critical', roles: [] }, 'busy')
  const declared = { ...house.catalogue, roles: new Map(), rules: new Map([[rule.id, rule]]) }
  const watchedElsewhere = () => undefined
  /** Readings wait for this. */
  let gate: Promise<void> | undefined
  let reads = 0
  const rows: TestStore['store']['rows'] = async (purpose, sql, ...rest) => {
    if (sql.includes('WHERE indicator IN {indicators: Array(String)}')) {
      reads++
      await gate
    }
    return house.store.rows(purpose, sql, ...rest)
  }
  const store = { ...house.store, rows }
  const incidents = startIncidents({ store, catalogue: declared, watchedElsewhere, log, publicUrl: null })
  const catalogue = incidents.adopt(declared)
  await house.say({ indicator: 'interchange/sent', unit: 'hue', from: house.clock.now - 10 * MINUTE, value: '30' })
  await house.fold()
  incidents.touched(['interchange/sent'])
  await incidents.beat()
  const own = () => [...incidents.newest()].filter(({ cause }) => cause === 'busy')
  expect(own().map(({ state }) => state)).toEqual(['open'])
  house.clock.now += 1000
  let open = () => {}
  gate = new Promise((opened) => {
    open = opened
  })
  const before = reads
  incidents.touched(['interchange/sent'])
  const beat = incidents.beat()
  await eventually(() => expect(reads).toBeGreaterThan(before))
  // While it reads, the declarations are read anew.
  incidents.replace({ ...catalogue })
  open()
  await beat
  await incidents.beat()
  const entries = (await lifeNow({ cause: 'busy', number: 1 })).entries
  expect(entries.map(({ kind }) => kind)).toEqual(['opened'])
  expect(own().map(({ number, state }) => [number, state])).toEqual([[1, 'open']])
})
