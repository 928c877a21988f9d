/** How often a panel asks again for the past behind a value that moves: at once where it moves seldom, four times a minute where it never rests. */

/** While only values move, what is behind them is asked at most once in so long, milliseconds of server time. */
export const PACE = 15_000

export interface Pace<T> {
  /** What to ask about: `about` as it is now, or as it was when it was last asked. Another `urgent` asks at once, another `said` in its turn, which is that of `subject`. */
  take(subject: string, urgent: string, said: string, now: number, about: T): T
  /** Whether something was put off whose turn has come. */
  isDue(now: number): boolean
}

/** When within a stretch of `length` milliseconds a subject has its turn: panels do not all have theirs at once, but one panel has it on all screens, so that the store is asked once. */
export function turnOf(subject: string, length = PACE): number {
  let sum = 0
  for (let i = 0; i < subject.length; i++) sum = (31 * sum + subject.charCodeAt(i)) % length
  return sum
}

export function startPace<T>(): Pace<T> {
  let last: { readonly urgent: string; readonly said: string; readonly slot: number; readonly about: T } | null = null
  let waits = false
  let phase = 0
  const slotOf = (now: number) => Math.floor((now + phase) / PACE)
  return {
    take(subject, urgent, said, now, about) {
      phase = turnOf(subject)
      const slot = slotOf(now)
      if (last === null || urgent !== last.urgent || (said !== last.said && slot !== last.slot))
        last = { urgent, said, slot, about }
      waits = said !== last.said
      return last.about
    },
    isDue: (now) => waits && last !== null && slotOf(now) !== last.slot,
  }
}
