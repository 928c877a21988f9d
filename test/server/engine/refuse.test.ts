/** What the engine refuses, whoever asks: a real engine, everything by which ClickHouse can reach a file, another machine or a program. */
import { existsSync } from 'node:fs'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, startEngine } from '../../support/engine.ts'

delete process.env.TEST_CLICKHOUSE

let engine: Engine
const clients = {} as Record<'write' | 'ask', ClickHouseClient>
beforeAll(async () => {
  engine = await startEngine()
  for (const purpose of ['write', 'ask'] as const)
    clients[purpose] = createClient({
      ...{ url: engine.url, log: { level: ClickHouseLogLevel.OFF }, http_headers: { 'X-Purpose': purpose } },
    })
  await clients.write.command({ query: 'CREATE TABLE people (id UInt32, name String) ENGINE = MergeTree ORDER BY id' })
})
afterAll(async () => {
  for (const client of Object.values(clients)) await client.close()
  await engine.stop()
})

async function codeOf(query: string, purpose: 'write' | 'ask' = 'write', params: Record<string, unknown> = {}) {
  const error = await clients[purpose].command({ query, query_params: params }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error === undefined ? 'done' : error instanceof ClickHouseError ? error.code : String(error)
}
const names = async (query: string) => {
  const answer = await clients.write.query({ query, format: 'JSONEachRow' })
  return (await answer.json<{ name: string }>()).map(({ name }) => name)
}

const REFUSED = [
  "SELECT * FROM file('/etc/passwd', 'LineAsString')",
  "SELECT file('/etc/passwd')",
  "SELECT * FROM `file` ('/etc/passwd')",
  'SELECT * FROM /* x */ "url"\n(\'http://127.0.0.1/\')',
  "DESCRIBE TABLE file('/etc/passwd')",
  "SELECT * FROM remote('127.0.0.1', system.one)",
  "SELECT hasColumnInTable('127.0.0.1', 'system', 'one', 'dummy')",
  "INSERT INTO FUNCTION file('/tmp/x') SELECT 1",
  "INSERT INTO people FORMAT Values (1, file('/etc/passwd'))",
  "INSERT INTO people VALUES (1, file('/etc/passwd'))",
  "CREATE TABLE x (a Int8) ENGINE = URL('http://127.0.0.1/', CSV)",
  'CREATE TABLE x (a Int8) ENGINE = File(CSV)',
  "ATTACH TABLE x UUID '00000000-0000-0000-0000-000000000001' (a Int8) ENGINE = File(CSV)",
  "CREATE TABLE x (a Int8) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = local, path = '/tmp/x/')",
  "CREATE VIEW x AS SELECT * FROM file('/etc/passwd', 'LineAsString')",
  'CREATE DATABASE x ENGINE = Filesystem',
  'CREATE DATABASE x ENGINE Filesystem',
  'CREATE DATABASE IF NOT EXISTS x ENGINE = `Filesystem`',
  'ATTACH DATABASE x ENGINE = Filesystem',
  'CREATE DATABASE select ENGINE = Filesystem',
  'CREATE DATABASE table ENGINE Filesystem',
  'CREATE DATABASE engine ENGINE Filesystem',
  "CREATE DATABASE x ENGINE = Backup('toan_canh', File('/tmp/x'))",
  "CREATE DATABASE x ENGINE = DataLakeCatalog('http://127.0.0.1/')",
  'CREATE DATABASE x ENGINE = S3',
  "SELECT 1 INTO OUTFILE '/tmp/toan-canh-outfile'",
  "INSERT INTO people FROM INFILE '/etc/passwd' FORMAT CSV",
  "BACKUP DATABASE toan_canh TO File('/tmp/toan-canh-backup')",
  "BACKUP TABLE people TO Memory('x')",
  "RESTORE TABLE people FROM Disk('backups', 'x')",
  "ATTACH TABLE x FROM '/etc' (a Int8) ENGINE = MergeTree ORDER BY a",
  ...[
    "FILE(path '/etc/passwd' format 'CSV')",
    "HTTP(url 'http://127.0.0.1/' format 'CSV')",
    "CLICKHOUSE(host '127.0.0.1' table 't')",
    "CLICKHOUSE(query 'SELECT 1')",
    "MYSQL(host '127.0.0.1' db 'd' table 't')",
    "YAMLRegExpTree(path '/etc/passwd')",
    "EXECUTABLE(command 'true' format 'CSV')",
    "EXECUTABLE_POOL(command 'true' format 'CSV')",
    "`FILE`(path '/etc/passwd' format 'CSV')",
  ].map(
    (source) =>
      `CREATE DICTIONARY d (id UInt64, name String) PRIMARY KEY id SOURCE(${source}) LAYOUT(FLAT()) LIFETIME(0)`,
  ),
  "SELECT * FROM eval('SELECT file(\\'/etc/passwd\\')')",
  "SELECT 1 FORMAT Protobuf SETTINGS output_format_schema = '/tmp/toan-canh-outfile'",
  "CREATE NAMED COLLECTION x AS url = 'http://127.0.0.1/'",
  'DROP NAMED COLLECTION x',
  'CREATE TEMPORARY TABLE x (a Int8)',
  "CREATE USER x IDENTIFIED BY 'y'",
  "SELECT 1 SETTINGS additional_result_filter = 'file(\\'/etc/passwd\\') = \\'\\''",
  "SELECT dummy FROM system.one SETTINGS additional_table_filters = {'system.one': 'file(\\'/etc/passwd\\') = \\'\\''}",
  "SELECT 1 FORMAT Template SETTINGS format_template_resultset = '/etc/passwd'",
  'SYSTEM SHUTDOWN',
  'SYSTEM KILL',
  'SYSTEM START LISTEN HTTP',
  "KILL QUERY WHERE query_id = 'x' SYNC",
  'SET readonly = 1',
  'USE system',
]

test.each(REFUSED)('%s', async (query) => {
  for (const purpose of ['write', 'ask'] as const) expect(await codeOf(query, purpose), purpose).toBe('497')
  expect(existsSync('/tmp/toan-canh-outfile')).toBe(false)
})

test('a name bound as a parameter calls no function and names no engine', async () => {
  for (const purpose of ['write', 'ask'] as const) {
    expect(await codeOf("SELECT * FROM {f:Identifier}('/etc/passwd')", purpose, { f: 'file' })).toBe('497')
    expect(await codeOf("SELECT { f : Identifier } ('/etc/passwd')", purpose, { f: 'file' })).toBe('497')
    const hidden = "SELECT 1 SETTINGS max_threads = 1, {s:Identifier} = 'file(\\'/etc/passwd\\') = \\'\\''"
    expect(await codeOf(hidden, purpose, { s: 'additional_result_filter' })).toBe('497')
    expect(await codeOf("SELECT 1 SETTINGS `additional\\_result_filter` = '1'", purpose)).toBe('497')
    expect(await codeOf('SELECT 1 FROM system.one WHERE {c:Identifier} = 0', purpose, { c: 'dummy' })).toBe('done')
    for (const named of ['= {e:Identifier}', '{e:Identifier}', "= 'Filesystem'"])
      expect(await codeOf(`CREATE DATABASE x ENGINE ${named}`, purpose, { e: 'Filesystem' })).toMatch(/^(497|62|164)$/)
  }
})

test('a file of the machine by its name alone, in the database chDB begins with, which cannot be brought back', async () => {
  for (const query of [
    'SELECT * FROM default.`/etc/passwd`',
    "SELECT * FROM loop('default', '/etc/passwd') LIMIT 1",
    'SELECT * FROM `/etc/passwd`',
    "SELECT * FROM '/etc/passwd'",
  ])
    for (const purpose of ['write', 'ask'] as const) expect(await codeOf(query, purpose), query).toMatch(/^(60|62|81)$/)
  expect(await codeOf('ATTACH DATABASE default')).not.toBe('done')
  expect(await names('SHOW DATABASES')).not.toContain('default')
})

/** Table functions that read what the statement or the store holds, and nothing else. */
const WITHIN = new Set(
  `SQLStandardValues dictionary format fuzzJSON fuzzQuery generateRandom generateSeries generate_series input loop merge
   mergeTreeAnalyzeIndexes mergeTreeAnalyzeIndexesUUID mergeTreeIndex mergeTreeProjection mergeTreeTextIndex null
   numbers numbers_mt primes timeSeriesData timeSeriesMetrics timeSeriesSamples timeSeriesSelector timeSeriesTags values
   view viewExplain viewIfPermitted zeros zeros_mt`.split(/\s+/),
)
/** Engines whose rows are in the store, or nowhere. */
const KEPT = new Set(
  `AggregatingMergeTree Buffer CoalescingMergeTree CollapsingMergeTree GenerateRandom Join Log Memory Merge MergeTree Null
   ReplacingMergeTree Set StripeLog SummingMergeTree TinyLog VersionedCollapsingMergeTree`.split(/\s+/),
)

test('of all table functions and engines this engine knows, every one that could reach out is refused', async () => {
  const functions = await names('SELECT name FROM system.table_functions')
  expect(functions.length).toBeGreaterThan(50)
  const open: string[] = []
  const refusedAll = async (what: string, ...queries: readonly string[]) => {
    const codes = await Promise.all(queries.map((query) => codeOf(query)))
    if (codes.some((code) => code !== '497')) open.push(what)
  }
  const outside = functions.filter((name) => !WITHIN.has(name))
  await Promise.all(
    outside.map((name) => refusedAll(name, `SELECT * FROM ${name}('x')`, `INSERT INTO FUNCTION ${name}('x') SELECT 1`)),
  )
  const engines = (await names('SELECT name FROM system.table_engines')).filter((name) => !KEPT.has(name))
  expect(engines.length).toBeGreaterThan(50)
  await Promise.all(
    engines.map((name) =>
      refusedAll(
        `ENGINE ${name}`,
        `CREATE TABLE made (a Int8) ENGINE = ${name}`,
        `CREATE TABLE made (a Int8) ENGINE = ${name}('x')`,
        `ATTACH TABLE made (a Int8) ENGINE ${name}('x')`,
      ),
    ),
  )
  const databases = await names('SELECT name FROM system.database_engines')
  expect(databases.length).toBeGreaterThan(10)
  for (const name of databases.filter((one) => one !== 'Atomic' && one !== 'Memory'))
    await refusedAll(`DATABASE ${name}`, `CREATE DATABASE made ENGINE = ${name}`)
  const asking = await names(
    "SELECT name FROM system.functions WHERE categories = 'AI' OR name IN ('file', 'catboostEvaluate')",
  )
  for (const name of asking) if ((await codeOf(`SELECT ${name}('x')`)) !== '497') open.push(`${name}()`)
  expect(asking.length).toBeGreaterThan(5)
  expect(open).toEqual([])
})

test('what is called like something outside may still be a table, a column or a word of ours', async () => {
  for (const query of [
    'CREATE TABLE url (file String, engine String) ENGINE = Memory',
    "INSERT INTO url (file, engine) VALUES ('a', 'b')",
    "INSERT INTO toan_canh.url (file) VALUES ('file(1)')",
    'SELECT file, engine FROM url WHERE engine = file',
    'CREATE VIEW engine AS SELECT engine FROM url',
    'DROP TABLE engine',
    'CREATE TABLE engine ENGINE = Memory AS SELECT 1 AS a',
    "CREATE VIEW named AS SELECT engine FROM url WHERE engine = 'b' ORDER BY engine DESC",
    'CREATE TABLE IF NOT EXISTS s3 (a Int8) ENGINE = MergeTree ORDER BY a SETTINGS index_granularity = 64',
    'CREATE DATABASE plain',
    'CREATE DATABASE held ENGINE = Memory',
  ])
    expect(await codeOf(query), query).toBe('done')
  expect(await names("SELECT d.engine AS name FROM system.databases AS d WHERE d.name = 'plain'")).toEqual(['Atomic'])
})
