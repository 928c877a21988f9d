/** The sentences of the views a wall loads only when a board has them, and of ranks that are shared. */
import type { Language } from '../../kpi/text.ts'

const vi = {
  // ranks
  openRanks: 'a–b: chưa phân biệt được',
  openRanksFull:
    'Hạng từ a đến b: số hồ sơ còn ít để nói đơn vị nào hơn (khoảng Wilson, đúng cho cả bảng với 95 %); như GET /api/ranking.',
  fewCases: (cases: string) => `–: dưới ${cases} hồ sơ`,
  // table
  unitNoun: 'đơn vị',
  tableLabel: (title: string, count: number) => `Bảng tình trạng ${count} dòng: ${title}`,
  calm: (count: number) => `${count} dòng nữa`,
  noRows: 'chưa có dòng nào',
  notAsked: 'không có ở đây',
  // heatmap
  heatLabel: (title: string, rows: number, days: number) => `Bảng nhiệt ${rows} dòng × ${days} ngày: ${title}`,
  whole: 'cả kỳ',
  dayOff: 'ngày nghỉ',
  others: (count: number, of: string | null) => `còn ${count} ${of ?? 'đơn vị'} nữa`,
  // stack
  stackLabel: (title: string, parts: number) => `Cột chồng ${parts} phần: ${title}`,
  together: 'cộng',
  // funnel
  funnelLabel: (title: string, steps: number) => `${steps} bước của ${title}`,
  step: 'bước',
  sinceStep: (difference: string) => `${difference} so với bước trước`,
  // clock
  workingDay: 'ngày làm việc',
  noClock: 'chưa có giờ máy chủ',
  // line
  usual: (days: number) => `dải thường thấy (${days} ngày cùng thứ)`,
  usualBrief: 'thường thấy',
  // scorecard
  cardLabel: (title: string, columns: number) => `Bảng điểm ${columns} nhóm: ${title}`,
  cardOf: (outOf: string, maximum: string) =>
    outOf === maximum ? `trên ${maximum} điểm` : `trên ${outOf} điểm đã có số (đủ: ${maximum})`,
  cardUnknown: (points: string) => `${points} điểm chưa có số`,
  lost: 'còn thiếu',
  // map
  mapForm: 'cách vẽ',
  asMap: 'bản đồ',
  asTiles: 'ô đều',
  formerMap: 'theo 63 tỉnh, thành phố trước ngày 01/07/2025',
} as const

type Said = {
  readonly [K in keyof typeof vi]: (typeof vi)[K] extends (...given: infer G) => string
    ? (...given: G) => string
    : string
}

const en: Said = {
  openRanks: 'a–b: cannot be told apart',
  openRanksFull:
    'A rank from a to b: too few cases to say which does better (Wilson intervals that hold for the whole list with 95 %); as GET /api/ranking.',
  fewCases: (cases) => `–: fewer than ${cases}`,
  unitNoun: 'unit',
  tableLabel: (title, count) => `Table of ${count} rows: ${title}`,
  calm: (count) => `${count} more rows`,
  noRows: 'no rows yet',
  notAsked: 'none here',
  heatLabel: (title, rows, days) => `Heat map of ${rows} rows × ${days} days: ${title}`,
  whole: 'whole',
  dayOff: 'day off',
  others: (count, of) => `${count} more ${of ?? 'units'}`,
  stackLabel: (title, parts) => `Stacked columns of ${parts} parts: ${title}`,
  together: 'sum',
  funnelLabel: (title, steps) => `${steps} steps of ${title}`,
  step: 'step',
  sinceStep: (difference) => `${difference} from the step before`,
  workingDay: 'working day',
  noClock: 'no server time yet',
  usual: (days) => `usual (${days} like weekdays)`,
  usualBrief: 'usual',
  cardLabel: (title, columns) => `Score card of ${columns} columns: ${title}`,
  cardOf: (outOf, maximum) =>
    outOf === maximum ? `of ${maximum} points` : `of ${outOf} points with figures (${maximum} in all)`,
  cardUnknown: (points) => `${points} points without figures`,
  lost: 'missing',
  mapForm: 'how it is drawn',
  asMap: 'map',
  asTiles: 'tiles',
  formerMap: 'by the 63 provinces and cities before 1 July 2025',
}

const LANGUAGES = { vi, en } as const satisfies Record<Language, Said>

/** The sentences of these views in `language`. */
export const viewWords = (language: Language): Said => LANGUAGES[language]
