/** `GET /api/score`: all cells of a score for one unit or for all together, how each is known, and what would raise it most. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { members } from '../../kpi/observation.ts'
import type { Answers, CellAnswer, QueryOf } from '../../kpi/query.ts'
import { MINUTE, windowSpan } from '../../kpi/range.ts'
import type { Empty, Nation, ScoreCell } from '../../kpi/score.ts'
import type { ScorePart } from '../../kpi/score-file.ts'
import { gradeOf } from '../../kpi/score-grade.ts'
import { raiseOf } from '../../kpi/score-raise.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Text } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { checkEnds } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { tilingGrain } from './breakdown.ts'
import { factsOf } from './facts.ts'
import { chosenScore, notScored } from './score-choice.ts'
import { type Computed, computeScores, partSlices, refuseFormer, scoreFacts } from './scored.ts'

const EMPTY_SAID: Readonly<Record<Empty, Text>> = {
  out: {
    vi: '0/0 là không phát sinh: không tính điểm, điểm tối đa giảm theo.',
    en: '0/0 means nothing occurred: no points are counted, and the score is out of fewer.',
  },
  portal: {
    vi: '0/0 tính theo quy ước của Cổng Dịch vụ công quốc gia (thường là điểm tối đa).',
    en: '0/0 is counted by the convention of the national portal (mostly full points).',
  },
}
const NATION_SAID: Readonly<Record<Nation, Text>> = {
  sums: {
    vi: 'Tính từ tổng tử số và tổng mẫu số của các đơn vị.',
    en: 'Computed from the sums of numerators and denominators of the units.',
  },
  mean: {
    vi: 'Trung bình cộng điểm của các đơn vị, theo cách đã công bố; không theo khối lượng công việc.',
    en: 'The plain mean of the scores of the units, the way it is published; not weighted by work.',
  },
}

export async function score(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'score'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['score']> {
  const indicator = chosenScore(catalogue, query, query.from ?? pulse.at)
  const { empty, nation } = query
  const slice: Slice = {
    ...{ indicator: indicator.id, by: [], where: members(query.where) },
    window: query.window ?? indicator.window,
  }
  const span =
    query.from === undefined || query.to === undefined
      ? null
      : { from: Math.floor(query.from / MINUTE) * MINUTE, to: Math.ceil(query.to / MINUTE) * MINUTE }
  if (span) checkEnds(span, tilingGrain(span))
  refuseFormer(catalogue, indicator.id, span ?? windowSpan(slice.window, pulse.at))
  const parts = partSlices(catalogue, slice)
  const over = span && { over: { span, grain: tilingGrain(span) } }
  const known = { asOf: query.asOf }
  const found = await factsOf(store, catalogue, parts, { now: pulse.at, purpose: 'ask', known, signal, ...over })
  const facts = scoreFacts(parts, found)
  const scored = (one: Slice) => (facts ? computeScores(catalogue, one, facts, pulse.at, { empty, nation }) : [])
  const each = scored({ ...slice, by: ['unit'] })
  const [whole] = scored(slice)
  if (!whole || each.length === 0)
    throw new Refusal(422, notScored(catalogue, query.where.unit ?? '', pulse.at), 'unit')
  const several = whole.summed
  return {
    pulse,
    reading: whole.reading,
    indicator: indicator.id,
    points: whole.scored.points,
    outOf: whole.scored.outOf,
    maximum: whole.scored.maximum,
    basis: indicator.score.basis ?? null,
    grades: indicator.score.grades
      ? { ...indicator.score.grades, reached: gradeOf(indicator.score, whole.scored)?.id ?? null }
      : null,
    conventions: {
      empty,
      nation: several ? nation : null,
      said: [EMPTY_SAID[empty], ...(several ? [NATION_SAID[nation]] : [])],
    },
    rounding: indicator.score.rounding,
    columns: whole.scored.columns.map((column, c) => {
      const declared = indicator.score.columns[c] as (typeof indicator.score.columns)[number]
      const cells = column.cells.map((cell, p) => cellAnswer(cell, declared.parts[p] as ScorePart, each))
      return { ...column, title: declared.title, rounded: declared.rounded ?? indicator.score.rounding.each, cells }
    }),
    raise: several && nation === 'mean' ? [] : raiseOf(indicator.score, whole.given, { empty, summed: several }),
  }
}

function cellAnswer(cell: ScoreCell, part: ScorePart, each: readonly Computed[]): CellAnswer {
  return {
    ...cell,
    title: part.title,
    indicator: part.ratio ?? part.reported ?? '',
    rule: part.ratio === undefined ? null : part.rule,
    note: part.note ?? null,
    units: { stated: each.filter(({ given }) => given.has(part.id)).length, expected: each.length },
  }
}
