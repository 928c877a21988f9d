/** What is too much to ask at once, in words: which limit it met, and what of the question can be narrowed. */
import { MAX_RANGE } from '../kpi/query.ts'
import { DAY, type Grain, type Span } from '../kpi/range.ts'
import type { Text } from '../kpi/text.ts'
import { Refusal } from './refusal.ts'
import { isAnswer } from './store/connect.ts'

/** The engine's limits on a question, by its error code. */
const MET: Readonly<Record<string, Text>> = {
  159: { vi: 'quá thời gian cho phép', en: 'takes longer than is allowed' },
  160: { vi: 'quá thời gian cho phép', en: 'takes longer than is allowed' },
  241: { vi: 'cần quá nhiều bộ nhớ', en: 'needs too much memory' },
  158: { vi: 'phải đọc quá nhiều dòng', en: 'would read too many rows' },
  396: { vi: 'có quá nhiều dòng trả lời', en: 'has too many rows in its answer' },
}

interface Asked {
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly grain?: Grain | undefined
  readonly by?: string | readonly string[] | undefined
  readonly where?: Readonly<Record<string, string>>
  readonly indicator?: string | undefined
  readonly asOf?: number | undefined
  readonly limit?: number | undefined
}

/** Whether a code of the engine means that a question met a limit. */
export const isLimit = (code: string): boolean => code in MET

/** The refusal of a question that met a limit: every part of it that would make it smaller, by its parameter. */
export function tooMuch(code: string, asked: Asked): Refusal {
  const { from, to, grain, by, where, indicator, asOf } = asked
  const days = from !== undefined && to !== undefined ? Math.ceil((to - from) / DAY) : 0
  const ways: readonly (readonly [field: string, wanted: boolean, text: Text])[] = [
    ['from', days > 0, { vi: `rút ngắn from–to (đang là ${days} ngày)`, en: `shorten from–to (${days} days now)` }],
    [
      'grain',
      grain !== undefined && grain !== 'day',
      { vi: 'chọn bước thô hơn (grain)', en: 'choose a coarser grain' },
    ],
    ['by', (by?.length ?? 0) > 0, { vi: 'bỏ chia theo chiều (by)', en: 'leave out the split (by)' }],
    ['asOf', asOf !== undefined, { vi: 'chọn asOf gần hơn hoặc bỏ asOf', en: 'choose a later asOf or leave it out' }],
    ['indicator', indicator === undefined, { vi: 'hỏi từng chỉ tiêu (indicator)', en: 'ask one indicator at a time' }],
    [
      'where',
      where !== undefined && Object.keys(where).length === 0,
      { vi: 'lọc theo đơn vị (where=unit:…)', en: 'filter by unit (where=unit:…)' },
    ],
  ]
  const open = ways.filter(([, wanted]) => wanted)
  const met = MET[code] ?? { vi: 'quá lớn', en: 'is too large' }
  const say = (of: 'vi' | 'en') => open.map(([, , text]) => text[of]).join('; ')
  return new Refusal(
    422,
    { vi: `Câu hỏi ${met.vi}; hãy ${say('vi')}.`, en: `The question ${met.en}; ${say('en')}.` },
    open[0]?.[0] ?? '',
  )
}

/** What the engine refuses for its size is a refusal that says what of the question to narrow; anything else stays what it is. */
export const tooMuchOf = (asked: Asked) => (error: unknown) => {
  throw isAnswer(error) && isLimit(error.code) ? tooMuch(error.code, asked) : error
}

/** Refuses a long range whose ends are not those of its grain's buckets, for then it is read from finer ones. */
export function checkEnds({ from, to }: Span, tiling: Grain): void {
  const most = MAX_RANGE[tiling]
  if (to - from <= most) return
  const days = most / DAY
  throw new Refusal(
    422,
    {
      vi: `Khoảng dài hơn ${days} ngày phải bắt đầu và kết thúc tròn ${tiling === 'minute' ? 'giờ' : 'ngày'}; hãy sửa from và to.`,
      en: `A range of more than ${days} days must begin and end on the ${tiling === 'minute' ? 'hour' : 'day'}; change from and to.`,
    },
    'from',
  )
}
