/** Keeps one child process running: restarted after a crash, at once the first time, then ever slower. */
import { type ChildProcess, fork } from 'node:child_process'
import type { Log } from '../kpi/log.ts'
import { BAD_CONFIGURATION, environmentWith } from './settings.ts'

export interface Child {
  readonly name: string
  /** Path of a JavaScript file that sends `{ ready: true, … }` to its parent when it is. */
  readonly script: string
  readonly args?: readonly string[]
  /** Options for Node itself. */
  readonly execArgv?: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** How long it may take to leave after SIGTERM before SIGKILL, milliseconds. */
  readonly grace: number
}

export interface Ready {
  readonly ready: true
  readonly url?: string
}

export interface Kept {
  readonly name: string
  /** Its first ready message; rejects with Misconfigured when it left with code 78 before. */
  readonly ready: Promise<Ready>
  pid(): number | undefined
  /** Passes on what another process said. */
  tell(word: object): void
  /** Ends it for good. Resolves when it is gone. */
  stop(): Promise<void>
}

/** The child has said on stderr what is wrong; restarting would not help. */
export class Misconfigured extends Error {}

/** Waits before the next restarts, milliseconds; the last one repeats. */
export const BACKOFF: readonly number[] = [0, 250, 500, 1000, 2000, 5000]
/** Up for so long, the next crash counts as the first again, milliseconds. */
const STEADY = 30_000

/** Starts `child` and keeps it. `changed` hears each new start, so that its pid can be written down; `heard` what it says once it is ready. */
export function keep(child: Child, log: Log, changed: () => void, heard: (word: object) => void = () => {}): Kept {
  let current: ChildProcess | undefined
  let stopping = false
  let wasReady = false
  let crashes = 0
  let restart: NodeJS.Timeout | undefined
  let steady: NodeJS.Timeout | undefined
  let over: (() => void) | undefined
  let resolveReady: (ready: Ready) => void = () => undefined
  let rejectReady: (why: Error) => void = () => undefined
  const ready = new Promise<Ready>((resolve, reject) => {
    resolveReady = resolve
    rejectReady = reject
  })
  ready.catch(() => undefined)

  function start(): void {
    const env = environmentWith(child.env)
    const process = fork(child.script, [...(child.args ?? [])], {
      env,
      execArgv: [...(child.execArgv ?? [])],
      stdio: 'inherit',
    })
    current = process
    process.on('message', (message) => {
      if ((message as Partial<Ready> | null)?.ready !== true) return heard(message as object)
      if (wasReady) log.info({ vi: `${child.name} lại sẵn sàng`, en: `${child.name} is ready again` })
      wasReady = true
      steady = setTimeout(() => {
        crashes = 0
      }, STEADY)
      steady.unref()
      resolveReady(message as Ready)
    })
    let left = false
    const gone = (why: string, code: number | null) => {
      if (left) return
      left = true
      clearTimeout(steady)
      current = undefined
      over?.()
      if (stopping) return
      if (code === BAD_CONFIGURATION && !wasReady) return rejectReady(new Misconfigured(child.name))
      const wait = BACKOFF[Math.min(crashes, BACKOFF.length - 1)] ?? 0
      crashes++
      log.warn({
        vi: `${child.name} đã dừng (${why}); khởi động lại sau ${wait} ms`,
        en: `${child.name} left (${why}); started again in ${wait} ms`,
      })
      restart = setTimeout(start, wait)
    }
    process.on('error', (cause) => gone(cause.message, null))
    process.on('exit', (code, signal) => gone(signal ?? `code ${code}`, code))
    changed()
  }

  start()
  return {
    name: child.name,
    ready,
    pid: () => current?.pid,
    // One that is just starting or leaving misses it, as it may.
    tell: (word) => void (current?.connected && current.send(word, () => undefined)),
    stop: () => {
      stopping = true
      clearTimeout(restart)
      const leaving = current
      if (leaving === undefined) return Promise.resolve()
      const killed = setTimeout(() => leaving.kill('SIGKILL'), child.grace)
      leaving.kill('SIGTERM')
      return new Promise<void>((resolve) => {
        over = resolve
      }).finally(() => clearTimeout(killed))
    },
  }
}
