/** Opens the store for a process that works on it: waits until it answers, brings its tables to shape, and refuses one that a restore has laid back by half. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../../kpi/log.ts'
import { connect, isAnswer, type Store } from './connect.ts'
import { migrate } from './migrate.ts'
import { checkWhole, HalfRestored } from './state.ts'
import { TooOld } from './version.ts'

/** How long between two tries to reach a store that does not answer yet, milliseconds. */
const TRY_AGAIN = 250

/** What the store says of itself, which trying again does not change: with a sentence for the operator. */
export const isRefusal = (error: unknown): error is TooOld | HalfRestored =>
  error instanceof TooOld || error instanceof HalfRestored

/** Repeats a step until the store answers; an answer that is an error is told, not repeated. */
export async function untilAnswered<T>(step: () => Promise<T>, log: Log): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await step()
    } catch (error) {
      if (isAnswer(error) || isRefusal(error)) throw error
      if (tries === 0)
        log.warn({ vi: 'kho dữ liệu chưa trả lời; thử lại', en: 'the store does not answer yet; trying again' }, error)
      await pause(TRY_AGAIN)
    }
  }
}

/** Answers the store and its id, the same for every server on it. Errors: TooOld, HalfRestored. */
export async function openStore(
  options: { readonly url: string; readonly now: () => number },
  log: Log,
): Promise<{ readonly store: Store; readonly storeId: string }> {
  const store = connect(options)
  try {
    const storeId = await untilAnswered(() => migrate(store), log)
    await untilAnswered(() => checkWhole(store), log)
    return { store, storeId }
  } catch (cause) {
    await store.close()
    throw cause
  }
}
