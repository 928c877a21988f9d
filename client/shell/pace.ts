/** How often a panel asks again for the past behind a value that moves: at once where it moves seldom, four times a minute where it never rests. */

/** While only values move, what is behind them is asked at most once in so long, milliseconds of server time. */
export const PACE = 15_000

export interface Pace<T> {
  /** What to ask about: `about` as it is now, or as it was when it was last asked. Another `urgent` asks at once, another `said` in its turn. */
  take(urgent: string, said: string, now: number, about: T): T
  /** Whether something was put off whose turn has come. */
  isDue(now: number): boolean
}

export function startPace<T>(): Pace<T> {
  let last: { readonly urgent: string; readonly said: string; readonly slot: number; readonly about: T } | null = null
  let waits = false
  const slotOf = (now: number) => Math.floor(now / PACE)
  return {
    take(urgent, said, now, about) {
      const slot = slotOf(now)
      if (last === null || urgent !== last.urgent || (said !== last.said && slot !== last.slot))
        last = { urgent, said, slot, about }
      waits = said !== last.said
      return last.about
    },
    isDue: (now) => waits && last !== null && slotOf(now) !== last.slot,
  }
}
