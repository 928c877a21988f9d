/** Ends statements whose asker has left: KILL QUERY … ASYNC, asked again until each has settled (SYNC never returns). */
import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from './chdb.ts'

export interface Killer {
  /** Follows a statement; `sql` must be sent with the returned mark in front. Call `settled` when it is over. */
  mark(): { readonly comment: string; readonly id: string }
  settled(id: string): void
  /** Whether it was told to end. It may answer all the same, with nothing or a part of its rows as if that were all: such an answer is worth nothing. */
  isDoomed(id: string): boolean
  /** Resolves when the statement is over. */
  kill(id: string): Promise<void>
  /** Kills everything that runs; resolves when that is over, and nothing is under way on the killer's own connection. */
  killAll(): Promise<void>
}

const AGAIN = 50

/** `connection` is the killer's own; nothing else may use it. */
export function startKiller(connection: Connection): Killer {
  const running = new Set<string>()
  const doomed = new Map<string, (() => void)[]>()
  let count = 0
  let working: Promise<void> | null = null
  const comment = (id: string) => `/*tc:${id}*/`

  // A statement may still be on its way into the engine when it is doomed, so one KILL may find nothing.
  async function work(): Promise<void> {
    while (doomed.size > 0) {
      const which = [...doomed.keys()].map((id) => `startsWith(query, '${comment(id)}')`).join(' OR ')
      await connection.ask(`KILL QUERY WHERE ${which} ASYNC`, 'Null').catch(() => undefined)
      if (doomed.size > 0) await pause(AGAIN)
    }
    working = null
  }

  function kill(id: string): Promise<void> {
    if (!running.has(id)) return Promise.resolve()
    return new Promise((over) => {
      doomed.set(id, [...(doomed.get(id) ?? []), over])
      working ??= work()
    })
  }

  return {
    mark: () => {
      const id = `${process.pid}-${++count}`
      running.add(id)
      return { id, comment: comment(id) }
    },
    settled: (id) => {
      running.delete(id)
      const waiting = doomed.get(id) ?? []
      doomed.delete(id)
      for (const over of waiting) over()
    },
    isDoomed: (id) => doomed.has(id),
    kill,
    killAll: async () => {
      await Promise.all([...running].map(kill))
      await working
    },
  }
}
