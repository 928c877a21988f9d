/** A due date in a sentence, with the days off that made it later. */
import type { Calendar } from './calendar.ts'
import { type Day, dayBegins } from './calendar-days.ts'
import type { Due } from './calendar-due.ts'
import { formatDay, formatTime, weekdayName } from './format.ts'
import type { Text } from './text.ts'

/** What leans on a day off or a make-up day that nobody has decided officially yet. */
export const TENTATIVE: Text = { vi: 'theo lịch tạm', en: 'by a tentative calendar' }

/**
 * The due date as a sentence, with the days off that made it later: "hạn đến hết thứ Tư 25/11/2026 (nghỉ 24/11/2026: Ngày Văn hóa
 * Việt Nam)". `provisional` as `dueBy` answered it.
 */
export function sayDue(calendar: Calendar, due: Due, provisional = false): Text {
  const off = [...new Set([...(due.moved === null ? [] : [due.moved]), ...due.skipped])].sort((a, b) => a - b)
  const whole = due.at === dayBegins(due.day + 1)
  const say = (language: 'vi' | 'en') => {
    const date = (day: Day) => formatDay(dayBegins(day), language)
    const names = off.map((day) => {
      const name = calendar.days.get(day)?.name[language]
      return name === undefined ? `${weekdayName(day, language)} ${date(day)}` : `${date(day)}: ${name}`
    })
    const day = `${weekdayName(due.day, language)} ${date(due.day)}`
    const [until, at, without] =
      language === 'vi' ? ['hạn đến hết', 'hạn', 'nghỉ'] : ['due by the end of', 'due', 'days off:']
    const when = whole ? `${until} ${day}` : `${at} ${formatTime(due.at)} ${day}`
    const said = names.length === 0 ? when : `${when} (${without} ${names.join(', ')})`
    return provisional ? `${said}, ${TENTATIVE[language]}` : said
  }
  return { vi: say('vi'), en: say('en') }
}
