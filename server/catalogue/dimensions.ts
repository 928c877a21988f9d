/** Members of dimensions: one id once, existing relatives, true dates, no code that means two members on one day. */
import type { DimensionFile } from '../../kpi/dimension.ts'
import type { Problem } from '../../kpi/problem.ts'
import { DAY, dayStart } from '../../kpi/range.ts'
import { type Declared, problemAt } from './check.ts'
import { ambiguousCodes, malformedCodes } from './codes.ts'
import { absent, type Draft, datesOf, mustBeMember } from './draft.ts'
import { both, each, type Lists } from './each.ts'
import { homeOf } from './lists.ts'
import type { Path } from './yaml.ts'

function repeatedIds(lists: Lists): readonly Problem[] {
  const seen = new Map<string, string>()
  return each(lists, (member, list, at) => {
    const before = seen.get(member.id)
    seen.set(member.id, before ?? list.file)
    if (before === undefined) return []
    const place = before === list.file ? { vi: 'ở trên', en: 'above' } : { vi: `trong ${before}`, en: `in ${before}` }
    return [
      problemAt(list, [...at, 'id'], {
        vi: `mã ${member.id} đã dùng cho một thành viên ${place.vi}`,
        en: `the id ${member.id} already belongs to a member ${place.en}`,
      }),
    ]
  })
}

function relatives(draft: Draft, lists: Lists): readonly Problem[] {
  return each(lists, (member, list, at) => {
    const exists = (id: string, path: Path) => mustBeMember(draft, lists.id, id, list, [...at, ...path])
    const named = (['parents', 'successors', 'members'] as const).flatMap((field) =>
      (member[field] ?? []).flatMap((id, j) => exists(id, [field, j])),
    )
    const endless = member.successors.length > 0 && member.to === undefined
    return [
      ...named,
      ...(member.handed ?? []).flatMap(({ to }, j) => exists(to, ['handed', j, 'to'])),
      ...datesOf(member, list, at),
      ...member.codes.flatMap((code, j) => datesOf(code, list, [...at, 'codes', j])),
      ...(member.was ?? []).flatMap((former, j) => datesOf(former, list, [...at, 'was', j])),
      ...(endless
        ? [
            problemAt(list, [...at, 'successors'], {
              vi: `${member.id} có đơn vị kế tục thì phải khai to, ngày cuối cùng tồn tại`,
              en: `${member.id} has successors, so give to, its last day`,
            }),
          ]
        : []),
    ]
  })
}

/** Whoever lies above or within itself, over any number of steps, has no place. */
function circles(lists: Lists): readonly Problem[] {
  const { joined } = lists
  const circled = (id: string, field: 'parents' | 'members') => {
    const seen = new Set(joined?.members.get(id)?.[field] ?? [])
    for (const one of seen) for (const next of joined?.members.get(one)?.[field] ?? []) seen.add(next)
    return seen.has(id)
  }
  return each(lists, (member, list, at) => [
    ...(circled(member.id, 'parents')
      ? [
          problemAt(list, [...at, 'parents'], {
            vi: `${member.id} nằm dưới chính nó: chuỗi parents chạy vòng`,
            en: `${member.id} lies under itself: its parents go round in a circle`,
          }),
        ]
      : []),
    ...(circled(member.id, 'members')
      ? [
          problemAt(list, [...at, 'members'], {
            vi: `nhóm ${member.id} chứa chính nó`,
            en: `the group ${member.id} holds itself`,
          }),
        ]
      : []),
  ])
}

/** A successor must be there the day after, and who belongs to a group for at least a day of it. */
function neverTogether({ joined, ...lists }: Lists): readonly Problem[] {
  return each({ joined, ...lists }, (member, list, at) => {
    const next = member.to === undefined ? Number.NaN : dayStart(member.to) + DAY
    const late = member.successors.flatMap((id, j) => {
      const successor = joined?.members.get(id)
      if (!successor || Number.isNaN(next)) return []
      const starts = successor.from === undefined || dayStart(successor.from) <= next
      if (starts && (successor.to === undefined || next < dayStart(successor.to) + DAY)) return []
      return [
        problemAt(list, [...at, 'successors', j], {
          vi: `${id} không có mặt vào ngày sau ${member.to}, ngày cuối của ${member.id}`,
          en: `${id} is not there on the day after ${member.to}, the last day of ${member.id}`,
        }),
      ]
    })
    const strangers = (member.members ?? []).flatMap((id, j) => {
      const one = joined?.members.get(id)
      const { from, to } = one ? both(member, one) : both({}, {})
      if (from <= to) return []
      return [
        problemAt(list, [...at, 'members', j], {
          vi: `${id} không tồn tại vào ngày nào của nhóm ${member.id}`,
          en: `${id} does not exist on any day of the group ${member.id}`,
        }),
      ]
    })
    return [...late, ...strangers]
  })
}

/** A code cannot mean somebody on a day nobody is there. */
function outlived(lists: Lists): readonly Problem[] {
  return each(lists, (member, list, at) =>
    member.codes.flatMap((code, j) => {
      if (code.from && code.to && code.from > code.to) return []
      const { from, to } = both(member, code)
      const beyond = member.to !== undefined && code.to !== undefined && code.to > member.to
      if (from <= to && !beyond) return []
      return [
        problemAt(list, [...at, 'codes', j, beyond ? 'to' : 'code'], {
          vi: `mã ${code.code} có giá trị ngoài thời gian tồn tại của ${member.id} (${member.from ?? '…'} – ${member.to ?? '…'})`,
          en: `the code ${code.code} is valid outside the days of ${member.id} (${member.from ?? '…'} – ${member.to ?? '…'})`,
        }),
      ]
    }),
  )
}

function kinds({ joined, ...lists }: Lists): readonly Problem[] {
  const known = Object.keys(joined?.kinds ?? {})
  if (known.length === 0) return []
  const noun = { vi: 'loại', en: 'kind' }
  return each({ joined, ...lists }, (member, list, at) => {
    const named = [
      { kind: member.kind, path: ['kind'] as Path },
      ...(member.was ?? []).map(({ kind }, j) => ({ kind, path: ['was', j, 'kind'] as Path })),
    ]
    return named.flatMap(({ kind, path }) =>
      kind === undefined || known.includes(kind) ? [] : [problemAt(list, [...at, ...path], absent(noun, kind, known))],
    )
  })
}

function systems({ all, joined }: Lists): readonly Problem[] {
  const known = joined?.systems ?? {}
  const noun = { vi: 'hệ mã', en: 'code system' }
  return all.flatMap((list) =>
    Object.entries(list.value.systems ?? {}).flatMap(([id, { spells, as }]) => {
      const at = ['systems', id]
      if ((spells === undefined) !== (as === undefined))
        return [
          problemAt(list, at, {
            vi: 'spells và as đi cùng nhau: mã của hệ nào, và viết lại thế nào',
            en: 'spells and as go together: whose codes, and how they are written',
          }),
        ]
      return spells === undefined || !joined || spells in known
        ? []
        : [problemAt(list, [...at, 'spells'], absent(noun, spells, Object.keys(known)))]
    }),
  )
}

/** Everything a dimension declares. */
export function checkDimensions(draft: Draft): readonly Problem[] {
  const homes = new Map<string, Declared<DimensionFile>[]>()
  for (const list of draft.dimensions.values()) {
    const home = homeOf(list.id, draft.named.dimensions)
    homes.set(home, [...(homes.get(home) ?? []), list])
  }
  return [...homes].flatMap(([id, all]) => {
    const lists: Lists = { id, all, joined: draft.joined.get(id) }
    return [
      ...systems(lists),
      ...kinds(lists),
      ...repeatedIds(lists),
      ...relatives(draft, lists),
      ...circles(lists),
      ...neverTogether(lists),
      ...outlived(lists),
      ...malformedCodes(lists),
      ...ambiguousCodes(lists),
    ]
  })
}
