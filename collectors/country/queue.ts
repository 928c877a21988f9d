/** Work that comes in and is settled some days later: what comes in is settled or pending, exactly, at every quarter-hour. */
import { isWorked, SLOTS, workedDay, workNumber } from './days.ts'
import { memo } from './memo.ts'

export type Lag = { readonly worked: number } | { readonly days: number }

export interface Line {
  /** How much came in per quarter-hour of a local day. */
  inflow(day: number): Int32Array
  /** After how many days each part is settled: worked ones, or days of the calendar (0: at once). Past the promise is late. */
  readonly lags: readonly Lag[]
  /** Splits `n` that came in at (day, slot) over the lags; the parts add up to `n`. */
  split(day: number, slot: number, n: number): readonly number[]
  /** Settled within so many working days is on time. */
  readonly promise: number
}

/** Per quarter-hour of a day: what was settled in it, and what is pending at its end. */
export interface Settling {
  readonly settled: Int32Array
  readonly onTime: Int32Array
  readonly overdue: Int32Array
  /** Working days that what was settled had taken, all together. */
  readonly worked: Int32Array
  readonly pending: Int32Array
  readonly inTime: Int32Array
  /** Pending past its due date. */
  readonly late: Int32Array
}

export interface Queue {
  /** What happened on a local day, a pure function of what came in. */
  day(day: number): Settling
}

const [MORNING, NOON, AFTERNOON, EVENING] = [30, 46, 54, 70] as const
const OFFICE_SLOTS: readonly number[] = [
  ...Array.from({ length: NOON - MORNING }, (_, i) => MORNING + i),
  ...Array.from({ length: EVENING - AFTERNOON }, (_, i) => AFTERNOON + i),
]

/** Whether something that came in at `slot` of `day` can still be settled on the same working-day number. */
export const sameDay = (day: number, slot: number): boolean =>
  !isWorked(day) || slot < MORNING || OFFICE_SLOT[slot] === slot

/** By quarter-hour, the office one in which work of it is settled: its own in office hours. */
const OFFICE_SLOT = Uint8Array.from({ length: SLOTS }, (_, slot) =>
  OFFICE_SLOTS.includes(slot) ? slot : (OFFICE_SLOTS[(slot * 7) % OFFICE_SLOTS.length] ?? MORNING),
)

/** Parts of a day per lag and quarter-hour, with their sums. */
interface Split {
  readonly at: readonly Int32Array[]
  readonly sums: readonly number[]
}

/** The day on which work of `day` with this lag is settled. */
const settledOn = (day: number, lag: Lag): number =>
  'days' in lag ? day + lag.days : workedDay(workNumber(day) + lag.worked)

export function openQueue(line: Line): Queue {
  const onTimeParts = line.lags.map((lag) => ('days' in lag ? lag.days === 0 : lag.worked <= line.promise))
  const splits = memo<Split>(120)
  const settlings = memo<Settling>(120)

  const parts = (day: number): Split =>
    splits(day, () => {
      const inflow = line.inflow(day)
      const at = line.lags.map(() => new Int32Array(SLOTS))
      for (let slot = 0; slot < SLOTS; slot++) {
        const n = inflow[slot] ?? 0
        if (n === 0) continue
        const split = line.split(day, slot, n)
        for (let j = 0; j < split.length; j++) (at[j] as Int32Array)[slot] = split[j] as number
      }
      return { at, sums: at.map((list) => list.reduce((sum, n) => sum + n, 0)) }
    })

  /** The days before `day` whose work may still be pending when it begins. */
  function* before(day: number): Generator<number> {
    for (let d = day - 1; line.lags.some((lag) => settledOn(d, lag) >= day) && d > 0; d--) yield d
  }

  const settle = (day: number): Settling => {
    const [settled, onTime] = [new Int32Array(SLOTS), new Int32Array(SLOTS)]
    const worked = new Int32Array(SLOTS)
    const [pending, inTime, late] = [new Int32Array(SLOTS), new Int32Array(SLOTS), new Int32Array(SLOTS)]
    const number = workNumber(day)
    let open = 0
    let pastDue = 0
    const takeOut = (from: number, j: number, lag: Lag) => {
      const [list, atOnce] = [parts(from).at[j] as Int32Array, 'days' in lag && lag.days === 0]
      const took = number - workNumber(from)
      for (let slot = 0; slot < SLOTS; slot++) {
        const n = list[slot] as number
        if (n === 0) continue
        const at = atOnce ? slot : (OFFICE_SLOT[slot] as number)
        settled[at] = (settled[at] ?? 0) + n
        worked[at] = (worked[at] ?? 0) + n * took
        if (onTimeParts[j]) onTime[at] = (onTime[at] ?? 0) + n
      }
    }
    for (const from of before(day)) {
      for (const [j, lag] of line.lags.entries()) {
        const on = settledOn(from, lag)
        if (on < day) continue
        const sum = parts(from).sums[j] ?? 0
        open += sum
        if (workNumber(from) + line.promise < number) pastDue += sum
        if (on === day) takeOut(from, j, lag)
      }
    }
    for (const [j, lag] of line.lags.entries()) if (settledOn(day, lag) === day) takeOut(day, j, lag)
    const inflow = line.inflow(day)
    const overdue = settled.map((n, slot) => n - (onTime[slot] ?? 0))
    for (let slot = 0; slot < SLOTS; slot++) {
      open += (inflow[slot] ?? 0) - (settled[slot] ?? 0)
      pastDue -= overdue[slot] ?? 0
      pending[slot] = open
      late[slot] = pastDue
      inTime[slot] = open - pastDue
    }
    return { settled, onTime, overdue, worked, pending, inTime, late }
  }
  return { day: (day) => settlings(day, () => settle(day)) }
}
