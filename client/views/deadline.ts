/** A deadline in words: how long, and when what begins now falls due by the calendar of the public sector. */
import { PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { dayBegins } from '../../kpi/calendar-days.ts'
import { dueBy } from '../../kpi/calendar-due.ts'
import { formatLimit } from '../../kpi/calendar-limit.ts'
import { sayDue, TENTATIVE } from '../../kpi/calendar-say.ts'
import type { Deadline } from '../../kpi/deadline.ts'
import { formatShortDay, formatTime } from '../../kpi/format.ts'
import { words } from '../words/index.ts'
import { sayBasis } from './say.ts'
import type { Shown } from './shown.ts'

export interface SaidDeadline {
  /** "15 ngày làm việc: tính từ lúc này, hạn 14/12" */
  readonly brief: string
  /** With the weekday, the days off passed over and the rule of law; or why there is no date. */
  readonly full: string
}

export function sayDeadline(
  deadline: Deadline,
  { catalogue, now, language }: Pick<Shown, 'catalogue' | 'now' | 'language'>,
): SaidDeadline {
  const say = words(language)
  const limit = formatLimit(deadline, language)
  const basis = deadline.basis === undefined ? [] : [sayBasis(deadline.basis, language)]
  const calendar = catalogue.calendars.get(PUBLIC_SECTOR)
  const due = calendar ? dueBy(calendar, now, deadline) : null
  if (!calendar || !due || 'wrong' in due) {
    const why = due && 'wrong' in due ? due.wrong[language] : say.noCalendar
    return { brief: say.within(limit), full: [say.within(limit), why, ...basis].join(' · ') }
  }
  const { day, at } = due.value
  const date = formatShortDay(dayBegins(day), language)
  const when = at === dayBegins(day + 1) ? date : `${formatTime(at)} ${date}`
  const mark = due.provisional ? `, ${TENTATIVE[language]}` : ''
  const whole = sayDue(calendar, due.value, due.provisional)[language]
  return { brief: say.dueNow(limit, when) + mark, full: [say.fromNow(limit, whole), ...basis].join(' · ') }
}
