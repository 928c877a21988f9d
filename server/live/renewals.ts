/** Which screens take a new build of the client, and when: a few at a time, the next when those have gone over or their time is up. */

/** How long a screen may take to go over, milliseconds; then the next ones are asked. */
const ITS_TIME = 45_000
/** When a screen that stayed with its build is asked again, milliseconds. */
const AGAIN = 600_000
/** One screen in so many goes over at the same time, one at least: a bad build is met by few. */
const SHARE = 20

export interface Renewals {
  /** A screen says which build it runs; who runs another than this server has waits for its turn. */
  joined(screen: string, build: string): void
  left(screen: string): void
  stop(): void
}

/** `build`: what this server hands out, null where nobody knows; `offer` tells a screen that it is its turn. */
export function startRenewals(build: string | null, offer: (screen: string, build: string) => void): Renewals {
  const all = new Set<string>()
  const waiting = new Set<string>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const under = new Set<string>()

  function later(screen: string, time: number, then: () => void): void {
    clearTimeout(timers.get(screen))
    timers.set(screen, setTimeout(then, time))
  }

  function next(): void {
    for (const screen of waiting) {
      if (build === null || under.size >= Math.max(1, Math.floor(all.size / SHARE))) return
      waiting.delete(screen)
      under.add(screen)
      offer(screen, build)
      later(screen, ITS_TIME, () => {
        under.delete(screen)
        later(screen, AGAIN, () => {
          waiting.add(screen)
          next()
        })
        next()
      })
    }
  }

  return {
    joined(screen, own) {
      const known = all.has(screen)
      all.add(screen)
      if (known || own === build) return
      waiting.add(screen)
      next()
    },
    left(screen) {
      clearTimeout(timers.get(screen))
      for (const list of [all, waiting, under, timers]) list.delete(screen)
      next()
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
