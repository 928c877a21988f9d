/** The declarations while they are being checked against each other, and the questions every such check asks. */
import type { BoardFile } from '../../kpi/board.ts'
import type { Dimension, DimensionFile } from '../../kpi/dimension.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { PopulationFile } from '../../kpi/population.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { RoleFile } from '../../kpi/role.ts'
import type { RuleFile } from '../../kpi/rule.ts'
import type { GroupFile, SceneFile } from '../../kpi/scene.ts'
import type { ProfileFile } from '../../kpi/screen.ts'
import type { SilenceFile } from '../../kpi/silence.ts'
import type { SourceFile } from '../../kpi/source.ts'
import type { Text } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'
import { didYouMean } from './sentences.ts'
import type { Folder } from './shape.ts'
import type { Path } from './yaml.ts'

/** `production` refuses simulated sources. */
export type Mode = 'production' | 'demo'

export interface Draft {
  readonly mode: Mode
  readonly indicators: ReadonlyMap<string, Declared<Indicator>>
  readonly dimensions: ReadonlyMap<string, Declared<DimensionFile>>
  readonly sources: ReadonlyMap<string, Declared<SourceFile>>
  readonly boards: ReadonlyMap<string, Declared<BoardFile>>
  readonly rules: ReadonlyMap<string, Declared<RuleFile>>
  readonly silences: ReadonlyMap<string, Declared<SilenceFile>>
  readonly roles: ReadonlyMap<string, Declared<RoleFile>>
  readonly populations: ReadonlyMap<string, Declared<PopulationFile>>
  readonly screens: ReadonlyMap<string, Declared<ProfileFile>>
  readonly scenes: ReadonlyMap<string, Declared<SceneFile>>
  readonly groups: ReadonlyMap<string, Declared<GroupFile>>
  /** Members by id, the built-in dimension `source` included. */
  readonly joined: ReadonlyMap<string, Dimension>
  /** Ids of every file, broken ones too: what is only broken is not said to be absent. */
  readonly named: Readonly<Record<Folder, ReadonlySet<string>>>
}

const NOUNS: Readonly<Record<Folder, Text>> = {
  indicators: { vi: 'chỉ tiêu', en: 'indicator' },
  dimensions: { vi: 'chiều', en: 'dimension' },
  sources: { vi: 'nguồn', en: 'source' },
  boards: { vi: 'bảng', en: 'board' },
  calendars: { vi: 'lịch', en: 'calendar' },
  rules: { vi: 'quy tắc', en: 'rule' },
  silences: { vi: 'lịch im lặng', en: 'silence' },
  roles: { vi: 'vai', en: 'role' },
  populations: { vi: 'danh sách dân số', en: 'population' },
  screens: { vi: 'loại màn hình', en: 'screen profile' },
  scenes: { vi: 'cảnh', en: 'scene' },
  groups: { vi: 'nhóm màn hình', en: 'group of screens' },
}

/** "there is no indicator x; did you mean y?" */
export function absent(noun: Text, name: string, candidates: Iterable<string>): Text {
  const hint = didYouMean(name, candidates)
  return { vi: `không có ${noun.vi} ${name}${hint.vi}`, en: `there is no ${noun.en} ${name}${hint.en}` }
}

/** A problem when a name has no file in a folder. */
export function mustBeDeclared(
  draft: Draft,
  folder: Folder,
  name: string,
  where: Declared<unknown>,
  path: Path,
): readonly Problem[] {
  if (draft.named[folder].has(name)) return []
  return [problemAt(where, path, absent(NOUNS[folder], name, draft.named[folder]))]
}

/** A problem when a dimension, or the member named in it, does not exist. */
export function mustBeMember(
  draft: Draft,
  dimension: string,
  member: string,
  where: Declared<unknown>,
  path: Path,
): readonly Problem[] {
  const known = draft.joined.get(dimension)
  if (!known) return mustBeDeclared(draft, 'dimensions', dimension, where, path)
  if (known.members.has(member)) return []
  const noun = { vi: `thành viên của ${dimension}:`, en: `member of ${dimension}:` }
  return [problemAt(where, path, absent(noun, member, known.members.keys()))]
}

/** Problems of a pair of dates: each must be in the calendar, and the first not after the last. */
export function datesOf(
  thing: { readonly from?: string | undefined; readonly to?: string | undefined },
  where: Declared<unknown>,
  path: Path,
): readonly Problem[] {
  const found: Problem[] = []
  for (const name of ['from', 'to'] as const) {
    const date = thing[name]
    if (date === undefined || new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date)) continue
    found.push(
      problemAt(where, [...path, name], {
        vi: `ngày ${date} không có trong lịch`,
        en: `the calendar has no ${date}`,
      }),
    )
  }
  if (found.length === 0 && thing.from && thing.to && thing.to < thing.from)
    found.push(
      problemAt(where, [...path, 'to'], {
        vi: `ngày cuối ${thing.to} đứng trước ngày đầu ${thing.from}`,
        en: `the last day ${thing.to} is before the first day ${thing.from}`,
      }),
    )
  return found
}
