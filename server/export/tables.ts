/** Which table each answer is. The numbers are those of the answer, digit for digit; nothing is computed here. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { pairText } from '../../kpi/exported.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Answers, Compared, Point, Together } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language, Text } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { type CellValue, type Column, isoLocal, type Table } from './table.ts'

/** The questions whose answers are tables. */
export const TABLED = [
  'readings',
  'series',
  'breakdown',
  'compare',
  'contributions',
  'observations',
  'corrections',
  'ranking',
  'anomalies',
] as const
export type Tabled = (typeof TABLED)[number]

export interface TableContext {
  readonly catalogue: Catalogue
  readonly indicator: Indicator
  readonly by: readonly string[]
  readonly where: Members
}

const column = (
  name: string,
  vi: string,
  en: string,
  sort: Column['sort'] = 'text',
  decimals: number | null = null,
): Column => ({
  ...{ name, sort, decimals, title: { vi, en } },
})

export const INDICATOR = column('indicator', 'chỉ tiêu', 'indicator')
const FROM = column('from', 'từ', 'from', 'moment')
const TO = column('to', 'đến', 'to', 'moment')
const PARTS = [
  column('numerator', 'tử số', 'numerator', 'number'),
  column('denominator', 'mẫu số', 'denominator', 'number'),
]
const UNIT = column('unit_of_measure', 'đơn vị tính', 'unit of measure')
const STATUS = column('status', 'trạng thái', 'status')
const MARKS = column('marks', 'dấu', 'marks')
const COVER = [
  column('reported', 'đã báo cáo', 'reported', 'number'),
  column('expected', 'phải báo cáo', 'expected', 'number'),
  column('missing', 'thiếu', 'missing'),
]
const SOURCE = [
  column('source_time', 'giờ nguồn', 'source time', 'moment'),
  column('freshness', 'độ mới', 'freshness'),
  column('sources', 'nguồn', 'sources'),
]

const RANKS = [
  column('rank_best', 'hạng cao nhất có thể', 'best rank it may have', 'number'),
  column('rank_worst', 'hạng thấp nhất có thể', 'worst rank it may have', 'number'),
  column('ranked_among', 'trong số', 'ranked among', 'number'),
  column('ranked_value', 'giá trị xếp hạng', 'value that is ranked', 'number'),
  column('low', 'khoảng tin cậy từ', 'interval from', 'number'),
  column('high', 'khoảng tin cậy đến', 'interval to', 'number'),
  column('unranked', 'vì sao không xếp hạng', 'why not ranked'),
]
const rankCells = (rank: Answers['breakdown']['ranks']['rows'][number] | undefined): readonly CellValue[] =>
  rank ? [rank.best, rank.worst, rank.among, rank.value, rank.low, rank.high, rank.unranked] : RANKS.map(() => null)

const valueColumn = ({ decimals }: Indicator) => column('value', 'giá trị', 'value', 'number', decimals)

/** The columns that say whose figure it is: an id and a name for each dimension. */
function memberColumns({ catalogue, by, where }: TableContext): readonly Column[] {
  return [...new Set([...by, ...Object.keys(where)])].flatMap((id) => {
    const title = catalogue.dimensions.get(id)?.title ?? { vi: id, en: id }
    return [column(id, `mã ${title.vi}`, `${title.en} id`), column(`${id}_name`, title.vi, title.en)]
  })
}

/** Ids and Vietnamese names: a file is read by people of the country. */
function memberCells({ catalogue, by, where }: TableContext, key: Members): readonly CellValue[] {
  return [...new Set([...by, ...Object.keys(where)])].flatMap((id) => {
    const member = key[id] ?? where[id] ?? null
    return [member, member === null ? null : (catalogue.dimensions.get(id)?.members.get(member)?.name.vi ?? member)]
  })
}

const unitText = ({ unit }: Indicator): string => (unit === 'percent' ? '%' : unit.vi)

const readingColumns = (context: TableContext): readonly Column[] => [
  ...[
    ...memberColumns(context),
    FROM,
    TO,
    valueColumn(context.indicator),
    ...PARTS,
    UNIT,
    STATUS,
    MARKS,
    ...COVER,
    ...SOURCE,
  ],
]
const readingCells = (context: TableContext, reading: Reading): readonly CellValue[] => [
  ...memberCells(context, reading.key),
  ...[reading.from, reading.to, reading.value, reading.numerator, reading.denominator, unitText(context.indicator)],
  ...[
    reading.status,
    reading.marks.join(' '),
    reading.coverage.reported,
    reading.coverage.expected,
    reading.coverage.missing.join(' '),
  ],
  ...[reading.asOf, reading.freshness, reading.sources.join(' ')],
]

const pointCells = (context: TableContext, key: Members, point: Point): readonly CellValue[] => [
  ...memberCells(context, key),
  ...[point.from, point.to, point.value, point.numerator, point.denominator, unitText(context.indicator), point.status],
  ...[point.marks.join(' '), point.spans?.present ?? null, point.spans?.expected ?? null],
]

const sideCells = (side: Reading | null): readonly CellValue[] => [
  side?.value ?? null,
  side?.numerator ?? null,
  side?.denominator ?? null,
  side?.status ?? 'no-data',
]

/** What several units come to stands where an earlier stretch would: of counts that of one unit, which is what is compared. */
const besideCells = ({ each, value, numerator, denominator }: Together): readonly CellValue[] => [
  ...[each ?? value, numerator, denominator, null],
]

const comparedColumns = (context: TableContext): readonly Column[] => {
  const { decimals } = context.indicator
  return [
    ...memberColumns(context),
    ...[valueColumn(context.indicator), ...PARTS, STATUS],
    column('earlier_value', 'giá trị so sánh', 'value compared with', 'number', decimals),
    column('earlier_numerator', 'tử số so sánh', 'numerator compared with', 'number'),
    column('earlier_denominator', 'mẫu số so sánh', 'denominator compared with', 'number'),
    column('earlier_status', 'trạng thái so sánh', 'status compared with'),
    column('target', 'mục tiêu', 'target', 'number'),
    column('change', 'thay đổi', 'change', 'number'),
    column('change_percent', 'thay đổi (%)', 'change in percent', 'number'),
    UNIT,
  ]
}
const comparedCells = (
  context: TableContext,
  { key, now, earlier, target, beside, change }: Compared,
): readonly CellValue[] => [
  ...[...memberCells(context, key), ...sideCells(now), ...(beside ? besideCells(beside) : sideCells(earlier))],
  ...[target?.value ?? null, change.value, change.relative, unitText(context.indicator)],
]

/** The table of an answer. `null` where a question has no table. */
export const TABLES: {
  readonly [Q in Tabled]: (
    answer: Answers[Q],
    context: TableContext,
  ) => Pick<Table, 'columns' | 'rows'> & { readonly said?: Text }
} = {
  readings: ({ readings }, context) => ({
    columns: readingColumns(context),
    rows: readings.map((one) => readingCells(context, one)),
  }),
  breakdown: ({ readings, total, ranks }, context) => ({
    columns: [...readingColumns(context), ...RANKS],
    rows: [
      ...readings.map((one, i) => [...readingCells(context, one), ...rankCells(ranks.rows[i])]),
      ...(total ? [[...readingCells(context, total), ...rankCells(undefined)]] : []),
    ],
  }),
  series: ({ points, split }, context) => ({
    columns: [
      ...[...memberColumns(context), FROM, TO, valueColumn(context.indicator), ...PARTS, UNIT, STATUS, MARKS],
      column('spans_present', 'số kỳ có', 'spans present', 'number'),
      column('spans_expected', 'số kỳ phải có', 'spans expected', 'number'),
    ],
    rows: [
      ...(split ?? []).flatMap(({ key, points: own }) => own.map((point) => pointCells(context, key, point))),
      ...points.map((point) => pointCells(context, {}, point)),
    ],
  }),
  compare: ({ rows, total, said }, context) => ({
    columns: comparedColumns(context),
    rows: [...rows, ...(total ? [total] : [])].map((one) => comparedCells(context, one)),
    said,
  }),
  contributions: ({ rows, total, said }, context) => {
    const own = [
      column('contribution', 'đóng góp', 'contribution', 'number'),
      column('rate_effect', 'do chính nó', 'by itself', 'number'),
      column('mix_effect', 'do tỷ trọng', 'by its weight', 'number'),
    ]
    return {
      columns: [...comparedColumns(context), ...own],
      rows: [
        ...rows.map((one) => [...comparedCells(context, one), one.amount, one.rate, one.mix]),
        ...(total ? [[...comparedCells(context, total), total.change.value, null, null]] : []),
      ],
      said,
    }
  },
  observations: ({ observations }, context) => ({
    columns: [
      ...[
        ...memberColumns({ ...context, by: context.indicator.dimensions }),
        FROM,
        TO,
        column('value', 'giá trị', 'value', 'number'),
      ],
      column('qualifier', 'mức chính xác', 'qualifier'),
      column('state', 'tình trạng', 'state'),
      column('reason', 'lý do', 'reason'),
      column('source', 'nguồn', 'source'),
      column('received', 'nhận lúc', 'received', 'moment'),
      column('stored', 'lưu lúc', 'stored', 'moment'),
      column('run', 'lượt hỏi', 'run'),
      column('id', 'mã phiên bản', 'version id'),
      column('stated', 'nguyên văn', 'as stated'),
      column('citation', 'trích dẫn', 'citation'),
      column('decision', 'quyết định', 'decision'),
      column('decided_by', 'người quyết định', 'decided by'),
      column('decided_because', 'lý do quyết định', 'decided because'),
    ],
    rows: observations.map((one) => [
      ...memberCells({ ...context, by: context.indicator.dimensions }, one.members),
      ...[one.from, one.to, one.value, one.qualifier, one.state, one.reason, one.source, one.received, one.stored],
      ...[one.run, one.id, one.stated, one.citation],
      ...[one.decided?.decision ?? '', one.decided?.by ?? '', one.decided?.why ?? ''],
    ]),
  }),
  ranking: ({ periods }, context) => ({
    columns: [...readingColumns(context), ...RANKS],
    rows: periods.flatMap(({ readings, ranks }) =>
      readings.map((one, i) => [...readingCells(context, one), ...rankCells(ranks.rows[i])]),
    ),
  }),
  anomalies: ({ rows }, context) => ({
    columns: [
      ...[...memberColumns(context), FROM, TO, valueColumn(context.indicator), ...PARTS, UNIT, MARKS],
      column('expected', 'thường là', 'usually', 'number'),
      column('low', 'bình thường từ', 'ordinary from', 'number'),
      column('high', 'bình thường đến', 'ordinary to', 'number'),
      column('score', 'độ lệch', 'deviation', 'number'),
      column('like_days', 'số ngày cùng loại', 'like days', 'number'),
    ],
    rows: rows.map((one) => [
      ...memberCells(context, one.key),
      ...[one.from, one.to, one.value, one.numerator, one.denominator, unitText(context.indicator)],
      ...[one.marks.join(' '), one.expected, one.low, one.high, one.score, one.days],
    ]),
  }),
  corrections: ({ corrections }) => ({
    columns: [
      ...[column('members', 'thành phần', 'members'), FROM, TO],
      column('before', 'trước', 'before', 'number'),
      column('after', 'sau', 'after', 'number'),
      column('why', 'vì sao', 'why'),
      column('statements', 'số phát biểu', 'statements', 'number'),
      column('since', 'từ lúc', 'since', 'moment'),
    ],
    rows: corrections.map(({ key, from, to, before, after, why, statements, since }) => [
      ...[pairText(key), from, to, before.value, after.value, why.join(' '), statements, since],
    ]),
  }),
}

/** What the figures mean and how far to believe them. */
export function aboutOf(
  { catalogue, indicator, where }: TableContext,
  {
    pulse,
    address,
    said,
    total,
  }: {
    readonly pulse: Pulse
    readonly address: string
    readonly said?: Text | undefined
    readonly total?: Reading | null | undefined
  },
): Table['about'] {
  const both = (text: string): Text => ({ vi: text, en: text })
  const { ratio, definition, version } = indicator
  const nameOf = (id: string, language: Language) =>
    catalogue.dimensions.get(indicator.dimensions[0] ?? '')?.members.get(id)?.name[language] ?? id
  const covered = ({ coverage: { reported, expected, missing } }: Reading, language: Language) =>
    [
      `${reported}/${expected}`,
      ...(missing.length > 0 ? [missing.map((id) => nameOf(id, language)).join(', ')] : []),
    ].join('; ')
  const part = (id: string) => catalogue.indicators.get(id)?.title ?? both(id)
  const lines: (readonly [Text, Text | null | undefined])[] = [
    [{ vi: 'Chỉ tiêu', en: 'Indicator' }, indicator.title],
    [{ vi: 'Mã', en: 'Id' }, both(indicator.id)],
    [{ vi: 'Định nghĩa', en: 'Definition' }, definition],
    [
      { vi: 'Công thức', en: 'Formula' },
      ratio && {
        vi: `Σ ${part(ratio.of).vi} / Σ ${part(ratio.to).vi}`,
        en: `Σ ${part(ratio.of).en} / Σ ${part(ratio.to).en}`,
      },
    ],
    [{ vi: 'Phiên bản định nghĩa', en: 'Version of the definition' }, both(String(version))],
    [{ vi: 'Đơn vị tính', en: 'Unit of measure' }, indicator.unit === 'percent' ? both('%') : indicator.unit],
    [{ vi: 'Lọc', en: 'Filter' }, Object.keys(where).length > 0 ? both(pairText(where)) : null],
    [{ vi: 'So sánh', en: 'Comparison' }, said],
    [{ vi: 'Giờ nguồn', en: 'Source time' }, total?.asOf == null ? null : both(isoLocal(total.asOf))],
    [
      { vi: 'Báo cáo', en: 'Coverage' },
      total?.coverage.expected == null ? null : { vi: covered(total, 'vi'), en: covered(total, 'en') },
    ],
    [
      { vi: 'Dữ liệu mô phỏng', en: 'Simulated data' },
      total?.marks.includes('simulated') ? { vi: 'có', en: 'yes' } : null,
    ],
    [{ vi: 'Phiên bản dữ liệu', en: 'Data version' }, both(`${pulse.at} ${pulse.store}`)],
    [{ vi: 'Như lúc', en: 'As of' }, both(isoLocal(pulse.at))],
    [{ vi: 'Câu hỏi', en: 'Question' }, both(address)],
  ]
  return lines.flatMap(([label, text]) => (text ? [[label, text] as const] : []))
}
