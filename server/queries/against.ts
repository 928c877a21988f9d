/** With which earlier stretch a range is compared: the one before, the same a year before, or one that is like it by the calendar. Pure. */
import { type Calendar, PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { sameWeekday } from '../../kpi/calendar-compare.ts'
import { addMonths, dayBegins, dayOf } from '../../kpi/calendar-days.ts'
import { TENTATIVE } from '../../kpi/calendar-say.ts'
import { workingDays } from '../../kpi/calendar-working.ts'
import type { AskedWith, ComparedWith, Earlier } from '../../kpi/compared.ts'
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

/** The same dates a year before: a span that ends with a day ends with that day there, too, 29 February with the 28th. */
const sameDates = ({ from, to }: Span): Span => {
  const whole = to === dayBegins(dayOf(to))
  return { from: yearEarlier(from), to: whole ? dayBegins(addMonths(dayOf(to - 1), -12) + 1) : yearEarlier(to) }
}

export function againstWhat(calendars: ReadonlyMap<string, Calendar>, asked: Span, how: Earlier, at: number): Against {
  const of = periodIn(asked)
  const calendar = calendars.get(PUBLIC_SECTOR)
  if (how === 'like') return like(calendar, asked, of, at)
  if (how === 'year-like') return likeYear(calendar, asked, of, at)
  // A day of the year before has the same date, not the same number: those after 29 February do not.
  const before = of && (how === 'previous' ? previousPeriod(of) : of.kind === 'day' ? null : yearBefore(of))
  const length = asked.to - asked.from
  const plain = how === 'previous' ? { from: asked.from - length, to: asked.from } : sameDates(asked)
  const { from, to } = before ?? plain
  const earlier = { from, to }
  const { over, running, until } = overBy(asked, at, to - from)
  const then = over === asked ? earlier : { from, to: from + (over.to - over.from) }
  const [one, other] = [named(of, asked), named(before, earlier)]
  const sides = [over, then] as const
  // Of a range that is cut its days that are worked are those of what is left.
  const [mine, its] = over === asked ? lengthsOf(calendar, sides) : [NOTHING, NOTHING]
  const cut = over === asked ? NOTHING : workedOf(calendar, sides)
  const said = (language: Language) => {
    const against = language === 'vi' ? 'so với' : 'compared with'
    const text = `${one[language]}${mine[language]} ${against} ${other[language]}${its[language]}`
    return `${text}${comma(until?.[language])}${cut[language]}`
  }
  return { now: over, earlier: then, running, said: { vi: said('vi'), en: said('en') }, provisional: false }
}

/** With what a range is compared that a question leaves open: like for like where that is fair, else the stretch before. */
export function comparisonFor(
  calendars: ReadonlyMap<string, Calendar>,
  asked: Span,
  how: AskedWith,
  at: number,
): ComparedWith {
  if (how !== 'usual') return how
  try {
    againstWhat(calendars, asked, 'like', at)
    return 'like'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return 'previous'
  }
}

const comma = (text: string | undefined) => (text ? `, ${text}` : '')

/**
 * What of a range is compared while it runs: a short one with its figures, a longer one up to the last day that is over, and no more of it than
 * the other side is long (`most`): thirty days of March are not compared with twenty-eight of February.
 */
function overBy(
  asked: Span,
  at: number,
  most = Number.POSITIVE_INFINITY,
): { readonly over: Span; readonly running: boolean; readonly until: Text | null } {
  if (asked.to <= at) return { over: asked, running: false, until: null }
  if (asked.to - asked.from <= SHORT)
    return { over: asked, running: true, until: { vi: 'đến cùng thời điểm', en: 'up to the same time' } }
  const elapsed = Math.min(floor(at, 'day') - asked.from, most)
  if (elapsed <= 0)
    throw refused({
      vi: 'chưa có ngày nào của khoảng này đã xong để so sánh',
      en: 'no day of this range is over yet, so there is nothing to compare',
    })
  const over = { from: asked.from, to: asked.from + elapsed }
  const days = elapsed / DAY
  const last = (language: Language) => formatDay(over.to - 1, language)
  const until = Number.isInteger(days)
    ? { vi: `${days} ngày đầu`, en: `the first ${days === 1 ? 'day' : `${days} days`} of both` }
    : { vi: `đến hết ${last('vi')}`, en: `up to the end of ${last('en')}` }
  return { over, running: false, until }
}

const NOTHING: Text = { vi: '', en: '' }

const differ = (numbers: readonly (number | null)[]) => numbers[0] !== numbers[1] && !numbers.includes(null)

/** How many days of each side are worked; null where no calendar says. */
const worksOf = (calendar: Calendar | undefined, sides: readonly [Span, Span]) =>
  sides.map(({ from, to }) => {
    const found = calendar && workingDays(calendar, dayOf(from), dayOf(to - 1) + 1)
    return found && 'value' in found ? found.value : null
  })

/** How many days are worked on both sides, where they are not as many. */
function workedOf(calendar: Calendar | undefined, sides: readonly [Span, Span]): Text {
  const [mine, its] = worksOf(calendar, sides)
  if (mine == null || its == null || mine === its) return NOTHING
  return { vi: ` (${mine} và ${its} ngày làm việc)`, en: ` (${mine} and ${its} working days)` }
}

/** How long both sides are, where they are not alike: in days, and in days that are worked. */
function lengthsOf(calendar: Calendar | undefined, sides: readonly [Span, Span]): readonly [Text, Text] {
  const days = sides.map(({ from, to }) => (to - from) / DAY)
  const worked = worksOf(calendar, sides)
  const say = (i: number): Text => {
    const [all, of] = [days[i] as number, worked[i] as number]
    const vi = [differ(days) && `${all} ngày`, differ(worked) && `${of} ngày làm việc`].filter(Boolean)
    const en = [
      differ(days) && `${all} ${all === 1 ? 'day' : 'days'}`,
      differ(worked) && `${of} working ${of === 1 ? 'day' : 'days'}`,
    ].filter(Boolean)
    return vi.length === 0 ? NOTHING : { vi: ` (${vi.join(', ')})`, en: ` (${en.join(', ')})` }
  }
  return [say(0), say(1)]
}

function likeYear(calendar: Calendar | undefined, asked: Span, of: Period | null, at: number): Against {
  if (!calendar) throw refused(NO_CALENDAR)
  // A period is cut by its working days, anything else by its days.
  const settled = yearLike(calendar, asked, of, at)
  const { over, running, until } =
    'wrong' in settled || settled.settled ? { over: asked, running: false, until: null } : overBy(asked, at)
  const found = over === asked ? settled : yearLike(calendar, over, null, at)
  if ('wrong' in found) throw refused(found.wrong)
  const { now, earlier, provisional } = found
  return { now, earlier, running, said: marked(added(found.said, until), provisional), provisional }
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
  // Of a range that runs its days that are over must be alike, and no others.
  const { over, running, until } = overBy(asked, at)
  const first = dayOf(over.from)
  const found = sameWeekday(calendar, first, dayOf(over.to - 1))
  if ('wrong' in found) throw refused(found.wrong)
  const shift = dayBegins(first) - dayBegins(found.value.day)
  const earlier = { from: over.from - shift, to: over.to - shift }
  const said = marked(added(found.value.said, until), found.provisional)
  return { now: over, earlier, running, said, provisional: found.provisional }
}

const added = (said: Text, until: Text | null): Text => ({
  vi: `${said.vi}${comma(until?.vi)}`,
  en: `${said.en}${comma(until?.en)}`,
})

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
