/** What indicators name and promise, checked against everything else. */
import type { Indicator } from '../../kpi/indicator.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { SourceFile } from '../../kpi/source.ts'
import { type Declared, problemAt } from './check.ts'
import { absent, type Draft, mustBeDeclared, mustBeMember } from './draft.ts'
import { checkJudgement } from './judgement.ts'
import { checkScore } from './scores.ts'

/** Kinds whose observations can be added up into a ratio's parts. */
const SUMMABLE: readonly string[] = ['flow', 'running', 'level', 'distinct']

function ratio(draft: Draft, declared: Declared<Indicator>): readonly Problem[] {
  const parts = declared.value.ratio
  if (!parts) return []
  return (['of', 'to'] as const).flatMap((side) => {
    const part = draft.indicators.get(parts[side])?.value
    if (!part) return mustBeDeclared(draft, 'indicators', parts[side], declared, ['ratio', side])
    const lacking = declared.value.dimensions.filter((dimension) => !part.dimensions.includes(dimension))
    return [
      ...(SUMMABLE.includes(part.kind)
        ? []
        : [
            problemAt(declared, ['ratio', side], {
              vi: `${part.id} là loại ${part.kind}, không cộng được; phần của tỷ lệ phải là ${SUMMABLE.join(', ')}`,
              en: `${part.id} is a ${part.kind}, which cannot be added up; a part must be ${SUMMABLE.join(', ')}`,
            }),
          ]),
      ...lacking.map((dimension) =>
        problemAt(declared, ['dimensions'], {
          vi: `${part.id} không chia theo ${dimension}, nên tỷ lệ cũng không chia được`,
          en: `${part.id} is not split by ${dimension}, so the ratio cannot be either`,
        }),
      ),
    ]
  })
}

/** Kinds whose value is what stands, not what happened in a span. */
const STANDING: readonly string[] = ['running', 'level', 'distinct']

/** What happened over what stands has no meaning: the one adds up over time, the other does not. */
function mixed(draft: Draft, declared: Declared<Indicator>): readonly Problem[] {
  const parts = declared.value.ratio
  const [of, to] = [parts?.of, parts?.to].map((id) => draft.indicators.get(id ?? '')?.value)
  if (!of || !to || !SUMMABLE.includes(of.kind) || !SUMMABLE.includes(to.kind)) return []
  if (STANDING.includes(of.kind) === STANDING.includes(to.kind)) return []
  return [
    problemAt(declared, ['ratio'], {
      vi: `${of.id} là ${of.kind}, ${to.id} là ${to.kind}: số phát sinh trong kỳ và số đang có không chia cho nhau được; hãy dùng hai chỉ tiêu cùng loại`,
      en: `${of.id} is a ${of.kind} and ${to.id} a ${to.kind}: what happened in a period cannot be divided by what stands; use two of the same nature`,
    }),
  ]
}

function states(source: SourceFile, ids: readonly string[]): boolean {
  return source.observations.some(({ indicator }) => typeof indicator !== 'string' || ids.includes(indicator))
}

function sources(draft: Draft, declared: Declared<Indicator>): readonly Problem[] {
  const { id, ratio: parts } = declared.value
  const ids = parts ? [parts.of, parts.to] : [id]
  return declared.value.sources.flatMap((name, i) => {
    const source = draft.sources.get(name)?.value
    if (!source) return mustBeDeclared(draft, 'sources', name, declared, ['sources', i])
    if (states(source, ids)) return []
    return [
      problemAt(declared, ['sources', i], {
        vi: `nguồn ${name} không nói gì về chỉ tiêu này; thêm nó vào observations của nguồn`,
        en: `source ${name} says nothing about this indicator; add it to the observations of that source`,
      }),
    ]
  })
}

function expected(draft: Draft, declared: Declared<Indicator>): readonly Problem[] {
  const group = declared.value.expected
  const units = draft.joined.get('unit')
  if (group === undefined) return []
  const member = units?.members.get(group)
  if (!units || !member) return mustBeMember(draft, 'unit', group, declared, ['expected'])
  const named = [...units.members.values()].some((unit) => unit.parents.includes(group))
  if (member.members || member.size || named) return []
  return [
    problemAt(declared, ['expected'], {
      vi: `${group} không phải là nhóm: cần members, size, hoặc đơn vị khai nó trong parents`,
      en: `${group} is not a group: it needs members or size, or units that name it in parents`,
    }),
  ]
}

/** A dimension stands once; who is expected to report needs units; the two parts of a ratio are two. */
function sensible(declared: Declared<Indicator>): readonly Problem[] {
  const { dimensions, expected, ratio } = declared.value
  const found = dimensions.flatMap((dimension, i) =>
    dimensions.indexOf(dimension) === i
      ? []
      : [
          problemAt(declared, ['dimensions', i], {
            vi: `${dimension} đã có trong danh sách này`,
            en: `${dimension} is in this list already`,
          }),
        ],
  )
  if (expected !== undefined && !dimensions.includes('unit'))
    found.push(
      problemAt(declared, ['expected'], {
        vi: 'expected nói đơn vị nào phải báo cáo, nên dimensions phải có unit',
        en: 'expected says which units report, so dimensions must have unit',
      }),
    )
  if (ratio && ratio.of === ratio.to)
    found.push(
      problemAt(declared, ['ratio', 'to'], {
        vi: `tử số và mẫu số cùng là ${ratio.of}, tỷ lệ luôn là 100 %`,
        en: `both parts are ${ratio.of}, the ratio would always be 100 %`,
      }),
    )
  return found
}

/** What each of those expected should speak of is a further dimension of it, and there is no such thing where nobody is expected. */
function every(declared: Declared<Indicator>): readonly Problem[] {
  const { every: named = [], dimensions, expected: group } = declared.value
  const noun = { vi: 'chiều (ngoài chiều đầu)', en: 'further dimension' }
  return named.flatMap((dimension, i) => [
    ...(dimensions.indexOf(dimension) > 0
      ? []
      : [problemAt(declared, ['every', i], absent(noun, dimension, dimensions.slice(1)))]),
    ...(group === undefined && i === 0
      ? [
          problemAt(declared, ['every'], {
            vi: 'every cần expected: chưa nói những đơn vị nào phải báo cáo',
            en: 'every needs expected: nobody is said to be due to report',
          }),
        ]
      : []),
  ])
}

/** Everything an indicator names must exist and make sense together. */
export function checkIndicators(draft: Draft): readonly Problem[] {
  return [...draft.indicators.values()].flatMap((declared) => [
    ...ratio(draft, declared),
    ...mixed(draft, declared),
    ...checkScore(draft, declared),
    ...declared.value.dimensions.flatMap((dimension, i) =>
      draft.joined.has(dimension) ? [] : mustBeDeclared(draft, 'dimensions', dimension, declared, ['dimensions', i]),
    ),
    ...expected(draft, declared),
    ...every(declared),
    ...sources(draft, declared),
    ...sensible(declared),
    ...checkJudgement(draft, declared),
  ])
}
