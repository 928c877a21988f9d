/** Tries again what did not reach the store, with growing waits that differ from process to process; an answer, also a bad one, is an answer. */
import { setTimeout as pause } from 'node:timers/promises'

/** No new try begins after this long, milliseconds: with the longest insert on top it stays below the overlap of the folds, so what was stamped `stored` before the first try is still looked for. */
const PATIENCE = 20_000
const FIRST_WAIT = 50
const LONGEST_WAIT = 2000
/** Codes of a connection that was not there, or broke before the whole answer was here. */
const UNREACHED = /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_|HPE_)/

/** Whether an error says that no answer came, rather than a bad one. */
export function isUnreached(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++)
    if (
      UNREACHED.test(String((cause as NodeJS.ErrnoException).code ?? '')) ||
      /socket hang up|aborted/i.test(cause.message)
    )
      return true
  return false
}

/** Half of the wait is certain, half is chance, so that many who lost the same store do not come back as one. */
export const jittered = (wait: number): number => wait / 2 + (Math.random() * wait) / 2

/** Runs `step` until it answers. Errors: whatever it says that is an answer; what it said last once patience is over. */
export async function persistently<T>(step: () => Promise<T>): Promise<T> {
  const over = AbortSignal.timeout(PATIENCE)
  for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      return await step()
    } catch (error) {
      if (!isUnreached(error) || over.aborted) throw error
      await pause(jittered(wait))
    }
  }
}
