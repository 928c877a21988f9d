/** Filings of one unit: what came in by channel, what was accepted within eight working hours, what was settled and what is pending. */
import { draw, keyOf, mix, mixed } from './chance.ts'
import { dayStartOf, isWorked, SLOT, SLOTS } from './days.ts'
import { memo } from './memo.ts'
import { busy, type Pace } from './pace.ts'
import { openQueue, type Queue, type Settling, sameDay } from './queue.ts'
import type { Unit } from './units.ts'

/** The portal's channel codes: at the counter, online, by post. */
export const CHANNELS = ['1', '2', '3'] as const
export type Channel = (typeof CHANNELS)[number]

/** Corrections of what came in, by channel and moment of the quarter-hour. */
export type FilingsDelta = (channel: Channel, from: number) => number

export interface Filings {
  received(channel: Channel, day: number): Int32Array
  all(day: number): Int32Array
  /** Acceptance of online filings: `onTime` is within eight working hours. */
  readonly acceptance: Queue
  /** Settlement of all filings: `onTime` is before or on the promised date. */
  readonly settlement: Queue
  /** Form 766, the day so far: settled on time since midnight and pending in time; all settled since midnight and all pending. */
  index766(day: number): { readonly good: Int32Array; readonly all: Int32Array }
  /** Services offered, and those with at least one filing on that day. */
  services(day: number): { readonly offered: number; readonly used: number }
}

/** Busy quarter-hours see this many filings per ten of the unit's size. */
const PER_SIZE = 17
/** Filings are promised within five working days. */
const PROMISE = 5
/** The first part is issued at once by a machine; the last is caught up with after twenty days, whatever day that is. */
const LAGS = [{ days: 0 }, { worked: 1 }, { worked: 3 }, { worked: 5 }, { worked: 8 }, { days: 20 }] as const

/** Thousandths of all filings that are settled late, a unit's own habit. */
const lateShare = (seed: number, unit: Unit) =>
  (unit.habit === 'slow-register' ? 130 : 12) + (mix(seed, keyOf(unit), 21) % 96)

/** Thousandths by channel: online grows with the unit's own eagerness, post is small, the counter has the rest. */
function channelShare(seed: number, unit: Unit, channel: Channel): number {
  const online = (unit.kind === 'ministry' ? 700 : 480) + (mix(seed, keyOf(unit), 22) % 270)
  const post = 12 + (mix(seed, keyOf(unit), 23) % 45)
  return channel === '2' ? online : channel === '3' ? post : 1000 - online - post
}

const PACE: Readonly<Record<Channel, Pace>> = { '1': 'counter', '2': 'online', '3': 'counter' }

export function openFilings(seed: number, unit: Unit, delta: FilingsDelta): Filings {
  const key = keyOf(unit)
  const share = lateShare(seed, unit)
  const days = CHANNELS.map(() => memo<Int32Array>(120))
  const inflows = memo<Int32Array>(120)

  const received = (channel: Channel, day: number): Int32Array =>
    (days[Number(channel) - 1] ?? days[0])?.(day, () => {
      const rate = unit.size * PER_SIZE * channelShare(seed, unit, channel)
      const today = mix(seed, key, day)
      return Int32Array.from({ length: SLOTS }, (_, slot) => {
        const pace = busy(unit, PACE[channel], day, slot * 15)
        if (pace === 0) return Math.max(0, delta(channel, dayStartOf(day) + slot * SLOT))
        const own = mixed(mixed(today, slot), Number(channel))
        const sway = 650 + (mixed(own, 24) % 701)
        const thousandths = Math.floor((rate * (pace / 1000) * sway) / 10_000_000)
        return Math.max(0, draw(thousandths, mixed(own, 25)) + delta(channel, dayStartOf(day) + slot * SLOT))
      })
    }) ?? new Int32Array(SLOTS)

  const all = (day: number): Int32Array =>
    inflows(day, () => {
      const lists = CHANNELS.map((channel) => received(channel, day))
      const sums = new Int32Array(SLOTS)
      for (const list of lists)
        for (let slot = 0; slot < SLOTS; slot++) sums[slot] = (sums[slot] ?? 0) + (list[slot] ?? 0)
      return sums
    })

  const settlement = openQueue({
    inflow: all,
    lags: LAGS,
    promise: PROMISE,
    split(day, slot, n) {
      const own = mix(seed, key, day, slot)
      const hash = (salt: number) => mixed(own, salt)
      const late = Math.min(n, draw(n * share, hash(26)))
      const longLate = Math.min(late, draw(late * 40, hash(33)))
      const atOnce = Math.min(n - late, draw(Math.min(n - late, received('2', day)[slot] ?? 0) * 90, hash(34)))
      const rest = n - late - atOnce
      const first = Math.min(rest, draw(rest * 420, hash(27)))
      const second = Math.min(rest - first, draw(rest * 360, hash(28)))
      return [atOnce, first, second, rest - first - second, late - longLate, longLate]
    },
  })

  /** Eight working hours end on the next working day; at night and on days off the clock waits. */
  const acceptance = openQueue({
    inflow: (day) => received('2', day),
    lags: [{ worked: 0 }, { worked: 1 }, { worked: 2 }],
    promise: 1,
    split(day, slot, n) {
      const late = Math.min(n, draw(n * Math.floor(share / 2), mix(seed, key, day, slot, 29)))
      const today = sameDay(day, slot) ? draw((n - late) * 700, mix(seed, key, day, slot, 30)) : 0
      const first = isWorked(day) ? Math.min(n - late, today) : n - late
      return [first, n - late - first, late]
    },
  })

  const sums = memo<ReturnType<typeof sums766>>(120)
  return {
    received,
    all,
    acceptance,
    settlement,
    index766: (day) => sums(day, () => sums766(settlement.day(day))),
    services(day) {
      const offered =
        (unit.kind === 'province' ? 900 : 90) + (mix(seed, key, 31) % 400) + Math.floor((day - 20_000) / 40)
      const filings = all(day).reduce((sum, n) => sum + n, 0)
      return { offered, used: Math.min(filings, Math.floor((offered * filings) / (offered + filings + 1))) }
    },
  }
}

function sums766({ settled, onTime, pending, inTime }: Settling) {
  const [good, all] = [new Int32Array(SLOTS), new Int32Array(SLOTS)]
  let [soFar, inGood] = [0, 0]
  for (let slot = 0; slot < SLOTS; slot++) {
    soFar += settled[slot] ?? 0
    inGood += onTime[slot] ?? 0
    good[slot] = inGood + (inTime[slot] ?? 0)
    all[slot] = soFar + (pending[slot] ?? 0)
  }
  return { good, all }
}
