/** A list of members as a table an operator edits: one row a member, read so that every field keeps its line and column. */
import type { Text } from '../../kpi/text.ts'
import { type Cell, cells } from './cells.ts'
import { didYouMean } from './sentences.ts'
import type { Mistake, Path, Place, Yaml } from './yaml.ts'

const PLAIN = ['id', 'name', 'en', 'kind', 'parent', 'from', 'to', 'basis'] as const
const LISTS = ['aliases', 'successors'] as const
const SYSTEM = /^(code|parent):([a-z0-9]+(?:[-_./][a-z0-9]+)*)$/

export interface Table {
  /** The raw dimension file the table stands for; checked like one in YAML. */
  readonly raw: unknown
  readonly yaml: Yaml
}

/** What a table may draw on: who a code of another list means, and the id of a kind by its title. */
export interface Known {
  readonly kind: (title: string) => string | null
  /** Titles of the kinds there are. */
  readonly kinds: readonly string[]
  readonly parent: (system: string, code: string, day: string | undefined) => string | null
  /** ASCII name for what has no English one. */
  readonly english: (name: string) => string
}

/** Reads a table; `list` is the last part of its path and begins the ids that it does not give itself. */
export function readTable(text: string, list: string, known: Known): Table {
  const mistakes: Mistake[] = []
  const say = (place: Place, message: Text) => mistakes.push({ place, message })
  const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
  const first = plain.slice(0, plain.indexOf('\n') + 1 || plain.length)
  const all = cells(plain, first.includes(';') && !first.includes(',') ? ';' : ',')
  if (!all)
    say({ line: 1, column: 1 }, { vi: 'có dấu nháy kép mở mà không đóng', en: 'a double quote is never closed' })
  const [head = [], ...rows] = all ?? []
  const foreign = plain.indexOf('\ufffd')
  if (foreign >= 0)
    say(
      { line: plain.slice(0, foreign).split('\n').length, column: foreign - plain.lastIndexOf('\n', foreign) },
      { vi: 'tệp không phải UTF-8; lưu lại bằng CSV UTF-8', en: 'the file is not UTF-8; save it as CSV UTF-8' },
    )
  const columns = new Map(head.map((cell, i) => [cell.text, i]))
  const names = [...PLAIN, ...LISTS, 'code:<system>', 'parent:<system>']
  for (const { text: name, place } of head)
    if (!names.includes(name) && !SYSTEM.test(name)) {
      const hint = didYouMean(name, names)
      const all = names.join(', ')
      say(place, {
        vi: `không có cột “${name}”${hint.vi}; các cột: ${all}`,
        en: `there is no column “${name}”${hint.en}; the columns are: ${all}`,
      })
    }
  const systems = head.flatMap((cell) => {
    const [, what, system] = SYSTEM.exec(cell.text) ?? []
    return what !== undefined && system !== undefined ? [{ what, system, column: cell.text }] : []
  })
  const codes = systems.filter(({ what }) => what === 'code')
  /** Of each row, the columns its codes came from. */
  const used: (readonly string[])[] = []
  const members = rows.map((row) => {
    const at = (column: string): Cell | undefined => row[columns.get(column) ?? -1]
    const given = (column: string): string | undefined => at(column)?.text || undefined
    const own = codes.flatMap(({ system, column }) => (given(column) ? [{ system, code: given(column), column }] : []))
    used.push(own.map(({ column }) => column))
    const parents = [given('parent') ?? []].flat()
    for (const { what, system, column } of systems) {
      const code = given(column)
      if (what !== 'parent' || code === undefined) continue
      const parent = known.parent(system, code, given('to') ?? given('from'))
      if (parent === null)
        say(at(column)?.place as Place, {
          vi: `${column}: không có đơn vị nào mang mã ${code} (${system})`,
          en: `${column}: nobody has the code ${code} (${system})`,
        })
      else parents.push(parent)
    }
    const split = (column: string) =>
      given(column)
        ?.split('|')
        .map((one) => one.trim())
    const name = given('name')
    const id = given('id') ?? (own[0]?.code === undefined ? undefined : `${list}/${own[0].code.toLowerCase()}`)
    const here = (column: string) => at(column)?.place ?? (row[0] as Cell).place
    if (name === undefined) say(here('name'), { vi: 'name: thiếu tên', en: 'name: the name is missing' })
    if (id === undefined)
      say(here('id'), { vi: 'id: thiếu mã; cần cột id hoặc code:<system>', en: 'id: give an id or a code:<system>' })
    const title = given('kind')
    const kind = title === undefined ? undefined : known.kind(title)
    if (kind === null && title !== undefined) {
      const hint = didYouMean(title, known.kinds)
      say(here('kind'), {
        vi: `kind: không có loại “${title}”${hint.vi}`,
        en: `kind: there is no kind “${title}”${hint.en}`,
      })
    }
    return {
      id,
      name: name === undefined ? undefined : { vi: name, en: given('en') ?? known.english(name) },
      ...(kind ? { kind } : {}),
      codes: own.map(({ system, code }) => ({ system, code })),
      parents,
      from: given('from'),
      to: given('to'),
      basis: given('basis'),
      aliases: split('aliases'),
      successors: split('successors'),
    }
  })
  const columnOf = ([, row, field, index]: Path): string => {
    if (field === 'codes') return used[Number(row)]?.[Number(index)] ?? codes[0]?.column ?? ''
    if (field === 'parents' && !columns.has('parent')) return systems.find((s) => s.what === 'parent')?.column ?? ''
    return field === 'parents' ? 'parent' : String(field ?? '')
  }
  const at = (path: Path): Place => {
    const row = rows[Number(path[1])]
    return (row?.[columns.get(columnOf(path)) ?? 0] ?? row?.[0])?.place ?? { line: 1, column: 1 }
  }
  return {
    raw: { title: { vi: list, en: list }, members },
    yaml: {
      ...{ value: null, mistakes, at, atName: at, typed: () => null },
      field: columnOf,
    },
  }
}
