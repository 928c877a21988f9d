/** Reaches the store that the settings mean: a server by its address, the engine of a running house, or an engine started for this one task. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { WORD } from '../engine/word.ts'
import { environmentWith, type Settings } from '../settings.ts'
import { connect, type Store } from '../store/connect.ts'
import { Unable } from './unable.ts'

export interface Reached {
  readonly store: Store
  /** Whose engine it is: `server` by address, `house` of a running one, `own` of this task alone. */
  readonly by: 'server' | 'house' | 'own'
  /** Closes; an engine of its own leaves. */
  stop(): Promise<void>
}

const script = (path: string) => resolve(import.meta.dirname, path)

/** Errors: Unable when the engine does not start (it has said why) or there is nothing at DATA and `mayMake` is false. */
export async function reach(settings: Settings, now: () => number, mayMake: boolean): Promise<Reached> {
  if (settings.clickhouse !== undefined) {
    const store = connect({ url: settings.clickhouse, now })
    return { store, by: 'server', stop: () => store.close() }
  }
  const running = await ofRunningHouse(settings.data, now)
  if (running) return { store: running, by: 'house', stop: () => running.close() }
  if (!mayMake && !existsSync(join(settings.data, 'store'))) {
    throw new Unable({
      vi: `Không có kho dữ liệu ở ${settings.data}; hãy đặt DATA là thư mục dữ liệu của hệ thống, hoặc CLICKHOUSE là địa chỉ máy chủ.`,
      en: `There is no store in ${settings.data}; set DATA to the data folder of the system, or CLICKHOUSE to the address of a server.`,
    })
  }
  return startOwn(settings.data, now)
}

/** Whether a house runs on the data folder these settings mean. */
export async function isRunning(settings: Settings, now: () => number): Promise<boolean> {
  if (settings.clickhouse !== undefined) return false
  const running = await ofRunningHouse(settings.data, now)
  await running?.close()
  return running !== null
}

/** A killed engine leaves its word behind: only one that answers is running. */
async function ofRunningHouse(data: string, now: () => number): Promise<Store | null> {
  const word = join(data, WORD)
  if (!existsSync(word)) return null
  const store = connect({ url: readFileSync(word, 'utf8').trim(), now })
  const answers = await store.rows('control', 'SELECT 1').then(
    () => true,
    () => false,
  )
  if (answers) return store
  await store.close()
  return null
}

async function startOwn(data: string, now: () => number): Promise<Reached> {
  const key = randomBytes(24).toString('hex')
  const child = fork(script('../engine/main.js'), [], {
    env: environmentWith({ DATA: data, ENGINE_PORT: '0', ENGINE_KEY: key, UV_THREADPOOL_SIZE: '16' }),
    execArgv: ['--import', pathToFileURL(script('../tether.js')).href],
  })
  const url = await new Promise<string>((ready, failed) => {
    child.once('message', (message) => ready((message as { url: string }).url))
    child.once('exit', () => failed(new Unable(NO_ENGINE)))
  })
  const store = connect({ url: url.replace('://', `://default:${key}@`), now })
  return {
    store,
    by: 'own',
    async stop() {
      await store.close()
      await leave(child)
    },
  }
}

/** One that has died already is gone. */
function leave(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((gone) => {
    child.once('exit', () => gone())
    child.kill('SIGTERM')
  })
}

const NO_ENGINE = {
  vi: 'Kho dữ liệu không khởi động được; câu ở trên nói vì sao.',
  en: 'The store does not start; the sentence above says why.',
}
