/** Which earlier days a panel's span is compared with: the same weekdays of the nearest week in which they were days like these. */
import { type Calendar, PUBLIC_SECTOR } from '../../kpi/calendar.ts'
import { sameWeekday } from '../../kpi/calendar-compare.ts'
import { dayBegins, dayOf } from '../../kpi/calendar-days.ts'
import { formatDay } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { DAY, dayStart, type Span } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { words } from '../words/index.ts'

export const WEEK = 7 * DAY

export type Against =
  /** How far back, milliseconds; `said` where that is not simply the week before; `tentative` where it leans on an undecided day. */
  | { readonly shift: number; readonly said: Text | null; readonly tentative: boolean }
  /** Why there is nothing to compare with. */
  | { readonly unfair: Text }

/** Since when an indicator has meant what it means, where it meant something else before; UTC milliseconds. */
export const redefined = ({ version, since }: Pick<Indicator, 'version' | 'since'>): number | null =>
  version > 1 && since !== undefined ? dayStart(since) : null

/**
 * What a span is compared with; null for spans longer than a day. Without a declared calendar all weeks are alike; what was
 * counted by another definition, before `changed`, is not compared at all.
 */
export function against(
  span: Span,
  calendars: ReadonlyMap<string, Calendar>,
  changed: number | null = null,
): Against | null {
  if (span.to - span.from > DAY) return null
  const found = likeDay(span, calendars.get(PUBLIC_SECTOR))
  const crosses = changed !== null && 'shift' in found && span.from - found.shift < changed && changed <= span.to
  return crosses
    ? {
        unfair: {
          vi: words('vi').redefined(formatDay(changed, 'vi')),
          en: words('en').redefined(formatDay(changed, 'en')),
        },
      }
    : found
}

function likeDay(span: Span, calendar: Calendar | undefined): Against {
  if (!calendar) return { shift: WEEK, said: null, tentative: false }
  const first = dayOf(span.from)
  const found = sameWeekday(calendar, first, dayOf(span.to - 1))
  if ('wrong' in found) return { unfair: found.wrong }
  const shift = dayBegins(first) - dayBegins(found.value.day)
  return { shift, said: shift === WEEK ? null : found.value.said, tentative: found.provisional }
}

/** A span, earlier by what it is compared with. */
export const earlier = (span: Span, shift: number): Span => ({ from: span.from - shift, to: span.to - shift })
