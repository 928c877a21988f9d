/** Feedback of citizens about one unit (PAKN): what came in, what was answered within fifteen working days or later, and how content people were. */
import { draw, keyOf, mix, mixed } from './chance.ts'
import { dayStartOf, SLOT, SLOTS } from './days.ts'
import { memo } from './memo.ts'
import { busy } from './pace.ts'
import { openQueue, type Queue } from './queue.ts'
import type { Unit } from './units.ts'

export interface Feedback {
  received(day: number): Int32Array
  /** Answering: `pending` is in work, `late` of it overdue. */
  readonly answering: Queue
  /** Of what was answered in a quarter-hour: rated by people, and satisfied. */
  ratings(day: number): { readonly rated: Int32Array; readonly satisfied: Int32Array }
}

/** An answer is due within fifteen working days. */
const PROMISE = 15
const LAGS = [{ worked: 2 }, { worked: 6 }, { worked: 12 }, { worked: 18 }] as const

export function openFeedback(seed: number, unit: Unit, delta: (from: number) => number): Feedback {
  const key = keyOf(unit)
  const days = memo<Int32Array>(160)
  const slow = (unit.habit === 'slow-register' ? 90 : 8) + (mix(seed, key, 41) % 60)
  const content = 780 + (mix(seed, key, 42) % 190)

  const received = (day: number): Int32Array =>
    days(day, () =>
      Int32Array.from({ length: SLOTS }, (_, slot) => {
        const own = mix(seed, key, day, slot)
        const sway = 500 + (mixed(own, 43) % 1001)
        const thousandths = Math.floor(
          (unit.size * 45 * (busy(unit, 'online', day, slot * 15) / 1000) * sway) / 1_000_000,
        )
        return Math.max(0, draw(thousandths, mixed(own, 44)) + delta(dayStartOf(day) + slot * SLOT))
      }),
    )

  const answering = openQueue({
    inflow: received,
    lags: LAGS,
    promise: PROMISE,
    split(day, slot, n) {
      const own = mix(seed, key, day, slot)
      const hash = (salt: number) => mixed(own, salt)
      const late = Math.min(n, draw(n * slow, hash(45)))
      const first = Math.min(n - late, draw((n - late) * 310, hash(46)))
      const second = Math.min(n - late - first, draw((n - late) * 420, hash(47)))
      return [first, second, n - late - first - second, late]
    },
  })

  const ratings = memo<ReturnType<Feedback['ratings']>>(120)
  return {
    received,
    answering,
    ratings: (day) => ratings(day, () => rate(day)),
  }

  function rate(day: number) {
    const { settled } = answering.day(day)
    const rated = settled.map((n, slot) => Math.min(n, draw(n * 380, mix(seed, key, day, slot, 48))))
    const satisfied = rated.map((n, slot) => Math.min(n, draw(n * content, mix(seed, key, day, slot, 49))))
    return { rated, satisfied }
  }
}
