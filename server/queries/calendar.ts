/** `GET /api/calendar`: what the calendar that deadlines and comparisons go by says of a day, a limit and a range. */
import { type Answer, type Calendar, factsOf, isWorkingDay } from '../../kpi/calendar.ts'
import type { CalendarAnswer, Told } from '../../kpi/calendar-answer.ts'
import { sameWeekday, sameWorkNumber } from '../../kpi/calendar-compare.ts'
import { type Day, dateText, dayOf } from '../../kpi/calendar-days.ts'
import { dueBy } from '../../kpi/calendar-due.ts'
import { workingTime } from '../../kpi/calendar-hours.ts'
import { formatLimit } from '../../kpi/calendar-limit.ts'
import { sayDue } from '../../kpi/calendar-say.ts'
import { workingDays, workNumber } from '../../kpi/calendar-working.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { parseLimit } from '../../kpi/parse-duration.ts'
import { periodOf, TILING_KINDS } from '../../kpi/period.ts'
import { periodLabel } from '../../kpi/period-label.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import { HOUR, type Span } from '../../kpi/range.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { named, periodIn } from './against.ts'

/** Errors: a Refusal (404) for a calendar that is not declared, (400) for a limit that is none. */
export async function calendar(
  _store: Store,
  { calendars }: Catalogue,
  { calendar: id, at = Number.NaN, from, to, within }: QueryOf<'calendar'>,
  pulse: Pulse,
): Promise<Answers['calendar']> {
  const found = calendars.get(id)
  if (!found) throw unknown(id, [...calendars.keys()])
  const moment = Number.isNaN(at) ? pulse.at : at
  const day = dayOf(moment)
  const years = [...found.tet.keys()].sort((a, b) => a - b)
  return {
    ...{ pulse, calendar: id, title: found.title },
    years: { first: years[0] ?? 0, last: years.at(-1) ?? 0 },
    day: dayTold(found, day),
    like: [sameWeekday(found, day), sameWorkNumber(found, day)].map((one) =>
      told(one, ({ day: earlier, said }) => ({ date: dateText(earlier), said })),
    ),
    periods: TILING_KINDS.filter((kind) => kind !== 'day').map((kind) => {
      const period = periodOf(kind, moment)
      const [first, last] = [dateText(dayOf(period.from)), dateText(dayOf(period.to - 1))]
      return { kind, label: periodLabel(period), from: first, to: last }
    }),
    due: within === undefined ? null : dueTold(found, moment, within),
    range: from === undefined || to === undefined ? null : rangeTold(found, { from, to }),
  }
}

function told<T, U>(answer: Answer<T>, say: (value: T) => U): Told<U> {
  return 'wrong' in answer ? answer : { ...say(answer.value), provisional: answer.provisional }
}

function dayTold(calendar: Calendar, day: Day): CalendarAnswer['day'] {
  const number = workNumber(calendar, day)
  return told(isWorkingDay(calendar, day), (worked) => {
    const declared = factsOf(calendar, day)?.declared ?? null
    return {
      ...{ date: dateText(day), worked, number: 'wrong' in number ? null : number.value },
      ...{ name: declared?.name ?? null, basis: declared?.basis ?? null },
      status: declared ? (declared.official ? ('official' as const) : ('tentative' as const)) : null,
    }
  })
}

function dueTold(calendar: Calendar, start: number, written: string): CalendarAnswer['due'] {
  const limits = (['vi', 'en'] as const).map((language) => parseLimit(written, language))
  const read = limits.find((one) => 'value' in one) ?? limits[0]
  if (!read || 'wrong' in read) throw new Refusal(400, WITHIN(written), 'within')
  const limit = { vi: formatLimit(read.value, 'vi'), en: formatLimit(read.value, 'en') }
  const due = dueBy(calendar, start, read.value)
  return told(due, (end) => ({
    ...{ limit, start, at: end.at, date: dateText(end.day), skipped: end.skipped.map(dateText) },
    said: sayDue(calendar, end, 'value' in due && due.provisional),
  }))
}

function rangeTold(calendar: Calendar, { from, to }: Span): CalendarAnswer['range'] {
  const [first, after] = [dayOf(from), dayOf(to - 1) + 1]
  const time = workingTime(calendar, from, to)
  if ('wrong' in time) return time
  const special = (worked: boolean) =>
    [...calendar.days]
      .filter(([day, one]) => day >= first && day < after && one.worked === worked)
      .sort(([a], [b]) => a - b)
      .map(([day, { name }]) => ({ date: dateText(day), name }))
  return told(workingDays(calendar, first, after), (count) => ({
    ...{ from, to, label: named(periodIn({ from, to }), { from, to }), days: after - first, workingDays: count },
    ...{ workingHours: time.value / HOUR, off: special(false), madeUp: special(true) },
  }))
}

function unknown(id: string, known: readonly string[]): Refusal {
  const list = known.join(', ') || '–'
  return new Refusal(
    404,
    {
      vi: `Không có lịch “${id}”; các lịch đã khai: ${list}.`,
      en: `There is no calendar “${id}”; declared are: ${list}.`,
    },
    'calendar',
  )
}

const WITHIN = (written: string) => ({
  vi: `within=${written} không phải là thời hạn; hãy viết như “8 giờ làm việc”, “15 ngày làm việc”, “10 ngày”, “2 tháng”.`,
  en: `within=${written} is no time limit; write it like “8 working hours”, “15 working days”, “10 days”, “2 months”.`,
})
