/** The words of a page on paper, and of files that people open. */
import type { Cause } from '../../kpi/correction.ts'
import type { FairRank } from '../../kpi/fair-rank.ts'
import type { Freshness, Mark, Status } from '../../kpi/reading.ts'
import type { Text } from '../../kpi/text.ts'

export const STATUS: Readonly<Record<Status, Text>> = {
  good: { vi: 'tốt', en: 'good' },
  warning: { vi: 'cảnh báo', en: 'warning' },
  critical: { vi: 'báo động', en: 'critical' },
  'not-judged': { vi: '', en: '' },
  'nothing-occurred': { vi: 'không phát sinh', en: 'nothing occurred' },
  'no-data': { vi: 'chưa có số liệu', en: 'no data' },
}

export const MARK: Readonly<Record<Mark, Text>> = {
  held: { vi: 'có số đang giữ lại', en: 'some held' },
  corrected: { vi: 'đã điều chỉnh', en: 'corrected' },
  differing: { vi: 'các nguồn nói khác nhau', en: 'sources differ' },
  partial: { vi: 'chưa đủ', en: 'partial' },
  simulated: { vi: 'mô phỏng', en: 'simulated' },
  reported: { vi: 'số báo cáo', en: 'reported figure' },
  'planned-silence': { vi: 'tạm dừng có kế hoạch', en: 'planned silence' },
}

/** What ids of a table are called where people open it. */
export const SAID: {
  readonly status: Readonly<Record<Status, Text>>
  readonly freshness: Readonly<Record<Freshness, Text>>
  readonly unranked: Readonly<Record<NonNullable<FairRank['unranked']>, Text>>
} = {
  status: { ...STATUS, 'not-judged': { vi: 'không đánh giá', en: 'not judged' } },
  freshness: {
    fresh: { vi: 'mới', en: 'fresh' },
    late: { vi: 'trễ', en: 'late' },
    stale: { vi: 'đã cũ', en: 'stale' },
  },
  unranked: {
    few: { vi: 'quá ít trường hợp', en: 'too few cases' },
    none: { vi: 'chưa có số liệu', en: 'no data' },
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
