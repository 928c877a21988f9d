/** A question about what is past its retention is refused with a sentence that says what to ask instead: a gap would be a lie. */
import type { QueryName } from '../../kpi/query.ts'
import { DAY, type Grain, grainOf } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { type Level, retiredDays } from '../store/retired.ts'
import { tilingGrain } from './breakdown.ts'

interface Asked {
  readonly indicator?: string
  readonly from?: number
  readonly to?: number
  readonly grain?: Grain
}

/** The level a question reads, or null when it is kept for ever. */
function levelOf(name: QueryName, { from = 0, to = 0, grain }: Asked): Level | null {
  if (name === 'observations') return 'raw'
  if (name !== 'series' && name !== 'breakdown') return null
  const read = name === 'series' ? (grain ?? grainOf({ from, to })) : tilingGrain({ from, to })
  return read === 'day' ? null : read
}

/** Errors: a Refusal (422) when a day that is asked for is no longer there at the level that is needed. */
export async function checkKept(store: Store, name: QueryName, query: object): Promise<void> {
  const asked = query as Asked
  const level = levelOf(name, asked)
  if (level === null || asked.indicator === undefined || asked.from === undefined || asked.to === undefined) return
  const days = await retiredDays(store, level, [asked.indicator], asked.from, asked.to - 1)
  const last = days.at(-1)
  if (!last) return
  throw new Refusal(422, level === 'raw' ? RAW(last.day) : FOLDED(level, last.day), level === 'raw' ? 'from' : 'grain')
}

/** The local date a day's midnight begins, and the one after it. */
const date = (day: number) => new Date(day + DAY / 2).toISOString().slice(0, 10)

const RAW = (day: number): Text => ({
  vi: `Quan sát gốc tới ngày ${date(day)} đã hết hạn lưu; hãy hỏi từ ngày sau đó, hoặc hỏi /api/series theo ngày: số gộp theo ngày được giữ mãi.`,
  en: `The observations up to ${date(day)} are past their retention; ask from the day after, or ask /api/series by day: days are kept for ever.`,
})
const FOLDED = (level: 'minute' | 'hour', day: number): Text => {
  const coarser = level === 'minute' ? 'grain=hour / grain=day' : 'grain=day'
  const named = { minute: { vi: 'phút', en: 'minute' }, hour: { vi: 'giờ', en: 'hour' } }[level]
  return {
    vi: `Số gộp theo ${named.vi} tới ngày ${date(day)} đã hết hạn lưu; hãy dùng ${coarser} (chi tiết theo ngày: khoảng thời gian tròn ngày), hoặc hỏi từ ngày sau đó.`,
    en: `What was folded by ${named.en} up to ${date(day)} is past its retention; use ${coarser} (a breakdown: whole days), or ask from the day after.`,
  }
}
