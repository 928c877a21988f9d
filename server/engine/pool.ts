/** A pool of connections by purpose: within a purpose first come, first served; one statement per connection at a time. */
import type { Answer, Connection } from './chdb.ts'
import { EngineError } from './fault.ts'
import { startKiller } from './killer.ts'

export type Purpose = 'write' | 'fold' | 'pulse' | 'ask' | 'control'
export const PURPOSES: readonly Purpose[] = ['write', 'fold', 'pulse', 'ask', 'control']

const ALWAYS =
  "SET cast_string_to_date_time_mode = 'best_effort', async_insert = 0, max_threads = 2, max_query_size = 16777216"
/** `readonly = 2` lets a statement carry SETTINGS and denies every write; bytes and rows are bounded. */
const ASKER = 'SET readonly = 2, max_execution_time = 10, max_result_rows = 100000, max_memory_usage = 1000000000'
const PULSE = 'SET max_execution_time = 20, max_memory_usage = 2000000000'

/** How many connections a purpose has, and what each is told once, before its first request. */
const PLAN: Readonly<Record<Purpose, { readonly size: number; readonly primed: readonly string[] }>> = {
  write: { size: 1, primed: [ALWAYS] },
  fold: { size: 3, primed: [ALWAYS] },
  pulse: { size: 3, primed: [ALWAYS, PULSE] },
  ask: { size: 4, primed: [ALWAYS, ASKER] },
  control: { size: 1, primed: [ALWAYS] },
}

export interface Job {
  readonly purpose: Purpose
  readonly database: string
  readonly sql: string
  readonly format: string
  /** Aborted when nobody waits for the answer any more: a queued statement is dropped, a running one killed. */
  readonly gone: AbortSignal
}

export interface Pool {
  /** Runs a statement when its turn comes. Rejects with the engine's own wording, or 394 when dropped. */
  run(job: Job): Promise<Answer>
  /** Refuses what waits, kills what runs, closes. Resolves when nothing runs any more. */
  close(): Promise<void>
}

interface Waiting {
  readonly job: Job
  readonly settle: (answer: Promise<Answer>) => void
}
interface Line {
  readonly waiting: Waiting[]
  readonly sleepers: (() => void)[]
}

const cancelled = () => Promise.reject(new EngineError(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled'))
const leaving = () => Promise.reject(new EngineError(999, 'ENGINE_IS_STOPPING', 'The engine is stopping'))
const quotedName = (name: string) => `\`${name.replace(/[\\`]/g, '\\$&')}\``

/** A statement that runs this long stands still, whatever its limit says, milliseconds. */
const STANDS_STILL = 25_000
/** Characters by which a statement that stands still is told. */
const TOLD = 300

/**
 * Opens all connections; `database` is made if it is not there and is what they start in. `still` hears of each statement that stands still.
 */
export async function openPool(
  connect: () => Connection,
  database: string,
  still: (purpose: Purpose, seconds: number, sql: string) => void = () => {},
): Promise<Pool> {
  const own = connect()
  const killer = startKiller(own)
  const connections = [own]
  const lines = {} as Record<Purpose, Line>
  const workers: Promise<void>[] = []
  let closing = false

  async function ask(connection: Connection, job: Job): Promise<Answer> {
    const { id, comment } = killer.mark()
    const onGone = () => void killer.kill(id)
    job.gone.addEventListener('abort', onGone, { once: true })
    const watch = setTimeout(() => still(job.purpose, STANDS_STILL / 1000, job.sql.trim().slice(0, TOLD)), STANDS_STILL)
    try {
      return await connection.ask(comment + job.sql, job.format)
    } finally {
      clearTimeout(watch)
      killer.settled(id)
      job.gone.removeEventListener('abort', onGone)
    }
  }

  async function work(connection: Connection, line: Line): Promise<void> {
    let current = database
    while (!closing) {
      const next = line.waiting.shift()
      if (next === undefined) {
        await new Promise<void>((woken) => line.sleepers.push(woken))
        continue
      }
      const { job, settle } = next
      const answer = (async () => {
        if (job.gone.aborted) return cancelled()
        if (job.database !== current) {
          await connection.ask(`USE ${quotedName(job.database)}`, 'Null')
          current = job.database
        }
        return ask(connection, job)
      })()
      settle(answer)
      await answer.catch(() => undefined)
    }
  }

  await own.ask(`CREATE DATABASE IF NOT EXISTS ${quotedName(database)} ENGINE = Atomic`, 'Null')
  for (const purpose of PURPOSES) {
    const line: Line = { waiting: [], sleepers: [] }
    lines[purpose] = line
    for (let i = 0; i < PLAN[purpose].size; i++) {
      const connection = connect()
      connections.push(connection)
      for (const sql of [`USE ${quotedName(database)}`, ...PLAN[purpose].primed]) await connection.ask(sql, 'Null')
      workers.push(work(connection, line))
    }
  }

  // In the database chDB begins with every file of the machine is a table.
  await own.ask('DETACH DATABASE IF EXISTS default', 'Null')

  return {
    run: (job) => {
      if (closing) return leaving()
      return new Promise<Answer>((resolve, reject) => {
        const { waiting, sleepers } = lines[job.purpose]
        waiting.push({ job, settle: (answer) => void answer.then(resolve, reject) })
        sleepers.shift()?.()
      })
    },
    close: async () => {
      closing = true
      for (const { waiting, sleepers } of Object.values(lines)) {
        for (const { settle } of waiting.splice(0)) settle(leaving())
        for (const woken of sleepers.splice(0)) woken()
      }
      await killer.killAll()
      await Promise.all(workers)
      for (const connection of connections) connection.close()
    },
  }
}
