/** What `npm start` runs: engine, country, collectors and server as processes of their own, each kept running. */
import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Log } from '../kpi/log.ts'
import type { Text } from '../kpi/text.ts'
import { type Child, type Kept, keep, Misconfigured } from './keep.ts'
import { complain, createLog, say } from './log.ts'
import { preflight, runsCountry, tryPort } from './preflight.ts'
import { COLLECT_ROOM, ENGINE_ROOM, SERVER_ROOM } from './room.ts'
import { BAD_CONFIGURATION, readSettings, type Settings } from './settings.ts'

export interface Around {
  readonly log: Log
  /** Tells the operator how far the start is. */
  readonly tell: (text: Text) => void
  /** Where pids and the address are written: `{ pid, url, country, children: { name: pid } }`, the demonstration country's address where there is one. */
  readonly runFile: string
}

export interface Supervision {
  /** The address screens go to, as the server gave it; rejects with Misconfigured after a child's code 78. */
  readonly ready: Promise<string | undefined>
  /** Takes everything down, the first to start last. Within five seconds for the graces of `children()`. */
  stop(): Promise<void>
}

const NAMES: Readonly<Record<string, Text>> = {
  engine: { vi: 'Kho dữ liệu', en: 'The store' },
  country: { vi: 'Quốc gia mô phỏng', en: 'The demonstration country' },
  collect: { vi: 'Bộ thu thập', en: 'The collector' },
  serve: { vi: 'Máy chủ', en: 'The server' },
}

/** Whether another process says in the run file that it runs, and does. */
function runsElsewhere(runFile: string): boolean {
  try {
    const { pid } = JSON.parse(readFileSync(runFile, 'utf8')) as { readonly pid: number }
    return pid !== process.pid && process.kill(pid, 0)
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Starts the first stage, waits until it is ready, then the next; within a stage all at once. */
export function supervise(stages: readonly (readonly Child[])[], around: Around): Supervision {
  const started: Kept[][] = []
  let url: string | undefined
  let stopping: Promise<void> | undefined
  /** Where another house runs on the data folder, its word is written over only once the store is ours. */
  let ours = !runsElsewhere(around.runFile)

  function writeDown(): void {
    if (stopping !== undefined || !ours) return
    const children = Object.fromEntries(started.flat().map((kept) => [kept.name, kept.pid()]))
    const country = stages.flat().find(({ env }) => env.ROLE === 'collect')?.env.COUNTRY_URL
    const draft = `${around.runFile}.new`
    try {
      writeFileSync(draft, `${JSON.stringify({ pid: process.pid, url, country, children }, null, 2)}\n`)
      renameSync(draft, around.runFile)
    } catch (cause) {
      around.log.warn({ vi: 'không ghi được số hiệu tiến trình', en: 'the pids cannot be written down' }, cause)
    }
  }

  /** What the collectors delivered the server may look for at once; it finds it by itself too, only later. */
  const heard = (word: object) =>
    started
      .flat()
      .find(({ name }) => name === 'serve')
      ?.tell(word)

  async function start(): Promise<string | undefined> {
    for (const stage of stages) {
      if (stopping !== undefined) break
      const kept: Kept[] = []
      started.push(kept)
      for (const child of stage) kept.push(keep(child, around.log, writeDown, heard))
      writeDown()
      await Promise.all(
        kept.map(async (one) => {
          const said = await one.ready
          ours = true
          // The store has an address too, but not one for people.
          if (one.name === 'serve') url = said.url
          const name = NAMES[one.name] ?? { vi: one.name, en: one.name }
          around.tell({ vi: `${name.vi} đã sẵn sàng.`, en: `${name.en} is ready.` })
        }),
      )
      writeDown()
    }
    return url
  }

  async function stop(): Promise<void> {
    for (const stage of started.reverse()) await Promise.all(stage.map((kept) => kept.stop()))
    if (ours) rmSync(around.runFile, { force: true })
  }

  const ready = start()
  ready.catch(() => undefined)
  return {
    ready,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

const NOWHERE = 'http://127.0.0.1'
const script = (path: string) => resolve(import.meta.dirname, path)

/** The processes of a whole system, or of the ROLE it is told to have, in stages. Ports are chosen once, so that a restart changes no address. */
export async function children(settings: Settings): Promise<readonly (readonly Child[])[]> {
  const engineKey = settings.engineKey ?? randomBytes(24).toString('hex')
  const { role } = settings
  const withCountry = runsCountry(settings)
  // What is another process's to listen on may well be busy.
  const choose = async (listens: boolean, port: number, host: string) => String(listens ? await tryPort(port, host) : 0)
  const enginePort = await choose(settings.clickhouse === undefined, settings.enginePort, '127.0.0.1')
  const countryPort = await choose(withCountry, settings.countryPort, '127.0.0.1')
  const port = await choose(role !== 'collect', settings.port, settings.host)
  const execArgv = ['--import', pathToFileURL(script('tether.js')).href]
  const engine: Child = {
    name: 'engine',
    script: script('engine/main.js'),
    execArgv: [...execArgv, ENGINE_ROOM],
    env: { ENGINE_PORT: enginePort, ENGINE_KEY: engineKey, UV_THREADPOOL_SIZE: '16' },
    grace: 2800,
  }
  const country: Child = {
    name: 'country',
    script: script('../collectors/country/main.js'),
    args: ['--port', countryPort, '--seed', String(settings.seed), '--state', join(settings.data, 'country')],
    execArgv: [...execArgv, COLLECT_ROOM, '--title=toan-canh country'],
    env: {},
    grace: 2000,
  }
  const env = {
    CLICKHOUSE: settings.clickhouse ?? `http://default:${engineKey}@127.0.0.1:${enginePort}/toan_canh`,
    // Who only serves asks no source: where the country stands is not for them to know.
    COUNTRY_URL: withCountry
      ? `http://127.0.0.1:${countryPort}`
      : (settings.countryUrl ?? (role === 'serve' ? NOWHERE : undefined)),
  }
  const main = { script: script('main.js'), execArgv, grace: 2000 }
  const collect: Child = {
    ...{ ...main, name: 'collect', env: { ...env, ROLE: 'collect' } },
    execArgv: [...execArgv, COLLECT_ROOM],
  }
  const serve: Child = {
    ...{ ...main, name: 'serve', env: { ...env, ROLE: 'serve', PORT: port } },
    execArgv: [...execArgv, ...SERVER_ROOM],
  }
  return [
    settings.clickhouse === undefined ? [engine] : [],
    [...(withCountry ? [country] : []), ...(role === 'serve' ? [] : [collect]), ...(role === 'collect' ? [] : [serve])],
  ]
}

async function main(): Promise<void> {
  process.title = 'toan-canh supervise'
  const refuse = (sentences: readonly string[]): never => {
    for (const sentence of sentences) complain(sentence)
    process.exit(BAD_CONFIGURATION)
  }
  const read = readSettings()
  if (!read.ok) return refuse(read.problems.map((problem) => problem.message[read.language]))
  const { settings } = read
  const { language } = settings
  const inTheWay = await preflight(settings)
  if (inTheWay.length > 0) refuse(inTheWay.map((text) => text[language]))
  const log = createLog('supervise')
  const tell = (text: Text) => say(text[language])
  const stages = await children(settings)
  tell({ vi: 'Đang khởi động Toàn Cảnh…', en: 'Toàn Cảnh is starting…' })
  const system = supervise(stages, { log, tell, runFile: join(settings.data, 'run.json') })
  const leave = (code: number) => void system.stop().then(() => process.exit(code))
  process.on('SIGINT', () => leave(0))
  process.on('SIGTERM', () => leave(0))
  process.on('SIGHUP', () => leave(0))
  try {
    const url = await system.ready
    if (url !== undefined) tell({ vi: `Toàn Cảnh: ${url}`, en: `Toàn Cảnh: ${url}` })
  } catch (cause) {
    if (!(cause instanceof Misconfigured)) log.error({ vi: 'không khởi động được', en: 'could not start' }, cause)
    leave(cause instanceof Misconfigured ? BAD_CONFIGURATION : 1)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
