/** How an engine ends, and does not, when something of its own process is wrong: with a statement under way, and with nobody who reads its log. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { afterAll, expect, test } from 'vitest'
import { startEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'
import { BUILT } from '../../support/root.ts'

const KEY = '0123456789abcdef'
/** SIGUSR2 says a line, SIGALRM is a mistake in the engine's own code. */
const PLANTED = `data:text/javascript,${encodeURIComponent(`
process.on('SIGUSR2', () => process.stderr.write('a line\\n'))
process.on('SIGALRM', () => { throw new TypeError('planted') })
`)}`
/** A look of the watch lasts a fiftieth of its second. */
const HASTY = `data:text/javascript,${encodeURIComponent(`
const every = setInterval
globalThis.setInterval = (step, ms, ...more) => every(step, ms === 1000 ? 20 : ms, ...more)
`)}`
/** One block of rows, within which the engine looks at no limit. */
const DEAF = 'SELECT ignore(arrayMap(x -> sipHash128(toString(x)), range(40000000)))'
const NO_END = 'SELECT count() FROM numbers(1e18) WHERE cityHash64(number) = 1'

const folder = mkdtempSync(join(tmpdir(), 'toan-canh-ends-'))
let left: Promise<unknown[]> = Promise.resolve([])
let child: ChildProcess | undefined
afterAll(async () => {
  child?.kill('SIGKILL')
  await left
  rmSync(folder, { recursive: true, force: true })
})

test('a log nobody reads ends nothing; a mistake ends the engine at once whatever is under way, and its rows are there again', async () => {
  const env = { ...process.env, MODE: 'demo', ENGINE_PORT: '0', ENGINE_KEY: KEY, DATA: folder }
  const own = fork(join(BUILT, 'server/engine/main.js'), [], { env, silent: true, execArgv: ['--import', PLANTED] })
  child = own
  left = once(own, 'exit')
  const [{ port }] = (await once(own, 'message')) as [{ port: number }]
  const client = createClient({
    url: `http://default:${KEY}@127.0.0.1:${port}/toan_canh`,
    http_headers: { 'X-Purpose': 'write' },
  })
  const count = async () => {
    const answer = await client.query({ query: 'SELECT count() AS n FROM kept', format: 'JSONEachRow' })
    return (await answer.json<{ n: number }>())[0]?.n
  }
  await client.command({ query: 'CREATE TABLE kept (n UInt32) ENGINE = MergeTree ORDER BY n' })

  let said = ''
  own.stderr?.on('data', (text) => {
    said += text
  })
  own.kill('SIGUSR2')
  await eventually(() => expect(said).toBe('a line\n'))
  own.stdout?.destroy()
  own.stderr?.destroy()
  // The second line finds out what the first was lost to.
  for (const n of [1, 2, 3]) {
    own.kill('SIGUSR2')
    await client.insert({ table: 'kept', values: [{ n }], format: 'JSONEachRow' })
  }
  expect(await count()).toBe(3)

  const asker = createClient({
    url: `http://default:${KEY}@127.0.0.1:${port}/toan_canh`,
    http_headers: { 'X-Purpose': 'fold' },
  })
  const endless = asker.query({ query: NO_END }).then(
    () => 'answered',
    () => 'cut off',
  )
  await eventually(async () => {
    const running = await client.query({
      query: `SELECT count() AS n FROM system.processes WHERE position(query, '1e18') > 0 AND position(query, 'processes') = 0`,
      format: 'JSONEachRow',
    })
    expect(await running.json()).toEqual([{ n: 1 }])
  })
  own.kill('SIGALRM')
  expect(await left).toEqual([null, 'SIGKILL'])
  expect(await endless).toBe('cut off')
  await Promise.all([client.close(), asker.close()])

  const again = await startEngine(folder)
  const reader = createClient({ url: again.url })
  const found = await reader.query({ query: 'SELECT n FROM kept ORDER BY n', format: 'JSONEachRow' })
  expect(await found.json()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  await reader.close()
  expect(await again.stop(true)).toBe(0)
})

test('a statement that its limit does not end is told, and ends the engine a minute later; what has no limit ends nothing', async () => {
  const env = { ...process.env, MODE: 'demo', ENGINE_PORT: '0', ENGINE_KEY: KEY, DATA: folder, LANGUAGE: 'vi' }
  const own = fork(join(BUILT, 'server/engine/main.js'), [], { env, silent: true, execArgv: ['--import', HASTY] })
  child = own
  left = once(own, 'exit')
  let said = ''
  for (const stream of [own.stdout, own.stderr])
    stream?.on('data', (text) => {
      said += text
    })
  const [{ port }] = (await once(own, 'message')) as [{ port: number }]
  const client = createClient({
    url: `http://default:${KEY}@127.0.0.1:${port}/toan_canh`,
    http_headers: { 'X-Purpose': 'fold' },
  })
  const leaving = new AbortController()
  const endless = client.query({ query: NO_END, abort_signal: leaving.signal }).catch(() => 'left')
  await eventually(() => expect(said).toContain('chạy đã 25 giây'))
  // More than any limit and the minute after it.
  await eventually(async () => {
    const answer = await client.query({
      query: `SELECT max(elapsed) > 2.5 AS long FROM system.processes WHERE position(query, '1e18') > 0`,
      format: 'JSONEachRow',
    })
    expect(await answer.json()).toEqual([{ long: 1 }])
  })
  leaving.abort()
  expect(await endless).toBe('left')
  said = ''
  const deaf = client.query({ query: DEAF, clickhouse_settings: { max_execution_time: 1 } }).catch(() => 'cut off')
  expect(await left).toEqual([null, 'SIGKILL'])
  expect(await deaf).toBe('cut off')
  expect(said).toMatch(/chạy đã 61 giây, quá mọi giới hạn.*range\(40000000\).*đang chạy: \[.*sipHash128/)
  await client.close()
})
