/** Members of dimensions: one id once, existing relatives, true dates, no code that means two members on one day. */
import type { DimensionFile, Member } from '../../kpi/dimension.ts'
import type { Problem } from '../../kpi/problem.ts'
import { type Declared, problemAt } from './check.ts'
import { type Draft, datesOf, mustBeMember } from './draft.ts'

const FIRST = '0000-00-00'
const LAST = '9999-99-99'

interface Validity {
  readonly from: string
  readonly to: string
}

function both(
  a: { readonly from?: string | undefined; readonly to?: string | undefined },
  b: { readonly from?: string | undefined; readonly to?: string | undefined },
): Validity {
  const from = [a.from ?? FIRST, b.from ?? FIRST].sort()[1] ?? FIRST
  const to = [a.to ?? LAST, b.to ?? LAST].sort()[0] ?? LAST
  return { from, to }
}

function repeatedIds(declared: Declared<DimensionFile>): readonly Problem[] {
  const seen = new Set<string>()
  return declared.value.members.flatMap((member, i) => {
    if (!seen.has(member.id)) {
      seen.add(member.id)
      return []
    }
    return [
      problemAt(declared, ['members', i, 'id'], {
        vi: `mã ${member.id} đã dùng cho một thành viên ở trên`,
        en: `the id ${member.id} already belongs to a member above`,
      }),
    ]
  })
}

function ambiguousCodes(declared: Declared<DimensionFile>): readonly Problem[] {
  const taken = new Map<string, { readonly member: Member; readonly valid: Validity }[]>()
  return declared.value.members.flatMap((member, i) =>
    member.codes.flatMap((code, j) => {
      const key = JSON.stringify([code.system, code.code])
      const valid = both(member, code)
      const others = taken.get(key) ?? []
      taken.set(key, [...others, { member, valid }])
      const clash = others.find((other) => other.valid.from <= valid.to && valid.from <= other.valid.to)
      if (!clash) return []
      return [
        problemAt(declared, ['members', i, 'codes', j], {
          vi: `mã ${code.code} (${code.system}) cùng lúc chỉ ${clash.member.id} và ${member.id}; khai from và to`,
          en: `code ${code.code} (${code.system}) means ${clash.member.id} and ${member.id} on the same day; give from and to`,
        }),
      ]
    }),
  )
}

function relatives(draft: Draft, declared: Declared<DimensionFile>): readonly Problem[] {
  return declared.value.members.flatMap((member, i) => {
    const at = ['members', i] as const
    const named = (['parents', 'successors', 'members'] as const).flatMap((list) =>
      (member[list] ?? []).flatMap((id, j) => mustBeMember(draft, declared.id, id, declared, [...at, list, j])),
    )
    const endless = member.successors.length > 0 && member.to === undefined
    return [
      ...named,
      ...datesOf(member, declared, at),
      ...member.codes.flatMap((code, j) => datesOf(code, declared, [...at, 'codes', j])),
      ...(endless
        ? [
            problemAt(declared, [...at, 'successors'], {
              vi: `${member.id} có đơn vị kế tục thì phải khai to, ngày cuối cùng tồn tại`,
              en: `${member.id} has successors, so give to, its last day`,
            }),
          ]
        : []),
    ]
  })
}

/** Everything a dimension declares. */
export function checkDimensions(draft: Draft): readonly Problem[] {
  return [...draft.dimensions.values()].flatMap((declared) => [
    ...repeatedIds(declared),
    ...relatives(draft, declared),
    ...ambiguousCodes(declared),
  ])
}
