/**
 * The contract of ClickHouse's HTTP interface as `@clickhouse/client` documents it and this system uses it: kept by the embedded
 * engine here, by a server with `CONTRACT_URL=http://user:key@host:8123 npm test -- engine/contract` (a database of its own there).
 */
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import {
  type ClickHouseClient,
  ClickHouseError,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
  TupleParam,
} from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isNewEnough } from '../../../server/store/version.ts'
import { type Engine, startEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'

const given = process.env.CONTRACT_URL
if (given) process.env.TEST_CLICKHOUSE = given
else delete process.env.TEST_CLICKHOUSE

let engine: Engine
let client: ClickHouseClient
let zipped: ClickHouseClient
let control: ClickHouseClient

beforeAll(async () => {
  engine = await startEngine()
  const log = { level: ClickHouseLogLevel.OFF }
  client = createClient({ url: engine.url, log })
  zipped = createClient({ url: engine.url, log, compression: { request: true, response: true } })
  control = createClient({ url: engine.url, log, http_headers: { 'X-Purpose': 'control' } })
  await client.command({
    query: `CREATE TABLE said (n UInt64, name String, members Map(LowCardinality(String), LowCardinality(String)), value Decimal(38, 6),
      at DateTime64(3, 'UTC'), state Enum8('taken' = 1, 'held' = 2), twice UInt64 MATERIALIZED n * 2)
      ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY n SETTINGS non_replicated_deduplication_window = 100`,
  })
})
afterAll(async () => {
  await Promise.all([client, zipped, control].map((one) => one.close()))
  await engine.stop()
})

async function rows<T>(query: string, params: Record<string, unknown> = {}, by = client): Promise<T[]> {
  const clickhouse_settings = {
    output_format_json_quote_decimals: 1,
    output_format_json_quote_64bit_integers: 0,
  } as const
  const answer = await by.query({ query, query_params: params, format: 'JSONEachRow', clickhouse_settings })
  return answer.json<T>()
}
const one = async (query: string, params?: Record<string, unknown>) => (await rows<{ v: unknown }>(query, params))[0]?.v
async function errorOf(work: Promise<unknown>): Promise<ClickHouseError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(ClickHouseError)
  return thrown as ClickHouseError
}
const ROW = {
  n: 1,
  name: "Đặng '\\\n\t\u2028",
  members: { unit: 'hue' },
  value: '12345678901234567890.123456',
  at: 1_795_000_000_123,
  state: 'held',
}

test('it answers pings and says which version it is', async () => {
  expect(await client.ping()).toEqual({ success: true })
  expect(await client.ping({ select: true })).toEqual({ success: true })
  expect(isNewEnough(String(await one('SELECT version() AS v')))).toBe(true)
})

test('rows go in and come out as they were, compressed or not', async () => {
  for (const by of [client, zipped]) {
    await client.command({ query: 'TRUNCATE TABLE said' })
    await by.insert({ table: 'said', values: [ROW], format: 'JSONEachRow' })
    const found = await rows(
      'SELECT n, name, members, value, toUnixTimestamp64Milli(at) AS at, state, twice FROM said',
      {},
      by,
    )
    expect(found).toEqual([{ ...ROW, twice: 2 }])
  }
})

test('an insert repeated under its token is stored once, under another twice; one bad row stores none', async () => {
  await client.command({ query: 'TRUNCATE TABLE said' })
  const insert = (values: object[], insert_deduplication_token: string) =>
    client.insert({ table: 'said', values, format: 'JSONEachRow', clickhouse_settings: { insert_deduplication_token } })
  for (const token of ['lô 1', 'lô 1', "lô '2'"]) await insert([ROW], token)
  expect(await one('SELECT count() AS v FROM said')).toBe(2)
  expect((await errorOf(insert([ROW, { ...ROW, n: 'nhiều' }], 'lô 3'))).code).toMatch(/^\d+$/)
  expect(await one('SELECT count() AS v FROM said')).toBe(2)
})

test('Native comes out as a stream and goes in as one block', async () => {
  await client.command({ query: 'TRUNCATE TABLE said' })
  await client.command({
    query: `INSERT INTO said (n, name, value, at) SELECT number, 'x', 1.5, fromUnixTimestamp64Milli(1795000000123, 'UTC') FROM numbers(70000)`,
  })
  const print = 'SELECT count() AS rows, toString(sum(cityHash64(n, name, members, value, at, state))) AS hash FROM'
  const { stream } = await client.exec({ query: 'SELECT n, name, members, value, at, state FROM said FORMAT Native' })
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  await client.command({ query: 'CREATE TABLE copy AS said' })
  const sent = await client.exec({
    query: 'INSERT INTO copy (n, name, members, value, at, state) FORMAT Native',
    values: Readable.from(parts),
    clickhouse_settings: { min_insert_block_size_rows: '1048576', min_insert_block_size_bytes: '0' },
  })
  await text(sent.stream)
  expect(await rows(`${print} copy`)).toEqual(await rows(`${print} said`))
  expect(
    await one(`SELECT max(rows) AS v FROM system.parts WHERE database = currentDatabase() AND table = 'copy'`),
  ).toBe(70_000)
})

test('parameters of every type come back as they were given', async () => {
  const of = (type: string, p: unknown) => one(`SELECT {p:${type}} AS v`, { p })
  expect(await of('String', "';--\\\t\n{q:String}ệ")).toBe("';--\\\t\n{q:String}ệ")
  expect(await of('Int64', -42)).toBe(-42)
  expect(await of('Decimal(38, 6)', '1.5')).toBe('1.5')
  expect(await of("DateTime64(3, 'UTC')", new Date(1_795_000_000_123))).toMatch(/\.123$/)
  expect(await of('Array(String)', ["a'b", 'c\\', ''])).toEqual(["a'b", 'c\\', ''])
  expect(await of('Array(Array(String))', [['a'], []])).toEqual([['a'], []])
  expect(await of('Array(Tuple(String, Int64))', [new TupleParam(['a', 1])])).toEqual([['a', 1]])
  expect(await of('Map(String, String)', { unit: "q'" })).toEqual({ unit: "q'" })
  expect((await errorOf(client.query({ query: 'SELECT {missing:String}' }))).code).toBe('456')
  const many = await Promise.all(Array.from({ length: 50 }, (_, p) => of('UInt32', p)))
  expect(many).toEqual(Array.from({ length: 50 }, (_, p) => p))
})

test('long parameters travel in the body of a form, of a question and of an INSERT … SELECT', async () => {
  await client.command({ query: 'TRUNCATE TABLE said' })
  const given = { names: Array.from({ length: 3000 }, (_, i) => `ệ'${i}\n`), at: 1_795_000_000_123 }
  const form = { query_params: given, use_multipart_params_auto: true, format: 'JSONEachRow' } as const
  const query = `INSERT INTO said (n, name, value, at) SELECT number, {names: Array(String)}[number + 1], 1, fromUnixTimestamp64Milli({at: Int64}, 'UTC') FROM numbers(3000)`
  // A question that answers nothing; FORMAT stands behind it, as behind any question.
  expect(await (await client.query({ query, ...form })).text()).toBe('')
  const asked = await client.query({
    query: 'SELECT count() AS n FROM said WHERE has({names: Array(String)}, name)',
    ...form,
  })
  expect(Number((await asked.json<{ n: number }>())[0]?.n)).toBe(3000)
})

test('settings end with their request', async () => {
  const threads = "SELECT toUInt64(getSetting('max_threads')) AS v"
  const before = await one(threads)
  const set = await client.query({ query: threads, format: 'JSONEachRow', clickhouse_settings: { max_threads: 3 } })
  expect(Number((await set.json<{ v: number }>())[0]?.v)).toBe(3)
  await client.query({ query: 'SELECT 1', clickhouse_settings: { readonly: '1' } })
  expect(await one(threads)).toEqual(before)
  await client.command({ query: 'TRUNCATE TABLE said' })
})

test('errors carry code and type, limits hold, a request is one statement', async () => {
  expect(await errorOf(client.query({ query: 'SELECT * FROM nowhere' }))).toMatchObject({
    code: '60',
    type: 'UNKNOWN_TABLE',
  })
  expect((await errorOf(client.query({ query: 'SELEC 1' }))).code).toBe('62')
  expect((await errorOf(client.command({ query: 'SELECT 1; DROP TABLE said' }))).code).toBe('62')
  const limited = (query: string, clickhouse_settings: ClickHouseSettings) =>
    errorOf(client.query({ query, format: 'JSONEachRow', clickhouse_settings }).then((answer) => answer.json()))
  const heavy = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)'
  expect((await limited(heavy, { max_execution_time: 1 })).code).toBe('159')
  expect(
    (await limited('SELECT groupArray(number) FROM numbers(100000000)', { max_memory_usage: '50000000' })).code,
  ).toBe('241')
  expect(
    (await limited('SELECT number FROM numbers(100000)', { max_result_rows: '1000', max_block_size: '1000' })).code,
  ).toBe('396')
  expect(await one('SELECT 1 AS v')).toBe(1)
})

test('a question whose asker leaves can be ended', async () => {
  const leaving = new AbortController()
  const query = 'SELECT sum(sipHash64(number)) AS left_alone FROM numbers(1000000000001)'
  const asked = client.query({ query, abort_signal: leaving.signal }).catch(() => 'gone')
  const where = "query LIKE '%numbers(1000000000001)%' AND query NOT LIKE '%processes%'"
  const running = async () =>
    (
      await rows<{ v: number }>(
        `SELECT count() AS v FROM system.processes WHERE NOT is_cancelled AND ${where}`,
        {},
        control,
      )
    )[0]?.v
  await eventually(async () => expect(await running()).toBe(1))
  leaving.abort()
  expect(await asked).toBe('gone')
  // The embedded engine ends it by itself; a server is told to.
  await control.command({ query: `KILL QUERY WHERE ${where} ASYNC` })
  await eventually(async () => expect(await running()).toBe(0))
})
