/** Calendars: which days of the declared years are worked; outside those years nothing is said. */
import { type Day, dateText, dayBegins, dayOfText, isWeekend } from './calendar-days.ts'
import type { WholeCalendar } from './calendar-file.ts'
import { formatDay } from './format.ts'
import { HOUR, MINUTE, type Span } from './range.ts'
import type { Text } from './text.ts'

/** An answer, or the sentence that says why there is none. `provisional`: it leans on a day nobody has decided officially yet. */
export type Answer<T> = { readonly value: T; readonly provisional: boolean } | { readonly wrong: Text }

/** A day that is not as its weekday says, or a named weekend day. */
export interface DeclaredDay {
  readonly worked: boolean
  readonly name: Text
  readonly official: boolean
  readonly basis: string
  /** For a make-up day: the day off it is worked for. */
  readonly instead: Day | null
  /** Whether it belongs to the days off around mùng 1 Tết. */
  readonly tet: boolean
}

export interface Calendar {
  readonly id: string
  readonly title: Text
  /** Working hours of a day, milliseconds since local midnight, in order. */
  readonly hours: readonly Span[]
  /** The years it covers, each with the day of mùng 1 Tết. */
  readonly tet: ReadonlyMap<number, Day>
  readonly days: ReadonlyMap<Day, DeclaredDay>
  readonly first: Day
  readonly last: Day
  readonly file: WholeCalendar
}

/** The calendar that comparisons and deadlines go by where nothing else is said. */
export const PUBLIC_SECTOR = 'public-sector'

/** A working day has eight hours. */
export const WORKING_DAY = 8 * HOUR

/** "08:00-12:00" → milliseconds since midnight. */
export function hoursOf(text: string): Span {
  const [from = 0, to = 0] = text.split('-').map((clock) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number)
    return hour * HOUR + minute * MINUTE
  })
  return { from, to }
}

const day = (text: string): Day => dayOfText(text) ?? Number.NaN

/** The calendar of a checked declaration. */
export function calendarOf(id: string, file: WholeCalendar): Calendar {
  const days = new Map<Day, DeclaredDay>()
  const tet = new Map<number, Day>()
  for (const [year, { tet: newYear, off, work }] of Object.entries(file.years)) {
    tet.set(Number(year), day(newYear))
    for (const { off: from, to, name, status, basis } of off) {
      const stretch = { from: day(from), to: day(to ?? from) }
      const holds = stretch.from <= day(newYear) && day(newYear) <= stretch.to
      for (let one = stretch.from; one <= stretch.to; one++)
        days.set(one, { worked: false, name, official: status === 'official', basis, instead: null, tet: holds })
    }
    for (const { work: on, for: instead, name, status, basis } of work)
      days.set(day(on), {
        worked: true,
        name,
        official: status === 'official',
        basis,
        instead: day(instead),
        tet: false,
      })
  }
  const years = [...tet.keys()].sort((a, b) => a - b)
  return {
    ...{ id, title: file.title, hours: file.hours.map(hoursOf), tet, days, file },
    first: day(`${years[0]}-01-01`),
    last: day(`${years.at(-1)}-12-31`),
  }
}

/** Says that a calendar knows nothing of a day. */
export function uncovered(calendar: Calendar, of: Day): { readonly wrong: Text } {
  const [from, to] = [dateText(calendar.first).slice(0, 4), dateText(calendar.last).slice(0, 4)]
  return {
    wrong: {
      vi: `${calendar.title.vi} chỉ có từ năm ${from} đến năm ${to}, chưa có ngày ${formatDay(dayBegins(of), 'vi')}; hãy bổ sung năm đó vào tệp lịch ${calendar.id}`,
      en: `${calendar.title.en} covers ${from} to ${to} only and knows nothing of ${formatDay(dayBegins(of), 'en')}; add that year to the calendar file ${calendar.id}`,
    },
  }
}

export interface DayFacts {
  readonly worked: boolean
  readonly declared: DeclaredDay | null
}

/** What a calendar knows of a day; null outside its years. */
export function factsOf({ days, first, last }: Calendar, of: Day): DayFacts | null {
  if (!(of >= first && of <= last)) return null
  const declared = days.get(of) ?? null
  return { worked: declared?.worked ?? !isWeekend(of), declared }
}

/** Whether offices work on a day. */
export function isWorkingDay(calendar: Calendar, of: Day): Answer<boolean> {
  const facts = factsOf(calendar, of)
  return facts ? { value: facts.worked, provisional: facts.declared?.official === false } : uncovered(calendar, of)
}
