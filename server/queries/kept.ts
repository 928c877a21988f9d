/** A question about what is past its retention is refused with a sentence that says what to ask instead: a gap would be a lie. */

import { pastBefore } from '../../kpi/forecast.ts'
import type { QueryName } from '../../kpi/query.ts'
import { DAY, type Grain, grainOf } from '../../kpi/range.ts'
import { LOOK_BACK } from '../../kpi/rhythm.ts'
import type { Text } from '../../kpi/text.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { type Level, retiredDays } from '../store/retired.ts'

interface Asked {
  readonly indicator?: string
  readonly from?: number
  readonly to?: number
  readonly grain?: Grain
  readonly asOf?: number
}

/** What is read to answer a question. */
export interface Reach {
  readonly indicators: readonly string[]
  readonly level: Level | 'day'
  readonly from: number
  /** Excluded. */
  readonly to: number
  readonly asOf?: number | undefined
  /** Whether it is a window that is asked for, rather than a range. */
  readonly window?: boolean
}

/** Errors: a Refusal (422) when a day that is needed is no longer there at its level, or was known otherwise at `asOf` and cannot be computed again. */
export async function checkReach(store: Store, { indicators, level, from, to, asOf, window }: Reach): Promise<void> {
  if (asOf !== undefined && level !== 'raw') {
    // What was folded after that moment would have to be computed again from what is gone.
    const changed = (await retiredDays(store, 'raw', indicators, from, to - 1)).filter(({ at }) => at > asOf).at(-1)
    if (changed) throw new Refusal(422, KNOWN(changed.at), 'asOf')
  }
  if (level === 'day') return
  const last = (await retiredDays(store, level, indicators, from, to - 1)).at(-1)
  if (!last) return
  if (level === 'raw') throw new Refusal(422, RAW(last.day), 'from')
  if (window) throw new Refusal(422, WINDOWED(last.day), 'window')
  // What is said to do instead must be answered.
  const hours = level === 'minute' && (await retiredDays(store, 'hour', indicators, from, to - 1)).length === 0
  throw new Refusal(422, FOLDED(level, last.day, hours), 'grain')
}

/** The questions that read the store by themselves; readings of every sort are checked where their facts are read. */
export async function checkKept(store: Store, name: QueryName, query: object): Promise<void> {
  const { indicator, from, to, asOf, grain } = query as Asked
  if (indicator === undefined || from === undefined || to === undefined) return
  // Rhythms and forecasts look at days before the range, too.
  const read: Partial<Readonly<Record<QueryName, readonly [level: Reach['level'], daysBefore: number]>>> = {
    observations: ['raw', 0],
    series: [grain ?? grainOf({ from, to }), 0],
    anomalies: ['day', LOOK_BACK + 1],
    forecast: ['day', asOf === undefined ? 0 : pastBefore({ from, to }, asOf)],
  }
  const [level, before] = read[name] ?? [null, 0]
  if (level !== null) await checkReach(store, { indicators: [indicator], level, from: from - before * DAY, to, asOf })
}

/** The local date a day's midnight begins, and the one after it. */
const date = (day: number) => new Date(day + DAY / 2).toISOString().slice(0, 10)

const KNOWN = (at: number): Text => ({
  vi: `Quan sát gốc của khoảng này đã hết hạn lưu từ ngày ${date(at)}, nên không tính lại được số như đã biết trước đó; hãy chọn asOf sau ngày ấy hoặc bỏ asOf.`,
  en: `The observations of this range are past their retention since ${date(at)}, so what was known before cannot be computed again; choose a later asOf or leave it out.`,
})
const RAW = (day: number): Text => ({
  vi: `Quan sát gốc tới ngày ${date(day)} đã hết hạn lưu; hãy hỏi từ ngày sau đó, hoặc hỏi /api/series theo ngày: số gộp theo ngày được giữ mãi.`,
  en: `The observations up to ${date(day)} are past their retention; ask from the day after, or ask /api/series by day: days are kept for ever.`,
})
const WINDOWED = (day: number): Text => ({
  vi: `Số gộp theo phút tới ngày ${date(day)} đã hết hạn lưu; hãy dùng window=today, yesterday, 7d hoặc 30d: chúng đọc số gộp theo ngày, được giữ mãi.`,
  en: `What was folded by minute up to ${date(day)} is past its retention; use window=today, yesterday, 7d or 30d: they read days, which are kept for ever.`,
})
const FOLDED = (level: 'minute' | 'hour', day: number, hours: boolean): Text => {
  const coarser = hours ? 'grain=hour / grain=day' : 'grain=day'
  const named = { minute: { vi: 'phút', en: 'minute' }, hour: { vi: 'giờ', en: 'hour' } }[level]
  return {
    vi: `Số gộp theo ${named.vi} tới ngày ${date(day)} đã hết hạn lưu; hãy dùng ${coarser} (chi tiết theo ngày: khoảng thời gian tròn ngày), hoặc hỏi từ ngày sau đó.`,
    en: `What was folded by ${named.en} up to ${date(day)} is past its retention; use ${coarser} (a breakdown: whole days), or ask from the day after.`,
  }
}
