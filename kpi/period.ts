/** Periods: calendar days to years, and beside them the report periods of Nghị định 09/2019, which close on the 14th. */
import { civil, type Day, dayBegins, dayNumber, dayOf, weekday } from './calendar-days.ts'
import type { Span } from './range.ts'

/** Kinds that lie end to end, so that every moment is in one. */
export const TILING_KINDS = [
  ...['day', 'week', 'month', 'quarter', 'half', 'year'],
  ...['report-month', 'report-quarter', 'report-half', 'report-year'],
] as readonly TilingKind[]
export type TilingKind =
  | ('day' | 'week' | 'month' | 'quarter' | 'half' | 'year')
  | ('report-month' | 'report-quarter' | 'report-half' | 'report-year')
/** The first nine months of a year leave its rest out. */
export type PeriodKind = TilingKind | 'nine-months' | 'report-nine-months'
export const PERIOD_KINDS: readonly PeriodKind[] = [...TILING_KINDS, 'nine-months', 'report-nine-months']

export interface Period extends Span {
  readonly kind: PeriodKind
  /** Of a week the year its Thursday lies in; of a report period the year it reports on. */
  readonly year: number
  /** The how-manieth of its year, from 1. */
  readonly number: number
}

/** Months of a period; null for days and weeks. */
const LENGTH: Readonly<Record<PeriodKind, number | null>> = {
  ...{ day: null, week: null, month: 1, quarter: 3, half: 6, 'nine-months': 9, year: 12 },
  ...{ 'report-month': 1, 'report-quarter': 3, 'report-half': 6, 'report-nine-months': 9, 'report-year': 12 },
}

export const isReport = (kind: PeriodKind): boolean => kind.startsWith('report-')
const isNine = (kind: PeriodKind) => kind === 'nine-months' || kind === 'report-nine-months'

const between = (kind: PeriodKind, year: number, number: number, from: Day, to: Day): Period => {
  return { kind, year, number, from: dayBegins(from), to: dayBegins(to) }
}

/** Monday of the first week of a year: the week that holds 4 January. */
function firstMonday(year: number): Day {
  const fourth = dayNumber(year, 1, 4)
  return fourth - ((weekday(fourth) + 6) % 7)
}

/** The `number`-th period of a kind in a year; null where the year has no such period. */
export function period(kind: PeriodKind, year: number, number: number): Period | null {
  if (!Number.isInteger(year) || !Number.isInteger(number) || number < 1) return null
  const length = LENGTH[kind]
  if (kind === 'day') {
    const day = dayNumber(year, 1, number)
    return civil(day).year === year ? between(kind, year, number, day, day + 1) : null
  }
  if (length === null) {
    const monday = firstMonday(year) + 7 * (number - 1)
    return monday < firstMonday(year + 1) ? between(kind, year, number, monday, monday + 7) : null
  }
  if (number > (isNine(kind) ? 1 : 12 / length)) return null
  const first = (number - 1) * length + 1
  return isReport(kind)
    ? between(kind, year, number, dayNumber(year, first - 1, 15), dayNumber(year, first + length - 1, 15))
    : between(kind, year, number, dayNumber(year, first, 1), dayNumber(year, first + length, 1))
}

/** The period of a kind that holds a moment (UTC milliseconds); null only for nine months, in the last three of a year. */
export function periodOf(kind: TilingKind, at: number): Period
export function periodOf(kind: PeriodKind, at: number): Period | null
export function periodOf(kind: PeriodKind, at: number): Period | null {
  const day = dayOf(at)
  const date = civil(day)
  const length = LENGTH[kind]
  if (kind === 'day') return period(kind, date.year, day - dayNumber(date.year, 1, 1) + 1)
  if (length === null) {
    const monday = day - ((weekday(day) + 6) % 7)
    const { year } = civil(monday + 3)
    return period(kind, year, (monday - firstMonday(year)) / 7 + 1)
  }
  const months = date.year * 12 + date.month - 1 + (isReport(kind) && date.day >= 15 ? 1 : 0)
  return period(kind, Math.floor(months / 12), Math.floor((months % 12) / length) + 1)
}

/** The period of the same kind before. */
export function previousPeriod(of: Period): Period {
  const found = isNine(of.kind) ? period(of.kind, of.year - 1, 1) : periodOf(of.kind, of.from - 1)
  return found as Period
}

/** The period of the same kind after. */
export function nextPeriod(of: Period): Period {
  const found = isNine(of.kind) ? period(of.kind, of.year + 1, 1) : periodOf(of.kind, of.to)
  return found as Period
}

/** The same period a year before: its number in the year before; null for a 366th day or a 53rd week that year lacks. */
export const yearBefore = ({ kind, year, number }: Period): Period | null => period(kind, year - 1, number)
