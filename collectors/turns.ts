/** One thing after another: work that shares a cursor waits its turn. */

/** A queue of one. What fails harms only who waits for it. */
export function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
}
