/** Whether limits, targets and plausible bounds of an indicator agree with its direction, its unit and each other. */
import type { Indicator, Target } from '../../kpi/indicator.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { Text } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'
import { absent, type Draft, datesOf, mustBeMember } from './draft.ts'
import type { Path } from './yaml.ts'

function limits(declared: Declared<Indicator>): readonly Problem[] {
  const { limits, better, plausible, targets } = declared.value
  const found: Problem[] = []
  if (limits && better === 'neither')
    found.push(
      problemAt(declared, ['limits'], {
        vi: 'có limits thì phải khai better: higher hoặc lower',
        en: 'limits need better: higher or lower',
      }),
    )
  if (targets.length > 0 && better === 'neither')
    found.push(
      problemAt(declared, ['targets'], {
        vi: 'có targets thì phải khai better: higher hoặc lower',
        en: 'targets need better: higher or lower',
      }),
    )
  const crossed = better === 'higher' ? -1 : 1
  if (limits && better !== 'neither' && (limits.critical - limits.warning) * crossed < 0)
    found.push(
      problemAt(declared, ['limits', 'critical'], {
        vi: `với better: ${better}, critical ${limits.critical} phải xấu hơn warning ${limits.warning}`,
        en: `with better: ${better}, critical ${limits.critical} must be worse than warning ${limits.warning}`,
      }),
    )
  if (plausible.min !== undefined && plausible.max !== undefined && plausible.min > plausible.max)
    found.push(
      problemAt(declared, ['plausible', 'min'], {
        vi: `min ${plausible.min} lớn hơn max ${plausible.max}`,
        en: `min ${plausible.min} is above max ${plausible.max}`,
      }),
    )
  if (plausible.jump && (declared.value.kind === 'ratio' || declared.value.kind === 'score'))
    found.push(
      problemAt(declared, ['plausible', 'jump'], {
        vi: 'chỉ tiêu này được tính từ các phần; khai jump ở các phần mà nguồn nêu',
        en: 'this indicator is computed from its parts; declare jump where a source states them',
      }),
    )
  return found
}

/** Why a number can never be a value of the indicator; null when it can. */
function impossible(value: number, { unit, kind, plausible }: Indicator): Text | null {
  if (unit === 'percent' && (value < 0 || value > 100))
    return { vi: `${value} không phải là phần trăm từ 0 đến 100`, en: `${value} is no percentage from 0 to 100` }
  // What is computed is not held back by bounds of its own.
  if (kind === 'ratio' || kind === 'score') return null
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = plausible
  if (min > max || (value >= min && value <= max)) return null
  return {
    vi: `${value} nằm ngoài khoảng plausible, nên giá trị như thế luôn bị giữ lại`,
    en: `${value} is outside plausible, so such a value would always be held`,
  }
}

function reachable(declared: Declared<Indicator>): readonly Problem[] {
  const { limits, targets } = declared.value
  const numbers: readonly { readonly path: Path; readonly value: number }[] = [
    ...(limits ? (['warning', 'critical'] as const).map((of) => ({ path: ['limits', of], value: limits[of] })) : []),
    ...targets.map(({ value }, i) => ({ path: ['targets', i, 'value'], value })),
  ]
  return numbers.flatMap(({ path, value }) => {
    const why = impossible(value, declared.value)
    return why ? [problemAt(declared, path, why)] : []
  })
}

/** Whoever meets the target must not be flagged by the warning limit. */
function beyondLimit(declared: Declared<Indicator>): readonly Problem[] {
  const { limits, better, targets } = declared.value
  if (!limits || better === 'neither') return []
  return targets.flatMap(({ value }, i) => {
    if (better === 'higher' ? value >= limits.warning : value <= limits.warning) return []
    return [
      problemAt(declared, ['targets', i, 'value'], {
        vi: `với better: ${better}, đạt mục tiêu ${value} vẫn bị cảnh báo vì limits.warning là ${limits.warning}`,
        en: `with better: ${better}, meeting the target ${value} would still be a warning, since limits.warning is ${limits.warning}`,
      }),
    ]
  })
}

const covers = (one: Target, other: Target) =>
  Object.entries(one.where ?? {}).every(([dimension, member]) => other.where?.[dimension] === member) &&
  (one.from ?? '') <= (other.to ?? '9999') &&
  (other.from ?? '') <= (one.to ?? '9999')

/** The first target that fits speaks: one below it that fits less often must come first, and dates must not overlap. */
function shadowed(declared: Declared<Indicator>): readonly Problem[] {
  const { targets } = declared.value
  return targets.flatMap((target, i) => {
    const before = targets.slice(0, i).findIndex((one) => covers(one, target))
    if (before < 0) return []
    return [
      problemAt(declared, ['targets', i], {
        vi: `trùng thời gian và đối tượng với targets[${before}], nên có ngày không rõ mục tiêu nào; hãy khai to, hoặc đặt mục tiêu riêng (where) lên trước mục tiêu chung`,
        en: `holds for the same days and members as targets[${before}], so on some days there are two; give to, or put the one with where before the general one`,
      }),
    ]
  })
}

function targets(draft: Draft, declared: Declared<Indicator>): readonly Problem[] {
  const { id, dimensions } = declared.value
  return declared.value.targets.flatMap((target, i) => [
    ...datesOf(target, declared, ['targets', i]),
    ...Object.entries(target.where ?? {}).flatMap(([dimension, member]) => {
      const path = ['targets', i, 'where', dimension]
      if (!draft.joined.has(dimension) || dimensions.includes(dimension))
        return mustBeMember(draft, dimension, member, declared, path)
      const noun = { vi: `chiều của ${id}:`, en: `dimension of ${id}:` }
      return [problemAt(declared, path, absent(noun, dimension, dimensions))]
    }),
  ])
}

/** Everything by which an indicator is judged. */
export function checkJudgement(draft: Draft, declared: Declared<Indicator>): readonly Problem[] {
  return [
    ...targets(draft, declared),
    ...limits(declared),
    ...reachable(declared),
    ...beyondLimit(declared),
    ...shadowed(declared),
  ]
}
