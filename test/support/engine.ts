/** A real engine for a test file: a process of its own on a folder of its own, or the server TEST_CLICKHOUSE names. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { ENGINE_ROOM } from '../../server/room.ts'
import { BUILT } from './root.ts'
import { scratch, weigh } from './scratch.ts'

export interface Engine {
  /** For `createClient({ url })`: key and database included. */
  readonly url: string
  /** Its data folder; empty when a server was given. */
  readonly folder: string
  readonly process: ChildProcess | undefined
  /** Leaves in order and removes the folder (unless `keep`). Resolves with the exit code. */
  stop(keep?: boolean): Promise<number | null>
  /** kill -9; the folder stays. */
  kill(): Promise<void>
}

const MAIN = join(BUILT, 'server/engine/main.js')
const LENT = join(BUILT, 'test/support/lent.js')
const NOTHING = { folder: '', process: undefined, kill: async () => undefined }

async function onServer(url: string): Promise<Engine> {
  const database = `test_${randomBytes(6).toString('hex')}`
  const client = createClient({ url })
  await client.command({ query: `CREATE DATABASE ${database}` })
  const here = new URL(url)
  here.pathname = `/${database}`
  const stop = async () => {
    await client.command({ query: `DROP DATABASE ${database}` })
    await client.close()
    return 0
  }
  return { ...NOTHING, url: here.toString(), stop }
}

let shared: Promise<Engine> | undefined

/**
 * A database of its own on the engine that all files of this worker share: for whoever needs neither process nor folder, and a
 * second cheaper than `startEngine`. The engine leaves with the worker.
 */
export async function lendEngine(): Promise<Engine> {
  shared ??= startEngine(undefined, LENT)
  const { url } = await shared
  return onServer(url)
}

/** Starts an engine and waits until it answers. `folder` continues on an earlier engine's data. */
export async function startEngine(folder?: string, main = MAIN): Promise<Engine> {
  const given = process.env.TEST_CLICKHOUSE
  if (given !== undefined && given !== '') return onServer(given)
  const data = folder ?? mkdtempSync(join(scratch(), 'toan-canh-engine-'))
  if (folder === undefined) weigh(data)
  const key = randomBytes(16).toString('hex')
  const child = fork(main, [], {
    env: { ...process.env, MODE: 'demo', ENGINE_PORT: '0', ENGINE_KEY: key, DATA: data, UV_THREADPOOL_SIZE: '16' },
    // With the room that the engine of a whole system has.
    execArgv: [ENGINE_ROOM],
  })
  const left = once(child, 'exit') as Promise<[number | null, string | null]>
  const port = await new Promise<number>((ready, failed) => {
    child.once('message', (message) => ready((message as { port: number }).port))
    child.once('exit', (code) => failed(new Error(`the engine left with code ${code} before it was ready`)))
  })
  return {
    url: `http://default:${key}@127.0.0.1:${port}/toan_canh`,
    folder: data,
    process: child,
    stop: async (keep = false) => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const [code] = await left
      if (!keep) rmSync(data, { recursive: true, force: true })
      return code
    },
    kill: async () => {
      child.kill('SIGKILL')
      await left
    },
  }
}
