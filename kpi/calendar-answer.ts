/** What `GET /api/calendar` answers: a day, what it may be compared with, the periods it lies in, a due date, the working time of a range. */
import type { PeriodKind } from './period.ts'
import type { Text } from './text.ts'

/** Something a calendar may be unable to say: then the sentence why. */
export type Told<T> = (T & { readonly provisional: boolean }) | { readonly wrong: Text }

export interface CalendarAnswer {
  readonly calendar: string
  readonly title: Text
  /** The years it covers. */
  readonly years: { readonly first: number; readonly last: number }
  /** The local day of `at`. `number`: the how-manieth working day of its month; `status` null where no line of the calendar speaks of it. */
  readonly day: Told<{
    readonly date: string
    readonly worked: boolean
    readonly number: number | null
    readonly name: Text | null
    readonly status: 'official' | 'tentative' | null
    readonly basis: string | null
  }>
  /** The earlier day it may fairly be compared with: the same weekday of an earlier week, the same working day of the month before. */
  readonly like: readonly Told<{ readonly date: string; readonly said: Text }>[]
  /** The periods it lies in: of the calendar, and of Nghị định 09/2019. */
  readonly periods: readonly {
    readonly kind: PeriodKind
    readonly label: Text
    readonly from: string
    /** Its last day. */
    readonly to: string
  }[]
  /** When a limit that starts at `at` ends; null where none was asked. */
  readonly due: Told<{
    readonly limit: Text
    readonly start: number
    readonly at: number
    readonly date: string
    /** Days off passed over that their weekday would have made working days. */
    readonly skipped: readonly string[]
    readonly said: Text
  }> | null
  /** What is worked from `from` to `to`; null where no range was asked. Days in part count as days, hours as they are. */
  readonly range: Told<{
    readonly from: number
    readonly to: number
    readonly label: Text
    readonly days: number
    readonly workingDays: number
    readonly workingHours: number
    readonly off: readonly { readonly date: string; readonly name: Text }[]
    readonly madeUp: readonly { readonly date: string; readonly name: Text }[]
  }> | null
}
