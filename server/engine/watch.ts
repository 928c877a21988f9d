/** Watches over statements under way: wakes what may have missed its waking, tells of what stands still, gives up what is past all limits. */
import type { Connection } from './chdb.ts'

export interface Timed {
  /** The longest it may take by its own settings, seconds; 0 where nothing is too long. */
  readonly limit: number
}

export interface Watch<Statement extends Timed> {
  /** Follows a statement; the answer is to be called when it is over. */
  begin(statement: Statement): () => void
  /** Resolves when nothing is under way on the watch's own connection any more. */
  close(): Promise<void>
}

/** How long a statement has been under way, and what the engine itself knew to be just before; one that waits and is not there never came to it. */
type Heard<Statement> = (statement: Statement, seconds: number, known: string) => void

export interface Watching<Statement extends Timed> {
  /** A statement stands still, or has much to do, as those of backup and doctor may. */
  readonly slow?: Heard<Statement>
  /** A statement is past its limit by a minute, and the engine has not ended it: nothing will. */
  readonly stuck?: Heard<Statement>
  /** How often it is looked, milliseconds. */
  readonly look?: number
}

const LOOK = 1000
/** How long a statement takes before anything is done for it, and before it is told, milliseconds. */
const [AWAKE, SLOW] = [2000, 25_000]
/** How far past its limit a statement is given up, milliseconds: the engine itself looks at limits between two blocks of rows only, and a disk may be slow. */
const PAST = 60_000
const UNDER_WAY =
  "SELECT round(elapsed, 1), read_rows, written_rows, length(thread_ids), is_cancelled, substring(query, 1, 60) FROM system.processes WHERE NOT startsWith(query, 'SELECT round(elapsed')"

/**
 * `connection` is the watch's own. Whatever is asked on it wakes the engine, too: the C library below 2.41 may lose the waking of a thread
 * (its bug 25847), what is begun next wakes another one, which finds what was left, and an engine of which all wait for one statement begins
 * nothing. Time is counted in looks and not read from a clock: who was stopped, or is on a machine that was, is late for nothing.
 */
export function startWatch<Statement extends Timed>(
  connection: Connection,
  { slow, stuck, look = LOOK }: Watching<Statement>,
): Watch<Statement> {
  const ages = new Map<Statement, number>()
  let known = ''
  let asking: Promise<void> | undefined
  const ask = async () => {
    try {
      const { bytes } = await connection.ask(UNDER_WAY, 'JSONCompactEachRow')
      known = Buffer.from(bytes).toString('utf8').trim().replaceAll('\n', ' ')
    } catch (cause) {
      known = String(cause)
    }
    asking = undefined
  }
  const timer = setInterval(() => {
    for (const [statement, before] of ages) {
      const age = before + LOOK
      const passes = (mark: number) => before < mark && age >= mark
      ages.set(statement, age)
      if (passes(SLOW)) slow?.(statement, age / 1000, known)
      if (statement.limit > 0 && passes(statement.limit * 1000 + PAST)) stuck?.(statement, age / 1000, known)
    }
    if ([...ages.values()].some((age) => age >= AWAKE)) asking ??= ask()
  }, look)
  timer.unref()
  return {
    begin: (statement) => {
      ages.set(statement, 0)
      return () => void ages.delete(statement)
    },
    close: async () => {
      clearInterval(timer)
      await asking
    },
  }
}
