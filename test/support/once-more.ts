/** What the store did not answer is asked once more, as who collects, folds and shows does. */
import { isUnreached } from '../../server/store/persistently.ts'

/** Runs a step, and again where no answer came; `again` says which time it is. Errors: what the second time says, and every answer. */
export async function onceMore<T>(step: (again: boolean) => Promise<T>): Promise<T> {
  try {
    return await step(false)
  } catch (error) {
    if (!isUnreached(error)) throw error
    console.error('the store did not answer; once more', error)
    return step(true)
  }
}
