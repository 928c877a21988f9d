/** Time limits as rules write them: 8 working hours, 15 working days, 2 months. */
import { formatExact } from './format.ts'
import type { Language } from './text.ts'

export const LIMIT_UNITS = ['working-hours', 'working-days', 'days', 'weeks', 'months', 'years'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

/** How long something may take: 8 working hours, 15 working days, 2 months. */
export interface Limit {
  readonly amount: number
  readonly unit: LimitUnit
}

const LIMITS: Readonly<Record<LimitUnit, Readonly<Record<Language, readonly [string, string]>>>> = {
  'working-hours': { vi: ['giờ làm việc', 'giờ làm việc'], en: ['working hour', 'working hours'] },
  'working-days': { vi: ['ngày làm việc', 'ngày làm việc'], en: ['working day', 'working days'] },
  days: { vi: ['ngày', 'ngày'], en: ['day', 'days'] },
  weeks: { vi: ['tuần', 'tuần'], en: ['week', 'weeks'] },
  months: { vi: ['tháng', 'tháng'], en: ['month', 'months'] },
  years: { vi: ['năm', 'năm'], en: ['year', 'years'] },
}

/** A time limit: "8 giờ làm việc", "15 working days". */
export function formatLimit({ amount, unit }: Limit, language: Language): string {
  const [one, many] = LIMITS[unit][language]
  return `${formatExact(amount, language)} ${amount === 1 ? one : many}`
}
