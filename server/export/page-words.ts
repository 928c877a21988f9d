/** The words of a page on paper, and of files that people open. */
import type { Cause } from '../../kpi/correction.ts'
import type { FairRank } from '../../kpi/fair-rank.ts'
import type { Freshness, Reading, Status } from '../../kpi/reading.ts'
import { FRESHNESS_WORDS, MARK_WORDS, STATUS_WORDS } from '../../kpi/reading-words.ts'
import type { Language, Text } from '../../kpi/text.ts'

/** What ids of a table are called where people open it. */
export const SAID: {
  readonly status: Readonly<Record<Status, Text>>
  readonly freshness: Readonly<Record<Freshness, Text>>
  readonly unranked: Readonly<Record<NonNullable<FairRank['unranked']>, Text>>
} = {
  status: STATUS_WORDS,
  freshness: FRESHNESS_WORDS,
  unranked: {
    few: { vi: 'quá ít trường hợp', en: 'too few cases' },
    none: { vi: 'không có giá trị', en: 'no value' },
  },
}

export const CAUSE: Readonly<Record<Cause, Text>> = {
  corrected: { vi: 'nguồn sửa số', en: 'the source says otherwise' },
  late: { vi: 'số đến muộn', en: 'stated late' },
  withdrawn: { vi: 'nguồn rút lại', en: 'taken back by the source' },
  released: { vi: 'đã kiểm tra và chấp nhận', en: 'checked and released' },
}

export const SAY = {
  country: { vi: 'Cả nước', en: 'The whole country' },
  value: { vi: 'giá trị', en: 'value' },
  parts: { vi: 'tử số / mẫu số', en: 'numerator / denominator' },
  earlier: { vi: 'so với', en: 'compared with' },
  target: { vi: 'mục tiêu', en: 'target' },
  change: { vi: 'thay đổi', en: 'change' },
  status: { vi: 'trạng thái', en: 'status' },
  sourceTime: { vi: 'giờ nguồn', en: 'source time' },
  total: { vi: 'tất cả (tính lại)', en: 'all (recomputed)' },
  unverified: { vi: 'chưa kiểm chứng', en: 'not verified' },
  points: { vi: 'điểm', en: 'points' },
  now: { vi: 'kỳ này', en: 'this range' },
  before: { vi: 'kỳ so sánh', en: 'compared with' },
} as const satisfies Record<string, Text>

/** Where there is nothing to judge by, nothing is said. */
export const judgedWord = (status: Status, language: Language): string =>
  status === 'not-judged' ? '' : STATUS_WORDS[status][language]

/** How a row stands, with its marks; that all of it is simulated is said of the whole. */
export function rowWord(reading: Reading | null, language: Language): string {
  const marks = (reading?.marks ?? []).flatMap((mark) => (mark === 'simulated' ? [] : [MARK_WORDS[mark][language]]))
  return [judgedWord(reading?.status ?? 'no-data', language), ...marks].filter(Boolean).join(' · ')
}
