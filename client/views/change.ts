/** The like-for-like change: a value less the value of the last same weekday that was a day like this one, up to the same time of day. */
import { dayOf } from '../../kpi/calendar-days.ts'
import { TENTATIVE } from '../../kpi/calendar-say.ts'
import { formatDay, formatNumber, formatShortDay, formatTime, weekdayName } from '../../kpi/format.ts'
import type { Reading } from '../../kpi/reading.ts'
import { words } from '../words/index.ts'
import { WEEK } from './against.ts'
import { sayWhole } from './say.ts'
import type { Part, Shown } from './shown.ts'

/** Decimal text minus decimal text, exact. */
export function minus(a: string, b: string): string {
  const places = Math.max(...[a, b].map((text) => text.split('.')[1]?.length ?? 0))
  const whole = (text: string) => {
    const [units = '0', fraction = ''] = text.split('.')
    return BigInt(units + fraction.padEnd(places, '0'))
  }
  const difference = whole(a) - whole(b)
  const digits = (difference < 0n ? -difference : difference).toString().padStart(places + 1, '0')
  const cut = digits.length - places
  return `${difference < 0n ? '-' : ''}${digits.slice(0, cut)}${places > 0 ? `.${digits.slice(cut)}` : ''}`
}

export interface Change {
  /** "+1.442 so với thứ Hai trước" */
  readonly brief: string
  /** What was compared with what. */
  readonly full: string
}

/** The change of a part since the day it is compared with, or that there is none; null where a value is not known yet. */
export function sayChange(shown: Shown, part: Part): Change | null {
  const { language, catalogue, lastWeek, against } = shown
  const reading = part.readings[0]
  if (!reading || reading.value === null || reading.asOf === null || !against) return null
  const say = words(language)
  if ('unfair' in against) return { brief: say.noFair, full: against.unfair[language] }
  if (!lastWeek || lastWeek.value === null) return null
  const difference = minus(reading.value, lastWeek.value)
  const text = formatNumber(difference, language, part.indicator.decimals)
  const signed = /[1-9]/.test(text) && !text.startsWith('−') ? `+${text}` : text
  const points = part.indicator.unit === 'percent' ? ` ${say.points}` : ''
  const weekday = weekdayName(dayOf(reading.asOf - 1), language)
  const said = (one: Reading) => sayWhole(one, part.indicator, catalogue, language)
  const then = reading.asOf - 1 - against.shift
  const full = say.compared(said(reading), said(lastWeek), formatDay(then, language), formatTime(reading.asOf))
  const brief =
    against.shift === WEEK
      ? say.change(signed + points, weekday)
      : say.changeOn(signed + points, weekday, formatShortDay(then, language))
  const whole = against.said === null ? full : `${full} (${against.said[language]})`
  const mark = against.tentative ? `, ${TENTATIVE[language]}` : ''
  return { brief: brief + mark, full: whole + mark }
}
