/** What operators write about working days: one calendar per file, years with their days off and make-up days. */
import { z } from 'zod'
import { DateText, Id } from './indicator.ts'
import { Text } from './text.ts'

export const HoursText = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: 'hours of the day such as 08:00-12:00',
})
export const YearText = z.string().regex(/^(19|20|21)\d{2}$/, { error: 'a year such as 2026' })

const decided = {
  name: Text,
  /** `official`: a notice or law says so. `tentative`: nobody has seen the decision yet. */
  status: z.enum(['official', 'tentative']),
  /** The decision; `unverified` where nobody has seen one. */
  basis: z.string().min(1),
}

/** A day off, or a stretch of them. */
export const DayOff = z.strictObject({ off: DateText, to: DateText.optional(), ...decided })
/** A weekend day that is worked instead of a day off. */
export const MadeUp = z.strictObject({ work: DateText, for: DateText, ...decided })

export const CalendarYear = z.strictObject({
  /** The first day of the lunar year (mùng 1 Tết). */
  tet: DateText,
  off: z.array(DayOff).min(1),
  work: z.array(MadeUp).default([]),
})

export const CalendarFile = z
  .strictObject({
    title: Text,
    /** When offices work on a working day; together eight hours. */
    hours: z.array(HoursText).min(1),
    /** Every year the calendar knows, without a gap; outside it nothing is said. */
    years: z.record(YearText, CalendarYear).optional(),
    /** The calendar whose years it shares: an office with hours of its own. */
    like: Id.optional(),
  })
  .refine((file) => (file.years === undefined) !== (file.like === undefined), {
    path: ['years'],
    error: 'give either years, or like with the calendar that has them',
  })
export type CalendarFile = z.infer<typeof CalendarFile>
/** A calendar with its years, its own or those of the one it is like. */
export type WholeCalendar = CalendarFile & { readonly years: Readonly<Record<string, CalendarYear>> }
export type CalendarYear = z.infer<typeof CalendarYear>
