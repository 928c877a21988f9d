/** What statuses, ages and marks of readings are called, in both languages: the same on every screen, on paper and in files. */
import type { Freshness, Mark, Status } from './reading.ts'
import type { Language, Text } from './text.ts'

export const STATUS_WORDS: Readonly<Record<Status, Text>> = {
  good: { vi: 'đạt', en: 'on target' },
  warning: { vi: 'chú ý', en: 'attention' },
  critical: { vi: 'nghiêm trọng', en: 'critical' },
  'not-judged': { vi: 'không đánh giá', en: 'not judged' },
  'nothing-occurred': { vi: 'không phát sinh', en: 'nothing occurred' },
  'zero-denominator': { vi: 'mẫu số bằng 0', en: 'denominator is 0' },
  'no-data': { vi: 'chưa có số liệu', en: 'no data yet' },
}

export const FRESHNESS_WORDS: Readonly<Record<Freshness, Text>> = {
  fresh: { vi: 'mới', en: 'fresh' },
  late: { vi: 'trễ', en: 'late' },
  stale: { vi: 'đã cũ', en: 'stale' },
}

export const MARK_WORDS: Readonly<Record<Mark, Text>> = {
  held: { vi: 'đang kiểm tra', en: 'being checked' },
  corrected: { vi: 'đã điều chỉnh', en: 'corrected' },
  differing: { vi: 'các nguồn chưa khớp', en: 'sources differ' },
  partial: { vi: 'chưa đủ kỳ', en: 'incomplete' },
  simulated: { vi: 'mô phỏng', en: 'simulated' },
  reported: { vi: 'số báo cáo', en: 'reported figure' },
  'planned-silence': { vi: 'nghỉ theo lịch', en: 'planned pause' },
}

/** All of them in one language, by their ids. */
export const readingWords = (language: Language): Readonly<Record<Status | Freshness | Mark, string>> => {
  const all = Object.entries({ ...STATUS_WORDS, ...FRESHNESS_WORDS, ...MARK_WORDS })
  return Object.fromEntries(all.map(([id, text]) => [id, text[language]])) as Record<Status | Freshness | Mark, string>
}

/** What stands in the place of a value there is none of, by the status of what has none. */
export const absentWord = (status: Status, language: Language): string =>
  STATUS_WORDS[status === 'nothing-occurred' || status === 'zero-denominator' ? status : 'no-data'][language]
