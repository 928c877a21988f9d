/** Questions and rows straight over HTTP: parameters arrive as they were, errors as errors, packed or not, in the address or in the body. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ClickHouseError } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, isAnswer, isFar, type Store } from '../../../server/store/connect.ts'
import { parameter } from '../../../server/store/direct.ts'
import { isUnreached } from '../../../server/store/persistently.ts'
import { type Engine, lendEngine } from '../../support/engine.ts'

let engine: Engine
let plain: Store
let packed: Store
beforeAll(async () => {
  engine = await lendEngine()
  const url = new URL(engine.url)
  plain = connect({ url: url.href, now: () => 1 })
  url.searchParams.set('compression', 'gzip')
  packed = connect({ url: url.href, now: () => 1 })
})
afterAll(async () => {
  await Promise.all([plain.close(), packed.close()])
  await engine.stop()
})

const HARD = ['', "a'b\\c", 'tab\tline\nreturn\rnul\0', '{x: String}', 'Đắk Lắk – “ngoặc”', '[1,2]', 'NULL', '\\N']

test.each(['short', 'long'])('%s parameters of every type come back as they went, packed too', async (length) => {
  const many = length === 'long' ? 400 : 1
  const params = {
    text: HARD.join('|'),
    number: -1.5,
    big: 18446744073709551615n,
    flag: true,
    nothing: null,
    list: Array.from({ length: many }, () => HARD).flat(),
    nested: [['a', "b'"], []],
    wide: [1n, 18446744073709551615n],
  }
  const sql = `SELECT {text: String} AS text, {number: Float64} AS number, toString({big: UInt64}) AS big, {flag: Bool} AS flag,
    {nothing: Nullable(String)} AS nothing, {list: Array(String)} AS list, {nested: Array(Array(String))} AS nested,
    arrayMap(x -> toString(x), {wide: Array(UInt64)}) AS wide`
  const expected = { ...params, big: String(params.big), wide: params.wide.map(String) }
  for (const store of [plain, packed]) expect(await store.rows('ask', sql, params)).toEqual([expected])
})

test('rows of many lines, none, and text with line ends are what they were', async () => {
  const sql = "SELECT number AS n, concat('a\n', toString(number)) AS text FROM numbers({count: UInt64})"
  for (const store of [plain, packed])
    for (const count of [0, 1, 3000]) {
      const rows = await store.rows<{ n: number; text: string }>('ask', sql, { count })
      expect(rows).toHaveLength(count)
      if (count > 0) expect(rows.at(-1)).toEqual({ n: count - 1, text: `a\n${count - 1}` })
    }
})

test('what the store refuses is an error of the store with its code, also after the first rows', async () => {
  for (const store of [plain, packed])
    for (const sql of [
      'SELECT broken',
      'SELECT throwIf(number = 900000) FROM numbers(1000000) SETTINGS max_block_size = 1000',
    ]) {
      const error = await store.rows('ask', sql).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ClickHouseError)
      expect(Number((error as ClickHouseError).code)).toBeGreaterThan(0)
    }
})

test('rows go in by column as they are: text with every sign, maps, moments, what is left out', async () => {
  await plain.run(
    'write',
    `CREATE TABLE said (n UInt64, text String, members Map(LowCardinality(String), LowCardinality(String)), value Decimal(38, 6), at DateTime64(3, 'UTC'),
       state Enum8('taken' = 1, 'held' = 2), note String, twice UInt64 MATERIALIZED n * 2) ENGINE = MergeTree ORDER BY n`,
  )
  const rows = HARD.map((text, n) => ({
    ...{
      n,
      text,
      members: { unit: text, 'kênh "x"': 'y' },
      value: `-${n}.000001`,
      at: 1_782_838_800_123 + n,
      state: n % 2 ? 'held' : 'taken',
    },
    ...(n === 3 ? { note: 'một' } : {}),
  }))
  for (const store of [plain, packed]) {
    await store.run('write', 'TRUNCATE TABLE said')
    await store.insert('said', rows, `said-${store === plain}`)
    const sql = 'SELECT n, text, members, value, toUnixTimestamp64Milli(at) AS at, state, note FROM said ORDER BY n'
    expect(await store.rows('ask', sql)).toEqual(rows.map((row) => ({ ...row, note: row.n === 3 ? 'một' : '' })))
    await store.insert('said', [], 'nothing')
    expect(await store.rows('ask', 'SELECT count() AS n, sum(twice) AS twice FROM said')).toEqual([{ n: 8, twice: 56 }])
  }
})

test('packed rows are inserted and read in Native format as plain ones are', async () => {
  await plain.run('write', 'CREATE TABLE packed_rows (n UInt32, text String) ENGINE = MergeTree ORDER BY n')
  await packed.insert(
    'packed_rows',
    [
      { n: 1, text: 'một' },
      { n: 2, text: 'hai' },
    ],
    'once',
  )
  await packed.insertNative(
    'packed_rows',
    ['n', 'text'],
    await packed.native('SELECT n + 10 AS n, text FROM packed_rows ORDER BY n'),
  )
  expect(await plain.rows('ask', 'SELECT n, text FROM packed_rows ORDER BY n')).toEqual([
    { n: 1, text: 'một' },
    { n: 2, text: 'hai' },
    { n: 11, text: 'một' },
    { n: 12, text: 'hai' },
  ])
})

test('what travels within a machine is not packed, between machines it is', () => {
  expect(['localhost', '127.0.0.1', '[::1]'].map(isFar)).toEqual([false, false, false])
  expect(['10.0.0.7', 'kho.chinhphu.vn', '127-0-0-1.example'].map(isFar)).toEqual([true, true, true])
})

test.each([502, 500, 200])(
  'what stands before a store that it does not reach is no answer of the store, also where it says %i',
  async (status) => {
    const gateway = createServer((_request, response) =>
      response.writeHead(status).end(status === 200 ? '' : '<html>Bad Gateway</html>'),
    )
    await new Promise<void>((ready) => gateway.listen(0, '127.0.0.1', ready))
    const behind = connect({ url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/x`, now: () => 1 })
    const error = await behind.rows('ask', 'SELECT 1').catch((cause: unknown) => cause)
    expect([isUnreached(error), isAnswer(error)]).toEqual([true, false])
    if (status === 200) {
      // Nothing was stored, so nothing may count as stored; the second try finds the store.
      await expect(behind.run('write', 'CREATE TABLE nothing (n UInt8) ENGINE = Memory')).rejects.toThrow(
        'before the store',
      )
      await expect(behind.run('fold', 'SELECT {text: String}', { text: 'x'.repeat(3000) })).rejects.toThrow(
        'before the store',
      )
      let looked = 0
      const there = async () => ++looked > 0
      await behind.insert('nothing', [{ n: 1 }], 'once', { there })
      expect(looked).toBe(1)
    }
    await behind.close()
    gateway.closeAllConnections()
    gateway.close()
  },
)

test('what cannot be a parameter is refused', () => {
  expect(() => parameter({ a: 1 })).toThrow('object')
  expect(() => parameter(Number.NaN)).toThrow('number')
})
