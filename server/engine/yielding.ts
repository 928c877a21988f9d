/**
 * Long statements yield: the threads that work on one get a smaller share of the processor than what is short, until it is over. Only where
 * the system lets this process take that back (root, CAP_SYS_NICE or LimitNICE), for a thread of a long statement serves a short one next.
 */
import { existsSync, readFileSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Answer } from './chdb.ts'

interface Processes {
  readonly data: readonly (readonly [mark: string, threads: readonly (number | string)[]])[]
}

export interface Yielding {
  /** The statement that begins with this mark is long; `over` when it is over. */
  long(mark: string): void
  over(mark: string): void
}

/** By how much a long statement is nicer than what is short: of a core that both want it keeps a quarter. */
const NICER = 5
/** How the engine calls the threads that work on a statement, alone or several; others wait, or lend themselves for a moment. */
const WORKING = new Set(['QueryPullPipeEx', 'QueryPipelineEx'])
/** How often it is looked which threads these are, milliseconds. Who did nothing meanwhile may be asked for something else next. */
const AGAIN = 250

/** Tries it on a thread that does nothing else. */
function isAllowed(): Promise<boolean> {
  if (!existsSync('/proc/thread-self')) return Promise.resolve(false)
  const usual = getPriority()
  const trial = `const { setPriority } = require('node:os'); setPriority(0, ${usual + 1}); setPriority(0, ${usual})`
  return new Promise((known) => {
    const worker = new Worker(trial, { eval: true, execArgv: [] })
    worker.once('error', () => known(false))
    worker.once('exit', (code) => known(code === 0))
  })
}

/** Processor time of a thread of ours that works on statements, milliseconds; undefined for any other. */
function workOf(thread: number): number | undefined {
  try {
    const [, name, rest] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')) ?? []
    const fields = rest?.split(' ') ?? []
    // A hundredth of a second each.
    return WORKING.has(name ?? '') ? 10 * (Number(fields[11]) + Number(fields[12])) : undefined
  } catch {
    return undefined
  }
}

/** All that is there, and which threads had to do with it. */
const PROCESSES = `SELECT substring(query, 1, position(query, '*/') + 1) AS mark, thread_ids FROM system.processes`

/** `ask` runs a statement of the engine, its answer in JSONCompact. */
export async function startYielding(ask: (sql: string) => Promise<Answer>): Promise<Yielding> {
  if (!(await isAllowed())) return { long: () => {}, over: () => {} }
  const usual = getPriority()
  const nicer = Math.min(19, usual + NICER)
  const running = new Map<string, ReadonlySet<number>>()
  let worked = new Map<number, number>()
  let isLooking = false

  function set(thread: number, priority: number): void {
    try {
      if (existsSync(`/proc/self/task/${thread}`)) setPriority(thread, priority)
    } catch {
      // It has just ended.
    }
  }

  function become(mark: string, threads: ReadonlySet<number>): void {
    const before = running.get(mark) ?? new Set<number>()
    running.set(mark, threads)
    for (const thread of threads) if (!before.has(thread)) set(thread, nicer)
    for (const thread of before) if (![...running.values()].some((own) => own.has(thread))) set(thread, usual)
  }

  /** The threads that had to do with each statement and work on some, and how long they worked altogether. */
  async function involved(): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
    const { data } = JSON.parse(Buffer.from((await ask(PROCESSES)).bytes).toString()) as Processes
    return new Map(
      data.map(([mark, threads]) => {
        const works = threads.map(Number).map((thread) => [thread, workOf(thread)] as const)
        return [mark, new Map(works.filter((one): one is readonly [number, number] => one[1] !== undefined))]
      }),
    )
  }

  async function first(mark: string): Promise<void> {
    const threads = (await involved()).get(mark)
    if (running.has(mark)) become(mark, new Set(threads?.keys()))
  }

  async function look(): Promise<void> {
    const found = await involved()
    for (const [mark, threads] of found) {
      const busy = [...threads].filter(([thread, work]) => work !== worked.get(thread))
      if (running.has(mark)) become(mark, new Set(busy.map(([thread]) => thread)))
    }
    worked = new Map([...found.values()].flatMap((threads) => [...threads]))
  }

  async function keepLooking(): Promise<void> {
    if (isLooking) return
    isLooking = true
    while (running.size > 0) {
      await pause(AGAIN)
      await look().catch(() => undefined)
    }
    worked = new Map()
    isLooking = false
  }

  return {
    long(mark) {
      running.set(mark, new Set())
      first(mark).catch(() => undefined)
      void keepLooking()
    },
    over(mark) {
      if (!running.has(mark)) return
      become(mark, new Set())
      running.delete(mark)
    },
  }
}
