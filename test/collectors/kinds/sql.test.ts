/** SQL sources against a real PostgreSQL engine: the examples by windows and by cursor, bound values, read-only, time and rows bounded. */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createSecureContext, TLSSocket } from 'node:tls'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newCursor } from '../../../collectors/cursor.ts'
import { openKept } from '../../../collectors/kept.ts'
import { sql } from '../../../collectors/kinds/sql.ts'
import type { Dimension } from '../../../kpi/dimension.ts'
import { HOUR, MINUTE } from '../../../kpi/range.ts'
import { SourceFile, type SourceOf } from '../../../kpi/source.ts'
import { readYaml } from '../../../server/catalogue/yaml.ts'
import { eventually } from '../../support/eventually.ts'
import { DASHBOARDS, ROOT } from '../../support/root.ts'
import { clockOf, collectorsOf, folderOf, indicator, logOf, storeOf } from '../rig.ts'

const SECRET = 'not-to-be-seen'
let db: PGlite
let server: PGLiteSocketServer
let address = ''
beforeAll(async () => {
  db = await PGlite.create()
  server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 4 })
  await server.start()
  address = `postgres://postgres:${SECRET}@${server.getServerConn()}/postgres`
  await db.exec('CREATE TABLE visits (id serial PRIMARY KEY, office text, begin timestamptz, people numeric)')
})
afterAll(async () => {
  await server?.stop()
  await db?.close()
})
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
  await db.exec('ROLLBACK; TRUNCATE visits RESTART IDENTITY')
})

const insert = (office: string, begin: string, people: number) =>
  db.query('INSERT INTO visits (office, begin, people) VALUES ($1, $2, $3)', [office, begin, people])

function example(name: string, more: Record<string, unknown> = {}): SourceOf<'sql'> {
  const file = join(DASHBOARDS, 'examples/sql/sources', `${name}.yaml`)
  const declared = readYaml(readFileSync(file, 'utf8')).value as Record<string, unknown>
  const parsed = SourceFile.parse({ ...declared, database: address, tls: { mode: 'off' }, ...more })
  return { ...parsed, id: name, folder: '/nowhere' } as SourceOf<'sql'>
}

/** Offices as the decree numbers them. */
const member = (id: string, code: string) => ({
  ...{ id, name: { vi: id, en: id }, codes: [{ system: 'qd20', code }], parents: [], successors: [] },
})
const UNIT = {
  ...{ id: 'unit', title: { vi: 'Đơn vị', en: 'Unit' } },
  members: new Map([member('ha-noi', 'H26'), member('hue', 'H57')].map((one) => [one.id, one])),
} as unknown as Dimension

function rig(source: SourceOf<'sql'>) {
  const made = folderOf()
  undo.push(made.remove)
  const [clock, store, log] = [clockOf('2026-11-22T10:02:00+07:00'), storeOf(), logOf()]
  const collectors = collectorsOf({
    catalogue: {
      sources: new Map([[source.id, source]]),
      indicators: new Map([['visits/people', indicator('visits/people')]]),
      dimensions: new Map([['unit', UNIT]]),
    },
    ...{ folder: made.path, deliver: store.deliver, now: clock.now, log },
  })
  undo.push(() => collectors.stop())
  const run = async (ms = 0) => {
    clock.move(ms)
    await collectors.tick()
    await collectors.idle()
  }
  const said = () =>
    store
      .observations()
      .map(({ members, from, value }) => `${members.unit} ${new Date(from).toISOString().slice(8, 16)} ${value}`)
  return { run, said, log }
}

test('by windows: history and the live edge, a correction within revisit, and the same answer says nothing twice', async () => {
  await insert('H26', '2026-11-22T09:30:00+07:00', 3)
  await insert('H57', '2026-11-21T09:30:00+07:00', 5)
  const { run, said, log } = rig(example('visits-by-window'))
  await run()
  expect(said().sort()).toEqual(['ha-noi 22T02:30 3', 'hue 21T02:30 5'])
  await insert('H26', '2026-11-22T09:30:00+07:00', 1)
  await run(MINUTE)
  await run(MINUTE)
  expect(said()).toHaveLength(3)
  expect(said().at(-1)).toBe('ha-noi 22T02:30 4')
  expect(log.lines).toEqual([])
})

test('by a column that grows: page by page to the end, then only what is new, each row once', async () => {
  for (let i = 0; i < 7; i++)
    await insert('H26', new Date(Date.parse('2026-11-22T00:00:00Z') + i * 15 * MINUTE).toISOString(), i + 1)
  const { run, said } = rig(example('visits-by-cursor', { limit: 3 }))
  await run()
  expect(said().map((text) => text.split(' ')[2])).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  await run(MINUTE)
  await insert('H57', '2026-11-22T02:00:00Z', 9)
  await run(MINUTE)
  expect(said()).toHaveLength(8)
})

test('by a column whose values come more than once: those of one value are never torn apart by a page', async () => {
  for (let i = 0; i < 7; i++)
    await insert('H26', new Date(Date.parse('2026-11-22T00:00:00Z') + i * 15 * MINUTE).toISOString(), i + 1)
  const query =
    'SELECT id / 2 AS id, office, begin, people FROM visits WHERE id / 2 > {cursor}::int ORDER BY 1 LIMIT {limit}'
  const { run, said, log } = rig(example('visits-by-cursor', { query, limit: 2, cursor: { field: 'id', start: -1 } }))
  await run()
  expect(said().map((text) => text.split(' ')[2])).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  expect(log.lines).toEqual([])
})

const context = () => {
  const kept = openKept()
  undo.push(() => kept.stop())
  return { ...{ taken: undefined, declared: '', kept, now: () => 0 }, signal: new AbortController().signal }
}
const window = { from: Date.parse('2026-11-22T00:00:00Z'), to: Date.parse('2026-11-22T01:00:00Z') }
const ask = (query: string, more: Record<string, unknown> = {}) =>
  sql.fetch(example('visits-by-window', { query, timeout: '60s', ...more }), { group: '', window }, context())

test.each<[string, RegExp, string, Record<string, unknown>]>([
  [
    'what wants to write',
    /only reads/,
    'WITH x AS (INSERT INTO visits (office) VALUES (1) RETURNING 1) SELECT * FROM x',
    {},
  ],
  ['what takes too long', /longer than timeout/, 'SELECT pg_sleep(3)', { timeout: '1s' }],
  ['what has too many rows', /more than 10 rows/, 'SELECT generate_series(1, 1000)', { limit: 10 }],
  [
    'what is too large, though of few rows',
    /larger than 100kB/,
    "SELECT repeat('x', 10000) FROM generate_series(1, 1000)",
    { bytes: '100kB' },
  ],
  ['what is no SQL', /syntax error/, 'SELECT FROM WHERE', {}],
  ['a column that is not there', /no column id/, 'SELECT 1 AS a', { cursor: { field: 'id' } }],
  [
    'a page of equal values',
    /share one value/,
    'SELECT 0 AS id FROM generate_series(1, 9)',
    { cursor: { field: 'id' }, limit: 4 },
  ],
  ['nobody there', /cannot be reached/, 'SELECT 1', { database: `postgres://x:${SECRET}@127.0.0.1:1/x` }],
])('%s is said in a sentence without the secret', async (_, sentence, query, more) => {
  const answer = await ask(query, more)
  expect(answer).toMatchObject({ wrong: { en: expect.stringMatching(sentence), vi: expect.stringMatching(/\S/) } })
  const { cause } = answer as { cause?: unknown }
  expect(`${JSON.stringify(answer)} ${String(cause)} ${(cause as Error | undefined)?.stack}`).not.toContain(SECRET)
  expect((await db.query('SELECT * FROM visits')).rows).toEqual([])
})

test('digits and moments come whole: 2^53 + 1, a decimal, local time and time with a zone', async () => {
  const answer = await ask(
    "SELECT 9007199254740993 AS n, 0.1::numeric AS d, {from}::timestamp AS local, {to}::timestamptz AS moment, 'x' || '''' AS t",
  )
  expect(answer).toMatchObject({
    rows: [
      { n: '9007199254740993', d: '0.1', local: '2026-11-22T07:00:00', moment: '2026-11-22T08:00:00+07', t: "x'" },
    ],
  })
})

/** Certificates of these tests alone: one for localhost, and one for somebody else. */
const FIXTURES = join(ROOT, 'test/collectors/kinds/http/fixtures')
const pem = (name: string) => readFileSync(join(FIXTURES, name))
const OURS = { key: pem('server.key'), cert: pem('server.pem') }
const ANOTHER = { key: pem('client.key'), passphrase: 'khong-bi-mat', cert: pem('client.pem') }

async function listening(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  undo.push(() => new Promise((done) => server.close(done)))
  return (server.address() as AddressInfo).port
}

interface Asked {
  /** What is said before anybody asked. */
  readonly greeting: Buffer
  /** How long the question for TLS is, and what it is answered. */
  readonly length: (question: Buffer) => number
  readonly answer: Buffer
}
const POSTGRES: Asked = { greeting: Buffer.alloc(0), length: () => 8, answer: Buffer.from('S') }

/** Answers who asks for TLS as a database does, then lends the line to `serve`; `heard` is what came through it in clear. */
async function guarded({ greeting, length, answer }: Asked, certificate: object, serve: (line: TLSSocket) => void) {
  const heard: Buffer[] = []
  const server = createServer((socket: Socket) => {
    undo.push(() => socket.destroy())
    socket.on('error', () => {})
    if (greeting.length > 0) socket.write(greeting)
    socket.once('data', (question: Buffer) => {
      socket.pause()
      if (question.length > length(question)) socket.unshift(question.subarray(length(question)))
      if (answer.length > 0) socket.write(answer)
      const line = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate) })
      line.on('error', () => {})
      line.on('data', (piece: Buffer) => void heard.push(piece))
      line.once('secure', () => serve(line))
    })
  })
  return { port: await listening(server), heard: () => Buffer.concat(heard).toString('latin1') }
}

/** The engine has no TLS of its own: the SSLRequest (protocol 3, code 80877103) is answered before it. */
function guardedPostgres(certificate: object) {
  const port = Number(new URL(address).port)
  return guarded(POSTGRES, certificate, (line) => {
    const engine = connect(port, '127.0.0.1')
    engine.on('error', () => {})
    undo.push(() => engine.destroy())
    line.pipe(engine).pipe(line)
  })
}

const over = async (port: number, tls: object, scheme = 'postgres', host = 'localhost', timeout = '60s') => {
  const database = `${scheme}://postgres:${SECRET}@${host}:${port}/postgres`
  const source = {
    ...example('visits-by-window', { query: 'SELECT 1 AS one', timeout, database, tls }),
    folder: FIXTURES,
  }
  const said = await sql.fetch(source as SourceOf<'sql'>, { group: '', window }, context())
  return 'rows' in said ? said.rows : 'wrong' in said ? said.wrong.en : 'same'
}

test('over TLS: a certificate that is vouched for is taken; one that is not, one for another name and a line without TLS are refused before anything is said', async () => {
  const good = await guardedPostgres(OURS)
  expect(await over(good.port, { mode: 'verify', ca: 'server.pem' })).toEqual([{ one: '1' }])
  expect(await over(good.port, { mode: 'verify', ca: 'server.pem' }, 'postgres', '127.0.0.1')).toEqual([{ one: '1' }])
  expect(good.heard(), 'the line was used').toContain('SELECT 1 AS one')
  const before = good.heard().length
  expect(await over(good.port, { mode: 'verify' })).toMatch(/cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT/)
  expect(await over(good.port, { mode: 'verify', ca: 'client.pem' })).toMatch(
    /cannot be reached \((DEPTH_ZERO|UNABLE|SELF)/,
  )
  expect(good.heard().length, 'nothing is said to who is not known').toBe(before)
  const other = await guardedPostgres(ANOTHER)
  expect(await over(other.port, { mode: 'verify', ca: 'client.pem' })).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
  expect(other.heard()).toBe('')
  const plain = createServer((socket) => {
    undo.push(() => socket.destroy())
    socket.on('error', () => {}).once('data', () => socket.write('N'))
  })
  expect(await over(await listening(plain), { mode: 'verify', ca: 'server.pem' })).toMatch(/does not support SSL/)
  expect(await over(good.port, { mode: 'verify', ca: 'no.pem' })).toMatch(/tls\.ca: .*no\.pem cannot be read/)
})

/** A greeting of MySQL (protocol 10) that offers TLS. */
const GREETING = Buffer.concat([
  Buffer.from([10]),
  Buffer.from('8.0.36\0'),
  Buffer.from([1, 0, 0, 0, ...'abcdefgh'].map((one) => (typeof one === 'string' ? one.charCodeAt(0) : one))),
  // All capabilities of the lower half (TLS is 0x0800), utf8mb4, autocommit, then the upper half and the rest of the salt.
  Buffer.from([0, 0xff, 0xff, 45, 2, 0, 0xff, 0x01, 21, ...Array.from({ length: 10 }, () => 0)]),
  Buffer.from('ijklmnopqrst\0mysql_native_password\0'),
])
const MYSQL: Asked = {
  greeting: Buffer.concat([Buffer.from([GREETING.length, 0, 0, 0]), GREETING]),
  length: (question) => question.readUIntLE(0, 3) + 4,
  answer: Buffer.alloc(0),
}

test('MySQL over TLS: the password goes only to the name the certificate is for', async () => {
  const start = (certificate: object) => guarded(MYSQL, certificate, (line) => line.once('data', () => line.destroy()))
  const good = await start(OURS)
  await over(good.port, { mode: 'verify', ca: 'server.pem' }, 'mysql')
  expect(good.heard(), 'who is known is told the user').toContain('postgres')
  const other = await start(ANOTHER)
  expect(await over(other.port, { mode: 'verify', ca: 'client.pem' }, 'mysql')).toContain('cannot be reached')
  expect(await over(other.port, { mode: 'verify' }, 'mysql')).toContain('cannot be reached')
  expect(other.heard()).toBe('')
})

/** A database without TLS that greets, lets everybody in, says OK to so many commands and then nothing at all. */
async function hanging(commands: number): Promise<number> {
  const ok = (sequence: number) => Buffer.from([7, 0, 0, sequence, 0, 0, 0, 2, 0, 0, 0])
  const server = createServer((socket) => {
    undo.push(() => socket.destroy())
    let said = -1
    socket.on('error', () => {}).write(MYSQL.greeting)
    socket.on('data', () => {
      if (said++ < commands) socket.write(ok(said === 0 ? 2 : 1))
    })
  })
  return listening(server)
}

test('MySQL that hangs once it has answered is left after the time-out, and its line with it', async () => {
  const [at, later] = [await hanging(0), await hanging(4)]
  const ask = (port: number) => over(port, { mode: 'off' }, 'mysql', '127.0.0.1', '1s')
  const [opening, query] = await Promise.all([ask(at), ask(later)])
  expect(opening).toContain('cannot be reached (ETIMEDOUT)')
  expect(query).toContain('longer than timeout')
})

test('history of a cursor is only what is left of its pages', () => {
  const source = example('visits-by-cursor')
  const at = (more: boolean) => ({ ...newCursor(0), taken: { '': JSON.stringify({ at: 3, more }) } })
  expect(sql.history(source, at(true), HOUR)).toEqual({ group: '', window: null })
  expect([sql.history(source, at(false), HOUR), sql.history(source, newCursor(0), HOUR)]).toEqual([null, null])
})

/** A MariaDB server of its own; null where none is installed. */
async function startMariadb() {
  if (spawnSync('mariadbd', ['--version']).status !== 0) return null
  const made = folderOf()
  undo.push(made.remove)
  const port = await freePort()
  const child = spawn('mariadbd', [
    ...['--no-defaults', '--user=root', `--datadir=${made.path}`, `--socket=${made.path}/s`, '--skip-grant-tables'],
    ...[`--port=${port}`, '--bind-address=127.0.0.1', '--skip-networking=0', '--innodb-buffer-pool-size=32M'],
  ])
  undo.push(() => new Promise((gone) => child.once('exit', gone).kill()))
  return `mysql://root:${SECRET}@127.0.0.1:${port}/information_schema`
}
const freePort = () =>
  new Promise<number>((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => found(port))
    })
  })

test('MariaDB is asked where mariadbd is installed; where it is not, NOT RUN is printed', async () => {
  const database = await startMariadb()
  if (database === null) {
    process.stdout.write('NOT RUN: MariaDB (mariadbd is not installed here)\n')
    return
  }
  const query = 'SELECT {from} AS begin, 9007199254740993 AS n, CAST(0.1 AS DECIMAL(9,3)) AS d'
  await eventually(async () =>
    expect(await ask(query, { database })).toMatchObject({
      rows: [{ begin: '2026-11-22T07:00:00.000', n: '9007199254740993', d: '0.100' }],
    }),
  )
  expect(await ask('SELECT SLEEP(3)', { database, timeout: '1s' })).toMatchObject({
    wrong: { en: expect.stringContaining('longer than timeout') },
  })
  expect(await ask('SELECT seq FROM seq_1_to_1000', { database, limit: 10 })).toMatchObject({
    wrong: { en: expect.stringContaining('more than 10 rows') },
  })
})
