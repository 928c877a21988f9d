/** What scores promise: maxima that add up, rules that fit, and references to what exists and can be read. */
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { Band, ScorePart } from '../../kpi/score-file.ts'
import { type Declared, problemAt, problemAtName } from './check.ts'
import { type Draft, mustBeDeclared } from './draft.ts'
import type { Path } from './yaml.ts'

const exactSum = (all: readonly number[]) => all.reduce((sum, each) => sum + micro(String(each)), 0n)

/** A problem when maxima do not add up to what was declared. */
function addsUp(declared: Declared<Indicator>, maximum: number, all: readonly number[], path: Path) {
  const sum = exactSum(all)
  if (sum === micro(String(maximum))) return []
  return [
    problemAt(declared, path, {
      vi: `các điểm tối đa bên trong cộng lại là ${decimal(sum)}, ở đây khai ${maximum}`,
      en: `the maxima inside add up to ${decimal(sum)}, here it says ${maximum}`,
    }),
  ]
}

function once(declared: Declared<Indicator>, all: readonly { readonly id: string; readonly path: Path }[]) {
  return all.flatMap(({ id, path }, i) =>
    all.findIndex((other) => other.id === id) === i
      ? []
      : [
          problemAt(declared, [...path, 'id'], {
            vi: `mã ${id} đã dùng ở trên, mỗi mã chỉ một lần`,
            en: `the id ${id} stands above already, each id stands once`,
          }),
        ],
  )
}

/** A part says one thing: a ratio by a rule, or points as reported. */
function reference(draft: Draft, declared: Declared<Indicator>, part: ScorePart, path: Path): readonly Problem[] {
  const { ratio, reported } = part
  if ((ratio === undefined) === (reported === undefined))
    return [
      problemAt(declared, path, {
        vi: 'khai một trong hai: ratio (tính theo rule) hoặc reported (điểm do nguồn nêu)',
        en: 'give either ratio (computed by the rule) or reported (points a source states), not both',
      }),
    ]
  const field = ratio === undefined ? 'reported' : 'ratio'
  const id = ratio ?? reported ?? ''
  const named = draft.indicators.get(id)?.value
  if (!named) return mustBeDeclared(draft, 'indicators', id, declared, [...path, field])
  const kinds: readonly string[] = field === 'ratio' ? ['ratio'] : ['reported', 'level']
  const found: Problem[] = []
  if (!kinds.includes(named.kind))
    found.push(
      problemAt(declared, [...path, field], {
        vi: `${id} là loại ${named.kind}; ở đây cần ${kinds.join(' hoặc ')}`,
        en: `${id} is a ${named.kind}; here it must be a ${kinds.join(' or ')}`,
      }),
    )
  for (const dimension of declared.value.dimensions.filter((one) => !named.dimensions.includes(one)))
    found.push(
      problemAt(declared, [...path, field], {
        vi: `${id} không chia theo ${dimension}, nên điểm cũng không chia được`,
        en: `${id} is not split by ${dimension}, so the score cannot be either`,
      }),
    )
  return found
}

function rule(declared: Declared<Indicator>, part: ScorePart, path: Path): readonly Problem[] {
  const wanted = part.rule
  if (wanted.kind !== 'steps') return []
  return wanted.steps.flatMap(({ from, points }, i) => {
    const before = wanted.steps[i - 1]
    const at: Path = [...path, 'rule', 'steps', i]
    if (points > part.maximum)
      return [
        problemAt(declared, [...at, 'points'], {
          vi: `bậc này cho ${points} điểm, hơn điểm tối đa ${part.maximum} của phần`,
          en: `this step gives ${points} points, more than the maximum ${part.maximum} of its part`,
        }),
      ]
    if (before && (from <= before.from || points < before.points))
      return [
        problemAt(declared, at, {
          vi: 'các bậc phải đi lên: from lớn hơn bậc trước, points không ít hơn',
          en: 'steps must rise: from above the step before, points not below it',
        }),
      ]
    return []
  })
}

/** Bands begin at nought, rise, and end within the maximum, so that every score has one grade. */
function grades(declared: Declared<Indicator>, maximum: number, bands: readonly Band[]): readonly Problem[] {
  const at = (i: number): Path => ['score', 'grades', 'bands', i, 'from']
  const rising = [...bands].sort((a, b) => a.from - b.from)
  const found = bands.flatMap(({ from }, i) => {
    if (from >= maximum)
      return [
        problemAt(declared, at(i), {
          vi: `mức này bắt đầu từ ${from} điểm, không dưới điểm tối đa ${maximum}, nên không ai đạt được`,
          en: `this grade begins at ${from} points, not below the maximum ${maximum}, so nobody can have it`,
        }),
      ]
    if (bands.findIndex((other) => other.from === from) === i) return []
    return [
      problemAt(declared, at(i), {
        vi: `hai mức cùng bắt đầu từ ${from} điểm`,
        en: `two grades begin at ${from} points`,
      }),
    ]
  })
  const [lowest] = rising
  if (!lowest || lowest.from === 0) return found
  return [
    ...found,
    problemAt(declared, at(bands.indexOf(lowest)), {
      vi: `mức thấp nhất phải bắt đầu từ 0; dưới ${lowest.from} điểm không có mức nào`,
      en: `the lowest grade must begin at 0; below ${lowest.from} points there is none`,
    }),
  ]
}

/** Everything wrong with the score of an indicator, and a score without the kind or a kind without the score. */
export function checkScore(draft: Draft, declared: Declared<Indicator>): readonly Problem[] {
  const { kind, score, dimensions } = declared.value
  if (kind === 'score' && !score)
    return [
      problemAtName(declared, ['kind'], {
        vi: 'loại score cần trường score với các cột và phần của nó',
        en: 'the kind score needs the field score with its columns and parts',
      }),
    ]
  if (!score) return []
  const found: Problem[] = []
  if (kind !== 'score')
    found.push(
      problemAtName(declared, ['score'], {
        vi: `trường này chỉ đi với kind: score, ở đây là ${kind}`,
        en: `goes with kind: score only, here it is ${kind}`,
      }),
    )
  if (dimensions.length !== 1 || dimensions[0] !== 'unit')
    found.push(
      problemAt(declared, ['dimensions'], {
        vi: 'điểm là của đơn vị: dimensions phải là [unit]',
        en: 'a score is of units: dimensions must be [unit]',
      }),
    )
  const columns = score.columns.map((column, i) => ({ ...column, path: ['score', 'columns', i] as Path }))
  const parts = columns.flatMap(({ parts, path }) =>
    parts.map((part, i) => ({ ...part, path: [...path, 'parts', i] as Path })),
  )
  const maxima = columns.map(({ maximum }) => maximum)
  found.push(...addsUp(declared, score.maximum, maxima, ['score', 'maximum']))
  for (const { maximum, parts, path } of columns) {
    const inside = parts.map((part) => part.maximum)
    found.push(...addsUp(declared, maximum, inside, [...path, 'maximum']))
  }
  found.push(...once(declared, columns), ...once(declared, parts))
  if (score.grades) {
    const bands = score.grades.bands.map((band, i) => ({ ...band, path: ['score', 'grades', 'bands', i] as Path }))
    found.push(...grades(declared, score.maximum, bands), ...once(declared, bands))
  }
  for (const part of parts)
    found.push(...reference(draft, declared, part, part.path), ...rule(declared, part, part.path))
  return found
}
