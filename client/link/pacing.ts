/** When what was heard is shown: at once, at its moment, or once nobody holds it back; never an older one after a newer one. */

export interface Pacing<T> {
  /** What waits to be shown; null: nothing does. */
  readonly waiting: T | null
  /** Takes the newest; it is shown `early` milliseconds from now, at once where that is none, in the place of what waited. */
  offer(one: T, early: number): void
  /** What comes from here on waits until `release`. */
  hold(): void
  release(): void
  /** Forgets what waits, and that it was held. */
  stop(): void
}

export function startPacing<T>(show: (one: T) => void): Pacing<T> {
  let waiting: { readonly one: T } | null = null
  let held = false
  let moment: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    clearTimeout(moment)
    const next = waiting
    waiting = null
    if (next) show(next.one)
  }
  return {
    get waiting() {
      return waiting?.one ?? null
    },
    offer(one, early) {
      waiting = { one }
      if (held) return
      if (early <= 0) return now()
      clearTimeout(moment)
      moment = setTimeout(() => held || now(), early)
    },
    hold() {
      held = true
    },
    release() {
      held = false
      now()
    },
    stop() {
      held = false
      waiting = null
      clearTimeout(moment)
    },
  }
}
