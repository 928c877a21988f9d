/** With which earlier stretch a range is compared: the one before, the same a year before, or one that is like it by the calendar. Pure. */
import { type Calendar, PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { sameWeekday } from '../../kpi/calendar-compare.ts'
import { addMonths, dayBegins, dayOf } from '../../kpi/calendar-days.ts'
import { TENTATIVE } from '../../kpi/calendar-say.ts'
import type { Earlier } from '../../kpi/compared.ts'
import { formatDay } from '../../kpi/format.ts'
import { type Period, periodOf, previousPeriod, TILING_KINDS, yearBefore } from '../../kpi/period.ts'
import { comparablePeriod } from '../../kpi/period-compare.ts'
import { periodLabel } from '../../kpi/period-label.ts'
import { DAY, floor, type Span } from '../../kpi/range.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { Refusal } from '../refusal.ts'
import { yearLike } from './year-like.ts'

export interface Against {
  /** What of the range is compared. */
  readonly now: Span
  readonly earlier: Span
  /** Whether the range is still running, and both sides end where its figures do. */
  readonly running: boolean
  readonly said: Text
  /** Whether it leans on a day off that nobody has decided yet. */
  readonly provisional: boolean
}

/** Ranges up to here are compared up to the minute while they run, longer ones up to the last day that is over. */
const SHORT = 3 * DAY

/** The calendar period a range is exactly, if it is one; a month is also a report period of no kind. */
export function periodIn({ from, to }: Span): Period | null {
  return TILING_KINDS.map((kind) => periodOf(kind, from)).find((one) => one.from === from && one.to === to) ?? null
}

/** The same moment of the day a year before. */
const yearEarlier = (at: number) => dayBegins(addMonths(dayOf(at), -12)) + (at - dayBegins(dayOf(at)))

export function againstWhat(calendars: ReadonlyMap<string, Calendar>, asked: Span, how: Earlier, at: number): Against {
  const of = periodIn(asked)
  if (how === 'like') return like(calendars.get(PUBLIC_SECTOR), asked, of, at)
  if (how === 'year-like') return likeYear(calendars.get(PUBLIC_SECTOR), asked, of, at)
  const before = of && (how === 'previous' ? previousPeriod(of) : yearBefore(of))
  const length = asked.to - asked.from
  const plain: Span =
    how === 'previous'
      ? { from: asked.from - length, to: asked.from }
      : { from: yearEarlier(asked.from), to: yearEarlier(asked.to) }
  const earlier = before ?? plain
  return cut(asked, { from: earlier.from, to: earlier.to }, at, named(of, asked), named(before, earlier))
}

/** While a range runs, both sides end where it has come to: with its figures if it is short, else with the last day that is over. */
function cut(asked: Span, earlier: Span, at: number, one: Text, other: Text): Against {
  const both = (until: Text | null): Text => ({
    vi: `${one.vi} so với ${other.vi}${until ? `, ${until.vi}` : ''}`,
    en: `${one.en} compared with ${other.en}${until ? `, ${until.en}` : ''}`,
  })
  if (asked.to <= at) return { now: asked, earlier, running: false, said: both(null), provisional: false }
  if (asked.to - asked.from <= SHORT) {
    const until = { vi: 'đến cùng thời điểm', en: 'up to the same time' }
    return { now: asked, earlier, running: true, said: both(until), provisional: false }
  }
  const elapsed = floor(at, 'day') - asked.from
  if (elapsed <= 0)
    throw refused({
      vi: 'chưa có ngày nào của khoảng này đã xong để so sánh',
      en: 'no day of this range is over yet, so there is nothing to compare',
    })
  const days = elapsed / DAY
  const until = { vi: `${days} ngày đầu`, en: `the first ${days} ${days === 1 ? 'day' : 'days'} of both` }
  const now = { from: asked.from, to: asked.from + elapsed }
  const then = { from: earlier.from, to: Math.min(earlier.to, earlier.from + elapsed) }
  return { now, earlier: then, running: false, said: both(until), provisional: false }
}

function likeYear(calendar: Calendar | undefined, asked: Span, of: Period | null, at: number): Against {
  if (!calendar) throw refused(NO_CALENDAR)
  const found = yearLike(calendar, asked, of, at)
  if ('wrong' in found) throw refused(found.wrong)
  const said = marked(found.said, found.provisional)
  const { now, earlier, provisional } = found
  if (found.settled) return { now, earlier, said, running: false, provisional }
  return { ...cut(asked, earlier, at, said, said), said, provisional }
}

const NO_CALENDAR: Text = {
  vi: `chưa khai báo lịch ${PUBLIC_SECTOR} để so sánh theo ngày làm việc`,
  en: `no calendar ${PUBLIC_SECTOR} is declared to compare by working days`,
}

function like(calendar: Calendar | undefined, asked: Span, of: Period | null, at: number): Against {
  if (!calendar) throw refused(NO_CALENDAR)
  if (asked.to - asked.from > 7 * DAY) {
    if (!of)
      throw refused({
        vi: 'so sánh theo lịch chỉ nhận khoảng đến 7 ngày, hoặc đúng một tháng, quý, nửa năm, năm hay kỳ báo cáo',
        en: 'like-for-like takes up to 7 days, or exactly a month, quarter, half-year, year or report period',
      })
    const found = comparablePeriod(calendar, of, at)
    if ('wrong' in found) throw refused(found.wrong)
    const { now, earlier } = found.value
    const said = marked(found.value.said, found.provisional)
    return { now, earlier, said, running: false, provisional: found.provisional }
  }
  const first = dayOf(asked.from)
  const found = sameWeekday(calendar, first, dayOf(asked.to - 1))
  if ('wrong' in found) throw refused(found.wrong)
  const shift = dayBegins(first) - dayBegins(found.value.day)
  const earlier = { from: asked.from - shift, to: asked.to - shift }
  const said = marked(found.value.said, found.provisional)
  const whole = cut(asked, earlier, at, said, said)
  return { ...whole, said, provisional: found.provisional }
}

/** What leans on a day nobody has decided yet says so wherever it is shown. */
const marked = (said: Text, provisional: boolean): Text =>
  provisional ? { vi: `${said.vi}, ${TENTATIVE.vi}`, en: `${said.en}, ${TENTATIVE.en}` } : said

/** A range by the period it is, else by its first and last day. */
export function named(of: Period | null, span: Span): Text {
  if (of) return periodLabel(of)
  const said = (language: Language) => {
    const [from, last] = [formatDay(span.from, language), formatDay(span.to - 1, language)]
    return from === last ? from : `${from} – ${last}`
  }
  return { vi: said('vi'), en: said('en') }
}

function refused(why: Text): Refusal {
  return new Refusal(422, { vi: `Không so sánh được: ${why.vi}.`, en: `Cannot compare: ${why.en}.` }, 'with')
}
