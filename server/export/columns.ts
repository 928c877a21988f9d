/** The columns and cells that tables of answers are made of: whose figure, of when, how much, of which parts, who reported, up to when. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { FairRank } from '../../kpi/fair-rank.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Compared, Point, Together } from '../../kpi/query.ts'
import type { Freshness, Mark, Reading, Status } from '../../kpi/reading.ts'
import { MARK_WORDS } from '../../kpi/reading-words.ts'
import type { Language } from '../../kpi/text.ts'
import { SAID } from './page-words.ts'
import type { CellValue, Column, Word } from './table.ts'

export interface TableContext {
  readonly catalogue: Catalogue
  readonly indicator: Indicator
  readonly by: readonly string[]
  readonly where: Members
  /** In which names are told. */
  readonly language: Language
  /** All of the range together: whose source time and coverage are told where rows have none of their own. */
  readonly total?: Reading | null | undefined
  /** The members' readings of the whole range, where what is compared may be less of it. */
  readonly range?: readonly Reading[] | undefined
}

export const column = (
  name: string,
  vi: string,
  en: string,
  sort: Column['sort'] = 'text',
  decimals: number | null = null,
): Column => ({
  ...{ name, sort, decimals, title: { vi, en } },
})
/** Ids that people are told as words. */
export const worded = (one: Column, word: Word): Column => ({ ...one, word })

export const INDICATOR = column('indicator', 'chỉ tiêu', 'indicator')
export const FROM = column('from', 'từ', 'from', 'moment')
export const TO = column('to', 'đến', 'to', 'moment')
export const PARTS = [
  column('numerator', 'tử số', 'numerator', 'number'),
  column('denominator', 'mẫu số', 'denominator', 'number'),
]
export const UNIT = column('unit_of_measure', 'đơn vị tính', 'unit of measure')
export const STATUS = worded(column('status', 'trạng thái', 'status'), (id) => SAID.status[id as Status])
export const MARKS = worded(column('marks', 'dấu', 'marks'), (id) => MARK_WORDS[id as Mark])

/** Who reported: how many, of how many, who did not. */
const cover = ({ catalogue, indicator }: TableContext): readonly Column[] => {
  const reporting = catalogue.dimensions.get(indicator.dimensions[0] ?? '')
  return [
    column('reported', 'đã báo cáo', 'reported', 'number'),
    column('expected', 'phải báo cáo', 'expected', 'number'),
    worded(column('missing', 'thiếu', 'missing'), (id) => reporting?.members.get(id)?.name),
  ]
}
/** Up to when, how fresh, who says so. */
const source = ({ catalogue }: TableContext): readonly Column[] => [
  column('source_time', 'giờ nguồn', 'source time', 'moment'),
  worded(column('freshness', 'độ mới', 'freshness'), (id) => SAID.freshness[id as Freshness]),
  worded(column('sources', 'nguồn', 'sources'), (id) => catalogue.sources.get(id)?.title),
]
const coverCells = (reading: Reading | null): readonly CellValue[] =>
  reading
    ? [reading.coverage.reported, reading.coverage.expected, reading.coverage.missing.join(' ')]
    : [null, null, null]
const sourceCells = (reading: Reading | null): readonly CellValue[] =>
  reading ? [reading.asOf, reading.freshness, reading.sources.join(' ')] : [null, null, null]

export function rankColumns({ catalogue, by }: TableContext): readonly Column[] {
  const dimension = catalogue.dimensions.get(by[0] ?? '')
  return [
    column('rank_best', 'hạng cao nhất có thể', 'best rank it may have', 'number'),
    column('rank_worst', 'hạng thấp nhất có thể', 'worst rank it may have', 'number'),
    column('ranked_among', 'trong số', 'ranked among', 'number'),
    column('ranked_value', 'giá trị xếp hạng', 'value that is ranked', 'number'),
    column('low', 'khoảng tin cậy từ', 'interval from', 'number'),
    column('high', 'khoảng tin cậy đến', 'interval to', 'number'),
    worded(column('unranked', 'vì sao không xếp hạng', 'why not ranked'), (id) => SAID.unranked[id as 'few']),
    worded(
      column('ranked_in', 'xếp cùng', 'ranked in'),
      (id) => dimension?.members.get(id)?.name ?? dimension?.kinds?.[id]?.title,
    ),
  ]
}
/** What stands in these, in their order. */
const RANKED = [
  'best',
  'worst',
  'among',
  'value',
  'low',
  'high',
  'unranked',
  'peers',
] as const satisfies readonly (keyof FairRank)[]
export const rankCells = (rank: FairRank | undefined): readonly CellValue[] =>
  RANKED.map((part) => rank?.[part] ?? null)

export const valueColumn = ({ decimals }: Indicator) => column('value', 'giá trị', 'value', 'number', decimals)

/** Whose statement it is: programs are told the id, people what the source is called. */
export const sourceColumn = ({ catalogue }: TableContext, name: string, vi: string, en: string): Column =>
  worded(column(name, vi, en), (id) => catalogue.sources.get(id)?.title)

/** The columns that say whose figure it is: an id and a name for each dimension. */
export function memberColumns({ catalogue, by, where }: Omit<TableContext, 'language'>): readonly Column[] {
  return [...new Set([...by, ...Object.keys(where)])].flatMap((id) => {
    const title = catalogue.dimensions.get(id)?.title ?? { vi: id, en: id }
    return [column(id, `mã ${title.vi}`, `${title.en} id`), column(`${id}_name`, title.vi, title.en)]
  })
}

/** Ids, and names in the reader's language. */
export function memberCells({ catalogue, by, where, language }: TableContext, key: Members): readonly CellValue[] {
  return [...new Set([...by, ...Object.keys(where)])].flatMap((id) => {
    const member = key[id] ?? where[id] ?? null
    return [
      member,
      member === null ? null : (catalogue.dimensions.get(id)?.members.get(member)?.name[language] ?? member),
    ]
  })
}

export const unitText = ({ unit }: Indicator, language: Language): string => (unit === 'percent' ? '%' : unit[language])

export const readingColumns = (context: TableContext): readonly Column[] => [
  ...[...memberColumns(context), FROM, TO, valueColumn(context.indicator), ...PARTS, UNIT, STATUS, MARKS],
  ...[...cover(context), ...source(context)],
]
export const readingCells = (context: TableContext, reading: Reading): readonly CellValue[] => [
  ...[...memberCells(context, reading.key), reading.from, reading.to, reading.value],
  ...[reading.numerator, reading.denominator, unitText(context.indicator, context.language)],
  ...[reading.status, reading.marks.join(' '), ...coverCells(reading), ...sourceCells(reading)],
]

/** What a second indicator says of the same members, each column named for what it is of. */
export const againstColumns = (context: TableContext): readonly Column[] => [
  column('against_indicator', 'chỉ tiêu thứ hai', 'second indicator'),
  ...[valueColumn(context.indicator), ...PARTS, UNIT, STATUS, MARKS, ...cover(context), ...source(context)].map(
    (one): Column => ({
      ...{ ...one, name: `against_${one.name}` },
      title: { vi: `${one.title.vi} (thứ hai)`, en: `${one.title.en} (second)` },
    }),
  ),
]
export const againstCells = (context: TableContext, reading: Reading | null): readonly CellValue[] => [
  ...[context.indicator.id, reading?.value ?? null, reading?.numerator ?? null, reading?.denominator ?? null],
  ...[unitText(context.indicator, context.language), reading?.status ?? 'no-data', reading?.marks.join(' ') ?? null],
  ...[...coverCells(reading), ...sourceCells(reading)],
]

/** Of the whole range, on every line of a table whose rows have no such thing of their own. */
export const rangeColumns = (context: TableContext): readonly Column[] =>
  ofRange([...cover(context), ...source(context)])
const ofRange = (columns: readonly Column[]): readonly Column[] =>
  columns.map((one) => ({
    ...{ ...one, name: `range_${one.name}` },
    title: { vi: `${one.title.vi} (cả khoảng)`, en: `${one.title.en} (whole range)` },
  }))
export const rangeCells = ({ total }: TableContext): readonly CellValue[] => [
  ...coverCells(total ?? null),
  ...sourceCells(total ?? null),
]

export const pointCells = (context: TableContext, key: Members, point: Point): readonly CellValue[] => [
  ...[...memberCells(context, key), point.from, point.to, point.value, point.numerator, point.denominator],
  ...[unitText(context.indicator, context.language), point.status, point.marks.join(' ')],
  ...[point.spans?.present ?? null, point.spans?.expected ?? null],
]

const sideCells = (side: Reading | null): readonly CellValue[] => [
  ...[side?.value ?? null, side?.numerator ?? null, side?.denominator ?? null, side?.status ?? 'no-data'],
]

/** What several units come to stands where an earlier stretch would: of counts that of one unit, which is what is compared. */
const besideCells = ({ each, value, numerator, denominator }: Together): readonly CellValue[] => [
  ...[each ?? value, numerator, denominator, null],
]

export const comparedColumns = (context: TableContext): readonly Column[] => {
  const { decimals } = context.indicator
  return [
    ...memberColumns(context),
    ...[valueColumn(context.indicator), ...PARTS, STATUS],
    column('earlier_value', 'giá trị so sánh', 'value compared with', 'number', decimals),
    column('earlier_numerator', 'tử số so sánh', 'numerator compared with', 'number'),
    column('earlier_denominator', 'mẫu số so sánh', 'denominator compared with', 'number'),
    worded(column('earlier_status', 'trạng thái so sánh', 'status compared with'), (id) => SAID.status[id as Status]),
    column('target', 'mục tiêu', 'target', 'number'),
    column('change', 'thay đổi', 'change', 'number'),
    column('change_percent', 'thay đổi (%)', 'change in percent', 'number'),
    UNIT,
  ]
}
export const comparedCells = (
  context: TableContext,
  { key, now, earlier, target, beside, change }: Compared,
): readonly CellValue[] => [
  ...[...memberCells(context, key), ...sideCells(now), ...(beside ? besideCells(beside) : sideCells(earlier))],
  ...[target?.value ?? null, change.value, change.relative, unitText(context.indicator, context.language)],
]

/** Behind the columns of a comparison: of when both sides are, who reported and up to when, and the figure of the whole range, of which less may be compared. */
export const sidesColumns = (context: TableContext): readonly Column[] => [
  ...[FROM, TO, MARKS, ...cover(context), ...source(context)],
  column('earlier_from', 'kỳ so sánh từ', 'compared with from', 'moment'),
  column('earlier_to', 'kỳ so sánh đến', 'compared with to', 'moment'),
  column('earlier_reported', 'đã báo cáo (kỳ so sánh)', 'reported (compared with)', 'number'),
  column('earlier_expected', 'phải báo cáo (kỳ so sánh)', 'expected (compared with)', 'number'),
  column('earlier_source_time', 'giờ nguồn (kỳ so sánh)', 'source time (compared with)', 'moment'),
  ...ofRange([valueColumn(context.indicator), ...PARTS]),
]
export const sidesCells = (
  { range, total, by }: TableContext,
  { key, now, earlier }: Compared,
): readonly CellValue[] => {
  const name = by[0] === undefined ? undefined : key[by[0]]
  const whole = name === undefined ? total : range?.find((one) => one.key[by[0] ?? ''] === name)
  return [
    ...[now?.from ?? null, now?.to ?? null, now?.marks.join(' ') ?? null, ...coverCells(now), ...sourceCells(now)],
    ...[earlier?.from ?? null, earlier?.to ?? null],
    ...[earlier?.coverage.reported ?? null, earlier?.coverage.expected ?? null, earlier?.asOf ?? null],
    ...[whole?.value ?? null, whole?.numerator ?? null, whole?.denominator ?? null],
  ]
}
