/** Whether rules, planned silences and roles name what exists, and a rule can ever hold and ever be over. */
import type { Indicator } from '../../kpi/indicator.ts'
import type { Problem } from '../../kpi/problem.ts'
import { duration } from '../../kpi/range.ts'
import type { RoleFile } from '../../kpi/role.ts'
import type { RuleFile } from '../../kpi/rule.ts'
import { localMoment, type SilenceFile } from '../../kpi/silence.ts'
import type { Source } from '../../kpi/source.ts'
import type { Text } from '../../kpi/text.ts'
import { splitAndFilter } from './boards.ts'
import { type Declared, problemAt } from './check.ts'
import { type Draft, mustBeDeclared, mustBeMember } from './draft.ts'
import type { Path } from './yaml.ts'

type Rule = Declared<RuleFile>

/** What a condition needs of its indicator, with the sentence where it is not there; null when all is well. */
function unfit(
  { when, margin, slice }: RuleFile,
  indicator: Indicator,
  gaps: ReadonlySet<string>,
): { readonly path: Path; readonly say: Text } | null {
  const percent = indicator.unit === 'percent'
  const limit = when.above ?? when.below
  if (limit !== undefined && percent && (limit < 0 || limit > 100))
    return at(
      when.above === undefined ? 'below' : 'above',
      `${limit} không phải là phần trăm từ 0 đến 100`,
      `${limit} is no percentage from 0 to 100`,
    )
  if (when.status && (!indicator.limits || indicator.better === 'neither'))
    return at(
      'status',
      `${indicator.id} không khai limits và better, nên không có mức nào để so`,
      `${indicator.id} declares no limits and better, so there is nothing to compare with`,
    )
  if (when.target && indicator.targets.length === 0)
    return at('target', `${indicator.id} không khai targets`, `${indicator.id} declares no targets`)
  if ((when.age || when.band) && indicator.rhythm === undefined)
    return at(
      when.age ? 'age' : 'band',
      `${indicator.id} không khai rhythm, nên không biết khi nào là muộn`,
      `${indicator.id} declares no rhythm, so nothing of it is ever late`,
    )
  if (when.coverage && indicator.expected === undefined)
    return at(
      'coverage',
      `${indicator.id} không khai expected: không biết ai phải báo cáo`,
      `${indicator.id} declares no expected: nobody has said who should report`,
    )
  if ((when.age || when.coverage) && (slice?.window ?? indicator.window) === 'today')
    return {
      path: ['slice', 'window'],
      say: {
        vi: 'sau nửa đêm chưa ai nói gì về hôm nay, nên điều kiện này sẽ đúng mỗi đêm; dùng window: 60m, 24h hoặc latest',
        en: 'after midnight nobody has said anything of today, so this would hold every night; use window: 60m, 24h or latest',
      },
    }
  if (when.identity && !gaps.has(indicator.id))
    return at(
      'identity',
      `không nguồn nào nêu ${indicator.id} bằng value: { gap: … }`,
      `no source states ${indicator.id} by value: { gap: … }`,
    )
  if (when.band && indicator.score)
    return at(
      'band',
      `${indicator.id} là điểm, không có chuỗi theo giờ`,
      `${indicator.id} is a score, which has no hours`,
    )
  if (margin > 0 && (when.age || when.held || when.silent))
    return {
      path: ['margin'],
      say: { vi: 'điều kiện này không có ngưỡng, bỏ margin', en: 'this condition has no limit, remove margin' },
    }
  return null
}

const at = (field: string, vi: string, en: string) => ({ path: ['when', field], say: { vi, en } })

/** Indicators that a source states as how far an identity is off. */
function gapsOf(draft: Draft): ReadonlySet<string> {
  const sources = [...draft.sources.values()].flatMap(({ value }) => (value as Source).observations)
  return new Set(
    sources.flatMap(({ indicator, value }) =>
      typeof indicator === 'string' && typeof value === 'object' && 'gap' in value ? [indicator] : [],
    ),
  )
}

function rule(draft: Draft, declared: Rule, gaps: ReadonlySet<string>): readonly Problem[] {
  const { value } = declared
  const found: Problem[] = [...roles(draft, declared, value.roles, ['roles'])]
  if (value.escalate) found.push(...roles(draft, declared, value.escalate.roles, ['escalate', 'roles']))
  if (!value.slice) return found
  found.push(...mustBeDeclared(draft, 'indicators', value.slice.indicator, declared, ['slice', 'indicator']))
  found.push(...splitAndFilter(draft, declared, value.slice, ['slice']))
  const indicator = draft.indicators.get(value.slice.indicator)?.value
  const wrong = indicator ? unfit(value, indicator, gaps) : null
  if (wrong) found.push(problemAt(declared, wrong.path, wrong.say))
  if (value.each && value.slice.by.length === 0)
    found.push(
      problemAt(declared, ['each'], {
        vi: 'each cần by: nếu không chia thì chỉ có một điểm',
        en: 'each needs by: without a split there is one point only',
      }),
    )
  return found
}

function roles(draft: Draft, where: Declared<unknown>, ids: readonly string[], path: Path): readonly Problem[] {
  return ids.flatMap((id, i) => mustBeDeclared(draft, 'roles', id, where, [...path, i]))
}

function silence(draft: Draft, declared: Declared<SilenceFile>): readonly Problem[] {
  const { sources, units, indicators, from, to, every } = declared.value
  const found: Problem[] = [
    ...(sources ?? []).flatMap((id, i) => mustBeDeclared(draft, 'sources', id, declared, ['sources', i])),
    ...(units ?? []).flatMap((id, i) => mustBeMember(draft, 'unit', id, declared, ['units', i])),
    ...(indicators ?? []).flatMap((id, i) => mustBeDeclared(draft, 'indicators', id, declared, ['indicators', i])),
  ]
  for (const [field, text] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (text !== undefined && !Number.isFinite(localMoment(text)))
      found.push(problemAt(declared, [field], { vi: `${text} không có trong lịch`, en: `the calendar has no ${text}` }))
  if (from !== undefined && to !== undefined && localMoment(to) <= localMoment(from))
    found.push(
      problemAt(declared, ['to'], { vi: `to ${to} không sau from ${from}`, en: `to ${to} is not after from ${from}` }),
    )
  if (every?.kind) found.push(...mustBeDeclared(draft, 'calendars', every.calendar, declared, ['every', 'calendar']))
  return found
}

/** Following `otherwise` must come to an end. */
function role(draft: Draft, declared: Declared<RoleFile>): readonly Problem[] {
  const { duty, otherwise, digest } = declared.value
  const found: Problem[] = duty.flatMap(({ kind, calendar }, i) =>
    kind ? mustBeDeclared(draft, 'calendars', calendar, declared, ['duty', i, 'calendar']) : [],
  )
  if (otherwise !== undefined) found.push(...mustBeDeclared(draft, 'roles', otherwise, declared, ['otherwise']))
  const seen = new Set([declared.id])
  for (let next = otherwise; next !== undefined; next = draft.roles.get(next)?.value.otherwise) {
    if (seen.has(next)) {
      found.push(
        problemAt(declared, ['otherwise'], {
          vi: `các vai chuyển cho nhau thành vòng: ${[...seen].join(' → ')} → ${next}`,
          en: `the roles pass on in a circle: ${[...seen].join(' → ')} → ${next}`,
        }),
      )
      break
    }
    seen.add(next)
  }
  if (digest !== undefined && (duration(digest) ?? 0) > 86_400_000)
    found.push(problemAt(declared, ['digest'], { vi: 'digest dài nhất là 1d', en: 'digest is at most 1d' }))
  return found
}

/** Every rule, planned silence and role. */
export function checkRules(draft: Draft): readonly Problem[] {
  const gaps = gapsOf(draft)
  return [
    ...[...draft.rules.values()].flatMap((declared) => rule(draft, declared, gaps)),
    ...[...draft.silences.values()].flatMap((declared) => silence(draft, declared)),
    ...[...draft.roles.values()].flatMap((declared) => role(draft, declared)),
  ]
}
