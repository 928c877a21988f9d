/** What makes days alike or unlike, and how they are called in a comparison. */
import { type Calendar, factsOf } from './calendar.ts'
import { type Day, dayBegins, isWeekend } from './calendar-days.ts'
import { formatDay, weekdayName } from './format.ts'
import type { Language, Text } from './text.ts'

export interface Comparable {
  /** The earlier day; of a stretch, the day its first day is compared with. */
  readonly day: Day
  /** What is compared with what, and what was passed over. */
  readonly said: Text
}

/** What makes two days alike: worked, off by the week, a holiday, a holiday of Tết. */
export type DayKind = 'worked' | 'weekend' | 'holiday' | 'tet'
export const KINDS: Readonly<Record<DayKind, Text>> = {
  worked: { vi: 'ngày làm việc', en: 'a working day' },
  weekend: { vi: 'ngày nghỉ cuối tuần', en: 'a day off of the week' },
  holiday: { vi: 'ngày nghỉ lễ', en: 'a holiday' },
  tet: { vi: 'ngày nghỉ Tết', en: 'a holiday of Tết' },
}

export function kindOf(calendar: Calendar, day: Day): DayKind | null {
  const facts = factsOf(calendar, day)
  if (!facts) return null
  if (facts.worked) return 'worked'
  return facts.declared?.tet ? 'tet' : isWeekend(day) ? 'weekend' : 'holiday'
}

export const date = (day: Day, of: Language) => formatDay(dayBegins(day), of)
export const named = (day: Day, of: Language) => `${weekdayName(day, of)} ${date(day, of)}`
export const both = (say: (of: Language) => string): Text => ({ vi: say('vi'), en: say('en') })
export const unfair = (say: (of: Language) => string) => ({ wrong: both(say) })
/** Why a day is as it is: its name, or its kind. */
export const reason = (calendar: Calendar, day: Day, of: Language) =>
  calendar.days.get(day)?.name[of] ?? KINDS[kindOf(calendar, day) ?? 'worked'][of]
export const unsure = (calendar: Calendar, days: readonly Day[]) => undecided(calendar, days).length > 0
/** Those of some days that nobody has decided officially yet. */
export const undecided = (calendar: Calendar, days: readonly Day[]): readonly Day[] =>
  days.filter((day) => calendar.days.get(day)?.official === false)
