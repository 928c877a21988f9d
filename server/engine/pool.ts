/**
 * A pool of connections by purpose: within a purpose first come, first served; one statement per connection at a time. Askers have one
 * more, for what is short: while anything else waits for it, it works on no statement longer than a slice, and gives back what takes
 * longer, so that long questions on all the others never keep a short one waiting; those that still stand in line before it do, for a
 * slice each.
 */
import type { Answer, Connection } from './chdb.ts'
import { EngineError } from './fault.ts'
import { startKiller } from './killer.ts'
import { startWatch, type Watching } from './watch.ts'

export type Purpose = 'write' | 'fold' | 'pulse' | 'ask' | 'control'
export const PURPOSES: readonly Purpose[] = ['write', 'fold', 'pulse', 'ask', 'control']

/** Compiling the expressions of a fresh engine took two seconds by the clock of a busy machine: it pays for what is asked over and over. Never compiled, a line of a year and a fold take a quarter longer (1 M observations: 45 and 57 ms, 131 and 185 ms). */
const SELDOM = ['expression', 'aggregate_expression', 'sort_description'].map((of) => `min_count_to_compile_${of} = 30`)
const ALWAYS = `SET cast_string_to_date_time_mode = 'best_effort', async_insert = 0, max_threads = 2, max_query_size = 16777216, ${SELDOM.join(', ')}`
/** `readonly = 2` lets a statement carry SETTINGS and denies every write; bytes and rows are bounded. */
const ASKER = 'SET readonly = 2, max_execution_time = 10, max_result_rows = 100000, max_memory_usage = 1000000000'
const PULSE = 'SET max_execution_time = 20, max_memory_usage = 2000000000'

/** How long the connection for what is short works on one statement while others wait, milliseconds. */
const SLICE = 250

interface Plan {
  readonly size: number
  readonly primed: readonly string[]
  /** One more for what is short; only where a statement may be begun twice. */
  readonly short?: true
}

/** How many connections a purpose has, and what each is told once, before its first request. */
const PLAN: Readonly<Record<Purpose, Plan>> = {
  write: { size: 1, primed: [ALWAYS] },
  fold: { size: 3, primed: [ALWAYS] },
  pulse: { size: 3, primed: [ALWAYS, PULSE] },
  ask: { size: 4, primed: [ALWAYS, ASKER], short: true },
  control: { size: 1, primed: [ALWAYS] },
}

export interface Job {
  readonly purpose: Purpose
  readonly database: string
  readonly sql: string
  readonly format: string
  /** The longest it may take by its own settings, seconds; 0 where nothing is said. */
  readonly limit: number
  /** Aborted when nobody waits for the answer any more: a queued statement is dropped, a running one killed. */
  readonly gone: AbortSignal
}

export interface Pool {
  /** Runs a statement when its turn comes. Rejects with the engine's own wording, or 394 when dropped. */
  run(job: Job): Promise<Answer>
  /** How many statements of a purpose run or wait. */
  busy(purpose: Purpose): number
  /** Refuses what waits, kills what runs, closes. Resolves when nothing runs any more. */
  close(): Promise<void>
}

interface Waiting {
  readonly job: Job
  readonly settle: (answer: Promise<Answer>) => void
  /** It was found to be longer than a slice. */
  readonly isLong: boolean
}
interface Line {
  readonly waiting: Waiting[]
  readonly sleepers: Readonly<Record<'any' | 'short', (() => void)[]>>
  /** Ends the statement on the connection for what is short, where its slice is over and nothing else waited for it yet. */
  end: (() => void) | null
}

/** A statement was ended at the end of its slice. */
class Sliced extends Error {}

const cancelled = () => Promise.reject(new EngineError(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled'))
const leaving = () => Promise.reject(new EngineError(999, 'ENGINE_IS_STOPPING', 'The engine is stopping'))
const quotedName = (name: string) => `\`${name.replace(/[\\`]/g, '\\$&')}\``

/** Opens all connections; `database` is made if it is not there and is what they start in; `watching` hears of statements that do not end. */
export async function openPool(
  connect: () => Connection,
  database: string,
  watching: Watching<Job> = {},
): Promise<Pool> {
  const own = connect()
  const killer = startKiller(own)
  const guard = connect()
  const watch = startWatch<Job>(guard, watching)
  const connections = [own, guard]
  const lines = {} as Record<Purpose, Line>
  const workers: Promise<void>[] = []
  const under = new Map<Purpose, number>()
  const busy = (purpose: Purpose) => under.get(purpose) ?? 0
  let closing = false

  async function ask(connection: Connection, job: Job, short: Line | null): Promise<Answer> {
    const { id, comment } = killer.mark()
    const onGone = () => void killer.kill(id)
    let isOver = false
    const end = () => {
      isOver = true
      if (short) short.end = null
      onGone()
    }
    const over = (line: Line) => {
      if (line.waiting.some(({ isLong }) => !isLong)) end()
      else line.end = end
    }
    const timer = short ? setTimeout(over, SLICE, short) : undefined
    job.gone.addEventListener('abort', onGone, { once: true })
    try {
      const answer = await connection.ask(comment + job.sql, job.format)
      return killer.isDoomed(id) ? await cancelled() : answer
    } catch (error) {
      throw isOver && !job.gone.aborted ? new Sliced() : error
    } finally {
      clearTimeout(timer)
      if (short) short.end = null
      killer.settled(id)
      job.gone.removeEventListener('abort', onGone)
    }
  }

  function nextOf({ waiting }: Line, what: 'any' | 'short'): Waiting | undefined {
    const at = what === 'any' ? 0 : waiting.findIndex(({ isLong }) => !isLong)
    return at < 0 ? undefined : waiting.splice(at, 1)[0]
  }

  /** Something waits: whoever sleeps wakes; if nobody does, what has had its slice makes room. */
  const wakeOne = ({ sleepers, end }: Line) => (sleepers.any.shift() ?? sleepers.short.shift() ?? end)?.()

  async function work(connection: Connection, line: Line, what: 'any' | 'short'): Promise<void> {
    let current = database
    while (!closing) {
      const next = nextOf(line, what)
      if (next === undefined) {
        await new Promise<void>((woken) => line.sleepers[what].push(woken))
        continue
      }
      const { job, settle } = next
      const over = watch.begin(job)
      const answer = (async () => {
        if (job.gone.aborted) return cancelled()
        if (job.database !== current) {
          await connection.ask(`USE ${quotedName(job.database)}`, 'Null')
          current = job.database
        }
        return ask(connection, job, what === 'short' ? line : null)
      })()
      const error = await answer.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      over()
      if (!(error instanceof Sliced)) settle(answer)
      else if (closing) settle(leaving())
      else {
        line.waiting.unshift({ ...next, isLong: true })
        line.sleepers.any.shift()?.()
      }
    }
  }

  await own.ask(`CREATE DATABASE IF NOT EXISTS ${quotedName(database)} ENGINE = Atomic`, 'Null')
  for (const purpose of PURPOSES) {
    const line: Line = { waiting: [], sleepers: { any: [], short: [] }, end: null }
    lines[purpose] = line
    const { size, primed, short } = PLAN[purpose]
    for (let i = 0; i < size + (short ? 1 : 0); i++) {
      const connection = connect()
      connections.push(connection)
      for (const sql of [`USE ${quotedName(database)}`, ...primed]) await connection.ask(sql, 'Null')
      workers.push(work(connection, line, i < size ? 'any' : 'short'))
    }
  }

  // In the database chDB begins with every file of the machine is a table.
  await own.ask('DETACH DATABASE IF EXISTS default', 'Null')

  return {
    run: (job) => {
      if (closing) return leaving()
      under.set(job.purpose, busy(job.purpose) + 1)
      return new Promise<Answer>((resolve, reject) => {
        const line = lines[job.purpose]
        line.waiting.push({ job, settle: (answer) => void answer.then(resolve, reject), isLong: false })
        wakeOne(line)
      }).finally(() => under.set(job.purpose, busy(job.purpose) - 1))
    },
    busy,
    close: async () => {
      closing = true
      for (const { waiting, sleepers } of Object.values(lines)) {
        for (const { settle } of waiting.splice(0)) settle(leaving())
        for (const woken of [...sleepers.any.splice(0), ...sleepers.short.splice(0)]) woken()
      }
      await killer.killAll()
      await Promise.all(workers)
      await watch.close()
      for (const connection of connections) connection.close()
    },
  }
}
