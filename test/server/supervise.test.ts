/** The supervisor: keeps its children, takes them down in order, and says in one sentence why it does not start. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Log } from '../../kpi/log.ts'
import { type Child, Misconfigured } from '../../server/keep.ts'
import { preflight } from '../../server/preflight.ts'
import { readSettings } from '../../server/settings.ts'
import { children, type Supervision, supervise } from '../../server/supervise.ts'
import { remembering } from '../support/declared.ts'
import { english } from '../support/english.ts'
import { eventually } from '../support/eventually.ts'
import { declarations } from '../support/house.ts'
import { ownPort } from '../support/port.ts'
import { BUILT } from '../support/root.ts'

let folder: string
let runFile: string
let lines: string[]
const running: Supervision[] = []
const log: Log = {
  info: (text) => lines.push(english(text)),
  warn: (text) => lines.push(english(text)),
  error: (text) => lines.push(english(text)),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'toan-canh-'))
  remembering(folder)
  runFile = join(folder, 'run.json')
  lines = []
})
afterEach(async () => {
  for (const system of running.splice(0)) await system.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A child of a few lines; it leaves a line in `trace` when it starts and when it is told to leave. */
function child(name: string, body: string, grace = 240_000): Child {
  const script = join(folder, `${name}.mjs`)
  const trace = JSON.stringify(join(folder, 'trace'))
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs'
     const trace = (what) => appendFileSync(${trace}, '${name} ' + what + '\\n')
     setInterval(() => {}, 1000)
     process.on('disconnect', () => process.exit(0))
     trace('starts'); ${body}`,
  )
  return { name, script, env: {}, grace }
}
const trace = () => readFileSync(join(folder, 'trace'), 'utf8').trim().split('\n')
const POLITE = "process.on('SIGTERM', () => { trace('leaves'); process.exit(0) }); process.send({ ready: true });"
const pids = (): Record<string, number> => JSON.parse(readFileSync(runFile, 'utf8')).children
/** Never 0: that would signal the test's own process group. */
function pidOf(name: string): number {
  const pid = pids()[name]
  if (pid === undefined) throw new Error(`${name} is not written down`)
  return pid
}
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
function start(...stages: Child[][]): Supervision {
  const system = supervise(stages, { log, tell: (text) => lines.push(text.en), runFile })
  running.push(system)
  return system
}

describe('children', () => {
  test('start in stages, are told of, and leave in reverse', async () => {
    const system = start(
      [child('engine', `setTimeout(() => { trace('ready'); ${POLITE} }, 200)`)],
      [child('serve', POLITE.replace('ready: true', "ready: true, url: 'http://127.0.0.1:8080/'"))],
    )
    expect(await system.ready).toBe('http://127.0.0.1:8080/')
    expect(lines).toEqual(['The store is ready.', 'The server is ready.'])
    expect(JSON.parse(readFileSync(runFile, 'utf8'))).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:8080/' })
    const all = Object.values(pids())
    await system.stop()
    expect(trace()).toEqual(['engine starts', 'engine ready', 'serve starts', 'serve leaves', 'engine leaves'])
    expect(all.map(isAlive)).toEqual([false, false])
    expect(existsSync(runFile)).toBe(false)
  })

  test('without a server there is no address for people: the one of the store is none', async () => {
    const system = start([
      child('engine', POLITE.replace('ready: true', "ready: true, url: 'http://127.0.0.1:9/toan_canh'")),
    ])
    expect(await system.ready).toBe(undefined)
    expect(JSON.parse(readFileSync(runFile, 'utf8'))).not.toHaveProperty('url')
  })

  test('whose data folder another house runs on leave its word alone', async () => {
    const other = JSON.stringify({ pid: process.ppid })
    writeFileSync(runFile, other)
    const system = start([child('engine', 'process.exit(78)')])
    await expect(system.ready).rejects.toThrow(Misconfigured)
    await system.stop()
    expect(readFileSync(runFile, 'utf8')).toBe(other)
  })

  test('come back after kill -9, the first time at once, then ever later', async () => {
    const system = start([child('serve', POLITE)])
    await system.ready
    for (let kills = 0; kills < 3; kills++) {
      const before = pidOf('serve')
      process.kill(before, 'SIGKILL')
      await eventually(() => {
        expect(pidOf('serve')).not.toBe(before)
        expect(lines.filter((line) => line === 'serve is ready again')).toHaveLength(kills + 1)
      })
    }
    expect(lines.filter((line) => line.includes('left'))).toEqual([
      'serve left (SIGKILL); started again in 0 ms',
      'serve left (SIGKILL); started again in 250 ms',
      'serve left (SIGKILL); started again in 500 ms',
    ])
  })

  test('that do not leave are killed', async () => {
    const system = start([child('serve', "process.on('SIGTERM', () => {}); process.send({ ready: true })", 200)])
    await system.ready
    const pid = pidOf('serve')
    await system.stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('with a wrong configuration are not started again', async () => {
    const system = start([child('engine', POLITE)], [child('serve', 'process.exit(78)')])
    await expect(system.ready).rejects.toBeInstanceOf(Misconfigured)
    expect(trace().filter((line) => line === 'serve starts')).toHaveLength(1)
  })

  test('stopping in the middle of a start leaves nothing behind', async () => {
    const system = start([child('engine', "trace('never ready')")], [child('serve', POLITE)])
    await eventually(() => expect(trace()).toContain('engine never ready'))
    const pid = pidOf('engine')
    await system.stop()
    expect(isAlive(pid)).toBe(false)
  })
})

const SUPERVISE = join(BUILT, 'server/supervise.js')
interface Run {
  readonly process: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly left: Promise<number | null>
}
function run(env: Record<string, string>): Run {
  const surroundings = { ...process.env, DATA: folder, PORT: '0', LANGUAGE: 'en', ...env }
  const process_ = spawn(process.execPath, [SUPERVISE], { env: surroundings, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  process_.stdout.on('data', (text) => {
    out += text
  })
  process_.stderr.on('data', (text) => {
    err += text
  })
  const left = once(process_, 'close').then(([code]) => code as number | null)
  return { process: process_, out: () => out, err: () => err, left }
}
async function refusal(env: Record<string, string>): Promise<string> {
  const refused = run(env)
  expect(await refused.left).toBe(78)
  expect(refused.out()).toBe('')
  return refused.err()
}

describe('does not start, and says why in one sentence', () => {
  test('a busy port', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    expect(await refusal({ PORT: String(port) })).toBe(
      `Port ${port} is busy; stop the program that uses it or choose another one, for example PORT=${port + 1}.\n`,
    )
    expect(await refusal({ PORT: String(port), LANGUAGE: 'vi' })).toMatch(/^Cổng \d+ đang bận; .*\n$/)
    for (const name of ['ENGINE_PORT', 'COUNTRY_PORT'])
      expect(await refusal({ [name]: String(port) })).toBe(
        `Port ${port} is busy; stop the program that uses it or choose another one, for example ${name}=${port + 1}.\n`,
      )
    // Ports of processes that this role does not run are not its to ask for.
    for (const [role, ...names] of [
      ['serve', 'ENGINE_PORT', 'COUNTRY_PORT'],
      ['collect', 'ENGINE_PORT', 'PORT'],
    ]) {
      const busy = Object.fromEntries(names.map((name) => [name, String(port)]))
      const read = readSettings({ DATA: folder, PORT: '0', ROLE: role, CLICKHOUSE: 'http://127.0.0.1:9', ...busy })
      if (!read.ok) throw new Error('settings')
      expect(await preflight(read.settings)).toEqual([])
      expect((await children(read.settings)).flat().map(({ name }) => name)).toContain(role)
    }
    other.close()
  })

  test('a data folder that cannot be', async () => {
    writeFileSync(join(folder, 'file'), '')
    chmodSync(join(folder, 'file'), 0o400)
    expect(await refusal({ DATA: join(folder, 'file', 'data') })).toMatch(/^The data folder .* cannot be written .*\n$/)
  })

  test('a wrong value, an open address without a key', async () => {
    expect(await refusal({ MODE: 'x' })).toBe('The value MODE=x cannot be used: choose demo or production.\n')
    expect(await refusal({ HOST: '0.0.0.0' })).toMatch(/^HOST=0\.0\.0\.0 opens the system to the network .*\n$/)
  })
})

describe('the whole system', () => {
  /** With one source of the country and little history: what is proved here are processes. */
  async function little(): Promise<Record<string, string>> {
    const [port, country] = [await ownPort(), await ownPort()].map(String)
    return {
      PORT: port ?? '',
      COUNTRY_PORT: country ?? '',
      DASHBOARDS: declarations(folder, '1h', '1h', '1h', ['interchange']),
    }
  }

  test('starts, brings the engine back with its rows, and leaves nothing behind', async () => {
    const enginePort = await ownPort()
    const key = '0123456789abcdef0123456789abcdef'
    const system = run({ ...(await little()), ENGINE_PORT: String(enginePort), ENGINE_KEY: key })
    await eventually(() => expect(system.out(), system.err()).toMatch(/Toàn Cảnh: http:/))
    const store = createClient({
      url: `http://default:${key}@127.0.0.1:${enginePort}/toan_canh`,
      log: { level: ClickHouseLogLevel.OFF },
    })
    await store.command({ query: 'CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n' })
    await store.insert({ table: 'kept', values: [{ n: 1 }], format: 'JSONEachRow' })
    const all = pids()
    expect(Object.keys(all)).toEqual(['engine', 'country', 'collect', 'serve'])
    process.kill(pidOf('engine'), 'SIGKILL')
    await eventually(async () => {
      expect(pidOf('engine')).not.toBe(all.engine)
      expect((await store.ping()).success).toBe(true)
    })
    const found = await store.query({ query: 'SELECT n FROM kept', format: 'JSONEachRow' })
    expect(await found.json()).toEqual([{ n: 1 }])
    await store.close()
    const children = Object.values(pids())
    system.process.kill('SIGINT')
    expect(await system.left).toBe(0)
    expect(children.filter(isAlive)).toEqual([])
    expect(existsSync(runFile)).toBe(false)
  })

  test('takes five seconds to leave at most: who has not left by then is killed', async () => {
    const read = readSettings({ DATA: folder, PORT: '0' })
    if (!read.ok) throw new Error('settings')
    const stages = await children(read.settings)
    expect(stages.map((stage) => stage.length)).toEqual([1, 3])
    expect(stages.reduce((sum, stage) => sum + Math.max(...stage.map(({ grace }) => grace)), 0)).toBeLessThan(5000)
  })

  test('by its role it only serves a store that is elsewhere, asking no source, or only collects', async () => {
    const named = async (role: string) => {
      const read = readSettings({ DATA: folder, PORT: '0', ROLE: role, CLICKHOUSE: 'http://127.0.0.1:9' })
      if (!read.ok) throw new Error('settings')
      return (await children(read.settings)).map((stage) => stage.map(({ name }) => name))
    }
    expect(await named('serve')).toEqual([[], ['serve']])
    expect(await named('collect')).toEqual([[], ['country', 'collect']])
    expect(await named('all')).toEqual([[], ['country', 'collect', 'serve']])
  })

  test('leaves no child behind when it is killed', async () => {
    const system = run({ ...(await little()), ENGINE_PORT: String(await ownPort()) })
    await eventually(() => expect(Object.keys(pids())).toContain('serve'))
    const children = Object.values(pids())
    system.process.kill('SIGKILL')
    await eventually(() => expect(children.filter(isAlive)).toEqual([]))
  })
})
