/** The embedded engine through the client everybody uses. */
import { fork } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ClickHouseClient,
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
  TupleParam,
} from '@clickhouse/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../../server/engine/chdb.ts'
import { openPool } from '../../../server/engine/pool.ts'
import { type Engine, startEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'
import { BUILT } from '../../support/root.ts'

// This file is about the embedded engine, whatever server other tests are pointed at.
delete process.env.TEST_CLICKHOUSE

// Errors are what many of these tests ask for.
const QUIET = { level: ClickHouseLogLevel.OFF }

let engine: Engine
const clients: ClickHouseClient[] = []
function client(purpose: string, url = engine.url): ClickHouseClient {
  // By itself a client leaves after half a minute, and what it asked with it: on a busy machine a test takes longer.
  const patience = { request_timeout: 240_000, max_open_connections: 50 }
  const made = createClient({ url, http_headers: { 'X-Purpose': purpose }, ...patience, log: QUIET })
  clients.push(made)
  return made
}
let write: ClickHouseClient
let ask: ClickHouseClient
let control: ClickHouseClient

async function rows<T>(query: string, params?: Record<string, unknown>, by = ask): Promise<T[]> {
  const found = await by.query({ query, format: 'JSONEachRow', ...(params ? { query_params: params } : {}) })
  return found.json<T>()
}
async function value(query: string, params?: Record<string, unknown>, by = ask): Promise<unknown> {
  return (await rows<{ v: unknown }>(query, params, by))[0]?.v
}
async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ClickHouseError)
  return (error as ClickHouseError).code
}

beforeAll(async () => {
  engine = await startEngine()
  write = client('write')
  ask = client('ask')
  control = client('control')
})
afterAll(async () => {
  for (const made of clients) await made.close()
  await engine.stop()
})

describe('what the client uses', () => {
  test('ping', async () => {
    expect(await ask.ping()).toEqual({ success: true })
    expect(await ask.ping({ select: true })).toEqual({ success: true })
  })

  test('a wrong key is refused', async () => {
    const stranger = createClient({ url: engine.url.replace(/:[0-9a-f]{32}@/, ':wrong@'), log: QUIET })
    expect(await codeOf(stranger.query({ query: 'SELECT 1' }))).toBe('516')
    await stranger.close()
  })

  test('rows go in and come out, also compressed, with a summary', async () => {
    await write.command({ query: 'CREATE TABLE people (id UInt32, name String) ENGINE = MergeTree ORDER BY id' })
    const values = [
      { id: 1, name: 'Nguyễn Thị Ánh' },
      { id: 2, name: "Đặng; DROP TABLE people; --'\\\n\t\u2028" },
    ]
    const inserted = await write.insert({ table: 'people', values, format: 'JSONEachRow' })
    expect(inserted.summary?.written_rows).toBe('2')
    const zipped = createClient({ url: engine.url, compression: { request: true, response: true } })
    await zipped.insert({
      table: 'people',
      values: [[3, 'Gia Lai']],
      format: 'JSONCompactEachRow',
      columns: ['id', 'name'],
    })
    expect(await rows('SELECT * FROM people ORDER BY id', undefined, zipped)).toEqual([
      ...values,
      { id: 3, name: 'Gia Lai' },
    ])
    await zipped.close()
    const json = await (await ask.query({ query: 'SELECT count() AS n FROM people', format: 'JSON' })).json<{
      n: number
    }>()
    expect(json.data).toEqual([{ n: 3 }])
    await write.command({ query: "INSERT INTO people VALUES (4, 'FORMAT JSON;')" })
    await write.command({ query: 'INSERT INTO people SELECT 5, {name:String}', query_params: { name: 'Huế' } })
    expect(await value('SELECT groupArray(name) AS v FROM (SELECT * FROM people WHERE id > 3 ORDER BY id)')).toEqual([
      'FORMAT JSON;',
      'Huế',
    ])
  })

  test('errors carry the code and the type of ClickHouse', async () => {
    expect(await codeOf(ask.query({ query: 'SELECT * FROM nowhere' }))).toBe('60')
    expect(await codeOf(ask.query({ query: 'SELEC 1' }))).toBe('62')
    expect(await codeOf(ask.query({ query: 'SELECT 1', clickhouse_settings: { max_nonsense: 1 } as never }))).toBe(
      '115',
    )
    const failed = ask.query({ query: "SELECT throwIf(1, 'không được')" })
    await expect(failed).rejects.toMatchObject({ type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' })
    await expect(failed).rejects.toThrow('không được')
  })

  test('a failed statement leaves nothing in the next answer', async () => {
    for (const format of ['JSON', 'JSONEachRow'] as const) {
      const failing = 'SELECT number, throwIf(number = 1000000) FROM numbers(10000000)'
      // One write connection: the next answer comes over the same one.
      expect(await codeOf(write.query({ query: failing, format }))).toBe('395')
      expect(await rows('SELECT 1 AS v', undefined, write)).toEqual([{ v: 1 }])
    }
  })

  test('EXPLAIN answers in the format that was asked for', async () => {
    expect(await rows('EXPLAIN AST SELECT 1')).toContainEqual({ explain: '    Literal UInt64_1' })
  })

  test('decimals are quoted when asked', async () => {
    const query = "SELECT toDecimal128('12345678901234567890.123456', 6) AS v"
    const quoted = await ask.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_decimals: 1 },
    })
    expect(await quoted.json()).toEqual([{ v: '12345678901234567890.123456' }])
  })

  test('another database is another database, and the next request is back at home', async () => {
    await write.command({ query: 'CREATE DATABASE khac' })
    const there = client('write', engine.url.replace('/toan_canh', '/khac'))
    for (let i = 0; i < 3; i++) {
      expect(await value('SELECT currentDatabase() AS v', undefined, there)).toBe('khac')
      expect(await value('SELECT currentDatabase() AS v', undefined, write)).toBe('toan_canh')
    }
  })
})

describe('parameters', () => {
  test('of every type the store uses', async () => {
    const of = (type: string, given: unknown) => value(`SELECT {p:${type}} AS v`, { p: given })
    expect(await of('UInt64', 42)).toBe(42)
    expect(await of('Bool', true)).toBe(true)
    expect(await of('Nullable(String)', null)).toBe(null)
    expect(await of('Decimal(38, 6)', '1.5')).toBe(1.5)
    expect(await of("DateTime64(3, 'UTC')", new Date('2026-11-22T02:41:27.123Z'))).toBe('2026-11-22 02:41:27.123')
    expect(await of("DateTime64(3, 'UTC')", '2026-11-22T02:41:27.123Z')).toBe('2026-11-22 02:41:27.123')
    expect(await of("Array(DateTime64(3, 'UTC'))", [new Date(1123)])).toEqual(['1970-01-01 00:00:01.123'])
    expect(await of('Array(Array(Int8))', [[1], [2, 3], []])).toEqual([[1], [2, 3], []])
    expect(await of('Array(Nullable(Int8))', [null, 1])).toEqual([null, 1])
    expect(await of('Array(Bool)', [true, false])).toEqual([true, false])
    const large = await value('SELECT arrayMap(n -> toString(n), {p:Array(UInt64)}) AS v', { p: [0n, 2n ** 64n - 1n] })
    expect(large).toEqual(['0', '18446744073709551615'])
    expect(await of('Array(Array(UInt32))', [[2 ** 32 - 1], [], [0, 999_999_999]])).toEqual([
      [2 ** 32 - 1],
      [],
      [0, 999_999_999],
    ])
    expect(await of('Array(Int64)', [-1, 1_795_000_000_123])).toEqual([-1, 1_795_000_000_123])
    expect(await of('Array(Tuple(String, Int8))', [new TupleParam(['a', 1])])).toEqual([['a', 1]])
    expect(await of('Map(String, Array(Int8))', { tỉnh: [1], "q'": [] })).toEqual({ tỉnh: [1], "q'": [] })
    expect(await of('Map(UInt8, String)', new Map([[1, 'x']]))).toEqual({ 1: 'x' })
    expect(await of('Map(String, String)', {})).toEqual({})
    expect(await value('SELECT {c:Identifier} AS v FROM (SELECT 7 AS `a``b`)', { c: 'a`b' })).toBe(7)
    expect(await rows('SELECT number FROM numbers({n:UInt64}) LIMIT {l:UInt8}', { n: 9, l: 1 })).toHaveLength(1)
  })

  test('are not looked for in literals, names and comments', async () => {
    expect(await value("SELECT '{p:String}' AS v -- {q:String}")).toBe('{p:String}')
    expect(await value('SELECT 1 AS v /* {q:String} */')).toBe(1)
    expect(await codeOf(ask.query({ query: 'SELECT {missing:String}' }))).toBe('456')
  })

  test('come back exactly as they were given, whatever they hold', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom(
          "'",
          '\\',
          '\n',
          '\t',
          '\r',
          '\0',
          '`',
          '"',
          '{p:String}',
          '--',
          '/*',
          '*/',
          ';',
          '$$',
          '%',
          '?',
          'ệ',
          '\u2028',
          '’',
        ),
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        hostile,
        fc.array(hostile, { maxLength: 4 }),
        fc.dictionary(hostile, hostile, { maxKeys: 3 }),
        async (s, a, m) => {
          const found = await rows('SELECT {s:String} AS s, {a:Array(String)} AS a, {m:Map(String, String)} AS m', {
            s,
            a,
            m: new Map(Object.entries(m)),
          })
          expect(found).toEqual([{ s, a, m }])
        },
      ),
      { numRuns: 120 },
    )
  })

  test('in parallel do not mix', async () => {
    const asked = Array.from({ length: 200 }, (_, i) => value('SELECT {p:UInt32} AS v', { p: i }))
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 200 }, (_, i) => i))
  })
})

describe('settings', () => {
  test('end with their request', async () => {
    await write.command({
      query: `CREATE TABLE once (n UInt32) ENGINE = MergeTree ORDER BY n
        SETTINGS non_replicated_deduplication_window = 1000`,
      clickhouse_settings: { max_threads: 1 },
    })
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        write.insert({
          table: 'once',
          values: [{ n }],
          format: 'JSONEachRow',
          ...(n % 10 === 0 ? { clickhouse_settings: { insert_deduplication_token: `lô '${n}'` } } : {}),
        }),
      ),
    )
    expect(await value('SELECT count() AS v FROM once')).toBe(200)
    const again = {
      table: 'once',
      values: [{ n: 0 }],
      format: 'JSONEachRow' as const,
      clickhouse_settings: { insert_deduplication_token: "lô '0'" },
    }
    await write.insert(again)
    expect(await value('SELECT count() AS v FROM once')).toBe(200)
    await write.query({ query: 'SELECT 1', clickhouse_settings: { readonly: '1' } })
    await write.command({ query: 'TRUNCATE TABLE once', clickhouse_settings: { max_threads: 1 } })
  })

  test('find their place in every kind of statement', async () => {
    const max = async (query: string) => {
      const found = await ask.query({ query, format: 'JSONEachRow', clickhouse_settings: { max_threads: 3 } })
      return (await found.json<{ v: number }>()).at(-1)?.v
    }
    expect(await max("SELECT getSetting('max_threads') AS v")).toBe(3)
    expect(await max("SELECT getSetting('max_threads') AS v -- end")).toBe(3)
    expect(await max("SELECT getSetting('max_threads') AS v SETTINGS max_block_size = 100")).toBe(3)
    for (const own of [
      'max_threads = 1',
      'max_execution_time = +1, max_threads = 1',
      'use_uncompressed_cache, max_threads = 1',
    ])
      expect(await max(`SELECT getSetting('max_threads') AS v SETTINGS ${own}`), own).toBe(1)
    for (const own of ['', 'SETTINGS max_threads = 1', 'SETTINGS priority = +0, max_threads = 1'])
      await write.command({
        query: `INSERT INTO FUNCTION null('v UInt64') ${own} SELECT throwIf(getSetting('max_threads') != ${own === '' ? 3 : 1}) AS v`,
        clickhouse_settings: { max_threads: 3 },
      })
    expect(await max("SELECT 9 AS v UNION ALL SELECT getSetting('max_threads')")).toBe(3)
    expect(await max("WITH 1 AS x SELECT getSetting('max_threads') AS v")).toBe(3)
    const settings = { clickhouse_settings: { max_threads: 1, mutations_sync: '2', wait_end_of_query: 1 } as const }
    for (const query of [
      'CREATE TABLE s (n UInt32) ENGINE = MergeTree ORDER BY n',
      'CREATE TABLE IF NOT EXISTS s (n UInt32) ENGINE = MergeTree ORDER BY n SETTINGS index_granularity = 4096',
      'CREATE VIEW sv AS SELECT n FROM s',
      'INSERT INTO s VALUES (1), (2)',
      'INSERT INTO s (n) SELECT number FROM numbers(3)',
      'INSERT INTO s WITH 4 AS x SELECT x',
      'INSERT INTO s SETTINGS max_block_size = 10 VALUES (7)',
      'ALTER TABLE s DELETE WHERE n = 2',
      'ALTER TABLE s ADD COLUMN m String',
      'DELETE FROM s WHERE n = 1',
      'OPTIMIZE TABLE s FINAL',
      'RENAME TABLE s TO s2',
      'TRUNCATE TABLE s2',
      'DROP VIEW sv',
      'DROP TABLE s2 SYNC;',
    ]) {
      await write.command({ query, ...settings })
    }
    expect(await rows('SHOW TABLES LIKE {p:String}', { p: 's%' })).toEqual([])
  })
})

describe('refusals', () => {
  test('two statements in one request', async () => {
    expect(await codeOf(write.command({ query: 'SELECT 1; DROP TABLE people' }))).toBe('62')
    expect(await codeOf(write.command({ query: '/* ; */ SELECT 1 ;; SELECT 2' }))).toBe('62')
    expect(await value("SELECT ';' AS v;")).toBe(';')
    const smuggled = write.exec({ query: 'INSERT INTO people FORMAT JSONEachRow\n{"id":9}\n;DROP TABLE people' })
    expect(await codeOf(smuggled)).toBe('27')
    expect(await value('EXISTS TABLE people', undefined).then(() => rows('SELECT 1 FROM people LIMIT 1'))).toHaveLength(
      1,
    )
  })

  test('askers only read', async () => {
    for (const query of [
      "INSERT INTO people VALUES (1, '')",
      'DROP TABLE people',
      'TRUNCATE TABLE people',
      'CREATE TABLE y (a Int8) ENGINE = Memory',
      'ALTER TABLE people DELETE WHERE 1',
    ]) {
      expect(await codeOf(ask.command({ query }))).toBe('164')
    }
    for (const query of ['KILL QUERY WHERE 1 ASYNC', 'SYSTEM STOP MERGES']) {
      expect(await codeOf(ask.command({ query }))).toBe('497')
    }
    expect(await codeOf(ask.query({ query: 'SELECT number FROM numbers(200000)' }))).toBe('396')
  })
})

const HEAVY = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)'
// chDB keeps the entry of a killed statement until its connection is asked again; what is cancelled does not run.
const busy = async () =>
  Number(
    await value(
      "SELECT count() AS v FROM system.processes WHERE query LIKE '%numbers(1000000000000)%' AND NOT is_cancelled AND query NOT LIKE '%processes%'",
      undefined,
      control,
    ),
  )

describe('a caller who leaves', () => {
  test('takes the statement along, running or waiting', async () => {
    const leaving = new AbortController()
    const asked = Array.from({ length: 8 }, () =>
      ask.query({ query: HEAVY, abort_signal: leaving.signal }).catch(() => 'aborted'),
    )
    await eventually(async () => expect(await busy()).toBe(4))
    leaving.abort()
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['aborted']))
    await eventually(async () => expect(await busy()).toBe(0))
    // Nothing of it keeps the next ones waiting: four endless statements would hold all four lines.
    const answers = await Promise.all(Array.from({ length: 8 }, () => value('SELECT 1 AS v')))
    expect(answers).toEqual(Array(8).fill(1))
  })

  test('heavy ones on every line of askers hold up neither the pulse nor a short question', async () => {
    const leaving = new AbortController()
    const query = `${HEAVY} SETTINGS max_execution_time = 0`
    const asked = Array.from({ length: 4 }, () =>
      ask.query({ query, abort_signal: leaving.signal }).catch(() => undefined),
    )
    await eventually(async () => expect(await busy()).toBe(4))
    // Beside others an asker has one thread, whatever it asked for.
    const threads = { query: "SELECT getSetting('max_threads') AS v", clickhouse_settings: { max_threads: 2 } } as const
    const threadsNow = async () =>
      (await (await ask.query({ ...threads, format: 'JSONEachRow' })).json<{ v: number }>())[0]?.v
    expect(await threadsNow()).toBe(1)
    for (const purpose of ['pulse', 'ask']) {
      const [small, took] = [client(purpose), [] as number[]]
      for (let i = 0; i < 40; i++) {
        const began = performance.now()
        expect(await value('SELECT {i:UInt32} AS v', { i }, small)).toBe(i)
        took.push(performance.now() - began)
      }
      took.sort((a, b) => a - b)
      // Told, not asserted: a busy machine is not a wrong program.
      process.stdout.write(
        `beside four heavy ones a small ${purpose} took p50 ${took[20]?.toFixed(1)}, at most ${took[39]?.toFixed(1)} ms\n`,
      )
    }
    // Where nothing else waits, what takes longer than a slice is not given back to lines that are held for ever.
    expect(await value('SELECT sleep(1) AS v')).toBe(0)
    // Two more that are as heavy do not keep the line for short ones either.
    const more = Array.from({ length: 2 }, () =>
      ask.query({ query, abort_signal: leaving.signal }).catch(() => undefined),
    )
    for (let i = 0; i < 10; i++) expect(await value('SELECT {i:UInt32} AS v', { i })).toBe(i)
    expect(await busy()).toBeGreaterThanOrEqual(4)
    leaving.abort()
    await Promise.all([...asked, ...more])
    await eventually(async () => expect(await threadsNow()).toBe(2))
  })

  test('what is ended while it runs answers whole or not at all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'toan-canh-'))
    const pool = await openPool(await openStore(folder), 'ended')
    const answers = { whole: 0, none: 0, other: [] as string[] }
    for (let i = 0; i < 400; i++) {
      const gone = new AbortController()
      const job = { purpose: 'ask', database: 'ended', format: 'TabSeparated', limit: 0, gone: gone.signal } as const
      const asked = pool.run({ ...job, sql: `SELECT ${i}` }).then(
        ({ bytes }) => Buffer.from(bytes).toString(),
        () => null,
      )
      for (let turn = 0; turn < i % 40; turn++) await new Promise(setImmediate)
      gone.abort()
      const answer = await asked
      if (answer === null) answers.none++
      else if (answer === `${i}\n`) answers.whole++
      else answers.other.push(answer)
    }
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
    expect(answers.other).toEqual([])
    expect(answers.none).toBeGreaterThan(0)
  })

  test('no connection is closed with a statement under way, that of who ends statements neither', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'toan-canh-'))
    const open = await openStore(folder)
    const early: string[] = []
    let ended = 0
    /** As on a busy machine: what ends statements is answered later than these are over. */
    const late = async (sql: string) => {
      if (!sql.startsWith('KILL')) return
      ended++
      await new Promise((later) => setTimeout(later, 300))
    }
    const watched = () => {
      const connection = open()
      let under: string | null = null
      return {
        ask: async (sql: string, format: string) => {
          under = sql
          try {
            return await connection.ask(sql, format)
          } finally {
            await late(sql)
            under = null
          }
        },
        close: () => {
          if (under !== null) early.push(under)
          connection.close()
        },
      }
    }
    const pool = await openPool(watched, 'closing')
    const job = {
      purpose: 'ask',
      database: 'closing',
      format: 'Null',
      limit: 0,
      gone: new AbortController().signal,
    } as const
    const asked = pool.run({ ...job, sql: HEAVY }).catch(() => 'ended')
    await pool.run({ ...job, sql: 'SELECT 1' })
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
    expect(await asked).toBe('ended')
    expect(ended).toBeGreaterThan(0)
    expect(early).toEqual([])
  })

  test('what is longer than the line for short ones has time for is answered once, by another', async () => {
    const leaving = new AbortController()
    const heavy = Array.from({ length: 3 }, () =>
      ask.query({ query: HEAVY, abort_signal: leaving.signal }).catch(() => undefined),
    )
    await eventually(async () => expect(await busy()).toBe(3))
    const query = 'SELECT count() AS v FROM numbers(4) WHERE sleepEachRow(0.2) = 0 SETTINGS max_block_size = 1'
    expect(await Promise.all([1, 2, 3].map(() => value(query)))).toEqual([4, 4, 4])
    leaving.abort()
    await Promise.all(heavy)
  })
})

const MAIN = join(BUILT, 'server/engine/main.js')
const KEY = '0123456789abcdef'
async function refused(folder: string, language: string): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, DATA: folder, ENGINE_PORT: '0', ENGINE_KEY: KEY, LANGUAGE: language }
  const child = fork(MAIN, [], { env, silent: true, execArgv: [] })
  let said = ''
  child.stderr?.on('data', (text) => {
    said += text
  })
  const code = await new Promise<number | null>((left) => child.once('close', left))
  return { code, said }
}

describe('the folder', () => {
  test('has one opener; the second is told so in one sentence', async () => {
    const { code, said } = await refused(engine.folder, 'en')
    expect(said).toBe(
      `The data folder ${engine.folder} is in use by process ${engine.process?.pid} (toan-canh engine); stop that process or set DATA to another folder.\n`,
    )
    expect(code).toBe(78)
  })

  test('that cannot be written is refused in one sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'toan-canh-'))
    writeFileSync(join(folder, 'file'), '')
    const { code, said } = await refused(join(folder, 'file'), 'vi')
    expect(said).toMatch(/^Không ghi được vào thư mục dữ liệu .*; hãy cấp quyền ghi hoặc đặt DATA là thư mục khác\.\n$/)
    expect(code).toBe(78)
    chmodSync(folder, 0o700)
    rmSync(folder, { recursive: true })
  })

  test('keeps every acknowledged row through kill -9', async () => {
    const first = await startEngine()
    const before = client('write', first.url)
    await before.command({ query: 'CREATE TABLE kept (n UInt32) ENGINE = MergeTree ORDER BY n' })
    const acknowledged: number[] = []
    const storing = (async () => {
      for (let n = 0; ; n++) {
        await before.insert({ table: 'kept', values: [{ n }], format: 'JSONEachRow' })
        acknowledged.push(n)
      }
    })().catch(() => undefined)
    await eventually(async () => expect(acknowledged.length).toBeGreaterThan(50))
    await first.kill()
    await storing
    const second = await startEngine(first.folder)
    const found = await rows<{ n: number }>('SELECT n FROM kept', undefined, client('ask', second.url))
    const kept = new Set(found.map((row) => row.n))
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([])
    expect(kept.size).toBe(found.length)
    await second.stop()
  })
})

/** The exit code of an engine that is told to leave while a statement runs. */
async function leaving(folder: string): Promise<number | null> {
  const it = await startEngine(folder)
  const asked = client('write', it.url)
    .query({ query: HEAVY })
    .catch(() => 'ended')
  const watching = client('control', it.url)
  const runs = async () => Number(await value('SELECT count() AS v FROM system.processes', undefined, watching))
  await eventually(async () => expect(await runs()).toBe(2))
  const code = await it.stop(true)
  expect(await asked).toBe('ended')
  return code
}

test('leaves in order with a statement running, and by itself when its parent is gone', async () => {
  const it = await startEngine()
  await it.stop(true)
  // It gives itself less than three seconds before it kills itself; a busy machine may need another try.
  let code: number | null = null
  for (let tries = 0; code !== 0 && tries < 5; tries++) code = await leaving(it.folder)
  expect(code).toBe(0)
  const next = await startEngine(it.folder)
  next.process?.disconnect()
  await eventually(() => expect([next.process?.exitCode, next.process?.signalCode]).not.toEqual([null, null]))
  await next.stop()
})
