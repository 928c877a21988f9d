/** The whole system as `npm start` runs it: supervised processes on free ports and a folder of their own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Child } from '../../server/keep.ts'
import { readSettings } from '../../server/settings.ts'
import { children, supervise } from '../../server/supervise.ts'
import { remembering } from './declared.ts'
import { declarations } from './house.ts'
import { livingAt } from './living.ts'
import { ownPort } from './port.ts'
import { scratch, weigh } from './scratch.ts'

export interface System {
  readonly url: string
  /** Where the demonstration country tells its truth. */
  readonly country: string
  readonly data: string
  /** The store as the server has it, a URL with its key. */
  readonly store: string
  /** What time it is for its processes, UTC milliseconds. */
  now(): number
  /** The pid a process runs under now. */
  pid(name: string): number
  stop(): Promise<void>
}

export interface SystemOptions {
  /** History of documents to fetch, e.g. "2d" (two hours of all else), and how much one request asks for. */
  readonly backfill: string
  readonly chunk: string
  /** The sources of the country that are declared, e.g. "interchange"; all, unless said. */
  readonly only?: readonly string[]
  /** What time it is when it starts, UTC milliseconds, whenever that is done; the machine's time, unless said. */
  readonly at?: number
  /** Settings beside those every system here has. */
  readonly settings?: Readonly<Record<string, string>>
  /** May add to the declarations before anything starts. */
  readonly declare?: (folder: string) => void
  /** A data folder to go on with; it stays. */
  readonly data?: string
  /** A script in place of the collecting process. */
  readonly collect?: string
}

export async function startSystem(options: SystemOptions): Promise<System> {
  const folder = mkdtempSync(join(scratch(), 'toan-canh-system-'))
  const data = options.data ?? remembering(join(folder, 'data'))
  if (options.data === undefined) weigh(data)
  const dashboards = declarations(folder, options.backfill, options.chunk, '2h', options.only)
  options.declare?.(dashboards)
  const time: Readonly<Record<string, string>> = options.at === undefined ? {} : livingAt(options.at)
  const [port, engine, country] = [await ownPort(), await ownPort(), await ownPort()].map(String)
  const ports = { PORT: port, ENGINE_PORT: engine, COUNTRY_PORT: country }
  const given = { ...ports, DATA: data, DASHBOARDS: dashboards, ...time, ...options.settings }
  const read = readSettings(given)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const stages = (await children(read.settings)).map((stage) =>
    stage.map((child) => ({
      ...child,
      script: child.name === 'collect' && options.collect ? options.collect : child.script,
      env: { ...given, ...child.env } as Child['env'],
    })),
  )
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  const runFile = join(folder, 'run.json')
  const system = supervise(stages, { log: quiet, tell: () => {}, runFile })
  const stop = async () => {
    await system.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return {
      url: (await system.ready) ?? '',
      country: stages.flat().find((child) => child.name === 'serve')?.env.COUNTRY_URL ?? '',
      data,
      now: () => Date.now() + Number(time.CLOCK_AHEAD ?? 0),
      store: stages.flat().find((child) => child.name === 'serve')?.env.CLICKHOUSE ?? '',
      pid(name) {
        const pid = (JSON.parse(readFileSync(runFile, 'utf8')) as { children: Record<string, number> }).children[name]
        if (pid === undefined) throw new Error(`${name} does not run`)
        return pid
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
