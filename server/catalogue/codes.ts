/** Codes of members: none that means two members on one day, none that is no code of its system. */
import { codeKey, type Member } from '../../kpi/dimension.ts'
import type { Problem } from '../../kpi/problem.ts'
import { problemAt } from './check.ts'
import { both, each, type Lists, type Validity } from './each.ts'

export function ambiguousCodes(lists: Lists): readonly Problem[] {
  const taken = new Map<string, { readonly member: Member; readonly valid: Validity; readonly file: string }[]>()
  return each(lists, (member, list, at) =>
    member.codes.flatMap((code, j) => {
      const key = codeKey(code.system, code.code)
      const valid = both(member, code)
      const others = taken.get(key) ?? []
      taken.set(key, [...others, { member, valid, file: list.file }])
      const clash = others.find((other) => other.valid.from <= valid.to && valid.from <= other.valid.to)
      if (!clash) return []
      const where = clash.file === list.file ? '' : ` (${clash.file})`
      return [
        problemAt(list, [...at, 'codes', j], {
          vi: `mã ${code.code} (${code.system}) cùng lúc chỉ ${clash.member.id}${where} và ${member.id}; khai from và to`,
          en: `code ${code.code} (${code.system}) means ${clash.member.id}${where} and ${member.id} on the same day; give from and to`,
        }),
      ]
    }),
  )
}

/** Codes that are no codes of their system: too short where a spreadsheet dropped a zero, or spelled by rule. */
export function malformedCodes({ joined, ...lists }: Lists): readonly Problem[] {
  const systems = joined?.systems ?? {}
  return each({ joined, ...lists }, (member, list, at) =>
    member.codes.flatMap(({ system, code }, j) => {
      const { digits, spells } = systems[system] ?? {}
      if (spells !== undefined)
        return [
          problemAt(list, [...at, 'codes', j], {
            vi: `mã ${system} được viết theo mã ${spells}, chỉ khai mã ${spells}`,
            en: `codes of ${system} follow from those of ${spells}, give only the ${spells} code`,
          }),
        ]
      if (digits === undefined || new RegExp(`^\\d{${digits}}$`).test(code)) return []
      return [
        problemAt(list, [...at, 'codes', j], {
          vi: `mã ${code} (${system}) phải có đúng ${digits} chữ số; số 0 ở đầu có bị bảng tính bỏ mất không?`,
          en: `code ${code} (${system}) must have exactly ${digits} digits; did a spreadsheet drop a leading zero?`,
        }),
      ]
    }),
  )
}
