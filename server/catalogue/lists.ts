/** The lists of a dimension put together: `dimensions/unit.yaml` and every file under `dimensions/unit/` are one. */
import { type Code, type Dimension, type DimensionFile, type Member, resolve } from '../../kpi/dimension.ts'
import type { Problem } from '../../kpi/problem.ts'
import { dayStart } from '../../kpi/range.ts'
import { ascii, bare, wordsOf } from '../../kpi/spelling.ts'
import { titlesOf } from '../../kpi/title.ts'
import { check, type Declared } from './check.ts'
import { readTable } from './csv.ts'
import type { Found } from './files.ts'

/** The dimension a list belongs to: `unit/provinces` to `unit` where there is such a file, else it is one of its own. */
export function homeOf(id: string, heads: ReadonlySet<string>): string {
  const [head = id] = id.split('/')
  return heads.has(head) ? head : id
}

const latest = (a?: string, b?: string) => (a !== undefined && b !== undefined ? (a > b ? a : b) : (a ?? b))
const earliest = (a?: string, b?: string) => (a !== undefined && b !== undefined ? (a < b ? a : b) : (a ?? b))

/** Codes as everyone reads them: never valid beyond their member, and in every spelling. */
function allCodes(member: Member, systems: NonNullable<Dimension['systems']>): readonly Code[] {
  const own = member.codes.map(({ from, to, ...code }): Code => {
    const first = latest(from, member.from)
    const last = earliest(to, member.to)
    return { ...code, ...(first !== undefined && { from: first }), ...(last !== undefined && { to: last }) }
  })
  const spelled = Object.entries(systems).flatMap(([system, { spells, as }]) =>
    own.flatMap((code) =>
      // Only the code of a whole body has this other form; those of its parts are put together otherwise.
      as !== undefined && code.system === spells && !code.code.includes('.')
        ? [{ ...code, system, code: as.replace('{code}', code.code) }]
        : [],
    ),
  )
  return [...own, ...spelled]
}

/** One dimension of all its lists, the head's title first. */
export function joinLists(id: string, lists: readonly Declared<DimensionFile>[]): Dimension {
  const ordered = [...lists].sort((a, b) => Number(b.id === id) - Number(a.id === id) || (a.id < b.id ? -1 : 1))
  const systems = Object.assign({}, ...ordered.map(({ value }) => value.systems ?? {}))
  const members = ordered.flatMap(({ value }) => value.members)
  return {
    id,
    title: ordered[0]?.value.title ?? { vi: id, en: id },
    kinds: Object.assign({}, ...ordered.map(({ value }) => value.kinds ?? {})),
    systems,
    lists: ordered.map(({ id: list, value: { title, basis } }) => ({ id: list, title, basis })),
    members: new Map(members.map((member) => [member.id, { ...member, codes: [...allCodes(member, systems)] }])),
  }
}

/** Who bears a code on a day; without a day, or where nobody does then, who bears it still or did once. */
function bearer(dimension: Dimension, system: string, code: string, day: string | undefined): Member | null {
  const then = day === undefined ? null : resolve(dimension, system, code, dayStart(day)).member
  if (then) return then
  const still = resolve(dimension, system, code, Number.POSITIVE_INFINITY)
  return still.member ?? still.known[0] ?? null
}

/** Reads the table of a list, drawing on the lists of its dimension that were read before. */
export function readList(
  one: Found,
  dimension: Dimension,
): { readonly declared: Declared<DimensionFile> | null; readonly problems: readonly Problem[] } {
  const { file, id, text } = one
  const plain = (title: string) => wordsOf(title).map(bare).join(' ')
  const kinds = new Map(
    Object.entries(dimension.kinds ?? {}).flatMap(([kind, declared]) =>
      titlesOf(declared).map((title) => [plain(title), kind] as const),
    ),
  )
  const found = new Map<string, Member | null>()
  const table = readTable(text, id.slice(id.lastIndexOf('/') + 1), {
    kind: (title) => kinds.get(plain(title)) ?? (kinds.size === 0 || title in (dimension.kinds ?? {}) ? title : null),
    kinds: Object.values(dimension.kinds ?? {}).map(({ title }) => title.vi),
    parent(system, code, day) {
      const key = JSON.stringify([system, code, day])
      const known = found.get(key) ?? bearer(dimension, system, code, day)
      found.set(key, known)
      return known?.id ?? null
    },
    english: ascii,
  })
  const problems = table.yaml.mistakes.map(({ place, message }): Problem => {
    return { place: `${file}:${place.line}:${place.column}`, field: '', message }
  })
  if (problems.length > 0) return { declared: null, problems }
  const checked = check('dimensions', { file, yaml: table.yaml }, table.raw)
  return checked.value === null
    ? { declared: null, problems: checked.problems }
    : { declared: { id, file, yaml: table.yaml, value: checked.value }, problems: [] }
}
