/** Which folds run on a store beside each other, in this process: of two that touch the same days, the later must see what the earlier wrote. */
import { floor } from '../../kpi/range.ts'
import type { Store } from './connect.ts'

export interface Reach {
  /** What is folded, ratios included. */
  readonly indicators: ReadonlySet<string>
  /** The first and the last `from` among what was touched, UTC milliseconds. */
  readonly from: number
  readonly to: number
  /** Whether it is over soon, so that others may wait for it. */
  readonly little: boolean
}

interface Running extends Reach {
  readonly over: Promise<unknown>
}

export interface Earlier {
  /** Whether no earlier fold of the same days was under way when this one began. */
  readonly alone: boolean
  /** Resolves when the little ones of those are over, whatever came of them. */
  over(): Promise<void>
}

const RUNNING = new WeakMap<Store, Set<Running>>()

/** Runs a fold; it is told which began before it on days and indicators of its own and still runs. */
export async function amongOthers<T>(store: Store, reach: Reach, run: (earlier: Earlier) => Promise<T>): Promise<T> {
  const all = RUNNING.get(store) ?? new Set<Running>()
  RUNNING.set(store, all)
  const before = [...all].filter((one) => meet(one, reach))
  let end = () => {}
  const over = new Promise<void>((ended) => {
    end = ended
  })
  const mine = { ...reach, over }
  all.add(mine)
  try {
    return await run({
      alone: before.length === 0,
      over: async () => void (await Promise.all(before.flatMap((one) => (one.little ? [one.over] : [])))),
    })
  } finally {
    all.delete(mine)
    end()
  }
}

const meet = (a: Reach, b: Reach): boolean =>
  floor(a.from, 'day') <= floor(b.to, 'day') &&
  floor(b.from, 'day') <= floor(a.to, 'day') &&
  [...a.indicators].some((one) => b.indicators.has(one))
