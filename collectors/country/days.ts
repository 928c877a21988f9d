/** The calendar the country works by: days are counted from 1970 in local time; which are worked, which are off, and the how-manieth working day each is. */
import { DAY, ZONE_OFFSET } from '../../kpi/range.ts'
import DATES from './days.json' with { type: 'json' }

/** Quarter-hours of a day. */
export const SLOTS = 96
export const SLOT = DAY / SLOTS

/** The local day of a moment, counted from 1970-01-01. */
export const dayOf = (at: number): number => Math.floor((at + ZONE_OFFSET) / DAY)
/** The moment a local day begins, UTC milliseconds. */
export const dayStartOf = (day: number): number => day * DAY - ZONE_OFFSET

const daysOf = (dates: readonly string[]) => new Set(dates.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY))
const [TET, OFF, MADE_UP] = [daysOf(DATES.tet), daysOf(DATES.off), daysOf(DATES.work)]

/** 0 is Sunday. */
export const weekday = (day: number): number => (day + 4) % 7
export const isTet = (day: number): boolean => TET.has(day)
export const isOff = (day: number): boolean => TET.has(day) || OFF.has(day)
const work = (day: number): boolean => !isOff(day) && (MADE_UP.has(day) || (weekday(day) > 0 && weekday(day) < 6))

/** The country has a calendar from 2020 to 2039; outside it stands still. */
const FIRST = Date.UTC(2020, 0, 1) / DAY
const LAST = Date.UTC(2040, 0, 1) / DAY
const WORKED: readonly number[] = Array.from({ length: LAST - FIRST }, (_, i) => FIRST + i).filter(work)
const IS_WORKED = new Uint8Array(LAST - FIRST)
for (const day of WORKED) IS_WORKED[day - FIRST] = 1
/** Worked by the offices: Monday to Friday and make-up Saturdays, without holidays. */
export const isWorked = (day: number): boolean =>
  day >= FIRST && day < LAST ? IS_WORKED[day - FIRST] === 1 : work(day)

const INDEX = new Int32Array(LAST - FIRST)
for (let day = FIRST, count = 0; day < LAST; day++) {
  INDEX[day - FIRST] = count
  if (isWorked(day)) count++
}

/** How many worked days lie before `day`: a worked day's own number, or the number of the next worked day. */
export const workNumber = (day: number): number => INDEX[Math.min(Math.max(day, FIRST), LAST - 1) - FIRST] ?? 0

/** The worked day with this number. */
export const workedDay = (number: number): number => WORKED[number] ?? LAST

/** Whether `day` is the first worked day after at least three that were not. */
export const isReturn = (day: number): boolean =>
  isWorked(day) && day - 4 >= (WORKED[workNumber(day) - 1] ?? Number.NEGATIVE_INFINITY)
