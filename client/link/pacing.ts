/** When what was heard is shown: at once, at its moment, or once nobody holds it back; never an older one after a newer one. */

export interface Pacing<T> {
  /** The newest of what waits to be shown; null: nothing does. */
  readonly waiting: T | null
  /** Takes the newest; it is shown `early` milliseconds from now, at once where that is none, and nothing older after it. What follows quickly puts nobody off. */
  offer(one: T, early: number): void
  /** What comes from here on waits until `release`, which shows the newest. */
  hold(): void
  release(): void
  /** Forgets what waits, and that it was held. */
  stop(): void
}

interface Waiting<T> {
  readonly one: T
  moment?: ReturnType<typeof setTimeout>
}

export function startPacing<T>(show: (one: T) => void): Pacing<T> {
  /** Oldest first; while it is held the newest alone. */
  let waiting: readonly Waiting<T>[] = []
  let held = false
  /** Takes away what waits up to this one. */
  const leave = (last: number) => {
    for (const { moment } of waiting.slice(0, last + 1)) clearTimeout(moment)
    waiting = waiting.slice(last + 1)
  }
  const due = (mine: Waiting<T>) => {
    if (held) return
    leave(waiting.indexOf(mine))
    show(mine.one)
  }
  return {
    get waiting() {
      return waiting.at(-1)?.one ?? null
    },
    offer(one, early) {
      const mine: Waiting<T> = { one }
      if (held) leave(waiting.length - 1)
      waiting = [...waiting, mine]
      if (held) return
      if (early <= 0) return due(mine)
      mine.moment = setTimeout(() => due(mine), early)
    },
    hold() {
      held = true
    },
    release() {
      held = false
      const newest = waiting.at(-1)
      if (newest) due(newest)
    },
    stop() {
      held = false
      leave(waiting.length - 1)
    },
  }
}
