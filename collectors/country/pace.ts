/** How busy a unit is at a moment: by hour, weekday, holiday, Tết and habit. In percent of a busy working hour, never negative. */
import { isOff, isReturn, isTet, isWorked, weekday } from './days.ts'
import type { Unit } from './units.ts'

/** Offices, by local hour. */
const OFFICE = [1, 0, 0, 0, 0, 1, 4, 38, 92, 100, 96, 62, 18, 74, 97, 100, 84, 45, 14, 8, 6, 4, 3, 2]
/** Citizens at home: later, and in the evening too. */
const ONLINE = [4, 2, 1, 1, 1, 3, 9, 30, 74, 96, 100, 78, 46, 66, 88, 92, 80, 52, 34, 36, 44, 38, 22, 10]
/** Counters are open 07:30–11:30 and 13:30–17:30. */
const COUNTER = [0, 0, 0, 0, 0, 0, 0, 34, 94, 100, 90, 48, 0, 38, 96, 98, 82, 30, 0, 0, 0, 0, 0, 0]
const PACES = { office: OFFICE, online: ONLINE, counter: COUNTER } as const
export type Pace = keyof typeof PACES

const WEEK = [5, 104, 100, 98, 100, 96, 12]
/** What of an ordinary working day goes on at home on a day off. */
const AT_HOME = 28

function dayShare(unit: Unit, pace: Pace, day: number): number {
  const home = pace === 'online'
  if (isTet(day)) return home ? 4 : pace === 'counter' ? 0 : 1
  if (isOff(day)) return home ? AT_HOME : pace === 'counter' ? 0 : 3
  if (isReturn(day)) return home ? 118 : 132
  if (isWorked(day)) return weekday(day) === 6 ? 70 : (WEEK[weekday(day)] ?? 0)
  if (home) return AT_HOME
  if (pace === 'office') return WEEK[weekday(day)] ?? 0
  return weekday(day) === 6 && unit.habit === 'saturday-morning' ? 60 : 0
}

function habitShare(unit: Unit, pace: Pace, day: number, hour: number, minute: number): number {
  if (!isWorked(day)) {
    const morning = weekday(day) === 6 && !isOff(day) && hour >= 8 && hour < 11
    return unit.habit === 'saturday-morning' && pace === 'office' && morning ? 420 : 100
  }
  if (unit.habit === 'saturday-morning' && pace === 'counter' && weekday(day) === 6 && hour >= 12) return 0
  if (unit.habit === 'monday-rush' && weekday(day) === 1 && hour >= 8 && hour < 11) return 135
  if (unit.habit === 'closing-stack' && pace === 'office') return hour === 16 && minute >= 40 ? 230 : 88
  return 100
}

/** Per-million of a busy hour of `unit` at a local time: a busy working hour without habits is 1,000,000. */
export function busy(unit: Unit, pace: Pace, day: number, minutes: number): number {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60]
  const share = PACES[pace][hour] ?? 0
  return share === 0 ? 0 : share * dayShare(unit, pace, day) * habitShare(unit, pace, day, hour, minute)
}
