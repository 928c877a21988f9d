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
  readonly asOf?: number
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
  const { indicator, from, to, asOf } = asked
  if (indicator === undefined || from === undefined || to === undefined) return
  const level = levelOf(name, asked)
  if (asOf !== undefined && level !== 'raw') {
    // What was folded after that moment would have to be computed again from what is gone.
    const changed = (await retiredDays(store, 'raw', [indicator], from, to - 1)).filter(({ at }) => at > asOf).at(-1)
    if (changed) throw new Refusal(422, KNOWN(changed.at), 'asOf')
  }
  if (level === null) return
  const days = await retiredDays(store, level, [indicator], from, to - 1)
  const last = days.at(-1)
  if (!last) return
  throw new Refusal(422, level === 'raw' ? RAW(last.day) : FOLDED(level, last.day), level === 'raw' ? 'from' : 'grain')
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
const FOLDED = (level: 'minute' | 'hour', day: number): Text => {
  const coarser = level === 'minute' ? 'grain=hour / grain=day' : 'grain=day'
  const named = { minute: { vi: 'phút', en: 'minute' }, hour: { vi: 'giờ', en: 'hour' } }[level]
  return {
    vi: `Số gộp theo ${named.vi} tới ngày ${date(day)} đã hết hạn lưu; hãy dùng ${coarser} (chi tiết theo ngày: khoảng thời gian tròn ngày), hoặc hỏi từ ngày sau đó.`,
    en: `What was folded by ${named.en} up to ${date(day)} is past its retention; use ${coarser} (a breakdown: whole days), or ask from the day after.`,
  }
}
