/** Which table each answer is. The numbers are those of the answer, digit for digit; nothing is computed here. */
import type { Cause } from '../../kpi/correction.ts'
import { pairText } from '../../kpi/exported.ts'
import type { Members } from '../../kpi/observation.ts'
import { QUALIFIER_MEANINGS, QUALIFIER_WORDS, STATE_MEANINGS, STATE_WORDS } from '../../kpi/observation-words.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language, Text } from '../../kpi/text.ts'
import {
  againstCells,
  againstColumns,
  column,
  comparedCells,
  comparedColumns,
  FROM,
  INDICATOR,
  MARKS,
  memberCells,
  memberColumns,
  PARTS,
  pointCells,
  rangeCells,
  rangeColumns,
  rankCells,
  rankColumns,
  readingCells,
  readingColumns,
  STATUS,
  sidesCells,
  sidesColumns,
  sourceColumn,
  type TableContext,
  TO,
  UNIT,
  unitText,
  valueColumn,
  worded,
} from './columns.ts'
import { CAUSE } from './page-words.ts'
import type { Table } from './table.ts'

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
  'reconciliation',
] as const
export type Tabled = (typeof TABLED)[number]

/** "taken (đã nhận): được tính; …": what ids are called, and what they mean. */
const explained = <Id extends string>(
  words: Readonly<Record<Id, Text>>,
  meanings: Readonly<Record<Id, Text>>,
): Text => {
  const said = (language: Language) =>
    (Object.keys(words) as Id[]).map((id) => `${id} (${words[id][language]}): ${meanings[id][language]}`).join('; ')
  return { vi: said('vi'), en: said('en') }
}
const OBSERVED: Table['about'] = [
  [{ vi: 'Tình trạng (state)', en: 'State' }, explained(STATE_WORDS, STATE_MEANINGS)],
  [{ vi: 'Mức chính xác (qualifier)', en: 'Qualifier' }, explained(QUALIFIER_WORDS, QUALIFIER_MEANINGS)],
]

/** The table of an answer. `null` where a question has no table. */
export const TABLES: {
  readonly [Q in Tabled]: (
    answer: Answers[Q],
    context: TableContext,
  ) => Pick<Table, 'columns' | 'rows'> & {
    readonly said?: Text
    /** What the ids in it mean. */
    readonly meaning?: Table['about']
  }
} = {
  readings: ({ readings }, context) => ({
    columns: readingColumns(context),
    rows: readings.map((one) => readingCells(context, one)),
  }),
  breakdown: ({ readings, total, ranks, against }, context) => {
    const of = against && context.catalogue.indicators.get(against.indicator)
    const other = of && { ...context, indicator: of }
    const name = (key: Members) => key[context.by[0] ?? ''] ?? ''
    const others = new Map((against?.readings ?? []).map((one) => [name(one.key), one]))
    const known = new Set(readings.map(({ key }) => name(key)))
    const beside = (one: Reading | null | undefined) => (other ? againstCells(other, one ?? null) : [])
    return {
      columns: [...readingColumns(context), ...rankColumns(context), ...(other ? againstColumns(other) : [])],
      rows: [
        ...readings.map((one, i) => [
          ...[...readingCells(context, one), ...rankCells(ranks.rows[i]), ...beside(others.get(name(one.key)))],
        ]),
        // Whoever only the second indicator speaks of is told, too.
        ...(against?.readings ?? [])
          .filter(({ key, value }) => value !== null && !known.has(name(key)))
          .map((one) => [
            ...memberCells(context, one.key),
            ...readingColumns(context)
              .slice(memberColumns(context).length)
              .map(() => null),
            ...[...rankCells(undefined), ...beside(one)],
          ]),
        ...(total ? [[...readingCells(context, total), ...rankCells(undefined), ...beside(against?.total)]] : []),
      ],
    }
  },
  series: ({ points, split }, context) => ({
    columns: [
      ...[...memberColumns(context), FROM, TO, valueColumn(context.indicator), ...PARTS, UNIT, STATUS, MARKS],
      column('spans_present', 'số kỳ có', 'spans present', 'number'),
      column('spans_expected', 'số kỳ phải có', 'spans expected', 'number'),
      ...rangeColumns(context),
    ],
    rows: [...(split ?? []), { key: {}, points }].flatMap(({ key, points: own }) =>
      own.map((point) => [...pointCells(context, key, point), ...rangeCells(context)]),
    ),
  }),
  compare: ({ rows, total, said }, context) => ({
    columns: [...comparedColumns(context), ...sidesColumns(context)],
    rows: [...rows, ...(total ? [total] : [])].map((one) => [
      ...comparedCells(context, one),
      ...sidesCells(context, one),
    ]),
    said,
  }),
  contributions: ({ rows, total, said }, context) => {
    const own = [
      column('contribution', 'đóng góp', 'contribution', 'number'),
      column('rate_effect', 'do chính nó', 'by itself', 'number'),
      column('mix_effect', 'do tỷ trọng', 'by its weight', 'number'),
    ]
    return {
      columns: [...comparedColumns(context), ...own, ...sidesColumns(context)],
      rows: [
        ...rows.map((one) => [
          ...comparedCells(context, one),
          one.amount,
          one.rate,
          one.mix,
          ...sidesCells(context, one),
        ]),
        ...(total
          ? [[...comparedCells(context, total), total.change.value, null, null, ...sidesCells(context, total)]]
          : []),
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
      column('qualifier', 'mã mức chính xác', 'qualifier id'),
      column('qualifier_name', 'mức chính xác', 'qualifier'),
      column('state', 'mã tình trạng', 'state id'),
      column('state_name', 'tình trạng', 'state'),
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
      ...[one.from, one.to, one.value, one.qualifier, QUALIFIER_WORDS[one.qualifier][context.language]],
      ...[one.state, STATE_WORDS[one.state][context.language], one.reason, one.source, one.received, one.stored],
      ...[one.run, one.id, one.stated, one.citation],
      ...[one.decided?.decision ?? '', one.decided?.by ?? '', one.decided?.why ?? ''],
    ]),
    meaning: OBSERVED,
  }),
  ranking: ({ periods }, context) => ({
    columns: [...readingColumns(context), ...rankColumns(context)],
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
      ...rangeColumns(context),
    ],
    rows: rows.map((one) => [
      ...memberCells(context, one.key),
      ...[one.from, one.to, one.value, one.numerator, one.denominator, unitText(context.indicator, context.language)],
      ...[one.marks.join(' '), one.expected, one.low, one.high, one.score, one.days, ...rangeCells(context)],
    ]),
  }),
  // A row for each source's statement; of a ratio it is of its parts that they speak.
  reconciliation: ({ differing }, context) => {
    const { catalogue, language } = context
    const all = { ...context, by: context.indicator.dimensions }
    return {
      columns: [
        worded(INDICATOR, (id) => catalogue.indicators.get(id)?.title),
        ...[...memberColumns(all), FROM, TO, column('value', 'giá trị', 'value', 'number'), UNIT],
        column('difference', 'chênh với số được tính', 'more than what counts', 'number'),
        sourceColumn(context, 'source', 'nguồn', 'source'),
        sourceColumn(context, 'speaks', 'nguồn được tính', 'source that counts'),
        column('since', 'nói từ lúc', 'said since', 'moment'),
        column('differing_since', 'khác nhau từ lúc', 'differing since', 'moment'),
        ...[column('citation', 'trích dẫn', 'citation'), ...rangeColumns(context)],
      ],
      rows: differing.flatMap(({ indicator: id, members, from, to, speaks, statements, since }) => {
        const indicator = catalogue.indicators.get(id) ?? context.indicator
        return statements.map((one) => [
          ...[id, ...memberCells(all, members), from, to, one.value, unitText(indicator, language)],
          ...[one.difference, one.source, speaks, one.since, since, one.citation, ...rangeCells(context)],
        ])
      }),
    }
  },
  corrections: ({ corrections }) => ({
    columns: [
      ...[column('members', 'thành phần', 'members'), FROM, TO],
      column('before', 'trước', 'before', 'number'),
      column('after', 'sau', 'after', 'number'),
      worded(column('why', 'vì sao', 'why'), (id) => CAUSE[id as Cause]),
      column('statements', 'số phát biểu', 'statements', 'number'),
      column('since', 'từ lúc', 'since', 'moment'),
    ],
    rows: corrections.map(({ key, from, to, before, after, why, statements, since }) => [
      ...[pairText(key), from, to, before.value, after.value, why.join(' '), statements, since],
    ]),
  }),
}
